"""How a message leaves the house: one module per channel, each with `send(message)`."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from kantormaya.outbox.models import Message


class ChannelFault(Exception):
    """The message did not leave; `for_good` says that trying again is of no use."""

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        super().__init__(reason)
        self.for_good = for_good


class Channel(Protocol):
    """What every channel can do."""

    def send(self, message: Message) -> None:
        """Hand the message over, or raise ChannelFault with the reason."""


def channel_named(name: str) -> Channel:
    """The channel that the settings give for this name (`email` may be the demo's mailbox)."""
    try:
        return cast(Channel, import_module(settings.KANTOR_CHANNELS[name]))
    except KeyError:
        raise ChannelFault(
            f"no channel is set up for {name!r}: add it to KANTOR_CHANNELS", for_good=True
        ) from None
