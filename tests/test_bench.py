"""The benchmark runs from an empty folder, leaves nothing behind when it is stopped, and notices when a row is missing that the client was told of."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from bench.client import Seen
from bench.comparing import Goal, Result
from bench.workloads import WORKLOADS
from bench.workloads.submit import lost

ROOT = Path(__file__).resolve().parents[1]


def test_a_run_that_is_stopped_leaves_its_figures_and_nothing_else(tmp_path: Path) -> None:
    figures, room = tmp_path / "figures.json", tmp_path / "room"
    room.mkdir()
    words = [sys.executable, "-m", "kantormaya", "bench", "submit", "journey", "track", "day", "--tiny"]
    with subprocess.Popen(
        [*words, "--json", str(figures)], cwd=ROOT, env=os.environ | {"TMPDIR": str(room)}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as running:  # fmt: skip
        assert running.stdout
        said = []
        for line in running.stdout:
            said.append(line)
            if line.startswith("day,"):
                running.terminate()
    assert running.returncode == 130, "".join(said)
    assert list(room.iterdir()) == []
    assert not processes_of(room)
    submit, journey, *track = json.loads(figures.read_text(encoding="utf-8"))
    assert [one["name"] for one in (submit, journey)] == ["submit", "journey"]
    assert not submit["wrong"] + journey["wrong"]
    assert submit["acknowledged"] == {"product": 10, "B3": 10}  # a warm-up of four, and one round
    (compared,) = submit["comparisons"]
    assert len(compared["product"][0]["seen"]["took"]) == len(compared["twin"][0]["seen"]["took"]) == 6
    assert submit["statements"] == next(
        int(g["figure"]) for g in submit["goals"] if g["words"].startswith("statements")
    )
    assert journey["statements"] <= 10
    assert journey["acknowledged"]["upload"] == journey["acknowledged"]["submit"] == 1
    # a long history asks for no more; each is compared with a twin that reads and with one that writes too
    assert [one["statements"] for one in track] == [track[0]["statements"]] * 2
    assert [one["against"] for one in track[0]["comparisons"]] == ["BT", "BT+row"]


def processes_of(folder: Path) -> list[str]:
    """The commands that still run and name this folder."""
    found = []
    for one in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            found.append(one.read_bytes().replace(b"\0", b" ").decode())
    return [words for words in found if str(folder) in words]


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
