"""What a case that ended without a paper came to: the facts that its result carries, read by both sides alike."""

from __future__ import annotations

from typing import Any

from kantormaya.casework.standing import Standing
from kantormaya.language.forms import in_words


def records(now_: Standing) -> list[dict[str, Any]]:
    """The results that are no paper (the record of a consultation), each with what it says."""
    definition, state = now_.definition, now_.state
    if state.ended_at is None:
        return []
    made = [definition.product[name] for name in definition.ends[state.at].products]
    found = [
        {
            "title": product.title,
            "facts": [
                {"label": definition.field[n].label, "value": said}
                for n in product.carries
                if (said := in_words(definition.field[n], state.facts.get(n))) is not None
            ],
        }
        for product in made
        if product.kind == "act"
    ]
    return [one for one in found if one["facts"]]
