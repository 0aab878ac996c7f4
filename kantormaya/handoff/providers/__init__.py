"""Which national system is spoken to and how: one folder per provider, and what each of them must be able to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, cast

from kantormaya.language.texts import Text
from kantormaya.outbox.channels import ChannelFault
from kantormaya.people.plugs import plug


@dataclass(frozen=True)
class Enclosed:
    """One file that came with an application, for a requirement (`denah`) or one of its alternatives (`tempat.sewa`)."""

    requirement: str
    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Application:
    """An application as a national system passes it on: everything that our own form would have asked."""

    external_id: str
    service: str
    nib: str
    variant: str | None
    applicant_kind: str
    language: str
    identity: Mapping[str, Any] = field(repr=False)
    answers: Mapping[str, Any]
    statements: tuple[str, ...] = ()
    enclosed: tuple[Enclosed, ...] = ()


@dataclass(frozen=True)
class Report:
    """How an application stands here. `seq` grows: of two reports the one with the higher holds."""

    external_id: str
    number: str
    seq: int
    status: str
    code: str | None
    said: Text
    at: str
    reason: str = ""
    items: tuple[str, ...] = ()


class NotBelieved(Exception):
    """A call that is no application: its signature does not hold (`forged`), or it can't be read."""

    def __init__(self, text: Text, *, forged: bool) -> None:
        super().__init__(text.id)
        self.text = text
        self.forged = forged


class National(Protocol):
    """What casework may ask of a national system."""

    system: str

    def read(self, headers: Mapping[str, str], body: bytes) -> Application:
        """The application in a call. Raises NotBelieved."""

    def tell(self, report: Report) -> None:
        """Say how an application stands. Raises ChannelFault with the reason when it did not arrive."""


def provider(name: str) -> National:
    """The provider of that name (a folder here). Raises ChannelFault when there is none."""
    found = plug(__name__, name)
    if found is None:
        raise ChannelFault(f"no provider {name!r} for the national system: check KANTOR_OSS", for_good=True)
    return cast(National, found)
