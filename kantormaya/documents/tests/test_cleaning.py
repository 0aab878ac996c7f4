"""What people hand in is made harmless, or refused in a sentence; nothing is left behind."""

from __future__ import annotations

import io
import subprocess
import sys
import zlib
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name
from PIL import Image

from kantormaya.documents.cleaning import Cleaned, FileRefused, receive


def take(content: bytes, folder: Path, name: str = "berkas.pdf", **how: object) -> Cleaned:
    return receive(io.BytesIO(content), name, folder=folder, **how)  # type: ignore[arg-type]


def refusal(content: bytes, folder: Path, name: str = "berkas.pdf", **how: object) -> str:
    with pytest.raises(FileRefused) as refused:
        take(content, folder, name, **how)
    assert refused.value.text.en
    assert not any(folder.iterdir())
    return refused.value.text.id


def pdf(change: object = None, **save: object) -> bytes:
    with pikepdf.new() as made:
        made.add_blank_page()
        if callable(change):
            change(made)
        out = io.BytesIO()
        made.save(out, **save)  # type: ignore[arg-type]
    return out.getvalue()


def image(kind: str, size: tuple[int, int] = (40, 30), mode: str = "RGB", **save: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **save)
    return out.getvalue()


def test_a_photo_keeps_its_picture_and_loses_where_it_was_taken(tmp_path: Path) -> None:
    about = Image.Exif()
    about[0x010E] = "rumah saya"
    about[0x0112] = 6  # the phone was held upright
    clean = take(image("JPEG", exif=about), tmp_path, "C:\\foto\\KTP saya.JPEG")
    assert (clean.name, clean.kind) == ("KTP saya.jpg", "jpg")
    assert b"rumah saya" not in clean.path.read_bytes()
    with Image.open(clean.path) as picture:
        assert picture.size == (30, 40)
        assert not picture.getexif()


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "P"), ("PNG", "RGBA"), ("PNG", "I;16"), ("PNG", "1")],
)
def test_every_kind_of_picture_comes_out_plain(kind: str, mode: str, tmp_path: Path) -> None:
    clean = take(image(kind, mode=mode), tmp_path, "a.png")
    with Image.open(clean.path) as picture:
        assert picture.mode in ("RGB", "RGBA", "L")


def test_a_huge_photo_becomes_readable_size_and_a_bomb_is_refused(tmp_path: Path) -> None:
    clean = take(image("JPEG", (6000, 3000)), tmp_path, "a.jpg")
    with Image.open(clean.path) as picture:
        assert max(picture.size) <= 4096
    clean.path.unlink()
    assert "juta titik" in refusal(image("PNG", (20_000, 20_000), "1"), tmp_path, "a.png")


def test_a_pdf_loses_what_could_act_and_keeps_its_pages(tmp_path: Path) -> None:
    def arm(made: pikepdf.Pdf) -> None:
        script = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
        made.Root.OpenAction = script
        made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", script])))
        made.Root.AA = Dictionary(WC=script)
        made.attachments["virus.exe"] = b"MZ"
        actions = [
            script, Dictionary(S=Name.Launch, F="cmd.exe"), Dictionary(S=Name.URI, URI="http://contoh.invalid"),
            Dictionary(S=Name.GoTo, D=Array([made.pages[0].obj, Name.Fit]), Next=script),
        ]  # fmt: skip
        links = [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 1, 1], A=one) for one in actions]
        links.append(Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 1, 1]))
        made.pages[0].Annots = Array([made.make_indirect(one) for one in links])
        made.docinfo["/Author"] = "orang"

    clean = take(pdf(arm), tmp_path)
    content = clean.path.read_bytes()
    with pikepdf.open(clean.path) as read:
        text = content + b"".join(t.read_bytes() for t in read.objects if isinstance(t, pikepdf.Stream))
        assert clean.pages == len(read.pages) == 1
        assert len(read.pages[0].Annots) == 4
        assert not any("/A" in one for one in read.pages[0].Annots)
        assert not read.attachments
        assert not read.docinfo
    for sign in (b"JavaScript", b"app.alert", b"cmd.exe", b"contoh.invalid", b"MZ", b"orang"):
        assert sign not in text


def test_a_link_inside_the_document_still_works(tmp_path: Path) -> None:
    def link(made: pikepdf.Pdf) -> None:
        go = Dictionary(S=Name.GoTo, D=Array([made.pages[0].obj, Name.Fit]))
        made.pages[0].Annots = Array(
            [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 1, 1], A=go)]
        )

    with pikepdf.open(take(pdf(link), tmp_path).path) as read:
        assert str(read.pages[0].Annots[0].A.S) == "/GoTo"


def test_a_locked_pdf_is_told_how_to_be_unlocked(tmp_path: Path) -> None:
    for user in ("rahasia", ""):
        lock = pikepdf.Encryption(owner="pemilik", user=user)
        assert "kata sandi" in refusal(pdf(encryption=lock), tmp_path)


def test_a_pdf_that_unpacks_beyond_reason_is_refused(tmp_path: Path) -> None:
    machine = zlib.compressobj(9)
    packed = b"".join(machine.compress(bytes(1 << 20)) for _ in range(400)) + machine.flush()

    def bomb(made: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(made, b"")
        stream.write(packed, filter=Name.FlateDecode)
        made.pages[0].Contents = stream

    def nested(made: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(made, b"")
        stream.write(zlib.compress(packed), filter=Array([Name.FlateDecode, Name.FlateDecode]))
        made.pages[0].Contents = stream

    assert "tidak wajar" in refusal(pdf(bomb), tmp_path)
    assert "tidak wajar" in refusal(pdf(nested), tmp_path)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.pdf", "kosong"),
        (b"MZ\x90", "surat.pdf", "bukan PDF, JPG atau PNG"),
        (b"<html><script>", "a.jpg", "bukan PDF"),
        (b"GIF89a" + bytes(50), "a.png", "bukan PDF"),
        (b" \n%PDF-1.7", "a.pdf", "bukan PDF"),
        (b"%PDF-1.7 tetapi bukan", "a.pdf", "rusak"),
        (b"\xff\xd8\xff tetapi bukan", "a.jpg", "rusak"),
        (b"\x89PNG\r\n\x1a\n tetapi bukan", "a.png", "rusak"),
        (image("JPEG") + b"PK\x05\x06" + bytes(18), "a.jpg", "jenis berkas lain"),
        (image("JPEG", comment=b"%PDF-1.4"), "a.jpg", "jenis berkas lain"),
    ],
)
def test_what_is_not_what_it_says_is_refused_with_what_to_do(
    content: bytes, name: str, said: str, tmp_path: Path
) -> None:
    assert said in refusal(content, tmp_path, name)


def test_only_what_is_accepted_here_is_taken_whatever_its_name(tmp_path: Path) -> None:
    assert "bukan PDF." in refusal(image("PNG"), tmp_path, "a.pdf", accept=["pdf"])
    assert take(image("PNG"), tmp_path, "a.pdf", accept=["jpeg", "png"]).kind == "png"


def test_a_file_over_the_limit_stops_being_read_at_once(tmp_path: Path) -> None:
    def endless() -> object:
        while True:
            yield b"%PDF-" + bytes(60_000)

    with pytest.raises(FileRefused, match="2 MB"):
        receive(endless(), "a.pdf", folder=tmp_path, max_size=2 * 1024 * 1024)  # type: ignore[arg-type]
    assert not any(tmp_path.iterdir())


def test_the_same_file_twice_has_one_fingerprint(tmp_path: Path) -> None:
    same = pdf()
    assert take(same, tmp_path).sha256 == take(same, tmp_path).sha256


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("../../etc/passwd", "passwd.pdf"), ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"), ("", "berkas.pdf"),
     ("foto {nama}.pdf", "foto nama.pdf"), ("\u202egpj.pdf", "gpj.pdf"), ("x" * 300 + ".pdf", "x" * 110 + ".pdf")],
)  # fmt: skip
def test_a_name_can_mislead_nobody(typed: str, kept: str, tmp_path: Path) -> None:
    assert take(pdf(), tmp_path, typed).name == kept


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_taken_or_refused_and_never_a_crash(data: st.DataObject, tmp_path: Path) -> None:
    good = data.draw(st.sampled_from([pdf(), image("JPEG"), image("PNG")]))
    broken = bytearray(good)
    for _ in range(data.draw(st.integers(1, 12))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    try:
        take(bytes(broken), tmp_path)
    except FileRefused as refused:
        assert refused.text.en


def test_a_large_file_does_not_fill_the_memory_of_the_office(tmp_path: Path) -> None:
    large = tmp_path / "besar.pdf"
    noise = pikepdf.new()
    noise.add_blank_page()
    noise.pages[0].Contents = pikepdf.Stream(noise, bytes(range(256)) * 4 * 1024 * 60)
    noise.save(large, compress_streams=False)
    script = (
        "import resource, sys; from pathlib import Path; from kantormaya.documents.cleaning import receive\n"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "before = peak()\n"
        "with open(sys.argv[1], 'rb') as f:\n"
        "    receive(f, 'a.pdf', folder=Path(sys.argv[2]), max_size=200_000_000)\n"
        "print(peak() - before)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, str(large), str(tmp_path / "masuk")],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert int(ran.stdout) < 8 * 1024  # kilobytes, for a file of 60 MB
