"""What a round cost: the processor time of server and database from the kernel's own books, and memory."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

TICK = os.sysconf("SC_CLK_TCK")
T = TypeVar("T")


@dataclass(frozen=True)
class Cost:
    """Seconds of processor time."""

    server: float
    database: float


def cost_of(server: int, database: int, act: Callable[[], T]) -> tuple[T, Cost]:
    """Do the act, and say what it cost the two trees of processes."""
    before = used(server), used(database)
    done = act()
    return done, Cost(used(server) - before[0], used(database) - before[1])


def used(pid: int) -> float:
    """Processor seconds of a process and all that hang on it, those that have ended included."""
    return sum(_seconds(one) for one in tree(pid))


def tree(pid: int) -> list[int]:
    """A process and its descendants."""
    below: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (fields := _stat(int(folder.name))):
            below.setdefault(int(fields[1]), []).append(int(folder.name))
    found = [pid]
    for one in found:
        found += below.get(one, [])
    return found


def _seconds(pid: int) -> float:
    fields = _stat(pid)
    return sum(int(one) for one in fields[11:15]) / TICK if fields else 0.0


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def memory_of(pid: int, field: str = "VmRSS") -> float:
    """The resident memory of one process in MiB; the largest it was with VmHWM."""
    try:
        words = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    line = next((one for one in words.splitlines() if one.startswith(field)), f"{field}: 0 kB")
    return int(line.split()[1]) / 1024


def highest_from_now(pid: int) -> None:
    """Let the kernel begin its record of a process's largest memory (VmHWM) anew."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def workers(server: int) -> list[int]:
    """The processes of the server that answer: the two largest below it."""
    return sorted(tree(server)[1:], key=memory_of, reverse=True)[:2]
