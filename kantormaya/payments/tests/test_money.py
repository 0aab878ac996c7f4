"""Money that comes in: counted once, believed only when signed, never accepted silently where it does not fit."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from kantormaya.audit.models import Entry
from kantormaya.audit.time import now, simulated
from kantormaya.cases.models import Case
from kantormaya.cases.tests.folders import agency, case
from kantormaya.language.texts import Text
from kantormaya.payments.billing import BillRefused, how_to_pay, open_bill, to_refund, void, waive
from kantormaya.payments.confirming import Confirmation, confirm
from kantormaya.payments.models import Bill, BillState, Payment, Verdict
from kantormaya.payments.paying import pay_as_customer
from kantormaya.payments.providers import ProviderDown, provider
from kantormaya.payments.providers.demo_bank import DemoBank
from kantormaya.payments.reconciling import accept, flagged, give_back, reconcile
from kantormaya.people.machines import sign
from kantormaya.people.scopes import scope_case, scope_public, scope_system, scoped

SYSTEM = scope_system("test")
AT = datetime(2026, 9, 2, 4, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


def billed(of: Case | None = None, **other: object) -> Bill:
    given = {
        "title": Text("Retribusi PBG", "Building levy"), "lines": [(Text("Retribusi"), 150_000)], "amount": 150_000,
        "due_at": now() + timedelta(days=7), "actor": "system",
    } | other  # fmt: skip
    with scoped(SYSTEM):
        return open_bill(of or case(agency("pupr")), "retribusi", **given)


def reported(headers: dict[str, str], body: bytes, name: str = "demo_bank") -> Confirmation:
    with scoped(SYSTEM):
        return confirm(name, headers, body)


def paid(bill: Bill, amount: int | None = None) -> Confirmation:
    with scoped(SYSTEM):
        message = pay_as_customer(bill.reference or "", amount)
    return reported(*message)


def state(bill: Bill) -> str:
    with scoped(SYSTEM):
        return Bill.objects.get(pk=bill.pk).state


def test_a_bill_is_opened_once_for_a_case_and_round() -> None:
    of = case(agency("pupr"))
    once, again, other = billed(of), billed(of, amount=999), billed(of, round=2)
    assert (once.pk, once.amount) == (again.pk, again.amount)
    assert once.reference != other.reference
    assert once.reference
    assert once.reference.startswith("SKRD20")


def test_the_right_amount_in_time_pays_the_bill() -> None:
    bill = billed()
    with scoped(SYSTEM):
        ask = how_to_pay(bill)
    assert ask.qris[-8:-4] == "6304"
    assert "<svg" in ask.svg
    found = paid(bill)
    assert (found.status, found.verdict, found.settles) == (200, Verdict.MATCHED, True)
    assert state(bill) == BillState.PAID
    with scoped(SYSTEM):
        assert reconcile(now() - timedelta(hours=1), now() + timedelta(hours=1)).balances


def test_the_same_report_again_gets_the_same_answer_and_changes_nothing() -> None:
    bill = billed()
    with scoped(SYSTEM):
        message = pay_as_customer(bill.reference or "")
    first, again = reported(*message), reported(*message)
    assert (first.status, first.verdict, first.text) == (again.status, again.verdict, again.text)
    assert again.replayed
    with scoped(SYSTEM):
        assert Payment.objects.count() == 1
        assert Entry.objects.filter(act="payment.matched").count() == 1


def test_the_same_report_ten_times_at_once_pays_once() -> None:
    bill = billed()
    with scoped(SYSTEM):
        message = pay_as_customer(bill.reference or "")

    def in_thread(_: int) -> Confirmation:
        try:
            return reported(*message)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as threads:
        answers = list(threads.map(in_thread, range(10)))
    assert {one.verdict for one in answers} == {Verdict.MATCHED}
    assert sum(not one.replayed for one in answers) == 1


def test_the_same_number_for_another_report_is_refused() -> None:
    bill, bank = billed(), DemoBank()
    assert reported(*bank.pay(bill.reference or "", 150_000, external_id="A1")).status == 200
    assert reported(*bank.pay(bill.reference or "", 1, external_id="A1")).status == 409


@pytest.mark.parametrize("amount", [149_999, 150_001, 1])
def test_another_amount_is_recorded_flagged_and_does_not_pay(amount: int) -> None:
    bill = billed()
    found = paid(bill, amount)
    assert (found.verdict, found.settles) == (Verdict.WRONG_AMOUNT, False)
    assert state(bill) == BillState.DUE
    with scoped(SYSTEM):
        assert [one.amount for one in flagged()] == [amount]


def test_money_after_the_limit_waits_for_a_decision() -> None:
    with simulated(AT):
        bill = billed()
    with simulated(AT + timedelta(days=7, seconds=1)):
        found = paid(bill)
        assert (found.verdict, state(bill)) == (Verdict.LATE, BillState.DUE)
        with scoped(SYSTEM):
            assert found.payment
            accept(found.payment, actor="bendahara", reason="terlambat satu detik")
            assert not flagged().exists()
    assert state(bill) == BillState.PAID


def test_paying_twice_is_seen_and_can_be_given_back() -> None:
    bill = billed()
    paid(bill)
    second = paid(bill)
    assert second.verdict == Verdict.DUPLICATE
    with scoped(SYSTEM):
        assert second.payment
        give_back(second.payment, actor="bendahara", reason="dibayar dua kali")
        assert not flagged().exists()
        with pytest.raises(ValueError, match="cannot be counted"):
            accept(second.payment, actor="bendahara", reason="lagi")


def test_money_on_a_bill_that_was_withdrawn_is_flagged() -> None:
    for close, ended in ((waive, BillState.WAIVED), (void, BillState.VOID)):
        bill = billed()
        with scoped(SYSTEM):
            close(bill, reason="dibebaskan", actor="kepala.dinas")
            with pytest.raises(BillRefused):
                how_to_pay(Bill.objects.get(pk=bill.pk))
        assert (paid(bill).verdict, state(bill)) == (Verdict.LATE, ended)


def test_money_for_no_bill_of_ours_is_kept_and_flagged() -> None:
    found = reported(*DemoBank().pay("SKRD20990000001", 5_000))
    assert (found.status, found.verdict, found.bill) == (200, Verdict.UNKNOWN, None)


def test_a_report_with_a_wrong_signature_is_kept_as_forged_and_believed_in_nothing() -> None:
    bill = billed()
    headers, body = DemoBank("rahasia orang lain").pay(bill.reference or "", 150_000, external_id="A1")
    found = reported(headers, body)
    assert (found.status, found.verdict, found.settles) == (401, Verdict.FORGED, False)
    assert state(bill) == BillState.DUE
    # and it does not take the number of the real report
    assert reported(*DemoBank().pay(bill.reference or "", 150_000, external_id="A1")).settles


def test_a_changed_body_or_time_breaks_the_signature() -> None:
    headers, body = DemoBank().pay("SKRD20260000001", 150_000)
    assert reported(headers, body.replace(b"150000", b"950000")).status == 401
    assert reported(headers | {"X-Timestamp": now().isoformat()}, body).status == 401
    assert reported({}, body).status == 401
    assert reported(headers, b"\xff\0").status == 401


def test_an_old_report_cannot_be_played_again() -> None:
    with simulated(AT):
        message = DemoBank().pay("SKRD20260000001", 150_000)
    with simulated(AT + timedelta(minutes=11)):
        assert reported(*message).status == 400


@pytest.mark.parametrize(
    "report", [b"", b"[]", b'{"amount": 1}', b'{"external_id": 1, "reference": "a", "amount": "x", "paid_at": 3}',
               json.dumps({"external_id": "a", "reference": "b", "amount": -5, "paid_at": "2026-09-02"}).encode()]
)  # fmt: skip
def test_a_signed_report_that_cannot_be_read_is_a_sentence(report: bytes) -> None:
    found = reported(sign(DemoBank().key, report), report)
    assert (found.status, found.payment) == (400, None)


def test_a_paid_bill_can_be_marked_for_refund_once() -> None:
    bill = billed()
    with scoped(SYSTEM), pytest.raises(BillRefused):
        to_refund(bill, reason="ditolak", actor="bendahara")
    paid(bill)
    with scoped(SYSTEM):
        assert to_refund(bill, reason="ditolak", actor="bendahara").state == BillState.TO_REFUND
        assert to_refund(bill, reason="ditolak", actor="bendahara").reason == "ditolak"


def test_a_bank_that_does_not_answer_is_a_sentence(settings: object) -> None:
    settings.KANTOR_PAYMENTS = "failing"  # type: ignore[attr-defined]
    bill = billed()
    with pytest.raises(ProviderDown, match="coba lagi"), scoped(SYSTEM):
        how_to_pay(bill)
    assert reported({}, b"{}", "failing").status == 401
    with pytest.raises(ProviderDown, match="tidak dikenal"):
        provider("../etc")


def test_a_bill_is_seen_by_the_holder_of_the_case_and_by_nobody_else() -> None:
    of = case(agency("pupr"))
    bill = billed(of)
    with scoped(scope_case(of.code)):
        assert Bill.objects.get().pk == bill.pk
    with scoped(scope_public()):
        assert not Bill.objects.exists()
    with scoped(scope_case(case(agency("pupr")).code)):
        assert not Bill.objects.exists()
