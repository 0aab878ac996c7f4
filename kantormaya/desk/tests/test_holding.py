"""Who works on a case, through the pages: taken, let go, handed on, and why somebody may not."""

from __future__ import annotations

from datetime import date

import pytest

from kantormaya.cases.models import Case, Party
from kantormaya.casework import assigning, deciding
from kantormaya.casework.tests.office import SERVICES, Office
from kantormaya.casework.tests.test_assigning import second
from kantormaya.catalogue.publishing import publish
from kantormaya.desk.tests.desks import ANSWERS, DEPOT, REQUIREMENTS, at_desk, furnish, hand_in, text
from kantormaya.language.reading import expanded, load
from kantormaya.people.models import Post
from kantormaya.people.scopes import scope_system, scoped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


@pytest.fixture
def office() -> Office:
    return furnish(DEPOT)


@pytest.fixture
def case(office: Office) -> Case:
    return hand_in(office.revisions[DEPOT], ANSWERS)


def test_a_case_is_taken_from_its_page_and_the_colleague_who_comes_too_late_is_told(
    office: Office, case: Case
) -> None:
    mine, other, link = office.post("front_office"), second(office), f"/meja/perkara/{case.number}/"
    loket, rekan = at_desk(mine), at_desk(other)
    assert "belum diambil" in text(rekan.get(link))
    assert loket.post(f"{link}ambil/", {"peran": "front_office"})["Location"] == link
    page = text(loket.get(link))
    assert "Anda, sejak" in page and "Serahkan…" in page and "Lepas" in page
    late = rekan.post(f"{link}ambil/", {"peran": "front_office"})
    assert late.status_code == 409 and f"sudah diambil {mine.account.name}" in text(late)
    assert case.number not in text(rekan.get("/meja/"))
    everyones = text(rekan.get("/meja/?peran=semua"))
    assert case.number in everyones and mine.account.name in everyones
    assert "Anda pegang" in text(loket.get("/meja/"))
    assert loket.post(f"{link}lepas/", {"peran": "front_office"}).status_code == 302
    assert case.number in text(rekan.get("/meja/"))
    assert loket.post(f"{link}lepas/", {"peran": "front_office"}).status_code == 409
    assert loket.post(f"{link}ambil/", {"peran": "head_of_office"}).status_code == 409


def test_the_next_case_is_the_one_due_first_that_nobody_holds(office: Office, case: Case) -> None:
    hand_in(office.revisions[DEPOT], ANSWERS)
    loket, rekan = at_desk(office.post("front_office")), at_desk(second(office))
    first = loket.post("/meja/ambil/")["Location"]
    then = rekan.post("/meja/ambil/")["Location"]
    assert first == f"/meja/perkara/{case.number}/" and then.startswith("/meja/perkara/P-") and then != first
    assert rekan.post("/meja/ambil/")["Location"] == "/meja/"
    assert "Tidak ada perkara yang belum diambil" in text(rekan.get("/meja/"))
    assert loket.get("/meja/ambil/").status_code == 302


def test_a_case_is_handed_on_with_a_note_that_shows_on_it_and_a_head_assigns_it(
    office: Office, case: Case
) -> None:
    mine, other, link = office.post("front_office"), second(office), f"/meja/perkara/{case.number}/"
    loket, kasi = at_desk(mine), at_desk(office.post("section_head"))
    form = f"{link}serahkan/"
    assert loket.get(f"{form}?peran=front_office").status_code == 404
    assert at_desk(office.post("back_office")).get(f"{form}?peran=front_office").status_code == 404
    assert "Tugaskan…" in text(kasi.get(link)) and "Rekan contoh" in text(
        kasi.get(f"{form}?peran=front_office")
    )
    given = {"peran": "front_office", "kepada": str(mine.account_id), "catatan": ""}
    assert kasi.post(form, given)["Location"] == link
    nobody = loket.post(form, {"peran": "front_office", "catatan": "Denah sudah ditelepon."})
    assert nobody.status_code == 422 and "Denah sudah ditelepon." in text(nobody)
    handed = {"peran": "front_office", "kepada": str(other.account_id), "catatan": "Denah sudah ditelepon."}
    assert loket.post(form, handed)["Location"] == link
    page = text(at_desk(other).get(link))
    assert page.count("Denah sudah ditelepon.") == 2  # on the card, and inside the conversation
    assert "Anda, sejak" in page and mine.account.name in page
    with scoped(scope_system("test")):
        assert Party.objects.get(case=case, role="front_office").holder == other.account


def test_whoever_did_the_step_before_reads_that_another_has_to_do_this_one() -> None:
    office = furnish()
    rule = expanded(load(SERVICES / DEPOT)).replace(
        "[step.pemeriksaan]\n", '[step.pemeriksaan]\nnot_by = ["verifikasi"]\n', 1
    )
    assert "not_by" in rule
    case, loket, back = (
        hand_in(publish(rule, {}, by="uji"), ANSWERS),
        office.post("front_office"),
        office.post("back_office"),
    )
    both = Post.objects.create(
        account=loket.account, agency=loket.agency, role="back_office", since_on=date(2020, 1, 1)
    )
    with office.scope(loket):
        deciding.check(case.pk, loket, fits=REQUIREMENTS, key="a")
        deciding.move(case.pk, loket, "forward", key="b")
    client, link = at_desk(both), f"/meja/perkara/{case.number}/"
    page = text(client.get(link))
    assert (
        "harus dikerjakan orang lain (dua pasang mata)" in page and "Pemeriksaan kelengkapan berkas" in page
    )
    assert 'name="act" value="move"' not in page and "/ambil/" not in page
    refused = client.post(f"{link}ambil/", {"peran": "back_office"})
    assert refused.status_code == 409 and "dua pasang mata" in text(refused)
    kasi = at_desk(office.post("section_head"))
    people = text(kasi.get(f"{link}serahkan/?peran=back_office"))
    assert "dua pasang mata" in people and people.count(" disabled") == 1
    with office.scope(back):
        assert assigning.claim(case.pk, back).holder == back.account
