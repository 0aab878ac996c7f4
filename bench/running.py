"""One run: the database filled to each size, the office opened, every workload that was asked for."""

from __future__ import annotations

import json
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psycopg

from bench import filling, office
from bench.comparing import FULL, TINY, Bench, Result, Shape
from bench.printing import table_of, told
from bench.workloads import GROWING, ON_REQUEST, WORKLOADS, inbox
from kantormaya.site.terminal import HouseFault, tell

SHAPES: dict[str, Shape] = {"quick": Shape(), "full": FULL, "tiny": TINY}
LAST = ("memory",)
"""Takes long and says nothing about the others: whoever stops the run before it has all the rest."""


def run(names: Sequence[str], shape: str, into: Path | None, *, with_helpdesk: bool = False) -> int:
    """The exit code: 0, or 1 where an answer was wrong or a row was missing. A goal that is missed is a figure, no failure."""
    if unknown := [name for name in names if name not in WORKLOADS]:
        known = ", ".join(WORKLOADS)
        raise HouseFault(
            f"{', '.join(unknown)}: pilih dari {known}.", f"{', '.join(unknown)}: choose from {known}."
        )
    asked = {*names, *(ON_REQUEST if with_helpdesk else ())} or {*WORKLOADS} - {*ON_REQUEST}
    wanted = [name for name in WORKLOADS if name in asked]
    folder, since = Path(tempfile.mkdtemp(prefix="kantor-bench-")), time.monotonic()
    results: list[Result] = []
    before = {one: signal.signal(one, _stop) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    is_whole = False
    try:
        with closing(measure(folder, wanted, SHAPES[shape])) as rounds:
            for found in rounds:
                results += found
                keep(results, into)
        is_whole = True
    except KeyboardInterrupt:
        tell("Dihentikan sebelum selesai.", "Stopped before the end.")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        for one, handler in before.items():
            signal.signal(one, handler)
    print(f"\n{table_of(results)}\n")
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    took = f"{time.monotonic() - since:.0f}"
    tell(
        f"{took} detik, {os.cpu_count()} inti untuk klien, server, dan basis data; beban {load}.",
        f"{took} seconds, {os.cpu_count()} cores shared by client, server and database; load {load}.",
    )
    wrong = [f"{one.name}: {what}" for one in results for what in one.wrong]
    for line in wrong:
        tell(f"SALAH: {line}", f"WRONG: {line}")
    return 1 if wrong else 0 if is_whole else 130


def _stop(*_: Any) -> None:
    """Told to stop, once: what was started is stopped and the folder removed, and no second signal cuts that short."""
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, signal.SIG_IGN)
    raise KeyboardInterrupt


def keep(results: Sequence[Result], into: Path | None) -> None:
    """Every figure so far, in a file that is whole at any moment."""
    if into is None:
        return
    beside = into.with_name(f"{into.name}.part")
    said = json.dumps([asdict(one) for one in results], indent=1, ensure_ascii=False)
    beside.write_text(said, encoding="utf-8")
    beside.replace(into)


def measure(folder: Path, wanted: Sequence[str], shape: Shape) -> Generator[list[Result], None, None]:
    """What each workload found, as soon as it is done: all on the smallest office, what grows with the cases on larger ones too."""
    largest = max(GROWING.get(name, shape.sizes[0]) for name in wanted)
    sizes = [size for size in shape.sizes if size <= largest]
    with office.database(folder) as server:
        tell("Menata dan mengisi kantor …", "Furnishing and filling the office …")
        office.furnish()
        own = filling.play()
        where: dict[str, Any] = {"host": str(server.sockets), "user": "postgres", "dbname": "kantor"}
        with psycopg.connect(**where, autocommit=True) as database:
            filling.make_twins(database)
            rows = database.execute("SELECT id FROM cases_case WHERE service_slug <> %s", [office.BENCH])
            played = [int(row[0]) for row in rows.fetchall()]
            smallest: list[Result] = []
            for size, done in zip(sizes, (0, *sizes), strict=False):
                filling.multiply(database, size - done, played, history=10 if size > 100_000 else 1)
                filling.settle(database)
                with office.opened(folder, server) as here:
                    for name in _now(wanted, size, sizes):
                        tell(f"{name}, {size:,} perkara …", f"{name}, {size:,} cases …")
                        since = time.monotonic()
                        found = WORKLOADS[name](Bench(here, database, own, shape, cases=size))
                        if name == "inbox":
                            if smallest:
                                found[0].goals += inbox.growth(smallest, found, sizes[0])
                            smallest = smallest or found
                        for one in found:
                            one.load, one.seconds = os.getloadavg()[0], time.monotonic() - since
                            print(told(one), flush=True)
                        print(
                            f"  {time.monotonic() - since:.0f} s, load {os.getloadavg()[0]:.1f}", flush=True
                        )
                        yield found


def _now(wanted: Sequence[str], size: int, sizes: Sequence[int]) -> list[str]:
    """What is run at this size: all at the first, later what grows with the cases; what takes longest at the very end."""
    now = [name for name in wanted if name not in LAST and (size == sizes[0] or size <= GROWING.get(name, 0))]
    return now + [name for name in wanted if name in LAST and size == sizes[-1]]
