"""The command `kantor`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from kantormaya.site import commands
from kantormaya.site.terminal import HouseFault


def parser() -> argparse.ArgumentParser:
    """Every subcommand with what it takes."""
    top = argparse.ArgumentParser(
        prog="kantor", description="Kantor maya pemerintah daerah / a local government's virtual office"
    )
    words = top.add_subparsers(dest="command", required=True, metavar="PERINTAH")

    demo = words.add_parser("demo", help="kantor contoh di mesin ini / an example office on this machine")
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument("--data", help="folder untuk data / folder for its data")

    demo.add_argument(
        "--no-cases", dest="cases", action="store_false", help="tanpa berkas contoh / without example cases"
    )

    test = words.add_parser("test", help="semua pemeriksaan / everything that is checked")
    test.add_argument(
        "--no-browser",
        dest="browser",
        action="store_false",
        help="tanpa uji peramban / without browser tests",
    )
    test.add_argument("--only", nargs="*", metavar="LANGKAH", help="hanya langkah ini / these steps only")

    check = words.add_parser("check", help="memeriksa definisi layanan / check service definitions")
    check.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    check.add_argument("--format", choices=["text", "json"], default="text")

    publish = words.add_parser("publish", help="menerbitkan layanan / publish services")
    publish.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    publish.add_argument("--by", default="kantor publish", help="siapa yang menerbitkan / who publishes")

    imports = words.add_parser(
        "import-standards", help="membuat definisi dari standar / make definitions of standards"
    )
    imports.add_argument("file", type=Path)
    imports.add_argument("--out", type=Path, required=True)

    walk = words.add_parser("walk", help="memainkan contoh berkas / play example cases")
    walk.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    walk.add_argument("--quiet", action="store_true", help="hanya yang gagal / only what fails")

    serve = words.add_parser("serve", help="server web saja / the web server alone")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--workers", type=int, default=2)

    holiday = words.add_parser(
        "holiday", help="menambah atau menghapus hari libur / add or remove a holiday of the working calendar"
    )
    holiday.add_argument("date", metavar="TANGGAL", help="2026-12-31")
    holiday.add_argument(
        "name", nargs="?", metavar="NAMA", help="nama hari libur; tanpa nama: dihapus / none: removed"
    )
    holiday.add_argument("--note", default="", help="dasarnya, mis. SKB / its basis, such as a joint decree")

    agency = words.add_parser("agency", help="membuat perangkat daerah / make an agency")
    agency.add_argument("slug")
    agency.add_argument("--name", required=True)
    agency.add_argument("--short", default="")
    agency.add_argument("--kind", default="technical", help="one_stop, technical, district")

    official = words.add_parser("official", help="memberi akun dan jabatan / give an account and a post")
    official.add_argument("username")
    official.add_argument("--agency", required=True)
    official.add_argument("--role", required=True, help="front_office, back_office, …, head_of_office")
    official.add_argument("--name", default="")
    official.add_argument("--email", default="")
    official.add_argument("--nip", default="")
    official.add_argument("--acting", default="", choices=["", "Plt.", "Plh."])
    official.add_argument("--since", default="", metavar="TANGGAL")
    official.add_argument("--until", default="", metavar="TANGGAL", help="mengakhiri jabatan / ends the post")

    certificate = words.add_parser(
        "certificate", help="sertifikat uji coba penanda tangan / a signer's test certificate"
    )
    certificate.add_argument("username")

    token = words.add_parser(
        "token", help="token untuk program seorang petugas / tokens for an official's programs"
    )
    token.add_argument("username", help="tanpa pilihan lain: daftar tokennya / alone: lists the tokens")
    token.add_argument("--agency", default="", help="instansi tempat token berlaku / the agency it is for")
    token.add_argument("--name", default="", help="nama program / the name of the program")
    token.add_argument(
        "--may", nargs="*", default=[], metavar="SCOPE", help="cases:read cases:act papers:sign"
    )
    token.add_argument(
        "--revoke", type=int, metavar="N", help="mencabut token nomor N / revoke token number N"
    )

    backup = words.add_parser("backup", help="mencadangkan seluruh kantor / back the whole office up")
    backup.add_argument("folder", type=Path, metavar="FOLDER")
    backup.add_argument("--data", help="folder data kantor / the folder of its data")

    restore = words.add_parser(
        "restore", help="memulihkan cadangan ke kantor kosong / a backup into an empty office"
    )
    restore.add_argument("folder", type=Path, metavar="FOLDER")
    restore.add_argument("--data", help="folder data kantor / the folder of its data")
    restore.add_argument("--check", action="store_true", help="hanya memeriksa / only look")

    bench = words.add_parser("bench", help="mengukur kecepatan kantor / measure how fast the office is")
    bench.add_argument(
        "names", nargs="*", metavar="NAMA", help="beban kerja; kosong: semua / workloads; none: all"
    )
    size = bench.add_mutually_exclusive_group()
    size.add_argument(
        "--full", dest="shape", action="store_const", const="full", help="juga 1 juta perkara / 1M cases too"
    )
    size.add_argument(
        "--tiny", dest="shape", action="store_const", const="tiny", help="hanya mencoba / only a trial"
    )
    bench.add_argument(
        "--helpdesk", action="store_true", help="juga django-helpdesk, diunduh / django-helpdesk too, fetched"
    )
    bench.add_argument(
        "--json", type=Path, metavar="BERKAS", help="semua angka ke berkas / every figure into a file"
    )

    words.add_parser("doctor", help="memeriksa pemasangan ini / examine this deployment")
    words.add_parser("worker", help="pekerja latar saja / the worker alone")
    words.add_parser("migrate", help="menyiapkan tabel / bring the tables up to date")
    return top


def main(words: list[str] | None = None) -> int:
    """Run the subcommand; what is wrong is said in a sentence, never as a traceback."""
    args = parser().parse_args(words)
    try:
        return getattr(commands, args.command.replace("-", "_"))(args)
    except HouseFault as fault:
        return commands.report(fault)
    except BrokenPipeError:  # whoever read our words has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
