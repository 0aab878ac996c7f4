"""Numbers: unique and without gaps, because they are given at signature only and come back from what was voided."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from kantormaya.language.texts import Text
from kantormaya.permits.models import Counter, Paper, PaperState

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
KEYS = {"sequence", "year", "month", "roman_month", "agency", "variant", "product"}
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
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(
            "a number is reserved inside a transaction, so that it is given whole or not at all"
        )
    if paper.state == PaperState.WAITING and paper.number:
        return paper.number
    if paper.state != PaperState.DRAFT:
        raise NumberFault(
            Text(f"{paper} tidak lagi menunggu nomor.", f"{paper} is no longer waiting for a number.")
        )
    if fault := pattern_fault(paper.pattern):
        raise NumberFault(fault)
    on = timezone.localdate(at)
    counter = _locked(paper, on)
    if counter.returned:
        paper.sequence = min(counter.returned)
        counter.returned.remove(paper.sequence)
    else:
        counter.last += 1
        paper.sequence = counter.last
    counter.save(update_fields=["last", "returned"])
    paper.series, paper.issued_at, paper.issued_on = counter, at, on
    paper.number = written(paper, paper.sequence, on)
    paper.state = PaperState.WAITING
    paper.save(update_fields=["series", "sequence", "issued_at", "issued_on", "number", "state"])
    return paper.number


def give_back(paper: Paper) -> None:
    """Return the number of a paper that will not be signed; the next paper of its series takes it."""
    if paper.series_id is None or paper.sequence is None:
        return
    counter = Counter.objects.select_for_update().get(pk=paper.series_id)
    counter.returned = sorted({*counter.returned, paper.sequence})
    counter.save(update_fields=["returned"])
    paper.number = paper.series = paper.sequence = paper.issued_at = paper.issued_on = None


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


def _locked(paper: Paper, on: date) -> Counter:
    # The pattern is the series: papers that are numbered alike share one counter and can never collide.
    # One that does not name the year must go on counting across the years for the same reason.
    year = on.year if "{year" in paper.pattern else 0
    which = {"agency_id": paper.agency_id, "series": paper.pattern, "year": year}
    Counter.objects.bulk_create([Counter(**which)], ignore_conflicts=True)
    return Counter.objects.select_for_update().get(**which)
