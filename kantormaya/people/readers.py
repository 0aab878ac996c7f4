"""Who reads the page that is being made: in which language."""

from __future__ import annotations

from django.utils.translation import get_language


def language() -> str:
    """The language of this page: "id", or "en"."""
    return "en" if (get_language() or "id").startswith("en") else "id"
