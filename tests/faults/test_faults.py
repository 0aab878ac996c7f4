"""The short form of `python -m bench.faults`: one office is broken in every way, and nothing that was promised is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMES = (
    "submitting",
    "signing",
    "delivering",
    "database",
    "officials",
    "payments",
    "bookings",
    "mail",
    "files",
    "full",
    "slow",
    "clock",
    "backup",
)


def test_an_office_broken_in_every_way_loses_doubles_and_halves_nothing_it_promised(tmp_path: Path) -> None:
    told = tmp_path / "table.json"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("KANTOR_", "DATABASE_URL"))}
    ended = subprocess.run(
        [sys.executable, "-m", "bench.faults", *NAMES, "--json", str(told)],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    assert told.exists(), ended.stdout[-3000:] + ended.stderr[-3000:]
    table = {line["name"]: line["wrong"] for line in json.loads(told.read_text())}
    assert table == {name: [] for name in NAMES}, ended.stdout[-3000:]
