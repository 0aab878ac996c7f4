"""What is kept for a moment is read again after it."""

from __future__ import annotations

import pytest

from kantormaya.catalogue import fresh


def test_a_reading_is_used_again_for_a_moment_and_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    readings = iter(range(10))
    read = fresh.fresh(lambda: next(readings))
    monkeypatch.setattr(fresh, "SECONDS", 3600)
    assert (read(), read()) == (0, 0)
    monkeypatch.setattr(fresh, "SECONDS", 0)
    assert (read(), read()) == (1, 2)
