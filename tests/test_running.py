"""The running office: it opens, closes, survives the killing of its parent, and goes on with the same data."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from kantormaya.site.embedded import SOCKET

ROOT = Path(__file__).resolve().parents[1]
OPEN_WITHIN = 120


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


class Office:
    """A `kantor demo` of its own, without services, in a path with a space."""

    def __init__(self, data: Path, services: Path) -> None:
        self.data, self.port, self.said = data, free_port(), ""
        self.environment = {
            k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "LC_ALL", "LANG")
        }
        self.environment |= {"KANTOR_SERVICES": str(services), "KANTOR_LANGUAGE": "en"}
        self.parent: subprocess.Popen[bytes] | None = None

    def open(self) -> Office:
        words = [
            sys.executable,
            "-m",
            "kantormaya",
            "demo",
            "--port",
            str(self.port),
            "--data",
            str(self.data),
            "--no-cases",
        ]
        self.parent = subprocess.Popen(
            words, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        return self

    def wait_for(self, words: str) -> None:
        """Read on until the office says these words."""
        assert self.parent and self.parent.stdout
        until = time.monotonic() + OPEN_WITHIN
        while words not in self.said:
            ready, _, _ = select.select([self.parent.stdout], [], [], max(0, until - time.monotonic()))
            piece = os.read(self.parent.stdout.fileno(), 65536) if ready else b""
            assert piece, f"the office did not say {words!r}, but: {self.said}"
            self.said += piece.decode()

    def end(self, sign: int) -> int:
        assert self.parent
        self.parent.send_signal(sign)
        self.parent.communicate(timeout=60)
        return self.parent.returncode

    def pids(self) -> dict[str, int]:
        return {file.name: int(file.read_text().split()[0]) for file in (self.data / "pids").iterdir()}

    def count_agencies(self) -> int:
        sockets = self.data / "run"
        with psycopg.connect(host=str(sockets), user="kantor", dbname="kantor") as connection:
            return connection.execute("SELECT count(*) FROM people_agency").fetchone()[0]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def office(data_folder: Path, tmp_path: Path) -> Iterator[Office]:
    one = Office(data_folder / "kantor contoh", tmp_path)
    assert len(os.fsencode(one.data / "run" / SOCKET)) < 107
    yield one
    if one.parent and one.parent.poll() is None:
        one.end(signal.SIGTERM)


def test_the_office_opens_closes_cleanly_and_goes_on_with_the_same_data(office: Office) -> None:
    office.open().wait_for("Ctrl-C closes")
    with urllib.request.urlopen(f"http://127.0.0.1:{office.port}/sehat/") as answer:
        assert answer.read() == b"OK\n"
    assert "front-office.dpmptsp" in office.said
    agencies, children = office.count_agencies(), office.pids()
    assert set(children) == {"database", "worker", "web"}
    assert office.end(signal.SIGINT) == 0
    assert not any(map(is_alive, children.values()))
    assert not office.pids()

    office.said = ""
    office.open().wait_for("Ctrl-C closes")
    assert office.count_agencies() == agencies
    assert office.end(signal.SIGTERM) == 0


def test_after_kill_9_of_the_parent_a_second_start_finds_a_clean_house(office: Office) -> None:
    office.open().wait_for("Ctrl-C closes")
    children = office.pids()
    office.end(signal.SIGKILL)
    office.said = ""
    office.open().wait_for("Ctrl-C closes")
    assert not any(map(is_alive, children.values()))
    assert office.count_agencies() > 0
    assert office.end(signal.SIGINT) == 0


def test_a_second_office_on_the_same_folder_says_where_the_first_one_is(office: Office) -> None:
    office.open().wait_for("Ctrl-C closes")
    second = Office(office.data, office.data)
    second.environment = office.environment
    second.open().wait_for(f"already running at http://localhost:{office.port}")
    assert second.end(0) == 1
    assert office.end(signal.SIGINT) == 0


def test_a_port_in_use_is_said_with_the_remedy(office: Office) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        office.port = taken.getsockname()[1]
        office.open().wait_for(f"--port {office.port + 1}")
        assert office.end(0) == 1


def test_a_data_folder_that_holds_something_else_is_left_alone(office: Office) -> None:
    office.data = office.data / "lain"
    (office.data / "database").mkdir(parents=True)
    (office.data / "database" / "skripsi.doc").write_text("x")
    office.open().wait_for("holds no database")
    assert office.end(0) == 1
    assert (office.data / "database" / "skripsi.doc").exists()


def test_a_path_too_long_for_a_socket_is_no_hindrance(office: Office) -> None:
    office.data = office.data / ("sangat-panjang-" * 8)
    office.open().wait_for("Ctrl-C closes")
    assert office.end(signal.SIGINT) == 0


def test_a_database_that_is_away_is_said_in_a_sentence() -> None:
    environment = os.environ | {"DATABASE_URL": "postgresql://x@127.0.0.1:1/x", "KANTOR_LANGUAGE": "id"}
    ended = subprocess.run(
        [sys.executable, "-m", "kantormaya", "migrate"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 1
    assert "tidak dapat dihubungi" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_without_a_database_the_server_says_what_to_set() -> None:
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    ended = subprocess.run(
        [sys.executable, "-m", "kantormaya", "serve"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 2
    assert "DATABASE_URL" in ended.stderr
