"""Calls of machines, forged or badly made: refused in a sentence, never a fault of ours, and nothing is believed unsigned."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from kantormaya.cases.models import Case
from kantormaya.handoff.providers.fake import FakeNational
from kantormaya.handoff.providers.fake.example import example
from kantormaya.payments.models import Bill, Payment
from kantormaya.payments.providers.demo_bank import DemoBank
from kantormaya.people.machines import sign
from kantormaya.people.scopes import scoped
from tests.access.world import SYSTEM, World
from tests.hostile.values import hostile

pytestmark = pytest.mark.django_db
BANK, NATIONAL = "/api/pembayaran/demo_bank/", "/api/oss/permohonan/"
BODIES = [
    b"", b"[]", b"null", b"1", b'"x"', b"{", b"\xff\xfe", b"\xed\xa0\x80", b'{"a": NaN}', b'{"amount": 1e999}', b"[" * 60_000, b"{}" * 9,
    b'{"external_id": "\\u0000", "reference": "\\ud800", "amount": 1, "paid_at": "2026-01-01T00:00:00+07:00"}', b"9" * 10_000,
    b'{"external_id": "x", "reference": "y", "amount": ' + b"9" * 400 + b', "paid_at": "2026-01-01T00:00:00+07:00"}',
    b'{"external_id": "x", "reference": "y", "amount": 1, "paid_at": "9999-12-31T23:59:59-14:00", "more": {"\\u0000": ["\\udfff"]}}',
    b'{"external_id": {}, "reference": [], "amount": true, "paid_at": 1}',
]  # fmt: skip


@pytest.fixture(autouse=True)
def connected(settings: Settings) -> None:
    settings.KANTOR_DEMO, settings.KANTOR_OSS = False, "fake"


def call(path: str, body: bytes, headers: dict[str, str]) -> int:
    """Send it; the status."""
    heads = {
        f"HTTP_{name.upper().replace('-', '_')}": value
        for name, value in headers.items()
        if name != "Content-Type"
    }
    with transaction.atomic():
        status = Client().post(path, body, content_type="application/json", **heads).status_code
        transaction.set_rollback(True)
    return status


@pytest.mark.parametrize("path", [BANK, NATIONAL])
@pytest.mark.parametrize("body", BODIES, ids=lambda b: repr(b[:24]))
def test_an_unsigned_call_is_believed_by_nobody(path: str, body: bytes, world: World) -> None:
    assert call(path, body, {}) in (400, 401)
    assert call(path, body, {"X-Timestamp": "\xff", "X-Signature": "\xe9"}) in (400, 401)


@pytest.mark.parametrize("path", [BANK, NATIONAL])
@pytest.mark.parametrize("body", BODIES, ids=lambda b: repr(b[:24]))
def test_a_call_that_is_signed_and_badly_made_is_refused(path: str, body: bytes, world: World) -> None:
    key = DemoBank().key if path == BANK else FakeNational().key
    assert call(path, body, sign(key, body)) in (200, 400, 404, 409, 422)


def test_a_call_signed_for_one_machine_is_not_believed_by_the_other(world: World) -> None:
    headers, body = DemoBank().pay(world.bills[0].reference or "", world.bills[0].amount)
    assert call(NATIONAL, body, headers) == 401
    with scoped(SYSTEM):
        assert Bill.objects.get(pk=world.bills[0].pk).state == world.bills[0].state


def test_a_payment_somebody_invented_pays_nothing(world: World) -> None:
    with scoped(SYSTEM):
        bill = Bill.objects.get(case=world.hers["billed"])
    headers, body = DemoBank("another secret").pay(bill.reference or "", bill.amount)
    heads = {
        f"HTTP_{name.upper().replace('-', '_')}": value
        for name, value in headers.items()
        if name != "Content-Type"
    }
    assert Client().post(BANK, body, content_type="application/json", **heads).status_code == 401
    with scoped(SYSTEM):
        assert Bill.objects.get(pk=bill.pk).state == "due"
        assert not Payment.objects.filter(case=bill.case, verdict="matched").exists()


@pytest.mark.parametrize(
    "name",
    [
        "nib",
        "external_id",
        "service",
        "variant",
        "applicant_kind",
        "identity",
        "answers",
        "enclosed",
        "statements",
    ],
)
def test_whatever_a_national_system_sends_is_a_case_or_a_sentence(name: str, world: World) -> None:
    system = FakeNational()
    good = json.loads(system.pass_on(example(91, enclosed=()))[1])

    @hypothesis_settings(
        max_examples=40,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        st.recursive(hostile | st.none() | st.booleans() | st.integers() | st.floats(), _deeper, max_leaves=6)
    )
    def tried(value: Any) -> None:
        body = json.dumps({**good, name: value}).encode()
        assert call(NATIONAL, body, sign(system.key, body)) < 500

    tried()


def _deeper(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    names = st.sampled_from(
        ["nama_usaha", "kbli", "lokasi", "name", "nik", "email", "address", "requirement", "content", "x"]
    )
    return st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=4)


def test_no_call_changed_a_case(world: World) -> None:
    with scoped(SYSTEM):
        for case in world.hers.values():
            assert Case.objects.get(pk=case.pk).version == case.version
