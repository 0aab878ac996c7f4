"""The worker: letters in one lane, everything else in the other; told to end, it ends."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading

import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from procrastinate.contrib.django import app
from pytest_django.fixtures import Settings

from kantormaya.outbox.models import Message
from kantormaya.outbox.sending import _for_all, enqueue
from kantormaya.site.working import work


class Hanging:
    """A mail server that takes letters when it pleases, and how many were on their way at once."""

    pleases = threading.Event()
    begun = threading.Event()
    on_their_way = most = 0

    @classmethod
    def send(cls, message: Message) -> None:
        cls.on_their_way += 1
        cls.most = max(cls.most, cls.on_their_way)
        cls.begun.set()
        cls.pleases.wait(60)
        cls.on_their_way -= 1
        connection.close()


def asked(words: str, *values: str | int) -> int:
    """The one number that the database answers."""
    with connection.cursor() as cursor:
        cursor.execute(words, values)
        found = int(cursor.fetchone()[0])
    connection.close()
    return found


def newest() -> int:
    """The last job of other tests: the queue's own table keeps them."""
    return asked("SELECT coalesce(max(id), 0) FROM procrastinate_jobs")


def waiting(queue: str, since: int) -> int:
    """How many jobs of a queue are not done."""
    return asked("SELECT count(*) FROM procrastinate_jobs WHERE queue_name = %s AND id > %s", queue, since)


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_hangs_holds_up_no_deadline_and_one_letter_at_most_is_on_its_way(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "hanging_channel", Hanging)
    monkeypatch.setattr("kantormaya.outbox.sending.BATCH", 1)
    settings.KANTOR_CHANNELS = {"email": "hanging_channel"}
    since = newest()
    for n in range(3):
        enqueue(f"k{n}", to="a@contoh.example", subject="Uji", body="Uji.")
    app.configure_task("casework.tidy", queue="deadlines").defer(timestamp=0)

    async def live() -> None:
        with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
            working = asyncio.create_task(work(app))
            await asyncio.to_thread(Hanging.begun.wait, 60)
            while await sync_to_async(waiting)("deadlines", since):
                await asyncio.sleep(0.05)
            Hanging.pleases.set()
            while await sync_to_async(waiting)("outbox", since):
                await asyncio.sleep(0.05)
            os.kill(os.getpid(), signal.SIGTERM)
            await working

    asyncio.run(asyncio.wait_for(live(), 90))
    with _for_all():
        assert set(Message.objects.values_list("state", "tries")) == {("sent", 1)}
    assert Hanging.most == 1
