"""Submit: the last press of the button on a form of thirty fields, beside three bare inserts of the same form (B3)."""

from __future__ import annotations

from collections.abc import Iterator

from bench import filling, requests
from bench.client import Request
from bench.comparing import Bench, Result, compare, count


def run(bench: Bench) -> list[Result]:
    """Every 302 the client saw must be a case with its event, its audit line and its message; B3 likewise."""
    result = Result("submit")
    sent = {"product": 0, "twin": 0}

    def product(number: int) -> Iterator[Request]:
        sent["product"] += number
        return (
            requests.hand_in(token) for token in filling.drafts(bench.database, bench.own["draft"], number)
        )

    def twin(number: int) -> Iterator[Request]:
        sent["twin"] += number
        return (requests.three_rows() for _ in range(number))

    before = _rows(bench)
    compare(bench, result, product, twin)
    failed = sum(len(r.seen.failed) for c in result.comparisons for r in c.product)
    result.wrong += lost(before, _rows(bench), sent["product"] - failed)
    count(result, product(2), 8)
    result.share("of B3", 0.5)
    at_32 = result.at(32).product[0].seen
    result.at_most("p99 / p50 at 32", at_32.percentile(0.99) / max(0.001, at_32.percentile(0.5)), 3)
    return [result]


TABLES = ("cases_case", "cases_event", "cases_pii", "audit_entry", "outbox_message", "procrastinate_jobs")


def _rows(bench: Bench) -> dict[str, int]:
    return {table: bench.one(f"SELECT count(*) FROM {table}") for table in TABLES}


def lost(before: dict[str, int], after: dict[str, int], acknowledged: int) -> list[str]:
    """Where the tables do not hold just what the client was told: each table with how many rows are there and owed."""
    grown = {table: after[table] - before[table] for table in before}
    return [
        f"{table}: {n} rows for {acknowledged} answers" for table, n in grown.items() if n != acknowledged
    ]
