"""The processes of a running office: started in sessions of their own, stopped in order, never left behind."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from kantormaya.site.embedded import end_with_parent

GRACE = 10.0  # seconds to end by oneself before being ended


class AlreadyRunning(Exception):
    """Another office lives on the same data folder."""


def take_folder(data: Path) -> IO[str]:
    """Hold the data folder for as long as this process lives; raises AlreadyRunning where another holds it."""
    data.mkdir(parents=True, exist_ok=True)
    lock = (data / "lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        place = lock.read().strip() or "?"
        raise AlreadyRunning(place) from None
    return lock


class House:
    """The children of one parent, each with a file that holds its process id."""

    def __init__(self, data: Path) -> None:
        self.pids, self.logs = data / "pids", data / "logs"
        self.pids.mkdir(parents=True, exist_ok=True)
        self.logs.mkdir(exist_ok=True)
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def end_leftovers(self) -> list[str]:
        """End what a parent killed earlier has left behind, known by its pid file and never by its name."""
        found = []
        for file in sorted(self.pids.iterdir(), key=lambda f: f.name == "database"):
            pid, _, born = file.read_text().partition(" ")
            if pid.isdigit() and born and _born(int(pid)) == born:
                found.append(file.name)
                _end(int(pid))
            file.unlink()
        return found

    def start(self, name: str, command: Sequence[str], environment: dict[str, str]) -> None:
        """Start a child that ends with us, its words going to a log file."""
        with (self.logs / f"{name}.log").open("ab") as log:
            child = subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )
        self.adopt(name, child)

    def adopt(self, name: str, child: subprocess.Popen[bytes]) -> None:
        """Remember a child that was started elsewhere."""
        self.children[name] = child
        (self.pids / name).write_text(f"{child.pid} {_born(child.pid)}")

    def fallen(self) -> str | None:
        """The name of a child that has ended by itself, if any."""
        return next((name for name, child in self.children.items() if child.poll() is not None), None)

    def stop(self) -> None:
        """End every child in the reverse order of their start: web, worker, database."""
        for name, child in reversed(list(self.children.items())):
            if child.poll() is None:
                child.send_signal(signal.SIGINT)
                with suppress(subprocess.TimeoutExpired):
                    child.wait(GRACE)
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)  # what it started itself, and itself if it hangs
            child.wait()
            (self.pids / name).unlink(missing_ok=True)
        self.children.clear()


def _end(pid: int) -> None:
    born = _born(pid)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + GRACE
        while _born(pid) == born and time.monotonic() < deadline:
            time.sleep(0.05)
        os.killpg(pid, signal.SIGKILL)


def _born(pid: int) -> str:
    """When a process was started, so that its number, used again by another, is not mistaken; '' if it is gone."""
    if sys.platform != "linux":
        said = subprocess.run(
            ["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
        )
        return said.stdout.strip()
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] == "Z" else fields[19]
