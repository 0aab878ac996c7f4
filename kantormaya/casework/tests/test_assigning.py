"""Who works on a case: taken once, let go, handed on with a note, and never to someone who may not do it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection

from kantormaya.audit.time import now
from kantormaya.cases import queries
from kantormaya.cases.models import Case, Party
from kantormaya.casework import applying, assigning, deciding
from kantormaya.casework.tests.office import Office, furnish, hand_in, lines
from kantormaya.casework.tests.test_story import ANSWERS, DEPOT
from kantormaya.engine.events import Refused
from kantormaya.messages.models import Line
from kantormaya.outbox.models import Message
from kantormaya.people.models import Account, Post
from kantormaya.people.scopes import scope_agency, scope_case, scope_system, scoped

pytestmark = pytest.mark.django_db


def second(office: Office, role: str = "front_office", agency: str = "dpmptsp") -> Post:
    """A colleague in the same role."""
    first = office.post(role, agency)
    name = f"{role}-2.{agency}"
    account = Account.objects.create_user(name, f"{name}@contoh.example", name="Rekan contoh")
    return Post.objects.create(account=account, agency=first.agency, role=role, since_on=date(2020, 1, 1))


def at_desk(post: Post) -> list[int]:
    """The cases on someone's own desk."""
    with scoped(scope_agency(post.agency_id, post.account_id)):
        seats = queries.at_my_desk(post.agency_id, [post.role], post.account_id)
        return [seat.case_id for seat in queries.page(seats).seats]


def test_a_case_taken_leaves_the_desks_of_colleagues_until_it_is_let_go() -> None:
    office = furnish(DEPOT)
    case, mine, other = hand_in(office.revisions[DEPOT], ANSWERS), office.post("front_office"), second(office)
    assert at_desk(mine) == at_desk(other) == [case.pk]
    with office.scope(mine):
        assigning.claim(case.pk, mine)
        assigning.claim(case.pk, mine)
        every = queries.page(queries.at_my_desk(other.agency_id, ["front_office"])).seats
        assert [seat.holder_id for seat in every] == [mine.account_id]
    assert (at_desk(mine), at_desk(other)) == ([case.pk], [])
    with office.scope(other), pytest.raises(Refused, match="has already taken"):
        assigning.claim(case.pk, other)
    with office.scope(other), pytest.raises(Refused, match="do not hold"):
        assigning.release(case.pk, other, "front_office")
    with office.scope(mine):
        assigning.release(case.pk, mine, "front_office")
    assert at_desk(other) == [case.pk]
    acts = [(one.act, one.actor) for one in lines(case_id=case.pk, act__startswith="seat.")]
    assert acts == [("seat.claimed", mine.account.username), ("seat.released", mine.account.username)]


def test_a_case_handed_on_is_told_to_the_new_holder_and_its_note_stays_inside() -> None:
    office = furnish(DEPOT)
    case, mine, other = hand_in(office.revisions[DEPOT], ANSWERS), office.post("front_office"), second(office)
    with office.scope(mine):
        with pytest.raises(Refused, match="Only its holder or a head"):
            assigning.hand_over(case.pk, mine, "front_office", other.account, "tolong")
        assigning.claim(case.pk, mine)
        seat = assigning.hand_over(
            case.pk, mine, "front_office", other.account, " Denah sudah saya telepon. "
        )
        assert (seat.holder, seat.given_by, seat.note) == (
            other.account,
            mine.account,
            "Denah sudah saya telepon.",
        )
        line = Line.objects.get(case=case)
        assert line.internal and "Denah sudah saya telepon." in line.text
    assert (at_desk(mine), at_desk(other)) == ([], [case.pk])
    with scoped(scope_system("test")):
        mail = Message.objects.get(to=other.account.email)
    assert case.number in mail.subject and "Denah sudah saya telepon." in mail.body


def test_a_head_gives_a_case_only_to_someone_who_holds_the_role_today() -> None:
    office = furnish(DEPOT)
    case, head, other = hand_in(office.revisions[DEPOT], ANSWERS), office.post("section_head"), second(office)
    with office.scope(head):
        with pytest.raises(Refused, match="does not hold the role"):
            assigning.hand_over(case.pk, head, "front_office", office.post("back_office").account)
        with pytest.raises(Refused, match="does not wait for that role"):
            assigning.hand_over(case.pk, head, "back_office", office.post("back_office").account)
        assigning.hand_over(case.pk, head, "front_office", other.account)
    assert at_desk(other) == [case.pk] and at_desk(office.post("front_office")) == []
    Post.objects.filter(pk=other.pk).update(until_on=now().date() - timedelta(days=2))
    mine = office.post("front_office")
    assert at_desk(mine) == [case.pk]
    with office.scope(mine):
        assert assigning.claim(case.pk, mine).holder == mine.account


def test_an_official_has_a_case_back_after_the_applicant_has_corrected_it() -> None:
    office = furnish(DEPOT)
    case, mine, other = hand_in(office.revisions[DEPOT], ANSWERS), office.post("front_office"), second(office)
    with office.scope(mine):
        assigning.claim(case.pk, mine)
        deciding.ask_correction(case.pk, mine, {"requirement.denah": "Buram."}, key="r")
        with pytest.raises(Refused, match="does not wait for that role"):
            assigning.release(case.pk, mine, "front_office")
    with scoped(scope_case(case.code)):
        applying.correct(case.pk, {}, {"denah": ("d2",)}, key="c")
    assert (at_desk(mine), at_desk(other)) == ([case.pk], [])


def test_another_agency_takes_nothing_it_is_not_asked_for() -> None:
    office = furnish(DEPOT)
    case, dinkes = hand_in(office.revisions[DEPOT], ANSWERS), office.post("technical_team", "dinas-kesehatan")
    with office.scope(dinkes), pytest.raises(Case.DoesNotExist):
        assigning.claim(case.pk, dinkes)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_a_case_at_once_one_has_it_and_the_other_is_told() -> None:
    office = furnish(DEPOT)
    case = hand_in(office.revisions[DEPOT], ANSWERS)
    posts = [office.post("front_office"), second(office)]

    def take(post: Post) -> str:
        try:
            with office.scope(post):
                assigning.claim(case.pk, post)
        except Refused as refused:
            return refused.text.id
        finally:
            connection.close()
        return "diambil"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(take, posts), key=len)
    assert answers[0] == "diambil" and "sudah diambil" in answers[1]
    with scoped(scope_system("test")):
        assert Party.objects.filter(case=case, holder__isnull=False).count() == 1


@pytest.mark.django_db(transaction=True)
def test_colleagues_who_ask_for_the_next_case_at_once_get_different_ones() -> None:
    office = furnish(DEPOT)
    cases = {hand_in(office.revisions[DEPOT], ANSWERS).pk for _ in range(2)}
    posts = [office.post("front_office"), second(office)]

    def take(post: Post) -> int:
        try:
            with office.scope(post):
                seats = queries.at_my_desk(post.agency_id, [post.role], post.account_id)
                seat = assigning.claim_next(seats, [post])
                assert seat is not None
                return seat.case_id
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert set(pool.map(take, posts)) == cases
