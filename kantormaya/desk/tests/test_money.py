"""The treasurer settles what does not match, with a reason; the month balances; nobody sees another agency's money."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kantormaya.audit.time import now, simulated
from kantormaya.cases.models import Case
from kantormaya.casework import deciding, settling
from kantormaya.casework.tests.office import Office
from kantormaya.desk.tests.desks import ANSWERS, DEPOT, REQUIREMENTS, at_desk, furnish, hand_in, text
from kantormaya.payments.models import Bill, Payment
from kantormaya.payments.providers.demo_bank import DemoBank
from kantormaya.payments.reconciling import reconcile
from kantormaya.people.scopes import scope_system, scoped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
SYSTEM = scope_system("test")
PAGE = "/meja/pembayaran/"


def billed(office: Office) -> Case:
    """A case that waits for its fee."""
    case = hand_in(office.revisions[DEPOT], ANSWERS)
    loket, back = office.post("front_office"), office.post("back_office")
    team = office.post("technical_team", "dinas-kesehatan")
    with office.scope(loket):
        deciding.check(case.pk, loket, fits=REQUIREMENTS, key="a")
        deciding.move(case.pk, loket, "forward", key="b")
    with office.scope(team):
        deciding.schedule(case.pk, team, "inspeksi", now() + timedelta(days=1), key="c")
        facts = {"skor": 88, "air_sehat": True}
        deciding.answer(case.pk, team, "inspeksi", "sesuai", facts=facts, key="d")
        deciding.answer(case.pk, team, "pertimbangan", "setuju", key="e")
    with office.scope(back):
        deciding.move(case.pk, back, "forward", key="f")
    return case


def reported(case: Case, amount: int | None = None, external_id: str = "A1") -> Payment:
    with scoped(SYSTEM):
        bill = Bill.objects.get(case=case)
    headers, body = DemoBank().pay(bill.reference or "", amount or bill.amount, external_id=external_id)
    found = settling.settle("demo_bank", headers, body).payment
    assert found is not None
    return found


def bill_of(case: Case) -> str:
    with scoped(SYSTEM):
        return str(Bill.objects.get(case=case).state)


def at(case: Case) -> str:
    with scoped(SYSTEM):
        return str(Case.objects.get(pk=case.pk).at)


def settle(client: Client, payment: Payment, act: str, reason: str) -> str:
    answer = client.post(f"{PAGE}{payment.pk}/", {"act": act, "alasan": reason}, follow=True)
    assert answer.status_code in (200, 422)
    return text(answer)


def test_money_that_came_late_is_counted_with_a_reason_and_the_case_goes_on() -> None:
    office = furnish(DEPOT)
    case = billed(office)
    with simulated(now() + timedelta(hours=1)):
        payment = reported(case, 299_000)
        treasurer = at_desk(office.post("revenue_treasurer"))
        page = text(treasurer.get(PAGE)).replace("\N{NO-BREAK SPACE}", " ")
        assert "1 pembayaran perlu dilihat" in page
        assert "jumlah tidak cocok" in page
        assert "Rp 299.000" in page
        assert "Rp 300.000" in page
        assert at(case) == "pembayaran"
        said = settle(treasurer, payment, "hitung", "Kurang seribu karena biaya bank.")
        assert "Dihitung sebagai pembayaran" in said
        assert "Semua pembayaran cocok" in said
        assert "dihitung sebagai pembayaran: Kurang seribu karena biaya bank." in said
    assert (bill_of(case), at(case)) == ("paid", "paraf")
    with scoped(SYSTEM):
        sums = reconcile(now() - timedelta(days=1), now() + timedelta(days=1))
        assert sums.balances
        assert (sums.accepted, sums.accepted_count, sums.matched_count) == (300_000, 1, 0)
        settled = Payment.objects.get(pk=payment.pk)
        assert settled.settled_by == "revenue_treasurer.dpmptsp"


def test_without_a_reason_nothing_is_settled_and_what_was_typed_stays() -> None:
    office = furnish(DEPOT)
    payment = reported(billed(office), 1_000)
    treasurer = at_desk(office.post("revenue_treasurer"))
    answer = treasurer.post(f"{PAGE}{payment.pk}/", {"act": "hitung", "alasan": "  "})
    assert answer.status_code == 422
    assert "Tulis alasannya" in text(answer)
    long = "a" * 300
    answer = treasurer.post(f"{PAGE}{payment.pk}/", {"act": "hitung", "alasan": long})
    assert (answer.status_code, long in text(answer)) == (422, True)
    with scoped(SYSTEM):
        assert Payment.objects.get(pk=payment.pk).settled_at is None


def test_paid_twice_is_given_back_and_cannot_be_counted() -> None:
    office = furnish(DEPOT)
    case = billed(office)
    reported(case)
    second = reported(case, external_id="A2")
    treasurer = at_desk(office.post("revenue_treasurer"))
    assert "Hitung sebagai pembayaran" not in text(treasurer.get(PAGE))
    assert treasurer.post(f"{PAGE}{second.pk}/", {"act": "hitung", "alasan": "x"}).status_code == 404
    assert "Dicatat sebagai dikembalikan" in settle(
        treasurer, second, "kembalikan", "Dikirim balik ke rekening asal."
    )
    assert "sudah diselesaikan" in settle(treasurer, second, "kembalikan", "lagi")
    assert bill_of(case) == "paid"


def test_money_on_no_bill_and_a_forgery_are_seen_by_the_treasurer_and_settled() -> None:
    office = furnish(DEPOT)
    settling.settle("demo_bank", *DemoBank().pay("SKRD20269999999", 5_000))
    settling.settle("demo_bank", *DemoBank("rahasia orang lain").pay("SKRD20269999999", 5_000))
    treasurer = at_desk(office.post("revenue_treasurer"))
    page = text(treasurer.get(PAGE))
    assert "tagihan tidak dikenal" in page
    assert "tanda tangan tidak sah" in page
    with scoped(SYSTEM):
        unknown, forged = Payment.objects.order_by("pk")
    assert "Dicatat sebagai dikembalikan" in settle(treasurer, unknown, "kembalikan", "Salah tulis nomor.")
    assert "Laporan ditutup" in settle(treasurer, forged, "tutup", "Percobaan dari luar, dilaporkan ke bank.")


def test_only_the_treasurer_of_the_agency_sees_and_settles_its_money() -> None:
    office = furnish(DEPOT)
    case = billed(office)
    payment = reported(case, 1_000)
    assert at_desk(office.post("front_office")).get(PAGE).status_code == 403
    elsewhere = at_desk(
        office.post("revenue_treasurer", "dinas-kesehatan")
    )  # an agency that was asked for its opinion
    assert case.number not in text(elsewhere.get(PAGE))
    elsewhere.post(f"{PAGE}{payment.pk}/", {"act": "hitung", "alasan": "Bukan urusan saya."})
    assert bill_of(case) == "due"


def test_the_page_reads_as_few_rows_with_three_reports_as_with_one() -> None:
    office = furnish(DEPOT)
    case, treasurer = billed(office), at_desk(office.post("revenue_treasurer"))
    counts = []
    for number in range(3):
        reported(case, 1_000 + number, external_id=f"A{number}")
        if number != 1:
            with CaptureQueriesContext(connection) as caught:
                treasurer.get(PAGE)
            counts.append(len(caught.captured_queries))
    assert counts[0] == counts[1]


def test_the_page_speaks_english_where_one_reads_english() -> None:
    office = furnish(DEPOT)
    reported(billed(office), 1_000)
    treasurer = at_desk(office.post("revenue_treasurer"))
    treasurer.cookies["bahasa"] = "en"
    page = text(treasurer.get(PAGE))
    assert "1 payments to look at" in page
    assert "Count as payment" in page
    assert not re.search(r"Alasan<|Hitung sebagai", page)
