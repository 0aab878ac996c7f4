"""`kantor bench`: start, fill, run the workloads asked for, print their tables, and say whether every answer was right."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psycopg

from bench import filling, office
from bench.comparing import FULL, TINY, Bench, Result, Shape
from bench.printing import table_of, told
from bench.workloads import WORKLOADS, inbox
from kantormaya.site.terminal import HouseFault, tell

SHAPES: dict[str, Shape] = {"quick": Shape(), "full": FULL, "tiny": TINY}


def run(names: Sequence[str], shape: str, into: Path | None) -> int:
    """The exit code: 0, or 1 where an answer was wrong or a row was missing. A goal that is missed is a figure, no failure."""
    if unknown := [name for name in names if name not in WORKLOADS]:
        known = ", ".join(WORKLOADS)
        raise HouseFault(
            f"{', '.join(unknown)}: pilih dari {known}.", f"{', '.join(unknown)}: choose from {known}."
        )
    wanted = [name for name in WORKLOADS if name in names or not names]
    folder, since = Path(tempfile.mkdtemp(prefix="kantor-bench-")), time.monotonic()
    try:
        results = measure(folder, wanted, SHAPES[shape])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"\n{table_of(results)}\n")
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    tell(
        f"{time.monotonic() - since:.0f} detik, {os.cpu_count()} inti untuk klien, server, dan basis data; beban {load}.",
        f"{time.monotonic() - since:.0f} seconds, {os.cpu_count()} cores shared by client, server and database; load {load}.",
    )
    if into:
        into.write_text(
            json.dumps([asdict(one) for one in results], indent=1, ensure_ascii=False), encoding="utf-8"
        )
    wrong = [f"{one.name}: {what}" for one in results for what in one.wrong]
    for line in wrong:
        tell(f"SALAH: {line}", f"WRONG: {line}")
    return 1 if wrong else 0


def measure(folder: Path, wanted: Sequence[str], shape: Shape) -> list[Result]:
    """Run the workloads on a new database; the inbox at every size, all others at the first."""
    results: list[Result] = []
    with office.database(folder) as server:
        tell("Menata dan mengisi kantor …", "Furnishing and filling the office …")
        office.furnish()
        own = filling.play()
        where: dict[str, Any] = {
            "host": str(server.sockets),
            "user": "postgres",
            "dbname": "kantor",
            "autocommit": True,
        }
        with psycopg.connect(**where) as database:
            filling.make_twins(database)
            rows = database.execute(
                "SELECT id FROM cases_case WHERE service_slug <> %s", [filling.BENCH]
            ).fetchall()
            played = [int(row[0]) for row in rows]
            sizes: list[tuple[int, list[Result]]] = []
            for size in shape.sizes if "inbox" in wanted else shape.sizes[:1]:
                done = sizes[-1][0] if sizes else 0
                filling.multiply(database, size - done, played, history=10 if size > 100_000 else 1)
                filling.settle(database)
                with office.opened(folder, server) as here:
                    bench = Bench(here, database, own, shape, cases=size)
                    for name in wanted if not sizes else ["inbox"]:
                        tell(f"{name}, {size:,} perkara …", f"{name}, {size:,} cases …")
                        found = WORKLOADS[name](bench)
                        for one in found:
                            print(told(one), flush=True)
                        results += found
                        if name == "inbox":
                            sizes.append((size, found))
                    if not sizes:
                        sizes.append((size, []))
            for _, found in sizes[1:]:
                found[0].goals += inbox.growth(sizes[0][1], found, sizes[0][0])
    return results
