"""The guide of a service as HTML: paragraphs, lists, headings, bold and emphasis; anything else stays the words it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

ENGLISH = re.compile(r"^## In English\s*$", re.MULTILINE)
HEADING = re.compile(r"#{1,6}\s+(.*)|\*\*([^*]+)\*\*")
ITEM = re.compile(r"(?:[-*]|(\d{1,3})[.)])\s+(.*)")
BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
EMPHASIS = re.compile(r"\*(?=\S)([^*]+?)(?<=\S)\*")


def guide_in(text: str, language: str) -> SafeString:
    """The guide in one language; a guide that has no English part is shown as it is. Its title is left out."""
    parts = ENGLISH.split(text, maxsplit=1)
    chosen = parts[-1] if language == "en" else parts[0]
    return prose(re.sub(r"\A\s*#\s+.*\n?", "", chosen))


def prose(text: str) -> SafeString:
    """The text as HTML, everything in it escaped first."""
    return mark_safe("\n".join(_blocks(text)))  # noqa: S308  every word passes through _inline


def _blocks(text: str) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", text.strip()):
        for kind, lines in _runs(block):
            if kind == "heading":
                yield f"<h3>{_inline(lines[0])}</h3>"
            elif kind in ("ul", "ol"):
                yield f"<{kind}>{''.join(f'<li>{_inline(line)}</li>' for line in lines)}</{kind}>"
            else:
                yield f"<p>{_inline(' '.join(lines))}</p>"


def _runs(block: str) -> Iterator[tuple[str, list[str]]]:
    """Lines of one kind that follow each other; a line that goes on an item belongs to it."""
    kind, held = "", list[str]()
    for line in filter(None, map(str.strip, block.splitlines())):
        heading, item = HEADING.fullmatch(line), ITEM.fullmatch(line)
        if item is None and heading is None and kind in ("ul", "ol"):
            held[-1] += f" {line}"
            continue
        here = "heading" if heading else ("ol" if item[1] else "ul") if item else "p"
        words = (heading[1] or heading[2]) if heading else item[2] if item else line
        if here != kind or here == "heading":
            if held:
                yield kind, held
            kind, held = here, []
        held.append(words)
    if held:
        yield kind, held


def _inline(words: str) -> str:
    return EMPHASIS.sub(r"<em>\1</em>", BOLD.sub(r"<strong>\1</strong>", str(escape(words))))
