"""`kantor doctor`: looks at a deployment and says what is well, what is not, what that means and what to do."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from kantormaya.language.texts import Text
from kantormaya.site import readiness
from kantormaya.site.database import APP, OLDEST, OWNER
from kantormaya.site.terminal import spoken, table

Verdict = Literal["ok", "warn", "fault"]
LITTLE, TIGHT = 2, 10  # gigabytes that are left
SKEW = 2.0  # seconds between our clock and the database's
OUR_OWN = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True)
class Finding:
    """One thing looked at: how it is, what that means, and what to do where it is not well."""

    name: Text
    verdict: Verdict
    means: Text
    do: Text | None = None


def examine() -> list[Finding]:
    """Everything that can be seen from this machine, the database first."""
    found: list[Finding] = []
    try:
        for look in DATABASE:
            found += look()
    except DatabaseError as fault:
        found.append(
            _fault(
                "Basis data", "The database", f"tidak menjawab: {fault}", f"does not answer: {fault}",
                "Periksa DATABASE_URL, jaringan, dan apakah PostgreSQL berjalan; lalu ulangi.",
                "Check DATABASE_URL, the network and whether PostgreSQL runs; then repeat.",
            )
        )  # fmt: skip
    for look in HOUSE:
        found += look()
    return found


def say(found: list[Finding]) -> int:
    """Print a line for each finding, and what to do; 1 where something is at fault."""
    words: dict[Verdict, Text] = {
        "ok": Text("baik", "ok"),
        "warn": Text("awas", "warn"),
        "fault": Text("SALAH", "FAULT"),
    }
    language = spoken()
    print(
        table(
            [(words[f.verdict].said(language), f.name.said(language), f.means.said(language)) for f in found]
        )
    )
    for one in found:
        if one.do is not None:
            print(
                f"\n{words[one.verdict].said(language)}: {one.name.said(language)}\n  {one.do.said(language)}"
            )
    return 1 if any(one.verdict == "fault" for one in found) else 0


def _ok(name_id: str, name_en: str, means_id: str, means_en: str) -> Finding:
    return Finding(Text(name_id, name_en), "ok", Text(means_id, means_en))


def _warn(name_id: str, name_en: str, means_id: str, means_en: str, do_id: str, do_en: str) -> Finding:
    return Finding(Text(name_id, name_en), "warn", Text(means_id, means_en), Text(do_id, do_en))


def _fault(name_id: str, name_en: str, means_id: str, means_en: str, do_id: str, do_en: str) -> Finding:
    return Finding(Text(name_id, name_en), "fault", Text(means_id, means_en), Text(do_id, do_en))


def _version() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        found = int(cursor.fetchone()[0]) // 10000
    name = ("Versi PostgreSQL", "PostgreSQL version")
    if found >= OLDEST:
        yield _ok(*name, str(found), str(found))
    else:
        yield _fault(
            *name, f"{found}, diperlukan {OLDEST}", f"{found}, {OLDEST} is needed",
            "Perbarui PostgreSQL (pg_upgrade), sesudah kantor backup.", "Upgrade PostgreSQL (pg_upgrade), after kantor backup.",
        )  # fmt: skip


def _roles() -> Iterator[Finding]:
    name = ("Peran basis data", "Database roles")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication FROM pg_roles WHERE rolname IN (%s, %s)",
            [OWNER, APP],
        )
        mighty = dict(cursor.fetchall())
        cursor.execute("SELECT current_user")
        speaks = cursor.fetchone()[0]
        cursor.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner <> %s", [OWNER]
        )
        foreign = cursor.fetchone()[0]
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = session_user")
        is_super = cursor.fetchone()[0]
        cursor.execute("SELECT pg_has_role(%s, %s, 'MEMBER')", [APP, OWNER])
        can_own = cursor.fetchone()[0]
    make = f"ALTER ROLE {APP} NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION; REVOKE {OWNER} FROM {APP};"
    if mighty.keys() != {OWNER, APP}:
        yield _fault(
            *name, "belum lengkap", "not complete", "Jalankan kantor migrate.", "Run kantor migrate."
        )
    elif speaks != APP or mighty[APP] or can_own:
        yield _fault(
            *name, f"program bicara sebagai {speaks}, yang berhak terlalu banyak", f"the program speaks as {speaks}, which may do too much",
            f"Jalankan sebagai pengelola PostgreSQL: {make}", f"As administrator of PostgreSQL run: {make}",
        )  # fmt: skip
    else:
        yield _ok(
            *name,
            f"program bicara sebagai {APP}, bukan pemilik",
            f"the program speaks as {APP}, which owns nothing",
        )
    if foreign:
        yield _fault(
            "Pemilik tabel", "Owner of the tables", f"{foreign} tabel bukan milik {OWNER}", f"{foreign} tables are not {OWNER}'s",
            f"Jalankan: REASSIGN OWNED BY <pemilik> TO {OWNER};", f"Run: REASSIGN OWNED BY <owner> TO {OWNER};",
        )  # fmt: skip
    if is_super:
        yield _warn(
            "Akun masuk", "Login", "DATABASE_URL masuk sebagai superuser", "DATABASE_URL logs in as a superuser",
            f"Buat akun biasa: CREATE ROLE kantor LOGIN PASSWORD '…'; GRANT {OWNER}, {APP} TO kantor; lalu pakai di DATABASE_URL.",
            f"Make a plain one: CREATE ROLE kantor LOGIN PASSWORD '…'; GRANT {OWNER}, {APP} TO kantor; and name it in DATABASE_URL.",
        )  # fmt: skip


def _walls() -> Iterator[Finding]:
    """Row-level security on every table with a case: it binds the program, because the program does not own them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relrowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)"
            " FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND (c.relname = 'cases_case'"
            " OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'case_id' AND NOT a.attisdropped))"
        )
        walls = dict(cursor.fetchall())
    open_ = sorted(name for name, is_there in walls.items() if not is_there)
    name = ("Dinding perkara", "Wall around cases")
    if open_ or not walls:
        yield _fault(
            *name, f"terbuka: {', '.join(open_) or 'tidak ada tabel'}", f"open: {', '.join(open_) or 'there are no tables'}",
            "Jalankan kantor migrate. Bila tetap begitu, seseorang mematikannya dengan tangan: ALTER TABLE … ENABLE ROW LEVEL SECURITY.",
            "Run kantor migrate. If it stays so, somebody turned it off by hand: ALTER TABLE … ENABLE ROW LEVEL SECURITY.",
        )  # fmt: skip
    else:
        yield _ok(*name, f"{len(walls)} tabel", f"{len(walls)} tables")


def _migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    unknown = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)
    unknown = {key for key in unknown if key[0] in {k[0] for k in executor.loader.disk_migrations}}
    name = ("Tabel", "Tables")
    if waiting:
        yield _fault(
            *name, f"{len(waiting)} perubahan belum dijalankan", f"{len(waiting)} changes have not run",
            "Jalankan kantor migrate.", "Run kantor migrate.",
        )  # fmt: skip
    elif unknown:
        yield _warn(
            *name, "basis data lebih baru daripada program ini", "the database is newer than this program",
            "Pasang versi program yang menjalankan migrasi terakhir.", "Install the version of the program that migrated last.",
        )  # fmt: skip
    else:
        yield _ok(*name, "sesuai dengan program", "as the program needs them")


def _clock() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        before = datetime.now(UTC)
        cursor.execute("SELECT clock_timestamp()")
        theirs: datetime = cursor.fetchone()[0]
        ours = before + (datetime.now(UTC) - before) / 2
    off = abs((theirs - ours).total_seconds())
    name = ("Jam", "Clock")
    if off <= SKEW:
        yield _ok(*name, f"selisih {off:.2f} detik dengan basis data", f"{off:.2f} s from the database's")
    else:
        yield _fault(
            *name, f"selisih {off:.0f} detik dengan basis data", f"{off:.0f} s from the database's",
            "Nyalakan NTP (chrony atau systemd-timesyncd) di kedua mesin: batas waktu dihitung dari jam ini.",
            "Turn NTP on (chrony or systemd-timesyncd) on both machines: deadlines are counted from this clock.",
        )  # fmt: skip


def _worker() -> Iterator[Finding]:
    quiet = readiness.worker_quiet_since()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_workers")
        ever = cursor.fetchone()[0]
    name = ("Pekerja", "Worker")
    if quiet is None:
        yield _ok(*name, "hidup", "alive")
    else:
        since = quiet.isoformat(timespec="seconds") if ever else "—"
        yield _fault(
            *name, f"tidak ada tanda hidup (terakhir {since}); surel dan batas waktu tidak berjalan",
            f"no sign of life (last {since}); no mail and no deadline runs",
            "Jalankan kantor worker sebagai layanan yang dinyalakan ulang (docs/operations.md).",
            "Run kantor worker as a service that is started again (docs/operations.md).",
        )  # fmt: skip


def _disk() -> Iterator[Finding]:
    data = Path(settings.KANTOR_DATA)
    left = shutil.disk_usage(data).free / 1024**3
    name = ("Ruang simpan", "Room on the disk")
    said = (f"{left:.1f} GB tersisa untuk berkas", f"{left:.1f} GB left for files")
    do = ("Perbesar atau kosongkan disk KANTOR_DATA.", "Enlarge or clear the disk of KANTOR_DATA.")
    if left < LITTLE:
        yield _fault(*name, *said, *do)
    elif left < TIGHT:
        yield _warn(*name, *said, *do)
    else:
        yield _ok(*name, *said)
    if not os.access(data, os.W_OK):
        yield _fault(
            "Folder data", "Data folder", f"{data} tidak dapat ditulis", f"{data} can't be written",
            "Berikan folder itu kepada pengguna yang menjalankan kantor.", "Give the folder to the user that runs the office.",
        )  # fmt: skip


def _secrets() -> Iterator[Finding]:
    """Keys and files that hold secrets are for their owner only."""
    data = Path(settings.KANTOR_DATA)
    places = [data / "secret-key", *(data / "keys").rglob("*"), data / "uploads", data / "papers"]
    seen = [p for p in places if p.exists()]
    loose = [p for p in seen if p.is_file() and p.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)]
    foreign = [p for p in seen if p.stat().st_uid != os.geteuid()]
    name = ("Kunci", "Keys")
    if loose or foreign:
        first = (loose + foreign)[0]
        yield _fault(
            *name, f"dapat dibaca orang lain atau bukan milik kita: {first}", f"others can read it, or it is not ours: {first}",
            f"Jalankan: chown -R <pengguna kantor> {data}; chmod -R go-rwx {data}/secret-key {data}/keys",
            f"Run: chown -R <user of the office> {data}; chmod -R go-rwx {data}/secret-key {data}/keys",
        )  # fmt: skip
    else:
        yield _ok(*name, "hanya untuk kita", "readable by us only")
    if not os.environ.get("KANTOR_SECRET_KEY"):
        yield _warn(
            "Kunci rahasia", "Secret key", "dari berkas di folder data mesin ini", "from a file in the data folder of this machine",
            "Cukup untuk satu mesin. Untuk beberapa mesin: isi KANTOR_SECRET_KEY yang sama di semuanya.",
            "Enough for one machine. With several, set the same KANTOR_SECRET_KEY on each.",
        )  # fmt: skip


def _mail() -> Iterator[Finding]:
    name = ("Surel", "Mail")
    said = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}, {settings.DEFAULT_FROM_EMAIL}"
    if settings.KANTOR_DEMO:
        yield _warn(
            *name, "kotak surat peraga: tidak ada yang terkirim", "the demo's mailbox: nothing is sent",
            "Hapus KANTOR_DEMO dan isi KANTOR_MAIL_HOST.", "Remove KANTOR_DEMO and set KANTOR_MAIL_HOST.",
        )  # fmt: skip
    elif settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        yield _fault(
            *name, f"pengirim {settings.DEFAULT_FROM_EMAIL} tidak dapat dibalas", f"nobody can answer {settings.DEFAULT_FROM_EMAIL}",
            "Isi KANTOR_MAIL_HOST dan KANTOR_MAIL_FROM.", "Set KANTOR_MAIL_HOST and KANTOR_MAIL_FROM.",
        )  # fmt: skip
    else:
        yield _ok(*name, said, said)


def _doors() -> Iterator[Finding]:
    """What the world sees: no demo, no debugging, real host names, https."""
    if settings.DEBUG or settings.KANTOR_DEMO:
        yield _fault(
            "Mode", "Mode", "contoh: siapa pun masuk dengan satu tombol", "demo: anyone signs in by a button",
            "Hapus KANTOR_DEMO dari lingkungan.", "Remove KANTOR_DEMO from the environment.",
        )  # fmt: skip
    else:
        yield _ok("Mode", "Mode", "sungguhan", "for real")
    hosts = [host for host in settings.ALLOWED_HOSTS if host not in OUR_OWN]
    if "*" in hosts or not hosts:
        yield _fault(
            "Nama host", "Host names", f"{', '.join(settings.ALLOWED_HOSTS)}", f"{', '.join(settings.ALLOWED_HOSTS)}",
            "Isi KANTOR_HOSTS dengan nama situs, misalnya kantor.contoh.go.id.",
            "Set KANTOR_HOSTS to the name of the site, such as kantor.contoh.go.id.",
        )  # fmt: skip
    else:
        yield _ok("Nama host", "Host names", ", ".join(hosts), ", ".join(hosts))
    if settings.KANTOR_SECURE:
        yield _ok("https", "https", settings.KANTOR_URL, settings.KANTOR_URL)
    else:
        yield _fault(
            "https", "https", f"{settings.KANTOR_URL} tanpa enkripsi", f"{settings.KANTOR_URL} is not encrypted",
            "Isi KANTOR_URL dengan https://…, di belakang proksi TLS, dan KANTOR_BEHIND_PROXY=1.",
            "Set KANTOR_URL to https://…, behind a TLS proxy, and KANTOR_BEHIND_PROXY=1.",
        )  # fmt: skip
    for setting, value, test in (
        ("KANTOR_SIGNING", settings.KANTOR_SIGNING, "local"),
        ("KANTOR_PAYMENTS", settings.KANTOR_PAYMENTS, "demo_bank"),
    ):
        if value == test:
            yield _warn(
                setting, setting, f"{value}: hanya uji coba", f"{value}: a test only",
                "Surat bertanda UJI COBA, atau pembayaran tanpa uang. Pasang penyedia sungguhan sebelum dibuka.",
                "Papers say UJI COBA, or no money moves. Plug a real provider in before opening.",
            )  # fmt: skip


Look = Callable[[], Iterator[Finding]]
DATABASE: tuple[Look, ...] = (_version, _roles, _migrations, _walls, _clock, _worker)
HOUSE: tuple[Look, ...] = (_disk, _secrets, _mail, _doors)
