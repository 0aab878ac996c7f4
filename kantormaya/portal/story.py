"""A case told to the person it belongs to: where it stands in one sentence, its way, and what happened."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.utils import timezone

from kantormaya.cases.models import Event
from kantormaya.casework.advancing import DID, said
from kantormaya.casework.standing import Standing
from kantormaya.engine.booking import held, may_book
from kantormaya.engine.choices import Choice
from kantormaya.engine.clocks import limit
from kantormaya.engine.events import APPLICANT, Actor
from kantormaya.engine.state import Booked
from kantormaya.engine.storing import unpack
from kantormaya.language import formats
from kantormaya.language.definition import CHANNEL_NAMES, Definition
from kantormaya.language.evaluating import holds
from kantormaya.language.roles import role_name
from kantormaya.language.texts import Text, joined
from kantormaya.messages.telling import name_of
from kantormaya.portal.appointments import to_choose

COUNTED = [
    Text(id, en)
    for id, en in zip(
        ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"),
        ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
        strict=True,
    )
]
CORRECTIONS = Text("Menunggu {n} perbaikan dari Anda", "Waiting for {n} corrections from you")
ONE_CORRECTION = Text("Menunggu satu perbaikan dari Anda", "Waiting for one correction from you")
PAYMENT = Text("Menunggu pembayaran Anda: {amount}", "Waiting for your payment: {amount}")
PAPERS = Text("Menunggu {n} berkas dari Anda", "Waiting for {n} papers from you")
ONE_PAPER = Text("Menunggu satu berkas dari Anda", "Waiting for one paper from you")
AGREEMENT = Text("Menunggu persetujuan Anda atas berita acara", "Waiting for you to agree with the minutes")
YOUR_STEP = Text("Menunggu Anda: {step}", "Waiting for you: {step}")
CHOOSE_TIME = Text("Pilih waktu Anda: {title}", "Choose your time: {title}")
LATE = Text("Kami terlambat: {step}", "We are late: {step}")
CHECKING = Text("Berkas Anda sedang kami periksa", "We are checking your file")
WORKING = Text("Sedang kami kerjakan: {step}", "We are working on it: {step}")
EXPECTED = {
    "office": Text("Kami tunggu Anda {at}", "We expect you on {at}"),
    "phone": Text("Kami menelepon Anda {at}", "We call you on {at}"),
    "video": Text("Kita bertemu lewat video {at}", "We meet by video on {at}"),
}
"""What a time that is booked means for whoever waits."""
ENDS = {
    "granted": Text("Permohonan Anda dikabulkan: {end}", "Your application is granted: {end}"),
    "granted_in_part": Text(
        "Permohonan Anda dikabulkan sebagian: {end}", "Your application is granted in part: {end}"
    ),
    "refused": Text("Permohonan Anda ditolak: {end}", "Your application is refused: {end}"),
    "referred": Text("Permohonan Anda diteruskan: {end}", "Your application is passed on: {end}"),
    "lapsed": Text("Permohonan Anda gugur: {end}", "Your application has lapsed: {end}"),
}
DONE = Text("Selesai: {end}", "Done: {end}")
WITHDRAWN = Text("Anda sudah menarik permohonan ini", "You have withdrawn this application")
STOPPED = ("refused", "lapsed")


def counted(n: int) -> Text:
    """Small numbers in words."""
    return COUNTED[n] if n < len(COUNTED) else Text(str(n), str(n))


def answer(now_: Standing, choices: Iterable[Choice]) -> Text:
    """Where the case stands, in one sentence: the title of its page."""
    state, definition = now_.state, now_.definition
    if state.ended_at is not None:
        end = definition.ends[state.at]
        if state.at == "withdrawn":
            return WITHDRAWN
        return ENDS.get(end.means, DONE).format(end=end.title)
    choices = list(choices)
    acts = [choice.act for choice in choices]
    if state.correction is not None:
        n = len(state.correction.items)
        return CORRECTIONS.format(n=counted(n)) if n > 1 else ONE_CORRECTION
    if "pay" in acts:
        amount = sum(bill.amount for bill in state.open_bills().values())
        return PAYMENT.format(amount=formats.rupiah(amount))
    if "confirm" in acts:
        return AGREEMENT
    if (n := acts.count("give")) > 0:
        return PAPERS.format(n=counted(n)) if n > 1 else ONE_PAPER
    if (time := to_choose(now_, choices)) is not None:
        return CHOOSE_TIME.format(title=definition.booking[time.id].title)
    step = definition.step[state.at]
    if now_.case.turn == APPLICANT:
        return YOUR_STEP.format(step=step.title)
    if is_late(now_):
        return LATE.format(step=step.title)
    if (meeting := _next_meeting(now_)) is not None:
        return meeting
    if state.requirements and state.accepted_at is None and state.at == definition.accepting_step:
        return CHECKING
    return WORKING.format(step=step.title)


def _next_meeting(now_: Standing) -> Text | None:
    """The time at which we meet, where one is booked and still to come."""
    for name, rule in now_.definition.booking.items():
        slot = held(now_.state, name)
        is_meeting = rule.moment is not None or may_book(now_.definition, now_.state, name)
        if slot and slot.status == "confirmed" and slot.starts_at > now_.at and is_meeting and not rule.day:
            return EXPECTED[rule.way].format(at=formats.moment(timezone.localtime(slot.starts_at)))
    return None


def is_late(now_: Standing) -> bool:
    """Whether our promise is over while the case is still open."""
    promise = now_.clocks().promise
    over = promise is not None and promise.due_at < now_.at
    return over and now_.state.is_open and now_.state.promise_ended_at is None


def way(now_: Standing) -> list[dict[str, Any]]:
    """The steps of this case, as parts/flow.html reads them: behind it, here, still to come, passed over."""
    definition, state, values = now_.definition, now_.state, now_.values()
    been = {visit.step: visit.since for visit in state.visits}
    found: list[dict[str, Any]] = [
        {"title": Text("Anda mengajukan", "You applied"), "at": state.submitted_at, "kind": "done"}
    ]
    plain = _plain_way(definition)
    ahead = [] if state.ended_at else plain[plain.index(state.at) + 1 :] if state.at in plain else []
    behind = [name for name in been if name != state.at]
    for name in [*behind, *([state.at] if state.is_open else []), *[n for n in ahead if n not in been]]:
        step = definition.step[name]
        is_to_come = name not in been
        kind = "now" if name == state.at and state.is_open else "" if is_to_come else "done"
        if is_to_come and holds(step.when, values, now_.calendar) is False:
            continue
        roles = [case.is_ for case in step.by] if len(step.by) == 1 else []
        who = [YOU if role == APPLICANT else role_name(role) for role in roles]
        if step.within and is_to_come:
            who += _within(now_, name)
        found.append({"title": step.title, "who": joined(who, " · "), "at": been.get(name), "kind": kind})
    if state.ended_at is not None:
        end = definition.ends[state.at]
        kind = "stop" if end.means in STOPPED or state.at == "withdrawn" else "done"
        found.append({"title": end.title, "at": state.ended_at, "kind": kind})
    return found


def _within(now_: Standing, step: str) -> list[Text]:
    rule = now_.definition.step[step].within
    duration = limit(now_.definition, rule, now_.values(), now_.calendar) if rule else None
    return [Text(duration.words("id"), duration.words("en"))] if duration and not duration.anchor else []


def _plain_way(definition: Definition) -> list[str]:
    """The steps along `then`, from the first."""
    found: list[str] = []
    here: str | None = definition.start
    while here in definition.step and here not in found:
        found.append(here)
        here = definition.step[here].then
    return found


def timeline(
    definition: Definition, events: Iterable[Event], agencies: dict[str, str]
) -> list[dict[str, Any]]:
    """What happened, newest first: who by role and office, never by name."""
    return [
        {
            "title": _did(event.actor_role, event.kind), "at": event.at,
            "who": agencies.get(event.actor_agency), "text": _about(definition, event.kind, unpack(event.data)),
            "kind": KINDS.get(event.kind, ""),
        }
        for event in events
    ]  # fmt: skip


@cache
def _did(role: str, kind: str) -> Text:
    if role == APPLICANT:
        return Text("Anda {what}", "You {what}").format(what=DID[kind])
    return said(Actor(role), kind)


YOU = Text("Anda", "You")
KINDS = {
    "returned": "ask-you", "signed": "done", "escalated": "late", "corrected": "done", "paid": "done", "submitted": "done",
}  # fmt: skip


def _about(definition: Definition, kind: str, data: dict[str, Any]) -> Text | None:
    """What an event was about, in plain words."""
    match kind:
        case "moved" | "lapsed":
            return _arrived(definition, data)
        case "returned":
            return joined([name_of(definition, item["target"]) for item in data.get("items", ())], "; ")
        case "checked":
            return _checked(data)
        case "given":
            return joined([definition.requirement[n].title for n in data.get("requirements", ())], "; ")
        case "answered":
            return _answered(definition, data)
        case "asked" | "confirmed" | "timed_out" if data.get("task") in definition.task:
            return definition.task[data["task"]].title
        case "submitted" if data["about"].channel != "online":
            return Text("lewat {channel}", "{channel}").format(channel=CHANNEL_NAMES[data["about"].channel])
        case "submitted" if data.get("slots"):
            return joined([_time(definition, name, one) for name, one in data["slots"].items()], "; ")
        case "booked":
            return _time(definition, data["booking"], data["slots"][data["booking"]])
        case "released":
            title, reason = definition.booking[data["booking"]].title, data.get("reason", "")
            return Text(f"{title.id}. {reason}".strip(), f"{title.said('en')}. {reason}".strip())
        case "scheduled":
            on = formats.moment(timezone.localtime(data["on"]))
            return Text("{task}: {on}", "{task}: {on}").format(
                task=definition.task[data["task"]].title, on=on
            )
        case "signed":
            return definition.product[data["product"]].title
        case "paid" | "waived":
            return formats.rupiah(data.get("amount", 0))
        case "extended":
            duration = data["duration"]
            more = Text(duration.words("id"), duration.words("en"))
            return Text("{more}. Alasan: {reason}", "{more}. Reason: {reason}").format(
                more=more, reason=data["reason"]
            )
        case "withdrawn" if data.get("reason"):
            return Text(data["reason"], data["reason"])
    return None


def _time(definition: Definition, name: str, booked: Booked) -> Text:
    on = formats.moment(timezone.localtime(booked.starts_at))
    return Text("{title}: {on}", "{title}: {on}").format(title=definition.booking[name].title, on=on)


def _arrived(definition: Definition, data: dict[str, Any]) -> Text | None:
    to = data.get("to", "")
    if to in definition.step:
        return Text("Sekarang: {step}", "Now: {step}").format(step=definition.step[to].title)
    return definition.ends[to].title if to in definition.ends else None


def _checked(data: dict[str, Any]) -> Text:
    fits, deficient = len(data.get("fits", ())), len(data.get("deficient", ()))
    if not deficient:
        return Text("{n} sesuai", "{n} in order").format(n=fits)
    return Text("{n} sesuai, {m} kurang", "{n} in order, {m} deficient").format(n=fits, m=deficient)


def _answered(definition: Definition, data: dict[str, Any]) -> Text | None:
    task = definition.task.get(data.get("task", ""))
    if task is None:
        return None
    given = task.possible_answers().get(data.get("answer", ""))
    return Text("{task}: {given}", "{task}: {given}").format(task=task.title, given=given or "")
