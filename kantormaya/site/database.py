"""The database: any PostgreSQL >= 15 by DATABASE_URL, its two roles, and how the program speaks to it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import conninfo, sql

from kantormaya.site.terminal import HouseFault

OLDEST = 15
OWNER, APP = "kantor_owner", "kantor_app"


def django_database() -> dict[str, Any]:
    """Django's settings for DATABASE_URL, speaking as kantor_app."""
    parts = conninfo.conninfo_to_dict(os.environ.get("DATABASE_URL") or "postgresql:///kantor")
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    options: dict[str, Any] = {k: v for k, v in parts.items() if k not in known}
    options["options"] = f"{options.get('options', '')} -c role={APP} -c jit=off".strip()
    if threads := int(os.environ.get("KANTOR_POOL", "0")):
        # a database that comes back is found again within seconds, and nobody waits long for one that is away
        options["pool"] = {"min_size": 1, "max_size": threads, "timeout": 5, "reconnect_timeout": 3}
    if os.environ.get("KANTOR_PREPARED", "yes") != "no":
        options["prepare_threshold"] = 5  # what was said so often on a connection is planned no more
    settings = {django: str(parts.get(name) or "") for name, django in known.items()}
    return {"ENGINE": "django.db.backends.postgresql", "OPTIONS": options, "CONN_MAX_AGE": 0, **settings}


def speak_as(role: str) -> None:
    """Let Django's connection speak as another role from now on: the owner to migrate, the program for all else."""
    from django.db import connection

    connection.close()
    connection.settings_dict["OPTIONS"]["options"] = f"-c role={role}"


def prepare_embedded(sockets: Path) -> str:
    """Roles and the database `kantor` on our own server; says the URL for a login that is no superuser."""
    with psycopg.connect(
        host=str(sockets), user="postgres", dbname="postgres", autocommit=True
    ) as connection:
        _make_roles(connection)
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = 'kantor'").fetchone():
            connection.execute("CREATE ROLE kantor LOGIN CREATEDB")
            connection.execute(
                sql.SQL("GRANT {}, {} TO kantor").format(sql.Identifier(OWNER), sql.Identifier(APP))
            )
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'kantor'").fetchone():
            connection.execute(sql.SQL("CREATE DATABASE kantor OWNER {}").format(sql.Identifier(OWNER)))
    url = f"postgresql://kantor@/kantor?host={quote(str(sockets), safe='')}"
    prepare(url)
    return url


def prepare(url: str) -> None:
    """Make sure of version, roles and rights before anything is migrated; raises HouseFault with the remedy."""
    try:
        connection = psycopg.connect(url, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as fault:
        why = str(fault).strip()
        raise HouseFault(
            f"Basis data pada DATABASE_URL tidak dapat dihubungi. Periksa alamat dan kata sandinya: {why}",
            f"The database of DATABASE_URL can't be reached. Check its address and password: {why}",
        ) from None
    with connection:
        if connection.info.server_version < OLDEST * 10000:
            found = connection.info.server_version // 10000
            raise HouseFault(
                f"Diperlukan PostgreSQL {OLDEST} atau lebih baru; ini versi {found}.",
                f"PostgreSQL {OLDEST} or newer is needed; this is version {found}.",
            )
        _make_roles(connection)
        try:
            _grant(connection)
        except psycopg.errors.InsufficientPrivilege:
            raise _remedy(connection) from None


def _make_roles(connection: psycopg.Connection[Any]) -> None:
    """kantor_owner owns the tables, kantor_app runs the program; neither logs in, neither is a superuser."""
    for role in (OWNER, APP):
        if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
            continue
        try:
            connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role)))
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))
        except psycopg.errors.InsufficientPrivilege:
            raise _remedy(connection) from None


def _grant(connection: psycopg.Connection[Any]) -> None:
    """The owner may make tables; what it makes, the program may read and write (migrations take rights away again)."""
    owner, app = sql.Identifier(OWNER), sql.Identifier(APP)
    allowed = "SELECT has_schema_privilege(%s, 'public', 'CREATE')"
    if connection.execute(allowed, [OWNER]).fetchone() != (True,):
        connection.execute(sql.SQL("GRANT CREATE, USAGE ON SCHEMA public TO {}").format(owner))
    connection.execute(sql.SQL("SET ROLE {}").format(owner))
    for rights in ("SELECT, INSERT, UPDATE, DELETE ON TABLES", "USAGE, SELECT ON SEQUENCES"):
        connection.execute(
            sql.SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {} TO {}").format(sql.SQL(rights), app)
        )
    connection.execute("RESET ROLE")


def _remedy(connection: psycopg.Connection[Any]) -> HouseFault:
    user, database = connection.info.user, connection.info.dbname
    statements = (
        f"CREATE ROLE {OWNER} NOLOGIN; CREATE ROLE {APP} NOLOGIN; "
        f'GRANT {OWNER}, {APP} TO "{user}"; GRANT CREATE, USAGE ON SCHEMA public TO {OWNER};'
    )
    return HouseFault(
        f"Pengguna {user} tidak berhak membuat dua peran kantor. Mintalah pengelola server menjalankan, "
        f"di basis data {database}: {statements}",
        f"The user {user} may not make the two roles of the office. Let an administrator of the server run, "
        f"in the database {database}: {statements}",
    )
