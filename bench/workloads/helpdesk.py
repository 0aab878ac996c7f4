"""django-helpdesk beside the office, on the same server under the same client: a ticket made, and its list of open tickets."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from statistics import median
from urllib.parse import urlencode

import psycopg

from bench import requests
from bench.client import Request
from bench.comparing import Bench, Comparison, Goal, Result, Twin, compare
from bench.helpdesk.environment import PACKAGE, Helpdesk, NotFetched, open_helpdesk
from bench.office import CSRF
from bench.workloads.submit import hand_ins
from kantormaya.site.terminal import tell

MOST = 100_000
"""Beyond so many tickets one page of its list takes seconds; here the issue sets its goal."""
ROWS = re.compile(r'"url": "(/datatables_ticket_list/[^"]+)"')
A_PAGE = "?draw=1&start=0&length=25"


def run(bench: Bench) -> list[Result]:
    """At each size up to a hundred thousand; without the package a sentence and no figure."""
    try:
        with open_helpdesk(bench) as helpdesk:
            return [_creation(bench, helpdesk), _list(bench, helpdesk)]
    except NotFetched as why:
        tell(
            f"{PACKAGE} tidak dapat diunduh, jadi tidak ada angkanya: {why}",
            f"{PACKAGE} could not be fetched, so there is no figure: {why}",
        )
        return [Result("helpdesk", goals=[Goal(f"{PACKAGE} could not be fetched", "no figure", None)])]


def _creation(bench: Bench, helpdesk: Helpdesk) -> Result:
    """A ticket from its public form (its mail thrown away) beside the submission with its mail in the outbox."""
    result, before = Result(f"submit beside helpdesk, {bench.cases:,}"), _tickets(bench)
    served = (helpdesk.port, helpdesk.process)
    twin = Twin("helpdesk", lambda n: (_ticket(helpdesk) for _ in range(n)), served)
    one_each = replace(bench, shape=replace(bench.shape, twin_times=1))
    compare(one_each, result, lambda n: hand_ins(bench, n), twin)
    if (grown := _tickets(bench) - before) != result.acknowledged["helpdesk"]:
        result.wrong.append(f"helpdesk: {grown} tickets for {result.acknowledged['helpdesk']} answers")
    here = result.at(8)
    result.goals += [
        _times("CPU", here.shares_by_cpu(), 4),
        _times("req/s", here.shares_by_rate(), 4),
    ]
    return result


def _list(bench: Bench, helpdesk: Helpdesk) -> Result:
    """Its page of open tickets and the rows that the page's script fetches, beside the inbox, which comes as one."""
    result, served = Result(f"inbox beside helpdesk, {bench.cases:,}"), (helpdesk.port, helpdesk.process)
    cookies = bench.office.cookies["back_office"]
    page = Request("/tickets/", helpdesk.cookies)
    rows = Request(_rows_of(helpdesk), helpdesk.cookies)
    alone = replace(bench, shape=replace(bench.shape, twin_times=1, connections=(1,)))
    compare(
        alone,
        result,
        lambda n: _again(requests.page("/meja/", cookies), n),
        Twin("helpdesk page", lambda n: _again(page, n), served),
        Twin("helpdesk rows", lambda n: _again(rows, n), served),
    )
    both = [result.at(1, "helpdesk page"), result.at(1, "helpdesk rows")]
    result.goals += [_ratio(both, "p50", 50 if bench.cases == MOST else None), _ratio(both, "CPU", None)]
    return result


def _ratio(both: list[Comparison], what: str, least: float | None) -> Goal:
    """How many times longer page and rows together take than the inbox, round by round."""
    found = []
    for page, rows, ours in zip(both[0].twin, both[1].twin, both[0].product, strict=True):
        if what == "CPU":
            found.append((page.cpu_ms + rows.cpu_ms) / max(0.001, ours.cpu_ms))
        else:
            theirs = page.seen.percentile(0.5) + rows.seen.percentile(0.5)
            found.append(theirs / max(0.001, ours.seen.percentile(0.5)))
    return _times(what, found, least)


def _times(what: str, found: list[float], least: float | None) -> Goal:
    middle = median(found)
    figure = f"{middle:.1f} × ({min(found):.1f}–{max(found):.1f})"
    words = f"× helpdesk, {what}" + (f" ≥ {least:g}" if least else "")
    return Goal(words, figure, middle >= least if least else None)


def _ticket(helpdesk: Helpdesk) -> Request:
    said = {
        "csrfmiddlewaretoken": CSRF, "queue": str(helpdesk.queue), "title": "Permohonan keramaian", "priority": "3",
        "body": requests.FIELDS, "submitter_email": "pemohon@contoh.example",
    }  # fmt: skip
    return Request("/tickets/submit/", f"csrftoken={CSRF}", urlencode(said).encode(), (302,))


def _rows_of(helpdesk: Helpdesk) -> str:
    """Where the script of its list fetches the rows, as the page itself says."""
    asked = urllib.request.Request(
        f"http://127.0.0.1:{helpdesk.port}/tickets/", headers={"Cookie": helpdesk.cookies}
    )
    with urllib.request.urlopen(asked) as answer:
        found = ROWS.search(answer.read().decode())
    assert found, "the helpdesk's list names no address for its rows"
    return found[1] + A_PAGE


def _again(request: Request, number: int) -> Iterator[Request]:
    return (request for _ in range(number))


def _tickets(bench: Bench) -> int:
    with psycopg.connect(host=bench.database.info.host, user="postgres", dbname="helpdesk") as database:
        row = database.execute("SELECT count(*) FROM helpdesk_ticket").fetchone()
        assert row is not None
        return int(row[0])
