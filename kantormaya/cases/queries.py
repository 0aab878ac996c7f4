"""What an official's inbox reads: seats at cases in order of their due date, a page at a time and never by OFFSET."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Coalesce

from kantormaya.audit.gathering import Given, gather
from kantormaya.cases.models import Case, Party
from kantormaya.people.models import Account, Agency, Post
from kantormaya.people.roles import in_force

MOST = 100
"""Nobody counts beyond this: the database stops here, and the page says "more than 99"."""

FAR = Value(datetime(9999, 1, 1, tzinfo=UTC))
STAMP = "%Y%m%dT%H%M%S.%f"
Seats = QuerySet[Party]


def at_my_desk(
    agency_id: int | Given, roles: Iterable[str | Given], account_id: int | Given | None = None
) -> Seats:
    """Seats of these roles at open cases; a step's own seat not while someone outside has to act first.

    With an account, those that are free or held by it; without, those of colleagues too.
    """
    roles = tuple(roles)
    mine = Q(role__in=roles, waits=False) & (free() | Q(holder_id=account_id) if account_id else Q())
    seats = Party.objects.filter(mine, open=True, agency_id=agency_id)
    return _once(seats, mine) if len(roles) > 1 else seats


def free(on: Any = None) -> Q:
    """Seats nobody holds: never taken, or held by someone whose post has ended by that day (today, if none is given)."""
    posts = Post.objects.filter(
        in_force(on), account=OuterRef("holder_id"), agency=OuterRef("agency_id"), role=OuterRef("role")
    )
    return Q(holder=None) | ~Q(Exists(posts))


def of_my_agency(agency_id: int | Given) -> Seats:
    """The open cases of the agency, and those of others in which it is asked now; each once."""
    return Party.objects.filter(open=True, listed=True, agency_id=agency_id)


def waiting_for_others(agency_id: int | Given) -> Seats:
    """Those of them in which the applicant or another agency has to act."""
    return of_my_agency(agency_id).filter(waits=True)


def to_be_signed(seats: Seats) -> Seats:
    """Those seats at which a paper waits for its signature."""
    return seats.filter(signs=True)


def _once(seats: Seats, whose: Q) -> Seats:
    """Of several seats of one agency at one case, the one that is due first."""
    mine = Coalesce(OuterRef("due_at"), FAR)
    others = Party.objects.annotate(when=Coalesce(F("due_at"), FAR)).filter(
        whose, case_id=OuterRef("case_id"), agency_id=OuterRef("agency_id"), open=True
    )
    return seats.exclude(Exists(others.filter(Q(when__lt=mine) | Q(when=mine, pk__lt=OuterRef("pk")))))


@dataclass(frozen=True)
class Start:
    """The seat after which a page begins: when it is due (None: it has no date yet), and its case."""

    due_at: datetime | Given | None
    case_id: int | Given


@dataclass(frozen=True)
class Page:
    """Some seats in the order of their due date, and where the next page begins (None at the end)."""

    seats: tuple[Party, ...]
    next: str | None


Ask = Callable[[Start | None], list[Party]]
"""Asks for the seats that follow a start, one more than fit on the page."""


def page(seats: Seats, after: str = "", size: int = 25) -> Page:
    """The seats that follow `after`: first those with a due date, then those without one yet."""
    return paged(lambda start: joined(*gather(*on_a_page(seats, start, size))), after, size)


def paged(ask: Ask, after: str = "", size: int = 25) -> Page:
    """A page of whatever is asked; only where the dated ones end within it a second time."""
    start = _read(after)
    found = ask(start)
    if start and start.due_at and len(found) <= size:
        found = (found + ask(Start(None, 0)))[: size + 1]
    last = found[size - 1] if len(found) > size else None
    return Page(tuple(found[:size]), _written(last) if last else None)


def on_a_page(seats: Seats, start: Start | None, size: int = 25) -> tuple[QuerySet[Any], ...]:
    """The questions that travel together for a page: its seats, their cases, and who holds them."""
    page = _following(seats, start)[: size + 1]
    return (
        page.only("case", "role", "due_at", "holder"),
        Case.objects.filter(pk__in=page.values("case_id")).only(*SHOWN),
        Account.objects.filter(pk__in=page.values("holder_id")).only("name"),
    )


SHOWN = (
    "number", "service_slug", "revision", "variant", "title_id", "title_en", "applicant_name", "at", "state", "turn", "due_at",
    "ended_at",
)  # fmt: skip
"""What a list says of a case."""


def joined(seats: list[Party], cases: list[Case], holders: list[Account]) -> list[Party]:
    """The seats with their cases and holders in hand."""
    case_of, account_of = {one.pk: one for one in cases}, {one.pk: one for one in holders}
    for seat in seats:
        seat.case = case_of[seat.case_id]
        seat.holder = account_of[seat.holder_id] if seat.holder_id else None
    return seats


def _following(seats: Seats, start: Start | None) -> Seats:
    if start is None:
        return _in_order(seats)
    if start.due_at is None:
        # in the same order as the dated ones, so that the same index is walked
        return _in_order(seats.filter(due_at=None, case_id__gt=start.case_id))
    later = Q(due_at__gt=start.due_at) | Q(case_id__gt=start.case_id)
    return _in_order(seats.filter(later, due_at__gte=start.due_at))


def _written(seat: Party) -> str:
    return f"{seat.due_at.astimezone(UTC):{STAMP}}_{seat.case_id}" if seat.due_at else f"_{seat.case_id}"


def _read(cursor: str) -> Start | None:
    """Where a page begins; a cursor somebody bent begins at the beginning."""
    stamp, _, case_id = cursor.partition("_")
    try:
        due_at = datetime.strptime(stamp, STAMP).replace(tzinfo=UTC) if stamp else None
        return Start(due_at, int(case_id)) if case_id else None
    except ValueError:
        return None


def count(agency_id: int | Given, lists: Mapping[str, QuerySet[Any]]) -> QuerySet[Any, Any]:
    """The question how long each list is, by its name; none is counted beyond MOST."""
    counted = {
        name: Func(
            ArraySubquery(_in_order(rows).values("pk")[:MOST]),
            function="cardinality",
            output_field=IntegerField(),
        )
        for name, rows in lists.items()
    }
    return Agency.objects.filter(pk=agency_id).values(**counted)


def _in_order(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Seats come along the index of their list, those without a due date last; so a count ends at MOST instead of after all."""
    return rows.order_by("due_at", "case_id") if rows.model is Party else rows


def search(*, code: str | None, number: str, name: str, most: int = 50) -> list[Case]:
    """Cases of the scope by code or the beginning of their number, and open ones by masked name.

    A masked name is what the table holds, so a name is asked for as it would be masked.
    """
    cases = Case.objects.only(*SHOWN)
    if code:
        return list(cases.filter(code=code))
    if number:
        return list(cases.filter(_begins("number", number)).order_by("-number")[:most])
    # in the order of the index that finds them, so that the search ends with the page however many there are
    named = cases.filter(_begins("applicant_name", name), ended_at=None)
    return list(named.order_by("applicant_name", "-pk")[:most])


def _begins(column: str, beginning: str) -> Func:
    # starts_with is leakproof and LIKE is not: beneath the wall only the former can use an index
    return Func(F(column), Value(beginning), function="starts_with", output_field=BooleanField())
