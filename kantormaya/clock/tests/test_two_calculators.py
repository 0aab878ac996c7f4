"""Two calculators that know nothing of each other give the same due dates over five years."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from kantormaya.clock import Duration, Extension, Pause, reckon, standard_calendar
from kantormaya.clock.tests.naive import naive_due

# Chosen so that the naive calculator's minutes stay few: unit → most.
UNITS = {
    "menit": 600,
    "jam": 40,
    "jam kerja": 16,
    "hari kerja": 120,
    "hari kalender": 200,
    "minggu": 20,
    "bulan": 18,
    "tahun": 1,
}
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
CALENDARS = {
    zone: standard_calendar(range(2024, 2029), zone)
    for zone in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
}


def _instant(random: Random, since: datetime, days: float, zone: str) -> datetime:
    """A minute in the days after `since` (before it, where negative); half of them where something begins or ends."""
    at = since + round(random.random() * days * 24 * 60) * MINUTE
    if random.random() < 0.5:
        return at
    hour, minute = random.choice([(0, 0), (7, 30), (16, 0), (16, 30)])
    return at.astimezone(ZoneInfo(zone)).replace(hour=hour, minute=minute).astimezone(UTC)


def _case(random: Random) -> tuple:
    zone, unit = random.choice(list(CALENDARS)), random.choice([*UNITS, "hari kerja"])
    high = random.randint(1, min(UNITS[unit], random.choice([5, 2_000])))
    is_short = unit in ("menit", "jam", "jam kerja")
    start = _instant(random, FIRST, 5 * 365, zone)
    now = _instant(random, start, 90, zone)
    pauses: list[tuple[datetime, datetime | None]] = []
    for _ in range(random.choice([0, 0, 1, 2, 5])):
        since = _instant(random, start, random.choice([-2, 3, 3 if is_short else 60]), zone)
        until = max(since, _instant(random, since, random.choice([0, 0.5, 6]), zone))
        pauses.append((since, until))
    if pauses and random.random() < 0.3:
        pauses[-1] = (pauses[-1][0], None)
    extensions = []
    for _ in range(random.choice([0, 0, 0, 1, 2])):
        other = random.choice(["menit", "jam", unit]) if is_short else random.choice([unit, *UNITS])
        extensions.append((random.randint(1, min(10, UNITS[other])), other))
    return zone, high, unit, start, pauses, extensions, now


@pytest.mark.parametrize("seed", range(8))
def test_due_dates_equal_those_of_the_naive_calculator(seed: int) -> None:
    random = Random(seed)
    for _ in range(250):
        zone, high, unit, start, pauses, extensions, now = case = _case(random)
        found = reckon(
            Duration.read(f"{high} {unit}"),
            start,
            CALENDARS[zone],
            pauses=[Pause(since, until, "menunggu pemohon") for since, until in pauses],
            extensions=[
                Extension(Duration.read(f"{n} {u}"), "kunjungan ulang", start) for n, u in extensions
            ],
            now=now,
        )
        ended = [(since, until or now) for since, until in pauses]
        assert found.due_at == naive_due(high, unit, start, zone, ended, extensions), case


@pytest.mark.parametrize("seed", range(4))
def test_the_days_shown_add_up_to_the_limit(seed: int) -> None:
    random = Random(1000 + seed)
    for _ in range(100):
        zone, high, unit, start, pauses, _, now = case = _case(random)
        if unit not in ("hari kerja", "hari kalender"):
            continue
        found = reckon(
            Duration.read(f"{high} {unit}"),
            start,
            CALENDARS[zone],
            pauses=[Pause(since, until, "menunggu pemohon") for since, until in pauses],
            now=now,
        )
        words = [word for _, word in found.counted]
        days = [day for day, _ in found.counted]
        assert sum(word in ("ran", "left", "due") for word in words) == high, case
        assert words.index("due") == len(words) - 1
        assert days == [days[0] + n * DAY for n in range(len(days))]
        if now < found.due_at:
            assert words.count("left") + 1 == found.remaining, case
            assert 0 <= found.share < 1


def test_counting_working_days_agrees_with_looking_at_each_day() -> None:
    random = Random(7)
    calendar = CALENDARS["Asia/Jakarta"]
    for _ in range(300):
        a = date(2023, 12, 1) + random.randrange(2000) * DAY
        b = a + random.randrange(0, 200) * DAY
        worked = [a + n * DAY for n in range(1, (b - a).days + 1) if calendar.is_workday(a + n * DAY)]
        assert calendar.workdays_between(a, b) == len(worked) == -calendar.workdays_between(b, a)
        for n in range(1, len(worked), 7):
            assert calendar.workday(a, n) == worked[n - 1]
        if worked:
            assert calendar.workday(b + DAY, -len(worked)) == worked[0]
