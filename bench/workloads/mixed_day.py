"""A mixed day: citizens look, officials look, some hand in and some act, all at once; and the citizens alone."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import repeat

from bench import filling, requests
from bench.client import Request, Seen, send, send_beside
from bench.comparing import Bench, Goal, Result
from bench.workloads.case_page import with_events
from bench.workloads.move import forward, waiting

CLIENTS = 32
CITIZENS = 26
"""So many of the clients send the public pages (80 %); the others send the inbox, submissions and moves."""


def run(bench: Bench) -> list[Result]:
    """The citizens' p99 in the mixture, beside theirs alone; not one wrong answer."""
    result, seconds = Result("mixed day"), bench.shape.day
    citizens_ask, officials_ask = _public(bench), _office(bench, seconds)
    alone = send(bench.office.port, citizens_ask, CITIZENS, within=seconds / 2)
    groups = [(citizens_ask, CITIZENS), (officials_ask, CLIENTS - CITIZENS)]
    mixed, worked = send_beside(bench.office.port, groups, within=seconds)
    failed = [*alone.failed, *mixed.failed, *worked.failed]
    result.wrong += failed[:3]
    ratio = mixed.percentile(0.99) / max(0.001, alone.percentile(0.99))
    figure = f"{ratio:.2f} ({_told(mixed)}; alone {_told(alone)}; office {_told(worked)})"
    result.goals.append(Goal("public p99 / public alone ≤ 2", figure, ratio <= 2))
    result.goals.append(Goal("0 failed", str(len(failed)), not failed))
    return [result]


def _told(seen: Seen) -> str:
    return f"{seen.answered / seen.seconds:.0f}/s, p99 {seen.percentile(0.99):.0f} ms"


def _public(bench: Bench) -> Iterator[Request]:
    """Track and catalogue pages without end."""
    dice = random.Random(1)
    pages = [requests.follow(code) for _, code in with_events(bench, 5)]
    pages += [requests.page(path) for path in ("/layanan/izin-reklame/", "/layanan/", "/")] * 7
    return (dice.choice(pages) for _ in repeat(None))


def _office(bench: Bench, seconds: float) -> Iterator[Request]:
    """Two inboxes, a submission and a move, again and again."""
    most = int(seconds * 40) + 10
    cookies = bench.office.cookies["front_office"]
    tokens = filling.drafts(bench.database, bench.own["draft"], most)
    cases = waiting(bench, most)
    inbox = requests.page("/meja/", cookies)
    return (
        one
        for token, case in zip(tokens, cases, strict=True)
        for one in (inbox, requests.hand_in(token), inbox, forward(case, cookies))
    )
