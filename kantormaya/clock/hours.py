"""In which minutes of each weekday an office is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Spans = tuple[tuple[int, int], ...]  # (opens, closes) in minutes of the day, in order
WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")


@dataclass(frozen=True, slots=True)
class Hours:
    """For each weekday, Monday first, the spans in which the office is open."""

    week: tuple[Spans, Spans, Spans, Spans, Spans, Spans, Spans]

    def __post_init__(self) -> None:
        for spans in self.week:
            ends = [minute for span in spans for minute in span]
            if ends != sorted(set(ends)) or any(not 0 <= minute <= 24 * 60 for minute in ends):
                raise ValueError(f"office hours have to follow each other within a day: {spans}")

    @classmethod
    def read(cls, raw: Mapping[str, list[str]] | list[list[str]]) -> Hours:
        """Hours from `{senin = ["07:30-16:00"], …}`; a day left out is closed."""
        days = [raw.get(name, []) for name in WEEKDAYS] if isinstance(raw, Mapping) else raw
        monday, tuesday, wednesday, thursday, friday, saturday, sunday = (
            tuple(_span(said) for said in spans) for spans in days
        )
        return cls((monday, tuesday, wednesday, thursday, friday, saturday, sunday))

    def written(self) -> dict[str, list[str]]:
        """The same as `read` takes it."""
        return {
            name: [f"{_clock(opens)}-{_clock(closes)}" for opens, closes in spans]
            for name, spans in zip(WEEKDAYS, self.week, strict=True)
            if spans
        }


def _span(said: str) -> tuple[int, int]:
    opens, _, closes = said.partition("-")
    return _minute(opens), _minute(closes)


def _minute(said: str) -> int:
    hour, _, minute = said.strip().replace(".", ":").partition(":")
    return int(hour) * 60 + int(minute or 0)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
