"""Choosing a time: the days and hours that can still be had, as a form shows and reads them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kantormaya.bookings.offering import Offer, offers
from kantormaya.clock import Calendar
from kantormaya.engine.slots import Slot
from kantormaya.language.asking import Booking
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import Values
from kantormaya.language.forms import Posted
from kantormaya.language.texts import Text
from kantormaya.language.words import said_time

TIME = "waktu"
"""The name of the one field of this form."""
CHOOSE = Text("Pilih satu waktu.", "Choose a time.")


def days(
    definition: Definition,
    booking: str,
    values: Values,
    calendar: Calendar,
    at: datetime,
    chosen: Slot | None,
) -> list[dict[str, Any]]:
    """The days with their times, as portal/times.html reads them; the day of the chosen time stands open."""
    found = offers(definition, booking, values, calendar, at)
    opened = next((d.on for d in found if chosen and d.on == calendar.local_date(chosen.starts_at)), None)
    opened = opened or next((d.on for d in found if not d.is_full), None)
    rule = definition.booking[booking]
    return [
        {
            "on": day.on, "closed": day.closed, "free": sum(bool(one.free) for one in day.offers), "is_open": day.on == opened,
            "times": [_time(definition, rule, one, calendar, chosen, f"{day.on:%m%d}-{n}") for n, one in enumerate(day.offers)],
        }
        for day in found
    ]  # fmt: skip


def _time(
    definition: Definition, rule: Booking, offer: Offer, calendar: Calendar, chosen: Slot | None, id: str
) -> dict[str, Any]:
    slot = offer.slot
    mine = chosen is not None and (chosen.starts_at, chosen.session) == (slot.starts_at, slot.session)
    return {
        "id": f"{TIME}-{id}", "value": written(slot), "text": _said(definition, rule, slot, calendar),
        "is_full": not offer.free and not mine, "is_chosen": mine,
    }  # fmt: skip


def _said(definition: Definition, rule: Booking, slot: Slot, calendar: Calendar) -> Text:
    begins = f"{calendar.local(slot.starts_at):%H.%M}"
    field = definition.field.get(rule.session or "")
    title = field.choices.get(slot.session) if field is not None else None
    if title is None:
        return Text(begins, begins)
    ends = f"{calendar.local(slot.ends_at):%H.%M}" if slot.ends_at else ""
    return Text("{title} ({begins}–{ends})", "{title} ({begins}–{ends})").format(
        title=title, begins=begins, ends=ends
    )


def written(slot: Slot) -> str:
    """A slot as the form carries it."""
    return f"{slot.starts_at.isoformat()}|{slot.session}"


def read_time(sent: Posted) -> Slot | None:
    """The slot that was chosen; None where nothing was, or what was sent is no time."""
    starts_at, _, session = (sent.get(TIME) or [""])[-1].partition("|")
    try:
        at = datetime.fromisoformat(starts_at)
    except ValueError:
        return None
    return Slot(at, None, session) if at.tzinfo else None


def first_id(shown: list[dict[str, Any]]) -> str:
    """The control that an error leads to."""
    return next((one["id"] for day in shown for one in day["times"] if not one["is_full"]), TIME)


def is_left(shown: list[dict[str, Any]]) -> bool:
    """Whether there is any time to choose."""
    return any(day["free"] for day in shown)


def about(definition: Definition, booking: str) -> list[Text]:
    """What one should know before choosing: where one meets, why one must come, how long, how late it can be moved."""
    rule = definition.booking[booking]
    said = [WAYS[rule.way]]
    reason = definition.task[rule.task].in_person if rule.task else None
    if rule.way == "office" and reason is not None:
        said.append(
            Text("Mengapa harus datang: {reason}.", "Why you have to come: {reason}.").format(reason=reason)
        )
    if rule.length is not None:
        said.append(Text("Lamanya {t}.", "It takes {t}.").format(t=said_time(definition, rule.length)))
    if rule.arrive is not None:
        said.append(
            Text("Datanglah {t} sebelumnya.", "Please be there {t} before.").format(
                t=said_time(definition, rule.arrive)
            )
        )
    if rule.ahead is not None:
        ahead = said_time(definition, rule.ahead)
        said.append(MOVABLE.format(t=ahead))
    if rule.hold is not None:
        said.append(HELD.format(t=said_time(definition, rule.hold)))
    return said


WAYS = {
    "office": Text("Anda datang ke kantor.", "You come to the office."),
    "phone": Text("Kami menelepon Anda; Anda tidak perlu datang.", "We call you; you need not come."),
    "video": Text("Lewat video; Anda tidak perlu datang.", "By video; you need not come."),
}
MOVABLE = Text(
    "Dapat Anda pindah atau batalkan sendiri, paling lambat {t} sebelumnya.",
    "You can move or cancel it yourself, {t} ahead at the latest.",
)
HELD = Text("Ditahan untuk Anda selama {t}, sampai dibayar.", "Kept for you for {t}, until it is paid.")
