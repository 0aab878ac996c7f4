"""Move: an official passes a case on, beside the same writes without the office; and thirty-two officials on one case."""

from __future__ import annotations

from collections.abc import Iterator

from bench import filling, requests
from bench.client import Request, send
from bench.comparing import PRODUCT, Bench, Goal, Result, Twin, compare, count

AT_ONCE = 32


def run(bench: Bench) -> list[Result]:
    """Every 302 must be one `moved` event with its audit line."""
    result, cookies = Result("move"), bench.office.cookies["front_office"]

    def product(number: int) -> Iterator[Request]:
        return iter([forward(one, cookies) for one in waiting(bench, number)])

    def twin(number: int) -> Iterator[Request]:
        return (requests.twin_move(i % 4000 + 1, cookies) for i in range(number))

    before = _moved(bench)
    compare(bench, result, product, Twin("the same writes", twin))
    if (grown := _moved(bench) - before) != result.acknowledged[PRODUCT]:
        result.wrong.append(f"moved: {grown} events for {result.acknowledged[PRODUCT]} answers")
    count(result, product(2), 10)
    result.share("the same writes", 0.5)
    result.goals.append(_one_wins(bench, cookies))
    return [result]


def waiting(bench: Bench, number: int) -> list[tuple[str, int]]:
    """Number and version of cases that wait at the front office."""
    first, last = filling.multiply(bench.database, number, [bench.own["check"]])
    rows = bench.database.execute(
        "SELECT number, version FROM cases_case WHERE id BETWEEN %s AND %s", [first, last]
    )
    return rows.fetchall()


def forward(case: tuple[str, int], cookies: str, by: int = 0) -> Request:
    """Pass a case on, once for each `by`."""
    number, version = case
    return requests.act(number, "move", "forward", version, f"bench-{number}-{by}", cookies)


def _moved(bench: Bench) -> int:
    return bench.one(
        "SELECT count(*) FROM cases_event e JOIN audit_entry a ON a.case_id = e.case_id AND a.act = 'moved'"
        " AND (a.detail->>'seq')::int = e.seq WHERE e.kind = 'moved' AND e.key LIKE 'bench-P-%'"
    )


def _one_wins(bench: Bench, cookies: str) -> Goal:
    (case,) = waiting(bench, 1)
    asked = [forward(case, cookies, n) for n in range(AT_ONCE)]
    seen = send(bench.office.port, iter(asked), AT_ONCE)
    conflicts = sum(one.endswith(": 409") for one in seen.failed)
    figure = f"{seen.answered} won, {conflicts} × 409, {len(seen.failed) - conflicts} other"
    return Goal(
        "32 officials on one case: one wins, the rest 409", figure, (seen.answered, conflicts) == (1, 31)
    )
