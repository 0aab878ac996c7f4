"""The example months: some two hundred cases in all states, made by running the office itself under a simulated clock.

Every case is a small story that yields when it waits; one heap plays them all in the order of time, so numbers,
mails and audit lines stand in the order in which they would have come about.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from kantormaya.audit.time import now, simulated
from kantormaya.cases.models import Case
from kantormaya.casework.sweeping import sweep
from kantormaya.catalogue.calendars import current_calendar
from kantormaya.catalogue.models import Revision
from kantormaya.clock import Calendar
from kantormaya.people.scopes import scope_system, scoped
from kantormaya.site import demo_afterwards, demo_appointments, demo_desks, demo_surveys
from kantormaya.site.demo_national import SERVICE, national_plans
from kantormaya.site.demo_stories import Cast, Plan, story

MONTHS = timedelta(days=130)
CASES = 170
"""Those of the shares below; with appointments and what the national system hands over they are some two hundred."""
SEED = 20200406
"""The day of the article that the office starts from; the same seed gives the same example every time."""

SHARES: dict[str, int] = {
    "izin-praktik-bidan": 40, "izin-praktik-apoteker": 24, "izin-reklame": 26, "surat-keterangan-penelitian": 30,
    "izin-paud": 12, "persetujuan-bangunan-gedung": 14, "izin-tanah-makam": 12, "surat-keterangan-domisili-usaha": 22,
    "surat-laik-sehat-depot-air": 20,
}  # fmt: skip
"""How many of two hundred such cases each service gets, roughly."""

ENDS = (("granted", 74), ("returned", 12), ("refused", 6), ("withdrawn", 3), ("lapsed", 3), ("slow", 2))
"""What becomes of a case, in percent: granted at once, after a correction, refused, withdrawn, lapsed, late."""


def build() -> None:
    """Play the example months once; an office that has cases already keeps them as they are."""
    with scoped(scope_system("example cases")):
        if Case.objects.exists():
            return
    dice = random.Random(SEED)  # noqa: S311  an example, not a secret
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")  # an example that is lost is made again
    try:
        _play(dice, now())
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")


def _play(dice: random.Random, until: datetime) -> None:
    calendar, cast = current_calendar(), Cast.gather(until)
    heap: list[tuple[datetime, int, Iterator[timedelta]]] = []
    for number, plan in enumerate(_plans(dice, until, calendar)):
        heapq.heappush(heap, (plan.start, number, story(plan, cast, random.Random(SEED + number))))  # noqa: S311
    for number, (start, teller) in enumerate(demo_appointments.tellers(until, cast, dice), 10_000):
        heapq.heappush(heap, (_at_work(start, calendar), number, teller))
    swept = until - MONTHS
    while heap:
        at, number, teller = heapq.heappop(heap)
        while swept + timedelta(days=1) < at:
            swept += timedelta(days=1)
            with simulated(swept):
                sweep()
        with simulated(at):
            wait = next(teller, None)
        if wait is None:
            continue
        then = _at_work(at + wait, calendar)
        if then < until:
            heapq.heappush(heap, (then, number, teller))
    with simulated(until):
        sweep()
        demo_afterwards.play(cast)
        demo_desks.share_out()
    demo_surveys.answer_some(dice, until)


def _plans(dice: random.Random, until: datetime, calendar: Calendar) -> list[Plan]:
    revisions = {r.service.slug: r for r in Revision.objects.select_related("service").order_by("number")}
    slugs = [slug for slug in SHARES if slug in revisions]
    chosen = dice.choices(slugs, [SHARES[slug] for slug in slugs], k=CASES)
    ends, weights = zip(*ENDS, strict=True)
    plans = []
    for number, slug in enumerate(chosen, 1):
        # more of them lately, so that every desk has something on it
        age = MONTHS * (dice.random() ** 2.6)
        start = (until - age).replace(microsecond=0)
        plans.append(Plan(number, revisions[slug], dice.choices(ends, weights)[0], start))
    if SERVICE in revisions and settings.KANTOR_OSS:
        plans += [Plan(n, revisions[SERVICE], end, start) for n, end, start in national_plans(until)]
    return plans


def _at_work(at: datetime, calendar: Calendar) -> datetime:
    """The same moment if the office is open then, else some minutes after it opens next."""
    zone = ZoneInfo(calendar.zone)
    day = at.astimezone(zone).date()
    if calendar.is_workday(day):
        for opens, closes in calendar.opens(day):
            if at <= closes:
                return max(at, opens + timedelta(minutes=7))
    next_day = calendar.next_workday(day)
    opens = calendar.opens(next_day)[0][0]
    minutes = int((at - datetime.combine(day, time(), zone).astimezone(UTC)).total_seconds() // 60) % 200
    return opens + timedelta(minutes=5 + minutes)
