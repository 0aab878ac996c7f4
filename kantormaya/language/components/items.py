"""What a component consists of: items with a condition, remarks and parts, as plain data for any page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kantormaya.language.texts import Text


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a component. `role` and `agency` are slugs where an office acts; `where` is its key path."""

    text: Text
    when: Text | None = None
    notes: tuple[Text, ...] = ()
    parts: tuple[Item, ...] = ()
    role: str | None = None
    agency: str | None = None
    where: str = ""

    def texts(self) -> Iterator[Text]:
        """Every text of the item and its parts."""
        yield self.text
        if self.when is not None:
            yield self.when
        yield from self.notes
        for part in self.parts:
            yield from part.texts()


@dataclass(frozen=True, slots=True)
class Component:
    """One of the 14 components; `published` says whether the regulation asks for it to be shown."""

    number: int
    key: str
    title: Text
    published: bool
    items: tuple[Item, ...]

    def texts(self) -> Iterator[Text]:
        """Every text of the component."""
        for item in self.items:
            yield from item.texts()


def notes(*found: Text | None) -> tuple[Text, ...]:
    """The remarks that are there."""
    return tuple(text for text in found if text is not None)
