"""The whole story of one permit, by the verbs: returned with two deficiencies, corrected, advised, inspected, paid, signed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kantormaya.audit.models import Entry
from kantormaya.audit.time import now
from kantormaya.cases.models import Case, Event, Party
from kantormaya.casework import applying, deciding, settling, signing
from kantormaya.casework.drafting import as_signatory
from kantormaya.casework.standing import standing
from kantormaya.casework.tests.office import PASSPHRASE, Office, furnish, hand_in
from kantormaya.engine.applying import replay
from kantormaya.engine.events import Refused
from kantormaya.engine.storing import event_from_json
from kantormaya.outbox.models import Message
from kantormaya.payments.models import Bill
from kantormaya.payments.paying import pay_as_customer
from kantormaya.people.scopes import scope_agency, scope_case, scope_system, scoped
from kantormaya.permits import checking
from kantormaya.permits.models import Paper
from kantormaya.permits.providers.local import LocalProvider

pytestmark = pytest.mark.django_db(transaction=True)

DEPOT = "surat-laik-sehat-depot-air"
ANSWERS = {
    "keran": 2, "nama_depot": "Depot Contoh", "lokasi": {"address": "Jalan Contoh 2, Sekayu"}, "sumber_air": "sumur",
    "penjamah": ({"nama": "Penjamah contoh", "pelatihan": True},), "kontak": "+6281200000002",
}  # fmt: skip


def test_an_application_is_returned_corrected_advised_inspected_paid_signed_and_verifies() -> None:
    office = furnish(DEPOT)
    case = hand_in(office.revisions[DEPOT], ANSWERS)
    loket, seksi = office.post("front_office"), office.post("section_head")
    dinkes = office.post("technical_team", "dinas-kesehatan")

    with office.scope(loket):
        deficient = {"denah": "buram", "foto": "terlalu gelap"}
        fits = ("ktp", "nib", "pelatihan_higiene")
        deciding.check(case.pk, loket, fits=fits, deficient=deficient, key="a")
        deciding.ask_correction(case.pk, loket, {}, key="b")
    with scoped(scope_case(case.code)):
        assert standing(Case.objects.get(pk=case.pk)).state.correction is not None
        with pytest.raises(Refused, match="Still missing"):
            applying.correct(case.pk, {}, {"denah": ("d2",)}, key="c0")
        applying.correct(case.pk, {}, {"denah": ("d2",), "foto": ("f2", "f3")}, key="c")
    with office.scope(loket):
        deciding.check(case.pk, loket, fits=("denah", "foto"), key="d")
        deciding.move(case.pk, loket, "forward", key="e")
    with office.scope(dinkes):
        deciding.schedule(case.pk, dinkes, "inspeksi", now() + timedelta(days=1), key="f")
        deciding.answer(case.pk, dinkes, "inspeksi", "sesuai", facts={"skor": 88, "air_sehat": True}, key="g")
        deciding.answer(case.pk, dinkes, "pertimbangan", "setuju", key="h")
    with office.scope(loket):
        deciding.move(case.pk, office.post("back_office"), "forward", key="i")
    with scoped(scope_case(case.code)):
        bill = Bill.objects.get(case=case)
        assert bill.amount == 300_000
    headers, body = pay_as_customer(bill.reference or "", bill.amount)
    assert settling.settle("demo_bank", headers, body).settles
    assert settling.settle("demo_bank", headers, body).replayed
    for role in ("section_head", "division_head", "secretary"):
        with office.scope(seksi):
            deciding.answer(case.pk, office.post(role), "paraf", "paraf", key=f"p-{role}")
    kepala = office.post("head_of_office")
    LocalProvider().enrol(as_signatory(kepala), PASSPHRASE)
    scope = scope_agency(kepala.agency_id, kepala.account_id)
    signed = signing.sign([case.pk], kepala, PASSPHRASE, scope=scope)
    assert signed.refusal is None
    with scoped(scope_system("test")):
        case.refresh_from_db()
        assert (case.at, case.outcome) == ("terbit", "terbit")
        paper = Paper.objects.get(case=case, product="sertifikat")
        assert paper.number and paper.number.startswith("503/0001/SLHS/DPMPTSP/")
        assert not Party.objects.filter(case=case, open=True).exists()
        events = [event_from_json(row) for row in _rows(case)]
        assert replay(standing(case).definition, events) == standing(case).state
        assert (
            Event.objects.filter(case=case).count()
            == Entry.objects.filter(case_id=case.pk, detail__has_key="seq").count()
        )
        assert Message.objects.filter(case_id=case.pk, to="pemohon@contoh.example").count() >= 5
    assert checking.status(paper.code).standing == "valid"


def _rows(case: Case) -> list[dict[str, object]]:
    return [
        {
            "kind": e.kind, "at": e.at.isoformat(), "data": e.data,
            "actor": {"role": e.actor_role, "agency": e.actor_agency or None, "person": e.actor if e.actor_agency else None},
        }
        for e in Event.objects.filter(case=case)
    ]  # fmt: skip


def test_the_same_key_writes_an_act_once_and_an_old_look_is_told_what_changed() -> None:
    office: Office = furnish(DEPOT)
    case = hand_in(office.revisions[DEPOT], ANSWERS)
    loket = office.post("front_office")
    with office.scope(loket):
        deciding.check(case.pk, loket, fits=("ktp",), key="same")
        deciding.check(case.pk, loket, fits=("ktp",), key="same")
        assert Event.objects.filter(case=case, kind="checked").count() == 1
        with pytest.raises(Refused, match="just changed"):
            deciding.check(case.pk, loket, fits=("nib",), key="other", seen=1)


def test_another_agency_sees_a_case_only_once_it_is_asked() -> None:
    office = furnish(DEPOT)
    case = hand_in(office.revisions[DEPOT], ANSWERS)
    dinkes, pupr = (
        office.post("technical_team", "dinas-kesehatan"),
        office.post("technical_team", "dinas-pupr"),
    )
    with office.scope(dinkes):
        assert not Case.objects.filter(pk=case.pk).exists()
    loket = office.post("front_office")
    with office.scope(loket):
        deciding.check(case.pk, loket, fits=("ktp", "nib", "pelatihan_higiene", "denah", "foto"), key="a")
        deciding.move(case.pk, loket, "forward", key="b")
    with office.scope(dinkes):
        assert Case.objects.filter(pk=case.pk).exists()
    with office.scope(pupr):
        assert not Case.objects.filter(pk=case.pk).exists()
