"""The bank and the mailbox of the demonstration; neither exists in a real office."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from kantormaya.audit.time import now
from kantormaya.cases.models import Case
from kantormaya.cases.tests.folders import agency, case
from kantormaya.casework import deciding
from kantormaya.casework.tests.office import furnish, hand_in, mails
from kantormaya.language.texts import Text
from kantormaya.outbox.models import Message
from kantormaya.outbox.sending import enqueue
from kantormaya.payments.billing import open_bill
from kantormaya.payments.models import Bill, BillState, Payment, Verdict
from kantormaya.people.scopes import scope_system, scoped
from kantormaya.portal.tests.citizens import DEPOT, text
from kantormaya.portal.tests.test_checking_pages import ANSWERS

SYSTEM = scope_system("test")


def billed() -> Bill:
    with scoped(SYSTEM):
        return open_bill(
            case(agency("dpmptsp")), "skrd", title=Text("SKRD uji air", "Water test levy"),
            lines=[(Text("Uji air", "Water test"), 300_000)], amount=300_000, due_at=None, actor="system",
        )  # fmt: skip


def at_payment() -> Bill:
    """A case that has come as far as its bill, by the verbs."""
    office = furnish(DEPOT)
    made = hand_in(office.revisions[DEPOT], ANSWERS)
    loket, dinkes = office.post("front_office"), office.post("technical_team", "dinas-kesehatan")
    with office.scope(loket):
        deciding.check(made.pk, loket, fits=("ktp", "nib", "pelatihan_higiene", "denah", "foto"), key="a")
        deciding.move(made.pk, loket, "forward", key="b")
    with office.scope(dinkes):
        deciding.schedule(made.pk, dinkes, "inspeksi", now() + timedelta(days=1), key="c")
        deciding.answer(made.pk, dinkes, "inspeksi", "sesuai", facts={"skor": 88, "air_sehat": True}, key="d")
        deciding.answer(made.pk, dinkes, "pertimbangan", "setuju", key="e")
    with office.scope(loket):
        deciding.move(made.pk, office.post("back_office"), "forward", key="f")
    with scoped(SYSTEM):
        return Bill.objects.get(case=made)


def now_stands(bill: Bill) -> tuple[str, list[str]]:
    with scoped(SYSTEM):
        return Bill.objects.get(pk=bill.pk).state, list(Payment.objects.values_list("verdict", flat=True))


@pytest.fixture
def at_live_server(live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "KANTOR_URL", live_server.url)


@pytest.mark.django_db
def test_outside_the_demonstration_there_is_neither_bank_nor_mailbox(client: Client) -> None:
    bill = billed()
    for address in (f"/bank-contoh/{bill.reference}/", "/kotak-surat/", "/kotak-surat/1/"):
        assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_the_bank_shows_what_is_asked_and_a_code_to_scan(client: Client, demo: None) -> None:
    bill = billed()
    answer = client.get(f"/bank-contoh/{bill.reference}/")
    said = text(answer)
    assert "Bayar Rp 300.000" in said and bill.reference in said and "SKRD uji air" in said
    assert "<svg" in answer.content.decode()
    assert client.get("/bank-contoh/SKRD0/").status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("at_live_server")
def test_paying_sends_the_signed_call_back_and_the_case_goes_on(client: Client, demo: None) -> None:
    bill = at_payment()
    answer = client.post(f"/bank-contoh/{bill.reference}/", {"key": "k1"}, follow=True)
    assert "Tagihan ini sudah lunas" in text(answer)
    assert now_stands(bill) == (BillState.PAID, [Verdict.MATCHED])
    with scoped(SYSTEM):
        assert Case.objects.get(pk=bill.case_id).at == "paraf"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("at_live_server")
def test_a_button_pressed_twice_pays_once(client: Client, demo: None) -> None:
    bill = at_payment()
    for _ in range(2):
        client.post(f"/bank-contoh/{bill.reference}/", {"key": "k1"})
    assert now_stands(bill) == (BillState.PAID, [Verdict.MATCHED])


@pytest.mark.django_db
def test_when_the_office_cannot_be_reached_the_bank_says_so_and_nothing_is_paid(
    client: Client, demo: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "KANTOR_URL", "http://127.0.0.1:9")
    bill = billed()
    answer = client.post(f"/bank-contoh/{bill.reference}/", {"key": "k1"})
    assert answer.status_code == 502 and "kantor belum dapat dihubungi" in text(answer)
    assert 'value="k1"' in answer.content.decode()
    assert now_stands(bill) == (BillState.DUE, [])


@pytest.mark.django_db
def test_the_mailbox_shows_what_was_sent_newest_first_with_its_state(client: Client, demo: None) -> None:
    enqueue(
        "a",
        to="satu@contoh.example",
        subject="Yang lama",
        body="Lihat https://contoh.example/lacak/ <b>x</b>",
    )
    enqueue("b", to="dua@contoh.example", subject="Yang baru", body="Isi")
    with scoped(SYSTEM):
        old = Message.objects.get(key="a")
        old.state, old.last_error = "given_up", "alamat ditolak"
        old.save()
    said = text(client.get("/kotak-surat/"))
    assert (
        said.index("Yang baru") < said.index("Yang lama") and "tidak terkirim" in said and "menunggu" in said
    )
    only = text(client.get("/kotak-surat/", {"untuk": "dua@contoh.example"}))
    assert "Yang baru" in only and "Yang lama" not in only
    letter = client.get(f"/kotak-surat/{old.pk}/").content.decode()
    assert (
        '<a href="https://contoh.example/lacak/"' in letter
        and "<b>x</b>" not in letter
        and "alamat ditolak" in letter
    )
    assert client.get("/kotak-surat/999999/").status_code == 404


@pytest.mark.django_db
def test_the_mailbox_turns_its_pages_and_asks_once_however_much_there_is(
    client: Client, demo: None, django_assert_num_queries: object
) -> None:
    for n in range(27):
        enqueue(f"k{n}", to="a@contoh.example", subject=f"Surat-{n:03}", body="x")
    with django_assert_num_queries(6):  # type: ignore[operator]  # the list, and five for its scope
        first = client.get("/kotak-surat/").content.decode()
    assert "Surat-026" in first and "Surat-001" not in first
    (third,) = (one.pk for one in mails(key="k2"))
    second = text(client.get("/kotak-surat/", {"sebelum": third}))
    assert "Surat-001" in second and "Surat-002" not in second
