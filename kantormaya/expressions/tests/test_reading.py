"""What may stand in an expression, and how the rest is refused: quickly, quietly, in words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kantormaya.expressions import RESERVED, Expression, ExpressionFault, columns, constants, shape


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("", "kosong"),
        ("  \n ", "kosong"),
        ("a.b", "tanpa titik"),
        (".5", "tanpa titik"),
        ("5.", "angka ditulis"),
        ("1e5", "angka ditulis"),
        ("0x10", "angka ditulis"),
        ("5u", "angka ditulis"),
        ("petak[0]", "daftar hanya sesudah"),
        ("['a'][0]", "daftar hanya sesudah"),
        ("{'a': 1}", "tulis daftar"),
        ("a % 2 == 0", "sisa bagi"),
        ("a = 'x'", "ditulis =="),
        ("a & b", "ditulis &&"),
        ("a | b", "ditulis \\|\\|"),
        ("a // catatan", "di luar ungkapan"),
        ("a == 'x", "tutup teksnya"),
        ("a == 'x\ny'", "tutup teksnya"),
        ("a == 'x\0'", "U\\+0000"),
        ("a\0", "U\\+0000"),
        ("é == 1", "huruf biasa"),
        ("a ≠ 1", "huruf biasa"),
        ("`a-b`", "huruf biasa"),
        ("a && ", "belum selesai"),
        ("(a", "belum selesai"),
        ("a b", "di sekitar “b”"),
        ("a) && b", "di sekitar “\\)”"),
        ("a ? b", "belum selesai"),
        ("b'abc'", "di sekitar"),
        ("ukuran(a)", "Fungsi “ukuran” tidak ada"),
        ("size(a)", "tidak ada"),
        ("has(a)", "tidak ada"),
        ("map(a)", "tidak ada"),
        ("min", "adalah fungsi"),
        ("min(1)", "memerlukan 2–20"),
        ("days_between(a)", "memerlukan 2 isi"),
        ("count(a, 'b')", "memerlukan 1 / 3"),
        ("round_up()", "memerlukan 1 isi"),
        ("total(petak, luas)", "nama kolom"),
        ("date(a)", "satu tanggal yang ada"),
        ("date('2026-02-30')", "satu tanggal yang ada"),
        ("date('20260131')", "satu tanggal yang ada"),
        ("date(", "satu tanggal yang ada"),
        ("package == 1", "tidak dapat dipakai sebagai nama"),
        ("9" * 30, "terlalu besar"),
        ("a || " * 200 + "a", "paling banyak 500"),
        ("(" * 60 + "a" + ")" * 60, "bersarang"),
        ("nonzero(a)", "tidak ada"),
    ],
)
def test_what_leaves_the_plain_part_of_cel_is_refused_with_a_remedy(source: str, says: str) -> None:
    with pytest.raises(ExpressionFault, match=says) as fault:
        Expression.read(source)
    assert fault.value.en and fault.value.en != fault.value.id


@pytest.mark.parametrize("source", [None, 5, True, ["a"], {"a": 1}, b"a"])
def test_an_expression_is_a_text(source: object) -> None:
    with pytest.raises(ExpressionFault, match="tanda kutip"):
        Expression.read(source)


@pytest.mark.parametrize(
    "source",
    [
        "(" * 10_000,
        ")" * 10_000,
        "!" * 10_000 + "a",
        "[" * 499,
        "a?" * 249 + "a",
        "f(" * 5_000,
        "min(" * 100,
        "a" * 10_000,
        "'" + "a" * 10_000,
        "'" * 10_000,
        "'\\" * 200,
        "\0" * 10_000,
        "\ud800" * 400,
        "'\ud800'",
        "\u202e && a",
        "\N{COMBINING ACUTE ACCENT}" * 400,
        "9" * 499,
        "1." * 249,
        "[a for a in b]",
        "__import__('os').system('true')",
        "in in in",
        "date(" * 99,
    ],
)
def test_a_hostile_source_is_refused_quietly(source: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ExpressionFault):
        Expression.read(source)
    assert capfd.readouterr() == ("", "")


WORDS = [
    *(
        "a",
        "b",
        "c",
        "'x'",
        '"y"',
        "1",
        "2.5",
        "0",
        "true",
        "false",
        "null",
        "in",
        "&&",
        "||",
        "==",
        "!=",
        "<",
        "<=",
    ),
    *(
        ">",
        ">=",
        "!",
        "+",
        "-",
        "*",
        "/",
        "?",
        ":",
        ",",
        "(",
        ")",
        "[",
        "]",
        "date('2026-01-31')",
        "days_between(",
    ),
    *("min(", "total(", "count(", "round_up(", "in ['x', 'y']", "a == 'x'", "b > 2", "(a || b)"),
]
ANSWERS = st.dictionaries(
    st.sampled_from("abc"),
    st.none() | st.booleans() | st.floats() | st.text(max_size=3) | st.just(({"x": 1},)),
)


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=80) | st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join), ANSWERS)
def test_any_source_over_any_answers_gives_a_value_or_a_fault(source: str, answers: dict) -> None:
    try:
        read = Expression.read(source)
        shape(read), constants(read), columns(read)
        read.evaluate(answers)
    except ExpressionFault as fault:
        assert fault.id and fault.en


def test_reserved_words_are_no_names() -> None:
    assert {"true", "in", "min", "date", "package"} <= RESERVED
    for word in RESERVED - {"true", "false", "null"}:
        with pytest.raises(ExpressionFault):
            Expression.read(f"{word} == 1")
