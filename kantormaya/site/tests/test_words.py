"""Words in templates: both languages or nothing, values escaped, numbers and time as people say them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.template import Context, Engine, TemplateSyntaxError

from kantormaya.audit.time import simulated
from kantormaya.language.texts import Text
from kantormaya.people.readers import read_in

ENGINE = Engine(builtins=["kantormaya.site.words"])
WEDNESDAY = datetime(2026, 9, 2, 3, 0, tzinfo=UTC)  # Rabu 10.00 WIB


def shown(template: str, language: str = "id", **values: Any) -> str:
    with read_in(language):
        return ENGINE.from_string(template).render(Context(values))


@pytest.fixture(autouse=True)
def on_a_wednesday() -> Iterator[None]:
    with simulated(WEDNESDAY):
        yield


def test_a_sentence_is_said_in_the_language_of_the_page() -> None:
    template = '{% say "Halo {nama}" "Hello {nama}" nama=x %}'
    assert shown(template, x="Sekayu") == "Halo Sekayu"
    assert shown(template, "en", x="Sekayu") == "Hello Sekayu"


def test_a_sentence_can_be_kept_in_a_variable() -> None:
    assert shown('{% say "ya" "yes" as word %}[{{ word }}]', "en") == "[yes]"


def test_a_value_is_escaped_and_a_text_is_said_in_its_language() -> None:
    assert shown('{% say "a {x}" "b {x}" x=x %}', x="<b>") == "a &lt;b&gt;"
    assert shown('{% say "a {x}" "b {x}" x=x %}', "en", x=Text("satu", "one")) == "b one"


@pytest.mark.parametrize(
    "tag",
    [
        '{% say "hanya Indonesia" %}',
        '{% say "Halo" "" %}',
        '{% say "Halo {nama}" "Hello" nama=x %}',
        '{% say "Halo {nama}" "Hello {name}" nama=x %}',
        '{% say "Halo {nama}" "Hello {nama}" %}',
        '{% say "Halo" "Hello" nama=x %}',
        '{% say "Halo {}" "Hello {}" %}',
        '{% say "Halo {nama:>9}" "Hello {nama:>9}" nama=x %}',
        '{% say "Halo {nama.asli}" "Hello {nama.asli}" nama=x %}',
        '{% say "Halo {nama" "Hello {nama" nama=x %}',
        '{% say teks "Hello" %}',
        '{% say "Halo" "Hello" lain %}',
    ],
)
def test_a_missing_language_or_an_unequal_placeholder_fails_when_compiled(tag: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        ENGINE.from_string(tag)


@pytest.mark.parametrize(
    ("template", "value", "indonesian", "english"),
    [
        ("{{ x|said }}", Text("satu", "one"), "satu", "one"),
        ("{{ x|said }}", Text("satu"), "satu", "satu"),
        ("{{ x|said }}", None, "", ""),
        ("{{ x|said }}", "<i>", "&lt;i&gt;", "&lt;i&gt;"),
        ("{{ x|num }}", 1284, "1.284", "1,284"),
        ("{{ x|num }}", 94.2, "94,2", "94.2"),
        ("{{ x|num }}", 3.0, "3", "3"),
        ("{{ x|num:1 }}", 3, "3,0", "3.0"),
        ("{{ x|num }}", None, "", ""),
        ("{{ x|num }}", 0, "0", "0"),
        ("{{ x|rupiah }}", 50000, "Rp\N{NO-BREAK SPACE}50.000", "Rp\N{NO-BREAK SPACE}50,000"),
        ("{{ x|rupiah }}", -642500, "−Rp\N{NO-BREAK SPACE}642.500", "−Rp\N{NO-BREAK SPACE}642,500"),
        ("{{ x|tanggal }}", date(2026, 9, 2), "Rabu 2 September 2026", "Wednesday 2 September 2026"),
        (
            "{{ x|tanggal }}",
            datetime(2026, 9, 1, 18, tzinfo=UTC),
            "Rabu 2 September 2026",
            "Wednesday 2 September 2026",
        ),
        (
            "{{ x|pukul }}",
            datetime(2026, 9, 2, 9, tzinfo=UTC),
            "Rabu 2 September 2026 pukul 16.00 WIB",
            "Wednesday 2 September 2026 at 16:00 WIB",
        ),
    ],
)
def test_numbers_and_dates_are_written_as_either_language_writes_them(
    template: str, value: Any, indonesian: str, english: str
) -> None:
    assert shown(template, x=value) == indonesian
    assert shown(template, "en", x=value) == english


@pytest.mark.parametrize(
    ("at", "indonesian", "english"),
    [
        (datetime(2026, 9, 2, 9, tzinfo=UTC), "hari ini 16.00", "today 16:00"),
        (datetime(2026, 9, 1, 12, 4, tzinfo=UTC), "kemarin 19.04", "yesterday 19:04"),
        (datetime(2026, 9, 3, 9, tzinfo=UTC), "besok 16.00", "tomorrow 16:00"),
        (datetime(2026, 9, 4, 9, tzinfo=UTC), "2 hari lagi", "in 2 days"),
        (datetime(2026, 8, 31, 2, 12, tzinfo=UTC), "Senin 09.12", "Monday 09:12"),
        (datetime(2026, 8, 24, 2, tzinfo=UTC), "24 Agustus", "24 August"),
        (datetime(2025, 8, 24, 2, tzinfo=UTC), "24 Agustus 2025", "24 August 2025"),
        (date(2026, 9, 2), "hari ini", "today"),
        (date(2026, 8, 31), "Senin", "Monday"),
    ],
)
def test_a_moment_is_said_as_people_say_it(at: date, indonesian: str, english: str) -> None:
    assert f">{indonesian}</time>" in shown("{{ x|saat }}", x=at)
    assert f">{english}</time>" in shown("{{ x|saat }}", "en", x=at)


def test_the_exact_moment_is_one_step_away() -> None:
    html = shown("{{ x|saat }}", x=datetime(2026, 9, 2, 9, tzinfo=UTC))
    assert 'datetime="2026-09-02T16:00+07:00"' in html
    assert 'title="Rabu 2 September 2026 pukul 16.00 WIB"' in html


@pytest.mark.parametrize(
    ("due", "word", "kind"),
    [
        (datetime(2026, 9, 1, 9, tzinfo=UTC), "lewat 1 hari", "state late"),
        (datetime(2026, 9, 2, 2, tzinfo=UTC), "lewat sejak 09.00", "state late"),
        (datetime(2026, 9, 2, 9, tzinfo=UTC), "hari ini 16.00", "state due"),
        (datetime(2026, 9, 3, 9, tzinfo=UTC), "besok 16.00", "state"),
        (datetime(2026, 9, 4, 9, tzinfo=UTC), "2 hari lagi", "state"),
        (datetime(2026, 12, 24, 9, tzinfo=UTC), "24 Desember", "state"),
    ],
)
def test_a_due_moment_is_a_word_and_a_state(due: datetime, word: str, kind: str) -> None:
    html = shown("{{ x|batas }}", x=due)
    assert f'<span class="{kind}">' in html
    assert f">{word}</time>" in html


def test_where_nothing_is_due_nothing_is_said() -> None:
    assert shown("{{ x|batas }}{{ x|saat }}{{ x|tanggal }}{{ x|pukul }}", x=None) == ""
