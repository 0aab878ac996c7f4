"""Example applications that the example national system passed on during the example months."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from kantormaya.cases.models import Case
from kantormaya.casework.handoff import check, take
from kantormaya.handoff.providers.fake.example import PAPERS, SERVICE, example
from kantormaya.site.demo_papers import Papers

AGES = ((60, "granted"), (41, "returned"), (33, "refused"), (20, "granted"), (9, "granted"), (5, "returned"), (2, "slow"), (1, "slow"))  # fmt: skip
"""How many days ago each came in, and what becomes of it; the last ones are still open."""


def national_plans(until: datetime) -> Iterator[tuple[int, str, datetime]]:
    """Number, end and beginning of each."""
    for number, (days, end) in enumerate(AGES, 1):
        yield number, end, until - timedelta(days=days, hours=number)


def hand_over(number: int, papers: Papers) -> Case:
    """The application of that number becomes a case; its files were cleaned once for the whole example."""
    checked = check("oss", example(number, enclosed=()))
    files = [(name, papers.files[n % len(papers.files)]) for n, name in enumerate(PAPERS)]
    case = take("oss", checked, files, digest=f"{number:064}").case
    assert case is not None
    return case


__all__ = ["SERVICE", "hand_over", "national_plans"]
