"""Several questions to the database asked in one statement, written out once and asked again with other values.

Putting a question into words costs the ORM more than asking it. So `written` and `gathered` keep the words; whatever differs each
time stands in them as `Given`, and all else (a day, a list) stays as it was then. `gather` asks once and forgets.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any

from django.db import connection
from django.db.models import (
    BooleanField,
    CharField,
    Field,
    ForeignKey,
    IntegerField,
    JSONField,
    Model,
    QuerySet,
    TextField,
    Value,
)

from kantormaya.audit.often import often


class Given(Value):
    """A value in a question that is named now and known when the question is asked."""

    def __init__(self, name: str, output_field: Field[Any, Any] | None = None) -> None:
        super().__init__(name, output_field=output_field)

    def as_sql(self, *_: Any) -> tuple[str, Any]:
        """A place for the value."""
        return "%s", [self]


class _Its(Given):
    """The key of the row that the other questions hang on."""

    def as_sql(self, *_: Any) -> tuple[str, Any]:
        return '"it"."id"', []


@dataclass(frozen=True)
class Question:
    """What is sent, the values in it (some of them still `Given`), and what the rows of each part become."""

    text: str
    values: tuple[Any, ...]
    tables: tuple[type[Model] | None, ...]
    is_one_for_all: bool = True
    """Whether one plan is good for all values: not where they decide which of many rows are walked through."""

    def ask(self, **given: Any) -> list[Any]:
        """What each part found: rows of a table as its own reading gives them, chosen values as JSON says them.

        Nothing at all where the row that all hangs on is not there.
        """
        values = [given[one.value] if isinstance(one, Given) else one for one in self.values]
        with often() if self.is_one_for_all else connection.cursor() as cursor:
            cursor.execute(self.text, values)
            found = cursor.fetchone()
        if found is None:
            return []
        return [_made(table, json.loads(said)) for table, said in zip(self.tables, found, strict=True)]


def written(wanted: Iterable[QuerySet[Any]], *, is_one_for_all: bool = True) -> Question:
    """Questions about single tables, or for values by name; each gives its rows in its own order."""
    parts = [_part(rows) for rows in wanted]
    return Question(f"SELECT {', '.join(text for text, *_ in parts)}", *_rest(parts), is_one_for_all)


def gather(*wanted: QuerySet[Any]) -> list[list[Any]]:
    """The rows of several questions, each in its own order."""
    return written(wanted, is_one_for_all=False).ask()


def gathered(
    ask: Callable[..., tuple[QuerySet[Any], ...]],
) -> Callable[..., tuple[Any, list[list[Any]]] | None]:
    """A row and, for each question about a single table, the rows of it in their own order; None where there is no row.

    `ask` is called once for good: with the key of the row (`its`), and with what is left open.
    """

    @cache
    def words(*names: str) -> Question:
        one, *hanging = ask(_Its("its"), **{name: Given(name) for name in names})
        parts = [_part(rows) for rows in hanging]
        head, last = one.query.sql_with_params()
        values, tables = _rest(parts)
        said = ", ".join(["row_to_json(it)::text", *(text for text, *_ in parts)])
        return Question(f"SELECT {said} FROM ({head}) AS it", (*values, *last), (one.model, *tables))  # noqa: S608  our own questions

    @wraps(ask)
    def found(**said: Any) -> tuple[Any, list[list[Any]]] | None:
        answer = words(*said).ask(**said)
        return (answer[0], answer[1:]) if answer else None

    return found


Part = tuple[str, tuple[Any, ...], type[Model] | None]


def _part(rows: QuerySet[Any]) -> Part:
    text, values = rows.query.sql_with_params()
    is_whole = rows._fields is None  # type: ignore[attr-defined]  # as values() sets it
    said = f"(SELECT coalesce(json_agg(found), '[]') FROM ({text}) AS found)::text"  # noqa: S608  our own questions
    return said, tuple(values), rows.model if is_whole else None


def _rest(parts: list[Part]) -> tuple[tuple[Any, ...], tuple[type[Model] | None, ...]]:
    return tuple(value for _, values, _ in parts for value in values), tuple(table for *_, table in parts)


def _made(table: type[Model] | None, said: Any) -> Any:
    if table is None:
        return said
    return [row(table, one) for one in said] if isinstance(said, list) else row(table, said)


def row(table: type[Model], said: dict[str, Any]) -> Model:
    """A row as the table's own reading would give it; a column that was left out is read when it is asked for.

    What was annotated is there as JSON says it.
    """
    names, values = [], []
    for column, name, read in _columns(table):
        if column in said:
            names.append(name)
            values.append(read(said[column]) if read else said[column])
    made = table.from_db(None, names, values)
    if len(said) > len(names):
        vars(made).update((name, value) for name, value in said.items() if name not in vars(made))
    return made


AS_SAID = (BooleanField, CharField, ForeignKey, IntegerField, JSONField, TextField)
"""What JSON says of these is what they hold."""


@cache
def _columns(table: type[Model]) -> list[tuple[str, str, Callable[[Any], Any] | None]]:
    return [
        (str(one.column), one.attname, None if isinstance(one, AS_SAID) else one.to_python)
        for one in table._meta.concrete_fields
    ]
