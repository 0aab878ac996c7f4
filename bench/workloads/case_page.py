"""Case page: what an official sees of a case, beside a row and a template behind the same sessions (BT), and one that writes a row too."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice

from bench import filling, requests
from bench.client import Request
from bench.comparing import Bench, Result, Twin, compare, count

FEW, MANY = 5, 500


def run(bench: Bench) -> list[Result]:
    """At 5 and at 500 events."""
    found, cookies = [], bench.office.cookies["front_office"]
    for events in (FEW, MANY):
        numbers = [number for number, _ in with_events(bench, events)]
        pages = [f"/meja/perkara/{number}/" for number in numbers]
        result = Result(f"case page, {events} events")
        compare(
            bench,
            result,
            lambda n, pages=pages: (requests.page(one, cookies) for one in islice(cycle(pages), n)),  # type: ignore[misc]
            Twin("BT", lambda n: _twin("baris", n, cookies)),
            Twin("BT+row", lambda n: _twin("baris-dan-jejak", n, cookies)),
        )
        count(result, (requests.page(one, cookies) for one in pages), 9)
        result.share("BT", 0.6)
        result.share("BT+row", 0.5)
        found.append(result)
    return found


def _twin(name: str, number: int, cookies: str) -> Iterator[Request]:
    return (requests.page(f"/meja/banding/{name}/{i % 4000 + 1}/", cookies) for i in range(number))


def with_events(bench: Bench, events: int, number: int = 20) -> list[tuple[str, str]]:
    """Number and code of some open cases whose history has so many events."""
    first, last = filling.multiply(bench.database, number, [bench.own["check"]])
    bench.database.execute(
        "INSERT INTO cases_event (case_id, seq, kind, at, actor, actor_role, actor_agency, data)"
        " SELECT e.case_id, n, e.kind, e.at, e.actor, e.actor_role, e.actor_agency, e.data"
        " FROM cases_event e CROSS JOIN generate_series(3, %s) n WHERE e.case_id BETWEEN %s AND %s AND e.seq = 2",
        [events, first, last],
    )
    bench.database.execute(
        "UPDATE cases_case SET version = %s WHERE id BETWEEN %s AND %s", [events, first, last]
    )
    rows = bench.database.execute(
        "SELECT number, code FROM cases_case WHERE id BETWEEN %s AND %s", [first, last]
    )
    return rows.fetchall()
