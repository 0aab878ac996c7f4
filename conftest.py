"""What every test stands on: a PostgreSQL of its own, the roles of the house, and no test left out unseen."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from kantormaya.catalogue import fresh
from kantormaya.people.scopes import scope_system, scoped
from kantormaya.portal import printed
from kantormaya.site.database import APP, OWNER, speak_as
from kantormaya.site.embedded import Server, distribution_binaries, embedded_binaries

fresh.SECONDS = printed.SECONDS = 0  # a test publishes and looks at once
settings.STORAGES = settings.STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever touches the database is marked `db`, so that it can be run again on another PostgreSQL."""
    touches = {"db", "transactional_db", "live_server", "django_db_setup"}
    for item in items:
        if item.get_closest_marker("django_db") or touches & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.db)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """On the build machine a test that was skipped is a test that failed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if skipped and os.environ.get("CI") == "true":
        reporter.write_line(f"\n{len(skipped)} skipped: under CI nothing may be skipped.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session", autouse=True)
def data_folder() -> Iterator[Path]:
    """A folder for files and databases that is gone after the run."""
    folder = Path(tempfile.mkdtemp(prefix="kantor uji "))
    settings.KANTOR_DATA, settings.MEDIA_ROOT = folder, folder / "files"
    settings.STATIC_ROOT = folder / "static"
    settings.STATIC_ROOT.mkdir()  # whitenoise warns where there is none
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(data_folder: Path, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """A fresh server, migrated by the owner; the tests themselves speak as kantor_app, like the program."""
    system = os.environ.get("KANTOR_TEST_POSTGRES") == "system"
    binaries = distribution_binaries() if system else embedded_binaries()
    if binaries is None:
        pytest.exit("There is no PostgreSQL >= 15 of the distribution: install the package postgresql.", 2)
    server = Server(binaries, data_folder / "db", settings=("fsync=off",))
    server.start()
    connection.settings_dict.update(
        HOST=str(server.sockets), USER="kantor", NAME="kantor", PASSWORD="", PORT=""
    )
    with django_db_blocker.unblock():
        speak_as(OWNER)
        call_command("migrate", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute(
                f"GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {APP}"
            )  # how Django clears tables
        speak_as(APP)
        yield
        connection.close()
    server.stop()


@pytest.fixture
def as_system(db: None) -> Iterator[None]:
    """The scope of the worker, for tests that look at rows themselves."""
    with scoped(scope_system("test")):
        yield


@pytest.fixture
def demo() -> Iterator[None]:
    """The demo's ease: one button per role, no second factor."""
    before, settings.KANTOR_DEMO = settings.KANTOR_DEMO, True
    yield
    settings.KANTOR_DEMO = before
