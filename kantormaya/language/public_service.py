"""Time limits of the law on public services, from data with their articles."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files

from kantormaya.clock import Duration
from kantormaya.language.basics import Table
from kantormaya.language.texts import Text


class Limit(Table):
    """A time limit of the law: how long, for what, by which article, since when."""

    within: Duration
    title: Text
    basis: Text
    valid_from: date

    @property
    def time(self) -> Text:
        """How long, in words."""
        return Text(self.within.words("id"), self.within.words("en"))


class Limits(Table):
    """Those that the page of an agency names: for its charter, and for complaints in the order they run."""

    charter: Limit
    complaint: tuple[Limit, ...]


LIMITS = Limits.model_validate(
    tomllib.loads(files(__package__).joinpath("data", "public_service.toml").read_text(encoding="utf-8"))
)
