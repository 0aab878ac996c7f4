"""The same world as for the access walk."""

from __future__ import annotations

from tests.access.conftest import world

__all__ = ["world"]
