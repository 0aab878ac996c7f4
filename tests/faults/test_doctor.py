"""`kantor doctor` names what is wrong with a deployment, what it means and what to do, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from kantormaya.site.doctor import Finding, examine, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def sound(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A deployment as it should be; its folder of data."""
    settings.KANTOR_DATA = tmp_path
    settings.ALLOWED_HOSTS = ["kantor.contoh.go.id"]
    settings.KANTOR_URL, settings.KANTOR_SECURE = "https://kantor.contoh.go.id", True
    settings.DEFAULT_FROM_EMAIL = "kantor@contoh.go.id"
    monkeypatch.setenv("KANTOR_SECRET_KEY", "rahasia")
    (tmp_path / "keys").mkdir(mode=0o700)
    (tmp_path / "keys" / "root.key").touch(mode=0o600)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    yield tmp_path


def named(name: str) -> Finding:
    """What is said of one thing."""
    return next(one for one in examine() if one.name.en == name)


def test_a_sound_deployment_has_no_fault(sound: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = examine()
    assert [one.name.en for one in found if one.verdict == "fault"] == []
    assert {
        "PostgreSQL version",
        "Database roles",
        "Tables",
        "Wall around cases",
        "Clock",
        "Worker",
        "Keys",
    } <= {one.name.en for one in found if one.verdict == "ok"}
    assert say(found) == 0
    assert capsys.readouterr().out


def test_whatever_is_not_well_says_what_to_do_in_both_languages(sound: Path, settings: Settings) -> None:
    settings.KANTOR_DEMO, settings.ALLOWED_HOSTS, settings.KANTOR_SECURE = True, ["*"], False
    for one in examine():
        assert one.means.id and one.means.en
        assert (one.do is None) == (one.verdict == "ok")
        assert one.do is None or (one.do.id and one.do.en)
    assert [named(name).verdict for name in ("Mode", "Host names", "https", "Mail")] == ["fault"] * 3 + [
        "warn"
    ]


def test_a_key_that_others_can_read_is_named(sound: Path) -> None:
    (sound / "keys" / "root.key").chmod(0o644)
    assert named("Keys").verdict == "fault"
    assert "root.key" in str(named("Keys").means.en)


def test_a_worker_that_is_silent_is_a_fault_and_the_exit_code_says_so(
    sound: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    assert named("Worker").verdict == "fault"
    monkeypatch.setenv("KANTOR_LANGUAGE", "en")
    assert say(examine()) == 1
    assert "Run kantor worker as a service" in capsys.readouterr().out


def test_who_speaks_with_too_much_power_is_told(sound: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE kantor_owner")
        assert named("Database roles").verdict == "fault"
        cursor.execute("SET LOCAL ROLE kantor_app")
    assert named("Database roles").verdict == "ok"


def test_a_wall_that_somebody_took_down_is_named(sound: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE kantor_owner")
        cursor.execute("ALTER TABLE surveys_invitation DISABLE ROW LEVEL SECURITY")
        cursor.execute("SET LOCAL ROLE kantor_app")
    wall = named("Wall around cases")
    assert wall.verdict == "fault" and "surveys_invitation" in str(wall.means.en)
