"""The definition while it is being written, with everything that stays open beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kantormaya.language.importing.ids import short_id
from kantormaya.language.importing.records import Record
from kantormaya.language.texts import Text

Table = dict[str, Any]


@dataclass
class Draft:
    """One record on its way to a definition; the parts are filled one after another, then `raw()` puts them together."""

    record: Record
    head: Table = field(default_factory=dict)
    variants: Table = field(default_factory=dict)
    standard: Table = field(default_factory=dict)
    promise: Table = field(default_factory=dict)
    applicant: Table = field(default_factory=dict)
    fields: Table = field(default_factory=dict)
    terms: Table = field(default_factory=dict)
    requirements: Table = field(default_factory=dict)
    fee: Table = field(default_factory=dict)
    steps: Table = field(default_factory=dict)
    tasks: Table = field(default_factory=dict)
    outcomes: Table = field(default_factory=dict)
    products: Table = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    as_published: list[Any] = field(default_factory=list)
    questions: list[Text] = field(default_factory=list)
    doubts: list[Text] = field(default_factory=list)
    readings: dict[str, str] = field(default_factory=dict)
    axes: dict[str, str] = field(default_factory=dict)
    accepting: str = ""
    signing: str = ""
    paying: str = ""
    afterwards: list[tuple[str, str]] = field(default_factory=list)

    def name(self, text: str, also: str = "") -> str:
        """A new name for expressions: fields, terms and tasks share one list."""
        return short_id(text, {*self.fields, *self.terms, *self.tasks}, also=also)

    def keep(self, text: Any) -> None:
        """Says on the page what has no better place in the grammar."""
        self.as_published.append(text)

    def ask(self, question: Text, where: str = "") -> None:
        """A question to the agency: in the guide, and as a comment where the answer will be written."""
        if question not in self.questions:
            self.questions.append(question)
        if where:
            said = self.comments.get(where, "")
            self.comments[where] = f"{said}\n{question.id}" if said else question.id

    def doubt(self, text: Text) -> None:
        """A contradiction, of the page or with itself."""
        if text not in self.doubts:
            self.doubts.append(text)

    def has(self, *features: str) -> bool:
        """Whether the record carries one of the labels."""
        return any(feature in (self.record.features or []) for feature in features)

    def raw(self) -> Table:
        """The definition as data, empty tables left out."""
        tables = {
            **self.head,
            "variants": self.variants,
            "promise": self.promise,
            "party": {"applicant": self.applicant},
            "term": self.terms,
            "field": self.fields,
            "requirement": self.requirements,
            "fee": self.fee,
            "step": self.steps,
            "task": self.tasks,
            "outcome": self.outcomes,
            "product": self.products,
            "standard": {**self.standard, "as_published": self.as_published},
        }
        return {name: table for name, table in tables.items() if table}


def both(id: str, en: str) -> Table:
    """Words of our own (the page's own words are Indonesian only)."""
    return {"id": id, "en": en}


def sentence(text: str) -> str:
    """With a capital first letter, as a label stands in a form."""
    return text[:1].upper() + text[1:]
