"""One row by what names it: a question that is asked all day is put into words once."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

from kantormaya.audit.often import often

M = TypeVar("M", bound=Model)


def the_row(table: type[M], *, locked: bool = False, **named: Any) -> M | None:
    """The row in which these columns say this, or None; `locked` until the transaction ends."""
    with often() as cursor:
        cursor.execute(_question(table, tuple(named), locked), list(named.values()))
        found = cursor.fetchone()
    if found is None:
        return None
    read = [
        to_python(value, None, connection) if to_python else value
        for to_python, value in zip(_readers(table), found, strict=True)
    ]
    return table.from_db(connection.alias, [one.attname for one in table._meta.concrete_fields], read)


@cache
def _question(table: type[Model], names: tuple[str, ...], locked: bool) -> str:
    columns = ", ".join(f'"{one.column}"' for one in table._meta.concrete_fields)
    which = " AND ".join(f'"{table._meta.get_field(name).column}" = %s' for name in names)  # type: ignore[union-attr]
    return f'SELECT {columns} FROM "{table._meta.db_table}" WHERE {which}{" FOR UPDATE" if locked else ""}'  # noqa: S608  our own words


@cache
def _readers(table: type[Model]) -> tuple[Any, ...]:
    """How each column is read where it is not taken as it comes."""
    return tuple(getattr(one, "from_db_value", None) for one in table._meta.concrete_fields)
