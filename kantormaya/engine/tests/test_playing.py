"""Properties: whatever is done with a case, in whatever order, nothing undefined is reached and nothing is forgotten."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kantormaya.engine.tests.playing import Play
from kantormaya.language.definition import Definition
from kantormaya.language.reading import load, load_text

SERVICES = Path(__file__).parents[3] / "services"
EVERYTHING = Path(__file__).with_name("everything.toml")


@cache
def definitions() -> dict[str, Definition]:
    """Every shipped service, and one that has everything the grammar knows of a flow."""
    found = {"everything": load_text(EVERYTHING.read_text("utf-8"))}
    for file in sorted(SERVICES.glob("*/service.toml")):
        source = load(file)
        assert source.definition is not None, [message.said("en") for message in source.faults]
        found[source.definition.slug] = source.definition
    return found


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(slug=st.sampled_from(sorted(definitions())), seed=st.integers(0, 10**9))
def test_no_sequence_of_acts_reaches_an_undefined_state_and_replaying_makes_the_same_case(
    slug: str, seed: int
) -> None:
    Play(definitions()[slug], seed).run(25)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9))
def test_the_same_holds_where_everything_comes_together(seed: int) -> None:
    Play(definitions()["everything"], seed).run(40)


@pytest.mark.parametrize("slug", sorted(definitions()))
def test_a_played_case_of_every_service_is_remembered_whole(slug: str) -> None:
    assert Play(definitions()[slug], 1).run(40).sim.events
