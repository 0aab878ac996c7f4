"""`kantor test`: everything that is checked, by one command, here and on the build machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from kantormaya.site.embedded import distribution_binaries
from kantormaya.site.terminal import table, tell

ROOT = Path(__file__).resolve().parents[2]
STRICT = ("expressions", "clock", "language", "engine", "audit", "outbox", "people", "catalogue", "cases")
NO_CHROMIUM = 3


@dataclass(frozen=True)
class Step:
    """One check: its name, the words that run it, and what it needs in its environment."""

    name: str
    words: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)


def run(*, browser: bool, only: list[str] | None) -> int:
    """Run every step to its end, say what failed; 0 all well, 1 something failed, 3 well but without a browser."""
    wanted = [step for step in _steps() if not only or step.name in only]
    seen: list[tuple[str, ...]] = []
    well = True
    for step in wanted:
        if step.name == "browser" and not (browser and chromium()):
            continue
        if step.name == "tests-system" and not distribution_binaries():
            tell(
                "PostgreSQL distribusi tidak ada: uji basis data hanya pada yang tertanam.",
                "No PostgreSQL of the distribution: database tests ran on the embedded one only.",
            )
            well = well and os.environ.get("CI") != "true"
            continue
        print(f"\n== {step.name}", flush=True)
        since = time.monotonic()
        passed = (
            subprocess.run(step.words, cwd=ROOT, env=os.environ | step.environment, check=False).returncode
            == 0
        )
        seen.append(
            (step.name, "lulus / passed" if passed else "GAGAL / FAILED", f"{time.monotonic() - since:.0f} s")
        )
        well = well and passed
    print("\n" + (table(seen) if seen else ""), flush=True)
    return _verdict(well, browser, only)


def chromium() -> str | None:
    """The Chromium of this machine, or None; KANTOR_CHROMIUM names another one."""
    names = (
        os.environ.get("KANTOR_CHROMIUM", ""),
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    )
    return next((found for name in names if name and (found := shutil.which(name))), None)


def _verdict(well: bool, browser: bool, only: list[str] | None) -> int:
    if not well:
        tell("Belum beres: lihat langkah yang gagal.", "Not all is well: see the steps that failed.")
        return 1
    if only and "browser" not in only:
        return 0
    if not browser:
        tell(
            "Lulus; uji peramban DILEWATI atas permintaan.",
            "Passed; the browser tests were LEFT OUT as asked.",
        )
        return 0
    if not chromium():
        tell(
            "Lulus, tetapi uji peramban tidak jalan: pasang Chromium (apt install chromium), atau pakai --no-browser.",
            "Passed, but the browser tests did not run: install Chromium (apt install chromium), or use --no-browser.",
        )
        return NO_CHROMIUM
    tell("Semua lulus.", "All passed.")
    return 0


def _steps() -> list[Step]:
    python = sys.executable
    pytest = (python, "-m", "pytest", "-q")
    # each process with a database of its own
    side_by_side = ["-n", "auto", "--maxprocesses", "4", "--dist", "worksteal"]
    return [
        Step("format", (python, "-m", "ruff", "format", "--check", ".")),
        Step("lint", (python, "-m", "ruff", "check", ".")),
        Step("types", (python, "-m", "mypy", *(f"kantormaya/{name}" for name in STRICT))),
        Step("imports", (python, "-c", "from importlinter.cli import lint_imports_command as run; run()")),
        Step("tests", (*pytest, *side_by_side, "-m", "not browser")),
        Step(
            "tests-system",
            (*pytest, *side_by_side, "-m", "db and not browser"),
            {"KANTOR_TEST_POSTGRES": "system"},
        ),
        Step("browser", (*pytest, "-m", "browser")),
    ]
