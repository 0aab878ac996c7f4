"""An expression taken apart into words, so that only the plain part of CEL gets through."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import NoReturn

from kantormaya.expressions.faults import ExpressionFault
from kantormaya.expressions.functions import FUNCTIONS

LONGEST = 500
DEEPEST = 24
LARGEST = 1e15

# CEL keeps these for itself; with the functions they are no name for a field, term or task.
_KEYWORDS = (
    "true false null in as break const continue else for function if import let loop package namespace"
)
_LATER = "return var void while has all exists exists_one map filter"
RESERVED = frozenset(FUNCTIONS) | frozenset(_KEYWORDS.split()) | frozenset(_LATER.split())


class Kind(Enum):
    """What a word of an expression is."""

    NAME = "name"
    FUNCTION = "function"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    WORD = "word"  # true, false, null
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Token:
    """One word: what it is, what it says, how CEL is to read it, and where it stands (from 1)."""

    kind: Kind
    value: str | float | date | bool | None
    cel: str
    at: int


LITERALS = frozenset({Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.WORD})

_PATTERN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
      | (?P<text>'(?:[^'\\\n]|\\['"\\])*'|"(?:[^"\\\n]|\\['"\\])*")
      | (?P<number>[0-9][0-9_]*(?:\.[0-9]+)?(?![A-Za-z0-9_.]))
      | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<sign>&&|\|\||==|!=|<=|>=|[<>!+\-*/?:,()\[\]])""",
    re.VERBOSE,
)
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


@lru_cache(maxsize=8192)
def tokens(source: str) -> tuple[Token, ...]:
    """The words of an expression in order; raises ExpressionFault where it leaves the plain part of CEL."""
    if not source.strip():
        raise ExpressionFault(
            "Ungkapan ini kosong: tulis syaratnya.", "This expression is empty: write the condition."
        )
    if len(source) > LONGEST:
        raise ExpressionFault(
            f"Ungkapan ini {len(source)} huruf, paling banyak {LONGEST}: bagi menjadi beberapa [term].",
            f"This has {len(source)} characters, {LONGEST} at most: split it into several [term]s.",
        )
    found = list(_words(source))
    _check_nesting(found)
    _check_lists(found)
    return tuple(_with_dates(found))


def _words(source: str) -> list[Token]:
    found: list[Token] = []
    at = 0
    while at < len(source):
        match = _PATTERN.match(source, at)
        if match is None:
            _refuse(source, at)
        said, kind = match.group(), match.lastgroup
        if kind == "text":
            if unprintable := next((c for c in said if not c.isprintable()), None):
                _refuse(unprintable, 0, at + 1)
            value = re.sub(r"\\(.)", r"\1", said[1:-1])
            found.append(Token(Kind.TEXT, value, said, at + 1))
        elif kind == "number":
            found.append(_number(said, at + 1))
        elif kind == "name":
            found.append(_name(said, source[match.end() :].lstrip()[:1] == "(", at + 1))
        elif kind == "sign":
            if said == "/" and source.startswith("//", at):
                _refuse(source, at)
            found.append(Token(Kind.SIGN, said, said, at + 1))
        at = match.end()
    return found


def _number(said: str, at: int) -> Token:
    # CEL never mixes whole numbers and doubles, and 7 / 2 would be 3: every number is a double.
    plain = said.replace("_", "")
    if float(plain) > LARGEST:
        raise ExpressionFault(
            f"Angka pada huruf ke-{at} terlalu besar: paling banyak {LARGEST:.0f}.",
            f"The number at character {at} is too large: {LARGEST:.0f} at most.",
        )
    return Token(Kind.NUMBER, float(plain), plain if "." in plain else f"{plain}.0", at)


def _name(said: str, is_called: bool, at: int) -> Token:
    if said in _WORDS:
        return Token(Kind.WORD, _WORDS[said], said, at)
    if said == "in":
        return Token(Kind.SIGN, said, said, at)
    if is_called:
        if said not in FUNCTIONS:
            known = ", ".join(FUNCTIONS)
            raise ExpressionFault(
                f"Fungsi “{said}” tidak ada (huruf ke-{at}). Yang ada: {known}.",
                f"There is no function “{said}” (character {at}). There are: {known}.",
            )
        return Token(Kind.FUNCTION, said, said, at)
    if said in FUNCTIONS:
        raise ExpressionFault(
            f"“{said}” (huruf ke-{at}) adalah fungsi: tulis {said}(…), atau beri nama lain pada isian itu.",
            f"“{said}” (character {at}) is a function: write {said}(…), or give that field another name.",
        )
    if said in RESERVED:
        raise ExpressionFault(
            f"“{said}” (huruf ke-{at}) tidak dapat dipakai sebagai nama: beri nama lain.",
            f"“{said}” (character {at}) can't be used as a name: choose another.",
        )
    return Token(Kind.NAME, said, said, at)


_REMEDIES = {
    ".": (
        "nama ditulis datar, tanpa titik; pecahan ditulis 0.5",
        "names are flat, without a dot; a fraction is 0.5",
    ),
    "{": ("tulis daftar sebagai ['a', 'b']", "write a list as ['a', 'b']"),
    "%": (
        "tidak ada sisa bagi; tulis persen sebagai 0.1",
        "there is no remainder; write a percentage as 0.1",
    ),
    "'": ("tutup teksnya dengan '", "close the text with '"),
    '"': ('tutup teksnya dengan "', 'close the text with "'),
    "=": ("“sama dengan” ditulis ==", "“equal to” is written =="),
    "&": ("“dan” ditulis &&", "“and” is written &&"),
    "|": ("“atau” ditulis ||", "“or” is written ||"),
    "/": ("catatan ditulis di luar ungkapan, sesudah #", "a remark goes outside the expression, after #"),
}


def _refuse(source: str, index: int, at: int | None = None) -> NoReturn:
    sign = source[index]
    said = sign if sign.isprintable() else f"U+{ord(sign):04X}"
    number = "angka ditulis 2, 2.5 atau 3_000_000", "a number is written 2, 2.5 or 3_000_000"
    other = "pakai huruf biasa; teks di antara tanda '…'", "use plain letters; text goes between '…'"
    remedy = number if sign.isdecimal() and sign.isascii() else _REMEDIES.get(sign, other)
    at = at or index + 1
    raise ExpressionFault(
        f"“{said}” (huruf ke-{at}) tidak dapat dibaca: {remedy[0]}.",
        f"“{said}” (character {at}) can't be read: {remedy[1]}.",
    )


def _check_nesting(found: list[Token]) -> None:
    depth = 0
    for token in found:
        if token.kind is Kind.SIGN:
            depth += (token.value in ("(", "[")) - (token.value in (")", "]"))
        if depth > DEEPEST:
            raise ExpressionFault(
                f"Kurung bersarang lebih dari {DEEPEST} kali: bagi menjadi beberapa [term].",
                f"Brackets are nested more than {DEEPEST} deep: split this into several [term]s.",
            )


def _check_lists(found: list[Token]) -> None:
    """A `[` after a value would take an element out of it, and leave no trace among the names used."""
    for before, token in pairwise(found):
        closes = before.kind is not Kind.SIGN or before.value in (")", "]")
        if token.value == "[" and token.kind is Kind.SIGN and closes:
            raise ExpressionFault(
                f"“[” (huruf ke-{token.at}) sesudah nilai tidak ada artinya: daftar hanya sesudah `in`.",
                f"“[” (character {token.at}) after a value means nothing here: a list comes after `in` only.",
            )


def _with_dates(found: list[Token]) -> list[Token]:
    """The same words with each `date('2026-01-31')` made one literal."""
    done: list[Token] = []
    rest = iter(enumerate(found))
    for i, token in rest:
        if token.kind is Kind.FUNCTION and token.value == "date":
            done.append(_date(token, found[i + 1 : i + 4]))
            for _ in range(3):
                next(rest)
        else:
            done.append(token)
    return done


def _date(token: Token, call: list[Token]) -> Token:
    try:
        opening, written, closing = call
        if (opening.value, written.kind, closing.value) != ("(", Kind.TEXT, ")") or len(
            str(written.value)
        ) != 10:
            raise ValueError
        day = date.fromisoformat(str(written.value))
    except ValueError:
        raise ExpressionFault(
            f"date (huruf ke-{token.at}) memerlukan satu tanggal yang ada, ditulis date('2026-01-31').",
            f"date (character {token.at}) needs one date that exists, written date('2026-01-31').",
        ) from None
    return Token(Kind.DATE, day, f"timestamp('{day.isoformat()}T00:00:00Z')", token.at)
