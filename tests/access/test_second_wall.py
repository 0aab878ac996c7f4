"""The wall beneath the pages: a query that forgets every condition, in a transaction of its own, as the role of the program.

Every table with a column for a case is tried; one that somebody adds tomorrow is among them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, connection, models

from kantormaya.cases.models import Case, Draft
from kantormaya.people.scopes import scope_agency, scope_case, scope_public, scoped
from tests.access.world import ADVISER, STRANGER, SYSTEM, World

CASES = ("cases.Case", "cases.Draft")


def column(model: type[models.Model]) -> str | None:
    """The column of a table that names a case, or the draft it may become."""
    for one in model._meta.concrete_fields:
        if one.related_model is not None and one.related_model._meta.label in CASES:
            return one.attname
        if one.attname == "case_id":
            return one.attname
    return {"cases.Case": "id", "cases.Draft": "token"}.get(model._meta.label)


TABLES = [m for m in apps.get_models() if m.__module__.startswith("kantormaya.") and column(m)]
HANGING = [m for m in TABLES if m is not Draft]


@pytest.fixture
def in_autocommit(world: World, django_db_blocker: Any) -> Iterator[None]:
    """Outside any test transaction: each query is one of its own."""
    with django_db_blocker.unblock():
        assert not connection.in_atomic_block
        yield


pytestmark = pytest.mark.usefixtures("in_autocommit")
every = pytest.mark.parametrize("model", HANGING, ids=lambda m: m._meta.label)


def of_cases(model: type[models.Model]) -> set[int]:
    """The cases whose rows a query without any condition finds."""
    return set(model._base_manager.values_list(column(model), flat=True))


def test_the_program_is_no_superuser_and_does_not_own_the_tables_it_reads() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('is_superuser')")
        assert cursor.fetchone() == ("kantor_app", "off")
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = 'kantor_app'")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT rolbypassrls FROM pg_roles WHERE rolname = 'kantor_app'")
        assert cursor.fetchone() == (False,)


@pytest.mark.parametrize("model", TABLES, ids=lambda m: m._meta.label)
def test_a_table_with_a_case_has_a_wall(model: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relrowsecurity FROM pg_class WHERE relname = %s", [model._meta.db_table])
        assert cursor.fetchone() == (True,), "put wall(…) of kantormaya/people/walls.py into its migration"


@every
def test_something_is_there_to_be_hidden(model: type[models.Model], world: World) -> None:
    row_of(model, world.hers["ended"])
    with scoped(SYSTEM):
        assert world.hers["ended"].pk in of_cases(model)


@every
def test_without_a_scope_nothing_is_found(model: type[models.Model], world: World) -> None:
    row_of(model, world.hers["ended"])
    assert of_cases(model) <= {None}
    assert model._base_manager.exclude(**{column(model): None}).count() == 0


@every
def test_whoever_holds_a_code_finds_that_case_only(model: type[models.Model], world: World) -> None:
    for case in (world.hers["ended"], world.his):
        row_of(model, case)
    with scoped(scope_case(world.his.code)):
        assert of_cases(model) <= {world.his.pk, None}
    with scoped(scope_case("MUBA-0000-0000-0000-0000-0")):
        assert of_cases(model) <= {None}


@every
def test_an_agency_finds_the_cases_it_has_a_part_in_only(model: type[models.Model], world: World) -> None:
    for case in (world.hers["ended"], world.hers["new"], world.his):
        row_of(model, case)
    with scoped(scope(world, STRANGER)):
        assert of_cases(model) <= {None}
    with scoped(scope(world, ADVISER)):
        assert not of_cases(model) & {world.hers["new"].pk, world.his.pk}


@every
def test_the_public_finds_nothing(model: type[models.Model], world: World) -> None:
    row_of(model, world.hers["ended"])
    with scoped(scope_public()):
        assert of_cases(model) <= {None}


@every
def test_nobody_changes_or_removes_rows_of_a_case_that_is_not_theirs(
    model: type[models.Model], world: World
) -> None:
    row_of(model, world.hers["ended"])
    name = column(model)
    for foreign in (scope(world, STRANGER), scope_case(world.his.code), scope_public()):
        for verb in (
            f"UPDATE {model._meta.db_table} SET {name} = {name}",
            f"DELETE FROM {model._meta.db_table}",
        ):
            touched = 0
            try:
                with scoped(foreign), connection.cursor() as cursor:
                    cursor.execute(f"{verb} WHERE {name} = %s", [world.hers["ended"].pk])
                    touched = cursor.rowcount
            except ProgrammingError:  # a right that the program does not have at all
                pass
            assert touched == 0, f"{foreign.kind}: {verb}"


@every
def test_nobody_hangs_a_row_on_a_case_that_is_not_theirs(model: type[models.Model], world: World) -> None:
    if model is Case:
        return
    for foreign in (scope(world, STRANGER), scope_case(world.his.code), scope_public()):
        with pytest.raises((ProgrammingError, IntegrityError)), scoped(foreign):
            made_up(model, world.hers["new"]).save(force_insert=True)


def test_a_draft_is_found_by_its_token_only(world: World) -> None:
    assert Draft.objects.count() == 0
    for foreign in (scope(world, "dpmptsp"), scope_public(), scope_case(world.his_draft.token)):
        with scoped(foreign):
            assert not Draft.objects.filter(pk=world.her_draft.pk).exists()
            assert Draft.objects.filter(pk=world.her_draft.pk).update(variant="x") == 0


def scope(world: World, agency: str) -> Any:
    """What an official of that agency sees."""
    post = world.office.post("head_of_office", agency)
    return scope_agency(post.agency_id, post.account_id)


def row_of(model: type[models.Model], case: Case) -> None:
    """Make sure that a table holds something of a case; for a table that nobody furnished, something made up."""
    with scoped(SYSTEM):
        if model is not Case and not model._base_manager.filter(**{column(model): case.pk}).exists():
            made_up(model, case).save(force_insert=True)


def made_up(model: type[models.Model], case: Case) -> models.Model:
    """A row for a case, its other columns filled with the first thing that fits."""
    values: dict[str, Any] = {}
    for one in model._meta.concrete_fields:
        if one.attname == column(model):
            values[one.attname] = case.pk
        elif isinstance(one, models.ForeignKey):
            values[one.attname] = (
                None if one.null else one.related_model._base_manager.values_list("pk", flat=True)[0]
            )
        elif not one.primary_key and not one.has_default():
            values[one.attname] = _filled(one, case)
    return model(**values)


def _filled(one: models.Field[Any, Any], case: Case) -> Any:
    if isinstance(one, models.BooleanField):
        return False
    if one.null and not isinstance(one, models.CharField):
        return None
    if isinstance(one, models.DateTimeField):
        return datetime(2026, 1, 1, tzinfo=UTC)
    if isinstance(one, models.DateField):
        return date(2026, 1, 1)
    if isinstance(one, models.CharField):
        return one.choices[0][0] if one.choices else f"x{case.pk}"[: one.max_length]
    return "x" if isinstance(one, models.TextField) else case.pk
