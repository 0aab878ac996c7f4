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
    # jobs that are done are forgotten: one of them carries a mail address that may have no cases here
    jobs = asyncio.create_task(
        app.run_worker_async(
            concurrency=2,
            install_signal_handlers=False,
            shutdown_graceful_timeout=GRACE,
            delete_jobs="successful",
        )
    )
    told = asyncio.create_task(ending.wait())
    await asyncio.wait({jobs, told}, return_when=asyncio.FIRST_COMPLETED)
    if jobs.done():  # it ends by itself where its connection breaks, sometimes without a word
        told.cancel()
        jobs.result()
        return
    jobs.cancel()  # what is at hand is finished first
    await asyncio.gather(jobs, return_exceptions=True)
