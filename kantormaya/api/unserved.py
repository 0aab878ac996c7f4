"""What is not a mistake of ours but a house that cannot serve just now: no database, or no room on a disk."""

from __future__ import annotations

import errno

from django.db import InterfaceError, OperationalError
from psycopg import errors

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def unserved(fault: BaseException | None) -> int | None:
    """507 where a disk is full, 503 where the database does not answer or only reads; None: the mistake is ours."""
    causes = []
    while fault is not None and fault not in causes:
        causes.append(fault)
        fault = fault.__cause__ or fault.__context__
    if any(isinstance(one, errors.DiskFull) or getattr(one, "errno", None) in FULL for one in causes):
        return 507
    away = (OperationalError, InterfaceError, errors.ReadOnlySqlTransaction)
    return 503 if any(isinstance(one, away) for one in causes) else None
