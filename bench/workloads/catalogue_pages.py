"""The page of a service and the list of services, beside a view that returns bytes; and how soon a new revision is seen."""

from __future__ import annotations

import time
import urllib.request

from bench import requests
from bench.comparing import Bench, Goal, Result, Twin, compare, count

PAGES = {"service page": "/layanan/izin-reklame/", "list of services": "/layanan/"}
TRIES = 12


def run(bench: Bench) -> list[Result]:
    """Both pages; the revision is published in this process and looked for in those of the server."""
    found = []
    for name, path in PAGES.items():
        result = Result(name)
        compare(
            bench,
            result,
            lambda n, path=path: (requests.page(path) for _ in range(n)),  # type: ignore[misc]
            Twin("bytes", lambda n: (requests.page("/banding/halaman/") for _ in range(n))),
        )
        count(result, (requests.page(path) for _ in range(2)), 10)
        result.share("bytes", 0.5)
        found.append(result)
    found[0].goals.append(_seen_within(bench))
    return found


def _seen_within(bench: Bench) -> Goal:
    """Publish the service with another summary, and ask again and again until no process shows the old one any more."""
    from kantormaya.catalogue.publishing import current, publish

    revision = current("izin-reklame")
    assert revision is not None
    mark = f"Uji terbit {time.time_ns()}"
    text = revision.text.replace('summary  = { id = "', f'summary  = {{ id = "{mark} ', 1)
    text = text if mark in text else revision.text.replace('id = "', f'id = "{mark} ', 1)
    for _ in range(TRIES):  # every process has just read what is in force
        urllib.request.urlopen(f"http://127.0.0.1:{bench.office.port}/layanan/izin-reklame/").close()
    publish(text, revision.files, by="kantor bench")
    since, last_old = time.monotonic(), 0.0
    while time.monotonic() - since < 2:
        for _ in range(TRIES):
            with urllib.request.urlopen(
                f"http://127.0.0.1:{bench.office.port}/layanan/izin-reklame/"
            ) as answer:
                if mark not in answer.read().decode():
                    last_old = time.monotonic() - since
    return Goal("a new revision everywhere ≤ 1 s", f"{last_old:.2f} s", last_old <= 1)
