"""The jobs of the outbox: one woken by every new message, two that look for what is stuck: messages, and jobs."""

from __future__ import annotations

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from kantormaya.outbox.sending import deliver_due


@app.task(name="outbox.deliver", queue="outbox", pass_context=True)
def deliver(context: JobContext) -> None:
    """Send what is due; a job that finds nothing is quickly done."""
    deliver_due(context.should_abort)


@app.periodic(cron="* * * * *")
@app.task(name="outbox.sweep", queue="outbox", queueing_lock="outbox.sweep", pass_context=True)
def sweep(context: JobContext, timestamp: int) -> None:
    """Send what a worker that died left behind, and what is to be tried again."""
    deliver_due(context.should_abort)


@app.periodic(cron="*/5 * * * *")
@app.task(name="outbox.take_up", queue="outbox", queueing_lock="outbox.take_up")
async def take_up(timestamp: int) -> None:
    """What a worker that died had in hand is done by another; each of our jobs may be done twice."""
    for job in await app.job_manager.get_stalled_jobs():
        if job.queueing_lock is None:
            await app.job_manager.retry_job(job)
        else:  # a periodic one: its next time has come or comes by itself
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
