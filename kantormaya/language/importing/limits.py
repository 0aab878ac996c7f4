"""Time limits as a page says them and as a clock can run by them."""

from __future__ import annotations

from kantormaya.clock import Duration, DurationFault
from kantormaya.language.importing.draft import Draft
from kantormaya.language.importing.records import Limit
from kantormaya.language.texts import Text


def written(value: int | list[int], unit: str, working: bool | str = "unknown") -> str:
    """As the page says it, in the words of a definition: "3-25 hari kerja"; a bare "hari" stays bare."""
    span = (
        str(value)
        if isinstance(value, int)
        else f"{value[0]}-{value[1]}"
        if value[0] != value[1]
        else str(value[0])
    )
    if unit == "hari" and working != "unknown":
        unit = "hari kerja" if working else "hari kalender"
    if unit == "jam" and working is True:
        unit = "jam kerja"
    return f"{span} {unit}"


def duration(value: int | list[int], unit: str, working: bool | str = "unknown") -> str:
    """The same where a clock can run by it, else "not_stated": nothing can be late after "0 hari" or "5-2 hari"."""
    said = written(value, unit, working)
    try:
        Duration.read(said)
    except DurationFault:
        return "not_stated"
    return said


def minutes(value: int | list[int] | None, unit: str | None) -> int:
    """The upper end in minutes, a day as a day, to compare limits of one page; 0 where it says none."""
    upper = (value if isinstance(value, int) else max(value)) if value else 0
    day = 24 * 60
    known = {"menit": 1, "jam": 60, "jam kerja": 60, "minggu": 7 * day, "bulan": 30 * day, "tahun": 365 * day}
    return upper * known.get(unit or "", day)


def said(limit: Limit) -> str:
    """The limit in the words of a definition."""
    return written(limit.value, limit.unit, limit.working)


def clock(draft: Draft, limit: Limit) -> str:
    """The limit for the clock; one it can't run by stays readable, and is asked about."""
    limited = duration(limit.value, limit.unit, limit.working)
    if limited == "not_stated":
        draft.keep(f"Jangka waktu yang tertulis: {said(limit)}")
        draft.ask(NO_LIMIT, "promise.within")
    return limited


NO_LIMIT = Text(
    "Berapa jangka waktu penyelesaian seluruhnya? Halaman tidak menyebutnya.",
    "What is the time limit as a whole? The page does not say.",
)
