"""Tracking: code and PIN, then the case on one page: where it stands, what is asked, the time, the story, the papers."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kantormaya.cases.pins import PinAnswer, open_by_pin
from kantormaya.casework.standing import Standing
from kantormaya.catalogue.agencies import all_agencies
from kantormaya.clock import Reckoning
from kantormaya.documents.models import Upload
from kantormaya.engine.choices import Choice, moves
from kantormaya.engine.events import APPLICANT, Actor
from kantormaya.engine.explaining import explain
from kantormaya.engine.knowing import local_date
from kantormaya.engine.showing import may_show
from kantormaya.language.definition import Definition
from kantormaya.language.texts import Text, joined
from kantormaya.messages.models import Line
from kantormaya.messages.telling import name_of
from kantormaya.payments.models import Bill, BillState
from kantormaya.people.guards import HOLDER_COOKIE, case_holder, hand_over, public
from kantormaya.people.roles import role_title
from kantormaya.permits.checking import STANDINGS
from kantormaya.permits.checking import standing as standing_of
from kantormaya.permits.models import Paper
from kantormaya.portal.appointments import appointments, to_choose
from kantormaya.portal.beside import due_days
from kantormaya.portal.folders import UPLOAD, size_words
from kantormaya.portal.followed import Followed, followed
from kantormaya.portal.guidance import ask_about_case
from kantormaya.portal.minutes import minutes
from kantormaya.portal.promises import from_words, time_words
from kantormaya.portal.records import records
from kantormaya.portal.review import PIN_COOKIE
from kantormaya.portal.story import answer, is_late, timeline, way
from kantormaya.portal.times import about

WRONG = Text(
    "Kode dan PIN ini tidak cocok. Periksa keduanya pada tanda terima Anda; setelah lima kali salah, kode dikunci 15 menit.",
    "This code and PIN do not match. Check both on your receipt; after five wrong tries the code is locked for 15 minutes.",
)
LOCKED = Text(
    "Terlalu banyak PIN salah, jadi kode ini dikunci 15 menit demi keamanan berkas Anda. Coba lagi nanti.",
    "Too many wrong PINs, so this code is locked for 15 minutes to keep your file safe. Try again later.",
)
MOST_OVER = 15
"""So many days past the promise are drawn; the words say how many there are."""

NOTICES = {
    "pesan": Text("Pesan Anda sudah terkirim.", "Your message has been sent."),
    "perbaikan": Text(
        "Perbaikan Anda sudah kami terima. Waktu kami berjalan lagi.",
        "We have your corrections. Our time runs again.",
    ),
    "berkas": Text("Berkas Anda sudah kami terima.", "We have received your papers."),
    "setuju": Text("Persetujuan Anda sudah dicatat.", "Your agreement has been recorded."),
    "lanjut": Text("Sudah dicatat, perkara berlanjut.", "Recorded; the case goes on."),
    "waktu": Text(
        "Waktu Anda sudah dipesan. Simpan ke kalender agar tidak terlewat.",
        "Your time is booked. Save it to your calendar.",
    ),
    "waktu_batal": Text("Waktu Anda sudah dibatalkan.", "Your time has been cancelled."),
    "ditarik": Text("Permohonan sudah ditarik.", "The application has been withdrawn."),
}


@public
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Code and PIN. A code that does not exist is answered like a wrong PIN."""
    typed = (request.POST.get("kode") or request.GET.get("kode") or "").strip()[:60]
    problem = None
    if request.method == "POST":
        code, found = open_by_pin(request, typed, request.POST.get("pin", ""))
        if code is not None:
            response = redirect("track_case")
            hand_over(response, code)
            return response
        problem = LOCKED if found is PinAnswer.LOCKED else WRONG
    context = {"code": typed, "errors": [{"id": "kode", "text": problem}] if problem else []}
    return render(request, "portal/track.html", context, status=422 if problem else 200)


@case_holder
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the case in this browser: for shared computers."""
    response = redirect("desk_counter" if "loket" in request.POST else "track")
    response.delete_cookie(HOLDER_COOKIE)
    response.delete_cookie(PIN_COOKIE, path=reverse("receipt"))
    return response


@case_holder
@require_safe
def case(request: HttpRequest) -> HttpResponse:
    """The case, told to the person it belongs to."""
    here = followed(request)
    return render(request, "portal/track_case.html", page_of(here, NOTICES.get(request.GET.get("sudah", ""))))


def page_of(here: Followed, notice: Text | None = None) -> dict[str, Any]:
    """Everything the page of a case shows."""
    now_ = here.now
    definition, state = now_.definition, now_.state
    choices = own_choices(now_)
    uploads = {f"{UPLOAD}{one.pk}": one for one in here.uploads}
    agencies = {slug: one.short for slug, one in all_agencies().items()}
    clocks, ask = now_.clocks(), _ask(now_, choices, here.bills)
    return {
        "case": now_.case, "definition": definition, "title": answer(now_, choices), "notice": notice,
        "ask": ask, "choices": choices, "is_open": state.is_open, "is_late": is_late(now_),
        "reason": state.reason if state.ended_at else None, "clocks": clocks,
        "cells": _cells(now_, clocks.promise), "explained": explain(definition, state, now_.calendar, now_.at),
        "time": time_words(definition, now_.values(), now_.calendar), "counted": from_words(definition, now_.values(), now_.calendar),
        "extensions": state.extensions, "steps": way(now_), "past": here.past, "timeline": timeline(definition, here.past.events, agencies),
        "bills": [bill_of(bill) for bill in here.bills], "minutes": minutes(now_, choices, uploads), "meetings": _meetings(now_),
        "letters": letters(here.lines), "files": _files(now_, uploads),
        "papers": [_paper(paper, definition) for paper in here.papers], "survey": next((reverse("survey", args=(one.code,)) for one in here.invitations), None),
        "appointments": _not_asked_above(appointments(now_, choices), ask), "records": records(now_), "ask_href": ask_about_case(now_), "key": secrets.token_hex(16),
        "elsewhere": here.elsewhere, "due_days": due_days(now_),
    }  # fmt: skip


def _not_asked_above(times: list[dict[str, Any]], ask: dict[str, Any] | None) -> list[dict[str, Any]]:
    """The appointments without the one that the page asks for on top already."""
    return [one for one in times if one["at"] or ask is None or one["href"] != ask.get("href")]


def own_choices(now_: Standing) -> tuple[Choice, ...]:
    """What the applicant can do now."""
    return moves(now_.definition, now_.state, Actor(APPLICANT), now_.calendar, now_.at)


def _ask(now_: Standing, choices: tuple[Choice, ...], bills: list[Bill]) -> dict[str, Any] | None:
    """The one thing wanted from the applicant now, as parts/ask.html reads it."""
    clocks = now_.clocks()
    wanted = next((c for c in choices if c.act in ("correct", "pay", "confirm", "give")), None)
    if wanted is None and (time := to_choose(now_, choices)) is not None:
        return {
            "title": time.label, "lead": joined(about(now_.definition, time.id), " "), "href": reverse("time", args=(time.id,)),
            "action": Text("Pilih waktu", "Choose a time"),
        }  # fmt: skip
    if wanted is None:
        own = next((c for c in choices if c.act == "move" and c.refused is None), None)
        if own is None:
            return None
        step = now_.definition.step[now_.state.at]
        return {
            "title": step.title,
            "lead": own.will,
            "go_on": own,
            "limit": clocks.step.due_at if clocks.step else None,
        }
    if wanted.act == "correct":
        correction = now_.state.correction
        items = [
            {"title": name_of(now_.definition, item.target), "text": item.reason}
            for item in (correction.items if correction else ())
        ]
        return {
            "title": Text("Yang perlu Anda perbaiki", "What needs your correction"), "things": items,
            "href": reverse("correct"), "action": wanted.label, "limit": clocks.correction.due_at if clocks.correction else None,
            "note": Text(
                "Selama menunggu Anda, waktu kami berhenti.", "While we wait for you, our time stands still."
            ),
        }  # fmt: skip
    if wanted.act == "pay":
        due = next((bill for bill in bills if bill.state == BillState.DUE and bill.reference), None)
        return {
            "title": wanted.label, "href": reverse("bill", args=(due.reference,)) if due else None,
            "action": Text("Lihat cara membayar", "See how to pay"), "limit": due.due_at if due else None,
            "note": Text("Selama menunggu pembayaran, waktu kami berhenti.", "While we wait for the payment, our time stands still."),
        }  # fmt: skip
    if wanted.act == "confirm":
        return {
            "title": wanted.label,
            "href": "#berita-acara",
            "action": Text("Baca berita acara", "Read the minutes"),
        }
    items = [
        {"title": now_.definition.requirement[c.id].title, "text": None} for c in choices if c.act == "give"
    ]
    return {
        "title": Text("Yang perlu Anda serahkan", "What you need to hand in"), "things": items,
        "href": reverse("give"), "action": Text("Serahkan sekarang", "Hand it in now"),
        "limit": clocks.step.due_at if clocks.step and now_.case.turn == APPLICANT else None,
    }  # fmt: skip


def _cells(now_: Standing, promise: Reckoning | None) -> list[tuple[date, str]]:
    """The days of the promise, and those past it while the case is still open."""
    if promise is None:
        return []
    cells: list[tuple[date, str]] = list(promise.counted)
    if not is_late(now_) or not cells:
        return cells
    day, today = cells[-1][0], local_date(now_.at, now_.calendar)
    while day < today and len(cells) < len(promise.counted) + MOST_OVER:
        day += timedelta(days=1)
        cells.append((day, "over" if now_.calendar.is_workday(day) else "off"))
    return cells


def bill_of(bill: Bill) -> dict[str, Any]:
    """A bill as the pages show it."""
    lines = [
        {"title": Text(line["id"], line.get("en") or None), "amount": line["amount"]} for line in bill.lines
    ]
    word, kind = BILL_STATES[bill.state]
    return {
        "title": Text(bill.title_id, bill.title_en or None), "lines": lines, "total": bill.amount, "word": word, "kind": kind,
        "due_at": bill.due_at if bill.state == BillState.DUE else None, "paid_at": bill.paid_at, "reference": bill.reference,
        "is_due": bill.state == BillState.DUE,
    }  # fmt: skip


BILL_STATES: dict[str, tuple[Text, str]] = {
    BillState.DUE: (Text("menunggu pembayaran", "to be paid"), "due"),
    BillState.PAID: (Text("lunas", "paid"), "done"),
    BillState.WAIVED: (Text("dibebaskan", "waived"), "done"),
    BillState.VOID: (Text("batal", "void"), "stop"),
    BillState.TO_REFUND: (Text("akan dikembalikan", "to be refunded"), "wait"),
}


def _meetings(now_: Standing) -> list[dict[str, Any]]:
    """What is planned: inspections and meetings with their time; what the applicant booked stands among the appointments."""
    booked = {rule.task for rule in now_.definition.booking.values()}
    return [
        {
            "title": now_.definition.task[name].title,
            "at": task.scheduled_for,
            "href": reverse("show_pictures", args=(name,))
            if may_show(now_.definition, now_.state, name)
            else None,
        }
        for name, task in now_.state.tasks.items()
        if task.status == "open" and task.scheduled_for is not None and name not in booked
    ]


def letters(lines: Any) -> list[dict[str, Any]]:
    """The conversation as parts/talk.html reads it: the office speaks by role."""
    return [_letter(line) for line in lines]


def _letter(line: Line) -> dict[str, Any]:
    who = Text("Anda", "You") if line.by_applicant else role_title(line.role)
    return {"who": who, "at": line.at, "text": line.text, "is_mine": line.by_applicant}


STANDS: dict[str, tuple[Text, str]] = {
    "given": (Text("diserahkan", "handed in"), "wait"),
    "accepted": (Text("sesuai", "in order"), "done"),
    "faulty": (Text("perlu diperbaiki", "needs correction"), "due"),
    "missing": (Text("belum ada", "not there yet"), "due"),
}


def _files(now_: Standing, uploads: dict[str, Upload]) -> list[dict[str, Any]]:
    """Every requirement with what was handed in for it and how it was found."""
    return [
        {
            "title": _title(now_.definition, name, held_.member), "word": STANDS[held_.status][0], "kind": STANDS[held_.status][1],
            "files": [
                {"name": one.name, "size_text": size_words(one.size), "href": reverse("case_file", args=(one.pk,))}
                for key in held_.files if (one := uploads.get(key)) is not None
            ],
        }
        for name, held_ in now_.state.requirements.items() if held_.status in STANDS
    ]  # fmt: skip


def _title(definition: Definition, name: str, member: str | None) -> Text:
    item = definition.requirement[name]
    inner = item.one_of.get(member or "")
    return Text("{a}: {b}", "{a}: {b}").format(a=item.title, b=inner.title) if inner else item.title


def _paper(paper: Paper, definition: Definition) -> dict[str, Any]:
    stands, made = standing_of(paper), definition.product.get(paper.product)
    word, kind = STANDINGS[stands]
    return {
        "title": Text(paper.title_id, paper.title_en or None), "number": paper.number, "code": paper.code,
        "href": reverse("case_paper", args=(paper.pk,)), "check_href": f"/cek/{paper.code}", "valid_until": paper.valid_until,
        "word": word, "kind": kind, "reason": paper.reason if stands in ("suspended", "revoked") else "",
        "follow_href": reverse("follow", args=(paper.pk,)) if stands in ("valid", "expired") and made is not None and made.replaces else None,
    }  # fmt: skip
