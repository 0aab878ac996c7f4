"""Component 2: the ways to apply, the steps with who acts and how long, and how it can end."""

from __future__ import annotations

from kantormaya.clock import Duration
from kantormaya.language.components.items import Item, notes
from kantormaya.language.definition import CHANNEL_NAMES, Definition
from kantormaya.language.national import NATIONAL
from kantormaya.language.roles import role_name
from kantormaya.language.texts import Text, joined
from kantormaya.language.words import said_time, said_when, worded
from kantormaya.language.working import RegionOf, Step, Task

TASK_KINDS = {
    "opinion": Text("pertimbangan", "opinion"),
    "inspection": Text("pemeriksaan lapangan", "inspection"),
    "meeting": Text("rapat", "meeting"),
    "announcement": Text("pengumuman", "announcement"),
    "initials": Text("paraf berjenjang", "initials"),
    "presence": Text("hadir langsung", "presence in person"),
    "test": Text("pengujian", "test"),
}


def procedure(definition: Definition) -> list[Item]:
    """Channels, steps in the order of the file, slots, outcomes."""
    channels = tuple(Item(CHANNEL_NAMES[name]) for name in definition.channels)
    items = [
        *_national(definition),
        Item(Text("Cara mengajukan", "Ways to apply"), parts=channels, where="channels"),
    ]
    items += [_booking(definition, name) for name in definition.booking]
    items += [_step(definition, name, step) for name, step in definition.step.items()]
    ends = tuple(
        Item(
            end.title,
            notes=notes(*(definition.product[p].title for p in end.products if p in definition.product)),
            where=f"outcome.{name}",
        )
        for name, end in definition.outcome.items()
    )
    items.append(Item(Text("Hasil akhir", "How it can end"), parts=ends, where="outcome"))
    return items


def _national(definition: Definition) -> list[Item]:
    """Who decides what, where the licence itself is a national system's."""
    rule = definition.national
    if rule is None:
        return []
    name = NATIONAL.system[rule.system].name if rule.system in NATIONAL.system else Text(rule.system)
    return [
        Item(
            Text("Diputuskan sistem nasional, {name}", "Decided by the national system, {name}").format(
                name=name
            ),
            notes=notes(rule.decides),
            where="national.decides",
        ),
        Item(Text("Dikerjakan di sini", "Done here"), notes=notes(rule.here), where="national.here"),
        Item(
            Text("Tempat mengajukan", "Where one applies"),
            notes=notes(Text(rule.address, rule.address)),
            where="national.address",
        ),
    ]


def _step(definition: Definition, name: str, step: Step) -> Item:
    moves = tuple(
        Item(
            move.label or _target(definition, move.to),
            when=said_when(definition, move),
            notes=notes(Text("ke: {title}", "to: {title}").format(title=_target(definition, move.to))),
            where=f"step.{name}.move.{key}",
        )
        for key, move in step.move.items()
    )
    tasks = tuple(_task(definition, key, task) for key, task in definition.tasks_at(name).items())
    roles = [case.is_ for case in step.by]
    return Item(
        step.title,
        when=said_when(definition, step),
        notes=notes(
            joined((role_name(r) for r in roles), " / "),
            *_times(definition, step),
            Text("paling cepat {t}", "at least {t}").format(t=said_time(definition, step.at_least))
            if step.at_least
            else None,
            Text("tanggapan pertama dalam {t}", "first reply within {t}").format(
                t=said_time(definition, step.first_reply)
            )
            if step.first_reply
            else None,
            Text("harus hadir: {why}", "in person: {why}").format(why=step.in_person)
            if step.in_person
            else None,
        ),
        parts=(*tasks, *moves),
        role=roles[0] if len(roles) == 1 else None,
        agency=step.at or definition.agency,
        where=f"step.{name}",
    )


def _times(definition: Definition, item: Step | Task) -> list[Text]:
    said = []
    for case in item.within or ():
        limit = said_time(definition, case.is_) if isinstance(case.is_, Duration) else NOT_STATED
        if case.when is None:
            said.append(limit)
        else:
            words = Text("{limit} {when}", "{limit} {when}")
            said.append(words.format(limit=limit, when=worded(definition, case.when)))
    return said


NOT_STATED = Text("waktu tidak disebut", "no time stated")


def _task(definition: Definition, name: str, task: Task) -> Item:
    agencies: list[Text | str] = [] if isinstance(task.at, RegionOf) else list(task.at)
    answers = list(task.possible_answers().values()) if task.answers else []
    return Item(
        task.title,
        when=said_when(definition, task),
        notes=notes(
            TASK_KINDS[task.kind],
            joined((role_name(r) for r in task.by), ", "),
            *(Text(str(agency), str(agency)) for agency in agencies),
            *_times(definition, task),
            Text("berlangsung {t}", "runs for {t}").format(t=said_time(definition, task.runs))
            if task.runs
            else None,
            Text("bila diperlukan", "if needed") if task.on_request else None,
            Text("dari jarak jauh", "remotely") if task.remote else None,
            Text("harus hadir: {why}", "in person: {why}").format(why=task.in_person)
            if task.in_person
            else None,
            *answers,
        ),
        role=task.by[0] if len(task.by) == 1 else None,
        agency=str(agencies[0]) if len(agencies) == 1 else None,
        where=f"task.{name}",
    )


WAYS = {
    "office": Text("waktu datang yang Anda pilih sendiri", "a time to come that you choose yourself"),
    "phone": Text("kami menelepon pada waktu yang Anda pilih", "we call at the time that you choose"),
    "video": Text("lewat video pada waktu yang Anda pilih", "by video at the time that you choose"),
}


def _booking(definition: Definition, name: str) -> Item:
    slot = definition.booking[name]
    session = definition.field.get(slot.session or "")
    titles = session.choices if session else {}
    hours = tuple(
        Item(titles.get(key, Text(key, key)), notes=notes(Text(span, span)))
        for key, span in slot.sessions.items()
    )
    return Item(
        slot.title,
        notes=notes(
            WAYS[slot.way],
            Text("{t} tiap janji", "{t} each").format(t=said_time(definition, slot.length))
            if slot.length
            else None,
            Text("dipesan paling lambat {t} sebelumnya", "to be booked {t} ahead").format(
                t=said_time(definition, slot.ahead)
            )
            if slot.ahead
            else None,
            Text("tempat ditahan {t}", "held for {t}").format(t=said_time(definition, slot.hold))
            if slot.hold
            else None,
            Text("ada daftar tunggu", "there is a waiting list") if slot.waiting_list else None,
        ),
        parts=hours,
        where=f"booking.{name}",
    )


def _target(definition: Definition, name: str) -> Text:
    if name in definition.step:
        return definition.step[name].title
    return definition.ends[name].title if name in definition.ends else Text(name, name)
