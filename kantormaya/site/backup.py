"""Backing up and restoring: the database of one moment, the files it names, and a list with the digest of each."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import conninfo, sql

from kantormaya.site.database import OWNER, prepare
from kantormaya.site.embedded import Server, _major, distribution_binaries, embedded_binaries
from kantormaya.site.processes import AlreadyRunning, take_folder
from kantormaya.site.terminal import HouseFault

FORMAT = 1
FOLDERS = ("uploads", "papers", "keys", "files")
SECRET = "secret-key"  # noqa: S105  the name of a file
DUMP, LIST, SEAL = "database.dump", "manifest.json", "manifest.sha256"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"


def back_up(target: Path, data: Path) -> dict[str, Any]:
    """Write a whole backup into a new folder; it gets its name only when nothing is missing. Says its manifest."""
    if target.exists():
        raise HouseFault(
            f"{target} sudah ada. Sebut folder yang belum ada.",
            f"{target} exists already. Name a folder that does not.",
        )
    part = target.with_name(target.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True, mode=0o700)
    try:
        with _database(data) as url:
            manifest = _dump(url, part)
        # After the database: a file is in its place before a row names it, so none that a row names is missing.
        files = {DUMP: _digest(part / DUMP)} | {
            str(path.relative_to(data)): _copy(path, part / path.relative_to(data)) for path in _kept(data)
        }
        _all_named_are_there(manifest.pop("named"), files)
        manifest["files"] = dict(sorted(files.items()))
        (part / LIST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        (part / SEAL).write_text(_digest(part / LIST) + "\n", encoding="ascii")
        for one in (part / LIST, part / SEAL, part / DUMP, part):
            _to_disk(one)
        part.rename(target)
        _to_disk(target.parent)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return manifest


def verify(source: Path) -> dict[str, Any]:
    """The manifest of a backup whose every byte is as it was written; raises HouseFault that names what is not."""
    try:
        sealed = (source / SEAL).read_text("ascii").strip()
        text = (source / LIST).read_bytes()
    except FileNotFoundError:
        raise HouseFault(
            f"{source} bukan cadangan: tidak ada {LIST} dan {SEAL} di dalamnya.",
            f"{source} is no backup: there is no {LIST} with its {SEAL} in it.",
        ) from None
    except UnicodeDecodeError:
        raise _damaged(source / LIST) from None
    if hashlib.sha256(text).hexdigest() != sealed:
        raise _damaged(source / LIST)
    manifest: dict[str, Any] = json.loads(text)
    if manifest["format"] != FORMAT:
        raise HouseFault(
            f"Cadangan ini berbentuk {manifest['format']}; program ini membaca bentuk {FORMAT}. Pakai program yang sesuai.",
            f"This backup has format {manifest['format']}; this program reads format {FORMAT}. Use the program that fits.",
        )
    there = {str(path.relative_to(source)) for path in source.rglob("*") if path.is_file()}
    for name, digest in manifest["files"].items():
        if name not in there or _digest(source / name) != digest:
            raise _damaged(source / name)
    if extra := there - manifest["files"].keys() - {LIST, SEAL}:
        raise _damaged(source / min(extra))
    return manifest


def restore(source: Path, data: Path) -> dict[str, Any]:
    """Bring an empty office to where the backup was; everything is checked before anything is written."""
    manifest = verify(source)
    if held := next(_kept(data), None):
        raise HouseFault(
            f"Folder data tidak kosong ({held}). Pulihkan hanya ke folder yang kosong: sebut yang lain dengan --data.",
            f"The data folder is not empty ({held}). Restore into an empty one only: name another with --data.",
        )
    data.mkdir(parents=True, exist_ok=True)
    with _database(data, may_run=False) as url:
        with psycopg.connect(url) as connection:
            if connection.info.server_version // 10000 < manifest["postgres"]:
                raise HouseFault(
                    f"Cadangan dari PostgreSQL {manifest['postgres']}; basis data ini lebih tua.",
                    f"The backup comes from PostgreSQL {manifest['postgres']}; this database is older.",
                )
            if found := connection.execute(TABLES).fetchone():
                raise HouseFault(
                    f"Basis data tidak kosong (ada tabel {found[0]}). Pulihkan hanya ke basis data yang kosong.",
                    f"The database is not empty (it has the table {found[0]}). Restore into an empty one only.",
                )
        try:
            for name, digest in manifest["files"].items():
                if name != DUMP and _copy(source / name, data / name) != digest:
                    raise _damaged(source / name)
            _run(
                _tool("pg_restore", manifest["dumped_by"]), url,
                "--no-owner", f"--role={OWNER}", "--exit-on-error", "--single-transaction", "--dbname", "",
                str(source / DUMP),
            )  # fmt: skip
        except BaseException:
            for name in manifest["files"]:
                (data / name).unlink(missing_ok=True)
            raise
        with psycopg.connect(url) as connection:
            _same_counts(_counts(connection), manifest["rows"])
    return manifest


def _dump(url: str, folder: Path) -> dict[str, Any]:
    """Dump and counts of one and the same moment."""
    with psycopg.connect(url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(OWNER)))  # owns all, sees all
        moment = str(_one(connection, "SELECT pg_export_snapshot()"))
        if _one(connection, "SELECT to_regclass('django_migrations')") is None:
            raise HouseFault(
                "Basis data ini belum berisi kantor. Jalankan kantor migrate dulu.",
                "This database holds no office yet. Run kantor migrate first.",
            )
        version = connection.info.server_version
        tool = _tool("pg_dump", version // 10000)
        _run(
            tool, url, "--format=custom", f"--role={OWNER}", f"--snapshot={moment}",
            f"--file={folder / DUMP}", "--dbname", "",
        )  # fmt: skip
        applied = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY app, name")
        uploads = "SELECT 'uploads/' || left(sha256, 2) || '/' || sha256 || '.' || kind FROM documents_upload"
        papers = "SELECT 'papers/' || left(sha256, 2) || '/' || sha256 || '.pdf' FROM permits_paper"
        named = connection.execute(f"{uploads} WHERE case_id IS NOT NULL UNION {papers} WHERE sha256 <> ''")
        return {
            "format": FORMAT,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "postgres": version // 10000,
            "dumped_by": _major(tool),
            "key_from": "environment" if os.environ.get("KANTOR_SECRET_KEY") else "file",
            "migrations": [row[0] for row in applied],
            "rows": _counts(connection),
            "named": {row[0] for row in named},
        }


def _counts(connection: psycopg.Connection[Any]) -> dict[str, int]:
    connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(OWNER)))
    count = sql.SQL("SELECT count(*) FROM {}")
    tables = [row[0] for row in connection.execute(TABLES)]
    return {name: int(_one(connection, count.format(sql.Identifier(name)))) for name in tables}


def _one(connection: psycopg.Connection[Any], query: Any) -> Any:
    row = connection.execute(query).fetchone()
    return row[0] if row else None


def _same_counts(found: dict[str, int], wanted: dict[str, int]) -> None:
    if wrong := [name for name in found | wanted if found.get(name) != wanted.get(name)]:
        name = wrong[0]
        raise HouseFault(
            f"Tabel {name}: {found.get(name)} baris, pada cadangan {wanted.get(name)}. Jangan pakai hasil ini.",
            f"Table {name}: {found.get(name)} rows, {wanted.get(name)} in the backup. Do not use the result.",
        )


def _kept(data: Path) -> Iterator[Path]:
    """The files of an office that no program can make again."""
    if (data / SECRET).is_file():
        yield data / SECRET
    for folder in FOLDERS:
        for path in sorted((data / folder).rglob("*")):
            if path.is_file() and "incoming" not in path.relative_to(data).parts:  # not tied to anything yet
                yield path


def _all_named_are_there(named: set[str], files: dict[str, str]) -> None:
    """A file of a case that is gone or is not what was handed in: better said today than at the restore."""
    for name in sorted(named):
        stored_as = Path(name).name.partition(".")[0]
        if files.get(name) != stored_as:
            raise HouseFault(
                f"Berkas perkara {name} hilang atau rusak di folder data. Ambil dari cadangan sebelumnya, lalu ulangi.",
                f"The file {name} of a case is gone or damaged in the data folder. Take it from an earlier backup, then repeat.",
            )


def _copy(source: Path, target: Path) -> str:
    """Copy a file to the disk, readable by us only, and say the digest of what was read."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    said = hashlib.sha256()
    private = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with source.open("rb") as read, os.fdopen(private, "wb") as written:
        while chunk := read.read(1 << 20):
            said.update(chunk)
            written.write(chunk)
        written.flush()
        os.fsync(written.fileno())
    return said.hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _damaged(path: Path) -> HouseFault:
    return HouseFault(
        f"{path}: tidak sama dengan daftar cadangan (rusak, hilang, atau berlebih). Tidak ada yang dipulihkan.",
        f"{path}: not as the list of the backup says (damaged, missing or too many). Nothing was restored.",
    )


@contextmanager
def _database(data: Path, *, may_run: bool = True) -> Iterator[str]:
    """The address of the office's database; the embedded one is started for this where it does not run."""
    if url := os.environ.get("DATABASE_URL"):
        prepare(url)
        yield url
        return
    try:
        lock = take_folder(data)
    except AlreadyRunning as other:
        if not may_run:
            raise HouseFault(
                f"Kantor ini sedang berjalan di {other}. Hentikan dulu.",
                f"This office is running at {other}. Stop it first.",
            ) from None
        sockets = (data / "database" / "postmaster.pid").read_text().splitlines()[4]
        yield f"postgresql://kantor@/kantor?host={quote(sockets, safe='')}"
        return
    server = Server(embedded_binaries(), data / "database")
    try:
        yield server.start()
    finally:
        server.stop()
        lock.close()


def _run(tool: Path, url: str, *words: str) -> None:
    """Run a program of PostgreSQL on this database; the password goes by the environment, where no list shows it."""
    parts = conninfo.conninfo_to_dict(url)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
    if password := parts.pop("password", None):
        environment["PGPASSWORD"] = str(password)
    address = conninfo.make_conninfo("", **parts)
    command = [str(tool), *(word or address for word in words)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        why = done.stderr.strip()[-600:]
        raise HouseFault(f"{tool.name} gagal: {why}", f"{tool.name} failed: {why}")


def _tool(name: str, oldest: int) -> Path:
    """The oldest program of PostgreSQL here that is not older than what it is to read."""
    on_path = shutil.which(name)
    folders = (distribution_binaries(), embedded_binaries(), Path(on_path).parent if on_path else None)
    here = [folder / name for folder in folders if folder and (folder / name).exists()]
    if fit := [tool for tool in here if _major(tool) >= oldest]:
        return min(fit, key=_major)
    raise HouseFault(
        f"Diperlukan {name} versi {oldest} atau lebih baru. Pasang dulu: apt install postgresql-client-{oldest}",
        f"{name} of version {oldest} or newer is needed. Install it first: apt install postgresql-client-{oldest}",
    )
