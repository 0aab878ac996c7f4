"""The outbox: how fast one worker drains it, beside how fast submissions fill it."""

from __future__ import annotations

import time

from bench import filling, requests
from bench.client import send
from bench.comparing import Bench, Goal, Result

DUE = "SELECT count(*) FROM outbox_message WHERE state = 'queued' AND due_at <= now()"
"""The sweep's workload leaves letters of a later day."""


def run(bench: Bench) -> list[Result]:
    """Submissions for a while, then everything that is due; nothing may wait afterwards."""
    from kantormaya.outbox.sending import deliver_due

    result = Result("outbox")
    deliver_due()
    tokens = filling.drafts(bench.database, bench.own["draft"], bench.shape.requests * 2)
    seen = send(bench.office.port, (requests.hand_in(token) for token in tokens), 8)
    queued = bench.one(DUE)
    if queued != seen.answered:
        result.wrong.append(f"{queued} messages wait for {seen.answered} answers")
    since = time.perf_counter()
    sent = deliver_due()
    rate, filled = sent / (time.perf_counter() - since), seen.answered / seen.seconds
    if bench.one(DUE):
        result.wrong.append("messages still wait after the drain")
    result.goals.append(
        Goal("drained / filled ≥ 1", f"{rate / filled:.2f} ({rate:.0f}/s, {filled:.0f}/s)", rate >= filled)
    )
    return [result]
