"""The look holds: contrast, weight, vendored files, and no page that names a class nobody drew."""

from __future__ import annotations

import gzip
import hashlib
import re
from itertools import product
from pathlib import Path

import pytest
from django.template import engines
from django.test import Client

SITE = Path(__file__).parent.parent
STATIC = SITE / "static"
TEMPLATES = [*SITE.parent.rglob("templates/**/*.html")]
STYLES = ["tokens.css", "vendor/bootstrap.layered.css", "kantor.css", "forms.css", "desk.css"]
TOKENS = dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]{6})", (STATIC / "tokens.css").read_text("utf-8")))

WORDS_ON = [  # ink, the grounds it stands on
    ("--ink", ["--paper", "--sheet", "--river-wash", "--gold-wash", "--leaf-wash", "--clay-wash"]),
    ("--ink-soft", ["--paper", "--sheet", "--river-wash", "--gold-wash"]),
    ("--river", ["--paper", "--sheet", "--river-wash", "--gold-wash"]),
    ("--river-deep", ["--paper", "--sheet", "--river-wash"]),
    ("--gold-ink", ["--gold-wash", "--sheet", "--paper"]),
    ("--leaf-ink", ["--leaf-wash", "--sheet"]),
    ("--clay", ["--paper", "--sheet", "--clay-wash"]),
    ("--clay-ink", ["--clay-wash", "--sheet"]),
    ("--on-river", ["--river", "--river-deep", "--leaf", "--clay", "--ink-soft"]),
    ("--on-river-soft", ["--river-deep"]),
]
SHAPES_ON = [  # borders, outlines and shapes that must be seen
    ("--edge", ["--paper", "--sheet"]),
    ("--gold", ["--paper", "--sheet", "--gold-wash"]),
    ("--gold-bright", ["--river-deep"]),
    ("--clay", ["--paper", "--sheet"]),
]


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, as WCAG 2.2 defines it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(TOKENS[one]), luminance(TOKENS[other])), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def pairs(table: list[tuple[str, list[str]]]) -> list[tuple[str, str]]:
    return [pair for ink, grounds in table for pair in product([ink], grounds)]


@pytest.mark.parametrize(("ink", "ground"), pairs(WORDS_ON))
def test_words_stand_out_from_their_ground(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize(("shape", "ground"), pairs(SHAPES_ON))
def test_borders_and_outlines_can_be_seen(shape: str, ground: str) -> None:
    assert contrast(shape, ground) >= 3


def test_every_vendored_file_is_the_one_written_down() -> None:
    lines = (STATIC / "vendor" / "VENDORED.md").read_text("utf-8").splitlines()
    rows = [re.findall(r"`([^`]+)`", line) for line in lines if line.startswith("| `")]
    assert len(rows) == 4
    for path, licence, checksum in rows:
        file = SITE.parent.parent / path
        assert hashlib.sha256(file.read_bytes()).hexdigest() == checksum, path
        assert file.with_name(licence).stat().st_size > 400


def test_a_citizens_first_page_weighs_under_sixty_kilobytes() -> None:
    citizens = [
        "tokens.css",
        "vendor/bootstrap.layered.css",
        "kantor.css",
        "forms.css",
        "mark.svg",
        "songket.svg",
    ]
    packed = sum(len(gzip.compress((STATIC / name).read_bytes())) for name in citizens)
    assert packed + (STATIC / "vendor" / "plus-jakarta-sans.woff2").stat().st_size < 60_000


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_template_compiles_and_says_both_languages(template: Path) -> None:
    engines["django"].engine.from_string(template.read_text("utf-8"))


def test_no_template_names_a_class_that_nobody_drew() -> None:
    drawn = set()
    for style in STYLES:
        drawn |= set(re.findall(r"\.(-?[a-zA-Z_][\w-]*)", (STATIC / style).read_text("utf-8")))
    unknown = {}
    for template in TEMPLATES:
        text = re.sub(
            r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", template.read_text("utf-8"), flags=re.DOTALL
        )
        for value in re.findall(r'\bclass="([^"]*)"', re.sub(r"{[%{].*?[%}]}", " ", text)):
            for name in set(value.split()) - drawn:
                unknown.setdefault(template.name, set()).add(name)
    assert unknown == {}


def test_no_page_carries_a_style_or_script_of_its_own() -> None:
    """The content policy would refuse it silently."""
    for template in TEMPLATES:
        text = template.read_text("utf-8")
        assert not re.search(r'\sstyle="|<style|\son[a-z]+="|<script(?![^>]*\ssrc=)', text), template.name


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("address", ["/gaya/", "/gaya/meja/"])
def test_every_part_can_be_seen_in_both_languages(client: Client, address: str, language: str) -> None:
    answer = client.get(address, {"bahasa": language})
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text


def test_every_part_is_shown_on_the_page_of_the_look() -> None:
    shown = (SITE / "templates" / "gaya.html").read_text("utf-8") + (
        SITE / "templates" / "gaya_desk.html"
    ).read_text("utf-8")
    frames = {"contoh", "brand", "main_nav", "language", "footer", "keys", "htmx"}
    parts = {part.stem for part in (SITE / "templates" / "parts").glob("*.html")}
    inside = {part for part in parts if part.startswith("field_")}
    assert {part for part in parts - frames - inside if f"parts/{part}.html" not in shown} == set()
