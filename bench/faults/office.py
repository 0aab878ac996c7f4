"""An office of its own to break: embedded PostgreSQL, worker and web server, each killed whole and started again."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("uji-ketahanan", "uji-bayar", "perekaman-ktp-el")


class Office:
    """Three kinds of processes over one folder; `kill` ends them as a power cut would."""

    def __init__(self, data: Path, *, web_workers: int) -> None:
        from kantormaya.site.embedded import Server, embedded_binaries

        self.web_workers = web_workers
        self.data, self.port, self.mail_port = data, free_port(), free_port()
        self.server = Server(embedded_binaries(), data / "database")
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        (data / "logs").mkdir(parents=True)
        self.program = (
            data.parent / "program"
        )  # a copy: what is started anew is what was furnished, whoever edits here
        for name in ("kantormaya", "services"):
            shutil.copytree(ROOT / name, self.program / name, ignore=shutil.ignore_patterns("tests"))
        os.environ |= {
            "KANTOR_DATA": str(data), "KANTOR_URL": f"http://localhost:{self.port}", "KANTOR_SERVICES": str(data / "services"),
            "KANTOR_MAIL_HOST": "127.0.0.1", "KANTOR_MAIL_PORT": str(self.mail_port), "KANTOR_LOG": "WARNING",
        }  # fmt: skip

    def furnish(self) -> None:
        """Tables, the example office and the services of this test."""
        from kantormaya.site.furnishing import furnish

        shipped, ours = ROOT / "services", Path(__file__).parent / "services"
        for name in ("_agencies", "_shared", *SERVICES):
            home = ours if (ours / name).exists() else shipped
            shutil.copytree(home / name, self.data / "services" / name)
        self.start_database()
        furnish(cases=False)

    def start_database(self) -> None:
        """Start PostgreSQL; it recovers by itself what it had promised."""
        os.environ["DATABASE_URL"] = self.server.start()
        assert self.server.process
        self.running["database"] = self.server.process

    def start(self, *names: str, largest_file: int = 0) -> None:
        """Start worker and web, and wait for its pages; where `largest_file` is given, their disk takes no file that is larger."""
        from kantormaya.site.demo import web_command

        commands = {
            "worker": [sys.executable, "-m", "kantormaya", "worker"],
            "web": web_command("127.0.0.1", self.port, self.web_workers),
        }
        limit = (largest_file, largest_file)
        for name in names:
            with (self.data / "logs" / f"{name}.log").open("ab") as log:
                self.running[name] = subprocess.Popen(
                    commands[name], cwd=self.program, env=os.environ | {"KANTOR_POOL": "6"}, stdin=subprocess.DEVNULL,
                    stdout=log, stderr=log, start_new_session=True,
                    preexec_fn=(lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit)) if largest_file else None,
                )  # fmt: skip
        if "web" in names:
            self.wait_until_well()

    def open(self) -> None:
        """Everything that does not run, started."""
        if "database" not in self.running:
            self.start_database()
        self.start(*(name for name in ("worker", "web") if name not in self.running))

    def wait_until_well(self, seconds: float = 60) -> float:
        """Wait until a page comes; how long it took."""
        since = time.monotonic()
        while time.monotonic() - since < seconds:
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.port}/sehat/", timeout=2):
                return time.monotonic() - since
            time.sleep(0.05)
        raise TimeoutError("the office did not come back")

    def kill(self, *names: str) -> set[str]:
        """kill -9 of the named processes with everything they started: nobody gets to say a last word; which of them lived."""
        alive = {name for name in names if name in self.running and self.running[name].poll() is None}
        victims = [pid for name in names if name in self.running for pid in tree(self.running[name].pid)]
        for pid in victims:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for name in names:
            if process := self.running.pop(name, None):
                process.wait()
        wait_until_gone(victims)
        return alive

    def send(self, name: str, sign: int) -> None:
        """A signal to one process, as an administrator would send it; waits for its end."""
        process = self.running.pop(name)
        process.send_signal(sign)
        process.wait(30)

    def close(self) -> None:
        """End everything."""
        self.kill("web", "worker", "database")

    def fell(self) -> list[str]:
        """What has ended by itself."""
        return [name for name, process in self.running.items() if process.poll() is not None]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def tree(root: int) -> list[int]:
    """A process and all its descendants: PostgreSQL's are in sessions of their own."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            children.setdefault(int(stat.read_text().rpartition(")")[2].split()[1]), []).append(
                int(stat.parent.name)
            )
    found, todo = [], [root]
    while todo:
        found.append(pid := todo.pop())
        todo += children.get(pid, [])
    return found


def wait_until_gone(pids: list[int]) -> None:
    """Until the kernel has none of them any more (a zombie is gone)."""
    until = time.monotonic() + 10
    while any(_lives(pid) for pid in pids) and time.monotonic() < until:
        time.sleep(0.02)


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@contextmanager
def disk(megabytes: int) -> Iterator[tuple[Path, bool]]:
    """A folder for the office on a small disk of its own where the machine lets us mount one, else on the common disk."""
    folder = Path(tempfile.mkdtemp(prefix="kf-"))
    words = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "kantor-faults", str(folder)]
    is_own = subprocess.run(words, capture_output=True, check=False).returncode == 0
    try:
        yield folder, is_own
    finally:
        if is_own:
            subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)
        shutil.rmtree(folder, ignore_errors=True)
