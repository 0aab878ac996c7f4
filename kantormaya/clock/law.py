"""The figures of law a clock needs, from `data/`: zones, office hours, Ramadan, with source and dates."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache
def zones() -> Mapping[str, int]:
    """Zone name → hours ahead of UTC."""
    return {name: int(hours) for name, hours in _data("zones")["zone"].items()}


def office_hours(on: date) -> Mapping[str, Mapping[str, list[str]]]:
    """The `regular` and `ramadan` hours in force on a day; raises ValueError before the oldest on file."""
    in_force = [entry for entry in _data("hours")["hours"] if entry["valid_from"] <= on]
    if not in_force:
        raise ValueError(
            f"no office hours are on file for {on.isoformat()}: add them to clock/data/hours.toml"
        )
    in_force.sort(key=lambda entry: entry["valid_from"])
    return {"regular": in_force[-1]["regular"], "ramadan": in_force[-1]["ramadan"]}


def ramadans(years: frozenset[int]) -> list[tuple[date, date]]:
    """The first and last day of Ramadan in those of the years that are on file."""
    return [
        (entry["from"], entry["until"])
        for entry in _data("ramadan")["ramadan"]
        if entry["from"].year in years
    ]


@lru_cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))
