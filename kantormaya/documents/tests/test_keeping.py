"""Uploads: whose they are, who opened them, and how they reach a browser."""

from __future__ import annotations

import io
import os
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from kantormaya.audit.models import Entry
from kantormaya.cases.codes import make_code
from kantormaya.cases.tests.folders import agency, case
from kantormaya.documents.cleaning import Cleaned, FileRefused
from kantormaya.documents.keeping import (
    current,
    drop_draft,
    hand_over,
    keep,
    receive,
    served,
    stored,
    sweep_incoming,
)  # fmt: skip
from kantormaya.documents.models import Upload
from kantormaya.people.scopes import scope_agency, scope_case, scope_public, scope_system, scoped

pytestmark = pytest.mark.django_db
SYSTEM = scope_system("test")


def photo(shade: int = 0) -> Cleaned:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), (shade, 0, 0)).save(out, "JPEG")
    out.seek(0)
    return receive(out, "STR saya.jpg")


def test_a_file_of_a_draft_goes_with_it_into_the_case() -> None:
    token = make_code("MUBA")
    with scoped(scope_case(token)):
        upload = keep(photo(), "strb", by="applicant", draft_code=token)
        assert Upload.objects.get().pk == upload.pk
    of = case(agency("dpmptsp"))
    with scoped(SYSTEM):
        hand_over(token, of)
    with scoped(scope_case(of.code)):
        assert Upload.objects.get().case_id == of.pk
    with scoped(scope_case(token)):
        assert not Upload.objects.exists()


def test_a_file_is_seen_only_by_those_who_take_part() -> None:
    office, asked, other = agency("dpmptsp"), agency("dinkes"), agency("pupr")
    of = case(office, asked)
    with scoped(scope_case(of.code)):
        keep(photo(), "strb", by="applicant", case=of)
    for scope, seen in (
        (scope_agency(office.pk, 1), 1), (scope_agency(asked.pk, 1), 1), (scope_agency(other.pk, 1), 0), (scope_public(), 0),
    ):  # fmt: skip
        with scoped(scope):
            assert Upload.objects.count() == seen


def test_a_replaced_file_stays_but_is_no_longer_current() -> None:
    of = case(agency("dpmptsp"))
    with scoped(SYSTEM):
        first = keep(photo(1), "strb", by="applicant", case=of)
        second = keep(photo(2), "strb", by="applicant", case=of, replaces=first)
        assert current(Upload.objects.all()) == [second]
        assert stored(first.sha256, first.kind).exists()


def test_opening_a_file_is_written_down_and_the_browser_can_run_nothing() -> None:
    of = case(agency("dpmptsp"))
    with scoped(SYSTEM):
        upload = keep(photo(), "strb", by="applicant", case=of)
        answer = served(upload, "petugas", "memeriksa kelengkapan")
        assert b"".join(answer.streaming_content)[:3] == b"\xff\xd8\xff"
        answer.file_to_stream.close()  # closing the answer itself would end the connection of this test
        assert answer["Content-Disposition"] == 'attachment; filename="STR saya.jpg"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "no-store" in answer["Cache-Control"]
        preview = served(upload, "petugas", "pratinjau", inline=True)
        assert preview["Content-Disposition"].startswith("inline")
        assert preview["Content-Security-Policy"].startswith("sandbox;")
        preview.file_to_stream.close()
        seen = Entry.objects.filter(act="upload.opened", case_id=of.pk)
        assert [one.detail["purpose"] for one in seen.order_by("pk")] == [
            "memeriksa kelengkapan",
            "pratinjau",
        ]


def test_files_lie_where_only_the_office_reads_them() -> None:
    clean = photo()
    assert clean.path.stat().st_mode & 0o077 == 0


def test_a_draft_given_up_takes_its_files_along_but_not_those_of_others(
    django_capture_on_commit_callbacks: Any,
) -> None:
    of = case(agency("dpmptsp"))
    with scoped(SYSTEM), django_capture_on_commit_callbacks(execute=True):
        mine = keep(photo(7), "strb", by="applicant", draft_code="A")
        keep(photo(8), "strb", by="applicant", draft_code="A")
        keep(photo(7), "strb", by="applicant", case=of)
        alone = Upload.objects.get(sha256=photo(8).sha256)
        assert drop_draft("A") == 2
    assert stored(mine.sha256, mine.kind).exists()
    assert not stored(alone.sha256, alone.kind).exists()


def test_the_same_file_from_two_people_at_once_is_kept_for_both() -> None:
    hers, his = photo(21), photo(21)  # both are washed before either is kept
    assert hers.sha256 == his.sha256 and hers.path != his.path
    with scoped(SYSTEM):
        for one, code in ((hers, "A"), (his, "B")):
            kept = keep(one, "strb", by="applicant", draft_code=code)
            assert stored(kept.sha256, kept.kind).exists()


def test_what_was_never_handed_in_is_swept() -> None:
    old, new = photo(11), photo(12)
    killed = old.path.parent / "masuk-dibunuh"
    killed.mkdir()
    (killed / "raw").write_bytes(b"half")
    os.utime(old.path, (0, 0))
    os.utime(killed, (0, 0))
    assert sweep_incoming(timedelta(hours=1)) >= 2
    assert not old.path.exists() and not killed.exists()
    assert new.path.exists()


@pytest.fixture
def scanner() -> Iterator[tuple[str, list[str]]]:
    """A clamd that finds a virus whenever it is told to."""
    line, verdicts = socket.create_server(("127.0.0.1", 0)), ["stream: OK"]

    def answer() -> None:
        while True:
            try:
                caller, _ = line.accept()
            except OSError:
                return
            with caller, caller.makefile("rb") as heard:
                assert heard.read(10) == b"zINSTREAM\0"
                while size := int.from_bytes(heard.read(4), "big"):
                    heard.read(size)
                caller.sendall(verdicts[0].encode() + b"\0")

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    yield f"127.0.0.1:{line.getsockname()[1]}", verdicts
    line.shutdown(socket.SHUT_RDWR)
    line.close()
    thread.join(5)


def test_a_scanner_is_asked_where_there_is_one(
    scanner: tuple[str, list[str]], settings: object, data_folder: Path
) -> None:
    settings.KANTOR_CLAMD, verdicts = scanner  # type: ignore[attr-defined]
    clean = photo(21)
    assert clean.path.exists()
    clean.path.unlink()
    verdicts[0] = "stream: Eicar-Test-Signature FOUND"
    with pytest.raises(FileRefused, match="virus"):
        photo(21)
    assert not clean.path.exists()


def test_a_scanner_that_does_not_answer_lets_nothing_through(settings: object) -> None:
    settings.KANTOR_CLAMD = "/tidak/ada/clamd.sock"  # type: ignore[attr-defined]
    with pytest.raises(FileRefused, match="unggah lagi"):
        photo(22)
