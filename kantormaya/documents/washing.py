"""Rewrites one hostile file into a harmless one. Runs as a process of its own, with little memory and time.

Usage: python washing.py SOURCE TARGET KIND; prints {"pages": n} or {"refused": reason}.
Imports nothing of the office.
"""

from __future__ import annotations

import json
import sys
import zlib
from pathlib import Path
from typing import Any

MEMORY = 1024 * 1024 * 1024
SECONDS = 30
PIXELS = 50_000_000  # a phone's largest ordinary photo; more is a bomb or belongs in a PDF
LONGEST_SIDE = 4096  # enough to read an A3 page at 250 dots per inch
PAGES = 500
UNPACKED = 300 * 1024 * 1024  # what all streams of a PDF may unpack to
ACTIVE = {"/AA", "/OpenAction", "/JavaScript", "/JS", "/EmbeddedFiles", "/EF", "/AF", "/XFA",
          "/RichMediaContent", "/Collection", "/PieceInfo", "/SpiderInfo", "/WebCapture", "/Requirements"}  # fmt: skip
PLAYING = {"/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/Sound", "/3D"}
WALKING = {"/GoTo", "/Named"}


class Refused(Exception):
    """One of the reasons that cleaning.py has a sentence for."""


def wash_image(source: Path, target: Path, kind: str) -> int:
    """The picture alone, upright, without metadata, in RGB or grey."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # the size is judged here, in a sentence of our own
    formats = {"jpg": "JPEG", "png": "PNG"}
    with Image.open(source, formats=[formats[kind]]) as picture:
        if picture.width * picture.height > PIXELS:
            raise Refused("pixels")
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        clear = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
        plain = upright.convert(
            "L" if upright.mode in {"1", "L"} else "RGBA" if clear and kind == "png" else "RGB"
        )
        plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        bare = Image.new(plain.mode, plain.size)
        bare.paste(plain)
        options: dict[str, Any] = (
            {"quality": 88, "progressive": False} if kind == "jpg" else {"compress_level": 6}
        )
        bare.save(target, formats[kind], **options)
    return 1


def wash_pdf(source: Path, target: Path) -> int:
    """The pages alone: no script, no attached file, no action but moving about in the document."""
    import pikepdf

    try:
        pdf = pikepdf.open(source)
    except pikepdf.PasswordError:
        raise Refused("encrypted") from None
    except pikepdf.PdfError:
        raise Refused("damaged") from None
    with pdf:
        if pdf.is_encrypted:
            raise Refused("encrypted")
        try:
            count = len(pdf.pages)
            if not 0 < count <= PAGES:
                raise Refused("pages" if count else "damaged")
            room = UNPACKED
            for thing in pdf.objects:
                if isinstance(thing, pikepdf.Stream):
                    room -= _unpacked(thing, room)
                _disarm(thing, 0)
            if "/Metadata" in pdf.Root:
                del pdf.Root["/Metadata"]
            if "/Info" in pdf.trailer:
                del pdf.trailer["/Info"]
            pdf.remove_unreferenced_resources()
            pdf.save(target, fix_metadata_version=False, deterministic_id=True)
        except (pikepdf.PdfError, RecursionError):
            raise Refused("damaged") from None
    return count


def _disarm(thing: Any, depth: int) -> None:
    """Takes out of one object, and of what is written directly inside it, all that could act."""
    import pikepdf

    if depth > 50:
        raise Refused("damaged")
    if isinstance(thing, pikepdf.Array):
        for index in range(len(thing) - 1, -1, -1):
            part = thing[index]
            if isinstance(part, pikepdf.Dictionary) and str(part.get("/Subtype", "")) in PLAYING:
                del thing[index]
            elif not getattr(part, "is_indirect", True):
                _disarm(part, depth + 1)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key in list(thing.keys()):
            part = thing[key]
            if key in ACTIVE or _acts(key, part):
                del thing[key]
            elif not getattr(part, "is_indirect", True):
                _disarm(part, depth + 1)


def _acts(key: str, part: Any) -> bool:
    import pikepdf

    # A structure element has an /A too, without /S: that one only describes, and stays.
    if key not in {"/A", "/PA", "/Next"} or not isinstance(part, pikepdf.Dictionary) or "/S" not in part:
        return False
    return str(part["/S"]) not in WALKING or "/Next" in part


def _unpacked(stream: Any, room: int) -> int:
    """How much a stream unpacks to, found without ever holding it whole."""
    import pikepdf

    given = stream.get("/Filter")
    names = (
        [str(one) for one in given]
        if isinstance(given, pikepdf.Array)
        else [str(given)]
        if given is not None
        else []
    )
    if names.count("/FlateDecode") + names.count("/LZWDecode") + names.count("/RunLengthDecode") > 1:
        raise Refused("bomb")
    raw = bytes(stream.read_raw_bytes())
    if not names or names[0] != "/FlateDecode":
        return len(raw)
    machine, total, rest = zlib.decompressobj(), 0, raw
    try:
        while rest:
            total += len(machine.decompress(rest, 1 << 20))
            if total > room:
                raise Refused("bomb")
            rest = machine.unconsumed_tail
    except zlib.error:
        return total  # a viewer shows nothing where a stream is broken; the rest of the page may be fine
    return total


def _confine() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(source: str, target: str, kind: str) -> dict[str, Any]:
    """Wash one file and say how it went."""
    _confine()
    try:
        wash = wash_pdf if kind == "pdf" else lambda a, b: wash_image(a, b, kind)
        return {"pages": wash(Path(source), Path(target))}
    except Refused as refused:
        return {"refused": str(refused)}
    except MemoryError:
        return {"refused": "bomb"}
    except Exception:  # whatever a broken file provokes in a library, the citizen needs one sentence
        return {"refused": "damaged"}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:4])))
