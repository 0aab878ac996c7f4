"""How a case stands in the words of the national system that it came from."""

from __future__ import annotations

from kantormaya.engine.state import State
from kantormaya.language.definition import ALWAYS_ENDS, Definition
from kantormaya.language.national import NATIONAL


def heard(definition: Definition, state: State) -> str:
    """The status that the national system hears (a word of language/data/national.toml)."""
    if state.is_open:
        return NATIONAL.heard["open" if state.correction is None else "correction"]
    if state.deemed:
        return NATIONAL.heard["deemed"]
    return NATIONAL.heard[state.at if state.at in ALWAYS_ENDS else definition.ends[state.at].means]


def has_news(definition: Definition, before: State | None, after: State) -> bool:
    """Whether the national system has to hear of what happened; of the submission it hears by the answer to its call."""
    return (
        definition.national is not None
        and before is not None
        and heard(definition, before) != heard(definition, after)
    )
