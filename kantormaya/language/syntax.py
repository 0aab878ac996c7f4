"""What the TOML reader says, in words for someone who does not program."""

from __future__ import annotations

import re

from kantormaya.language.texts import Text

POSITION = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")

PLAIN: tuple[tuple[str, Text, Text], ...] = (
    (
        r"Cannot overwrite|Duplicate inline",
        Text("kunci yang sama ditulis dua kali", "the same key is written twice"),
        Text("hapus atau ganti nama salah satunya", "delete or rename one of them"),
    ),
    (
        r"Cannot declare|Cannot mutate|Cannot redefine",
        Text("bagian atau tabel yang sama dibuka dua kali", "the same section or table is opened twice"),
        Text("satukan isinya di bawah satu judul bagian", "put its lines together under one header"),
    ),
    (
        r"Expected '=' after a key|Invalid initial character for a key|Invalid statement",
        Text("baris ini bukan 'kunci = isi'", "this line is not 'key = value'"),
        Text(
            "tulis kunci = isi, atau [bagian], atau # catatan",
            "write key = value, or [section], or # a remark",
        ),
    ),
    (
        r"Unterminated string|Illegal character '\\n'|Expected \"'\"|Expected '\"",
        Text("tanda petik belum ditutup", "a quotation mark is not closed"),
        Text(
            'tutup teks dengan tanda petik " pada baris yang sama', 'close the text with " on the same line'
        ),
    ),
    (
        r"Unclosed array|Unclosed inline|Expected newline or end|Expected ']'",
        Text("kurung atau tanda koma tidak lengkap", "a bracket or a comma is missing"),
        Text("periksa [ ], { } dan koma di baris ini", "check [ ], { } and the commas on this line"),
    ),
    (
        r"Invalid value",
        Text("isi ini tidak dapat dibaca", "this value cannot be read"),
        Text('tulis teks di antara tanda petik: "…"', 'write a text between quotation marks: "…"'),
    ),
    (
        r"Unescaped '\\\\'|Invalid hex|Unterminated",
        Text("garis miring terbalik \\ di dalam teks", "a backslash \\ inside a text"),
        Text("tulis \\\\ untuk satu garis miring terbalik", "write \\\\ for one backslash"),
    ),
)


def said_plainly(message: str, text: str) -> tuple[int, Text, Text]:
    """Line, fault and remedy for a message of the TOML reader."""
    place = POSITION.search(message)
    line = int(place[1]) if place and place[1] else text.count("\n") + 1 if place else 1
    for pattern, fault, remedy in PLAIN:
        if re.search(pattern, message):
            return line, fault, remedy
    bare = POSITION.sub("", message)
    return (
        line,
        Text("bukan TOML yang benar: {why}", "not correct TOML: {why}").format(why=bare),
        Text("perbaiki baris ini", "mend this line"),
    )
