"""What people typed, as it can be kept: what one sees is all there is. And numbers, as forms carry them."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

# Control and format characters (bidirectional marks, zero-width joiners, tags), private and lone halves of characters, and those
# letters and signs that draw nothing: they turn, split, hide or imitate other words, and some of them no database keeps.
HIDING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ud800-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U0001fffe\U0001ffff\U000e0000-\U0010ffff]"
)
_MARKS = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
PILED = re.compile(f"({_MARKS}{{3}}){_MARKS}+")
"""More marks on one letter than any language writes: they would cover the lines around it."""
BREAKS = str.maketrans("\u2028\u2029", "\n\n")


def plain(text: str) -> str:
    """The text without anything that hides: said the same, kept the same, shown the same in lists and on papers."""
    if text.isascii() and text.isprintable():
        return text
    text = HIDING.sub("", text.translate(BREAKS))
    return PILED.sub(r"\1", unicodedata.normalize("NFC", text))


def all_plain(value: Any) -> Any:
    """The same for what came as JSON, however deep."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [all_plain(one) for one in value]
    if isinstance(value, dict):
        return {plain(key): all_plain(one) for key, one in value.items()}
    return value


def whole(text: str) -> int | None:
    """A number as a form or an address carries it (a row, a version); None for anything else, and for what no table holds."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
