"""What the interface says of itself is tried against the office: no server error, no answer that was not declared."""

from __future__ import annotations

import secrets
from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig

from kantormaya.api.door import described
from kantormaya.api.keys import make_token
from kantormaya.api.tests.test_machine import basic
from kantormaya.casework import applying
from kantormaya.casework.tests.office import IDENTITY, furnish
from kantormaya.casework.tests.test_story import ANSWERS, DEPOT
from kantormaya.catalogue.publishing import definition_of
from kantormaya.engine.simulating import handed_in
from kantormaya.language.evaluating import About
from kantormaya.people.scopes import scope_case, scoped

pytestmark = pytest.mark.django_db(transaction=True)
EXAMPLES = 12


def test_every_operation_answers_what_it_declares_whatever_it_is_sent() -> None:
    office = furnish(DEPOT)
    revision = office.revisions[DEPOT]
    draft = applying.begin(revision, About("baru"), language="id")
    with scoped(scope_case(draft.token)):
        applying.fill(draft, answers=ANSWERS, given=handed_in(definition_of(revision)), identity=IDENTITY)
        case = applying.submit(draft, pin="123456").case
    other = applying.begin(revision, About("baru"), language="id")
    post = office.post("front_office")
    token = make_token(post.account, post.agency, ("cases:read", "cases:act", "papers:sign"), "uji", by="uji")
    known = {"slug": DEPOT, "number": case.number, "token": other.token, "code": case.code}
    keys = {"holder_token": basic(case.code, "123456"), "official_token": {"Authorization": f"Bearer {token}"}}
    whole = described()
    schema = schemathesis.openapi.from_dict(whole, config=SchemathesisConfig())
    tried = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        declared = whole["paths"][operation.path][operation.method.lower()]

        @settings(
            max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(sent=operation.as_strategy(), is_known=st.booleans())
        def answers(sent: Any, is_known: bool) -> None:
            nonlocal tried
            tried += 1
            path = operation.path
            for name, value in (known if is_known else sent.path_parameters or {}).items():
                path = path.replace(f"{{{name}}}", schemathesis_quoted(value))
            body = sent.body if isinstance(sent.body, (dict, list, str, int, float, bool)) else {}
            is_form = "multipart" in str(declared.get("requestBody", ""))
            answer = Client(raise_request_exception=False).generic(
                operation.method, path, data=b"" if is_form else encoded(body), content_type="multipart/form-data; boundary=x" if is_form else "application/json",
                query_string=queried(sent.query), headers={"Idempotency-Key": secrets.token_urlsafe(24), **keys.get(declared["x-guard"], {})},
            )  # fmt: skip
            assert answer.status_code < 500, (operation.method, path, body)
            if is_known:
                assert str(answer.status_code) in declared["responses"], (operation.method, path, answer.status_code)
            if answer.status_code >= 400 and is_known:
                assert answer["Content-Type"] == "application/problem+json"

        answers()
    assert tried > 100


def schemathesis_quoted(value: Any) -> str:
    from urllib.parse import quote

    return quote(str(value), safe="") or "-"


def encoded(body: Any) -> bytes:
    import json

    return json.dumps(body).encode()


def queried(query: Any) -> str:
    from urllib.parse import urlencode

    return urlencode({name: str(value) for name, value in (query or {}).items()}, errors="replace")
