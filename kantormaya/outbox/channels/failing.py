"""A channel that is out of order, to see what the office does then."""

from __future__ import annotations

from kantormaya.outbox.channels import ChannelFault
from kantormaya.outbox.models import Message


def send(message: Message) -> None:
    """Always fails; for good where the address says so."""
    raise ChannelFault("out of order, for a test", for_good=message.to.startswith("nobody@"))
