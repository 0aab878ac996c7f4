"""`kantor walk`: example cases played on the pure core and told like a diary, with every due date and its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from kantormaya.clock import Calendar, Reckoning
from kantormaya.clock.standard import standard_calendar
from kantormaya.engine.applying import apply
from kantormaya.engine.clocks import due
from kantormaya.engine.generating import generate
from kantormaya.engine.state import State
from kantormaya.engine.walking import Walked, play, read_walk
from kantormaya.language.checking import service_files
from kantormaya.language.definition import Definition
from kantormaya.language.reading import load
from kantormaya.language.texts import Text
from kantormaya.site.terminal import complain, spoken, table, tell

START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
YEARS = range(2024, 2034)


def walk_paths(paths: Iterable[Path], *, quiet: bool = False) -> int:
    """Play every walk below the paths, or generated ones where there is none; 0 well, 1 a failure, 2 unreadable."""
    files = [file for path in paths for file in service_files(path)]
    if not files:
        complain(Text("Tidak ada service.toml di sana.", "There is no service.toml there."))
        return 2
    played = failed = 0
    for file in files:
        source = load(file)
        if source.definition is None:
            for message in source.faults:
                complain(Text(message.said("id"), message.said("en")))
            return 2
        for walked in _walks(source.definition, file.parent / "walks"):
            played += 1
            failed += bool(walked.problems)
            if walked.problems or not quiet:
                print(_told(source.definition, walked), flush=True)
    tell(f"{played} perjalanan, {failed} gagal.", f"{played} walks, {failed} failed.")
    return 1 if failed else 0


def _walks(definition: Definition, folder: Path) -> Iterator[Walked]:
    written = sorted(folder.glob("*.toml"))
    for file in written:
        yield play(definition, read_walk(file), _calendar())
    if not written:
        yield from generate(definition, _calendar(), START)


@cache
def _calendar() -> Calendar:
    return standard_calendar(YEARS)


def _told(definition: Definition, walked: Walked) -> str:
    """One walk in lines: who did what, where the case stood, when it was due; then the end and the reckoning."""
    language, simulation = spoken(), walked.simulation
    rows: list[tuple[str, ...]] = []
    state: State | None = None
    for event in simulation.events:
        state = apply(definition, state, event)
        clocks = due(definition, state, simulation.calendar, event.at)
        who = event.actor.role + (f" · {event.actor.agency}" if event.actor.agency else "")
        promise = _moment(clocks.promise, simulation.calendar)
        rows.append((_local(event.at, simulation.calendar), who, str(event.kind), state.at, f"→ {promise}"))
    lines = [f"\n{definition.slug} · {walked.walk.title}", table(rows) if rows else ""]
    if state is not None:
        fee = f"Rp {simulation.fee().total:,}".replace(",", ".")
        papers = ", ".join(state.signed) or "—"
        lines.append(Text(f"Akhir: {state.at}; biaya {fee}; produk {papers}",
                          f"End: {state.at}; fee {fee}; products {papers}").said(language))  # fmt: skip
        lines += _reckoned(simulation.clocks().promise, simulation.calendar, language)
    lines += [f"  ! {problem.said(language)}" for problem in walked.problems]
    return "\n".join(lines)


def _reckoned(promise: Reckoning | None, calendar: Calendar, language: str) -> list[str]:
    """Why the case is due when it is: rule, start, calendar, every pause with its cause."""
    if promise is None:
        return []
    rule, since = promise.rule.words(language), _local(promise.start, calendar)
    whole = Text(
        f"Janji: {rule} sejak {since}, kalender {promise.calendar_version} → {_moment(promise, calendar)}",
        f"Promise: {rule} from {since}, calendar {promise.calendar_version} → {_moment(promise, calendar)}",
    )
    spans = [
        Text("  jeda {a} – {b}: {cause}", "  paused {a} – {b}: {cause}").format(
            a=_local(p.since, calendar), b=_local(p.until, calendar) if p.until else "…", cause=p.cause
        )
        for p in promise.pauses
    ]
    return [text.said(language) for text in (whole, *spans)]


def _moment(reckoning: Reckoning | None, calendar: Calendar) -> str:
    return _local(reckoning.due_at, calendar) if reckoning else "—"


def _local(at: datetime, calendar: Calendar) -> str:
    return f"{at.astimezone(ZoneInfo(calendar.zone)):%Y-%m-%d %H:%M}"
