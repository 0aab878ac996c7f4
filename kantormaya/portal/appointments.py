"""The times a case has, as its page shows them: when, where or how one meets, and what can still be done with them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from kantormaya.bookings.meeting import video_link
from kantormaya.casework.standing import Standing
from kantormaya.engine.booking import held
from kantormaya.engine.choices import Choice
from kantormaya.language.texts import Text
from kantormaya.language.words import said_time
from kantormaya.people.models import Agency

NO_LINK = Text(
    "Tautan video dikirim petugas lewat pesan di bawah.",
    "Our staff send the link for the video by message below.",
)


def appointments(now_: Standing, choices: Iterable[Choice]) -> list[dict[str, Any]]:
    """Every booking of the case that has, or may have, a time."""
    open_ = {(choice.act, choice.id): choice for choice in choices}
    return [
        _one(now_, name, open_.get(("book", name)), open_.get(("release", name)))
        for name in now_.definition.booking
        if held(now_.state, name) is not None or ("book", name) in open_
    ]


def to_choose(now_: Standing, choices: Iterable[Choice]) -> Choice | None:
    """The time that the applicant has to choose now: for a task that waits for it, or before anything is paid."""
    collects = any(bill.step == now_.state.at for bill in now_.definition.fee.bill.values())
    return next(
        (
            c
            for c in choices
            if c.act == "book" and c.plain and (now_.definition.booking[c.id].task or collects)
        ),
        None,
    )


def _one(now_: Standing, name: str, book: Choice | None, release: Choice | None) -> dict[str, Any]:
    rule, booked = now_.definition.booking[name], held(now_.state, name)
    task = now_.definition.task.get(rule.task or "")
    hold = now_.clocks().holds.get(name)
    return {
        "title": rule.title, "way": rule.way, "at": booked.starts_at if booked else None, "place": where(now_, name),
        "reason": task.in_person if task and rule.way == "office" else None,
        "arrive": said_time(now_.definition, rule.arrive) if rule.arrive else None,
        "link": video_link(now_.case, name) if rule.way == "video" and now_.state.is_open else None, "no_link": NO_LINK,
        "is_held": booked is not None and booked.status == "held", "held_until": hold.due_at if hold else None,
        "is_over": booked is not None and booked.starts_at <= now_.at,
        "book": book, "release": release, "href": reverse("time", args=(name,)) if book else None,
        "cancel_href": reverse("time_cancel", args=(name,)) if release else None,
        "file_href": reverse("time_file", args=(name,)) if booked else None,
    }  # fmt: skip


def where(now_: Standing, name: str) -> Text:
    """Where one meets: the address of the office, a telephone, a video."""
    rule = now_.definition.booking[name]
    if rule.way == "phone":
        return Text("Kami menelepon nomor yang Anda tulis.", "We call the number that you gave.")
    if rule.way == "video":
        return Text("Lewat video", "By video")
    task = now_.definition.task.get(rule.task or "")
    slug = now_.definition.agency_at(task.step) if task else now_.definition.agency
    agency = Agency.objects.get(slug=slug)
    said = ", ".join(part for part in (agency.name, str(agency.contact.get("address", ""))) if part)
    return Text(said, said)
