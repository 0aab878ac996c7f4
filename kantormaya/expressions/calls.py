"""Where an expression calls a function, and with what."""

from __future__ import annotations

from dataclasses import dataclass

from kantormaya.expressions.faults import ExpressionFault
from kantormaya.expressions.functions import FUNCTIONS
from kantormaya.expressions.tokens import Kind, Token


@dataclass(frozen=True, slots=True)
class Call:
    """One call: the word that names the function, and the words of each argument."""

    function: Token
    arguments: tuple[tuple[Token, ...], ...]


def closing(words: tuple[Token, ...], opening: int) -> int:
    """The index of the bracket that closes the one at `opening`; the end where none does."""
    depth = 0
    for i in range(opening, len(words)):
        if words[i].kind is Kind.SIGN:
            depth += (words[i].value in ("(", "[")) - (words[i].value in (")", "]"))
        if depth == 0:
            return i
    return len(words)


def calls(words: tuple[Token, ...]) -> list[Call]:
    """Every call in an expression; raises ExpressionFault for the wrong number of arguments."""
    found = [
        Call(word, _arguments(words, i + 1)) for i, word in enumerate(words) if word.kind is Kind.FUNCTION
    ]
    for call in found:
        _check(call)
    return found


def column_word(call: Call) -> Token | None:
    """The word that names the column, in total(rows, 'column') and count(rows, 'column', value)."""
    if call.function.value in ("total", "count") and len(call.arguments) > 1:
        column = call.arguments[1]
        return column[0] if len(column) == 1 and column[0].kind is Kind.TEXT else None
    return None


def _arguments(words: tuple[Token, ...], opening: int) -> tuple[tuple[Token, ...], ...]:
    inside = words[opening + 1 : closing(words, opening)]
    found: list[list[Token]] = [[]]
    depth = 0
    for word in inside:
        if word.kind is Kind.SIGN:
            depth += (word.value in ("(", "[")) - (word.value in (")", "]"))
            if word.value == "," and depth == 0:
                found.append([])
                continue
        found[-1].append(word)
    return tuple(tuple(argument) for argument in found) if inside else ()


def _check(call: Call) -> None:
    name, at, given = call.function.value, call.function.at, len(call.arguments)
    fewest, most = FUNCTIONS[str(name)]
    if not fewest <= given <= most or (name == "count" and given == 2):
        wanted = "1 / 3" if name == "count" else str(fewest) if fewest == most else f"{fewest}–{most}"
        raise ExpressionFault(
            f"{name} (huruf ke-{at}) memerlukan {wanted} isi di dalam kurung, bukan {given}.",
            f"{name} (character {at}) needs {wanted} arguments, not {given}.",
        )
    if name in ("total", "count") and given > 1 and column_word(call) is None:
        raise ExpressionFault(
            f"{name} (huruf ke-{at}): nama kolom ditulis di antara tanda '…'.",
            f"{name} (character {at}): the column's name is written between '…'.",
        )
