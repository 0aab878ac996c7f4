"""`kantor demo`: the whole office on this machine, from an empty folder to a page you can work in."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

from kantormaya.site.furnishing import furnish
from kantormaya.site.processes import AlreadyRunning, House, take_folder
from kantormaya.site.terminal import HouseFault, spoken, table, tell

READY_WITHIN = 60


def run(port: int, data: Path, *, cases: bool = True) -> int:
    """Start everything, say where it is, and stay until Ctrl-C; the exit code."""
    stop = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, lambda *_: stop.set())
    address = f"http://localhost:{port}"
    try:
        lock = take_folder(data)
    except AlreadyRunning as other:
        raise HouseFault(
            f"Kantor ini sudah berjalan di {other}. Hentikan dulu, atau pilih folder lain dengan --data.",
            f"This office is already running at {other}. Stop it first, or choose another folder with --data.",
        ) from None
    house = House(data)
    if left := house.end_leftovers():
        tell(
            f"Membereskan sisa yang dulu: {', '.join(left)}",
            f"Ended what an earlier run left: {', '.join(left)}",
        )
    _need_port(port)
    lock.truncate(0)
    lock.write(address)
    lock.flush()
    os.environ |= {"KANTOR_DEMO": "1", "KANTOR_DATA": str(data), "KANTOR_URL": address}
    try:
        _open(house, data, port, stop, cases)
        if not stop.is_set():
            _say_where(address, data)
        return _wait(house, stop)
    finally:
        try:
            tell("Menutup kantor …", "Closing the office …")
        finally:  # whoever listened may be gone: the office is closed all the same
            house.stop()
            lock.truncate(0)
            lock.close()
        tell("Selesai. Data tetap tersimpan.", "Done. The data is kept.")


def _open(house: House, data: Path, port: int, stop: threading.Event, cases: bool) -> None:
    tell("Menyalakan basis data …", "Starting the database …")
    start_database(house, data)
    if stop.is_set():
        return
    tell("Menata kantor: tabel, layanan, contoh …", "Furnishing the office: tables, services, examples …")
    furnish(cases=cases)
    if stop.is_set():
        return
    environment = dict(os.environ) | {"PYTHONUNBUFFERED": "1"}
    house.start("worker", [sys.executable, "-m", "kantormaya", "worker"], environment)
    house.start("web", web_command("127.0.0.1", port, 2), environment | {"KANTOR_POOL": "6"})
    _wait_until_healthy(house, port, stop)


def start_database(house: House, data: Path) -> None:
    """The embedded server, or the one of DATABASE_URL; afterwards DATABASE_URL is set and its roles are there."""
    from kantormaya.site.database import prepare
    from kantormaya.site.embedded import Server, embedded_binaries

    if url := os.environ.get("DATABASE_URL"):
        prepare(url)
        return
    server = Server(embedded_binaries(), data / "database")
    os.environ["DATABASE_URL"] = server.start()
    assert server.process
    house.adopt("database", server.process)


def web_command(host: str, port: int, workers: int) -> list[str]:
    """The words that start the web server."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "4", "--no-ws", "--log-level", "warning",
        "--workers-kill-timeout", "15",  # one that is told to end while it still starts does not hear it
        "kantormaya.site.wsgi:application",
    ]  # fmt: skip


def _wait_until_healthy(house: House, port: int, stop: threading.Event) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and not stop.is_set():
        _nobody_fell(house)
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sehat/", timeout=5) as answer:
                if answer.status == 200:
                    return
        except urllib.error.HTTPError as fault:
            raise _not_well(house, f"HTTP {fault.code}") from None
        except OSError:
            stop.wait(0.1)
    if not stop.is_set():
        raise _not_well(house, f"> {READY_WITHIN} s")


def _wait(house: House, stop: threading.Event) -> int:
    while not stop.wait(0.5):
        _nobody_fell(house)
    return 0


def _nobody_fell(house: House) -> None:
    if name := house.fallen():
        raise _not_well(house, name)


def _not_well(house: House, what: str) -> HouseFault:
    return HouseFault(
        f"Kantor berhenti ({what}). Kata-kata terakhirnya ada di {house.logs}",
        f"The office stopped ({what}). Its last words are in {house.logs}",
    )


def _need_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise HouseFault(
                f"Porta {port} sudah dipakai program lain. Pilih yang lain: ./kantor demo --port {port + 1}",
                f"Port {port} is used by another program. Choose another: ./kantor demo --port {port + 1}",
            ) from None


def _say_where(address: str, data: Path) -> None:
    from kantormaya.site.signing_in import demo_posts

    language = spoken()
    posts = [
        (post["role"].said(language), str(post["agency"]), post["account"].username) for post in demo_posts()
    ]
    heads = {"id": ("Peran", "Instansi", "Akun"), "en": ("Role", "Agency", "Account")}
    print("\n" + table([heads[language], *posts]) + "\n")
    tell(
        f"Kantor buka: {address}/   (petugas: {address}/akun/masuk/)",
        f"The office is open: {address}/   (officials: {address}/akun/masuk/)",
    )
    tell(
        f"Semua contoh. Data di {data}. Ctrl-C menutup.",
        f"All of it is an example. Data in {data}. Ctrl-C closes.",
    )
    from django.db import connection

    from kantormaya.site.demo_office import PASSPHRASE

    secret = PASSPHRASE.get_secret_value()  # of the example keys only: what they sign is marked UJI COBA
    tell(
        f"Sandi tanda tangan contoh (surat UJI COBA): {secret}",
        f"The passphrase that signs example papers (UJI COBA): {secret}",
    )
    connection.close()
