"""What an official's inbox reads: seats at cases in order of their due date, a page at a time and never by OFFSET."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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

from kantormaya.cases.models import Case, Party
from kantormaya.people.models import Agency, Post
from kantormaya.people.roles import in_force

MOST = 100
"""Nobody counts beyond this: the database stops here, and the page says "more than 99"."""

FAR = Value(datetime(9999, 1, 1, tzinfo=UTC))
STAMP = "%Y%m%dT%H%M%S.%f"
Seats = QuerySet[Party]


def at_my_desk(agency_id: int, roles: Iterable[str], account_id: int | None = None) -> Seats:
    """Seats of these roles at open cases; a step's own seat not while someone outside has to act first.

    With an account, those that are free or held by it; without, those of colleagues too.
    """
    roles = tuple(roles)
    mine = Q(role__in=roles, waits=False) & (free() | Q(holder_id=account_id) if account_id else Q())
    seats = Party.objects.filter(mine, open=True, agency_id=agency_id)
    return _once(seats, mine) if len(roles) > 1 else seats


def free() -> Q:
    """Seats nobody holds: never taken, or held by someone whose post has ended."""
    posts = Post.objects.filter(
        in_force(), account=OuterRef("holder_id"), agency=OuterRef("agency_id"), role=OuterRef("role")
    )
    return Q(holder=None) | ~Q(Exists(posts))


def of_my_agency(agency_id: int) -> Seats:
    """The open cases of the agency, and those of others in which it is asked now; each once."""
    return Party.objects.filter(open=True, listed=True, agency_id=agency_id)


def waiting_for_others(agency_id: int) -> Seats:
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
class Page:
    """Some seats in the order of their due date, and where the next page begins (None at the end)."""

    seats: tuple[Party, ...]
    next: str | None


def page(seats: Seats, after: str = "", size: int = 25) -> Page:
    """The seats that follow `after`: first those with a due date, then those without one yet."""
    seats = seats.select_related("case__revision", "holder").defer(*_unread("case__"), "holder__password")
    due_at, case_id = _read(after)
    undated = seats.filter(due_at=None).order_by("case_id")
    if not case_id:
        found = list(_in_order(seats)[: size + 1])
    elif due_at:
        later = seats.filter(Q(due_at__gt=due_at) | Q(case_id__gt=case_id), due_at__gte=due_at)
        found = list(_in_order(later)[: size + 1])
        if len(found) <= size:
            found += undated[: size + 1 - len(found)]
    else:
        found = list(undated.filter(case_id__gt=case_id)[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(tuple(found[:size]), _written(last) if last else None)


def _written(seat: Party) -> str:
    return f"{seat.due_at.astimezone(UTC):{STAMP}}_{seat.case_id}" if seat.due_at else f"_{seat.case_id}"


def _read(cursor: str) -> tuple[datetime | None, int]:
    """Where a page begins; a cursor somebody bent begins at the beginning."""
    stamp, _, case_id = cursor.partition("_")
    try:
        return datetime.strptime(stamp, STAMP).replace(tzinfo=UTC) if stamp else None, int(case_id or 0)
    except ValueError:
        return None, 0


def count(agency_id: int, lists: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """How long each list is, in one statement; none is counted beyond MOST."""
    counted = {
        name: Func(
            ArraySubquery(_in_order(rows).values("pk")[:MOST]),
            function="cardinality",
            output_field=IntegerField(),
        )
        for name, rows in lists.items()
    }
    found: Any = Agency.objects.filter(pk=agency_id).values(**counted).get()
    return {name: int(found[name]) for name in counted}


def _in_order(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Seats come along the index of their list, those without a due date last; so a count ends at MOST instead of after all."""
    return rows.order_by("due_at", "case_id") if rows.model is Party else rows


def search(agency_id: int, *, code: str | None, number: str, name: str, most: int = 50) -> list[Case]:
    """Cases of the scope by code or the beginning of their number, and open ones of the agency by masked name.

    A masked name is what the table holds, so a name is asked for as it would be masked.
    """
    cases = Case.objects.select_related("revision").defer(*_unread("")).order_by("-pk")
    if code:
        return list(cases.filter(code=code))
    if number:
        return list(cases.filter(_begins("number", number))[:most])
    here = of_my_agency(agency_id).values("case_id")
    return list(cases.filter(_begins("applicant_name", name), pk__in=here)[:most])


def _unread(case: str) -> tuple[str, ...]:
    """What no list needs to carry over: the PIN, and the long text of the revision."""
    return f"{case}pin_hash", f"{case}revision__text", f"{case}revision__files"


def _begins(column: str, beginning: str) -> Func:
    # starts_with is leakproof and LIKE is not: beneath the wall only the former can use an index
    return Func(F(column), Value(beginning), function="starts_with", output_field=BooleanField())
