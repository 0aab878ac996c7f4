"""Rows written together: one statement, all or nothing, and at once where nobody waits."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kantormaya.audit.models import Entry
from kantormaya.audit.recording import record
from kantormaya.audit.rows import the_row
from kantormaya.audit.time import now
from kantormaya.audit.together import change, flush, keep, together
from kantormaya.outbox.models import Message
from kantormaya.outbox.sending import enqueue

pytestmark = pytest.mark.django_db


def jobs() -> int:
    """How many jobs of the outbox wait."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'outbox.deliver' AND queue_name = 'outbox'"
        )
        return int(cursor.fetchone()[0])


def test_lines_messages_and_one_job_go_in_one_statement(as_system: None) -> None:
    before = jobs()  # the queue's own table keeps those of other tests
    with CaptureQueriesContext(connection) as caught, together():
        record("first", actor="uji")
        enqueue("a", to="a@contoh.example", subject="a", body="100 % {tentu}")
        enqueue("b", to="b@contoh.example", subject="b", body="b")
        record("second", actor="uji")
    assert len(caught) == 1
    assert [one.act for one in Entry.objects.filter(actor="uji").order_by("pk")] == ["first", "second"]
    assert {one.key: one.body for one in Message.objects.all()} == {"a": "100 % {tentu}", "b": "b"}
    assert jobs() == before + 1


def test_outside_of_a_block_each_is_written_at_once(as_system: None) -> None:
    before = jobs()
    enqueue("c", to="c@contoh.example", subject="c", body="c")
    enqueue("c", to="c@contoh.example", subject="c", body="again")
    assert (Message.objects.get(key="c").body, jobs()) == ("c", before + 2)


def test_a_block_that_fails_sends_nothing_and_the_next_one_is_clean(as_system: None) -> None:
    with pytest.raises(RuntimeError), together():
        record("lost", actor="uji")
        raise RuntimeError
    with together():
        record("kept", actor="uji")
    assert [one.act for one in Entry.objects.filter(actor="uji")] == ["kept"]


def test_what_is_flushed_can_be_read_within_the_block(as_system: None) -> None:
    with together():
        record("early", actor="uji")
        assert not Entry.objects.filter(actor="uji").exists()
        flush()
        assert Entry.objects.filter(actor="uji").count() == 1
    assert Entry.objects.filter(actor="uji").count() == 1


def test_what_a_row_says_is_kept_with_the_rest_and_a_second_change_of_it_comes_after(as_system: None) -> None:
    enqueue("d", to="d@contoh.example", subject="d", body="d")
    row = Message.objects.get(key="d")
    with CaptureQueriesContext(connection) as caught, together():
        record("changed", actor="uji")
        row.body, row.tries = "first", 1
        keep(row, "body", "tries")
        assert not caught.captured_queries
        row.body = "second"
        keep(row, "body", "tries")
    assert len(caught) == 1
    with CaptureQueriesContext(connection) as caught, together():
        row.tries = 2
        keep(row, "body", "tries")
        row.body = "third"
        keep(row, "body")  # one statement changes a row once
    assert len(caught) == 2
    kept = Message.objects.get(key="d")
    assert (kept.body, kept.tries) == ("third", 2)


def test_many_rows_are_changed_in_one_statement_that_says_the_same_for_any_number(as_system: None) -> None:
    for n in range(5):
        enqueue(f"m{n}", to="m@contoh.example", subject="m", body="m")
    rows = list(Message.objects.filter(to="m@contoh.example").order_by("pk"))
    texts = []
    for some in (rows[:1], rows):
        with CaptureQueriesContext(connection) as caught, together():
            for n, row in enumerate(some):
                row.tries, row.sent_at = n, row.created_at
                keep(row, "tries", "sent_at")
        (one,) = caught.captured_queries
        texts.append(str(one["sql"]).split("json_populate_recordset")[0])
    assert texts[0] == texts[1]
    kept = Message.objects.filter(to="m@contoh.example").order_by("pk")
    assert [(one.tries, one.sent_at) for one in kept] == [(n, row.created_at) for n, row in enumerate(rows)]


def test_lines_and_a_change_go_together(as_system: None) -> None:
    enqueue("e", to="e@contoh.example", subject="e", body="e")
    row = Message.objects.get(key="e")
    with CaptureQueriesContext(connection) as caught, together():
        record("changed", actor="uji")
        row.body = "new"
        keep(row, "body")
    assert len(caught) == 1
    assert Message.objects.get(key="e").body == "new"
    assert Entry.objects.filter(actor="uji").count() == 1


def test_every_row_that_fits_is_changed_with_the_rest_and_an_empty_column_can_be_asked_for(
    as_system: None,
) -> None:
    for key in ("e", "f", "g"):
        enqueue(key, to="e@contoh.example", subject=key, body="e")
    Message.objects.filter(key="g").update(sent_at=now())
    with CaptureQueriesContext(connection) as caught, together():
        record("changed", actor="uji")
        change(Message, {"to": "e@contoh.example", "sent_at": None}, subject="changed")
    assert len(caught) == 1
    changed = Message.objects.filter(subject="changed")
    assert {one.key for one in changed} == {"e", "f"}


def test_one_row_is_read_by_what_names_it_as_the_table_itself_reads_it(as_system: None) -> None:
    enqueue("h", to="h@contoh.example", subject="h", body="h")
    record("looked", actor="uji", found=["a", 1])
    for table, named in ((Message, {"key": "h", "to": "h@contoh.example"}), (Entry, {"actor": "uji"})):
        row, again = table._default_manager.get(**named), the_row(table, locked=table is Message, **named)
        names = [one.attname for one in table._meta.concrete_fields]
        assert again is not None
        assert [getattr(again, name) for name in names] == [getattr(row, name) for name in names]
    assert the_row(Entry, actor="nobody") is None


def test_a_change_of_a_row_that_the_scope_does_not_see_is_no_silence(as_system: None) -> None:
    enqueue("f", to="f@contoh.example", subject="f", body="f")
    row = Message.objects.get(key="f")
    with pytest.raises(DatabaseError, match="does not see"), transaction.atomic():
        connection.cursor().execute("SELECT set_config('kantor.scope', 'public', true)")
        keep(row, "body")
