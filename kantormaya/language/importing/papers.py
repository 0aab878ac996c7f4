"""Requirements and form fields: every item of the page, once, with what its words say about it."""

from __future__ import annotations

import re

from kantormaya.language.importing.conditions import in_words
from kantormaya.language.importing.draft import Draft, Table
from kantormaya.language.importing.ids import SMALL_WORDS, short_id, words
from kantormaya.language.importing.records import Input
from kantormaya.language.importing.substitutes import stand_in
from kantormaya.language.texts import Text

STATED = re.compile(r"^(formulir|blanko|permohonan|surat permohonan|(surat )?pernyataan|sptjm|isian)\b", re.I)
CHECKED = re.compile(
    r"^(umur|berumur|memiliki|kegiatan|kontur|jarak|tangki|lokasi terakses|pemohon|visitasi)\b", re.I
)
BROUGHT = re.compile(r"^(ternak|meterai|map|sampel|kendaraan|berkas rangkap)\b", re.I)
ORIGINAL = re.compile(r"\basli\b(?! (ditunjukkan|dan fotokopi|atau fotokopi|diperlihatkan))", re.I)
COPIED = re.compile(r"fotokopi|scan|soft file|legalisir|1 asli", re.I)
PAPER = re.compile(
    r"scan|unggah|dokumen|surat|pasfoto|str$|ijazah|bukti|pernyataan|^form|^sip |ktp asli", re.I
)
SECRET = re.compile(r"\bsandi\b|password", re.I)
FIELD_TYPES = (
    (r"^tanggal(?!.* jam)", "date"),
    (r"tanggal dan jam", "moment"),
    (r"telepon|\bHP\b|kontak", "phone"),
    (r"email", "email"),
    (r"alamat|alasan|deskripsi|tujuan", "long_text"),
    (r"koordinat", "place"),
    (r"^jumlah", "number"),
)


def list_papers(draft: Draft) -> None:
    """The requirements, the conditional ones with the condition's words."""
    for title in draft.record.requirements or []:
        _add(draft, title, {})
    for item in draft.record.conditional_requirements or []:
        if not stand_in(draft, item.requirement, item.condition):
            _add(draft, item.requirement, _when(draft, item.requirement, item.condition))
    for field in draft.record.input_fields or []:
        _field(draft, field)
    if not draft.requirements:
        draft.ask(NO_REQUIREMENTS)


def _add(draft: Draft, title: str, condition: Table) -> str:
    name = short_id(title, draft.requirements)
    parts = _parts(title) if condition else []
    draft.requirements[name] = {
        "title": title,
        **_nature(title),
        **condition,
        **({"parts": parts} if parts else {}),
    }
    return name


def _nature(title: str) -> Table:
    """The kind of a requirement, as far as its words tell."""
    nature: Table = {}
    stamped = bool(re.search(r"bermeterai", title, re.I))
    if CHECKED.match(title):
        nature["kind"] = "check"
    elif BROUGHT.match(title):
        nature["kind"] = "thing"
    elif STATED.match(title) and not stamped and not COPIED.search(title):
        nature["kind"] = "statement"
    elif ORIGINAL.search(title) and not COPIED.search(title):
        nature["kind"] = "original"
    if stamped:
        nature["stamp"] = True
    if re.search(r"(?<!tidak )legalisir", title, re.I):
        nature["legalised"] = True
    if re.search(r"masih berlaku|\bberlaku$", title, re.I):
        nature["must_be_valid"] = True
    return nature


def _when(draft: Draft, title: str, condition: str) -> Table:
    """Most conditions are rules or questions; three say that nobody decided them beforehand."""
    said = condition.lower()
    if said == "bila ada":
        return {"optional": True, "help": condition}
    if said in ("bila perlu", "bila diperlukan"):
        return {"on_request": f"step.{draft.accepting}", "help": condition}
    if said == "tertulis tanpa syarat":
        draft.ask(WITHOUT_CONDITION.format(what=title))
        return {"if_none": "officer", "help": condition}
    return in_words(draft, condition, title)


def _parts(title: str) -> list[str]:
    """The documents that one item names together, where commas part them cleanly."""
    bare = re.sub(r"\([^)]*\)", lambda found: found[0].replace(",", "\x00"), title)
    parts = [part.strip().replace("\x00", ",") for part in bare.split(",")]
    clean = (
        len(parts) > 1 and all(parts) and not any(re.match(r"(asli|label|jeriken)\b", part) for part in parts)
    )
    return parts if clean else []


def _field(draft: Draft, asked: Input) -> None:
    """A field of the page's form; what is a paper joins the requirement it names, a password is never asked for."""
    note = f" ({asked.note})" if asked.note else ""
    if SECRET.search(asked.name):
        draft.keep(f"Isian formulir: {asked.name}{note}")
        draft.doubt(PASSWORD.format(what=asked.name))
        return
    same = _same(draft, asked.name)
    if same or PAPER.search(asked.name):
        name = same or _add(draft, asked.name, {})
        already = draft.requirements[name].get("help")
        told = f"di formulir: {asked.name}{note}"
        draft.requirements[name]["help"] = f"{already}; {told}" if already else told
        if asked.required is False:
            draft.requirements[name]["optional"] = True
        return
    kind = next((kind for pattern, kind in FIELD_TYPES if re.search(pattern, asked.name, re.I)), "text")
    field: Table = {"type": kind, "label": asked.name}
    if asked.required is not True:
        field["required"] = False
    if asked.required is None:
        draft.ask(REQUIRED_OR_NOT)
    if asked.note:
        field["help"] = asked.note
    draft.fields[draft.name(asked.name)] = field


def _same(draft: Draft, name: str) -> str | None:
    """The requirement a form field speaks of: the words of one are in the other."""
    said = set(words(name)) - SMALL_WORDS - {"pemohon"}
    for known, requirement in draft.requirements.items():
        other = set(words(re.sub(r"\([^)]*\)", "", requirement["title"]))) - SMALL_WORDS - {"pemohon"}
        if said and other and (said <= other or other <= said):
            return known
    return None


NO_REQUIREMENTS = Text(
    "Apa persyaratan layanan ini? Halaman tidak menyebutnya.",
    "What does this service require? The page does not say.",
)
WITHOUT_CONDITION = Text(
    "“{what}” tertulis tanpa syarat: dari siapa diminta? Sementara petugas yang menentukan.",
    "“{what}” stands there without a condition: from whom is it asked? Until then an officer decides.",
)
PASSWORD = Text(
    "Halaman meminta kata sandi (“{what}”). Formulir ini tidak menanyakannya.",
    "The page asks for a password (“{what}”). This form does not.",
)
REQUIRED_OR_NOT = Text(
    "Isian mana yang wajib? Halaman tidak menyebutnya; sementara semuanya boleh dikosongkan.",
    "Which fields are required? The page does not say; until then all may be left blank.",
)
