"""A length of time as a standard says it: "3-5 hari kerja", "1 hari kalender sebelum pakai_on"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Literal

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema


class DurationFault(ValueError):
    """A duration that can't be read or reckoned, in Indonesian (`id`) and English (`en`), with the remedy."""

    def __init__(self, id: str, en: str) -> None:
        super().__init__(id, en)
        self.id = id
        self.en = en

    def __str__(self) -> str:
        return self.id


class Unit(StrEnum):
    """What a duration counts; a bare "hari" says neither working nor calendar day and can't be reckoned."""

    MINUTE = "menit"
    HOUR = "jam"
    OFFICE_HOUR = "jam kerja"
    WORKDAY = "hari kerja"
    CALENDAR_DAY = "hari kalender"
    WEEK = "minggu"
    MONTH = "bulan"
    YEAR = "tahun"
    BARE_DAY = "hari"


_ENGLISH = {
    Unit.MINUTE: "minute",
    Unit.HOUR: "hour",
    Unit.OFFICE_HOUR: "office hour",
    Unit.WORKDAY: "working day",
    Unit.CALENDAR_DAY: "calendar day",
    Unit.WEEK: "week",
    Unit.MONTH: "month",
    Unit.YEAR: "year",
    Unit.BARE_DAY: "day",
}
_MOST = {Unit.WEEK: 1_000, Unit.MONTH: 1_200, Unit.YEAR: 100}  # about a century; of the others 10 000
_PATTERN = re.compile(
    r"(?P<low>\d{1,9})(?:\s*[-–]\s*(?P<high>\d{1,9}))?\s+"
    r"(?P<unit>menit|jam kerja|jam|hari kerja|hari kalender|hari|minggu|bulan|tahun)"
    r"(?:\s+(?P<side>sebelum|sesudah)\s+(?P<anchor>[A-Za-z_][A-Za-z0-9_]*))?",
    re.ASCII,
)
_HOW = (
    "tulis mis. “5 hari kerja”, “3-5 hari kalender”, “2 jam kerja sesudah pakai_on”",
    "write for instance “5 hari kerja”, “3-5 hari kalender”, “2 jam kerja sesudah pakai_on”",
)


@dataclass(frozen=True, slots=True)
class Duration:
    """`low` to `high` units (`high` is the limit), perhaps before or after a date field, and as `said`."""

    low: int
    high: int
    unit: Unit
    side: Literal["sebelum", "sesudah"] | None
    anchor: str | None
    said: str

    @classmethod
    def read(cls, said: object) -> Duration:
        """The duration in words; raises DurationFault in words its author understands."""
        if isinstance(said, Duration):
            return said
        if not isinstance(said, str):
            raise DurationFault(
                f"Lama waktu adalah kata-kata: {_HOW[0]}.", f"A duration is words: {_HOW[1]}."
            )
        written = " ".join(said[:200].split())
        match = _PATTERN.fullmatch(written)
        if match is None:
            raise DurationFault(
                f"“{written:.60}” bukan lama waktu: {_HOW[0]}.", f"“{written:.60}” is no duration: {_HOW[1]}."
            )
        unit, low = Unit(match["unit"]), int(match["low"])
        high = int(match["high"]) if match["high"] else low
        _check(written, unit, low, high, bool(match["high"]))
        side: Any = match["side"]
        return cls(low, high, unit, side, match["anchor"], written)

    def reading(self, hari_as: str) -> Duration:
        """The same with a bare "hari" read as "kerja" or "kalender"; what was said stays said."""
        if self.unit is not Unit.BARE_DAY:
            return self
        return replace(self, unit=Unit.WORKDAY if hari_as == "kerja" else Unit.CALENDAR_DAY)

    def words(self, language: str = "id") -> str:
        """As the citizen reads it: "3–5 hari kerja", "3–5 working days"."""
        span = f"{self.low}–{self.high}" if self.low != self.high else str(self.high)
        if language != "en":
            return f"{span} {self.unit}" + (f" {self.side} {self.anchor}" if self.side else "")
        side = f" {'before' if self.side == 'sebelum' else 'after'} {self.anchor}" if self.side else ""
        return f"{span} {_ENGLISH[self.unit]}{'' if self.high == 1 else 's'}{side}"

    def __str__(self) -> str:
        return self.said

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.read, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        units = "|".join(unit.value for unit in Unit)
        return {
            "type": "string",
            "pattern": rf"^\d+(\s*[-–]\s*\d+)?\s+({units})(\s+(sebelum|sesudah)\s+\w+)?$",
        }


def _check(written: str, unit: Unit, low: int, high: int, is_range: bool) -> None:
    most, least = _MOST.get(unit, 10_000), 0 if unit is Unit.MINUTE else 1
    if not least <= low <= most or not least <= high <= most:
        raise DurationFault(
            f"“{written}”: untuk {unit} antara {least} dan {most}.",
            f"“{written}”: between {least} and {most} {unit}.",
        )
    if is_range and low >= high:
        raise DurationFault(
            f"“{written}”: angka pertama harus lebih kecil daripada angka kedua.",
            f"“{written}”: the first number has to be smaller than the second.",
        )
