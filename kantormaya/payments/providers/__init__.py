"""Who takes the money: one folder per provider, and what each of them must be able to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, cast

from kantormaya.language.texts import Text
from kantormaya.people.plugs import plug


@dataclass(frozen=True)
class Ask:
    """How to pay one bill: a QRIS code to scan (text and picture), and the words beside it."""

    reference: str
    amount: int
    qris: str
    svg: str
    words: Text


@dataclass(frozen=True)
class Notice:
    """What a provider reports: money came in. Read only from a message whose signature holds."""

    external_id: str
    reference: str
    amount: int
    at: datetime
    raw: Mapping[str, Any] = field(default_factory=dict)


class NoticeRefused(Exception):
    """A message that is no notice: its signature does not hold (`forged`), or it can't be read."""

    def __init__(self, text: Text, *, forged: bool) -> None:
        super().__init__(text.id)
        self.text = text
        self.forged = forged


class ProviderDown(Exception):
    """The provider can't be asked now, in words for the person who wants to pay."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.id)
        self.text = text


class Provider(Protocol):
    """What casework may ask of a bank or gateway."""

    title: Text

    def ask(self, reference: str, amount: int) -> Ask:
        """How to pay a bill of this many rupiah. Raises ProviderDown."""

    def read(self, headers: Mapping[str, str], body: bytes) -> Notice:
        """The notice in a call-back. Raises NoticeRefused."""


def provider(name: str) -> Provider:
    """The provider of that name (a folder here). Raises ProviderDown when there is none."""
    found = plug(__name__, name)
    if found is None:
        raise ProviderDown(
            Text(
                f"Layanan pembayaran “{name}” tidak dikenal. Periksa pengaturan KANTOR_PAYMENTS.",
                f"The payment service “{name}” is not known. Check the setting KANTOR_PAYMENTS.",
            )
        )
    return cast(Provider, found)


def title_of(name: str) -> Text:
    """What people call a provider; its folder's name where that provider is no longer here."""
    found = plug(__name__, name)
    return cast(Provider, found).title if found is not None else Text(name, name)
