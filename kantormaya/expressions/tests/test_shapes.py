"""The simple shapes of a condition."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from kantormaya.expressions import (
    All,
    Any,
    Comparison,
    Expression,
    Has,
    In,
    Shape,
    Truth,
    columns,
    constants,
    shape,
)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("tempat == 'mandiri'", Comparison("tempat", "==", "mandiri")),
        ("'mandiri' == tempat", Comparison("tempat", "==", "mandiri")),
        ("variant != 'baru'", Comparison("variant", "!=", "baru")),
        ("!(variant == 'baru')", Comparison("variant", "!=", "baru")),
        ("variant in ['a', \"b\"]", In("variant", ("a", "b"))),
        (
            "!(variant in ['a', 'b'])",
            All((Comparison("variant", "!=", "a"), Comparison("variant", "!=", "b"))),
        ),
        ("'kolam' in fasilitas", Has("fasilitas", "kolam")),
        ("!('kolam' in fasilitas)", Has("fasilitas", "kolam", negated=True)),
        ("mandiri", Truth("mandiri")),
        ("!mandiri", Truth("mandiri", negated=True)),
        ("!!mandiri", Truth("mandiri")),
        ("mandiri == true", Truth("mandiri")),
        ("mandiri == false", Truth("mandiri", negated=True)),
        ("luas > 1_300.5", Comparison("luas", ">", 1300.5)),
        ("1300 < luas", Comparison("luas", ">", 1300.0)),
        ("suhu <= -5", Comparison("suhu", "<=", -5.0)),
        ("lahir_on >= date('2026-01-31')", Comparison("lahir_on", ">=", date(2026, 1, 31))),
        ("lantai != null", Comparison("lantai", "!=", None)),
        ("a && b && c", All((Truth("a"), Truth("b"), Truth("c")))),
        ("a && (b && c)", All((Truth("a"), Truth("b"), Truth("c")))),
        ("a || b && c", Any((Truth("a"), All((Truth("b"), Truth("c")))))),
        ("((a))", Truth("a")),
        ("!(a || luas > 3)", All((Truth("a", negated=True), Comparison("luas", "<=", 3.0)))),
        ("!(a && b)", Any((Truth("a", negated=True), Truth("b", negated=True)))),
        ("!a == b", None),
        ("a == b", None),
        ("luas * 2 > 3", None),
        ("count(petak) > 3", None),
        ("a ? b : c", None),
        ("(a) == 'x'", None),
        ("true", None),
        ("'x'", None),
        ("a < 1 == true", None),
        ("'a' in ['a']", None),
        ("a in [b]", None),
    ],
)
def test_a_condition_has_a_shape(source: str, expected: Shape | None) -> None:
    assert shape(Expression.read(source)) == expected


def _holds(found: Shape, values: dict[str, object]) -> bool:
    match found:
        case Truth(name, negated):
            return bool(values[name]) is not negated
        case Comparison(name, "==", literal):
            return values[name] == literal
        case Comparison(name, "!=", literal):
            return values[name] != literal
        case In(name, literals):
            return values[name] in literals
        case All(parts):
            return all(_holds(part, values) for part in parts)
        case Any(parts):
            return any(_holds(part, values) for part in parts)
    raise AssertionError(found)


@pytest.mark.parametrize(
    "source",
    [
        "!(p && (q || v == 'x'))",
        "!(v in ['x', 'y']) || p",
        "p && !q || !(p || v != 'x')",
        "!(!(p && v == 'y') || q)",
    ],
)
def test_a_shape_means_what_its_expression_means(source: str) -> None:
    read = Expression.read(source)
    found = shape(read)
    assert found is not None
    for p, q, v in product([True, False], [True, False], ["x", "y", "z"]):
        values = {"p": p, "q": q, "v": v}
        assert read.holds(values) is _holds(found, values)


def test_constants_are_the_literals_that_could_be_answers() -> None:
    read = Expression.read(
        "a == 'x' && b > -2 && c - 3 < 1 && total(r, 'luas') > 5 && d_on > date('2026-01-31')"
    )
    assert constants(read) == {"x", -2.0, 3.0, 1.0, 5.0, date(2026, 1, 31)}
    assert constants(Expression.read("count(r, 'jenis', 'kios') > 0 && e == true")) == {"kios", 0.0}


def test_columns_are_named_with_their_rows() -> None:
    read = Expression.read("total(petak, 'luas') + count(petak, 'jenis', 'kios') > count(orang)")
    assert columns(read) == {("petak", "luas"), ("petak", "jenis")}
