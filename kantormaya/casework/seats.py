"""Who sits at a case now: the rows of `party`, which the wall asks and the inbox is read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from kantormaya.audit.together import add, keep
from kantormaya.cases.models import Capacity, Case, Party
from kantormaya.casework.standing import Standing
from kantormaya.casework.taking import InHand
from kantormaya.catalogue.agencies import all_agencies
from kantormaya.clock import Calendar
from kantormaya.engine.clocks import Clocks
from kantormaya.engine.events import APPLICANT
from kantormaya.engine.knowing import known, turn
from kantormaya.engine.needs import to_sign
from kantormaya.engine.state import State
from kantormaya.engine.yours import four_eyes
from kantormaya.language.definition import Definition
from kantormaya.language.texts import Text

FAR = datetime.max.replace(tzinfo=UTC)
OWNER = ""
"""The role of the row that lets the responsible agency see its own case whoever's turn it is."""


@dataclass(frozen=True)
class Seat:
    """A place at the case: an agency (None: the applicant), in a capacity, for a role."""

    agency: str | None
    capacity: str
    role: str


@dataclass(frozen=True)
class Place:
    """What the lists say of an open seat.

    `due_at` is when whoever sits there should act. `waits`: someone outside the agency has to act first. `signs`: a paper
    waits here for its signature. `listed`: by this seat the case stands in the list of its agency, once.
    """

    due_at: datetime | None
    waits: bool = False
    signs: bool = False
    listed: bool = False


def seats(definition: Definition, state: State, calendar: Calendar, clocks: Clocks) -> dict[Seat, Place]:
    """Every open seat with what the lists say of it."""
    if not state.is_open:
        return {}
    role, agency = turn(definition, state, calendar)
    own = Seat(definition.agency, Capacity.OFFICE, OWNER)
    its_turn = _seat(definition, agency, role) if agency else None
    found = _limits(definition, state, clocks, own, its_turn, role)
    others = {seat.agency for seat in found if seat != own}
    signs = its_turn is not None and bool(
        definition.step[state.at].signs
        and to_sign(definition, state, known(definition, state, calendar), calendar)
    )
    listed = {own.agency: own}
    for seat in sorted(found, key=lambda one: found[one] or FAR):
        listed.setdefault(seat.agency, seat)
    return {
        seat: Place(
            due_at,
            waits=seat in (own, its_turn) and bool(others - {seat.agency}),
            signs=signs and seat == its_turn,
            listed=seat.agency is not None and listed[seat.agency] == seat,
        )
        for seat, due_at in found.items()
    }


def _limits(
    definition: Definition, state: State, clocks: Clocks, own: Seat, its_turn: Seat | None, role: str
) -> dict[Seat, datetime | None]:
    """Every open seat with the instant by which whoever sits there should act."""
    promise = clocks.promise.due_at if clocks.promise else None
    found = {own: promise}
    if role == APPLICANT:
        limit = clocks.correction or clocks.step
        found[Seat(None, Capacity.APPLICANT, APPLICANT)] = limit.due_at if limit else None
    elif its_turn is not None:
        found[its_turn] = (clocks.step.due_at if clocks.step else None) or promise
    if state.correction is None:
        for name, task in state.tasks.items():
            if task.status == "open":
                limit = clocks.tasks.get(name) or clocks.step
                for seat in asked(definition, state, name):
                    found[seat] = limit.due_at if limit else promise
    return found


def asked(definition: Definition, state: State, name: str) -> list[Seat]:
    """The seats of those a task still waits for: all at once, in a chain only the next."""
    rule, task = definition.task[name], state.tasks[name]
    waiting = [key for key in task.asked if key not in task.answers]
    if rule.order == "chain":
        waiting = waiting[:1]
    home = definition.agency_at(rule.step)
    return [
        _seat(definition, home, key) if key in rule.by else _seat(definition, key, role)
        for key in waiting
        for role in ((key,) if key in rule.by else rule.by)
    ]


def _seat(definition: Definition, agency: str, role: str) -> Seat:
    return Seat(agency, Capacity.OFFICE if agency == definition.agency else Capacity.OPINION, role)


def agency_ids(case: Case, slugs: set[str]) -> dict[str, int]:
    """The ids of agencies by their slug; one that does not exist here has no seat. The case's own is in hand."""
    own = {case.agency.slug: case.agency_id}
    others = slugs - own.keys()
    return own | ({slug: one.pk for slug, one in all_agencies().items() if slug in others} if others else {})


def barred(now: Standing, seat: Party, person: str) -> Text | None:
    """Why the work of a seat needs another person than this one, or None: the step's own seat may want other eyes."""
    return four_eyes(now.definition, now.state, person) if _is_of_the_turn(now, seat) else None


def _is_of_the_turn(now: Standing, seat: Party) -> bool:
    return (seat.role, seat.agency_id) == (now.case.turn, now.case.turn_agency_id)


def take_seats(now: InHand, wanted: dict[Seat, Place], ids: dict[str, int]) -> None:
    """Make the rows say who sits there: open the wanted ones, close the others; nobody who took part loses sight of it.

    Whoever held a seat holds it again when it opens once more, unless what is to be done there now is barred to them.
    """
    rows = {(p.agency_id, p.capacity, p.role): p for p in now.parties}
    keyed = {
        (ids[s.agency] if s.agency else None, str(s.capacity), s.role): place
        for s, place in wanted.items()
        if not s.agency or s.agency in ids
    }
    fresh = [
        Party(case=now.case, agency_id=a, capacity=c, role=r, open=True, **vars(place))
        for (a, c, r), place in keyed.items()
        if (a, c, r) not in rows
    ]
    add(*fresh)
    for key, row in rows.items():
        place = keyed.get(key)
        asked = row.holder if place and row.holder_id and _is_of_the_turn(now, row) else None
        stays = asked is None or barred(now, row, asked.username) is None
        holder_id = row.holder_id if stays else None
        said = {"open": place is not None, "holder_id": holder_id, **vars(place or Place(row.due_at))}
        if any(getattr(row, name) != value for name, value in said.items()):
            for name, value in said.items():
                setattr(row, name, value)
            keep(row, *said)
