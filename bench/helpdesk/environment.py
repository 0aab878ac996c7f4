"""The helpdesk's environment: made under the folder of the run, with the package fetched as `pip` here is set up to fetch it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psycopg

from bench.comparing import Bench
from bench.office import serving

PACKAGE = "django-helpdesk==2.6.1"
"""Pinned, so that figures of different days speak of the same peer."""


class NotFetched(Exception):
    """The package could not be installed; says why in the installer's last words."""


@dataclass(frozen=True)
class Helpdesk:
    """The helpdesk at work: where it is, and what a client of it needs."""

    port: int
    process: int
    queue: int
    cookies: str


@contextmanager
def open_helpdesk(bench: Bench) -> Iterator[Helpdesk]:
    """A helpdesk with as many tickets as there are cases, on the same PostgreSQL. Raises NotFetched."""
    python, sockets = _installed(bench.office.house.logs.parent / "helpdesk"), bench.database.info.host
    with suppress(psycopg.errors.DuplicateDatabase):  # from the smaller size
        bench.database.execute("CREATE DATABASE helpdesk")
    ours = {"HELPDESK_SOCKETS": sockets, "DJANGO_SETTINGS_MODULE": "bench.helpdesk.settings"}
    environment = os.environ | ours | {"PYTHONPATH": str(Path(__file__).parents[2])}
    words = [python, "-m", "bench.helpdesk.filling", str(bench.cases)]
    filled = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    if filled.returncode:
        raise RuntimeError(f"the helpdesk could not be filled: {filled.stderr[-2000:]}")
    told = json.loads(filled.stdout)
    with serving(bench.office.house, "helpdesk", "bench.helpdesk.wsgi:application", python, ours) as (
        port,
        pid,
    ):
        yield Helpdesk(port, pid, told["queue"], told["cookies"])


def _installed(folder: Path) -> str:
    """The interpreter of the environment, made once a run."""
    python = folder / "bin" / "python"
    if not python.exists():
        _run([sys.executable, "-m", "venv", str(folder)])
        wanted = [PACKAGE, "psycopg[binary,pool]", f"granian=={version('granian')}"]
        _run([str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *wanted])
    return str(python)


def _run(words: list[str]) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotFetched((done.stderr.strip() or done.stdout.strip()).splitlines()[-1])
