"""The ways out of a step: where each leads, whether it wants a reason, and whether it may be taken with needs unmet."""

from __future__ import annotations

from kantormaya.language.definition import Definition
from kantormaya.language.working import Step

FORWARD = "forward"
WITHOUT_NEEDS = ("refused", "referred", "lapsed")
"""What an end means that is open although something is still missing."""


def exits(definition: Definition, step: Step) -> dict[str, str]:
    """Every way out of a step: the plain one (`forward`) and its moves, each with where it leads."""
    plain = {FORWARD: step.then} if step.then else {}
    return {**plain, **{name: move.to for name, move in step.move.items()}}


def needs_reason(definition: Definition, step: Step, move: str) -> bool:
    """Whether a way out wants a reason: when it says so, or is no plain way and leads to an end that grants nothing."""
    if move == FORWARD:
        return False
    to = exits(definition, step)[move]
    return "reason" in step.move[move].needs or (
        to in definition.ends and definition.ends[to].means in WITHOUT_NEEDS
    )


def free_of_needs(definition: Definition, step: str, move: str) -> bool:
    """Whether a way out may be taken with needs unmet: to a refusing end, back, or to a step that only refuses."""
    return move != FORWARD and turns_away(definition, step, exits(definition, definition.step[step])[move])


def turns_away(definition: Definition, step: str, to: str) -> bool:
    """Whether going to `to` leaves the work of a step undone: back to it or before it, or off to a refusal."""
    if to in definition.ends:
        return definition.ends[to].means in WITHOUT_NEEDS
    names = list(definition.step)
    return names.index(to) <= names.index(step) or only_refuses(definition, to)


def only_refuses(definition: Definition, step: str) -> bool:
    """Whether the plain way from a step ends in a refusal, like that of the step where its letter is signed."""
    seen: set[str] = set()
    while step in definition.step and step not in seen:
        seen.add(step)
        step = definition.step[step].then or ""
    return step in definition.ends and definition.ends[step].means in WITHOUT_NEEDS
