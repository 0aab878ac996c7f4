"""What is said to the database all day in the same words: it keeps its plan for it, and is only given the values."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection


@contextmanager
def often() -> Iterator[Any]:
    """A cursor for words that do not change; the plans of the walls are most of what such a statement costs."""
    connection.ensure_connection()
    cursor: Any = psycopg.Cursor(connection.connection)  # Django's own writes the values into the words
    wrap = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with wrap(cursor) as said:
        yield said
