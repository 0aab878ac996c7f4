"""Rows that are only added travel together: one statement at the end of an act instead of one for each.

Within `together()` what `add`, `change` and `call` are given waits until the block ends, or until `flush` says that what
follows wants to read it. Outside of it they are done at once. A block that fails sends nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet, sql
from django.db.models.constants import OnConflict


@dataclass
class Waiting:
    """What is to be written: rows by table (and whether a row that is there stays), changes, and functions to call."""

    rows: dict[tuple[type[Model], bool], list[Model]] = field(default_factory=dict)
    changes: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)

    def write(self) -> None:
        """All of it in one statement; rows of one table in the order in which they were added."""
        said = [_insert(table, rows, once) for (table, once), rows in self.rows.items()] + self.changes
        if not said and not self.calls:
            return
        parts = ", ".join(f"part_{n} AS ({text})" for n, (text, _) in enumerate(said))
        values = [value for _, some in said for value in some]
        with connection.cursor() as cursor:
            cursor.execute(f"{f'WITH {parts} ' if said else ''}SELECT {', '.join(self.calls) or '1'}", values)


_waiting: ContextVar[Waiting | None] = ContextVar("waiting", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Write all that is added within in one statement; a block inside another joins it."""
    if _waiting.get() is not None:
        yield
        return
    before = _waiting.set(Waiting())
    try:
        yield
        flush()
    finally:
        _waiting.reset(before)


def flush() -> None:
    """Write what waits now, because what follows reads it."""
    if (waiting := _waiting.get()) is not None:
        _waiting.set(Waiting())
        waiting.write()


def add(*rows: Model, once: bool = False) -> None:
    """Add rows of one table, which get no key back; with `once` a row that is there already is left as it is."""
    if rows:
        with together():
            _room().rows.setdefault((type(rows[0]), once), []).extend(rows)


def change(rows: QuerySet[Any], **values: Any) -> None:
    """Change the rows that fit."""
    query: Any = rows.query.chain(sql.UpdateQuery)
    query.add_update_values(values)
    with together():
        _room().changes.append(query.get_compiler(connection=connection).as_sql())


def call(function: str) -> None:
    """Have the database do something, once for all that wait."""
    with together():
        if function not in _room().calls:
            _room().calls.append(function)


def _room() -> Waiting:
    waiting = _waiting.get()
    assert waiting is not None
    return waiting


def _insert(table: type[Model], rows: list[Model], once: bool) -> tuple[str, tuple[Any, ...]]:
    fields = [one for one in table._meta.concrete_fields if not (one.primary_key and rows[0].pk is None)]
    query = sql.InsertQuery(table, on_conflict=OnConflict.IGNORE if once else None)
    query.insert_values(fields, rows)
    ((text, values),) = query.get_compiler(connection=connection).as_sql()
    return text, values
