"""The job that lets time pass, every minute."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app

from kantormaya.casework.collecting import send_link
from kantormaya.casework.forgetting import forget_drafts
from kantormaya.casework.sweeping import sweep
from kantormaya.documents.keeping import sweep_incoming
from kantormaya.people.limits import forget_old


@app.periodic(cron="* * * * *")
@app.task(name="casework.sweep", queue="deadlines", queueing_lock="casework.sweep")
def let_time_pass(timestamp: int) -> None:
    """Do what deadlines have caused."""
    sweep()


@app.task(name="casework.send_link", queue="outbox")
def send_link_to(address: str, language: str) -> None:
    """Mail somebody the link to their cases, if there are any."""
    with transaction.atomic():
        send_link(address, language=language)


@app.periodic(cron="17 * * * *")
@app.task(name="casework.tidy", queue="deadlines", queueing_lock="casework.tidy")
def tidy(timestamp: int) -> None:
    """Remove what is over: drafts given up, files that were cleaned but never handed in, and counts of how often."""
    forget_drafts()
    sweep_incoming()
    forget_old()
