"""What every table of a definition is made of: ids, cases, and gaps that are named, not papered over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetJsonSchemaHandler, StringConstraints
from pydantic import Field as Key
from pydantic_core import CoreSchema

from kantormaya.expressions import Expression
from kantormaya.language.texts import Slip

T = TypeVar("T")

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
"""A key the author chooses for a field, step, …: a name in expressions, so no hyphens; it never changes."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]
"""The address of a service or an agency."""

Role = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]

Flag = Annotated[bool, Key(strict=True)]
Whole = Annotated[int, Key(strict=True)]

NotStated = Literal["not_stated"]
"""The source does not say it; the page says so plainly, and nothing is invented."""


class Table(BaseModel):
    """A closed table: an unknown key is a fault; nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Case(Table, Generic[T]):
    """One line of a list of cases: `{ when = "…", is = … }`, or `{ otherwise = true, is = … }`."""

    when: Expression | None = None
    otherwise: Literal[True] | None = None
    is_: T = Key(alias="is")


def _as_cases(raw: Any) -> Any:
    if isinstance(raw, list) and raw and all(isinstance(line, dict) and "is" in line for line in raw):
        for line in raw:
            if ("when" in line) == ("otherwise" in line):
                raise Slip(
                    'tiap baris kasus memuat when = "…" atau otherwise = true, lalu is = …',
                    'each case has either when = "…" or otherwise = true, and then is = …',
                )
        return tuple(raw)
    if isinstance(raw, tuple) and all(isinstance(line, Case) for line in raw):
        return raw
    return ({"otherwise": True, "is": raw},)


class _OneOrMany:
    """For editors: one value may stand where a list of them is read."""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        several = handler(schema)
        one = several["items"]
        held = handler.resolve_ref_schema(one).get("properties", {})
        return {"anyOf": [held["is"] if {"is", "when", "otherwise"} == set(held) else one, several]}


if TYPE_CHECKING:
    Cases = tuple[Case[T], ...]
else:

    class Cases:
        """A value, or a list of cases of which exactly one must hold."""

        def __class_getitem__(cls, kind: Any) -> Any:
            return Annotated[tuple[Case[kind], ...], BeforeValidator(_as_cases), _OneOrMany]


def _as_list(raw: Any) -> Any:
    return (raw,) if isinstance(raw, (str, dict)) else raw


Several = Annotated[tuple[T, ...], BeforeValidator(_as_list), _OneOrMany]
"""One or several: a single value counts as a list of one."""


QUOTED_NUMBER = re.compile(r"\s*\d[\d_]*[.,][\d.,_]*\s*")


def _as_expression(raw: Any) -> Any:
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, str) and QUOTED_NUMBER.fullmatch(
        raw
    ):  # "150.000" would quietly be a hundred and fifty
        raise Slip(
            f"“{raw}” adalah angka di dalam tanda kutip: tulis tanpa kutip dan tanpa titik ribuan, mis. 150_000",
            f"“{raw}” is a number in quotes: write it without quotes and thousands points, such as 150_000",
        )
    return str(raw) if isinstance(raw, (int, float)) else raw


Amount = Annotated[Expression, BeforeValidator(_as_expression)]
"""A number or an expression that gives one (or, in a bound, a date)."""

Money = Annotated[int, Key(ge=0, le=10**15, strict=True)]
"""Whole rupiah."""
