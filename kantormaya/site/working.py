"""The worker's life: it works until it is told to end, and waits where the database has gone away."""

from __future__ import annotations

import asyncio
import logging
import signal
from typing import Any

import psycopg
from procrastinate.exceptions import ConnectorException

log = logging.getLogger(__name__)

PAUSE = 2.0  # seconds before the database is tried again
LETTERS = "outbox"
GRACE = 8  # seconds for the jobs at hand


async def work(app: Any) -> None:
    """Do jobs until SIGINT or SIGTERM; a database that is gone is waited for, however long."""
    ending = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, ending.set)
    while not ending.is_set():
        try:
            async with app.open_async():
                await _until_ended(app, ending)
        except (ConnectorException, psycopg.Error, OSError) as fault:
            log.warning("the worker has no database and tries again: %s", fault)
        try:
            await asyncio.wait_for(ending.wait(), PAUSE)
        except TimeoutError:
            continue


async def _until_ended(app: Any, ending: asyncio.Event) -> None:
    """Two lanes, one job at a time in each, until they are told to end or one of them breaks.

    Letters go one after the other, so whoever kills us makes at most one come twice; and no slow mail server holds up a deadline.
    """
    others = {task.queue for task in app.tasks.values()} - {LETTERS}
    # jobs that are done are forgotten: one of them carries a mail address that may have no cases here
    lanes = [
        asyncio.create_task(
            app.run_worker_async(
                queues=queues,
                concurrency=1,
                install_signal_handlers=False,
                shutdown_graceful_timeout=GRACE,
                delete_jobs="successful",
            )
        )
        for queues in ([LETTERS], sorted(others))
    ]
    told = asyncio.create_task(ending.wait())
    # a lane ends by itself where its connection breaks, sometimes without a word
    broken, _ = await asyncio.wait({*lanes, told}, return_when=asyncio.FIRST_COMPLETED)
    for one in (*lanes, told):
        one.cancel()  # what is at hand is finished first
    await asyncio.gather(*lanes, return_exceptions=True)
    for one in broken:
        one.result()
