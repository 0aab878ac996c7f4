"""Track: the applicant's page of a case, beside a row and a template (BT) and one that writes a row too; short and long histories cost the same statements."""

from __future__ import annotations

from itertools import cycle, islice

from bench import requests
from bench.comparing import Bench, Result, Twin, compare, count
from bench.workloads.case_page import FEW, MANY, with_events


def run(bench: Bench) -> list[Result]:
    """At 5 and at 500 events."""
    found = []
    for events in (FEW, MANY):
        codes = [code for _, code in with_events(bench, events)]
        result = Result(f"track, {events} events")
        compare(
            bench,
            result,
            lambda n, codes=codes: (requests.follow(code) for code in islice(cycle(codes), n)),  # type: ignore[misc]
            Twin("BT", lambda n: (requests.page(f"/banding/baris/{i % 4000 + 1}/") for i in range(n))),
            Twin(
                "BT+row",
                lambda n: (requests.page(f"/banding/baris-dan-jejak/{i % 4000 + 1}/") for i in range(n)),
            ),
        )
        count(result, (requests.follow(code) for code in codes), 4)
        result.share("BT", 0.6)
        result.share("BT+row", 0.5)
        found.append(result)
    return found
