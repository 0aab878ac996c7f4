"""Every real standard becomes a definition: sound, complete, and able to run to its ends."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kantormaya.clock import standard_calendar
from kantormaya.engine.generating import generate
from kantormaya.language.checking import check
from kantormaya.language.components.items import Item
from kantormaya.language.definition import Definition
from kantormaya.language.importing import Imported, import_file, import_record
from kantormaya.language.reading import load_text, read
from kantormaya.language.standard import components
from kantormaya.language.texts import Text
from tests.standards.records import KEPT, every_record

RECORDS = {record["id"]: record for record in every_record()}
CALENDAR = standard_calendar((2026, 2027))
START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
each_record = pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)


@cache
def imported(name: str) -> Imported:
    return import_record(RECORDS[name])


@cache
def definition_of(name: str) -> Definition:
    return load_text(imported(name).service_toml)


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\xa0", " ").replace("–", "-")).casefold().strip()


def said(value: Any) -> Iterator[str]:
    """Every Indonesian word that a part of the page shows."""
    if isinstance(value, Text):
        yield value.id
    elif isinstance(value, Item):
        for part in (value.text, value.when, *value.notes, *value.parts):
            yield from said(part)


def page(name: str) -> str:
    """The published page: the head, the 14 components, the form's questions, and what stands as published."""
    definition = definition_of(name)
    words = [definition.title.id, definition.slug]
    words += [text.id for text in (definition.group, definition.summary) if text]
    words += [text.id for text in definition.variants.values()]
    words += [text.id for text in definition.standard.as_published]
    words += [word for component in components(definition) for item in component.items for word in said(item)]
    return plain("\n".join(words))


def missing(name: str, wanted: list[str | None]) -> list[str]:
    shown = page(name)
    return [words for words in wanted if words and plain(words) not in shown]


def days(value: int | list[int], unit: str, working: Any = "unknown") -> str:
    span = "-".join(str(n) for n in value) if isinstance(value, list) else str(value)
    return f"{span} {unit}" + (
        {True: " kerja", False: " kalender"}.get(working, "") if unit == "hari" else ""
    )


@each_record
def test_it_is_a_sound_definition(record: dict[str, Any]) -> None:
    assert definition_of(record["id"]).slug == record["id"]
    messages = check(read(imported(record["id"]).service_toml, path=record["id"]))
    assert [message.said("en") for message in messages if message.severity == "fault"] == []


@each_record
def test_every_requirement_is_on_the_page(record: dict[str, Any]) -> None:
    wanted = list(record["requirements"] or [])
    wanted += [item["requirement"] for item in record["conditional_requirements"] or []]
    assert missing(record["id"], wanted) == []


@each_record
def test_every_condition_is_on_the_page(record: dict[str, Any]) -> None:
    wanted = [item["condition"] for item in record["conditional_requirements"] or []]
    wanted += [limit["condition"] for limit in record["time_variants"] or []]
    wanted += [(record["total_time"] or {}).get("condition")]
    wanted += [price["condition"] for price in (record["fee"] or {}).get("amounts") or []]
    assert missing(record["id"], wanted) == []


@each_record
def test_every_step_is_on_the_page(record: dict[str, Any]) -> None:
    steps = record["steps"] or []
    assert (
        missing(record["id"], [step["name"] for step in steps] + [step.get("note") for step in steps]) == []
    )


@each_record
def test_every_duration_is_on_the_page(record: dict[str, Any]) -> None:
    stages = [step for step in record["steps"] or [] if step["duration_value"] is not None]
    wanted = [days(step["duration_value"], step["duration_unit"]) for step in stages]
    limits = [limit for limit in [record["total_time"], *(record["time_variants"] or [])] if limit]
    wanted += [days(limit["value"], limit["unit"], limit["working"]) for limit in limits]
    assert missing(record["id"], list(wanted)) == []


@each_record
def test_every_amount_is_on_the_page(record: dict[str, Any]) -> None:
    cost = record["fee"] or {}
    prices = cost.get("amounts") or []
    wanted = [f"{price['amount']:,}".replace(",", ".") for price in prices if price["amount"]]
    wanted += [price["item"] for price in prices] + [price["per"] for price in prices]
    assert missing(record["id"], [*wanted, cost.get("text"), cost.get("formula")]) == []


@each_record
def test_everything_else_is_on_the_page(record: dict[str, Any]) -> None:
    wanted = [
        record["service_name"],
        record["agency"],
        record["region"],
        record["product"],
        record["validity"],
    ]
    wanted += [
        *(record["variants"] or []),
        *(record["legal_basis"] or []),
        *(record["complaint_channels"] or []),
    ]
    wanted += [text for field in record["input_fields"] or [] for text in (field["name"], field["note"])]
    assert missing(record["id"], [*wanted, record["remarks"]]) == []
    assert definition_of(record["id"]).standard.source == (
        record["source_url"] or "alamat halaman tidak tercatat"
    )


@each_record
def test_it_walks_to_every_end(record: dict[str, Any]) -> None:
    walks = list(generate(definition_of(record["id"]), CALENDAR, START))
    assert {walk.simulation.state.at for walk in walks} >= set(definition_of(record["id"]).outcome)
    assert [(walk.walk.title, str(problem)) for walk in walks for problem in walk.problems] == []


@each_record
def test_it_invents_no_number(record: dict[str, Any]) -> None:
    numbers = set(re.findall(r"\d+", json.dumps(record)))
    given = definition_of(record["id"]).promise.within
    told = " ".join(str(case.is_) for case in given)
    told += " ".join(
        str(case.is_) for step in definition_of(record["id"]).step.values() for case in step.within or ()
    )
    told += " ".join(str(line.amount) for line in definition_of(record["id"]).fee.line.values())
    assert set(re.findall(r"(?<![a-z_\d])\d+", told)) <= numbers


@each_record
def test_the_same_record_gives_the_same_text(record: dict[str, Any]) -> None:
    assert import_record(json.loads(json.dumps(record))) == imported(record["id"])


@each_record
def test_the_guide_asks_what_the_page_leaves_open(record: dict[str, Any]) -> None:
    one = imported(record["id"])
    assert all(question.id in one.guide_md and question.en in one.guide_md for question in one.questions)
    assert all(doubt.id in one.guide_md and doubt.en in one.guide_md for doubt in one.doubts)
    asked = plain(" ".join(question.id for question in one.questions))
    for key, words in (
        ("total_time", "jangka waktu"),
        ("fee", "biaya"),
        ("product", "produk"),
        ("legal_basis", "hukum"),
    ):
        assert record[key] or words in asked


def test_a_file_becomes_a_folder_for_each_record(tmp_path: Path) -> None:
    file = tmp_path / "standards.json"
    file.write_text(json.dumps(KEPT), "utf-8")
    made = import_file(file, tmp_path / "out")
    assert [one.slug for one in made] == [record["id"] for record in KEPT]
    for one in made:
        folder = tmp_path / "out" / one.slug
        assert (folder / "service.toml").read_text("utf-8") == one.service_toml
        assert (folder / "guide.md").read_text("utf-8") == one.guide_md
