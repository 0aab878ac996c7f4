"""A mail server with moods: it takes, refuses, or takes and hangs up before saying so."""

from __future__ import annotations

import asyncio
import email
from collections import Counter
from typing import Any

from aiosmtpd.controller import Controller


class MailServer:
    """Counts what it really took, by Message-ID; `mood` may change at any time."""

    def __init__(self, port: int) -> None:
        self.port, self.mood = port, "takes"
        self.pause = 0.0  # between taking a message and saying so
        self.took: Counter[str] = Counter()
        self.dropped = 0
        self._controller: Controller | None = None

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Refuses for now where that is the mood."""
        if self.mood == "refuses":
            return "451 not now"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:
        """Takes the message; in the mood `drops` nobody hears of it."""
        self.took[str(email.message_from_bytes(envelope.content)["Message-ID"])] += 1
        if self.mood == "drops":
            self.dropped += 1
            server.transport.abort()
        await asyncio.sleep(self.pause)
        return "250 taken"

    @property
    def extra(self) -> int:
        """How many came once more than they had to: those of which nobody heard have to come again."""
        return sum(self.took.values()) - len(self.took) - self.dropped

    def open(self) -> None:
        """Listen."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=20)
        self._controller.start()

    def close(self) -> None:
        """Not there at all: a connection is refused."""
        if self._controller:
            self._controller.stop()
            self._controller = None
