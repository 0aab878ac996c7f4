"""Any PostgreSQL will do: the two roles are made, or a sentence says what an administrator has to run."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

from kantormaya.site.database import prepare
from kantormaya.site.terminal import HouseFault


class Elsewhere:
    """Another database on the test's server, and a user who may do nothing there."""

    def __init__(self, sockets: str) -> None:
        self.sockets = sockets
        self.url = f"postgresql://tamu@/lain?host={quote(sockets, safe='')}"

    def admin(self, statements: str, database: str = "lain") -> None:
        with psycopg.connect(
            host=self.sockets, user="postgres", dbname=database, autocommit=True
        ) as administrator:
            for statement in filter(None, statements.split(";")):
                administrator.execute(statement)


@pytest.fixture
def elsewhere(django_db_setup: None) -> Iterator[Elsewhere]:
    other = Elsewhere(connection.settings_dict["HOST"])
    other.admin("CREATE ROLE tamu LOGIN; CREATE DATABASE lain", "postgres")
    yield other
    other.admin("DROP DATABASE lain; DROP ROLE tamu", "postgres")


def test_a_user_without_rights_is_told_what_an_administrator_has_to_run_and_that_is_enough(
    elsewhere: Elsewhere,
) -> None:
    with pytest.raises(HouseFault) as refused:
        prepare(elsewhere.url)
    assert "pengelola server" in refused.value.text.id
    assert refused.value.text.en
    remedy = refused.value.text.en.partition("lain: ")[2]
    # the roles exist on this server already, for the tests themselves
    elsewhere.admin("; ".join(part for part in remedy.split("; ") if not part.startswith("CREATE ROLE")))
    prepare(elsewhere.url)


def test_preparing_twice_changes_nothing(elsewhere: Elsewhere) -> None:
    elsewhere.admin("GRANT kantor_owner, kantor_app TO tamu; GRANT CREATE ON SCHEMA public TO kantor_owner")
    prepare(elsewhere.url)
    prepare(elsewhere.url)


def test_a_server_that_does_not_answer_is_said_in_both_languages() -> None:
    with pytest.raises(HouseFault) as refused:
        prepare("postgresql://x@127.0.0.1:1/x")
    assert "tidak dapat dihubungi" in refused.value.text.id
    assert "can't be reached" in (refused.value.text.en or "")
