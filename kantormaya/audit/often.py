"""What is said to the database all day in the same words: it keeps its plan for it, and is only given the values."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorDebugWrapper


@contextmanager
def often() -> Iterator[Any]:
    """A cursor for words that do not change; the plans of the walls are most of what such a statement costs."""
    here: Any = connections[DEFAULT_DB_ALIAS]
    here.ensure_connection()
    cursor: Any = psycopg.Cursor(here.connection)  # Django's own writes the values into the words
    wrap = _Logged(cursor, here) if here.queries_logged else here.make_cursor(cursor)
    with wrap as said:
        yield said


class _Logged(CursorDebugWrapper):
    """Writes down the words as they were said: a statement whose plan is kept no longer knows them."""

    def debug_sql(
        self, sql: Any = None, params: Any = None, *_: Any, **__: Any
    ) -> AbstractContextManager[Any]:
        return super().debug_sql(sql, params)
