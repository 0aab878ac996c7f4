"""The questionnaire as the regulation has it, read from data: elements with their answers, facts about the person, bands."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from kantormaya.language.asking import Field
from kantormaya.language.texts import Text


@dataclass(frozen=True)
class Element:
    """One of the nine elements; the answers count 1, 2, 3, 4 in their order."""

    key: str
    title: Text
    question: Text
    answers: tuple[Text, ...]

    @property
    def field(self) -> Field:
        """The element as a question of a form."""
        choices = {str(score): words for score, words in enumerate(self.answers, 1)}
        return Field(type="choice", label=self.question, choices=choices)


@dataclass(frozen=True)
class Band:
    """A quality: from this converted index upwards, until the next begins."""

    least: Decimal
    letter: str
    title: Text


@dataclass(frozen=True)
class Questionnaire:
    """What is asked, and how it is judged; `least` answers are needed before anything is shown, of the last `days`."""

    source: Text
    valid_from: date
    least: int
    days: int
    elements: Mapping[str, Element]
    about: Mapping[str, Field]
    bands: tuple[Band, ...]

    def band(self, converted: Decimal) -> Band:
        """The band of a converted index (25.00–100.00, two decimals)."""
        return [band for band in self.bands if band.least <= converted][-1]


@lru_cache(maxsize=1)
def questionnaire() -> Questionnaire:
    """The questionnaire in force."""
    text = files(__package__).joinpath("data", "skm.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(text, parse_float=Decimal)
    return Questionnaire(
        source=Text.read(raw["source"]),
        valid_from=raw["valid_from"],
        least=raw["least"],
        days=raw["days"],
        elements={key: _element(key, one) for key, one in raw["element"].items()},
        about={
            key: Field(type="choice", required=False, label=one["label"], choices=one["choices"])
            for key, one in raw["about"].items()
        },
        bands=tuple(Band(one["from"], one["letter"], Text.read(one["title"])) for one in raw["band"]),
    )


def _element(key: str, raw: Mapping[str, object]) -> Element:
    answers = raw["answers"]
    assert isinstance(answers, list)
    return Element(
        key, Text.read(raw["title"]), Text.read(raw["question"]), tuple(Text.read(one) for one in answers)
    )
