"""What the subcommands of `kantor` do, each imported only when it is asked for."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from argparse import Namespace
from dataclasses import replace
from datetime import date
from pathlib import Path

from kantormaya.language.texts import Text
from kantormaya.site import furnishing
from kantormaya.site.terminal import HouseFault, complain, spoken, tell

ROOT = Path(__file__).resolve().parents[2]


def demo(args: Namespace) -> int:
    """The whole office on this machine."""
    from kantormaya.site.demo import run

    return run(args.port, data_folder(args), cases=args.cases)


def test(args: Namespace) -> int:
    """Everything that is checked."""
    from kantormaya.site.testing import run

    return run(browser=args.browser, only=args.only)


def check(args: Namespace) -> int:
    """Check definitions: 0 clean, 1 faults, 2 unreadable; doubts are printed and allowed."""
    from kantormaya.language.checking import check_paths

    found = check_paths(args.paths)
    if args.format == "json":
        print(json.dumps([message.as_json() for message in found], ensure_ascii=False, indent=2))
    else:
        for message in found:
            print(message.said(spoken()))
        faults = sum(message.severity == "fault" for message in found)
        tell(
            f"{faults} kesalahan, {len(found) - faults} keraguan.",
            f"{faults} faults, {len(found) - faults} doubts.",
        )
    if any(message.unreadable for message in found):
        return 2
    return 1 if any(message.severity == "fault" for message in found) else 0


def publish(args: Namespace) -> int:
    """Publish services and profiles of agencies as immutable revisions; 1 where one was refused."""
    _need_database()
    with_django()
    from kantormaya.catalogue.publishing import UnknownAgency
    from kantormaya.language.reading import Refused

    furnishing.publish_calendar()
    refused = 0
    for file in (file for path in args.paths for file in furnishing.to_publish(path)):
        try:
            name, number = furnishing.publish_file(file, args.by)
        except Refused as faults:
            refused += 1
            for message in faults.messages:
                complain(Text(message.said("id"), message.said("en")))
        except UnknownAgency as fault:
            refused += 1
            complain(fault.text)
        else:
            tell(f"{name}: revisi {number} berlaku.", f"{name}: revision {number} is in force.")
    return 1 if refused else 0


def agency(args: Namespace) -> int:
    """Make an agency."""
    return _administer("agency", args)


def official(args: Namespace) -> int:
    """Give someone an account and a post."""
    return _administer("official", args)


def certificate(args: Namespace) -> int:
    """Make a signer's test certificate."""
    return _administer("certificate", args)


def token(args: Namespace) -> int:
    """Make, list or revoke the tokens of an official's programs."""
    return _administer("token", args)


def _administer(act: str, args: Namespace) -> int:
    _need_database()
    with_django()
    from kantormaya.site import administering

    done: int = getattr(administering, act)(args)
    return done


def holiday(args: Namespace) -> int:
    """Publish the calendar with one holiday more or less, and recalculate open cases openly."""
    _need_database()
    with_django()
    from kantormaya.casework.recalculating import recalculate_open
    from kantormaya.catalogue.calendars import current_calendar, publish_calendar

    try:
        day = date.fromisoformat(args.date)
    except ValueError:
        raise HouseFault(
            f"“{args.date}” bukan tanggal. Tulis seperti 2026-12-31.",
            f"“{args.date}” is no date. Write it like 2026-12-31.",
        ) from None
    furnishing.publish_calendar()
    calendar = current_calendar()
    kept = {on: name for on, name in calendar.holidays.items() if on != day}
    changed = replace(calendar, holidays=kept | ({day: args.name} if args.name else {}))
    published = publish_calendar(changed, args.note or args.name or f"tanpa {day}", by="kantor holiday")
    cases = recalculate_open("kantor holiday")
    tell(
        f"Kalender versi {published.version} berlaku; {cases} perkara terbuka memakainya, tercatat pada masing-masing.",
        f"Calendar version {published.version} is in force; {cases} open cases run on it, recorded on each.",
    )
    return 0


def import_standards(args: Namespace) -> int:
    """Make a definition of each record of a file of standards."""
    from kantormaya.language.importing import Unreadable, import_file

    try:
        imported = import_file(args.file, args.out)
    except Unreadable as wrong:
        for fault in wrong.faults:
            complain(fault)
        return 2
    for one in imported:
        tell(
            f"{one.slug}: {len(one.doubts)} keraguan, {len(one.questions)} pertanyaan",
            f"{one.slug}: {len(one.doubts)} doubts, {len(one.questions)} questions",
        )
    tell(f"{len(imported)} layanan di {args.out}", f"{len(imported)} services in {args.out}")
    return 0


def walk(args: Namespace) -> int:
    """Play example cases on the pure core; 1 where an expectation fails."""
    from kantormaya.site.walks import walk_paths

    return walk_paths(args.paths or [ROOT / "services"], quiet=args.quiet)


def serve(args: Namespace) -> int:
    """The web server alone, on the database of DATABASE_URL; its static files are laid out first."""
    _need_database()
    with_django()
    from django.core.management import call_command

    from kantormaya.site.demo import web_command

    call_command("collectstatic", interactive=False, verbosity=0)

    os.environ.setdefault("KANTOR_POOL", "6")
    command = web_command(args.host, args.port, args.workers)
    os.execv(command[0], command)  # noqa: S606 the server takes our place, so signals reach it


def bench(args: Namespace) -> int:
    """Measure the office beside bare twins, on a database of its own that is gone afterwards."""
    if not (ROOT / "bench").is_dir():
        raise HouseFault(
            "Alat ukur tidak ikut terpasang: jalankan dari salinan sumber.",
            "The benchmark is not installed: run it from a checkout.",
        )
    sys.path.insert(0, str(ROOT))
    from bench.running import run

    return run(args.names, args.shape or "quick", args.json, with_helpdesk=args.helpdesk)


def worker(args: Namespace) -> int:
    """The worker alone: messages, deadlines, schedules."""
    _need_database()
    with_django()
    from procrastinate.contrib.django import app

    from kantormaya.site.working import work

    listening = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(listening):
        asyncio.run(work(app))
    return 0


def migrate(args: Namespace) -> int:
    """Bring the tables up to date, as their owner."""
    _need_database()
    from kantormaya.site.database import prepare

    prepare(os.environ["DATABASE_URL"])
    with_django()
    furnishing.migrate(verbosity=1)
    return 0


def backup(args: Namespace) -> int:
    """The whole office into a new folder, with the digest of each file."""
    from kantormaya.site.backup import back_up

    done = back_up(args.folder.resolve(), data_folder(args))
    tell(
        f"{args.folder}: {sum(done['rows'].values())} baris, {len(done['files'])} berkas.",
        f"{args.folder}: {sum(done['rows'].values())} rows, {len(done['files'])} files.",
    )
    if done["key_from"] == "environment":
        tell(
            "KANTOR_SECRET_KEY dari lingkungan TIDAK ada di dalamnya: simpan terpisah.",
            "KANTOR_SECRET_KEY of the environment is NOT in it: keep it apart.",
        )
    return 0


def restore(args: Namespace) -> int:
    """A backup into an empty office; `--check` only looks whether every byte is as it was written."""
    from kantormaya.site.backup import restore, verify

    done = verify(args.folder) if args.check else restore(args.folder, data_folder(args))
    rows, files = sum(done["rows"].values()), len(done["files"])
    if args.check:
        tell(f"Utuh: {rows} baris, {files} berkas.", f"Sound: {rows} rows, {files} files.")
        return 0
    tell(
        f"Pulih ke {done['made_at']}: {rows} baris, {files} berkas. Jalankan kantor migrate, lalu kantor doctor.",
        f"Restored to {done['made_at']}: {rows} rows, {files} files. Run kantor migrate, then kantor doctor.",
    )
    return 0


def doctor(args: Namespace) -> int:
    """Look at this deployment: what is well, what is not, and what to do; 1 where something is at fault."""
    _need_database()
    with_django()
    from kantormaya.site.doctor import examine, say

    return say(examine())


def with_django() -> None:
    """Set Django up for a command that needs tables."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kantormaya.site.settings")
    import django

    django.setup()


def data_folder(args: Namespace) -> Path:
    """Where the demo keeps its data: --data, KANTOR_DATA, or .kantor beside the program."""
    return Path(args.data or os.environ.get("KANTOR_DATA") or ROOT / ".kantor").expanduser().resolve()


def _need_database() -> None:
    if not os.environ.get("DATABASE_URL"):
        raise HouseFault(
            "Isi DATABASE_URL dengan alamat PostgreSQL, misalnya postgresql://kantor@server/kantor "
            "(atau jalankan ./kantor demo, yang membawa basis datanya sendiri).",
            "Set DATABASE_URL to a PostgreSQL, such as postgresql://kantor@server/kantor "
            "(or run ./kantor demo, which brings its own).",
            code=2,
        )


def report(fault: HouseFault) -> int:
    """Say what is wrong and give the exit code."""
    complain(fault.text)
    return fault.code
