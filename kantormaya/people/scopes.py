"""Who is looking: the scope that the database itself obeys, set once per transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from kantormaya.audit.often import often

SETTINGS = ("kantor.scope", "kantor.agency", "kantor.account", "kantor.code", "kantor.reason")


@dataclass(frozen=True)
class Scope:
    """What a transaction may see: cases of an agency, one case, what is public, or all for a declared reason."""

    kind: str = ""
    agency: str = ""
    account: str = ""
    code: str = ""
    reason: str = ""


def scope_agency(agency_id: int, account_id: int) -> Scope:
    """The cases in which this agency takes part."""
    return Scope("agency", agency=str(int(agency_id)), account=str(int(account_id)))


def scope_case(code: str) -> Scope:
    """The one case (or draft) whose code this is; whoever holds the code opens it."""
    if not code:
        raise ValueError("a case scope needs the code of the case")
    return Scope("case", code=code)


def scope_public() -> Scope:
    """What anyone may see."""
    return Scope("public")


def scope_system(reason: str) -> Scope:
    """Everything, for the worker and the sweeps; the reason is said and kept with the transaction."""
    if not reason.strip():
        raise ValueError("a system scope needs a reason")
    return Scope("system", reason=reason)


@contextmanager
def scoped(scope: Scope) -> Iterator[None]:
    """One transaction that sees what the scope allows. Inside another transaction the outer scope comes back."""
    outer = _now_set() if connection.in_atomic_block else None
    with transaction.atomic():
        _set(scope)
        yield
        if outer is not None:  # SET LOCAL outlives a savepoint that is released
            _set(outer)


def current_scope() -> Scope:
    """The scope of the running transaction; an empty one where none was set."""
    return _now_set()


def _set(scope: Scope) -> None:
    values = (scope.kind, scope.agency, scope.account, scope.code, scope.reason)
    with often() as cursor:
        cursor.execute(
            "SELECT " + ", ".join("set_config(%s, %s, true)" for _ in SETTINGS),
            [part for pair in zip(SETTINGS, values, strict=True) for part in pair],
        )


def _now_set() -> Scope:
    with often() as cursor:
        # a setting never set is NULL, one set in an earlier transaction is ''
        cursor.execute(
            "SELECT " + ", ".join("coalesce(current_setting(%s, true), '')" for _ in SETTINGS), list(SETTINGS)
        )
        return Scope(*cursor.fetchone())
