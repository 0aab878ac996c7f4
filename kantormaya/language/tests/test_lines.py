"""Line numbers of keys, for messages."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kantormaya.language.lines import key_lines

TEXT = '''slug = "a"
# a comment [promise]
title = { id = "Satu", en = "One" }
[promise]
within = [
  { when = "a", is = "1 hari kerja" },  # a remark, with ] in it
  { when = "b # not a remark", is = "2 hari kerja" },
]
says = """
[not.a.header]
"""
[step.periksa]
title = "Periksa"
move.tolak = { to = "ditolak" }
[step]
"kutip" = { title = "x" }
[[do]]
by = "a"
[[do]]
by = "b"
'''


def test_every_way_of_writing_a_key_is_found_on_its_line() -> None:
    lines = key_lines(TEXT)
    assert lines["slug",] == 1
    assert lines["title", "en"] == 3
    assert lines["promise",] == 4
    assert lines["promise", "within", "1", "when"] == 7
    assert lines["promise", "says"] == 9
    assert lines["step", "periksa"] == 12
    assert lines["step", "periksa", "move", "tolak", "to"] == 14
    assert lines["step",] == 15
    assert lines["step", "kutip", "title"] == 16
    assert (lines["do", "0", "by"], lines["do", "1", "by"]) == (18, 20)
    assert ("not", "a", "header") not in lines


def test_a_broken_line_does_not_hide_the_lines_below_it() -> None:
    assert key_lines('a = = "\nb = {x = \nc = [1, 2\n\n[d]\ne = 1\n')["b",] == 2
    assert key_lines("a = ?\n]]\n= 5\n[d]\ne = 1\n")["d", "e"] == 5


@given(st.text(max_size=300) | st.text("abc[]{}=,.\"'\n #", max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_at_all_can_be_scanned(text: str) -> None:
    assert all(1 <= line <= text.count("\n") + 1 for line in key_lines(text).values())


def test_a_nesting_bomb_ends_soon() -> None:
    key_lines("a = " + "[" * 100_000)
    key_lines("a = " + "{a=" * 30_000)
    key_lines("a." * 50_000 + "b = 1")
    key_lines('"""' * 10_001)
