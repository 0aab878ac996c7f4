"""From a stream of unknown bytes to a file one may open: judged by content, washed, never held whole."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO

from kantormaya.documents import washing
from kantormaya.language.plain import plain
from kantormaya.language.texts import Text

CHUNK = 64 * 1024
TAIL = 64 * 1024
MB = 1024 * 1024
BEGINS = {"pdf": b"%PDF-", "jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
ENDS_AS_ARCHIVE = b"PK\x05\x06"

EMPTY = Text("Berkas “{name}” kosong. Pilih berkas lain.", "The file “{name}” is empty. Choose another file.")
TOO_LARGE = Text(
    "Berkas “{name}” lebih besar dari {size} MB. Perkecil, atau foto ulang dengan mutu lebih rendah.",
    "The file “{name}” is larger than {size} MB. Make it smaller, or take the photo again at lower quality.",
)
WRONG_KIND = Text(
    "Berkas “{name}” bukan {kinds}. Simpan atau foto sebagai {kinds}, lalu unggah lagi.",
    "The file “{name}” is not {kinds}. Save or photograph it as {kinds}, then upload it again.",
)
REASONS = {
    "encrypted": Text(
        "Berkas “{name}” dikunci dengan kata sandi. Simpan salinan tanpa kata sandi, lalu unggah lagi.",
        "The file “{name}” is locked with a password. Save a copy without one, then upload it again.",
    ),
    "bomb": Text(
        "Berkas “{name}” membesar tidak wajar saat dibuka. Cetak ke PDF baru, lalu unggah lagi.",
        "The file “{name}” grows beyond reason when opened. Print it to a new PDF and upload that.",
    ),
    "mixed": Text(
        "Berkas “{name}” berisi jenis berkas lain di dalamnya. Simpan ulang, lalu unggah lagi.",
        "The file “{name}” hides another kind of file inside. Save it again, then upload it.",
    ),
    "pixels": Text(
        "Gambar “{name}” terlalu besar (lebih dari 50 juta titik). Perkecil, lalu unggah lagi.",
        "The picture “{name}” is too large (over 50 million pixels). Make it smaller, then upload it again.",
    ),
    "pages": Text(
        "Berkas “{name}” lebih dari 500 halaman. Bagi menjadi beberapa berkas.",
        "The file “{name}” has more than 500 pages. Split it into several files.",
    ),
    "damaged": Text(
        "Berkas “{name}” rusak atau tidak lengkap. Buka di perangkat Anda, simpan ulang, lalu unggah lagi.",
        "The file “{name}” is damaged or incomplete. Open it on your device, save it again, then upload it.",
    ),
}


class FileRefused(Exception):
    """A file that is not taken in, with the sentence to show beside its field."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.id)
        self.text = text


@dataclass(frozen=True)
class Cleaned:
    """A harmless file on disk, not yet anyone's upload. `path` stays until it is kept or removed."""

    name: str
    kind: str
    size: int
    sha256: str
    path: Path
    pages: int


def receive(
    stream: BinaryIO | Iterable[bytes],
    name: str,
    *,
    folder: Path,
    accept: Iterable[str] = ("pdf", "jpg", "png"),
    max_size: int = 5 * MB,
) -> Cleaned:
    """Take a file in and wash it into `folder`. Raises FileRefused, and then leaves nothing."""
    shown = _shown(name)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=folder, prefix="masuk-") as room:
        raw, clean = Path(room) / "raw", Path(room) / "clean"
        size = _spool(stream, raw, max_size, shown)
        if not size:
            raise FileRefused(EMPTY.format(name=shown))
        kind = _kind(raw, size, [_plain(k) for k in accept], shown)
        pages = _wash(raw, clean, kind, shown)
        digest = _digest(clean)
        # a name of its own: somebody else may be handing in the same file at this moment
        kept = folder / f"{digest}-{Path(room).name.removeprefix('masuk-')}.{kind}"
        clean.chmod(0o600)
        clean.replace(kept)
    return Cleaned(f"{PurePath(shown).stem[:110]}.{kind}", kind, kept.stat().st_size, digest, kept, pages)


def _spool(stream: BinaryIO | Iterable[bytes], target: Path, max_size: int, name: str) -> int:
    size = 0
    with target.open("wb") as file:
        for chunk in _chunks(stream):
            size += len(chunk)
            if size > max_size:
                raise FileRefused(TOO_LARGE.format(name=name, size=f"{max_size / MB:g}".replace(".", ",")))
            file.write(chunk)
    return size


def _chunks(stream: BinaryIO | Iterable[bytes]) -> Iterator[bytes]:
    if isinstance(stream, Iterable) and not hasattr(stream, "read"):
        yield from stream
        return
    while chunk := stream.read(CHUNK):
        yield chunk


def _kind(path: Path, size: int, accept: list[str], name: str) -> str:
    with path.open("rb") as file:
        head = file.read(1024)
        file.seek(max(0, size - TAIL))
        tail = file.read()
    kind = next((k for k, begin in BEGINS.items() if head.startswith(begin)), "")
    if kind not in accept:
        raise FileRefused(WRONG_KIND.format(name=name, kinds=_listed(accept)))
    if ENDS_AS_ARCHIVE in tail or (kind != "pdf" and b"%PDF-" in head):
        raise FileRefused(REASONS["mixed"].format(name=name))
    return kind


def _wash(raw: Path, clean: Path, kind: str, name: str) -> int:
    """In a process of its own: a bomb or a hole in a library ends that process, not the office."""
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter and file; the paths are ours too
            [sys.executable, "-I", washing.__file__, str(raw), str(clean), kind],
            capture_output=True, timeout=2 * washing.SECONDS, check=False, env={}, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        said = json.loads(done.stdout) if done.returncode == 0 else {"refused": "bomb"}
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        said = {"refused": "bomb"}
    if reason := said.get("refused"):
        raise FileRefused(REASONS[reason].format(name=name))
    return int(said["pages"])


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _plain(kind: str) -> str:
    kind = kind.lower().lstrip(".")
    return "jpg" if kind == "jpeg" else kind


def _listed(kinds: list[str]) -> Text:
    said = [k.upper() for k in kinds]
    if len(said) < 2:
        return Text("".join(said), "".join(said))
    first = ", ".join(said[:-1])
    return Text(f"{first} atau {said[-1]}", f"{first} or {said[-1]}")


def _shown(name: str) -> str:
    """The name without folders and without characters that could mislead a screen or a header."""
    last = re.split(r"[\\/]", name)[-1]
    kept = "".join(c for c in plain(last) if c.isprintable() and c not in '<>:"|?*{}').strip(" .")
    return kept[-120:] or "berkas"
