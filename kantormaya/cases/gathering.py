"""A case and what hangs on it, read in one statement instead of one for each table."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.db import connection
from django.db.models import (
    BooleanField,
    CharField,
    Expression,
    ForeignKey,
    IntegerField,
    JSONField,
    Model,
    QuerySet,
    TextField,
)

ITS = '"it"."id"'


class Given(Expression):
    """A value that a question leaves open: it is said each time the question is asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, *_: Any) -> tuple[str, Any]:
        return (ITS, []) if self.name == "its" else ("%s", [self])


def gathered(
    ask: Callable[..., tuple[QuerySet[Any], ...]],
) -> Callable[..., tuple[Any, list[list[Any]]] | None]:
    """A row and, for each question about a single table, the rows of it in their own order; None where there is no row.

    `ask` is called once for good, to put it all into words: with the key of the row (`its`), and with what is left open.
    So whatever else stands in it, a day or a list, stays as it was then.
    """

    @cache
    def words(*names: str) -> tuple[str, list[Any], list[type[Model]]]:
        one, *hanging = ask(Given("its"), **{name: Given(name) for name in names})
        head, last = one.query.sql_with_params()
        parts, values = ["row_to_json(it)::text"], list[Any]()
        for rows in hanging:
            text, given = rows.query.sql_with_params()
            parts.append(f"(SELECT coalesce(json_agg(found), '[]') FROM ({text}) AS found)::text")  # noqa: S608  our own questions
            values += given
        whole = f"SELECT {', '.join(parts)} FROM ({head}) AS it"  # noqa: S608
        return whole, [*values, *last], [one.model, *(rows.model for rows in hanging)]

    @wraps(ask)
    def gather(**said: Any) -> tuple[Any, list[list[Any]]] | None:
        text, values, (table, *tables) = words(*said)
        with connection.cursor() as cursor:
            cursor.execute(text, [said[one.name] if isinstance(one, Given) else one for one in values])
            found = cursor.fetchone()
        if found is None:
            return None
        one, *hanging = (json.loads(text) for text in found)
        return row(table, one), [
            [row(of, each) for each in rows] for of, rows in zip(tables, hanging, strict=True)
        ]

    return gather


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
