"""Everything the one screen of a case shows, put together from its parts."""

from __future__ import annotations

import re
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from kantormaya.bookings.meeting import video_link
from kantormaya.cases.models import Case
from kantormaya.casework.inspecting import challenge
from kantormaya.desk.agenda import WAYS
from kantormaya.desk.checklist import checklist, files_in_order
from kantormaya.desk.facts import answers, found, may_unmask, who_applies
from kantormaya.desk.forms import Typed, forms, make_key
from kantormaya.desk.history import history, place
from kantormaya.desk.holding import holding
from kantormaya.desk.opened import Opened
from kantormaya.desk.proofs import proofs
from kantormaya.desk.times import times
from kantormaya.documents.models import Upload
from kantormaya.engine.booking import held
from kantormaya.language.plain import whole
from kantormaya.language.texts import Text
from kantormaya.messages.telling import name_of
from kantormaya.permits.models import Paper, PaperState

PAPER_STATES: dict[str, tuple[Text, str]] = {
    PaperState.DRAFT: (Text("rancangan", "draft"), ""),
    PaperState.WAITING: (Text("menunggu tanda tangan", "waiting for its signature"), "due"),
    PaperState.SIGNED: (Text("ditandatangani", "signed"), "done"),
    PaperState.SUSPENDED: (Text("dibekukan", "suspended"), "stop"),
    PaperState.REVOKED: (Text("dicabut", "revoked"), "stop"),
}
BILL_STATES: dict[str, tuple[Text, str]] = {
    "due": (Text("belum dibayar", "not paid yet"), "wait"),
    "paid": (Text("lunas", "paid"), "done"),
    "waived": (Text("dibebaskan", "waived"), "stop"),
    "void": (Text("batal", "void"), "stop"),
    "to_refund": (Text("harus dikembalikan", "to be refunded"), "late"),
}


def screen(opened: Opened, *, viewing: str, typed: Typed | None, unmasked: bool) -> dict[str, Any]:
    """The context of the case page."""
    now = opened.now
    files = files_in_order(opened)
    seen = looked_at(opened, files, viewing)
    back = typed.posted if typed and typed.act == "check" else None
    checks = checklist(opened, seen.pk if isinstance(seen, Upload) else None, back)
    ticked = [one for one in checks if one["status"] != "not_needed"]
    return {
        "case": now.case, "title": now.definition.title, "at": place(now.definition, now.state.at),
        "is_open": now.state.is_open, "due_at": _due(opened), "turn": _turn(opened), "seats": holding(opened),
        "late_returns": now.state.late_returns,
        "checks": ticked, "unneeded": [one for one in checks if one not in ticked], "fitting": sum(one["status"] == "accepted" for one in ticked), "asked": len(ticked),
        "may_rekey": any(post.role == "front_office" for post in opened.posts),
        "may_check": any(choice.act == "check" for _, choice in opened.choices),
        "may_return": any(choice.act == "return" and not choice.refused for _, choice in opened.choices),
        "viewer": viewer(opened, files, seen), "forms": forms(opened, typed), "typed": typed,
        "errors": typed.summary() if typed else [], "said": _said(typed), "check_key": make_key(), "say_key": make_key(),
        "text": (typed.posted.get("text") or [""])[-1] if typed and typed.act == "say" else "",
        "text_error": typed.errors.get("text") if typed and typed.act == "say" else None,
        "tasks": tasks(opened), "times": times(opened), "history": history(opened), "talk": talk(opened),
        "applicant": who_applies(opened, unmasked=unmasked), "answers": answers(opened, unmasked=unmasked),
        "found": found(opened), "unmasked": unmasked, "may_unmask": may_unmask(now, opened.posts, opened.choices),
        "papers": [(one, *PAPER_STATES[one.state]) for one in opened.own_papers],
        "bills": [(one, Text(one.title_id, one.title_en or None), *BILL_STATES[one.state]) for one in opened.bills],
        "correction": correction(opened), "link": reverse("desk_case", args=[now.case.number]),
        "past": opened.past, "keep": f"{urlencode({'berkas': viewing})}&" if viewing else "",
        "appointments": appointments(opened), "about_case": about_case(opened),
    }  # fmt: skip


CASE_NUMBER = re.compile(r"P-\d{4}-\d{6}")


def about_case(opened: Opened) -> str | None:
    """The number of the case that a question is about, where this agency sees that case."""
    now = opened.now
    said = [now.state.answers.get(n) for n, f in now.definition.questions.items() if f.from_ and f.from_.link]
    found = next((match[0] for text in said if text and (match := CASE_NUMBER.search(str(text)))), None)
    return found if found and Case.objects.filter(number=found).exists() else None


def appointments(opened: Opened) -> list[dict[str, Any]]:
    """The times that the applicant has booked and that stand."""
    now = opened.now
    return [
        {
            "title": rule.title, "at": booked.starts_at, "way": WAYS[rule.way], "is_held": booked.status == "held",
            "link": video_link(now.case, name) if rule.way == "video" else None,
        }
        for name, rule in now.definition.booking.items()
        if (booked := held(now.state, name)) is not None
    ]  # fmt: skip


def _due(opened: Opened) -> Any:
    """By when this person has to act: the first of the tasks that wait for it, else the step, else the promise."""
    case, clocks = opened.now.case, opened.now.clocks().tasks
    own = [clocks[c.id].due_at for _, c in opened.choices if c.act == "answer" and c.id in clocks]
    return min(own, default=case.step_due_at or case.due_at) if opened.now.state.is_open else None


def _turn(opened: Opened) -> Text | None:
    case = opened.now.case
    if not opened.now.state.is_open or not case.turn:
        return None
    return opened.who(
        case.turn, opened.now.definition.agency_at(opened.now.state.at) if case.turn_agency_id else None
    )


def looked_at(opened: Opened, files: list[Upload], viewing: str) -> Upload | Paper | None:
    """What the viewer shows: what was asked for, else the paper to sign, else the first file not judged yet."""
    if whole(viewing) in opened.uploads:
        return opened.uploads[int(viewing)]
    if viewing.startswith("surat-") and whole(viewing[6:]) in opened.papers:
        return opened.papers[int(viewing[6:])]
    drafts = [one for one in opened.own_papers if one.state in (PaperState.DRAFT, PaperState.WAITING)]
    if drafts:
        return drafts[0]
    open_ = [
        one
        for _, _, held in opened.requirements
        if held.status == "given"
        for one in opened.files_of(held.files)
    ]
    return next(iter(open_ or files), None)


def viewer(opened: Opened, files: list[Upload], seen: Upload | Paper | None) -> dict[str, Any] | None:
    """The file looked at, with the way to the one before and after."""
    if seen is None:
        return None
    number = opened.now.case.number
    if isinstance(seen, Paper):
        word, kind = PAPER_STATES.get(seen.state, (Text("batal", "void"), "stop"))
        return {
            "paper": seen, "title": Text(seen.title_id, seen.title_en or None), "word": word, "kind": kind,
            "picture": seen.state == PaperState.DRAFT, "href": reverse("desk_paper", args=[number, seen.pk]),
        }  # fmt: skip
    place_ = files.index(seen) if seen in files else -1
    old = seen.replaces_id or _before(opened, seen)
    return {
        "file": seen, "title": file_title(opened, seen), "picture": seen.kind in ("jpg", "png"),
        "href": reverse("desk_file", args=[number, seen.pk]),
        "previous": files[place_ - 1].pk if place_ > 0 else None,
        "next": files[place_ + 1].pk if 0 <= place_ < len(files) - 1 else None,
        "compare": reverse("desk_compare", args=[number, seen.pk]) if old else None,
        "number": place_ + 1, "total": len(files),
    }  # fmt: skip


def _before(opened: Opened, seen: Upload) -> int | None:
    """The file that this one took the place of, where the file itself does not say it."""
    held = {one.pk for one in files_in_order(opened)}
    older = [
        one.pk
        for one in opened.uploads.values()
        if one.requirement == seen.requirement and one.pk < seen.pk and one.pk not in held
    ]
    return older[-1] if older else None


def file_title(opened: Opened, upload: Upload) -> Text:
    """What a file was handed in for."""
    kind, _, name = upload.requirement.partition(".")
    if kind in ("task", "proof") and name in opened.now.definition.task:
        return opened.now.definition.task[name].title
    item = opened.now.definition.requirement.get(kind)
    return item.title if item else Text(upload.name)


def tasks(opened: Opened) -> list[dict[str, Any]]:
    """The parallel work of the case: who was asked, until when, what they said."""
    now, found_ = opened.now, []
    clocks = now.clocks().tasks
    for name, rule in now.definition.task.items():
        task = now.state.tasks.get(name)
        if task is None or task.status == "not_needed":
            continue
        answers_ = [
            {
                "who": _asked(opened, key), "text": rule.possible_answers().get(one.answer, Text(one.answer)), "at": one.at,
                "note": one.note, "files": opened.files_of(one.files),
            }
            for key, one in sorted(task.answers.items(), key=lambda pair: pair[1].at)
        ]  # fmt: skip
        found_.append(
            {
                "title": rule.title, "is_open": task.status in ("open", "answered"), "answers": answers_,
                "waiting": [_asked(opened, key) for key in task.asked if key not in task.answers],
                "scheduled_for": task.scheduled_for, "due_at": clocks[name].due_at if name in clocks else None,
                "challenge": challenge(now, name), "proofs": proofs(opened, task),
                "awaits": task.status == "answered", "timed_out": task.status == "timed_out",
            }
        )  # fmt: skip
    return found_


def _asked(opened: Opened, key: str) -> Text:
    """Those asked go by role or by agency."""
    return opened.agency(key) if key in opened.agencies else opened.who(key, None)


def correction(opened: Opened) -> list[dict[str, Any]]:
    """What the applicant is correcting now."""
    open_ = opened.now.state.correction
    return (
        [
            {"title": name_of(opened.now.definition, i.target), "reason": i.reason, "late": i.late}
            for i in open_.items
        ]
        if open_
        else []
    )


def talk(opened: Opened) -> list[dict[str, Any]]:
    """What was said, with notes that stay inside marked as such."""
    return [
        {
            "who": opened.who("applicant" if line.by_applicant else line.role, line.agency), "at": line.at, "text": line.text,
            "is_mine": not line.by_applicant, "internal": line.internal,
        }
        for line in opened.lines
    ]  # fmt: skip


def _said(typed: Typed | None) -> list[str]:
    """Everything written by hand in a form that came back, so that nothing is lost even where the form is gone."""
    hidden = {"act", "of", "key", "seen", "csrfmiddlewaretoken", "berkas"}
    if typed is None:
        return []
    return [
        value
        for name, values in typed.posted.items()
        if name not in hidden
        for value in values
        if len(value) > 5
    ]
