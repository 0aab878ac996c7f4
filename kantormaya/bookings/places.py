"""Places: taken and given back. That no diary holds more than it can is a constraint of the database, not a check here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection, transaction
from django.db.models import Q

from kantormaya.audit.time import now
from kantormaya.bookings.models import Diary, Place
from kantormaya.cases.models import Case

FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Taken:
    """A seat that somebody has for a while; whose it is nobody learns here."""

    seat: int
    starts_at: datetime
    ends_at: datetime

    def overlaps(self, starts_at: datetime, ends_at: datetime | None) -> bool:
        """Whether it stands in the way of that time."""
        return self.starts_at < (ends_at or FOREVER) and starts_at < self.ends_at


def taken(diary: Diary, since: datetime, until: datetime) -> list[Taken]:
    """Every seat held between two instants, beneath the wall: times and seats only."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seat, starts_at, ends_at FROM kantor_seats_taken(%s, %s, %s)", [diary.pk, since, until]
        )
        return [Taken(seat, starts, ends or FOREVER) for seat, starts, ends in cursor.fetchall()]


def free_seats(
    held: Iterable[Taken], starts_at: datetime, ends_at: datetime | None, capacity: int
) -> list[int]:
    """The seats that nobody has at that time."""
    busy = {one.seat for one in held if one.overlaps(starts_at, ends_at)}
    return [seat for seat in range(1, capacity + 1) if seat not in busy]


def take(
    diary: Diary, case: Case, starts_at: datetime, ends_at: datetime | None, capacity: int
) -> Place | None:
    """A place for the case, or None when there is none left; the place it has already is given again.

    Which seat looks free is only a guess: the insert decides, and waits for whoever is just taking the same one.
    """
    own = Place.objects.filter(diary=diary, case=case, released_at=None)
    if (same := own.filter(starts_at=starts_at, ends_at=ends_at).first()) is not None:
        return same
    with transaction.atomic():
        # a time that overlaps the case's own earlier one would stand in its own way
        mine = own.filter(Q(ends_at__gt=starts_at) | Q(ends_at=None), starts_at__lt=ends_at or FOREVER)
        moved = list(mine.values_list("pk", flat=True))
        Place.objects.filter(pk__in=moved).update(released_at=now())
        found = _insert(diary, case, starts_at, ends_at, capacity)
        if found is None:
            Place.objects.filter(pk__in=moved).update(released_at=None)
        return found


def _insert(
    diary: Diary, case: Case, starts_at: datetime, ends_at: datetime | None, capacity: int
) -> Place | None:
    while True:
        seats = free_seats(taken(diary, starts_at, ends_at or FOREVER), starts_at, ends_at, capacity)
        if not seats:
            return None
        place = Place(
            diary=diary, case=case, seat=seats[case.pk % len(seats)], starts_at=starts_at, ends_at=ends_at,
            taken_at=now(),
        )  # fmt: skip
        Place.objects.bulk_create([place], ignore_conflicts=True)
        held = Place.objects.filter(diary=diary, case=case, starts_at=starts_at, released_at=None).first()
        if held is not None:
            return held


def give_back(case: Case, booking: str, *, but: datetime | None = None) -> int:
    """The places of a case in a booking are free again, all but the one that begins then; how many there were."""
    gone = Place.objects.filter(case=case, diary__booking=booking, released_at=None)
    if but is not None:
        gone = gone.exclude(starts_at=but)
    return gone.update(released_at=now())
