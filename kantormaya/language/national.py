"""National systems that decide beside us: what they call an application, and what they hear from us (data, with source)."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files
from typing import Literal

from kantormaya.language.basics import Id, Slug, Table
from kantormaya.language.texts import Text


class System(Table):
    """A national system by the names people know it by."""

    name: Text
    short: Text


class Status(Table):
    """One situation of an application: our words, the words seen there, and the code seen with them."""

    said: Text
    seen: str
    code: str | None = None
    sure: Literal["sure", "probable"]


class NationalWords(Table):
    """The whole table, from the day it holds."""

    valid_from: date
    basis: str
    system: dict[Slug, System]
    status: dict[Id, Status]
    heard: dict[str, Id]


NATIONAL = NationalWords.model_validate(
    tomllib.loads(files(__package__).joinpath("data", "national.toml").read_text(encoding="utf-8"))
)
