"""Files that mean harm, handed in on the page where everybody hands in theirs."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pikepdf import Array, Dictionary, Name
from PIL import Image

from kantormaya.documents.keeping import stored
from kantormaya.documents.models import Upload
from kantormaya.people.scopes import scoped
from tests.access.world import SYSTEM, World
from tests.hostile.values import NASTY

pytestmark = pytest.mark.django_db
SCRIPT = b"<script>alert(1)</script>"


NAMES = [one for one in NASTY if one.replace("\0", "").strip() and not one.rstrip().endswith(("/", "\\"))]
"""Those that a client can send at all."""


def page(world: World) -> str:
    """Where the plan of the depot is handed in."""
    return f"/ajukan/isi/{world.her_draft.token}/berkas-denah/"


def hand_in(
    world: World, content: bytes, name: str = "denah.pdf", kind: str = "application/pdf"
) -> tuple[int, str, list[Upload]]:
    """Hand a file in; the status, what the page says, and what is kept because of it."""
    with scoped(SYSTEM):
        before = set(Upload.objects.values_list("pk", flat=True))
    page_of = page(world)
    with scoped(SYSTEM):
        Upload.objects.filter(draft_code=world.her_draft.token).delete()  # room for one
    answer = Client().post(page_of, {"denah": SimpleUploadedFile(name, content, content_type=kind)})
    with scoped(SYSTEM):
        return answer.status_code, answer.content.decode(), list(Upload.objects.exclude(pk__in=before))


def pdf(change: Callable[[pikepdf.Pdf], None] | None = None) -> bytes:
    """A page, armed by `change`."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        if change:
            change(made)
        made.save(out)
    return out.getvalue()


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30)).save(out, "JPEG")
    return out.getvalue()


def bomb() -> bytes:
    """A picture that says it is far larger than it is."""
    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    return out.getvalue()


def pdf_bomb() -> bytes:
    """A page that grows a thousand times."""
    machine = zlib.compressobj(9)
    packed = b"".join(machine.compress(bytes(1 << 20)) for _ in range(400)) + machine.flush()

    def arm(made: pikepdf.Pdf) -> None:
        made.pages[0].Contents = pikepdf.Stream(made, b"")
        made.pages[0].Contents.write(
            zlib.compress(packed), filter=Array([Name.FlateDecode, Name.FlateDecode])
        )

    return pdf(arm)


REFUSED = {
    "SVG with a script": b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>",
    "SVG that says it is XML": b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
    "HTML": b"<!doctype html>" + SCRIPT,
    "a program": b"MZ\x90\x00" + b"\0" * 200,
    "a shell script": b"#!/bin/sh\nrm -rf /",
    "an archive": b"PK\x03\x04" + b"\0" * 100 + b"PK\x05\x06" + b"\0" * 18,
    "PDF that is HTML first": SCRIPT + pdf(),
    "PDF with an archive behind it": pdf() + b"PK\x03\x04" + b"\0" * 40 + b"PK\x05\x06" + b"\0" * 18,
    "picture that is a PDF too": jpeg()[:20] + b"%PDF-1.7 " + jpeg()[20:],
    "picture bomb": bomb(),
    "PDF bomb": pdf_bomb(),
    "half a PDF": pdf()[: len(pdf()) // 3],
    "a GIF": b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
    "nothing at all": b"",
}


@pytest.mark.parametrize("what", REFUSED)
@pytest.mark.parametrize(("name", "kind"), [("denah.pdf", "application/pdf"), ("denah.jpg", "image/jpeg")])
def test_what_is_no_paper_is_refused_in_a_sentence_and_nothing_is_kept(
    what: str, name: str, kind: str, world: World
) -> None:
    status, said, kept = hand_in(world, REFUSED[what], name, kind)
    assert status == 422 and not kept
    assert "denah" in said and "alert(1)" not in said


def arm(made: pikepdf.Pdf) -> None:
    """Everything a PDF can do by itself."""
    script = Dictionary(S=Name.JavaScript, JS="app.alert('ular')")
    made.Root.OpenAction = script
    made.Root.AA = Dictionary(WC=script)
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", script])))
    made.attachments["ular.exe"] = b"MZ ular"
    made.pages[0].Annots = Array(
        [
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=Dictionary(S=Name.Launch, F="ular.exe")),
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=Dictionary(S=Name.URI, URI="https://ular.example/")),
            Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9]), Contents="ular"),
        ]
    )  # fmt: skip
    made.pages[0].AA = Dictionary(O=script)
    made.docinfo["/Title"] = "ular"


def test_a_paper_that_acts_by_itself_is_kept_without_what_acts(world: World) -> None:
    status, _, kept = hand_in(world, pdf(arm))
    assert status == 302 and len(kept) == 1
    content = stored(kept[0].sha256, "pdf").read_bytes()
    with pikepdf.open(io.BytesIO(content)) as clean:
        everything = b"\n".join(
            one.read_bytes() if isinstance(one, pikepdf.Stream) else one.unparse(resolved=True) for one in clean.objects
        )  # fmt: skip
    for trace in (b"ular", b"JavaScript", b"Launch", b"EmbeddedFile", b"OpenAction", b"/AA"):
        assert trace not in everything + content, trace


def test_a_picture_that_carries_a_page_is_kept_as_a_picture_only(world: World) -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 30)).save(out, "JPEG", comment=b"<html>" + SCRIPT)
    status, _, kept = hand_in(world, out.getvalue() + SCRIPT, "denah.html")
    assert status == 302 and kept[0].kind == "jpg" and kept[0].name.endswith(".jpg")
    assert b"script" not in stored(kept[0].sha256, "jpg").read_bytes()


def test_what_is_kept_is_served_so_that_it_can_run_nothing(world: World) -> None:
    _, _, kept = hand_in(world, pdf(arm))
    served = Client().get(f"/ajukan/isi/{world.her_draft.token}/berkas/{kept[0].pk}/")
    b"".join(served.streaming_content)
    assert served["Content-Type"] == "application/pdf" and served["X-Content-Type-Options"] == "nosniff"
    assert served["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "no-store" in served["Cache-Control"]


@pytest.mark.parametrize("name", NAMES)
def test_no_name_of_a_file_misleads_a_page_or_a_header(name: str, world: World) -> None:
    content = b"%PDF-1.4 bukan sungguhan"  # refused, with its name in the sentence: the washing itself is tried above
    status, said, kept = hand_in(world, content, name)
    assert status in (302, 422) and len(kept) <= 1
    assert f"<{'xq7f3a'}" not in said and "\u202e" not in said and "\u200b" not in said


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "a\r\nSet-Cookie: x=1.pdf", "\u202egpj.exe.pdf", 'a";b.pdf', "x" * 400 + ".pdf"],
)
def test_a_kept_name_is_one_word_of_a_header(name: str, world: World) -> None:
    _, _, kept = hand_in(world, pdf(), name)
    served = Client().get(f"/ajukan/isi/{world.her_draft.token}/berkas/{kept[0].pk}/")
    b"".join(served.streaming_content)
    said = served["Content-Disposition"]
    assert "\n" not in said and "\r" not in said and "/" not in kept[0].name and len(kept[0].name) <= 120
    assert kept[0].name.isprintable()


def test_a_hundred_files_at_once_are_as_many_as_are_asked_for(world: World) -> None:
    many = [SimpleUploadedFile(f"{n}.jpg", jpeg()) for n in range(12)]
    answer = Client().post(page(world), {"denah": many})
    assert answer.status_code in (302, 422)
    with scoped(SYSTEM):
        assert Upload.objects.filter(draft_code=world.her_draft.token, requirement="denah").count() <= 1


def test_a_file_for_something_nobody_asked_is_not_kept(world: World) -> None:
    Client().post(
        page(world),
        {"pin_hash": SimpleUploadedFile("a.jpg", jpeg()), "ktp": SimpleUploadedFile("b.jpg", jpeg())},
    )
    with scoped(SYSTEM):
        names = set(
            Upload.objects.filter(draft_code=world.her_draft.token).values_list("requirement", flat=True)
        )
    assert names <= {"denah"}
