"""Sends by e-mail, through the mail server of the settings."""

from __future__ import annotations

from hashlib import sha256
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage

from kantormaya.outbox.channels import ChannelFault
from kantormaya.outbox.models import Message

TRIES = 24
"""About three days, as mail servers have it among themselves: one that is away for a weekend loses nobody's mail."""


def message_id(key: str) -> str:
    """The same for the same message, whoever sends it."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    return f"<{sha256(key.encode()).hexdigest()[:32]}@{host}>"


def send(message: Message) -> None:
    """Hand the message to the mail server. Its Message-ID comes from the key, so a message sent twice shows as one."""
    headers = {
        "Message-ID": message_id(message.key),
        "Content-Language": message.language,
        "Auto-Submitted": "auto-generated",
    }
    # a line break in a subject would let its writer add headers
    subject = " ".join(message.subject.split())
    try:
        EmailMessage(subject, message.body, to=[message.to], headers=headers).send()
    except SMTPRecipientsRefused as fault:
        # 4xx is "not now", as servers say that do not know us yet; only 5xx is no
        is_no = all(code >= 500 for code, _ in fault.recipients.values())
        raise ChannelFault(f"the address was refused: {fault}", for_good=is_no) from fault
    except (SMTPException, OSError, ValueError) as fault:
        raise ChannelFault(f"the mail server did not take it: {fault}") from fault
