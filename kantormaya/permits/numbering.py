"""Numbers: unique and without gaps, because they are given at signature only and come back from what was voided."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kantormaya.audit.together import keep
from kantormaya.language.texts import Text
from kantormaya.permits.models import Counter, Paper, PaperState

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
KEYS = {"sequence", "year", "month", "roman_month", "agency", "variant", "product"}
NUMBERED = ("series", "sequence", "issued_at", "issued_on", "number", "state")
"""What of a paper changes with its number."""
Counters = dict[tuple[int, str, int], Counter]
"""Counters that are locked, by agency, pattern and year."""
PLACE = re.compile(r"\{([^{}:]*)(?::([^{}]*))?\}")


class NumberFault(ValueError):
    """A pattern that cannot number papers, in words for its author."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.id)
        self.text = text


def pattern_fault(pattern: str) -> Text | None:
    """Why a pattern cannot number papers, or None."""
    places = PLACE.findall(pattern)
    names = [name for name, _ in places]
    if names.count("sequence") != 1:
        return Text(
            f"Pola nomor “{pattern}” harus memuat {{sequence}} tepat satu kali, misalnya {{sequence:04}}.",
            f"The number pattern “{pattern}” must contain {{sequence}} exactly once, for instance {{sequence:04}}.",
        )
    wrong = [n for n, width in places if n not in KEYS or (width and not re.fullmatch(r"0?\d", width))]
    if wrong or "{" in PLACE.sub("", pattern) or "}" in PLACE.sub("", pattern):
        return Text(
            f"Pola nomor “{pattern}” memuat bagian yang tidak dikenal. Yang ada: {', '.join(sorted(KEYS))}.",
            f"The number pattern “{pattern}” has a part that is not known. There are: {', '.join(sorted(KEYS))}.",
        )
    return None


def reserve(paper: Paper, at: datetime) -> str:
    """Give a draft its number and day, in the caller's transaction; a waiting paper keeps what it has."""
    counters = lock_counters([paper], at)
    number = give(paper, counters, at)
    keep(paper, *NUMBERED)
    keep_counters(counters)
    return number


def lock_counters(papers: Iterable[Paper], at: datetime) -> Counters:
    """The counters of these papers, nobody else's until the transaction ends."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(
            "a number is reserved inside a transaction, so that it is given whole or not at all"
        )
    wanted = {_series(paper, at) for paper in papers if pattern_fault(paper.pattern) is None}
    counters = _locked(wanted)
    if missing := wanted - counters.keys():
        made = [Counter(agency_id=agency, series=series, year=year) for agency, series, year in missing]
        Counter.objects.bulk_create(made, ignore_conflicts=True)
        counters = _locked(wanted)
    return counters


def give(paper: Paper, counters: Counters, at: datetime) -> str:
    """Give a draft its number and day; nothing is written yet. A waiting paper keeps what it has."""
    if paper.state == PaperState.WAITING and paper.number:
        return paper.number
    if paper.state != PaperState.DRAFT:
        raise NumberFault(
            Text(f"{paper} tidak lagi menunggu nomor.", f"{paper} is no longer waiting for a number.")
        )
    if fault := pattern_fault(paper.pattern):
        raise NumberFault(fault)
    counter = counters[_series(paper, at)]
    if counter.returned:
        paper.sequence = min(counter.returned)
        counter.returned.remove(paper.sequence)
    else:
        counter.last += 1
        paper.sequence = counter.last
    paper.series, paper.issued_at, paper.issued_on = counter, at, timezone.localdate(at)
    paper.number = written(paper, paper.sequence, paper.issued_on)
    paper.state = PaperState.WAITING
    return paper.number


def give_back(paper: Paper, counters: Counters | None = None) -> None:
    """Return the number of a paper that will not be signed; the next paper of its series takes it."""
    if paper.series_id is None or paper.sequence is None:
        return
    if counters is None:
        counter = Counter.objects.select_for_update().get(pk=paper.series_id)
    else:
        counter = next(one for one in counters.values() if one.pk == paper.series_id)
    counter.returned = sorted({*counter.returned, paper.sequence})
    if counters is None:
        keep(counter, "returned")
    paper.number = paper.series = paper.sequence = paper.issued_at = paper.issued_on = None


def keep_counters(counters: Counters) -> None:
    """Write down what was given and what came back."""
    for counter in counters.values():
        keep(counter, "last", "returned")


def written(paper: Paper, sequence: int, on: date) -> str:
    """The number as the pattern of the paper writes it."""
    values = {
        "sequence": sequence,
        "year": on.year,
        "month": on.month,
        "roman_month": ROMAN[on.month - 1],
        "agency": (paper.agency.short or paper.agency.slug).upper().replace(" ", "-"),
        "variant": paper.case.variant.upper().replace("_", "-"),
        "product": paper.product.upper().replace("_", "-"),
    }
    return paper.pattern.format(**values)


def _series(paper: Paper, at: datetime) -> tuple[int, str, int]:
    # The pattern is the series: papers that are numbered alike share one counter and can never collide.
    # One that does not name the year must go on counting across the years for the same reason.
    year = (paper.issued_on or timezone.localdate(at)).year if "{year" in paper.pattern else 0
    return paper.agency_id, paper.pattern, year


def _locked(wanted: Iterable[tuple[int, str, int]]) -> Counters:
    # always in the same order, so that two batches never wait for each other
    named = [Q(agency_id=agency, series=series, year=year) for agency, series, year in wanted]
    rows = Counter.objects.select_for_update().filter(reduce(or_, named)).order_by("pk") if named else ()
    return {(one.agency_id, one.series, one.year): one for one in rows}
