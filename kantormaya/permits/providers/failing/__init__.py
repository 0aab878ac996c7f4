"""A provider that is always out of order: for tests, and to rehearse what the desk does then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from pydantic import SecretStr

from kantormaya.language.texts import Text
from kantormaya.permits.providers import Seal, Signatory, SigningRefused

OUT_OF_ORDER = Text(
    "Layanan tanda tangan sedang tidak dapat dihubungi. Surat tetap menunggu tanda tangan; coba lagi nanti.",
    "The signing service cannot be reached. The paper goes on waiting for its signature; try again later.",
)


class FailingProvider:
    """Opens a batch, then fails on every paper, as a network does."""

    is_test = True

    def status(self, signatory: Signatory) -> Text | None:  # noqa: ARG002  the shape of a provider
        """Nothing is known to be wrong until one tries."""
        return None

    @contextmanager
    def batch(self, signatory: Signatory, passphrase: SecretStr) -> Iterator[Seal]:  # noqa: ARG002
        """A batch in which no paper can be signed."""

        def fail(_pdf: bytes, _reason: str, _at: datetime) -> bytes:
            raise SigningRefused(OUT_OF_ORDER)

        yield fail

    def roots(self) -> list[bytes]:
        """Nothing to trust."""
        return []


PROVIDER = FailingProvider
