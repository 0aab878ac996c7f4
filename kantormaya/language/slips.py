"""What the model refuses, said to the author: the key path, what is wrong there, what would mend it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kantormaya.language.schema import known_keys
from kantormaya.language.texts import Text

Where = tuple[str, ...]
Slip = tuple[str, Where, Text, Text]
"""Code, key path, fault, remedy."""

MOST = 200

KINDS: dict[str, Text] = {
    "string": Text("sebuah teks di antara tanda petik", "a text between quotation marks"),
    "bool": Text("true atau false, tanpa tanda petik", "true or false, without quotation marks"),
    "int": Text("bilangan bulat, tanpa tanda petik", "a whole number, without quotation marks"),
    "float": Text("bilangan, tanpa tanda petik", "a number, without quotation marks"),
    "tuple": Text("daftar di antara [ dan ]", "a list between [ and ]"),
    "list": Text("daftar di antara [ dan ]", "a list between [ and ]"),
    "dict": Text("tabel: { kunci = … } atau [bagian]", "a table: { key = … } or [section]"),
    "model": Text("tabel: { kunci = … } atau [bagian]", "a table: { key = … } or [section]"),
}
USUAL = {
    "model_type": "model",
    "model_attributes_type": "model",
    "int_from_float": "int",
    "finite_number": "float",
}


def slips(error: ValidationError, raw: dict[str, Any], of: dict[str, Any] | None = None) -> Iterator[Slip]:
    """One slip per place, the most telling first; the alternatives pydantic tried are not of interest.

    `of` is the schema whose keys may be meant, where it is not a service's.
    """
    told: set[Where] = set()
    details = error.errors(include_url=False)[:MOST]
    for one in sorted(details, key=lambda e: e["type"] == "literal_error"):
        where = _where(one, raw)
        if where not in told and not any(where == other[: len(where)] for other in told):
            told.add(where)
            yield _unknown(one, where, of) if one["type"] == "extra_forbidden" else _slip(one, where)


def _where(one: ErrorDetails, raw: dict[str, Any]) -> Where:
    """The part of the location that stands in the file: names of alternatives are left out."""
    found: list[str] = []
    value: Any = raw
    for part in one["loc"]:
        in_table = isinstance(value, dict) and isinstance(part, str) and part in value
        if in_table or (isinstance(value, list) and isinstance(part, int) and part < len(value)):
            value = value[part]
            found.append(str(part))
    if one["type"] == "missing":
        found.append(str(one["loc"][-1]))
    return tuple(found)


def _slip(one: ErrorDetails, where: Where) -> Slip:
    kind = one["type"]
    if kind in SAID:
        return SAID[kind](one, where)
    if kind.endswith(("_type", "_parsing")) or kind in USUAL:
        wanted = KINDS.get(USUAL.get(kind, kind.split("_", maxsplit=1)[0]), KINDS["string"])
        return (
            "key.type",
            where,
            Text("{key}: jenis isinya salah", "{key}: the wrong kind of value").format(
                key=where[-1] if where else ""
            ),
            Text("tulis {wanted}", "write {wanted}").format(wanted=wanted),
        )
    return _value(one, where)


def _unknown(one: ErrorDetails, where: Where, of: dict[str, Any] | None) -> Slip:
    key = where[-1] if where else str(one["loc"][-1])
    known = known_keys(where[:-1], of)
    near = difflib.get_close_matches(key, known, 1)
    fault = Text('kunci "{key}" tidak dikenal di sini', 'the key "{key}" is not known here').format(
        key=_short(key)
    )
    if near:
        remedy = Text('mungkin maksudnya "{near}"', 'perhaps "{near}" is meant').format(near=near[0])
    else:
        remedy = Text("yang dikenal: {known}", "known keys: {known}").format(known=", ".join(known))
    return "key.unknown", where, fault, remedy


def _missing(_: ErrorDetails, where: Where) -> Slip:
    key = Text('"{key}" belum ada', '"{key}" is missing').format(key=where[-1])
    section = f"[{where[0]}]" if len(where) == 1 and where[0] in TABLE_KEYS else f"{where[-1]} = …"
    return "key.missing", where, key, Text("tambahkan {it}", "add {it}").format(it=section)


TABLE_KEYS = ("promise", "party", "fee", "step", "outcome")


def _literal(one: ErrorDetails, where: Where) -> Slip:
    expected = str(one.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ")
    given = _short(one["input"])
    near = difflib.get_close_matches(given, expected.split(", "), 1)
    fault = Text('"{given}" bukan pilihan di sini', '"{given}" is not one of the choices here').format(
        given=given
    )
    remedy = Text("pilih salah satu: {expected}", "take one of: {expected}").format(expected=expected)
    if near:
        remedy = Text('mungkin maksudnya "{near}"', 'perhaps "{near}" is meant').format(near=near[0])
    return "value.choice", where, fault, remedy


def _pattern(one: ErrorDetails, where: Where) -> Slip:
    given = _short(one["input"])
    pattern = str(one.get("ctx", {}).get("pattern", ""))
    fault = Text('"{given}" tidak berbentuk benar', '"{given}" does not have the right form').format(
        given=given
    )
    for start, words in FORMS.items():
        if pattern.startswith(start):
            return "value.form", where, fault, words
    return "value.form", where, fault, Text("pola: {p}", "pattern: {p}").format(p=pattern)


FORMS = {
    "^[a-z][a-z0-9_]": Text(
        "pakai huruf kecil, angka dan garis bawah, diawali huruf (contoh: surat_kuasa)",
        "use small letters, digits and underscores, beginning with a letter (for example surat_kuasa)",
    ),
    "^[a-z0-9][a-z0-9-]": Text(
        "pakai huruf kecil, angka dan tanda hubung (contoh: izin-reklame)",
        "use small letters, digits and hyphens (for example izin-reklame)",
    ),
    "^step": Text('tulis "step." lalu nama langkah', 'write "step." and then the name of a step'),
    "^\\d": Text('tulis persen, contoh "75%"', 'write a percentage, for example "75%"'),
    "^(all": Text(
        'tulis "all", "rest" atau persen seperti "10%"', 'write "all", "rest" or a percentage like "10%"'
    ),
}


def _value(one: ErrorDetails, where: Where) -> Slip:
    """A refusal of our own kinds of value: they say in both languages what is wrong and how to write it."""
    error = one.get("ctx", {}).get("error")
    indonesian = getattr(error, "id", None)
    words = (
        Text(str(indonesian), str(getattr(error, "en", indonesian)))
        if indonesian
        else Text(one["msg"], one["msg"])
    )
    code = {"ExpressionFault": "expression", "DurationFault": "duration"}.get(type(error).__name__, "value")
    return code, where, words, REMEDIES[code]


REMEDIES = {
    "expression": Text(
        "perbaiki syaratnya: nama isian, ==, !=, <, >, &&, ||, ! dan teks di antara tanda petik tunggal",
        "mend the condition: names of fields, ==, !=, <, >, &&, ||, ! and texts in single quotes",
    ),
    "duration": Text(
        'tulis angka dan satuan: "3 hari kerja", "2 jam kerja", "30 menit", "1 bulan"',
        'write a number and a unit: "3 hari kerja", "2 jam kerja", "30 menit", "1 bulan"',
    ),
    "value": Text("perbaiki isinya", "mend the value"),
}


def _bound(one: ErrorDetails, where: Where) -> Slip:
    limits = one.get("ctx", {})
    bound = next(
        (str(limits[k]) for k in ("ge", "le", "gt", "lt", "max_length", "min_length") if k in limits), ""
    )
    least = one["type"] in ("greater_than_equal", "greater_than", "too_short")
    words = Text("paling sedikit {n}", "at least {n}") if least else Text("paling banyak {n}", "at most {n}")
    return "value.bound", where, Text("angka di luar batas", "a number out of bounds"), words.format(n=bound)


SAID: dict[str, Callable[[ErrorDetails, Where], Slip]] = {
    "missing": _missing,
    "literal_error": _literal,
    "enum": _literal,
    "string_pattern_mismatch": _pattern,
    "greater_than_equal": _bound,
    "less_than_equal": _bound,
    "greater_than": _bound,
    "less_than": _bound,
    "too_long": _bound,
    "too_short": _bound,
}


def _short(value: object) -> str:
    text = (
        value
        if isinstance(value, str)
        else type(value).__name__
        if isinstance(value, Sequence | dict)
        else str(value)
    )
    return text if len(text) <= 60 else f"{text[:57]}…"
