"""A national system that is always out of order: for tests, and to rehearse what the desk shows then."""

from __future__ import annotations

from collections.abc import Mapping

from kantormaya.handoff.providers import Application, NotBelieved, Report
from kantormaya.language.texts import Text
from kantormaya.outbox.channels import ChannelFault

OUT_OF_ORDER = Text(
    "Sambungan dengan sistem nasional sedang tidak dipakai.",
    "The connection with the national system is not in use.",
)


class FailingNational:
    """Passes nothing on, hears nothing."""

    system = "oss"

    def read(self, headers: Mapping[str, str], body: bytes) -> Application:  # noqa: ARG002  the shape of a provider
        """Never believed here."""
        raise NotBelieved(OUT_OF_ORDER, forged=True)

    def tell(self, report: Report) -> None:  # noqa: ARG002
        """Never arrives."""
        raise ChannelFault("the national system cannot be reached")


PROVIDER = FailingNational
