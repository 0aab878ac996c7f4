"""The short form of `python -m bench.faults`: one office is broken in every way, and nothing that was promised is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

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


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """How each fault went; all are done to the same office, one after the other."""
    told = tmp_path_factory.mktemp("faults") / "table.json"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("KANTOR_", "DATABASE_URL"))}
    ended = subprocess.run(
        [sys.executable, "-m", "bench.faults", *NAMES, "--json", str(told)],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    assert told.exists(), ended.stdout[-3000:] + ended.stderr[-3000:]
    return {line["name"]: line for line in json.loads(told.read_text())}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_promised_is_lost_doubled_or_half_done(name: str, table: dict[str, dict[str, Any]]) -> None:
    assert table[name]["wrong"] == []
