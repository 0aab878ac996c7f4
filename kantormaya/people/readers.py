"""Who reads the page that is being made: in which language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import translation

_spoken: ContextVar[str] = ContextVar("spoken", default="id")


def language() -> str:
    """The language of this page: "id", or "en"."""
    return _spoken.get()


@contextmanager
def read_in(language: str) -> Iterator[None]:
    """Whatever is said in the block is said in this language, by us and by Django."""
    before = _spoken.set(language)
    try:
        with translation.override(language):
            yield
    finally:
        _spoken.reset(before)
