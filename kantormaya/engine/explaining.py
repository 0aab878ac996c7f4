"""Why a case is due when it is, so that anyone can count it again: rule, start, calendar, every pause, every extension."""

from __future__ import annotations

from datetime import date, datetime

from kantormaya.clock import Calendar, Duration, Pause, Reckoning, Unit
from kantormaya.engine.clocks import due
from kantormaya.engine.state import State
from kantormaya.language.definition import Definition
from kantormaya.language.formats import day, moment
from kantormaya.language.texts import Text, joined
from kantormaya.language.words import said_time


def explain(definition: Definition, state: State, calendar: Calendar, now: datetime) -> list[Text]:
    """The reckoning of promise and legal maximum in sentences, in the order in which one would count."""
    clocks = due(definition, state, calendar, now)
    said: list[Text] = []
    if clocks.promise is not None:
        said += _counted(definition, state, clocks.promise, calendar, PROMISE)
    elif clocks.spans:
        spans = [said_time(definition, span) for span in clocks.spans]
        said += [
            NOT_BEGUN.format(
                span=joined(spans, Text(" atau ", " or ")),
                begins=_begins(definition, definition.promise.from_),
            )
        ]
    else:
        said.append(NOT_STATED)
    if clocks.legal is not None:
        said.append(
            LEGAL.format(
                rule=said_time(definition, clocks.legal.rule), due=_at(clocks.legal.due_at, calendar)
            )
        )
    return said


def _counted(
    definition: Definition, state: State, clock: Reckoning, calendar: Calendar, title: Text
) -> list[Text]:
    said = [title.format(rule=said_time(definition, clock.rule), due=_at(clock.due_at, calendar))]
    if clock.rule.anchor is not None:
        return said  # it hangs on a date: neither pauses nor extensions move it
    begins = _begins(definition, definition.promise.from_)
    said.append(STARTED.format(start=_at(clock.start, calendar), begins=begins))
    said.append(COUNTS[_kind(clock.rule)])
    said.append(CALENDAR.format(version=clock.calendar_version, zone=calendar.zone.partition("/")[2]))
    said += [_pause(definition, pause, calendar) for pause in _told_once(clock)]
    said += [
        EXTENDED.format(
            more=Text(e.duration.words("id"), e.duration.words("en")),
            at=_at(e.at, calendar),
            reason=e.reason.rstrip("."),
        )
        for e in clock.extensions
    ]
    off = {
        on: calendar.holidays[on] for on, cell in clock.counted
        if cell == "off" and on in calendar.holidays and calendar.hours.week[on.weekday()]
    }  # fmt: skip
    if off:
        said.append(HOLIDAYS.format(days=joined(_holiday(on, name) for on, name in off.items())))
    if state.promise_ended_at is not None:
        said.append(ENDED.format(at=_at(state.promise_ended_at, calendar)))
    return said


def _told_once(clock: Reckoning) -> list[Pause]:
    """The pauses after the start; where a step and its bill paused alike, the bill says why."""
    spans = {(p.since, p.until): p for p in sorted(clock.pauses, key=lambda p: p.cause.startswith("bill."))}
    return [p for p in clock.pauses if p in spans.values() and (p.until is None or p.until > clock.start)]


def _pause(definition: Definition, pause: Pause, calendar: Calendar) -> Text:
    said, since = cause_said(definition, pause.cause), _at(pause.since, calendar)
    if pause.until is None:
        return STANDS_STILL.format(since=since, cause=said)
    return STOOD_STILL.format(since=since, until=_at(pause.until, calendar), cause=said)


def cause_said(definition: Definition, cause: str) -> Text:
    """Why the office's time stood still."""
    kind, _, name = cause.partition(".")
    if kind == "step":
        return WAITED["step"].format(title=definition.step[name].title)
    if kind == "bill":
        bill = definition.fee.bill[name.partition("-")[0]]
        return WAITED["bill"].format(title=bill.title or Text("tagihan", "the bill"))
    if kind == "confirm":
        return WAITED["confirm"].format(title=definition.task[name].title)
    return WAITED[kind]


def _begins(definition: Definition, start: str) -> Text:
    kind, _, name = start.partition(".")
    if kind == "step" and name in definition.step:
        return BEGINS["step"].format(title=definition.step[name].title)
    if start in definition.field:
        return BEGINS["field"].format(label=definition.field[start].label)
    return BEGINS[start]


def _kind(rule: Duration) -> str:
    if rule.unit is Unit.WORKDAY:
        return "workdays"
    if rule.unit is Unit.OFFICE_HOUR:
        return "office"
    return "elapsed" if rule.unit in (Unit.MINUTE, Unit.HOUR) else "days"


def _at(at: datetime, calendar: Calendar) -> Text:
    return moment(calendar.local(at))


def _holiday(on: date, name: str) -> Text:
    return Text("{day} ({name})", "{day} ({name})").format(day=day(on), name=name)


PROMISE = Text("Janji kami {rule}: paling lambat {due}.", "Our promise of {rule}: {due} at the latest.")
LEGAL = Text("Batas hukum {rule}: paling lambat {due}.", "The legal limit of {rule}: {due} at the latest.")
NOT_BEGUN = Text(
    "Janji kami {span}; waktunya belum berjalan dan dimulai ketika {begins}.",
    "Our promise is {span}; its time has not begun and will when {begins}.",
)
NOT_STATED = Text(
    "Standar layanan ini tidak menyebut lama waktunya.", "The standard of this service states no time."
)
STARTED = Text("Dihitung sejak {start}, ketika {begins}.", "Counted from {start}, when {begins}.")
BEGINS = {
    "accepted": Text("berkas dinyatakan lengkap", "the file is found complete"),
    "submitted": Text("permohonan diajukan", "the application is handed in"),
    "step": Text("perkara sampai pada langkah “{title}”", "the case comes to the step “{title}”"),
    "field": Text("tanggal “{label}” tiba", "the date “{label}” comes"),
}
COUNTS = {
    "workdays": Text(
        "Hari pertama adalah hari kerja berikutnya; hari kerja yang tersentuh jeda tidak dihitung.",
        "The first day is the next working day; a working day touched by a pause is not counted.",
    ),
    "days": Text(
        "Hari pertama adalah hari berikutnya; hari yang tersentuh jeda tidak dihitung.",
        "The first day is the next day; a day touched by a pause is not counted.",
    ),
    "office": Text(
        "Hanya jam kerja yang dihitung, dikurangi jeda.", "Only office hours are counted, less the pauses."
    ),
    "elapsed": Text("Dihitung terus-menerus, dikurangi jeda.", "Counted without a break, less the pauses."),
}
CALENDAR = Text("Kalender kerja versi {version} ({zone}).", "Working calendar version {version} ({zone}).")
STOOD_STILL = Text(
    "Berhenti {since} sampai {until}: {cause}.", "Stood still from {since} to {until}: {cause}."
)
STANDS_STILL = Text(
    "Berhenti sejak {since}: {cause}. Batas bergeser selama jeda ini.",
    "Standing still since {since}: {cause}. The limit moves as long as this lasts.",
)
WAITED = {
    "correction": Text("menunggu perbaikan dari pemohon", "waiting for the applicant's correction"),
    "step": Text("menunggu pada langkah “{title}”", "waiting at the step “{title}”"),
    "bill": Text("menunggu pembayaran {title}", "waiting for the payment of {title}"),
    "confirm": Text(
        "menunggu persetujuan berita acara {title}", "waiting for agreement with the minutes of {title}"
    ),
    "elsewhere": Text("berkas berada di langkah lain", "the file was at another step"),
}
EXTENDED = Text("Ditambah {more} pada {at}: {reason}.", "Lengthened by {more} on {at}: {reason}.")
HOLIDAYS = Text("Hari libur di antaranya: {days}.", "Holidays in between: {days}.")
ENDED = Text("Waktu kami berhenti dihitung pada {at}.", "Our time stopped counting on {at}.")
