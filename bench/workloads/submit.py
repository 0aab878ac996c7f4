"""Submit: the last press of the button on a form of thirty fields, beside three bare inserts of the same form (B3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bench import filling, requests
from bench.client import Request
from bench.comparing import PRODUCT, Bench, Result, Twin, compare, count


def run(bench: Bench) -> list[Result]:
    """Every 302 the client saw must be a case with its event, its audit line and its message; B3 likewise."""
    result = Result("submit")
    before = _rows(bench, TABLES), _rows(bench, filling.TWINS)
    compare(
        bench,
        result,
        lambda n: hand_ins(bench, n),
        Twin("B3", lambda n: (requests.three_rows() for _ in range(n))),
    )
    result.wrong += lost(before[0], _rows(bench, TABLES), result.acknowledged[PRODUCT])
    result.wrong += lost(before[1], _rows(bench, filling.TWINS), result.acknowledged["B3"])
    count(result, hand_ins(bench, 2), 8)
    result.share("B3", 0.5)
    at_32 = result.at(32).product[0].seen
    result.at_most("p99 / p50 at 32", at_32.percentile(0.99) / max(0.001, at_32.percentile(0.5)), 3)
    return [result]


def hand_ins(bench: Bench, number: int) -> Iterator[Request]:
    """The last press of the button on so many drafts."""
    return map(requests.hand_in, filling.drafts(bench.database, bench.own["draft"], number))


TABLES = ("cases_case", "cases_event", "cases_pii", "audit_entry", "outbox_message", "procrastinate_jobs")


def _rows(bench: Bench, tables: Iterable[str]) -> dict[str, int]:
    return {table: bench.one(f"SELECT count(*) FROM {table}") for table in tables}


def lost(before: dict[str, int], after: dict[str, int], acknowledged: int) -> list[str]:
    """Where the tables do not hold just what the client was told: each table with how many rows are there and owed."""
    grown = {table: after[table] - before[table] for table in before}
    return [
        f"{table}: {n} rows for {acknowledged} answers" for table, n in grown.items() if n != acknowledged
    ]
