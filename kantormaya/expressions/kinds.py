"""Comparing text with a number is quietly false in CEL; here it is a fault."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kantormaya.expressions.calls import closing
from kantormaya.expressions.faults import ExpressionFault
from kantormaya.expressions.tokens import LITERALS, Kind, Token

Pair = tuple[Token, Token]

_RELATIONS = ("==", "!=", "<", "<=", ">", ">=", "in")
_SAID = {
    "text": ("teks", "text"),
    "number": ("angka", "a number"),
    "truth": ("ya/tidak", "yes or no"),
    "date": ("tanggal", "a date"),
    "moment": ("saat (tanggal dan jam)", "a moment (date and hour)"),
    "list": ("daftar", "a list"),
    "other": ("hal lain", "something else"),
}


def compared(words: tuple[Token, ...]) -> tuple[Pair, ...]:
    """The pairs of names and literals that stand on either side of a comparison."""
    found: list[Pair] = []
    for i, word in enumerate(words):
        if word.kind is not Kind.SIGN or word.value not in _RELATIONS or i == 0 or i + 1 == len(words):
            continue
        left = words[i - 1]
        if not _is_value(left) or (i > 1 and _is_relation(words[i - 2])):
            continue
        if word.value == "in":
            if words[i + 1].value == "[":
                found += [(left, w) for w in words[i + 2 : closing(words, i + 1)] if _is_value(w)]
        elif _is_value(words[i + 1]) and not (i + 2 < len(words) and _is_relation(words[i + 2])):
            found.append((left, words[i + 1]))
    return tuple(pair for pair in found if Kind.NAME in (pair[0].kind, pair[1].kind))


def check_kinds(pairs: tuple[Pair, ...], known: Mapping[str, Any]) -> None:
    """Raises ExpressionFault where two answers that are there can't be compared."""
    for left, right in pairs:
        first, second = _kind(left, known), _kind(right, known)
        if first and second and first != second:
            (a_id, a_en), (b_id, b_en) = _SAID[first], _SAID[second]
            raise ExpressionFault(
                f"“{left.cel}” ({a_id}) dibandingkan dengan “{right.cel}” ({b_id}): "
                "samakan jenisnya (teks 'a', tanggal date('2026-01-31')).",
                f"“{left.cel}” ({a_en}) is compared with “{right.cel}” ({b_en}): "
                "use one kind (a text 'a', a date date('2026-01-31')).",
            )


def _is_value(word: Token) -> bool:
    return word.kind is Kind.NAME or word.kind in LITERALS


def _is_relation(word: Token) -> bool:
    return word.kind is Kind.SIGN and word.value in _RELATIONS


def _kind(word: Token, known: Mapping[str, Any]) -> str | None:
    value = known.get(str(word.value)) if word.kind is Kind.NAME else word.value
    if value is None:
        return None
    if isinstance(value, str):
        return "text"
    if isinstance(value, bool):
        return "truth"
    if isinstance(value, float | int | Decimal):
        return "number"
    if isinstance(value, datetime):
        return "moment"
    if isinstance(value, date):
        return "date"
    return "list" if isinstance(value, list | tuple) else "other"
