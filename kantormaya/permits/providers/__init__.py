"""Who signs: one folder per provider, and what each of them must be able to do."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, cast

from pydantic import SecretStr

from kantormaya.language.texts import Text
from kantormaya.people.plugs import plug

Seal = Callable[[bytes, str, datetime], bytes]
"""Signs one PDF: its bytes, the reason that stands in the signature, the moment."""


@dataclass(frozen=True)
class Signatory:
    """The official whose signature stands on the paper; `id` is the account's name at the provider."""

    id: str
    name: str
    position: str
    nip: str = ""


class SigningRefused(Exception):
    """A signature that did not come about, in words for who wanted it; never contains the passphrase."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.id)
        self.text = text


class Provider(Protocol):
    """What casework may ask of a signing service; a remote one (BSrE) fits the same four lines."""

    @property
    def is_test(self) -> bool:
        """Whether its papers must be marked UJI COBA."""

    def status(self, signatory: Signatory) -> Text | None:
        """Why this official cannot sign now, or None."""

    def batch(self, signatory: Signatory, passphrase: SecretStr) -> AbstractContextManager[Seal]:
        """Opens the key once for several papers and forgets it at the end. Raises SigningRefused."""

    def roots(self) -> list[bytes]:
        """The certificates (DER) one must trust to verify its signatures."""


def provider(name: str) -> Provider:
    """The provider of that name (a folder here). Raises SigningRefused when there is none."""
    found = plug(__name__, name)
    if found is None:
        raise SigningRefused(
            Text(
                f"Layanan tanda tangan “{name}” tidak dikenal. Periksa pengaturan KANTOR_SIGNING.",
                f"The signing service “{name}” is not known. Check the setting KANTOR_SIGNING.",
            )
        )
    return cast(Provider, found)
