"""What hangs on a case, read in one statement, is what reading it table by table gives."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kantormaya.audit.models import Entry
from kantormaya.audit.recording import record
from kantormaya.cases.gathering import gather
from kantormaya.people.models import Agency

pytestmark = pytest.mark.django_db


def said(row: object) -> dict[str, object]:
    """The columns of a row that were read."""
    return {name: value for name, value in vars(row).items() if not name.startswith("_")}


def test_rows_of_several_tables_come_in_one_statement_with_the_values_they_have(as_system: None) -> None:
    Agency.objects.create(
        slug="uji", name="Dinas “Uji” 100 %", contact={"phone": "0714", "at": ["a", None, 1.5]}
    )
    for n in range(3):
        record(f"act {n}", actor="uji", case_id=None, number=n)
    asked = (
        Entry.objects.filter(actor="uji").order_by("-pk"),
        Agency.objects.filter(slug="uji"),
        Agency.objects.filter(slug="none"),
    )
    with CaptureQueriesContext(connection) as caught:
        found = gather(*asked)
    assert len(caught) == 1
    assert [[said(row) for row in rows] for rows in found] == [[said(row) for row in rows] for rows in asked]
    assert [len(rows) for rows in found] == [3, 1, 0]


def test_a_column_that_was_left_out_is_read_when_it_is_asked_for(as_system: None) -> None:
    Agency.objects.create(slug="uji", name="Dinas Uji")
    ((agency,),) = gather(Agency.objects.filter(slug="uji").defer("name"))
    assert "name" not in vars(agency)
    assert agency.name == "Dinas Uji"
