"""A worker dies with jobs in hand: another takes them up."""

from __future__ import annotations

from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app

from kantormaya.outbox.tasks import take_up

pytestmark = pytest.mark.django_db(transaction=True)


def in_hand(worker: int, lock: str | None = None) -> int:
    """A job that this worker was doing."""
    job = app.configure_task("outbox.deliver", queue="outbox", queueing_lock=lock).defer()
    asked("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", worker, job)
    return job


def asked(words: str, *values: Any) -> list[tuple[Any, ...]]:
    """What the database answers."""
    with connection.cursor() as cursor:
        cursor.execute(words, values)
        return list(cursor.fetchall()) if cursor.description else []


def worker(last_seen: str) -> int:
    """A worker that gave its last sign of life so long ago."""
    words = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval) RETURNING id"
    return int(asked(words, last_seen)[0][0])


def test_what_a_dead_worker_held_is_done_by_another_and_what_recurs_by_itself_is_let_go() -> None:
    dead, alive = worker("1 hour"), worker("1 second")
    lost, recurring, busy = in_hand(dead), in_hand(dead, "outbox.sweep"), in_hand(alive)
    async_to_sync(take_up.func)(timestamp=0)
    found = dict(asked("SELECT id, status::text FROM procrastinate_jobs"))
    assert found[lost] == "todo"
    assert found[busy] == "doing"
    assert recurring not in found
