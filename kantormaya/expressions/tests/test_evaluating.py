"""What an expression gives, and when it says that it can't."""

from __future__ import annotations

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict, ValidationError

from kantormaya.expressions import Expression, ExpressionFault, Unknown

MISSING = object()
ROWS = ({"jenis": "kios", "luas": 4}, {"jenis": "los", "luas": 2.5}, {"jenis": "kios", "luas": None})


class EveryDayWorks:
    """A calendar of an office without weekends."""

    def workdays_between(self, a: date, b: date) -> int:
        return (b - a).days


def value(source: str, **values: Any) -> Any:
    return Expression.read(source).evaluate(values, EveryDayWorks())


@pytest.mark.parametrize(
    ("source", "values", "expected"),
    [
        ("tempat == 'faskes'", {"tempat": "faskes"}, True),
        ("tempat != 'faskes'", {"tempat": "faskes"}, False),
        ("tempat in ['a', 'b']", {"tempat": "b"}, True),
        ("'kolam' in fasilitas", {"fasilitas": ("kolam", "parkir")}, True),
        ("baru && !luar", {"baru": True, "luar": False}, True),
        ("(a || b) && c", {"a": False, "b": True, "c": True}, True),
        ("luas * 2", {"luas": 3}, 6.0),
        ("luas * 2", {"luas": Decimal("1.5")}, 3.0),
        ("7 / 2", {}, 3.5),
        ("3_000_000 + 1", {}, 3_000_001.0),
        ("-luas + 5", {"luas": 2}, 3.0),
        ("luas > 8 ? 'besar' : 'kecil'", {"luas": 9}, "besar"),
        ("max(0, lembar - 10) * 500", {"lembar": 4}, 0.0),
        ("min(3, luas, 2)", {"luas": 9}, 2.0),
        ("max(a_on, b_on)", {"a_on": date(2026, 1, 2), "b_on": date(2026, 1, 1)}, date(2026, 1, 2)),
        ("round_up(luas / 100)", {"luas": 101}, 2.0),
        ("round_up(0.1 * 30)", {}, 3.0),
        ("lahir_on", {"lahir_on": date(2026, 1, 31)}, date(2026, 1, 31)),
        ("date('2026-01-31')", {}, date(2026, 1, 31)),
        ("lahir_on >= date('2026-01-31')", {"lahir_on": date(2026, 1, 31)}, True),
        ("days_between(a_on, date('2026-03-01'))", {"a_on": date(2026, 2, 1)}, 28.0),
        ("days_between(date('2026-03-01'), date('2026-02-01'))", {}, -28.0),
        ("workdays_between(a_on, date('2026-03-01'))", {"a_on": date(2026, 2, 1)}, 28.0),
        ("months_between(date('2026-01-31'), date('2026-02-28'))", {}, 1.0),
        ("months_between(date('2026-01-31'), date('2026-02-27'))", {}, 0.0),
        ("months_between(date('2026-03-15'), date('2026-01-16'))", {}, -1.0),
        ("years_between(lahir_on, date('2026-09-01'))", {"lahir_on": date(2009, 9, 2)}, 16.0),
        ("years_between(lahir_on, date('2026-09-02'))", {"lahir_on": date(2009, 9, 2)}, 17.0),
        ("total(petak, 'luas')", {"petak": ROWS}, 6.5),
        ("count(petak)", {"petak": ROWS}, 3.0),
        ("count(petak)", {"petak": ()}, 0.0),
        ("total(petak, 'luas')", {"petak": ()}, 0.0),
        ("count(petak, 'jenis', 'kios')", {"petak": ROWS}, 2.0),
        ("count(fasilitas)", {"fasilitas": ["a", "b"]}, 2.0),
        ("fasilitas", {"fasilitas": ["a", "b"]}, ("a", "b")),
        ("'it\\'s' + \" ok\"", {}, "it's ok"),
        ("nama == 'Ñandú 日本'", {"nama": "Ñandú 日本"}, True),
        ("a\n  && b", {"a": True, "b": True}, True),
    ],
)
def test_an_expression_gives_its_value(source: str, values: dict[str, Any], expected: Any) -> None:
    found = value(source, **values)
    assert found == expected and type(found) is type(expected)


@pytest.mark.parametrize("left", [True, False, MISSING])
@pytest.mark.parametrize("right", [True, False, MISSING])
def test_logic_is_three_valued(left: Any, right: Any) -> None:
    values = {name: truth for name, truth in (("a", left), ("b", right)) if truth is not MISSING}
    both, either = value("a && b", **values), value("a || b", **values)
    missing = {name for name in "ab" if name not in values}
    if False in (left, right) or not missing:
        assert both is (left is True and right is True)
    else:
        assert isinstance(both, Unknown) and both.names <= missing
    if True in (left, right) or not missing:
        assert either is (left is True or right is True)
    else:
        assert isinstance(either, Unknown) and either.names <= missing


def test_not_answered_yet_is_absent_and_surely_no_answer_is_null() -> None:
    assert value("jenis != 'x'") == Unknown(frozenset({"jenis"}))
    assert value("jenis != 'x'", jenis=None) is True
    assert value("jenis != 'x'", jenis=Unknown(frozenset({"lain"}))) == Unknown(frozenset({"jenis"}))
    assert value("jenis == 'x' && lantai > 8", jenis="y") is False
    assert value("jenis == 'x' && lantai > 8", jenis="x") == Unknown(frozenset({"lantai"}))
    assert value("years_between(lahir_on, date('2026-01-01')) < 17") == Unknown(frozenset({"lahir_on"}))
    assert value("days_between(a_on, date('2026-01-01'))", a_on=None) is None


def test_an_unknown_is_never_taken_for_true_or_false() -> None:
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(value("a"))


@pytest.mark.parametrize(
    "source", ["jenis == 'x' && lantai > 8", "lantai > 8 && jenis == 'x'", "lantai != null && lantai > 8"]
)
def test_a_guarded_null_works_in_either_order(source: str) -> None:
    assert value(source, jenis="y", lantai=None) is False


@pytest.mark.parametrize(
    ("source", "values", "says"),
    [
        ("lantai > 8", {"lantai": None}, "lantai != null"),
        ("!baru", {"baru": None}, "baru != null"),
        ("lantai + 1", {"lantai": None}, "lantai != null"),
        ("jumlah == '5'", {"jumlah": 5}, "angka"),
        ("jumlah in [1, 'x']", {"jumlah": "x"}, "angka"),
        ("a == b", {"a": "1", "b": 1}, "teks"),
        ("baru == 'ya'", {"baru": True}, "ya/tidak"),
        ("lahir_on == '2026-01-31'", {"lahir_on": date(2026, 1, 31)}, "date\\('2026-01-31'\\)"),
        ("mulai_at > date('2026-01-31')", {"mulai_at": datetime(2026, 1, 31, tzinfo=UTC)}, "saat"),
        ("jumlah > 'x'", {"jumlah": 5}, "angka"),
        ("nama * 2", {"nama": "x"}, "berlainan jenis"),
        ("nama && true", {"nama": "x"}, "berlainan jenis"),
        ("a / b", {"a": 1, "b": 0}, "Dibagi nol"),
        ("a / (b - 1) > 3", {"a": 1, "b": 1}, "Dibagi nol"),
        ("1 / 0 > 3", {}, "Dibagi nol"),
        ("a * 1000000000000000", {"a": 1e300}, "bukan angka yang wajar"),
        ("a", {"a": float("nan")}, "bukan angka yang wajar"),
        ("a", {"a": 10**400}, "bukan angka yang wajar"),
        ("b_on - a_on", {"a_on": date(2026, 1, 1), "b_on": date(2026, 1, 2)}, "days_between"),
        ("days_between(a, date('2026-01-01'))", {"a": "x"}, "dua tanggal"),
        ("days_between(a, date('2026-01-01'))", {"a": datetime(2026, 1, 1, tzinfo=UTC)}, "dua tanggal"),
        ("total(petak, 'berat')", {"petak": ROWS}, "Tidak ada kolom “berat”"),
        ("total(petak, 'jenis')", {"petak": ROWS}, "bukan angka"),
        ("total(petak, 'luas')", {"petak": 3}, "baris"),
        ("count(jumlah)", {"jumlah": 3}, "baris atau pilihan"),
        ("min(1, 'x')", {}, "bukan angka"),
        ("max(1, date('2026-01-01'))", {}, "angka dan tanggal"),
        ("a", {"a": object()}, "tidak dapat dipakai"),
        ("a", {"a": datetime(2026, 1, 1)}, "zona waktu"),  # noqa: DTZ001
        ("a", {"a": datetime.min.replace(tzinfo=timezone(timedelta(hours=7)))}, "di luar jangkauan"),
        ("nama == 'x'", {"nama": "\ud800"}, "berlainan jenis|tidak dapat"),
    ],
)
def test_a_slip_of_the_author_is_a_fault_that_says_what_mends_it(
    source: str, values: dict[str, Any], says: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ExpressionFault, match=says) as fault:
        value(source, **values)
    assert fault.value.en and fault.value.en != fault.value.id
    assert capfd.readouterr() == ("", "")


def test_a_division_may_be_guarded() -> None:
    assert value("n != 0 && a / n > 3", n=0, a=1) is False
    assert value("n != 0 ? a / n : 0", n=0, a=1) == 0.0
    assert value("100 / a / b", a=5, b=2) == 10.0
    assert value("8 / (a / b)", a=4, b=2) == 4.0
    assert value("8 / -a", a=4) == -2.0
    assert value("8 / max(a, 2)", a=4) == 2.0


def test_workdays_need_a_calendar() -> None:
    with pytest.raises(ExpressionFault, match="kalender"):
        Expression.read("workdays_between(date('2026-01-01'), date('2026-01-02'))").evaluate({})


def test_a_moment_at_midnight_is_not_taken_for_a_date() -> None:
    midnight = datetime(2026, 1, 31, tzinfo=UTC)
    assert value("mulai_at", mulai_at=midnight) == midnight
    assert (
        value("mulai_at < selesai_at", mulai_at=midnight, selesai_at=datetime(2026, 1, 31, 1, tzinfo=UTC))
        is True
    )


def test_a_condition_has_to_be_true_or_false() -> None:
    assert Expression.read("baru").holds({"baru": True}) is True
    assert isinstance(Expression.read("baru").holds({}), Unknown)
    for wrong in (None, 1, "ya"):
        with pytest.raises(ExpressionFault, match="benar atau salah"):
            Expression.read("baru").holds({"baru": wrong})


@pytest.mark.parametrize(
    ("source", "amount"),
    [("0.1 * 3", "0.3"), ("1.005 * 1000", "1005"), ("5000 * 3", "15000"), ("7 / 3", "2.33333333333333")],
)
def test_an_amount_comes_back_without_the_dust_of_binary_fractions(source: str, amount: str) -> None:
    assert Expression.read(source).amount({}) == Decimal(amount)


def test_an_amount_has_to_be_a_number() -> None:
    for wrong in (None, True, "5"):
        with pytest.raises(ExpressionFault, match="harus bernilai angka"):
            Expression.read("jumlah").amount({"jumlah": wrong})


def test_an_expression_names_what_it_refers_to_and_nothing_else() -> None:
    read = Expression.read("tempat == 'mandiri.a' && days_between(lahir_on, submitted_on) > batas && !false")
    assert read.names == {"tempat", "lahir_on", "submitted_on", "batas"}


def test_the_same_source_is_the_same_expression() -> None:
    first, second = Expression.read(" a && b "), Expression.read("a && b")
    assert first == second and hash(first) == hash(second) and first is second
    assert copy.deepcopy(first) == first == pickle.loads(pickle.dumps(first))


def test_one_expression_serves_many_threads() -> None:
    read = Expression.read("luas * 2 > total(petak, 'luas')")
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: read.holds({"luas": n, "petak": ROWS}), range(400)))
    assert found == [n * 2 > 6.5 for n in range(400)]


class Rule(BaseModel):
    model_config = ConfigDict(frozen=True)
    when: Expression


def test_a_model_takes_an_expression_from_its_source_and_writes_the_source_back() -> None:
    rule = Rule.model_validate({"when": "tempat == 'faskes'"})
    assert rule.when.names == {"tempat"}
    assert rule.model_dump(mode="json") == {"when": "tempat == 'faskes'"}
    assert Rule.model_json_schema()["properties"]["when"]["type"] == "string"
    for wrong in ("tempat ==", 5, True, None, ["a"]):
        with pytest.raises(ValidationError):
            Rule.model_validate({"when": wrong})
