"""The demo's mailbox: the row itself is the letter, and a page shows it."""

from __future__ import annotations

from kantormaya.outbox.models import Message


def send(message: Message) -> None:
    """Nothing leaves the demo."""
