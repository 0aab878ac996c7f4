"""Whose step it is: the role of the step, of its agency, and another person where the definition wants four eyes."""

from __future__ import annotations

from kantormaya.clock import Calendar
from kantormaya.engine.events import APPLICANT, SYSTEM, Actor, Refused
from kantormaya.engine.knowing import known, role_at
from kantormaya.engine.state import State
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import Values
from kantormaya.language.roles import role_name
from kantormaya.language.texts import Text, joined

ENDED = Text("Perkara ini sudah selesai.", "This case has ended.")
FOUR_EYES = Text(
    "Langkah ini harus dikerjakan orang lain (dua pasang mata), karena “{steps}” dikerjakan oleh orang yang sama.",
    "Another person must do this step (four eyes), because the same person did “{steps}”.",
)


def not_yours(
    definition: Definition, state: State, actor: Actor, values: Values, calendar: Calendar
) -> Text | None:
    """Why this actor may not act on the step, or None."""
    return not_your_desk(definition, state, actor, values, calendar) or four_eyes(
        definition, state, actor.person
    )


def not_your_desk(
    definition: Definition, state: State, actor: Actor, values: Values, calendar: Calendar
) -> Text | None:
    """Why the step is not of this role at this agency, or None."""
    if not state.is_open:
        return ENDED
    if actor.role == SYSTEM:
        return None
    role = role_at(definition, state.at, values, calendar)
    if actor.role != role:
        return Text("Langkah ini dikerjakan oleh {role}.", "This step is done by: {role}.").format(
            role=role_name(role)
        )
    if role != APPLICANT and actor.agency is not None and actor.agency != definition.agency_at(state.at):
        return Text("Langkah ini ada di instansi lain.", "This step is at another agency.")
    return None


def four_eyes(definition: Definition, state: State, person: str | None) -> Text | None:
    """Why the step needs another person than this one, who worked on a step it must be kept apart from; or None."""
    if not person or state.at not in definition.step:
        return None
    apart = definition.step[state.at].not_by
    done = dict.fromkeys(v.step for v in state.visits if v.step in apart and person in v.persons)
    if not done:
        return None
    return FOUR_EYES.format(steps=joined([definition.step[name].title for name in done], ", "))


def mine(definition: Definition, state: State, actor: Actor, calendar: Calendar) -> Values:
    """What is known of the case, for one whose step it is; raises Refused for anyone else."""
    values = known(definition, state, calendar)
    why = not_yours(definition, state, actor, values, calendar)
    if why is not None:
        raise Refused(why)
    return values
