"""Every shipped service can be applied for through its pages, in both languages, for every kind of application."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from kantormaya.audit.time import now
from kantormaya.cases.models import Draft
from kantormaya.casework import applying
from kantormaya.casework.identity import identity
from kantormaya.casework.tests.office import SERVICES, furnish
from kantormaya.catalogue.publishing import definition_of
from kantormaya.engine.generating import sample
from kantormaya.language.asking import Field, Requirement
from kantormaya.language.definition import Definition
from kantormaya.language.forms import written
from kantormaya.language.reading import load
from kantormaya.people.scopes import scope_case, scoped
from kantormaya.portal.steps import Road, Step, hanging, question_pages, road
from kantormaya.portal.tests.citizens import WHO, hand_in, pdf, photo, send, text

SLUGS = sorted(
    file.parent.name
    for file in SERVICES.glob("*/service.toml")
    if "[national]" not in file.read_text("utf-8")  # those one applies for elsewhere
)
MORE = {
    "organisation": "Badan Contoh",
    "passport": "X000000",
    "proxy_name": "Kuasa Contoh",
    "proxy_nik": WHO["nik"],
}


@pytest.mark.django_db
@pytest.mark.parametrize("slug", SLUGS)
def test_an_application_for_every_service_goes_in_through_its_pages(slug: str, client: Client) -> None:
    definition = definition_of(furnish(slug).revisions[slug])
    token = _begin(client, definition, next(iter(definition.variants), ""), 0)
    for _ in range(60):
        here = _road(token)
        step = here.step(here.first_open())
        if step is None:
            break
        _in_both_languages(client, token, step.id)
        _fill(client, token, here, step)
    _in_both_languages(client, token, "periksa")
    case, _ = hand_in(client, token)
    assert case.service_slug == slug
    for path in ("/ajukan/diterima/", "/lacak/perkara/"):
        assert client.get(path).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("slug", SLUGS)
def test_every_kind_of_application_and_applicant_opens_its_pages(slug: str, client: Client) -> None:
    definition = definition_of(furnish(slug).revisions[slug])
    for n, variant in enumerate(definition.variants or [""]):
        token = _begin(client, definition, variant, n)
        for step in ("mulai", *(one.id for one in _road(token).steps), "periksa"):
            _in_both_languages(client, token, step)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_questions_stand_on_short_pages_each_once(slug: str) -> None:
    definition = load(SERVICES / slug).definition
    assert definition is not None
    pages = question_pages(definition)
    assert sorted(name for page in pages for name in page) == sorted(definition.questions)
    assert all(len(set(page) - set(hanging(definition, page))) <= 4 and len(page) <= 6 for page in pages)


def _begin(client: Client, definition: Definition, variant: str, n: int) -> str:
    kinds = definition.party["applicant"].kinds
    begun = client.post(
        f"/ajukan/{definition.slug}/",
        {"variant": variant, "applicant_kind": kinds[n % len(kinds)] if kinds else "anonim"},
    )
    assert begun.status_code == 302, text(begun)
    return begun.headers["Location"].split("/")[3]


def _road(token: str) -> Road:
    with scoped(scope_case(token)):
        draft = Draft.objects.select_related("revision").get(token=token)
        return road(definition_of(draft.revision), applying.filled(draft))


def _in_both_languages(client: Client, token: str, step: str) -> None:
    for language in ("en", "id"):
        client.cookies["bahasa"] = language
        page = client.get(f"/ajukan/isi/{token}/{step}/")
        assert page.status_code == 200, step
        assert not re.search(r">\s*None\s*<|=\"None\"|\{\w+\}", page.content.decode()), step


def _fill(client: Client, token: str, here: Road, step: Step) -> None:
    match step.kind:
        case "identity":
            send(client, token, step.id, {name: (WHO | MORE)[name] for name in identity(here.filled.about)})
        case "questions":
            fields = {name: here.definition.field[name] for name in step.names}
            send(client, token, step.id, _typed(fields, here))
        case "time":
            page = client.get(f"/ajukan/isi/{token}/{step.id}/").content.decode()
            first = re.search(r'name="waktu" id="[^"]+" value="([^"]+)"', page)
            send(client, token, step.id, {"waktu": first[1] if first else ""})
        case "statements":
            send(client, token, step.id, dict.fromkeys(step.names, "ya"))
        case _:
            _hand_over(client, token, here, step)


def _typed(fields: dict[str, Field], here: Road) -> dict[str, Any]:
    found: dict[str, Any] = {}
    values = dict(here.values)
    for name, field in fields.items():
        value = values[name] = sample(field, values, here.calendar, now())
        if field.type == "rows":
            found |= {
                f"{name}.0.{key}": _plain(column, value[0][key]) for key, column in field.columns.items()
            }
        else:
            found |= _posted(name, field, value)
    return found


def _posted(name: str, field: Field, value: Any) -> dict[str, Any]:
    if field.type != "place":
        return {name: _plain(field, value)}
    at = written(field, value)
    return {name: at["address"], f"{name}.village": at["village"], f"{name}.point": at["point"]}


def _plain(field: Field, value: Any) -> Any:
    if field.type == "yes_no":
        return "ya" if value else "tidak"
    return written(field, value)


def _hand_over(client: Client, token: str, here: Road, step: Step) -> None:
    (name,) = step.names
    item, key = here.definition.requirement[name], name
    if item.one_of:
        found = re.findall(
            rf'name="pilih\.{name}"[^>]*value="(\w+)"',
            client.get(f"/ajukan/isi/{token}/{step.id}/").content.decode(),
        )
        if found:
            send(client, token, step.id, {f"pilih.{name}": found[0]})
        page = client.get(f"/ajukan/isi/{token}/{step.id}/").content.decode()
        member = re.search(rf'name="{name}\.(\w+)"', page)
        assert member, step.id
        key, item = f"{name}.{member[1]}", item.one_of[member[1]]
    chosen = {f"pilih.{name}": key.partition(".")[2]} if "." in key else {}
    if item.kind == "statement":
        send(client, token, step.id, {**chosen, key: "ya"})
    else:
        send(client, token, step.id, {**chosen, key: [_paper(item, n) for n in range(item.count)]})


def _paper(item: Requirement, n: int) -> Any:
    return pdf(f"berkas{n}.pdf") if "pdf" in item.accept else photo(f"foto{n}.jpg", (n * 40, 90, 90))
