"""What changed between two revisions of a standard, in the words its page uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from kantormaya.language.components.items import Item
from kantormaya.language.definition import Definition
from kantormaya.language.standard import components
from kantormaya.language.texts import Text


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the standard that came, went or reads differently; `component` is the title it stands under."""

    where: str
    kind: Literal["added", "removed", "changed"]
    before: Text | None
    after: Text | None
    component: Text | None = None


def compare(old: Definition, new: Definition) -> list[Change]:
    """The differences a citizen would see, in the order of the new page, what is gone last."""
    before, after = _lines(old), _lines(new)
    changes = []
    for where, (component, words) in after.items():
        if where not in before:
            changes.append(Change(where, "added", None, words, component))
        elif before[where][1] != words:
            changes.append(Change(where, "changed", before[where][1], words, component))
    gone = (where for where in before if where not in after)
    changes += [Change(where, "removed", before[where][1], None, before[where][0]) for where in gone]
    return changes


Lines = dict[str, tuple[Text | None, Text]]


def _lines(definition: Definition) -> Lines:
    found: Lines = {"title": (None, definition.title)}
    for component in components(definition):
        for where, words in _flat(component.items, component.key):
            key = where
            while key in found:
                key += "'"
            found[key] = (component.title, words)
    return found


def _flat(items: Iterable[Item], parent: str) -> Iterator[tuple[str, Text]]:
    """Each item under its key path; one that has none (a cell of a tariff, a choice) under its own words."""
    for item in items:
        where = f"{parent}: {item.text.id}" if not item.where or item.where == parent else item.where
        yield where, _words(item)
        yield from _flat(item.parts, item.where or where)


def _words(item: Item) -> Text:
    parts = [item.text, *([item.when] if item.when else []), *item.notes]
    return Text(*(" · ".join(part.said(language) for part in parts) for language in ("id", "en")))
