"""The simple shapes of a condition, for putting it into words and for finding values worth trying."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from kantormaya.expressions.calls import calls, column_word
from kantormaya.expressions.expression import Expression
from kantormaya.expressions.tokens import LITERALS, Kind, Token, tokens

Literal = str | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A name beside a literal, the name first: `kind == 'special'`, `floors > 8`."""

    name: str
    op: str
    literal: Literal


@dataclass(frozen=True, slots=True)
class In:
    """`name in ['a', 'b']`."""

    name: str
    literals: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class Has:
    """`'a' in name`: the name holds several choices, and this is (or is not) one of them."""

    name: str
    literal: Literal
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Truth:
    """A bare name, or `!name`."""

    name: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """Several shapes joined by `&&`."""

    parts: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Several shapes joined by `||`."""

    parts: tuple[Shape, ...]


Shape = Comparison | In | Has | Truth | All | Any

_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_MIRRORED = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}


def shape(expression: Expression) -> Shape | None:
    """The shape of a condition, with `!` carried inwards; None where it is none of the simple ones."""
    reader = _Reader(tokens(expression.source))
    try:
        found = reader.either()
    except _NotSimpleError:
        return None
    return found if reader.is_done() else None


def constants(expression: Expression) -> set[str | float | date]:
    """The texts, numbers and dates that stand in an expression, column names left out."""
    words = tokens(expression.source)
    columns = {word.at for call in calls(words) if (word := column_word(call))}
    found: set[str | float | date] = set()
    for i, word in enumerate(words):
        if word.kind in (Kind.TEXT, Kind.DATE) and word.at not in columns:
            found.add(word.value)  # type: ignore[arg-type]
        elif word.kind is Kind.NUMBER and isinstance(word.value, float):
            found.add(-word.value if _is_negative(words, i) else word.value)
    return found


def columns(expression: Expression) -> set[tuple[str, str]]:
    """The (rows field, column) pairs an expression adds up or counts, where the field is named plainly."""
    return {
        (str(call.arguments[0][0].value), str(word.value))
        for call in calls(tokens(expression.source))
        if (word := column_word(call)) and [w.kind for w in call.arguments[0]] == [Kind.NAME]
    }


def _is_negative(words: tuple[Token, ...], i: int) -> bool:
    if i == 0 or words[i - 1].value != "-" or words[i - 1].kind is not Kind.SIGN:
        return False
    return i == 1 or (words[i - 2].kind is Kind.SIGN and words[i - 2].value not in (")", "]"))


def _opposite(found: Shape) -> Shape:
    match found:
        case Comparison():
            return replace(found, op=_OPPOSITE[found.op])
        case In():
            return All(tuple(Comparison(found.name, "!=", literal) for literal in found.literals))
        case Has() | Truth():
            return replace(found, negated=not found.negated)
        case All():
            return Any(tuple(_opposite(part) for part in found.parts))
        case Any():
            return All(tuple(_opposite(part) for part in found.parts))


class _NotSimpleError(Exception):
    pass


class _Reader:
    """Reads `||` over `&&` over `!` over one comparison; anything else is not simple."""

    def __init__(self, words: tuple[Token, ...]) -> None:
        self.words = words
        self.i = 0

    def is_done(self) -> bool:
        return self.i == len(self.words)

    def takes(self, *signs: str) -> str | None:
        if not self.is_done() and self.words[self.i].kind is Kind.SIGN and self.words[self.i].value in signs:
            self.i += 1
            return self.words[self.i - 1].cel
        return None

    def either(self) -> Shape:
        parts = [self.both()]
        while self.takes("||"):
            parts.append(self.both())
        flat = [p for part in parts for p in (part.parts if isinstance(part, Any) else (part,))]
        return Any(tuple(flat)) if len(parts) > 1 else parts[0]

    def both(self) -> Shape:
        parts = [self.one()]
        while self.takes("&&"):
            parts.append(self.one())
        flat = [p for part in parts for p in (part.parts if isinstance(part, All) else (part,))]
        return All(tuple(flat)) if len(parts) > 1 else parts[0]

    def one(self) -> Shape:
        is_negated, is_marked = False, False
        while self.takes("!"):
            is_negated, is_marked = not is_negated, True
        if self.takes("("):
            found = self.either()
            if not self.takes(")"):
                raise _NotSimpleError
        else:
            found = self.relation()
            if is_marked and not isinstance(found, Truth):
                raise _NotSimpleError  # `!a == b` is (!a) == b
        return _opposite(found) if is_negated else found

    def relation(self) -> Shape:
        left = self.operand()
        op = self.takes("==", "!=", "<=", ">=", "<", ">", "in")
        if op is None:
            if left.kind is not Kind.NAME:
                raise _NotSimpleError
            return Truth(str(left.value))
        if op == "in":
            return self.membership(left)
        right = self.operand()
        if left.kind in LITERALS:
            left, op, right = right, _MIRRORED[op], left
        if left.kind is not Kind.NAME or right.kind not in LITERALS:
            raise _NotSimpleError
        if op == "==" and isinstance(right.value, bool):
            return Truth(str(left.value), negated=not right.value)
        return Comparison(str(left.value), op, right.value)

    def membership(self, left: Token) -> Shape:
        if not self.takes("["):
            right = self.operand()
            if left.kind not in LITERALS or right.kind is not Kind.NAME:
                raise _NotSimpleError
            return Has(str(right.value), left.value)
        literals = [self.operand()]
        while self.takes(","):
            literals.append(self.operand())
        if (
            not self.takes("]")
            or left.kind is not Kind.NAME
            or any(lit.kind not in LITERALS for lit in literals)
        ):
            raise _NotSimpleError
        return In(str(left.value), tuple(literal.value for literal in literals))

    def operand(self) -> Token:
        sign = self.takes("-")
        if self.is_done() or self.words[self.i].kind not in LITERALS | {Kind.NAME}:
            raise _NotSimpleError
        word = self.words[self.i]
        self.i += 1
        if sign is None:
            return word
        if not isinstance(word.value, float):
            raise _NotSimpleError
        return replace(word, value=-word.value)
