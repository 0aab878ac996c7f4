"""Rows that are only added travel together: one statement at the end of an act instead of one for each.

Within `together()` what `add`, `keep`, `change` and `call` are given waits until the block ends, or until `flush` says that what
follows wants to read it. Outside of it they are done at once. A block that fails sends nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import Model

from kantormaya.audit.often import often


@dataclass
class Waiting:
    """What is to be written: rows by table (and whether a row that is there stays), changes, and functions to call."""

    rows: dict[tuple[type[Model], bool], list[Model]] = field(default_factory=dict)
    kept: dict[tuple[type[Model], Any], tuple[tuple[str, ...], dict[str, Any]]] = field(default_factory=dict)
    changes: list[tuple[str, Sequence[Any]]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)

    def write(self) -> None:
        """All of it in one statement; rows of one table in the order in which they were added."""
        kept = _kept(self.kept)
        said = kept + [_insert(table, rows, once) for (table, once), rows in self.rows.items()] + self.changes
        if not said and not self.calls:
            return
        parts = ", ".join(f"part_{n} AS ({text})" for n, (text, _) in enumerate(said))
        asked = [*(f"(SELECT count(*) FROM part_{n})" for n in range(len(kept))), *self.calls]  # noqa: S608  a number
        values = [value for _, some in said for value in some]
        with often() as cursor:
            cursor.execute(f"{f'WITH {parts} ' if said else ''}SELECT {', '.join(asked) or '1'}", values)
            found = cursor.fetchone()
        if sum(found[: len(kept)]) != len(self.kept):
            raise DatabaseError("a row to be changed is not there, or the scope does not see it")


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


def begin(row: Model) -> None:
    """Add a row at once and learn its key, because others will hang on it."""
    text, said = _insert(type(row), [row], once=False)
    with often() as cursor:
        cursor.execute(f'{text} RETURNING "{_key(type(row))}"', said)
        (row.pk,) = cursor.fetchone()
    row._state.adding, row._state.db = False, connection.alias


def keep(row: Model, *names: str) -> None:
    """Keep what these columns of a row that is there say now."""
    which, key = (type(row), row.pk), _key(type(row))
    with together():
        if which in _room().kept and _room().kept[which][0] != names:  # one statement changes a row once
            flush()
        said = {one.column: getattr(row, one.attname) for one in _fields(type(row), [key, *names])}
        _room().kept[which] = names, said


def change(table: type[Model], which: Mapping[str, Any], **values: Any) -> None:
    """Have every row in which these columns say this (None: nothing) say something else."""
    asked = {name: value for name, value in which.items() if value is not None}
    text = _change(table, tuple(values), tuple(asked), tuple(which.keys() - asked.keys()))
    fields = _fields(table, [*values, *asked])
    said = [
        one.get_db_prep_save(value, connection)
        for one, value in zip(fields, [*values.values(), *asked.values()], strict=True)
    ]
    with together():
        _room().changes.append((text, said))


def call(function: str) -> None:
    """Have the database do something, once for all that wait."""
    with together():
        if function not in _room().calls:
            _room().calls.append(function)


def _room() -> Waiting:
    waiting = _waiting.get()
    assert waiting is not None
    return waiting


def _kept(
    kept: Mapping[tuple[type[Model], Any], tuple[tuple[str, ...], Any]],
) -> list[tuple[str, Sequence[Any]]]:
    """The statements that change rows: one for all rows of a table in which the same columns change."""
    rows: dict[tuple[type[Model], tuple[str, ...]], list[Any]] = {}
    for (table, _), (names, said) in kept.items():
        rows.setdefault((table, names), []).append(said)
    return [(_keeping(*which), [_json(said)]) for which, said in rows.items()]


@cache
def _keeping(table: type[Model], names: tuple[str, ...]) -> str:
    name, (key,) = table._meta.db_table, _columns(table, [_key(table)])
    says = ", ".join(f"{column} = said.{column}" for column in _columns(table, names))
    return f'UPDATE "{name}" SET {says} FROM json_populate_recordset(NULL::"{name}", %s) said WHERE "{name}".{key} = said.{key} RETURNING 1'  # noqa: S608  our own words


def _insert(table: type[Model], rows: Sequence[Model], once: bool) -> tuple[str, Sequence[Any]]:
    """The statement that adds rows; they go as one JSON text, so that it is the same however many they are."""
    is_keyed = rows[0].pk is not None
    columns = _written(table, is_keyed)
    said = [{column: getattr(row, name) for name, column in columns} for row in rows]
    return _into(table, is_keyed, once), [_json(said)]


@cache
def _into(table: type[Model], is_keyed: bool, once: bool) -> str:
    name, columns = table._meta.db_table, ", ".join(f'"{column}"' for _, column in _written(table, is_keyed))
    read = f'SELECT {columns} FROM json_populate_recordset(NULL::"{name}", %s)'  # noqa: S608  our own words
    return f'INSERT INTO "{name}" ({columns}) {read}{" ON CONFLICT DO NOTHING" if once else ""}'


@cache
def _written(table: type[Model], is_keyed: bool) -> list[tuple[str, str]]:
    """The attributes of a row and the columns they go to; the key only where the row brings one."""
    return [(f.attname, str(f.column)) for f in table._meta.concrete_fields if is_keyed or not f.primary_key]


def _plain(value: Any) -> str:
    """What JSON has no word for, as the database reads it; anything else raises TypeError."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"a row can't say {value!r}")


_json = json.JSONEncoder(default=_plain, ensure_ascii=False).encode


@cache
def _change(
    table: type[Model], names: tuple[str, ...], asked: tuple[str, ...], empty: tuple[str, ...] = ()
) -> str:
    said = ", ".join(f"{column} = %s" for column in _columns(table, names))
    which = [f"{column} = %s" for column in _columns(table, asked)]
    which += [f"{column} IS NULL" for column in _columns(table, empty)]
    return f'UPDATE "{table._meta.db_table}" SET {said} WHERE {" AND ".join(which)}'  # noqa: S608  our own words


def _key(table: type[Model]) -> str:
    key = table._meta.pk
    assert key is not None
    return key.name


def _columns(table: type[Model], names: Sequence[str]) -> list[str]:
    return [f'"{one.column}"' for one in _fields(table, names)]


def _fields(table: type[Model], names: Sequence[str]) -> list[Any]:
    return [table._meta.get_field(name) for name in names]
