"""A paper that may stand in for another: one requirement with alternatives instead of two."""

from __future__ import annotations

import re

from kantormaya.language.importing.conditions import in_words
from kantormaya.language.importing.draft import Draft
from kantormaya.language.importing.ids import SMALL_WORDS, short_id, words

IN_CONDITION = re.compile(r"^pengganti (?P<what>.+?) bila (?P<when>.+)$", re.I)
IN_TITLE = re.compile(r"\(pengganti (?P<what>[^)]+)\)", re.I)


def stand_in(draft: Draft, title: str, condition: str) -> bool:
    """Whether the item was a substitute, and now stands beside the paper it replaces."""
    told = IN_CONDITION.search(condition) or IN_TITLE.search(title)
    replaced = _named(draft, told["what"]) if told else None
    if told is None or replaced is None:
        return False
    first = draft.requirements[replaced]
    when = in_words(draft, told.groupdict().get("when") or condition) | {"says": condition}
    members = {replaced: dict(first)}
    members[short_id(title, members)] = {"title": title, **when}
    draft.requirements[replaced] = {"title": first["title"], "one_of": members}
    return True


def _named(draft: Draft, what: str) -> str | None:
    said = set(words(what)) - SMALL_WORDS
    for name, requirement in draft.requirements.items():
        own = set(words(str(requirement["title"]))) - SMALL_WORDS
        if said and said <= own and "one_of" not in requirement:
            return name
    return None
