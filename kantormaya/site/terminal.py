"""Words for the person at the terminal: in Indonesian, or in English where the locale asks for it."""

from __future__ import annotations

import os
import sys

from kantormaya.language.texts import Text


class HouseFault(Exception):
    """What is wrong with the house and what to do, in both languages; `code` is the exit code."""

    def __init__(self, id: str, en: str, *, code: int = 1) -> None:
        super().__init__(en)
        self.text = Text(id, en)
        self.code = code


def spoken() -> str:
    """The language of the terminal: KANTOR_LANGUAGE, else English for an English locale, else Indonesian."""
    asked = os.environ.get("KANTOR_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "en" if asked.lower().startswith("en") else "id"


def tell(id: str, en: str) -> None:
    """One line to the person, at once."""
    print(Text(id, en).said(spoken()), flush=True)


def complain(text: Text) -> None:
    """One line to the person about what went wrong."""
    print(text.said(spoken()), file=sys.stderr, flush=True)


def table(rows: list[tuple[str, ...]]) -> str:
    """Rows in columns as wide as they need."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows
    )
