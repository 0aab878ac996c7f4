"""The job that lets time pass, every minute."""

from __future__ import annotations

from procrastinate.contrib.django import app

from kantormaya.casework.sweeping import sweep


@app.periodic(cron="* * * * *")
@app.task(name="casework.sweep", queue="deadlines", queueing_lock="casework.sweep")
def let_time_pass(timestamp: int) -> None:
    """Do what deadlines have caused."""
    sweep()
