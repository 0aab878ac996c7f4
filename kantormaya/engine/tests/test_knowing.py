"""Properties: what is known of a case is what its definition means, however it was worked out."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kantormaya.engine.clocks import due
from kantormaya.engine.generating import about_for, sample_answers
from kantormaya.engine.knowing import known
from kantormaya.engine.tests.playing import Play
from kantormaya.engine.tests.small import CALENDAR
from kantormaya.engine.tests.test_playing import definitions
from kantormaya.engine.tests.test_walks import START
from kantormaya.language.asking import Term
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import About, Unknown, choose, evaluate, holds

UNKNOWN = Unknown(frozenset())
slugs, seeds = st.sampled_from(sorted(definitions())), st.integers(0, 10**9)


def meaning(definition: Definition, about: About, answers: dict[str, Any]) -> dict[str, Any]:
    """What a definition means: one name after the other, in no order, until nothing more becomes known."""
    values = {name: getattr(about, name) for name in About.__dataclass_fields__}
    while True:
        found = {
            name: value
            for name in (*definition.field, *definition.term)
            if name not in values
            and not isinstance(value := _value(definition, name, values, answers), Unknown)
        }
        if not found:
            return values
        values |= found


def _value(definition: Definition, name: str, values: dict[str, Any], answers: dict[str, Any]) -> Any:
    item = definition.field.get(name) or definition.term[name]
    asked = holds(item.when, values, CALENDAR)
    if asked is not True:
        return None if asked is False else asked
    if not isinstance(item, Term):
        return answers.get(name, UNKNOWN)
    if item.is_ is not None:
        return item.is_.evaluate(values, CALENDAR)
    if item.cases:
        return choose(item.cases, values, CALENDAR)
    number = values.get(item.of or "", UNKNOWN)
    if number is None or isinstance(number, Unknown):
        return number
    return next(band.is_ for band in item.bands if band.holds(float(number)))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(slug=slugs, seed=seeds)
def test_what_is_worked_out_by_plan_is_what_the_definition_means(slug: str, seed: int) -> None:
    definition, chance = definitions()[slug], Random(seed)
    about = about_for(definition, chance.choice([None, *definition.variants]))
    whole = sample_answers(definition, about, CALENDAR, START)
    some = {name: answer for name, answer in whole.items() if chance.random() < 0.8}
    for answers in (whole, some, {}):
        assert evaluate(definition, about, answers, calendar=CALENDAR) == meaning(definition, about, answers)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(slug=slugs, seed=seeds)
def test_what_is_remembered_of_a_case_is_what_would_be_found_again(slug: str, seed: int) -> None:
    sim = Play(definitions()[slug], seed).run(15).sim
    afresh: Any = (known.__wrapped__, due.__wrapped__)  # type: ignore[attr-defined]
    for _ in range(2):
        of = (sim.definition, sim.state, sim.calendar)
        assert known(*of) == afresh[0](*of)
        assert due(*of, sim.now) == afresh[1](*of, sim.now)
