"""A provider that is always out of order: for tests, and to rehearse what the pages do then."""

from __future__ import annotations

from collections.abc import Mapping

from kantormaya.language.texts import Text
from kantormaya.payments.providers import Ask, Notice, NoticeRefused, ProviderDown

OUT_OF_ORDER = Text(
    "Layanan pembayaran sedang tidak dapat dihubungi. Tagihan Anda tetap tersimpan; coba lagi nanti.",
    "The payment service cannot be reached. Your bill is kept; try again later.",
)


class FailingProvider:
    """Answers nothing, believes nothing."""

    title = Text("bank yang selalu rusak (untuk berlatih)", "a bank always out of order (for practice)")

    def ask(self, reference: str, amount: int) -> Ask:  # noqa: ARG002  the shape of a provider
        """Never possible here."""
        raise ProviderDown(OUT_OF_ORDER)

    def read(self, headers: Mapping[str, str], body: bytes) -> Notice:  # noqa: ARG002
        """Never believed here."""
        raise NoticeRefused(OUT_OF_ORDER, forged=True)


PROVIDER = FailingProvider
