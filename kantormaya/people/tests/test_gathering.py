"""A row and what hangs on it, read in one statement, are what reading them table by table gives."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from kantormaya.audit.gathering import gathered
from kantormaya.audit.models import Entry
from kantormaya.audit.recording import record
from kantormaya.people.models import Agency

pytestmark = pytest.mark.django_db


@gathered
def read(its: Any, slug: Any, act: Any) -> tuple[QuerySet[Any], ...]:
    entries = Entry.objects.filter(agency_id=its)
    return Agency.objects.filter(slug=slug).defer("name"), entries.order_by("-pk"), entries.filter(act=act)


@pytest.fixture
def agency(as_system: None) -> Agency:
    made = Agency.objects.create(
        slug="uji", name="Dinas “Uji” 100 %", contact={"phone": "0714", "at": ["a", None, 1.5]}
    )
    for n in range(3):
        record(f"act {n}", actor="uji", agency_id=made.pk, number=n)
    record("act 0", actor="others")
    return made


def said(row: object) -> dict[str, object]:
    """The columns of a row that were read."""
    return {name: value for name, value in vars(row).items() if not name.startswith("_")}


def test_a_row_and_what_hangs_on_it_come_in_one_statement_with_the_values_they_have(agency: Agency) -> None:
    own = Entry.objects.filter(agency_id=agency.pk).order_by("-pk")
    for act in ("act 1", "act 2"):  # the same words, and other values
        with CaptureQueriesContext(connection) as caught:
            found = read(slug="uji", act=act)
        assert len(caught) == 1
        assert found is not None
        one, (entries, those) = found
        assert said(one) == said(Agency.objects.defer("name").get(pk=agency.pk))
        assert [said(row) for row in entries] == [said(row) for row in own]
        assert [row.act for row in those] == [act]


def test_where_there_is_no_such_row_there_is_nothing(agency: Agency) -> None:
    assert read(slug="none", act="act 1") is None


def test_a_column_that_was_left_out_is_read_when_it_is_asked_for(agency: Agency) -> None:
    found = read(slug="uji", act="none")
    assert found is not None
    assert "name" not in vars(found[0])
    assert found[0].name == "Dinas “Uji” 100 %"
