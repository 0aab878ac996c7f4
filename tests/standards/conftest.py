"""Says aloud which real standards were tried and which were left out."""

from __future__ import annotations

from typing import Any

from tests.standards.records import KEPT, NAMED, every_record


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if NAMED:
        terminalreporter.write_line(f"real standards: {len(every_record())} tried")
        return
    terminalreporter.write_line(
        f"real standards: {len(KEPT)} tried, the others LEFT OUT; set KANTOR_STANDARDS=standards.json to try them all"
    )
