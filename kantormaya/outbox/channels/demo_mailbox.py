"""The demo's mailbox: the row itself is the letter, and a page shows it."""

from __future__ import annotations

from kantormaya.outbox.channels import ChannelFault
from kantormaya.outbox.models import Message


def send(message: Message) -> None:
    """Nothing leaves the demo; a box that is full (`penuh…@`) takes nothing, so that one sees what the office does then."""
    if message.to.startswith("penuh"):
        raise ChannelFault("552 the mailbox is full")
