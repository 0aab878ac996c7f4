"""One person, one limit: a third licence of a midwife is refused plainly, at submission and at signature."""

from __future__ import annotations

import pytest

from kantormaya.casework.holders import holder_key
from kantormaya.casework.tests.licences import BIDAN, apply_for, here, issued, sign, to_signature
from kantormaya.casework.tests.office import IDENTITY, Office, furnish
from kantormaya.engine.events import Refused
from kantormaya.people.scopes import scope_system, scoped
from kantormaya.permits import checking
from kantormaya.permits.holding import HolderAnswer, try_holder
from kantormaya.permits.models import Paper, PaperState

pytestmark = pytest.mark.django_db(transaction=True)
OTHER = "9906014101880003"


@pytest.fixture
def office() -> Office:
    return furnish(BIDAN)


def test_a_third_licence_is_refused_when_it_is_handed_in_and_another_persons_is_not(office: Office) -> None:
    issued(office)
    issued(office, variant="tempat_kedua")
    with pytest.raises(Refused, match="already holds 2 of Midwife practice licence"):
        apply_for(office)
    apply_for(office, nik=OTHER)


def test_a_paper_that_no_longer_holds_makes_room(office: Office) -> None:
    issued(office)
    _, _, second = issued(office, variant="tempat_kedua")
    with scoped(scope_system("test")):
        checking.suspend(second, reason="pemeriksaan", actor="kepala")
    with pytest.raises(Refused):
        apply_for(office)
    with scoped(scope_system("test")):
        checking.revoke(second, reason="permintaan pemegang", actor="kepala")
    apply_for(office)


def test_a_renewal_by_code_takes_the_place_of_the_old_one_and_ends_it(office: Office) -> None:
    issued(office)
    _, _, old = issued(office, variant="tempat_kedua")
    _, _, new = issued(office, variant="perpanjangan", given={"sipb_lama": (f"paper.{old.pk}",)})
    with scoped(scope_system("test")):
        old.refresh_from_db()
    assert new.replaces_id == old.pk
    assert (old.state, new.state) == (PaperState.REVOKED, PaperState.SIGNED)


def test_nobody_renews_or_revokes_the_paper_of_somebody_else(office: Office) -> None:
    _, _, paper = issued(office)
    for variant, requirement in (("perpanjangan", "sipb_lama"), ("pencabutan", "sipb_dicabut")):
        given = {requirement: (f"paper.{paper.pk}",)}
        answers = {"nomor_dicabut": "1", "alasan_cabut": "pindah"} if variant == "pencabutan" else {}
        with pytest.raises(Refused, match="recorded under another holder"):
            apply_for(office, variant=variant, given=given, nik=OTHER, **answers)


def test_of_applications_that_run_side_by_side_only_so_many_are_signed_and_the_others_go_on(
    office: Office,
) -> None:
    mine = [apply_for(office)[0] for _ in range(3)]
    other = apply_for(office, nik=OTHER)[0]
    for case in (*mine, other):
        to_signature(office, case)
    done = sign(office, *mine, other)
    assert {paper.case_id for paper in done.signed} == {mine[0].pk, mine[1].pk, other.pk}
    assert done.refusal and "paling banyak 2 untuk satu orang" in done.refusal.id
    assert here(mine[2]).state.at == "tanda_tangan"
    with scoped(scope_system("test")):
        assert Paper.objects.get(case=mine[2]).number is None


def test_the_number_of_the_person_is_kept_as_a_digest_only(office: Office) -> None:
    _, _, paper = issued(office)
    assert len(paper.holder_key) == 64 and "9906015708900001" not in str(paper.__dict__)


def test_the_holder_is_known_by_the_nik_and_wrong_tries_lock_the_paper_for_a_while(office: Office) -> None:
    _, _, paper = issued(office)
    assert try_holder(paper.code, holder_key(IDENTITY)) is HolderAnswer.RIGHT
    for _ in range(5):
        assert try_holder(paper.code, holder_key({"nik": OTHER})) is HolderAnswer.WRONG
    assert try_holder(paper.code, holder_key(IDENTITY)) is HolderAnswer.LOCKED
    assert try_holder("MUBA-0000-0000-0000-0000-0", holder_key({"nik": "1"})) is HolderAnswer.WRONG
