"""What is not a mistake of ours but a house that cannot serve just now: its database is away or being changed, its disk is full."""

from __future__ import annotations

import errno

import psycopg
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
ILL = (errno.EIO, errno.EROFS, errno.ESTALE, errno.EMFILE, errno.ENFILE, errno.ENOMEM)
UNSERVED = {  # by SQLSTATE or its class: where PostgreSQL speaks of itself and not of what it was asked
    "08": 503,  # the connection broke
    "25006": 503,  # it only reads, as a standby does
    "25P03": 503,  # it ended a transaction that stood still
    "26000": 503,  # a statement prepared before is not known here: somebody stands between us and it
    "28": 503,  # it does not let us in
    "3D": 503,  # the database is not there
    "40": 503,  # of two who waited for each other it sent one away
    "53": 503,  # too many connections, no memory
    "53100": 507,  # no room
    "55P03": 503,  # a lock was not to be had in time
    "57": 503,  # it stops, it starts, somebody or the time limit ended the statement
    "58": 503,  # its disk fails
    "F0": 503,  # its settings are wrong
    "XX001": 503,  # what it kept is damaged
    "XX002": 503,
}
UNKNOWN = ("42P01", "42703", "42883", "42704", "3F000", "0A000")
"""A table, column, function or type that is not there or not as it was: ours, unless the tables are of another version."""


def unserved(fault: BaseException | None) -> int | None:
    """507 where a disk is full, 503 where the house can't serve for another reason; None: the mistake is ours."""
    causes: list[BaseException] = []
    while fault is not None and fault not in causes:
        causes.append(fault)
        fault = fault.__cause__ or fault.__context__
    return max((status for one in causes if (status := _status(one))), default=None)


def tables_fit(*, exactly: bool = False) -> bool:
    """Whether all tables are there that this program knows; `exactly`: and none was changed by a newer one."""
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError:
        return False
    known = executor.loader
    is_newer = bool(known.applied_migrations.keys() - known.disk_migrations.keys())
    return not executor.migration_plan(known.graph.leaf_nodes()) and not (exactly and is_newer)


def _status(fault: BaseException) -> int | None:
    if (number := getattr(fault, "errno", None)) in FULL:
        return 507
    if number in ILL:
        return 503
    if isinstance(fault, psycopg.Error) and (state := fault.sqlstate):
        if state in UNKNOWN and not tables_fit(exactly=True):
            return 503
        return UNSERVED.get(state) or UNSERVED.get(state[:2])
    if isinstance(fault, OperationalError | InterfaceError) and isinstance(fault.__cause__, psycopg.Error):
        return None  # its cause says it better
    # without a SQLSTATE it is the connection that speaks: it was cut, can't be made, or none was free
    cut = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
    return 503 if isinstance(fault, cut) or type(fault) is psycopg.DatabaseError else None
