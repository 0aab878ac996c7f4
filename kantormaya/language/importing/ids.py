"""Short ids made of a page's own words: `ktp`, `akta_notaris`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from kantormaya.language.evaluating import GIVEN_NAMES

SMALL_WORDS = frozenset({
    "dan", "atau", "yang", "dari", "di", "ke", "pada", "untuk", "dengan", "bila", "jika", "dalam",
    "oleh", "sebagai", "para", "bagi", "fotokopi", "foto", "scan", "salinan", "surat", "asli",
    "bermeterai", "warna", "berwarna", "lembar", "rangkap", "legalisir", "dilegalisir", "sesuai",
})  # fmt: skip
RESERVED = frozenset({
    *GIVEN_NAMES, "today", "date", "days_between", "workdays_between", "months_between", "years_between", "total",
    "count", "min", "max", "round_up", "in", "true", "false", "null", "as", "break", "const", "continue", "else", "for",
    "function", "if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while", "size", "has",
    "all", "exists", "map", "filter", "type", "int", "double", "string", "bool", "list", "bytes", "duration", "timestamp",
    "dyn", "lapsed", "withdrawn", "submission",
})  # fmt: skip
LONGEST = 28


def words(text: str) -> list[str]:
    """The words of a text in small plain letters: "Surat/sertifikat KTP-el" → surat, sertifikat, ktp, el."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.findall(r"[a-z0-9]+", plain)


def slug(text: str) -> str:
    """The address of an agency or a place: "DPMPTSP Kab. Malang (MPP)" → dpmptsp-kab-malang."""
    return "-".join(words(re.sub(r"\([^)]*\)", " ", text)))[:80].strip("-") or "tanpa-nama"


def short_id(text: str, taken: Container[str], *, also: str = "") -> str:
    """An id of a few telling words that is not in `taken`; `also` (an actor, say) tells twins apart."""
    first = _some(re.sub(r"\([^)]*\)", " ", text)) or _some(text) or "butir"
    tries = [first, f"{first}_{_some(also)}"[:60].strip("_")] if also else [first]
    tries += [f"{first}_{number}" for number in range(2, 500)]
    return next(name for name in tries if name not in taken and name not in RESERVED)


def _some(text: str) -> str:
    all_words = words(text)
    while all_words and all_words[0][0].isdigit():
        all_words = all_words[1:]
    telling = [word for word in all_words if word not in SMALL_WORDS] or all_words
    name = ""
    for word in telling[:4]:
        longer = f"{name}_{word}" if name else word
        if name and len(longer) > LONGEST:
            break
        name = longer
    return name[:60] if name[:1].isalpha() else ""
