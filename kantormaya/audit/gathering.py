"""Several questions to the database asked in one statement, written out once and asked again with other values.

`gather` asks at once. `written` keeps what the ORM says in SQL, which costs more than the asking; whatever differs each time
stands in the questions as `Given`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Field, JSONField, Model, QuerySet, Value


class Given(Value):
    """A value in a question that is named now and known when the question is asked."""

    def __init__(self, name: str, output_field: Field[Any, Any] | None = None) -> None:
        super().__init__(name, output_field=output_field)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:  # noqa: ARG002  Django's own form
        """A place for the value."""
        return "%s", [self]


@dataclass(frozen=True)
class Question:
    """What is sent, the values in it (some of them still `Given`), and what the rows of each part become."""

    text: str
    values: tuple[Any, ...]
    tables: tuple[type[Model] | None, ...]

    def ask(self, **given: Any) -> list[list[Any]]:
        """The rows of every part in its own order: of a table as its own reading gives them, of chosen values as they are."""
        values = [given[one.value] if isinstance(one, Given) else one for one in self.values]
        with connection.cursor() as cursor:
            cursor.execute(self.text, values)
            found = cursor.fetchone()
        return [
            [one if table is None else row(table, one) for one in json.loads(said)]
            for table, said in zip(self.tables, found, strict=True)
        ]


def written(wanted: Iterable[QuerySet[Any]]) -> Question:
    """Questions about single tables, or for values by name, as one statement."""
    parts, values, tables = [], list[Any](), list[type[Model] | None]()
    for rows in wanted:
        text, given = rows.query.sql_with_params()
        parts.append(f"(SELECT coalesce(json_agg(found), '[]') FROM ({text}) AS found)::text")  # noqa: S608  our own questions
        values += given
        tables.append(rows.model if rows._fields is None else None)  # type: ignore[attr-defined]  # as values() sets it
    return Question(f"SELECT {', '.join(parts)}", tuple(values), tuple(tables))


def gather(*wanted: QuerySet[Any]) -> list[list[Any]]:
    """The rows of several questions, each in its own order."""
    return written(wanted).ask()


def row(table: type[Model], said: dict[str, Any]) -> Model:
    """A row as the table's own reading would give it; a column that was left out is read when it is asked for."""
    names, values = [], []
    for field in table._meta.concrete_fields:
        if field.column in said:
            names.append(field.attname)
            value = said[field.column]
            values.append(value if isinstance(field, JSONField) else field.to_python(value))
    return table.from_db(None, names, values)
