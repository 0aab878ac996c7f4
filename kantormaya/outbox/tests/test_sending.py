"""A message is sent once each, tried again when a channel fails, and given up loudly."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Collector
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.fixtures import Settings

from kantormaya.audit.models import Entry
from kantormaya.audit.time import simulated
from kantormaya.outbox.models import Message
from kantormaya.outbox.sending import TRIES, _for_all, deliver_due, enqueue

START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def write(key: str = "k", to: str = "pemohon@example.org") -> None:
    enqueue(key, to=to, subject="Izin Anda", body="Sudah terbit.")


@pytest.fixture
def mailbox(settings: Settings) -> None:
    settings.KANTOR_CHANNELS = {"email": "kantormaya.outbox.channels.demo_mailbox"}


@pytest.fixture
def out_of_order(settings: Settings) -> None:
    settings.KANTOR_CHANNELS = {"email": "kantormaya.outbox.channels.failing"}


@pytest.mark.django_db
def test_the_same_key_twice_is_one_message_sent_once(mailbox: None) -> None:
    write()
    write()
    assert deliver_due() == 1
    assert deliver_due() == 0
    assert Message.objects.get().state == "sent"


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_rolled_back_leaves_neither_message_nor_job() -> None:
    before = ProcrastinateJob.objects.count()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write()
        raise ZeroDivisionError
    assert Message.objects.count() == 0
    assert ProcrastinateJob.objects.count() == before


@pytest.mark.django_db
def test_a_failing_channel_is_tried_ever_more_slowly_and_then_given_up_loudly(
    out_of_order: None, caplog: pytest.LogCaptureFixture
) -> None:
    with simulated(START) as clock:
        write()
        waits = []
        for _ in range(TRIES):
            assert deliver_due() == 0
            message = Message.objects.get()
            waits.append(message.due_at - clock.at)
            clock.at = message.due_at
        assert waits[:-1] == sorted(waits[:-1])
        assert (message.state, message.tries) == ("given_up", TRIES)
        assert "out of order" in message.last_error
        clock.advance(timedelta(days=30))
        assert deliver_due() == 0
    assert "could not be sent" in caplog.text
    assert Entry.objects.get(act="give_up_message").detail["message"] == message.pk


@pytest.mark.django_db
def test_an_address_that_does_not_exist_is_given_up_at_once(out_of_order: None) -> None:
    write(to="nobody@example.org")
    deliver_due()
    assert Message.objects.get().state == "given_up"


@pytest.mark.django_db
def test_a_channel_nobody_set_up_says_so(settings: Settings) -> None:
    settings.KANTOR_CHANNELS = {}
    write()
    deliver_due()
    assert "KANTOR_CHANNELS" in Message.objects.get().last_error


@pytest.mark.django_db(transaction=True)
def test_what_a_dead_worker_had_claimed_falls_due_again(mailbox: None) -> None:
    from kantormaya.outbox.sending import LEASE, _claim

    with simulated(START) as clock:
        write()
        assert len(_claim()) == 1  # and the worker dies here
        assert deliver_due() == 0
        clock.advance(LEASE)
        assert deliver_due() == 1


@pytest.mark.django_db(transaction=True)
def test_who_is_told_to_end_gives_back_what_was_not_sent_and_it_counts_as_no_try(mailbox: None) -> None:
    for n in range(3):
        write(f"k{n}")
    told = iter([False, False, True, True])  # before the batch, before the first message, before the second
    with simulated(START + timedelta(days=9999)):
        assert deliver_due(lambda: next(told)) == 1
        with _for_all():
            assert sorted(Message.objects.values_list("state", "tries")) == [
                ("queued", 0),
                ("queued", 0),
                ("sent", 1),
            ]
        assert deliver_due() == 2


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_so_slow_that_the_claim_runs_out_makes_nothing_come_twice(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    came: list[str] = []
    with simulated(START) as clock:

        class Slow:
            @staticmethod
            def send(message: Message) -> None:
                came.append(message.key)
                clock.advance(timedelta(minutes=2))
                if len(came) < 4:
                    deliver_due()  # another worker, meanwhile

        monkeypatch.setitem(sys.modules, "slow_channel", Slow)  # type: ignore[arg-type]
        settings.KANTOR_CHANNELS = {"email": "slow_channel"}
        for n in range(5):
            write(f"k{n}")
        clock.advance(timedelta(seconds=1))
        deliver_due()
    assert sorted(came) == [f"k{n}" for n in range(5)]


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_take_the_same_message(mailbox: None) -> None:
    for n in range(120):
        write(f"k{n}")
    counts: list[int] = []

    def work() -> None:
        counts.append(deliver_due())
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(counts) == 120
    with _for_all():
        assert set(Message.objects.values_list("tries", flat=True)) == {1}


class _Letters(Collector):
    def __init__(self) -> None:
        super().__init__()
        self.letters: list[object] = []

    def handle_message(self, message: object) -> None:
        self.letters.append(message)


@pytest.fixture
def mail_server() -> Iterator[Controller]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        free = probe.getsockname()[1]
    controller = Controller(_Letters(), hostname="127.0.0.1", port=free)
    controller.start()
    yield controller
    controller.stop()


@pytest.mark.django_db
def test_e_mail_reaches_a_real_server_with_a_clean_subject_and_a_stable_id(
    mail_server: Controller, settings: Settings
) -> None:
    settings.KANTOR_CHANNELS = {"email": "kantormaya.outbox.channels.email"}
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = mail_server.server.sockets[0].getsockname()
    enqueue("k", to="a@example.org", subject="Izin\nBcc: semua@example.org", body="Isi", language="id")
    assert deliver_due() == 1
    (letter,) = mail_server.handler.letters
    assert letter["Subject"] == "Izin Bcc: semua@example.org"
    assert letter["Bcc"] is None
    assert letter["Message-ID"].endswith("@localhost>")


@pytest.mark.django_db
def test_a_mail_server_that_is_away_means_trying_again(settings: Settings) -> None:
    settings.KANTOR_CHANNELS = {"email": "kantormaya.outbox.channels.email"}
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    write()
    deliver_due()
    message = Message.objects.get()
    assert message.state == "failed"
    assert "mail server" in message.last_error
