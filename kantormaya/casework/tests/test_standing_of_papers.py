"""Afterwards: suspended, put into force again, revoked, by the head alone, with a reason that the holder reads."""

from __future__ import annotations

import pytest

from kantormaya.casework.standing_of_papers import change_standing, changes, history
from kantormaya.casework.tests.licences import BIDAN, issued
from kantormaya.casework.tests.office import Office, furnish, mails
from kantormaya.engine.events import Refused
from kantormaya.outbox.models import Message
from kantormaya.people.scopes import scope_system, scoped
from kantormaya.permits import checking, searching
from kantormaya.permits.models import Paper

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "Pengaduan warga sedang diperiksa"


@pytest.fixture
def office() -> Office:
    return furnish(BIDAN)


@pytest.fixture
def paper(office: Office) -> Paper:
    return issued(office)[2]


def _mails() -> list[Message]:
    return mails(key__startswith="paper-")


def test_each_change_shows_at_cek_and_is_mailed_to_the_holder_with_its_reason(
    office: Office, paper: Paper
) -> None:
    head = office.post("head_of_office")
    for act, standing in (("suspend", "suspended"), ("resume", "valid"), ("revoke", "revoked")):
        with office.scope(head):
            change_standing(paper, [head], act, REASON)
            change_standing(paper, [head], act, REASON)  # the button pressed twice
        assert checking.status(paper.code).standing == standing
    mails = _mails()
    assert [m.subject.split(" (")[0] for m in mails] == [
        "Surat Izin Praktik Bidan dibekukan",
        "Surat Izin Praktik Bidan berlaku kembali",
        "Surat Izin Praktik Bidan dicabut",
    ]
    assert all(m.to == "pemohon@contoh.example" and REASON in m.body for m in mails)
    with office.scope(head):
        assert [(line.act, line.reason) for line in history(paper)][:3] == [
            ("paper.revoked", REASON),
            ("paper.resumed", REASON),
            ("paper.suspended", REASON),
        ]


def test_only_the_head_of_the_agency_that_issued_it_may_and_only_with_a_reason(
    office: Office, paper: Paper
) -> None:
    head, secretary = office.post("head_of_office"), office.post("secretary")
    other = office.post("head_of_office", "dinas-kesehatan")
    with office.scope(head):
        assert [c.act for c in changes(paper, [head])] == ["suspend", "revoke"]
        assert changes(paper, [secretary]) == changes(paper, [other]) == []
        for posts in ([secretary], [other]):
            with pytest.raises(Refused, match="Only the head"):
                change_standing(paper, posts, "revoke", REASON)
        with pytest.raises(Refused, match="Write the reason"):
            change_standing(paper, [head], "revoke", " ")
    assert not _mails() and checking.status(paper.code).standing == "valid"


def test_what_is_revoked_stays_revoked(office: Office, paper: Paper) -> None:
    head = office.post("head_of_office")
    with office.scope(head):
        change_standing(paper, [head], "revoke", REASON)
        paper.refresh_from_db()
        assert changes(paper, [head]) == []
        with pytest.raises(Refused, match="revoked"):
            change_standing(paper, [head], "resume", REASON)


def test_papers_are_found_by_number_code_and_holder_within_the_agency(office: Office, paper: Paper) -> None:
    head = office.post("head_of_office")
    for typed in (paper.number, str(paper.number)[:8], paper.code.lower(), "pemohon contoh", ""):
        with office.scope(head):
            found, after = searching.search(head.agency_id, typed or "")
        assert [one.pk for one in found] == [paper.pk] and after is None
    with office.scope(head):
        assert searching.search(head.agency_id, "Orang Lain")[0] == []
    other = office.post("head_of_office", "dinas-pupr")
    with office.scope(other):
        assert searching.search(other.agency_id)[0] == []
    with scoped(scope_system("test")):
        assert searching.of_agency(other.agency_id, paper.pk) is None
