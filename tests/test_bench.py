"""The benchmark runs from an empty folder, and notices when a row is missing that the client was told of."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bench.client import Seen
from bench.comparing import Goal, Result
from bench.workloads import WORKLOADS
from bench.workloads.submit import lost

ROOT = Path(__file__).resolve().parents[1]


def test_a_short_run_compares_product_and_twin_and_checks_every_answer(tmp_path: Path) -> None:
    words = [
        sys.executable,
        "-m",
        "kantormaya",
        "bench",
        "submit",
        "track",
        "--tiny",
        "--json",
        str(tmp_path / "figures.json"),
    ]
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    submit, *track = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert submit["name"] == "submit"
    assert not submit["wrong"]
    (compared,) = submit["comparisons"]
    assert len(compared["product"][0]["seen"]["took"]) == len(compared["twin"][0]["seen"]["took"]) == 6
    assert submit["statements"] == next(
        int(g["figure"]) for g in submit["goals"] if g["words"].startswith("statements")
    )
    assert [one["statements"] for one in track] == [
        track[0]["statements"]
    ] * 2  # a long history asks for no more


def test_a_row_that_was_acknowledged_and_is_not_there_is_named() -> None:
    before = {"cases_case": 10, "cases_event": 20}
    assert lost(before, {"cases_case": 13, "cases_event": 23}, 3) == []
    assert lost(before, {"cases_case": 13, "cases_event": 22}, 3) == ["cases_event: 2 rows for 3 answers"]
    assert lost(before, {"cases_case": 14, "cases_event": 23}, 3) == ["cases_case: 4 rows for 3 answers"]


def test_an_unknown_workload_is_refused_with_those_that_there_are() -> None:
    words = [sys.executable, "-m", "kantormaya", "bench", "everything"]
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 1
    assert all(name in ran.stderr for name in WORKLOADS)


def test_percentiles_and_goals_are_what_they_say() -> None:
    seen = Seen(took=[n / 1000 for n in range(1, 101)])
    assert (round(seen.percentile(0.5)), round(seen.percentile(0.99))) == (51, 100)
    result = Result("x")
    result.at_most("statements", 9, 8)
    assert result.goals == [Goal("statements ≤ 8", "9", False)]
