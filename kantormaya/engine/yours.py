"""Whose step it is: the role of the step, of its agency, and another person where the definition wants four eyes."""

from __future__ import annotations

from kantormaya.clock import Calendar
from kantormaya.engine.events import APPLICANT, SYSTEM, Actor, Refused
from kantormaya.engine.knowing import known, role_at
from kantormaya.engine.state import State
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import Values
from kantormaya.language.roles import role_name
from kantormaya.language.texts import Text

ENDED = Text("Perkara ini sudah selesai.", "This case has ended.")


def not_yours(
    definition: Definition, state: State, actor: Actor, values: Values, calendar: Calendar
) -> Text | None:
    """Why this actor may not act on the step, or None."""
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
    apart = definition.step[state.at].not_by
    if actor.person and any(actor.person in visit.persons for visit in state.visits if visit.step in apart):
        return Text(
            "Langkah ini harus dikerjakan orang lain (dua pasang mata).",
            "Another person must do this step (four eyes).",
        )
    return None


def mine(definition: Definition, state: State, actor: Actor, calendar: Calendar) -> Values:
    """What is known of the case, for one whose step it is; raises Refused for anyone else."""
    values = known(definition, state, calendar)
    why = not_yours(definition, state, actor, values, calendar)
    if why is not None:
        raise Refused(why)
    return values
