"""Inside the office: each role sees what its work needs, with identities covered; an agency that is asked sees that case alone."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from kantormaya.audit.models import Entry
from kantormaya.cases.models import Case, Party
from kantormaya.people.scopes import scope_agency, scoped
from tests.access.asking import ask
from tests.access.routes import Route, addresses, routes
from tests.access.world import ADVISER, HER, NEVER_SHOWN, SYSTEM, World, holding

pytestmark = pytest.mark.django_db
DESK = [one for one in routes() if one.guard == "official"]
OFFICE = "dpmptsp"
OPENED_ON_RECORD = ("desk_file", "desk_paper")
"""The files and papers themselves: whoever opens one leaves a line in the audit."""
ON_PAPERS = ("desk_papers", "desk_issued")
"""The list of issued papers, which say whom they were issued to, and nothing else."""


@pytest.fixture(autouse=True)
def a_real_office(settings: Settings) -> None:
    settings.KANTOR_DEMO = False


def test_the_walk_would_see_something_if_it_were_there(world: World) -> None:
    hers = ask(holding(world.hers["billed"]), "get", "/lacak/perkara/")
    assert hers.status == 200 and hers.gives_away(world.secrets)
    desk = ask(world.at_desk(world.office.post("front_office")), "get", "/meja/unit/")
    assert desk.gives_away({world.hers["new"].number})


@pytest.mark.parametrize("route", DESK, ids=lambda one: one.name)
def test_what_tells_who_she_is_stays_covered_for_every_role_of_the_office(route: Route, world: World) -> None:
    for (agency, role), post in world.office.posts.items():
        if agency == OFFICE:
            for path in addresses(route, world, most=4):
                answer = ask(world.at_desk(post), "get", path)
                assert answer.status < 500
                hidden = set(NEVER_SHOWN) - (
                    {HER["name"], "Kertasemaya"} if route.name in ON_PAPERS else set()
                )
                if route.name not in OPENED_ON_RECORD:
                    assert not answer.gives_away(hidden), f"{role}: {answer.asked}"


@pytest.mark.parametrize("route", [one for one in DESK if one.roles], ids=lambda one: one.name)
def test_a_page_of_one_role_is_shut_to_the_others(route: Route, world: World) -> None:
    for (agency, role), post in world.office.posts.items():
        if agency == OFFICE and role not in route.roles:
            for path in addresses(route, world, most=2):
                for how in ("get", "post"):
                    assert ask(world.at_desk(post), how, path).status in (403, 405), f"{role}: {how} {path}"


def test_the_covers_come_off_on_record_only(world: World) -> None:
    client, case = world.at_desk(world.office.post("front_office")), world.hers["new"]
    path = f"/meja/perkara/{case.number}/tampilkan/"
    assert client.get(path).status_code == 302
    shown = client.post(path)
    assert HER["nik"] in shown.content.decode() and "no-store" in shown["Cache-Control"]
    with scoped(SYSTEM):
        assert Entry.objects.filter(act="pii.shown", case_id=case.pk).count() == 1


def test_an_agency_that_is_asked_sees_that_case_and_no_other(world: World) -> None:
    post = world.office.post("technical_team", ADVISER)
    with scoped(SYSTEM):
        asked = set(Party.objects.filter(agency=post.agency).values_list("case_id", flat=True))
    assert {world.hers["billed"].pk, world.hers["ended"].pk} <= asked
    assert not {world.hers["new"].pk, world.his.pk} & asked
    with scoped(scope_agency(post.agency_id, post.account_id)):
        assert set(Case.objects.values_list("pk", flat=True)) == asked
    client = world.at_desk(post)
    for case in (*world.hers.values(), world.his):
        answer = ask(client, "get", f"/meja/perkara/{case.number}/")
        assert answer.status == (200 if case.pk in asked else 404), case.number
        assert not answer.gives_away(NEVER_SHOWN)


def test_an_agency_whose_part_is_over_does_not_uncover_any_more(world: World) -> None:
    client = world.at_desk(world.office.post("liaison_officer", ADVISER))
    answer = ask(client, "post", f"/meja/perkara/{world.hers['ended'].number}/tampilkan/")
    assert answer.status == 403 and not answer.gives_away(NEVER_SHOWN)


@pytest.mark.parametrize("route", [one for one in DESK if one.names_something], ids=lambda one: one.name)
def test_an_agency_that_is_asked_opens_nothing_of_the_cases_it_is_not_asked_on(
    route: Route, world: World
) -> None:
    hers = {"new": world.hers["new"], "returned": world.hers["returned"]}
    files = [one for one in world.uploads if one.case_id in {case.pk for case in hers.values()}]
    apart = World(
        world.office, hers, world.his, world.her_draft, world.his_draft, files, world.papers, world.bills, world.payments,
        world.messages, world.invitations, world.signed_in,
    )  # fmt: skip
    seen = world.office.post("technical_team", ADVISER)
    for path in addresses(route, apart):
        if any(case.number in path for case in hers.values()):
            for how in ("get", "post"):
                answer = ask(
                    world.at_desk(seen), how, path, {"act": "say", "text": "x", "key": "k", "seen": "1"}
                )
                shut = (
                    (302, 403, 404, 405) if how == "get" else (403, 404, 405)
                )  # 302: to the case, which is not there
                assert answer.status in shut, f"{answer.asked}: {answer.status}"
