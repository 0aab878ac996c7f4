"""Writing a definition as TOML: nothing lost, order kept, readable."""

from __future__ import annotations

import tomllib
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kantormaya.language.writing import OF_ENTRIES, write

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
values = st.recursive(
    st.booleans() | st.integers(-(10**12), 10**12) | words | st.floats(allow_nan=False) | st.dates(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)
names = st.sampled_from(["slug", "title", "variants", "promise", "step", "fee", "requirement", "x y"])


@given(st.dictionaries(names, values, max_size=6))
@settings(max_examples=150, deadline=None)
def test_what_is_written_reads_back_the_same(raw: dict[str, Any]) -> None:
    assert tomllib.loads(write(raw)) == raw


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.dictionaries(st.sampled_from("xyz"), words), min_size=1)
)
@settings(max_examples=80, deadline=None)
def test_the_order_of_ids_is_kept_whether_they_fit_on_a_line_or_not(entries: dict[str, Any]) -> None:
    for table in sorted(OF_ENTRIES):
        assert list(tomllib.loads(write({table: entries}))[table]) == list(entries)


def test_short_entries_stand_on_one_line_and_long_ones_below_a_header() -> None:
    long = {"title": "Surat", "help": "k" * 200}
    text = write(
        {"slug": "a", "requirement": {"ktp": {"title": "KTP"}, "kk": {"title": "KK"}, "surat": long}}
    )
    assert text == (
        'slug = "a"\n\n[requirement]\nktp = { title = "KTP" }\nkk  = { title = "KK" }\n\n'
        f'[requirement.surat]\ntitle = "Surat"\nhelp  = "{"k" * 200}"\n'
    )


def test_the_tables_stand_in_the_order_of_the_grammar_and_money_is_grouped() -> None:
    text = write(
        {"fee": {"line": {"a": {"amount": 3_000_000}}, "basis": "Perda 1"}, "promise": {"within": "1 jam"}}
    )
    assert text == (
        '[promise]\nwithin = "1 jam"\n\n[fee]\nbasis = "Perda 1"\n\n[fee.line]\na = { amount = 3_000_000 }\n'
    )


def test_a_comment_stands_above_what_it_speaks_of() -> None:
    raw = {"promise": {"within": "not_stated"}, "step": {"a": {"title": "A"}}}
    text = write(raw, {"": "Dari halaman X", "promise.within": "tidak disebut", "step.a": "siapa?"})
    assert text == (
        '# Dari halaman X\n\n[promise]\n# tidak disebut\nwithin = "not_stated"\n\n'
        '[step]\n# siapa?\na = { title = "A" }\n'
    )
