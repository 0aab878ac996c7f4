"""The tables: a line for each comparison, and each goal with its figure."""

from __future__ import annotations

from statistics import median

from bench.comparing import Result, Round, spread
from kantormaya.site.terminal import table

HEADS = (
    "",
    "conn.",
    "req/s",
    "p50 ms",
    "p95",
    "p99",
    "failed",
    "CPU ms: server",
    "database",
    "reached by CPU",
    "by req/s",
)


def told(result: Result) -> str:
    """One workload: product above its twins at each number of connections, then its goals."""
    lines: list[tuple[str, ...]] = [HEADS]
    above = None
    for one in result.comparisons:
        if one.connections != above:
            lines.append(_line(result.name, one.connections, one.product))
        above = one.connections
        if one.twin:
            shares = spread(one.shares_by_cpu() or [0]), spread(one.shares_by_rate() or [0])
            lines.append(_line(f"  {one.against}", one.connections, one.twin, shares))
    goals = [f"  {_mark(goal.reached)} {goal.words}: {goal.figure}" for goal in result.goals]
    counted = [f"  statements in all: {result.statements}"] if result.statements is not None else []
    return "\n".join(([table(lines)] if len(lines) > 1 else [result.name]) + counted + goals)


def table_of(results: list[Result]) -> str:
    """Every goal of the run in one table."""
    rows: list[tuple[str, ...]] = [("", "", "")]
    rows += [(one.name, f"{_mark(g.reached)} {g.words}", g.figure) for one in results for g in one.goals]
    return table(rows).strip("\n")


def _mark(reached: bool | None) -> str:
    return {True: "reached", False: "MISSED ", None: "       "}[reached]


def _line(
    name: str, connections: int, rounds: list[Round], shares: tuple[str, str] = ("", "")
) -> tuple[str, ...]:
    def mid(figures: list[float], digits: int = 1) -> str:
        return f"{median(figures):.{digits}f}"

    return (
        name, str(connections), mid([r.rate for r in rounds], 0),
        *(mid([r.seen.percentile(share) for r in rounds]) for share in (0.5, 0.95, 0.99)),
        str(sum(len(r.seen.failed) for r in rounds)),
        mid([r.server_ms for r in rounds], 2), mid([r.database_ms for r in rounds], 2), *shares,
    )  # fmt: skip
