"""What anyone may learn from the code on a paper."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kantormaya.audit.time import simulated
from kantormaya.cases.codes import make_code
from kantormaya.people.scopes import scope_public, scoped
from kantormaya.permits.checking import resume, revoke, status, suspend
from kantormaya.permits.models import Paper
from kantormaya.permits.signing import sign
from kantormaya.permits.tests.drafts import HEAD, PASSPHRASE, SYSTEM, drafted, local

AT = datetime(2026, 9, 2, 4, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    with simulated(AT):
        (one,) = sign(
            [drafted()], HEAD, PASSPHRASE, scope=SYSTEM, actor="kepala.dinas", by=local(tmp_path)
        ).signed
    return one


def test_a_paper_in_force_says_what_stands_on_it(paper: Paper) -> None:
    with simulated(AT):
        found = status(paper.code.lower().replace("-", " "))
    assert found.standing == "valid"
    assert (found.number, found.holder, found.sha256) == (paper.number, "Pemohon Contoh", paper.sha256)
    assert found.title
    assert found.title.en == "Midwife practice licence"
    assert found.is_test


def test_a_paper_past_its_last_day_has_expired(paper: Paper) -> None:
    assert paper.valid_until
    last = datetime(2031, 9, 2, 10, tzinfo=UTC)
    with simulated(last):
        assert status(paper.code).standing == "valid"
    with simulated(last + timedelta(days=1)):
        assert status(paper.code).standing == "expired"


def test_a_paper_can_be_suspended_resumed_and_revoked(paper: Paper) -> None:
    with simulated(AT):
        for act, standing in (
            (suspend, "suspended"),
            (resume, "valid"),
            (revoke, "revoked"),
            (revoke, "revoked"),
        ):
            with scoped(SYSTEM):
                act(paper, reason="permintaan pemegang", actor="kepala.dinas")
            assert status(paper.code).standing == standing
        assert str(status(paper.code).ended_on) == "2026-09-02"
    with scoped(SYSTEM), pytest.raises(ValueError, match="revoked"):
        resume(paper, reason="keliru", actor="kepala.dinas")
    with scoped(SYSTEM), pytest.raises(ValueError, match="reason"):
        revoke(paper, reason=" ", actor="kepala.dinas")


def test_a_code_that_is_not_ours_says_only_that() -> None:
    for typed in (make_code("MUBA"), "MUBA-1", "", "'; DROP TABLE", drafted().code):
        assert status(typed).standing == "not_ours"


def test_the_public_can_list_no_papers(paper: Paper) -> None:
    with scoped(scope_public()):
        assert not Paper.objects.exists()
    with scoped(SYSTEM):
        assert Paper.objects.filter(pk=paper.pk).exists()
