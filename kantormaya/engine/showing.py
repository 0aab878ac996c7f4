"""A remote inspection: the applicant shows pictures, each sealed with its code, its fingerprint and its time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kantormaya.engine.events import APPLICANT, Actor, Event, Kind, Refused
from kantormaya.engine.state import Proof, State
from kantormaya.language.definition import Definition
from kantormaya.language.texts import Text

MOST = 40
"""Pictures of one inspection; who needs more needs a visit."""


def may_show(definition: Definition, state: State, task: str) -> bool:
    """Whether pictures are awaited: an inspection that may be done from afar has its time and is still open."""
    rule, now = definition.task.get(task), state.tasks.get(task)
    if rule is None or now is None or not state.is_open or state.correction is not None:
        return False
    from_afar = rule.kind == "inspection" and rule.remote
    return from_afar and now.status == "open" and now.scheduled_for is not None


def why_not_shown(definition: Definition, state: State, task: str, pictures: int) -> Text | None:
    """Why so many more pictures can't be taken now; None when they can."""
    if not may_show(definition, state, task):
        return NOT_AWAITED
    if not pictures:
        return Text("Pilih fotonya dulu.", "Choose the pictures first.")
    if len(state.tasks[task].proofs) + pictures > MOST:
        return Text("Paling banyak {n} foto.", "At most {n} pictures.").format(n=MOST)
    return None


def show(
    definition: Definition, state: State, task: str, pictures: Sequence[Proof], *, at: datetime
) -> Event:
    """The applicant shows pictures; whether their code was valid has been judged by whoever holds its key."""
    if why := why_not_shown(definition, state, task, len(pictures)):
        raise Refused(why)
    return Event(Kind.SHOWN, at, Actor(APPLICANT), {"task": task, "pictures": tuple(pictures)})


NOT_AWAITED = Text(
    "Tidak ada pemeriksaan jarak jauh yang menunggu foto.", "No remote inspection is waiting for pictures."
)
