"""The same world as for the access walk, and nobody outside is called whatever is typed."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from tests.access.conftest import world

__all__ = ["world"]


@pytest.fixture(autouse=True)
def nobody_outside_is_called(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An address that somebody types is never opened by us, nor looked up (the database is no network)."""
    called: list[Any] = []

    def refuse(*asked: Any, **_: Any) -> None:
        called.append(asked)
        raise ConnectionRefusedError("somebody's words made us call out")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    yield
    assert not called
