"""The services that ship: each passes the checker, plays all its walks, reaches every end, and prints its papers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kantormaya.clock import Calendar, standard_calendar
from kantormaya.engine.knowing import known
from kantormaya.engine.walking import Walked, play, read_walk
from kantormaya.language.checking import check_paths
from kantormaya.language.definition import Definition
from kantormaya.language.reading import load
from kantormaya.permits.drafting import said
from kantormaya.permits.models import Paper, PaperState
from kantormaya.permits.setting import default_template, picture
from kantormaya.permits.wording import Words, words_of

SERVICES = Path(__file__).parents[1] / "services"
FOLDERS = sorted(path.parent for path in SERVICES.glob("*/service.toml"))
each_service = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return standard_calendar(range(2025, 2029))


def definition_of(folder: Path) -> Definition:
    found = load(folder).definition
    assert found is not None
    return found


def walked(folder: Path, calendar: Calendar) -> list[Walked]:
    definition = definition_of(folder)
    return [play(definition, read_walk(walk), calendar) for walk in sorted(folder.glob("walks/*.toml"))]


def test_the_checker_has_nothing_to_say_about_the_shipped_services() -> None:
    assert [message.said("en") for message in check_paths([SERVICES])] == []


@each_service
def test_every_walk_goes_as_it_is_written(folder: Path, calendar: Calendar) -> None:
    assert [
        (one.walk.path, [p.en for p in one.problems]) for one in walked(folder, calendar) if one.problems
    ] == []


@each_service
def test_the_walks_reach_every_end_and_every_kind_of_application(folder: Path, calendar: Calendar) -> None:
    definition, ways = definition_of(folder), walked(folder, calendar)
    assert {one.simulation.state.at for one in ways if one.simulation.state} == set(definition.ends)
    assert {one.walk.about.variant for one in ways} == set(definition.variants or [None])


@each_service
def test_every_product_signed_on_a_walk_can_be_printed(folder: Path, calendar: Calendar) -> None:
    definition, printed = definition_of(folder), set()
    files = {path.name: path.read_text("utf-8") for path in folder.glob("*.typ")}
    for one in walked(folder, calendar):
        state = one.simulation.state
        assert state is not None
        for product in set(state.signed) - printed:
            reasons = [state.reason] if state.reason else []
            values = known(definition, state, calendar)
            words = words_of(
                definition, product, values, holder="Pemohon Contoh", files=files, reasons=reasons
            )
            assert picture(
                words.template or default_template(),
                said(draft_of(words, product)),
                at=datetime(2026, 3, 2, tzinfo=UTC),
            )
            printed.add(product)
    assert printed == {product for step in definition.step.values() for product in step.signs}


@each_service
def test_every_service_has_a_guide_in_both_languages(folder: Path) -> None:
    guide = (folder / "guide.md").read_text("utf-8")
    assert "## In English" in guide
    assert len(guide.split("## In English")[1]) > 300


def draft_of(words: Words, product: str) -> Paper:
    """A draft of a paper, in no database."""
    names = ("opening", "decision", "provisions", "basis", "reasons", "values", "labels", "facts", "validity")
    office = {"government": "Pemerintah Contoh", "name": "Kantor Contoh", "address": "", "place": "Contoh"}
    return Paper(
        product=product, title_id=words.title.id, title_en=words.title.en or "", holder=words.holder,
        state=PaperState.DRAFT, signatory={"name": "…", "position": "Kepala Dinas", "nip": ""},
        data={name: getattr(words, name) for name in names} | {"office": office},
    )  # fmt: skip
