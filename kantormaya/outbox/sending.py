"""Put a message into the outbox, and deliver what is due: at least once, each under its own key."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F
from procrastinate.contrib.django import app

from kantormaya.audit.recording import record
from kantormaya.audit.time import now
from kantormaya.audit.together import add, call
from kantormaya.outbox.channels import ChannelFault, channel_named
from kantormaya.outbox.models import Message, MessageState

log = logging.getLogger(__name__)

BATCH = 50
LEASE = timedelta(minutes=5)  # longer than a mail server may take; then someone else may try
TRIES = 8  # a channel may have more patience: its own TRIES
SLOWEST = timedelta(hours=4)  # between two tries
DELIVER = (  # what `app.configure_task("outbox.deliver", queue="outbox").defer()` sends, with the rows that it is for
    "procrastinate_defer_jobs_v1('{\"(outbox,outbox.deliver,0,,,{},)\"}'::procrastinate_job_to_defer_v1[])"
)
WAITING = (MessageState.QUEUED, MessageState.FAILED)


def enqueue(
    key: str,
    *,
    to: str,
    subject: str,
    body: str,
    language: str = "id",
    case_id: int | None = None,
    channel: str = "email",
) -> None:
    """Write the message and the job that delivers it, in the transaction of the act; the same key twice is one message."""
    message = Message(
        key=key,
        channel=channel,
        to=to,
        subject=subject[:300],
        body=body,
        language=language,
        case_id=case_id,
        created_at=now(),
        due_at=now(),
    )
    add(message, once=True)
    call(DELIVER)


def overtake(channel: str, case_id: int) -> int:
    """What this channel has not sent yet about a case is not sent any more, because newer news says it all; how many."""
    waiting = Message.objects.filter(channel=channel, case_id=case_id, state__in=WAITING)
    return waiting.update(state=MessageState.OVERTAKEN)


def retry(message: Message, *, actor: str) -> bool:
    """Try a message again at once that failed or was given up; False where there is nothing to try."""
    with transaction.atomic():
        locked = Message.objects.select_for_update().get(pk=message.pk)
        if locked.state not in (*WAITING, MessageState.GIVEN_UP):
            return False
        locked.state, locked.tries, locked.due_at = MessageState.QUEUED, 0, now()
        locked.save(update_fields=["state", "tries", "due_at"])
        record("retry_message", actor=actor, case_id=locked.case_id, message=locked.pk)
        app.configure_task("outbox.deliver", queue="outbox").defer()
    return True


def deliver_due(is_ending: Callable[[], bool] = lambda: False) -> int:
    """Send every message that is due, in batches; says how many left. May run in several processes at once.

    One after the other, each marked before the next: whoever kills us makes at most one message come twice.
    """
    sent = 0
    while not is_ending() and (batch := _claim()):
        for n, message in enumerate(batch):
            if is_ending() or now() > message.due_at - LEASE / 2:  # a slow server may need what is left of it
                _let_go(batch[n:])
                break
            sent += _send(message)
    return sent


@contextmanager
def _for_all() -> Iterator[None]:
    """A transaction that sees the messages of every case, as people/scopes.py, which lies above, has it: we know no case."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('kantor.scope', 'system', true), set_config('kantor.reason', 'outbox', true)"
            )
        yield


def _claim() -> list[Message]:
    """Take a batch that nobody else holds. The claim is a lease: if we die, the message falls due again."""
    with _for_all():
        waiting = Message.objects.select_for_update(skip_locked=True).filter(
            state__in=WAITING, due_at__lte=now()
        )
        batch = list(waiting.order_by("due_at", "id")[:BATCH])
        until = now() + LEASE
        for message in batch:
            message.tries += 1
            message.due_at = until
        Message.objects.bulk_update(batch, ["tries", "due_at"])
    return batch


def _let_go(batch: list[Message]) -> None:
    """Give back at once what was claimed and not tried, unless somebody else holds it by now."""
    with _for_all():
        ours = Message.objects.filter(pk__in=[one.pk for one in batch], due_at=batch[0].due_at)
        ours.update(tries=F("tries") - 1, due_at=now())


def _send(message: Message) -> bool:
    """Send one message, outside of any transaction, and write down what became of it."""
    try:
        channel_named(message.channel).send(message)
    except ChannelFault as fault:
        _put_back(message, fault)
        return False
    message.state, message.sent_at, message.last_error = MessageState.SENT, now(), ""
    with _for_all():
        message.save(update_fields=["state", "sent_at", "last_error"])
    return True


def _put_back(message: Message, fault: ChannelFault) -> None:
    """Try later, ever more slowly; after the last try give up loudly."""
    message.last_error = str(fault)
    if fault.for_good or message.tries >= _patience(message.channel):
        message.state = MessageState.GIVEN_UP
        log.error("Message %s to case %s could not be sent: %s", message.pk, message.case_id, fault)
    else:
        message.state = MessageState.FAILED
        message.due_at = now() + min(timedelta(minutes=2 ** min(message.tries, 10)), SLOWEST)
    with _for_all():
        kept = Message.objects.filter(pk=message.pk).exclude(state=MessageState.OVERTAKEN)
        if not kept.update(state=message.state, due_at=message.due_at, last_error=message.last_error):
            return  # newer news was written while we tried
        if message.state == MessageState.GIVEN_UP:
            record(
                "give_up_message",
                actor="system",
                case_id=message.case_id,
                message=message.pk,
                reason=str(fault),
            )


def _patience(channel: str) -> int:
    """How often a channel is tried before a message is given up."""
    try:
        return int(getattr(channel_named(channel), "TRIES", TRIES))
    except ChannelFault:
        return 1
