"""The office that is measured: a PostgreSQL of its own, furnished like the demo, served as `kantor serve` serves it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kantormaya.site.demo import web_command
from kantormaya.site.embedded import Server, embedded_binaries
from kantormaya.site.processes import House

HERE = Path(__file__).parent
BENCH = "izin-keramaian-uji"
BENCH_WITH_FILE = f"{BENCH}-berkas"
CSRF = "u" * 32
"""The secret of the client's forms: cookie and field agree, as in a browser that has opened the page."""
OFFICIALS = ("front_office", "back_office", "head_of_office")
WORKERS = 2


@dataclass
class Office:
    """What the workloads need: where it is, whose processes, and the cookies of its officials."""

    port: int
    house: House
    server: int
    database: int
    cookies: dict[str, str]


@contextmanager
def database(folder: Path) -> Iterator[Server]:
    """The database alone, with Django set up on it and all tables there; stopped at the end."""
    os.environ |= {
        "KANTOR_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "KANTOR_URL": "http://localhost",
        "KANTOR_PROXIES": "127.0.0.1",  # the client names an address where what one address does is counted
    }
    os.environ.pop("KANTOR_DEMO", None)
    server = Server(embedded_binaries(), folder / "database", settings=("max_wal_size=4GB",))
    try:
        os.environ["DATABASE_URL"] = server.start()
        import django

        django.setup()
        yield server
    finally:
        server.stop()  # sends our own connection away too


@contextmanager
def opened(folder: Path, server: Server) -> Iterator[Office]:
    """The office open for requests, its database furnished already."""
    assert server.process
    house = House(folder)
    with serving(house, "web") as (port, pid):
        yield Office(port, house, pid, server.process.pid, cookies())


@contextmanager
def serving(
    house: House,
    name: str,
    application: str = "",
    python: str = sys.executable,
    more: Mapping[str, str] | None = None,
) -> Iterator[tuple[int, int]]:
    """A web server as `kantor serve` starts it, on a free port: the port and the process."""
    port = _free_port()
    environment = os.environ | {"KANTOR_POOL": "6", "PYTHONPATH": str(HERE.parent)} | dict(more or {})
    command = [python, *web_command("127.0.0.1", port, WORKERS)[1:]]
    if application:
        command[-1] = application
    try:
        house.start(name, command, environment)
        _wait(port)
        yield port, house.children[name].pid
    finally:
        child = house.children.pop(name, None)
        if child:
            child.send_signal(signal.SIGINT)
            try:
                child.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)  # it has a session of its own
                child.wait()


def furnish() -> None:
    """The example office, all services that ship and those that only the bench hands in: one form, with a file and without."""
    from kantormaya.catalogue.publishing import publish
    from kantormaya.language.reading import Refused, expanded, read
    from kantormaya.site import furnishing

    furnishing.furnish(cases=False)
    text, file = (
        (HERE / "service" / name).read_text(encoding="utf-8") for name in ("service.toml", "with_file.toml")
    )
    shared = (HERE.parent / "services" / "_shared" / "standar-dpmptsp.toml").read_text(encoding="utf-8")
    for form in (text, text.replace(f'"{BENCH}"', f'"{BENCH_WITH_FILE}"') + file):
        source = read(form, blocks={"standar-dpmptsp": shared})
        if source.faults:
            raise Refused(source.faults)
        publish(expanded(source), {}, by="kantor bench")
    for role in OFFICIALS:
        _second_factor(post(role).account)


def post(role: str) -> Any:
    """Who holds a role at the agency that decides."""
    from kantormaya.people.models import Post

    found = Post.objects.select_related("account", "agency").filter(agency__slug="dpmptsp", role=role)
    return found.earliest("pk")


def _second_factor(account: Any) -> None:
    """Officials sign in with a second factor, and every page asks for it; the bench leaves that question in."""
    from allauth.mfa.models import Authenticator

    Authenticator.objects.get_or_create(user=account, type=Authenticator.Type.TOTP, defaults={"data": {}})


def cookies() -> dict[str, str]:
    """The cookies of an official who has signed in, by role."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    found = {}
    for role in OFFICIALS:
        account = post(role).account
        session = SessionStore()
        session[SESSION_KEY] = str(account.pk)
        session[BACKEND_SESSION_KEY] = "kantormaya.people.signed_in.Officials"
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session.create()
        found[role] = f"sessionid={session.session_key}; csrftoken={CSRF}"
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/sehat/", timeout=5):
            return
        time.sleep(0.1)
    raise TimeoutError("the server did not answer within a minute")
