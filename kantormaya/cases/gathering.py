"""What hangs on a case, read in one statement instead of one for each table."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection
from django.db.models import JSONField, Model, QuerySet


def gather(*wanted: QuerySet[Any]) -> list[list[Any]]:
    """The rows of several questions about single tables, each in its own order."""
    parts, values = [], list[Any]()
    for rows in wanted:
        text, given = rows.query.sql_with_params()
        parts.append(f"(SELECT coalesce(json_agg(found), '[]') FROM ({text}) AS found)::text")  # noqa: S608  our own questions
        values += given
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        found = cursor.fetchone()
    return [
        [row(rows.model, one) for one in json.loads(text)] for rows, text in zip(wanted, found, strict=True)
    ]


def row(table: type[Model], said: dict[str, Any]) -> Model:
    """A row as the table's own reading would give it; a column that was left out is read when it is asked for."""
    names, values = [], []
    for field in table._meta.concrete_fields:
        if field.column in said:
            names.append(field.attname)
            value = said[field.column]
            values.append(value if isinstance(field, JSONField) else field.to_python(value))
    return table.from_db(None, names, values)
