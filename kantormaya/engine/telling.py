"""Walks told like a diary: who did what, when it was due and why, what it cost, what came out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from kantormaya.clock import Calendar, Reckoning, standard_calendar
from kantormaya.engine.applying import apply
from kantormaya.engine.clocks import due
from kantormaya.engine.events import APPLICANT, SYSTEM, Actor, Event, Kind
from kantormaya.engine.explaining import explain
from kantormaya.engine.fees import Line
from kantormaya.engine.generating import generate
from kantormaya.engine.simulating import Simulation
from kantormaya.engine.state import State
from kantormaya.engine.walking import Walked, play, read_walk
from kantormaya.language.checking import service_files
from kantormaya.language.definition import Definition
from kantormaya.language.formats import rupiah
from kantormaya.language.reading import load
from kantormaya.language.roles import role_name
from kantormaya.language.texts import Text, joined

START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
YEARS = range(2024, 2034)


def walk_paths(paths: Iterable[Path], *, language: str = "id", quiet: bool = False) -> tuple[list[str], bool]:
    """Play every walk below the paths, or generated ones where there is none: lines to print, and whether all went well.

    With `quiet` only what failed is told.
    """
    lines: list[str] = []
    played = failed = 0
    for file in [file for path in paths for file in service_files(path)]:
        source = load(file)
        if source.definition is None:
            failed += 1
            lines += [message.said(language) for message in source.faults]
            continue
        try:
            for walked in walks_of(source.definition, file.parent / "walks"):
                played += 1
                failed += bool(walked.problems)
                if walked.problems or not quiet:
                    lines += ["", *told(source.definition, walked, language)]
        except ValueError as wrong:  # a walk that can't be read
            failed += 1
            lines.append(str(wrong))
    total = Text(f"{played} perjalanan, {failed} gagal.", f"{played} walks, {failed} failed.")
    return [*lines, total.said(language)], not failed and played > 0


def walks_of(definition: Definition, folder: Path) -> Iterator[Walked]:
    """The walks of a folder, played; for a definition without any, a generated one to each outcome."""
    written = sorted(folder.glob("*.toml"))
    for file in written:
        yield play(definition, read_walk(file), calendar())
    if not written:
        yield from generate(definition, calendar(), START)


@cache
def calendar() -> Calendar:
    """The calendar that walks run on."""
    return standard_calendar(YEARS)


def told(definition: Definition, walked: Walked, language: str) -> list[str]:
    """One walk in lines."""
    sim = walked.simulation
    lines = [f"{definition.slug} · {walked.walk.title}"]
    if sim.state is not None:
        lines += _columns([[text.said(language) for text in row] for row in _rows(sim)])
        lines += [f"  {text.said(language)}" for text in _outcome(sim, sim.state)]
    return lines + [f"  ✗ {problem.said(language)}" for problem in walked.problems]


HEAD = (
    Text("Waktu", "Time"), Text("Langkah", "Step"), Text("Siapa", "Who"), Text("Apa", "What"), Text("Janji", "Promise"),
    Text("Batas hukum", "Legal limit"),
)  # fmt: skip


def _rows(sim: Simulation) -> Iterator[Iterable[Text]]:
    yield HEAD
    state: State | None = None
    for event in sim.events:
        here = state.at if state is not None else sim.definition.start
        state = apply(sim.definition, state, event)
        clocks = due(sim.definition, state, sim.calendar, event.at)
        yield (
            _plain(_local(event.at, sim.calendar)), _plain(here), _who(sim.definition, here, event.actor), happened(sim.definition, event),
            _limit(clocks.promise, sim.calendar), _limit(clocks.legal, sim.calendar),
        )  # fmt: skip


def _plain(word: str) -> Text:
    return Text(word, word)


def _who(definition: Definition, step: str, actor: Actor) -> Text:
    if actor.role in (APPLICANT, SYSTEM):
        return role_name(actor.role)
    return Text("{role} @ {agency}", "{role} @ {agency}").format(
        role=role_name(actor.role), agency=actor.agency or definition.agency_at(step)
    )


def _limit(clock: Reckoning | None, calendar: Calendar) -> Text:
    return _plain(_local(clock.due_at, calendar) if clock else "—")


def _local(at: datetime, calendar: Calendar) -> str:
    return f"{calendar.local(at):%Y-%m-%d %H:%M}"


def happened(definition: Definition, event: Event) -> Text:
    """An event in a few words, with what it concerned."""
    data = event.data
    concerned = {
        Kind.MOVED: data.get("to"), Kind.SIGNED: data.get("product"), Kind.PAID: data.get("bill"), Kind.WAIVED: data.get("bill"),
        Kind.ANSWERED: f"{data.get('task')} = {data.get('answer')}", Kind.ASKED: data.get("task"),
        Kind.BOOKED: data.get("booking"), Kind.RELEASED: data.get("booking"), Kind.SCHEDULED: data.get("task"), Kind.SHOWN: data.get("task"), Kind.CONFIRMED: data.get("task"), Kind.TIMED_OUT: data.get("task"),
        Kind.RETURNED: ", ".join(item["target"].partition(".")[2] for item in data.get("items", ())),
        Kind.FOUND: ", ".join(data.get("facts", ())), Kind.GIVEN: ", ".join(data.get("requirements", ())),
        Kind.CHECKED: ", ".join(f"✗ {name}" for name in data.get("deficient", ())), Kind.EXTENDED: data.get("reason"),
        Kind.ESCALATED: role_name(data.get("to", "")), Kind.REMINDED: role_name(data.get("to", "")),
    }.get(event.kind)  # fmt: skip
    words = HAPPENED[event.kind]
    return (
        Text("{words}: {what}", "{words}: {what}").format(words=words, what=concerned) if concerned else words
    )


HAPPENED = {
    Kind.SUBMITTED: Text("diajukan", "handed in"),
    Kind.CHECKED: Text("syarat diperiksa", "requirements checked"),
    Kind.RETURNED: Text("dikembalikan", "sent back"),
    Kind.CORRECTED: Text("diperbaiki", "corrected"),
    Kind.GIVEN: Text("diserahkan", "given"),
    Kind.FOUND: Text("temuan", "found"),
    Kind.SCHEDULED: Text("dijadwalkan", "scheduled"),
    Kind.ASKED: Text("diminta", "asked"),
    Kind.SHOWN: Text("foto dikirim", "pictures sent"),
    Kind.ANSWERED: Text("dijawab", "answered"),
    Kind.CONFIRMED: Text("disetujui", "agreed"),
    Kind.MOVED: Text("ke", "to"),
    Kind.SIGNED: Text("ditandatangani", "signed"),
    Kind.BOOKED: Text("waktu dipesan", "a time booked"),
    Kind.RELEASED: Text("waktu dilepas", "a time let go"),
    Kind.PAID: Text("dibayar", "paid"),
    Kind.WAIVED: Text("dibebaskan", "waived"),
    Kind.EXTENDED: Text("diperpanjang", "lengthened"),
    Kind.RECALCULATED: Text("dihitung ulang", "recalculated"),
    Kind.REKEYED: Text("PIN diganti", "PIN renewed"),
    Kind.REMINDED: Text("diingatkan", "reminded"),
    Kind.ESCALATED: Text("dilaporkan ke atasan", "reported upwards"),
    Kind.TIMED_OUT: Text("tidak dijawab", "not answered"),
    Kind.WITHDRAWN: Text("ditarik", "withdrawn"),
    Kind.LAPSED: Text("gugur", "lapsed"),
}


def _outcome(sim: Simulation, state: State) -> Iterator[Text]:
    """After the diary: the reckoning, what was asked, what it cost, what came out."""
    yield from explain(sim.definition, state, sim.calendar, sim.now)
    asked = ", ".join(name for name, held in state.requirements.items() if held.status != "not_needed")
    yield Text("Syarat: {names}.", "Requirements: {names}.").format(names=asked or "—")
    yield _fee(sim)
    papers = ", ".join(f"{name} ({number})" if number else name for name, number in state.signed.items())
    yield Text("Hasil: {papers}.", "Products: {papers}.").format(papers=papers or "—")
    end = sim.definition.ends.get(state.at)
    if end is not None:
        yield Text("Akhir: {at} — {title}.", "End: {at} — {title}.").format(at=state.at, title=end.title)


def _fee(sim: Simulation) -> Text:
    quote = sim.fee()
    if quote.not_stated:
        return Text("Biaya: tidak disebut.", "Fee: not stated.")
    if quote.free or not quote.lines:
        return Text("Biaya: gratis.", "Fee: free.")
    lines = [
        Text("{title} {amount}", "{title} {amount}").format(title=line.title, amount=_amount(line))
        for line in quote.lines
    ]
    return Text("Biaya: {total} ({parts}).", "Fee: {total} ({parts}).").format(
        total=rupiah(quote.total), parts=joined(lines)
    )


def _amount(line: Line) -> Text:
    if line.amount is not None:
        return rupiah(line.amount)
    return Text("belum diketahui", "not known yet") if line.missing else Text("tidak disebut", "not stated")


def _columns(rows: list[list[str]]) -> list[str]:
    """Rows in columns as wide as they need."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
