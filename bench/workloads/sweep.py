"""The deadline sweep: one case in a hundred is past a limit; beside the one UPDATE it stands for."""

from __future__ import annotations

import time
from datetime import timedelta

from bench import filling
from bench.comparing import Bench, Goal, Result

LATER = timedelta(days=10)
"""The sweep runs at a time when the limits of all these cases are over."""


def run(bench: Bench) -> list[Result]:
    """The sweep of this process over all that is due, and the UPDATE over as many rows."""
    from kantormaya.audit.time import now, simulated
    from kantormaya.casework.sweeping import sweep

    result = Result("sweep")
    number = max(10, min(bench.cases // 100, 1000))
    first, last = filling.multiply(bench.database, number, [bench.own["check"]])
    bench.database.execute(
        "UPDATE cases_case SET wake_at = NULL WHERE id < %s", [first]
    )  # nothing else is due
    due = "UPDATE cases_case SET wake_at = now() - interval '1 minute' WHERE id BETWEEN %s AND %s"
    since = time.perf_counter()
    bench.database.execute(due, [first, last])
    one = time.perf_counter() - since
    since = time.perf_counter()
    with simulated(now() + LATER):
        written = sweep()
    took = time.perf_counter() - since
    left = bench.one("SELECT count(*) FROM cases_case WHERE ended_at IS NULL AND wake_at <= now()")
    if written < number:
        result.wrong.append(f"{written} events for {number} cases past their limit")
    if left:
        result.wrong.append(f"{left} cases are still due after the sweep")
    figure = f"{took / one:.0f} × ({took:.2f} s for {number} cases and {written} events, UPDATE {one * 1000:.0f} ms)"
    result.goals.append(Goal("sweep / the one UPDATE ≤ 2", figure, took <= 2 * one))
    result.goals.append(
        Goal(
            "no lock over 100 ms (each case in its own transaction)",
            f"{1000 * took / number:.1f} ms a case",
            took / number <= 0.1,
        )
    )
    return [result]
