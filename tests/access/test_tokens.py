"""The machines' interface, tried with keys that belong to somebody else: another case, another agency, revoked, too narrow."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from django.test import Client

from kantormaya.api.keys import SCOPES, holder_key, make_token, revoke_token
from kantormaya.api.models import Token
from kantormaya.people.models import Post
from tests.access.asking import Answer, ask
from tests.access.routes import Route, addresses, routes, told_to_all
from tests.access.test_strangers import SHUT
from tests.access.world import STRANGER, World

pytestmark = pytest.mark.django_db
INTERFACE = [one for one in routes() if one.guard in ("holder_token", "official_token")]
IDS = [one.name for one in INTERFACE]
BODIES: tuple[dict[str, Any], ...] = (
    {},
    {"of": "inspeksi"},
    {"text": "x"},
    {"act": "move", "of": "forward", "seen": 1},
    {"act": "check", "fits": ["ktp"], "seen": 1},
    {"task": "inspeksi", "said": "sesuai", "seen": 1},
)


def token(post: Post, scopes: Sequence[str] = SCOPES) -> str:
    """A new token of an official."""
    return make_token(post.account, post.agency, scopes, "uji", by="uji")


def walk(bearer: str, route: Route, world: World) -> list[Answer]:
    """Every way of calling it, with the first person's identifiers; signing names all her cases."""
    head: dict[str, Any] = {
        "Authorization": f"Bearer {bearer}",
        "Idempotency-Key": "kunci-kunci-kunci-kunci-1",
    }
    sign = {"numbers": [one.number for one in world.hers.values()], "passphrase": "x"}
    bodies = [json.dumps(one) for one in (*BODIES, sign)]
    found = [ask(Client(), "get", path, headers=head) for path in addresses(route, world)]
    for path in addresses(route, world):
        found += [
            ask(Client(), "post", path, one, content_type="application/json", headers=head) for one in bodies
        ]  # type: ignore[arg-type]
    return found


def stays_shut(found: list[Answer], route: Route, world: World) -> None:
    """Nothing of hers is told; what names something of hers is shut."""
    numbers = {one.number for one in world.hers.values()}
    for answer in found:
        hidden = world.secrets - told_to_all(route, world)
        hidden -= numbers if "signatures" in answer.asked else set()  # each number is answered with a refusal
        assert not answer.gives_away(hidden), f"{answer.asked} gives away {answer.gives_away(hidden)}"
        assert answer.status < 500, f"{answer.asked}: {answer.status}"
        if route.names_something and "name" not in route.parameters:
            assert answer.status in SHUT, f"{answer.asked} is open: {answer.status}"


@pytest.mark.parametrize("route", INTERFACE, ids=IDS)
def test_the_key_of_another_case_opens_nothing_of_hers(route: Route, world: World) -> None:
    stays_shut(walk(holder_key(world.his.code)[0], route, world), route, world)


@pytest.mark.parametrize("route", INTERFACE, ids=IDS)
def test_a_token_of_an_agency_without_a_part_opens_nothing_of_hers(route: Route, world: World) -> None:
    for role in ("front_office", "head_of_office", "technical_team"):
        stays_shut(walk(token(world.office.post(role, STRANGER)), route, world), route, world)


@pytest.mark.parametrize("route", INTERFACE, ids=IDS)
def test_a_token_revoked_too_narrow_or_of_nobody_is_told_so(route: Route, world: World) -> None:
    post = world.office.post("front_office")
    revoked = token(post)
    revoke_token(Token.objects.latest("pk"), by="uji")
    for bearer in (revoked, "kantor_tidak-ada", holder_key("MUBA-0000")[0] + "x"):
        assert {one.status for one in walk(bearer, route, world)} <= {401, 405}
    if route.guard == "official_token":
        narrow = token(post, [one for one in SCOPES if one != scope_of(route)])
        assert 403 in {one.status for one in walk(narrow, route, world)}


def scope_of(route: Route) -> str:
    """The scope that the address wants, for one of its operations."""
    if "signatures" in route.address:
        return "papers:sign"
    return "cases:act" if "opinions" in route.address else "cases:read"
