"""Sending a file back: no move, the pointer stays; all deficiencies at once, and what could have been said before is marked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from kantormaya.clock import Calendar
from kantormaya.engine.events import Actor, Event, Kind, Refused
from kantormaya.engine.requiring import is_tested, missing_later
from kantormaya.engine.state import State
from kantormaya.engine.yours import mine
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import Values
from kantormaya.language.texts import Text


def why_not_back(definition: Definition, state: State) -> Text | None:
    """Why the file can't be sent back now, or None."""
    rule = definition.promise.correction
    if not definition.step[state.at].correction:
        return Text("Pada langkah ini berkas tidak dikembalikan.", "A file is not sent back at this step.")
    if state.correction is not None:
        return Text("Berkas sedang diperbaiki pemohon.", "The applicant is already correcting the file.")
    if rule is not None and rule.rounds is not None and state.round >= rule.rounds:
        text = Text(
            "Sudah dikembalikan {n} kali, batasnya {n}. Putuskan sekarang.",
            "Sent back {n} times, which is the limit. Decide now.",
        )
        return text.format(n=rule.rounds)
    return None


def give_back(
    definition: Definition,
    state: State,
    actor: Actor,
    items: Mapping[str, str] | None = None,
    *,
    at: datetime,
    calendar: Calendar,
) -> Event:
    """The file goes back with **all** deficiencies at once: those found in the check, and `items` {target: reason}.

    One that was there to be seen in an earlier round, and not cited then, is marked `late`.
    """
    values = mine(definition, state, actor, calendar)
    closed = why_not_back(definition, state)
    if closed is not None:
        raise Refused(closed)
    reasons = {**found_deficient(definition, state), **(items or {})}
    if not reasons or any(not reason.strip() for reason in reasons.values()):
        raise Refused(
            Text("Sebutkan setiap kekurangan dengan alasannya.", "Name every deficiency with its reason.")
        )
    for target in reasons:
        if not _is_part(definition, state, values, target):
            raise Refused(
                Text(
                    "{target} tidak diminta dalam perkara ini.", "{target} is not asked in this case."
                ).format(target=target)
            )
    listed = tuple({"target": t, "reason": r, "late": was_visible(state, t)} for t, r in reasons.items())
    return Event(Kind.RETURNED, at, actor, {"items": listed})


def found_deficient(definition: Definition, state: State) -> dict[str, str]:
    """What goes back without being named again: found deficient in the check, or due since and not given."""
    reasons = {
        f"requirement.{n}": held.reason or ""
        for n, held in state.requirements.items()
        if held.status == "faulty" and not is_tested(definition.requirement[n])
    }
    return reasons | {f"requirement.{n}": arose(definition, n).id for n in missing_later(definition, state)}


def arose(definition: Definition, name: str) -> Text:
    """What the applicant reads about a requirement that became due after submission."""
    return Text("{title} sekarang diperlukan.", "{title} is needed now.").format(
        title=definition.requirement[name].title
    )


def _is_part(definition: Definition, state: State, values: Values, target: str) -> bool:
    kind, _, name = target.partition(".")
    if kind == "requirement":
        return name in state.requirements and state.requirements[name].status != "not_needed"
    if kind != "field" or name not in definition.questions:
        return False
    condition = definition.questions[name].when
    return condition is None or condition.holds(values) is True


def was_visible(state: State, target: str) -> bool:
    """Whether what is deficient was there to be seen when the file went back before."""
    if state.round == 0:
        return False
    kind, _, name = target.partition(".")
    given = state.requirements[name].round if kind == "requirement" else state.answer_rounds.get(name, 0)
    arose_now = kind == "requirement" and state.requirements[name].status == "missing"
    return given < state.round and not arose_now
