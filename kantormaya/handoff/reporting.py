"""How a case stands is told to the national system it came from: a channel of the outbox, so once, retried, and seen."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils.timezone import localtime

from kantormaya.cases.models import Case
from kantormaya.handoff.models import Handoff
from kantormaya.handoff.providers import Report, provider
from kantormaya.language.national import NATIONAL
from kantormaya.language.texts import Text
from kantormaya.outbox.models import Message
from kantormaya.outbox.sending import enqueue, overtake

TRIES = 40
"""How often a report is tried before it is given up (a week): a decision must not be lost over a long outage."""


def report(case: Case, status: str, *, at: datetime, reason: str = "", items: Iterable[str] = ()) -> None:
    """Queue the report, in the transaction of the act; reports not yet sent are overtaken by it.

    Nothing for a case that came in through our own doors.
    """
    handoff = Handoff.objects.filter(case=case).first()
    if handoff is None:
        return
    overtake(handoff.system, case.pk)
    said = {
        "number": case.number, "seq": case.version, "status": status, "at": localtime(at).isoformat(),
        "reason": reason, "items": list(items),
    }  # fmt: skip
    enqueue(
        f"{handoff.system}-{handoff.pk}-{case.version}", to=handoff.external_id, subject=NATIONAL.status[status].said.id,
        body=json.dumps(said), case_id=case.pk, channel=handoff.system,
    )  # fmt: skip


def send(message: Message) -> None:
    """The channel: hand one report over, or raise ChannelFault with the reason."""
    provider(settings.KANTOR_OSS).tell(report_in(message))


def report_in(message: Message) -> Report:
    """The report that a message carries, with the words and the code of its status as they are now."""
    said = json.loads(message.body)
    status = NATIONAL.status[said["status"]]
    return Report(
        external_id=message.to, number=said["number"], seq=said["seq"], status=said["status"], code=status.code,
        said=Text(status.said.id, status.said.en), at=said["at"], reason=said["reason"], items=tuple(said["items"]),
    )  # fmt: skip
