"""What the house can't serve just now is told from what is a mistake of ours."""

from __future__ import annotations

import errno

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.test import RequestFactory
from psycopg import errors
from psycopg_pool import PoolTimeout

from kantormaya.api.problems import told
from kantormaya.api.unserved import unserved
from kantormaya.site.out_of_order import out_of_order


def after(cause: BaseException) -> BaseException:
    """A fault that another one caused."""
    try:
        try:
            raise cause
        except type(cause) as fault:
            raise RuntimeError("on the way out") from fault
    except RuntimeError as whole:
        return whole


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (OperationalError("the server closed the connection"), 503),
        (after(OperationalError("gone")), 503),
        (errors.ReadOnlySqlTransaction("a standby only reads"), 503),
        (after(errors.DiskFull("could not extend file")), 507),
        (OSError(errno.ENOSPC, "No space left on device"), 507),
        (OSError(errno.EROFS, "Read-only file system"), 503),
        (OSError(errno.EACCES, "Permission denied"), None),
        (PoolTimeout("no connection was free"), 503),
        (psycopg.DatabaseError("the connection was cut within an answer"), 503),
        (psycopg.ProgrammingError("the query has 1 placeholder but 2 parameters"), None),
        (ValueError("ours"), None),
    ],
)
def test_no_database_is_503_no_room_is_507_and_a_mistake_stays_500(
    fault: BaseException, status: int | None
) -> None:
    assert unserved(fault) == status
    request = RequestFactory().get("/")
    assert told(request, fault).status_code == (status or 500)
    try:
        raise fault
    except type(fault):
        page = out_of_order(request)
    assert page.status_code == (status or 500)
    assert b"<h1>" in page.content
    assert ("Retry-After" in page) == (status is not None)


THEIRS = (
    "08006 08P01 25006 25P03 26000 28000 28P01 3D000 40001 40P01 53200 53300 55P03 57014 57P01 57P02 57P03 57P05 58030"
    " F0000 XX001 XX002"
)
OURS = "21000 22001 22P05 23503 23505 24000 25P02 34000 42501 42601 42804 44000 54000 54001 55000 P0001 XX000"


@pytest.mark.parametrize(
    ("state", "status"),
    [("53100", 507), *((one, 503) for one in THEIRS.split()), *((one, None) for one in OURS.split())],
)
def test_each_class_of_what_the_database_says_is_its_own_trouble_or_our_mistake(
    state: str, status: int | None
) -> None:
    said = errors.lookup(state)("said the database")
    assert unserved(said) == status
    wrapped = OperationalError("as Django passes it on")
    wrapped.__cause__ = said
    assert unserved(wrapped) == status


def caught(words: str) -> DatabaseError:
    """What is raised when the database is asked this."""
    with pytest.raises(DatabaseError) as raised, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(words)
    return raised.value


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_ended_and_a_statement_that_takes_too_long_are_503() -> None:
    assert unserved(caught("SET LOCAL statement_timeout = 1; SELECT pg_sleep(1)")) == 503
    assert unserved(caught("SET LOCAL ROLE NONE; SELECT pg_terminate_backend(pg_backend_pid())")) == 503
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_table_that_is_not_there_is_our_mistake_unless_the_tables_are_of_another_version() -> None:
    assert unserved(caught("SELECT 1 FROM nowhere")) is None
    later = MigrationRecorder.Migration.objects.create(app="cases", name="9999_by_a_newer_program")
    assert unserved(caught("SELECT 1 FROM nowhere")) == 503
    later.delete()
    last = MigrationRecorder.Migration.objects.latest("pk")
    last.delete()
    try:
        assert unserved(caught("SELECT 1 FROM nowhere")) == 503
    finally:
        MigrationRecorder.Migration.objects.create(app=last.app, name=last.name)
