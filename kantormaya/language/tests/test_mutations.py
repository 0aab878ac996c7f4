"""Whatever is done to a file, the checker answers with messages: no other exception, and a bounded amount of work."""

from __future__ import annotations

import copy
import random
import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kantormaya.language.checking import check
from kantormaya.language.reading import Source, read
from kantormaya.language.tests.samples import text
from kantormaya.language.trying import MOST, WORK, Tries
from kantormaya.language.writing import write

SOUND = text()
RAW = tomllib.loads(SOUND)
BOMBS = [
    "(" * 90 + "listrik" + ")" * 90,
    "!" * 300 + "listrik",
    " && ".join(["listrik"] * 40),
    "lapak" + " * 1e300" * 30 + " > 1",
    "[1, 2, 3].map(x, x * 2).exists(y, y > 3)",
    "lapak / 0 > 1",
    "'a' + 'b' == \"c\"",
    "listrik ? lapak : tempat",
    "total(lapak, 'x') > 5",
    "days_between(mulai_on, date('9999-12-31')) > 99999999",
    "\x00listrik",
    "lístrik == '🙂'",
]
VALUES: list[Any] = [
    *BOMBS,
    "",
    "x" * 600,
    0,
    -1,
    10**18,
    1e308,
    True,
    [],
    {},
    [[[[]]]],
    {"a": {"b": {"c": 1}}},
    "2 hari",
    "izin",
    "lapak",
]


def answers(source: Source) -> None:
    for message in check(source):
        assert message.line >= 1
        assert message.fault.id and message.fault.en
        assert message.remedy.id and message.remedy.en
        assert message.said("id") and message.said("en")


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_flipped_bytes_give_messages(data: st.DataObject) -> None:
    changed = bytearray(SOUND.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    answers(read(changed.decode("utf-8", "replace")))


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_cut_moved_and_doubled_lines_give_messages(data: st.DataObject) -> None:
    lines = SOUND.splitlines()
    for _ in range(data.draw(st.integers(1, 5))):
        here, there = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        if data.draw(st.booleans()):
            lines.pop(here)
        else:
            lines.insert(there, lines[here])
        lines = lines or [""]
        if len(lines) <= max(here, there):
            break
    answers(read("\n".join(lines)))


def places(value: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    for key, inner in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        found += [(value, key), *places(inner)]
    return found


@given(st.randoms(use_true_random=False))
@settings(max_examples=250, deadline=None)
def test_dropped_keys_and_swapped_values_give_messages(chance: random.Random) -> None:
    raw = copy.deepcopy(RAW)
    for _ in range(chance.randint(1, 4)):
        table, key = chance.choice(places(raw))
        if chance.random() < 0.3:
            del table[key]
        else:
            table[key] = copy.deepcopy(
                chance.choice([*VALUES, table[chance.choice(list(table))] if isinstance(table, dict) else 1])
            )
    answers(read(write(raw)))


@pytest.mark.parametrize("bomb", BOMBS)
def test_an_expression_bomb_gives_messages(bomb: str) -> None:
    raw = copy.deepcopy(RAW)
    raw["requirement"]["jalan"]["when"] = bomb
    raw["step"]["tinjau"]["when"] = bomb
    raw["fee"]["line"]["sampah"]["amount"] = bomb
    raw["term"]["berlistrik"]["is"] = bomb
    answers(read(write(raw)))


def many(kind: str) -> dict[str, Any]:
    """A definition as large as a file may be, with everything hanging on everything."""
    raw = copy.deepcopy(RAW)
    if kind == "choices":
        raw["field"] |= {
            f"p{n}": {"type": "choice", "label": f"P{n}", "choices": dict.fromkeys("abcd", "x")}
            for n in range(12)
        }
        raw["requirement"] |= {
            f"r{n}": {"title": f"R{n}", "when": " && ".join(f"p{(n + k) % 12} == 'a'" for k in range(7))}
            for n in range(100)
        }
    if kind == "terms":
        raw["term"] |= {
            f"t{n}": {"is": f"t{n - 1} && listrik" if n else "listrik", "says": "x"} for n in range(200)
        }
    if kind == "steps":
        for n in range(200):
            moves = {k: {"to": f"s{(n * k_ + 5) % 200}", "rounds": 1} for k, k_ in (("a", 7), ("b", 13))}
            raw["step"][f"s{n}"] = {
                "title": f"S{n}",
                "by": "front_office",
                "within": "1 hari kerja",
                "then": f"s{(n + 1) % 200}",
                "move": moves,
            }
        raw["step"]["periksa"]["then"] = "s0"
    if kind == "dates":
        raw["field"] |= {f"d{n}": {"type": "date", "label": f"D{n}"} for n in range(4)}
        when = "workdays_between(d0, d1) > 60 && months_between(d1, d2) > 7 && years_between(d0, d3) >= 3"
        raw["requirement"] |= {f"r{n}": {"title": f"R{n}", "when": when, "says": "x"} for n in range(50)}
    return raw


@pytest.mark.parametrize("kind", ["choices", "terms", "steps", "dates"])
def test_the_work_on_the_largest_file_is_bounded(kind: str) -> None:
    source = read(write(many(kind)))
    answers(source)
    assert source.definition is not None
    tries = Tries(source.definition)
    done = 0
    try:
        for expression in (one.when for one in source.definition.requirement.values() if one.when):
            for _ in tries.of([expression]):
                done += 1
    except Exception as error:
        assert type(error).__name__ == "TooMany"
    assert done <= min(MOST * 100, WORK)
