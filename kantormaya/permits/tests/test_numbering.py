"""Numbers are unique and leave no gap, whatever happens at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection

from kantormaya.audit.time import simulated
from kantormaya.people.scopes import scoped
from kantormaya.permits.drafting import void
from kantormaya.permits.models import Paper, PaperState
from kantormaya.permits.numbering import NumberFault, pattern_fault, reserve
from kantormaya.permits.tests.drafts import SYSTEM, drafted, office

AT = datetime(2026, 9, 2, 4, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


def numbered(pk: int) -> int:
    with scoped(SYSTEM):
        paper = Paper.objects.select_for_update(of=("self",)).select_related("agency", "case").get(pk=pk)
        reserve(paper, AT)
    assert paper.sequence
    return paper.sequence


def test_twenty_papers_signed_at_once_get_the_numbers_one_to_twenty() -> None:
    papers = [drafted() for _ in range(20)]

    def in_thread(paper: Paper) -> int:
        try:
            return numbered(paper.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as threads:
        given = list(threads.map(in_thread, papers))
    assert sorted(given) == list(range(1, 21))


def test_a_number_is_given_once_and_kept() -> None:
    paper = drafted()
    assert numbered(paper.pk) == numbered(paper.pk) == 1
    with scoped(SYSTEM):
        assert Paper.objects.get(pk=paper.pk).number == "503/0001/SIPB/DPMPTSP/2026"


def test_a_paper_voided_in_time_gives_its_number_to_the_next() -> None:
    first, second, third = drafted(), drafted(), drafted()
    assert (numbered(first.pk), numbered(second.pk)) == (1, 2)
    with scoped(SYSTEM):
        void(first, actor="petugas", reason="salah nama")
        assert Paper.objects.get(pk=first.pk).number is None
    assert numbered(third.pk) == 1
    assert numbered(drafted().pk) == 3


def test_a_transaction_that_fails_leaves_no_gap() -> None:
    paper = drafted()
    with pytest.raises(RuntimeError, match="padam"), scoped(SYSTEM):
        reserve(Paper.objects.select_related("agency", "case").get(pk=paper.pk), AT)
        raise RuntimeError("listrik padam")
    assert numbered(paper.pk) == 1


def test_each_year_and_each_series_counts_for_itself() -> None:
    of = office()
    assert numbered(drafted(at=of).pk) == 1
    assert numbered(drafted(at=of, pattern="400/{sequence}/REKOM/{year}").pk) == 1
    late = drafted(at=of)
    with scoped(SYSTEM):
        paper = Paper.objects.select_related("agency", "case").get(pk=late.pk)
        # 23.30 UTC on 31 December is already the new year in the office's zone
        assert reserve(paper, datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == "503/0001/SIPB/DPMPTSP/2027"


def test_a_pattern_without_the_year_never_starts_again() -> None:
    first, second = (
        drafted(pattern="B-{sequence}/{roman_month}"),
        drafted(pattern="B-{sequence}/{roman_month}"),
    )
    with scoped(SYSTEM):
        for paper, at, number in (
            (first, AT, "B-1/IX"),
            (second, datetime(2027, 9, 2, 4, tzinfo=UTC), "B-2/IX"),
        ):
            assert reserve(Paper.objects.select_related("agency", "case").get(pk=paper.pk), at) == number


def test_a_draft_that_was_never_numbered_can_be_voided_too() -> None:
    paper = drafted()
    with scoped(SYSTEM):
        void(paper, actor="petugas", reason="ditarik")
        assert Paper.objects.get(pk=paper.pk).state == PaperState.VOID
        with pytest.raises(ValueError, match="issued"):
            void(Paper.objects.get(pk=paper.pk), actor="petugas", reason="lagi")


@pytest.mark.parametrize(
    "pattern",
    [
        "503/SIPB/{year}",
        "{sequence}/{sequence}",
        "{sequence}/{kota}",
        "{sequence!r}",
        "{sequence:99999}",
        "{sequence}{",
    ],
)
def test_a_pattern_that_cannot_number_is_refused_with_what_would_mend_it(pattern: str) -> None:
    assert pattern_fault(pattern)
    paper = drafted(pattern=pattern)
    with pytest.raises(NumberFault), scoped(SYSTEM), simulated(AT):
        reserve(Paper.objects.select_related("agency", "case").get(pk=paper.pk), AT)
