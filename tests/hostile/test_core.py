"""What reads words, conditions, definitions and files, each by itself: thousands of bad ones, and every answer is one of its own.

KANTOR_HOSTILE=100000 makes the long form: so many words, and of the rest in proportion, other ones each time.
"""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import pikepdf
from PIL import Image

from kantormaya.documents.cleaning import FileRefused, receive
from kantormaya.engine.telling import calendar
from kantormaya.expressions import Expression, ExpressionFault
from kantormaya.language.answers import read as read_answer
from kantormaya.language.answers import to_json
from kantormaya.language.asking import Field
from kantormaya.language.forms import in_words, read_fields
from kantormaya.language.plain import plain
from kantormaya.language.reading import load
from kantormaya.language.reading import read as read_definition
from kantormaya.language.texts import Text
from kantormaya.permits.wording import shown
from tests.hostile.mixing import GOOD_WORDS, WORDS, inputs, made, mixed, part
from tests.hostile.values import DISGUISES, RUN

ROOT = Path(__file__).parents[2]
SERVICES = sorted((ROOT / "services").glob("*/service.toml"))


def fields() -> list[Field]:
    """Every question of every shipped service."""
    return [field for path in SERVICES if (one := load(path).definition) for field in one.field.values()]


def test_every_word_typed_is_a_value_or_a_sentence() -> None:
    asked = fields()
    for rng, typed in inputs("words", WORDS, GOOD_WORDS):
        field = rng.choice(asked)
        posted = {
            "x": [typed],
            "x.point": [typed],
            "x.village": [typed],
            f"x.0.{typed[:8]}": [typed],
            "x.0.nama": [typed],
        }
        answers, problems = read_fields({"x": field}, posted, values={}, today=date(2026, 9, 2))
        for problem in problems.values():
            assert problem.id and problem.said("en")
        for value in answers.values():
            to_json(field, value)
            assert value is None or (
                in_words(field, value) is None or str(in_words(field, value)) is not None
            )
            assert value is None or isinstance(shown(value, field), str)
        sent = read_answer(field, [typed] if rng.random() < 0.5 else {"address": typed, "nama": [typed]})
        assert not isinstance(sent, Text) or sent.id
        assert not set(plain(typed)) & set(DISGUISES) - {"\u200c", "\u200d", "\ufe0f"}


CONDITIONS = sorted(
    {one for path in SERVICES for one in re.findall(r'^when\s*=\s*"([^"]+)"', path.read_text(), re.M)}
)


def test_every_condition_is_one_or_a_sentence_to_its_author_and_words_never_become_one() -> None:
    days = calendar()
    for rng, source in inputs("conditions", part(4000), CONDITIONS):
        try:
            read = Expression.read(source)
            read.evaluate({name: mixed(rng) for name in read.names}, days)
        except ExpressionFault as fault:
            assert fault.id and fault.en
    for good in CONDITIONS:  # an answer is a word, whatever it says
        read = Expression.read(good)
        for word in RUN:
            try:
                found = read.evaluate(dict.fromkeys(read.names, word), days)
            except ExpressionFault:
                continue
            assert found is not None and "31338" not in str(found)


def test_every_definition_is_read_or_told_by_line() -> None:
    texts = [path.read_text(encoding="utf-8") for path in SERVICES]
    for rng, bad in inputs("definitions", part(400), []):
        lines = rng.choice(texts).splitlines()
        at = rng.randrange(len(lines))
        name, is_, _ = lines[at].partition("=")
        lines[at] = f"{name}= {bad!r}" if is_ and rng.random() < 0.7 else lines[at] + bad
        for fault in read_definition("\n".join(lines)).faults:
            assert fault.line >= 1 and fault.said("id") and fault.said("en")


def papers() -> list[bytes]:
    """Sound ones, small."""
    pdf, jpg, png = io.BytesIO(), io.BytesIO(), io.BytesIO()
    with pikepdf.new() as one:
        one.add_blank_page()
        one.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        one.attachments["a.exe"] = b"MZ"
        one.save(pdf)
    Image.new("RGB", (20, 10), (9, 9, 9)).save(jpg, "JPEG")
    Image.new("RGB", (20, 10)).save(png, "PNG")
    return [pdf.getvalue(), jpg.getvalue(), png.getvalue()]


def test_every_file_is_washed_or_refused_in_a_sentence(tmp_path: Path) -> None:
    sound = papers()
    for rng, name in inputs("files", part(40), ["denah.pdf", "foto.jpg", "a.svg"]):
        file = bytearray(rng.choice(sound))
        for _ in range(rng.randrange(4)):
            at = rng.randrange(len(file))
            match rng.randrange(4):
                case 0:
                    file[at] ^= 1 << rng.randrange(8)
                case 1:
                    del file[at : at + rng.randrange(40)]
                case 2:
                    file[at:at] = rng.choice(
                        (b"<script>alert(1)</script>", b"PK\x03\x04", b"%PDF-1.7", b"/JavaScript", b"\0" * 9)
                    )
                case _:
                    file += rng.choice(sound) if rng.random() < 0.5 else b"<svg onload=alert(1)>"
            file = file or bytearray(b" ")
        try:
            clean = receive(io.BytesIO(bytes(file)), name, folder=tmp_path)
        except FileRefused as refused:
            assert refused.text.id and refused.text.said("en")
            continue
        content = clean.path.read_bytes()
        assert clean.kind in ("pdf", "jpg", "png") and clean.name.isprintable()
        assert all(
            one not in content
            for one in (b"<script", b"<svg", b"/JavaScript", b"OpenAction", b"EmbeddedFile")
        )
        clean.path.unlink()


def test_no_sheet_leaves_the_house_so_no_formula_does() -> None:
    """There is no export of tables. Whoever adds one has to write words as words there, and try it here."""
    program = [path for path in (ROOT / "kantormaya").rglob("*.py") if "tests" not in path.parts]
    sheets = re.compile(r"csv\.writer|DictWriter|openpyxl|xlsxwriter|text/csv|spreadsheetml|opendocument")
    assert not [str(path) for path in program if sheets.search(path.read_text(encoding="utf-8"))]


def test_how_many_there_were() -> None:
    print(f"\nhostile inputs of the core: {sum(made.values())} {dict(made)}", flush=True)
    if {"words", "conditions", "definitions", "files"} <= made.keys():  # all ran in this process
        assert sum(made.values()) >= WORDS
