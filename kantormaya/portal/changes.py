"""What changed between two revisions, in the words of the published standard, component by component."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from kantormaya.language.components.items import Item
from kantormaya.language.definition import Definition
from kantormaya.language.standard import components
from kantormaya.language.texts import Text

Line = tuple[str, str]


def changes(old: Definition, new: Definition) -> list[dict[str, Any]]:
    """As parts/changes.html reads them; empty where no word of the standard changed."""
    found = [
        {"what": after.title, **change}
        for before, after in zip(components(old), components(new), strict=True)
        for change in _between(_lines(before.items), _lines(after.items))
    ]
    named = [(Text("Nama layanan", "Name of the service"), old.title, new.title)]
    named.append((Text("Untuk apa", "What it is for"), old.summary or Text("–"), new.summary or Text("–")))
    heads = [{"what": what, "before": was, "after": is_} for what, was, is_ in named if was != is_]
    return [*heads, *found]


def _between(before: list[Line], after: list[Line]) -> Iterator[dict[str, Any]]:
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield {"before": _said(before[a:b]), "after": _said(after[c:d])}


def _said(lines: list[Line]) -> Text | None:
    return Text("\n".join(line[0] for line in lines), "\n".join(line[1] for line in lines)) if lines else None


def _lines(items: tuple[Item, ...]) -> list[Line]:
    """One line an item, its condition and remarks behind it, its parts below it."""
    lines = []
    for item in items:
        texts = [item.text, *([item.when] if item.when else []), *item.notes]
        lines.append((" · ".join(t.id for t in texts), " · ".join(t.said("en") for t in texts)))
        lines += _lines(item.parts)
    return lines
