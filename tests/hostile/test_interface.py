"""The machines' interface under generated calls: no fault of ours, and every answer is one that is declared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from kantormaya.api.keys import SCOPES, holder_key, make_token
from kantormaya.api.urls import described
from tests.access.world import World

pytestmark = pytest.mark.django_db
CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
OPERATIONS = {
    f"{one.ok().method.upper()} {one.ok().path}": one.ok()
    for one in schemathesis.openapi.from_dict(described()).get_all_operations()
}
EXAMPLES = 60


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """As Django's own client does: a request leaves the connection of the test open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def headers_for(operation: Any, world: World, number: int) -> dict[str, str]:
    """Somebody who may call it."""
    guard = operation.definition.raw["x-guard"]
    own = {"Idempotency-Key": f"uji-uji-uji-uji-uji-{number:06}"}
    if guard == "holder_token":
        own["Authorization"] = f"Bearer {holder_key(world.hers['returned'].code)[0]}"
    if guard == "official_token":
        post = world.office.post("front_office")
        own["Authorization"] = f"Bearer {make_token(post.account, post.agency, SCOPES, 'uji', by='uji')}"
    return own


@pytest.mark.parametrize("name", OPERATIONS)
def test_generated_calls_find_no_fault_of_ours_and_no_answer_that_is_not_declared(
    name: str, world: World
) -> None:
    operation, app, calls = OPERATIONS[name], get_wsgi_application(), 0
    operation.app = app
    known = {
        "number": world.hers["new"].number,
        "token": world.her_draft.token,
        "slug": "surat-laik-sehat-depot-air",
    }

    @settings(
        max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy())
    def call(case: Any) -> None:
        nonlocal calls
        calls += 1
        for parameter in case.path_parameters or {}:
            if parameter in known and calls % 4:  # most calls are about something that is there
                case.path_parameters[parameter] = known[parameter]
        answer = case.call(app=app, base_url="http://localhost", headers=headers_for(operation, world, calls))
        case.validate_response(answer, checks=CHECKS)

    call()
    assert calls >= EXAMPLES or (not operation.path_parameters and not operation.body)
