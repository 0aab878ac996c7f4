"""A bank's call-back at our door: heard only from our provider, believed only when signed."""

from __future__ import annotations

import pytest
from django.test import Client

from kantormaya.payments.models import Payment, Verdict
from kantormaya.payments.providers.demo_bank import DemoBank
from kantormaya.people.scopes import scope_system, scoped

pytestmark = pytest.mark.django_db

ADDRESS = "/api/pembayaran/demo_bank/"


def verdicts() -> list[str]:
    with scoped(scope_system("test")):
        return list(Payment.objects.values_list("verdict", flat=True))


def test_a_signed_report_is_answered_in_both_languages_and_kept(client: Client) -> None:
    headers, body = DemoBank().pay("SKRD20260000001", 300_000)
    answer = client.post(ADDRESS, body, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["verdict"]) == (200, "unknown")
    assert set(answer.json()["text"]) == {"id", "en"}
    assert verdicts() == [Verdict.UNKNOWN]


def test_a_forged_report_is_refused_and_kept_for_whoever_investigates(client: Client) -> None:
    headers, body = DemoBank("another secret").pay("SKRD20260000001", 300_000)
    answer = client.post(ADDRESS, body, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["verdict"]) == (401, "forged")
    assert verdicts() == [Verdict.FORGED]


def test_nobody_else_is_heard_here(client: Client) -> None:
    for name in ("failing", "other-bank", "billing"):
        assert (
            client.post(f"/api/pembayaran/{name}/", b"{}", content_type="application/json").status_code == 404
        )
    assert client.get(ADDRESS).status_code == 405
    assert client.post(ADDRESS, b"x" * 70_000, content_type="application/json").status_code == 413
    assert verdicts() == []


def test_the_door_needs_no_token_of_a_form_because_it_checks_the_signature() -> None:
    strict = Client(enforce_csrf_checks=True)
    headers, body = DemoBank().pay("SKRD20260000001", 1)
    assert strict.post(ADDRESS, body, content_type="application/json", headers=headers).status_code == 200
