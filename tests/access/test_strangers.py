"""Every address there is, tried by people who have no part in a case, with the identifiers of its things."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.access.asking import Answer, ask
from tests.access.routes import Route, addresses, routes, told_to_all, unsampled
from tests.access.world import HIS, STRANGER, World, holding

pytestmark = pytest.mark.django_db
EVERY = routes()
IDS = [f"{one.name or 'x'}:{one.address}" for one in EVERY]
FORMS = [one for one in EVERY if not one.is_for_machines]
BY_COOKIE = ("official", "case_holder", "address_holder", "library")
BY_NAME = (*BY_COOKIE, "holder_token", "official_token")
"""Guards that ask who somebody is; the others ask only for the secret in the address."""
SHUT = {302, 400, 401, 403, 404, 405, 409, 422}
"""What a stranger may be told about something that is not theirs; a redirect leads to where one proves who one is."""
FORM = {
    "act": "move", "of": "forward", "key": "k", "seen": "1", "text": "x", "pesan": "x", "alasan": "x", "post": "1", "pk": "1",
    "perkara": "P-2026-000001", "kode": "MUBA-0000-0000-0000-0000-0", "pin": "000000", "email": "x@y.example",
}  # fmt: skip


@pytest.fixture(autouse=True)
def a_real_office(settings: Settings) -> None:
    settings.KANTOR_DEMO = False


def test_every_route_has_something_to_try_on_it() -> None:
    assert not unsampled(), "say in tests/access/routes.py what to try for these"


def test_every_route_says_who_may_open_it() -> None:
    assert not [one for one in EVERY if not one.guard], "give the view a guard of kantormaya/people/guards.py"


def walk(client: Client, route: Route, world: World) -> list[Answer]:
    """Open it and send a form to it, with every sample."""
    return [ask(client, how, path, FORM if how == "post" else None) for path in addresses(route, world) for how in ("get", "post")]  # fmt: skip


def nothing_came_of(found: list[Answer], route: Route, world: World) -> None:
    """No secret in any answer; what names something of hers is shut. Prints its row of the table (`pytest tests/access -s`)."""
    statuses = " ".join(str(one) for one in sorted({answer.status for answer in found}))
    print(f"{route.guard:<15} {route.address:<60} {len(found):>4} tried: {statuses}")
    hidden = world.secrets - told_to_all(route, world)
    for answer in found:
        assert not answer.gives_away(hidden), f"{answer.asked} ({answer.status}) gives away {answer.gives_away(hidden)}"  # fmt: skip
        assert answer.status < 500, f"{answer.asked}: {answer.status}"
        if route.guard in BY_NAME and route.names_something:
            assert answer.status in SHUT, f"{answer.asked} is open: {answer.status}"


@pytest.mark.parametrize("route", EVERY, ids=IDS)
def test_nobody_in_particular_opens_nothing_of_hers(route: Route, world: World) -> None:
    nothing_came_of(walk(Client(), route, world), route, world)


@pytest.mark.parametrize("route", EVERY, ids=IDS)
def test_whoever_holds_another_case_opens_nothing_of_hers(route: Route, world: World) -> None:
    nothing_came_of(walk(holding(world.his, HIS["email"]), route, world), route, world)


@pytest.mark.parametrize("route", EVERY, ids=IDS)
def test_officials_of_an_agency_without_a_part_open_nothing_of_hers(route: Route, world: World) -> None:
    posts = [post for (agency, _), post in world.office.posts.items() if agency == STRANGER]
    for post in posts if route.guard == "official" else posts[:1]:
        nothing_came_of(walk(world.at_desk(post), route, world), route, world)


def test_what_is_taken_without_the_token_of_a_form_is_opened_by_no_cookie() -> None:
    assert not [one for one in EVERY if one.is_for_machines and one.guard in BY_COOKIE]


@pytest.mark.parametrize("route", FORMS, ids=lambda one: one.name)
def test_no_form_is_taken_without_its_token(route: Route, world: World) -> None:
    for who in (None, world.office.post("front_office")):
        client = world.at_desk(who) if who else Client()
        client.handler.enforce_csrf_checks = True
        for path in addresses(route, world, most=2):
            answer = ask(client, "post", path, FORM)
            assert answer.status in (403, 405), f"{answer.asked}: {answer.status}"
