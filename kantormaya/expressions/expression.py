"""A condition or an amount in a definition: read once, then evaluated over the answers known so far."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

import cel
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from kantormaya.expressions.calls import calls, closing
from kantormaya.expressions.faults import ExpressionFault
from kantormaya.expressions.functions import WorkCalendar, callables
from kantormaya.expressions.kinds import Pair, check_kinds, compared
from kantormaya.expressions.tokens import LONGEST, Kind, Token, tokens
from kantormaya.expressions.values import Value, given, taken


@dataclass(frozen=True, slots=True)
class Unknown:
    """No answer can be had yet: these names are not answered."""

    names: frozenset[str]

    def __bool__(self) -> bool:
        raise TypeError("an Unknown is neither true nor false: ask isinstance(…, Unknown) first")


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that could be read; `names` are the fields, terms and tasks it refers to."""

    source: str
    names: frozenset[str] = field(compare=False, repr=False)
    functions: frozenset[str] = field(compare=False, repr=False)
    _program: Any = field(compare=False, repr=False)
    _compared: tuple[Pair, ...] = field(compare=False, repr=False)

    @classmethod
    def read(cls, source: object) -> Expression:
        """The expression in `source`; raises ExpressionFault in words its author understands."""
        if isinstance(source, Expression):
            return source
        if not isinstance(source, str):
            raise ExpressionFault(
                "Ungkapan ditulis di antara tanda kutip.", "An expression is written between quotes."
            )
        return _read(source.strip() if len(source) <= 2 * LONGEST else source)

    def evaluate(self, values: Mapping[str, Any], calendar: WorkCalendar | None = None) -> Value | Unknown:
        """The value, or Unknown while a name it hangs on is absent from `values` (None: surely no answer).

        Numbers come back as float, dates as date. Raises ExpressionFault where the definition is at fault.
        """
        known = {name: values[name] for name in self.names if name in values}
        known = {name: value for name, value in known.items() if not isinstance(value, Unknown)}
        check_kinds(self._compared, known)
        faults: list[ExpressionFault] = []
        context: dict[str, Any] = {name: given(name, value) for name, value in known.items()}
        if self.functions:
            context |= callables(self.functions, calendar, faults)
        try:
            result = self._program.execute(context)
        except (RuntimeError, TypeError, ValueError, OverflowError):
            if not faults and (absent := self.names - known.keys()):
                return Unknown(absent)
            raise (faults[0] if faults else _undecided(self.source, known)) from None
        if faults:
            raise faults[0]
        return taken(result, known)

    def holds(self, values: Mapping[str, Any], calendar: WorkCalendar | None = None) -> bool | Unknown:
        """Whether the condition is met; raises ExpressionFault where it gives neither true nor false."""
        found = self.evaluate(values, calendar)
        if isinstance(found, bool | Unknown):
            return found
        raise ExpressionFault(
            f"Syarat “{self.source}” harus bernilai benar atau salah, bukan {_said(found)}.",
            f"The condition “{self.source}” has to be true or false, not {_said(found)}.",
        )

    def amount(self, values: Mapping[str, Any], calendar: WorkCalendar | None = None) -> Decimal | Unknown:
        """The number, without the dust of binary fractions; raises ExpressionFault where it gives none."""
        found = self.evaluate(values, calendar)
        if isinstance(found, Unknown):
            return found
        if isinstance(found, bool) or not isinstance(found, float):
            raise ExpressionFault(
                f"“{self.source}” harus bernilai angka, bukan {_said(found)}.",
                f"“{self.source}” has to be a number, not {_said(found)}.",
            )
        return Decimal(int(found)) if found.is_integer() else Decimal(format(found, ".15g"))

    def __str__(self) -> str:
        return self.source

    def __reduce__(self) -> tuple[Any, ...]:
        return (Expression.read, (self.source,))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.read, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": LONGEST}


@lru_cache(maxsize=8192)
def _read(source: str) -> Expression:
    words = tokens(source)
    called = frozenset(str(call.function.value) for call in calls(words))
    names = frozenset(str(word.value) for word in words if word.kind is Kind.NAME)
    guarded = _guarded(words)
    try:
        program = cel.compile(" ".join(word.cel for word in guarded))
    except ValueError as error:
        raise _unreadable(guarded, str(error)) from None
    if set(program.references()["variables"]) != names:
        raise ExpressionFault(
            "Ungkapan ini tidak dapat dibaca dengan pasti: pecah menjadi beberapa [term].",
            "This expression can't be read for certain: split it into several [term]s.",
        )
    functions = called | {"nonzero"} if len(guarded) > len(words) else called
    return Expression(source, names, frozenset(functions), program, compared(words))


def _guarded(words: tuple[Token, ...]) -> list[Token]:
    """The words with every divisor that could be zero put into `nonzero(…)`, inner divisions first."""
    done = list(words)
    for i in reversed(range(len(words))):
        if words[i].kind is not Kind.SIGN or words[i].value != "/":
            continue
        start = i + 1
        while start < len(done) and done[start].value == "-":
            start += 1
        if start >= len(done):
            continue
        first = done[start]
        if first.kind is Kind.NUMBER and first.value:
            continue
        is_call = first.kind is Kind.FUNCTION
        end = closing(tuple(done), start + is_call) if is_call or first.value == "(" else start
        around = Token(Kind.FUNCTION, "nonzero", "nonzero", first.at), Token(Kind.SIGN, "(", "(", first.at)
        done[start : end + 1] = [*around, *done[start : end + 1], Token(Kind.SIGN, ")", ")", first.at)]
    return done


def _unreadable(words: list[Token], complaint: str) -> ExpressionFault:
    """What CEL could not read, told by the author's own word at that place."""
    lines = [line for line in complaint.splitlines() if "<input>:1:" in line]
    first = next((line for line in lines if "Syntax error" in line), lines[0] if lines else "")
    place = re.search(r"<input>:1:(\d+)", first)
    column, start, word = int(place[1]) if place else 1, 1, None
    for candidate in words:
        if start <= column < start + len(candidate.cel) + 1:
            word = candidate
            break
        start += len(candidate.cel) + 1
    if word is None or re.search(r"(input|at) '<EOF>'", first):
        return ExpressionFault(
            "Ungkapan ini belum selesai: lengkapi kurung atau bagian sesudah tanda terakhir.",
            "This expression is not finished: complete the brackets or what follows the last sign.",
        )
    return ExpressionFault(
        f"Tidak dapat dibaca di sekitar “{word.cel}” (huruf ke-{word.at}): periksa tanda dan kurungnya.",
        f"Can't be read around “{word.cel}” (character {word.at}): check its signs and brackets.",
    )


def _undecided(source: str, known: Mapping[str, object]) -> ExpressionFault:
    """Nothing is missing, yet there is no value: a null where one is needed, or things of different kinds."""
    blank = sorted(name for name, value in known.items() if value is None)
    if blank:
        names, first = ", ".join(blank), blank[0]
        return ExpressionFault(
            f"“{source}” tidak ada nilainya bila tanpa jawaban: {names}. Jaga dulu: `{first} != null && …`.",
            f"“{source}” has no value without an answer for: {names}. Guard it: `{first} != null && …`.",
        )
    said = ", ".join(f"{name} = {_said(value)}" for name, value in sorted(known.items()))
    return ExpressionFault(
        f"“{source}” mencampur hal berlainan jenis ({said}): angka dengan angka, teks dengan teks.",
        f"“{source}” mixes different kinds ({said}): compare number with number, text with text.",
    )


def _said(value: object) -> str:
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else f"“{value!s:.60}”"
