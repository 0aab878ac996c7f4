"""The jobs of the outbox: one that is woken by every new message, one that looks each minute for what is stuck."""

from __future__ import annotations

from procrastinate.contrib.django import app

from kantormaya.outbox.sending import deliver_due


@app.task(name="outbox.deliver", queue="outbox")
def deliver() -> None:
    """Send what is due; a job that finds nothing is quickly done."""
    deliver_due()


@app.periodic(cron="* * * * *")
@app.task(name="outbox.sweep", queue="outbox", queueing_lock="outbox.sweep")
def sweep(timestamp: int) -> None:
    """Send what a worker that died left behind, and what is to be tried again."""
    deliver_due()
