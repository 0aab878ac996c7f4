"""Sends by e-mail, through the mail server of the settings."""

from __future__ import annotations

from hashlib import sha256
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage

from kantormaya.outbox.channels import ChannelFault
from kantormaya.outbox.models import Message


def send(message: Message) -> None:
    """Hand the message to the mail server. Its Message-ID comes from the key, so a message sent twice shows as one."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    headers = {
        "Message-ID": f"<{sha256(message.key.encode()).hexdigest()[:32]}@{host}>",
        "Content-Language": message.language,
        "Auto-Submitted": "auto-generated",
    }
    # a line break in a subject would let its writer add headers
    subject = " ".join(message.subject.split())
    try:
        EmailMessage(subject, message.body, to=[message.to], headers=headers).send()
    except SMTPRecipientsRefused as fault:
        raise ChannelFault(f"the address was refused: {fault}", for_good=True) from fault
    except (SMTPException, OSError, ValueError) as fault:
        raise ChannelFault(f"the mail server did not take it: {fault}") from fault
