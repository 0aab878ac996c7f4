"""The wall beneath the wall: what a query that forgets to ask sees, in each of the four scopes."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from kantormaya.audit.models import Entry
from kantormaya.audit.recording import record
from kantormaya.cases.models import Case, Draft, Event, Party, Pii
from kantormaya.cases.tests import folders
from kantormaya.catalogue.models import Revision
from kantormaya.people.scopes import (
    Scope,
    current_scope,
    scope_agency,
    scope_case,
    scope_public,
    scope_system,
    scoped,
)

# SET LOCAL outlives a savepoint: each of these tests runs in transactions of its own.
pytestmark = pytest.mark.django_db(transaction=True)

WALLED = (Case, Event, Party, Pii)


def numbers() -> dict[str, int]:
    """What a query that forgets every condition finds."""
    return {model.__name__: model.objects.count() for model in WALLED}


def test_the_program_speaks_as_a_role_that_owns_nothing_and_is_no_superuser() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('is_superuser')")
        assert cursor.fetchone() == ("kantor_app", "off")
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = 'kantor_app'")
        assert cursor.fetchone() == (0,)


def test_without_a_scope_nothing_is_seen_and_nothing_can_be_added() -> None:
    office = folders.agency("dpmptsp")
    folders.case(office)
    assert set(numbers().values()) == {0}
    with pytest.raises(ProgrammingError, match="row-level security"):
        Draft.objects.create(
            token="x",
            revision=folders.revision(office),
            created_at="2026-01-01T00:00Z",
            updated_at="2026-01-01T00:00Z",
        )


def test_after_a_scoped_transaction_the_connection_forgets_the_scope() -> None:
    folders.case(folders.agency("dpmptsp"))
    with scoped(scope_system("test")):
        assert Case.objects.count() == 1
    assert set(numbers().values()) == {0}


def test_an_agency_sees_the_cases_in_which_it_takes_part_and_no_others() -> None:
    office, health, works = (folders.agency(s) for s in ("dpmptsp", "dinkes", "pupr"))
    shared, alone = folders.case(office, health), folders.case(office)
    with scoped(scope_agency(office.pk, 1)):
        assert set(Case.objects.all()) == {shared, alone}
        assert numbers() == {"Case": 2, "Event": 2, "Party": 3, "Pii": 2}
    with scoped(scope_agency(health.pk, 1)):
        assert list(Case.objects.all()) == [shared]
        assert numbers() == {"Case": 1, "Event": 1, "Party": 2, "Pii": 1}
    with scoped(scope_agency(works.pk, 1)):
        assert set(numbers().values()) == {0}


def test_an_agency_can_ask_another_one_on_its_own_case_only() -> None:
    office, health, works = (folders.agency(s) for s in ("dpmptsp", "dinkes", "pupr"))
    case, foreign = folders.case(office), folders.case(works)
    with scoped(scope_agency(office.pk, 1)):
        Party.objects.create(case=case, agency=health, capacity="opinion")
    with scoped(scope_agency(health.pk, 1)):
        assert list(Case.objects.all()) == [case]
    with pytest.raises(ProgrammingError, match="row-level security"), scoped(scope_agency(health.pk, 1)):
        Party.objects.create(case_id=foreign.pk, agency=health, capacity="opinion")


def test_the_holder_of_a_code_sees_that_case_and_no_other() -> None:
    office = folders.agency("dpmptsp")
    mine, other = folders.case(office), folders.case(office)
    with scoped(scope_case(mine.code)):
        assert list(Case.objects.all()) == [mine]
        assert numbers() == {"Case": 1, "Event": 1, "Party": 1, "Pii": 1}
        assert Case.objects.filter(pk=other.pk).update(variant="x") == 0
    with scoped(scope_case("MUBA-0000-0000-0000-0000-0")):
        assert set(numbers().values()) == {0}


def test_a_draft_is_seen_by_the_holder_of_its_token_only() -> None:
    office = folders.agency("dpmptsp")
    mine = folders.draft(office)
    folders.draft(office)
    with scoped(scope_case(mine.token)):
        assert list(Draft.objects.all()) == [mine]
        assert Draft.objects.all().delete()[0] == 1
    with scoped(scope_agency(office.pk, 1)):
        assert Draft.objects.count() == 0


def test_the_public_sees_no_case() -> None:
    folders.case(folders.agency("dpmptsp"))
    with scoped(scope_public()):
        assert set(numbers().values()) == {0}


def test_the_system_sees_all_but_must_say_why() -> None:
    office = folders.agency("dpmptsp")
    folders.case(office)
    folders.case(office)
    with scoped(scope_system("sweep of due dates")):
        assert numbers()["Case"] == 2
        assert current_scope().reason == "sweep of due dates"
    with pytest.raises(ValueError, match="reason"):
        scope_system(" ")


def test_an_inner_scope_ends_with_its_block() -> None:
    office, works = folders.agency("dpmptsp"), folders.agency("pupr")
    folders.case(office)
    with scoped(scope_agency(works.pk, 7)):
        with scoped(scope_system("test")):
            assert Case.objects.count() == 1
        assert Case.objects.count() == 0
        with pytest.raises(ZeroDivisionError), scoped(scope_system("test")):
            raise ZeroDivisionError
        assert current_scope() == scope_agency(works.pk, 7)
    assert current_scope() == Scope()


@pytest.mark.parametrize("act", ["update", "delete"])
@pytest.mark.parametrize("model", [Entry, Event, Revision])
def test_what_is_written_once_can_be_neither_changed_nor_removed(model: type, act: str) -> None:
    office = folders.agency("dpmptsp")
    folders.case(office)
    record("look", actor="test")
    change = "SET id = id" if act == "update" else ""
    verb = "UPDATE" if act == "update" else "DELETE FROM"
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(f"{verb} {model._meta.db_table} {change}")


def test_every_table_that_hangs_on_a_case_has_a_wall() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        walled = {row[0] for row in cursor.fetchall()}
    ours = [m for m in apps.get_models() if m.__module__.startswith("kantormaya")]
    hanging = {
        m._meta.db_table
        for m in ours
        for f in m._meta.get_fields()
        if f.concrete and f.related_model and f.related_model._meta.label in ("cases.Case", "cases.Draft")
    }
    assert hanging | {"cases_case", "cases_draft"} <= walled
