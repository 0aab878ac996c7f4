"""Find a service by the words people use: stems by PostgreSQL's Indonesian dictionary, slips forgiven by likeness.

A few hundred services fit into a process. They are read again as soon as a revision is published or a service withdrawn:
a small query twice a second asks for that, so no page shows a standard that has not been in force for a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from math import log

from django.db import connection
from django.db.models import Count, Max

from kantormaya.catalogue.fresh import fresh
from kantormaya.catalogue.models import Revision, Service
from kantormaya.catalogue.publishing import definition_of
from kantormaya.language.asking import Requirement
from kantormaya.language.definition import Definition
from kantormaya.language.texts import Text
from kantormaya.people.models import Agency

WORD = re.compile(r"[^\W\d_]{2,40}|\d{2,10}")
MOST_WORDS = 12
ALIKE = 0.7
"""From here on two words count as one with a slip: reklam, reklema → reklame; apotik → apotek."""
SHARE_OF_BEST = 0.35
NAME, PURPOSE, REST = 8, 3, 1
"""What a word weighs where it stands."""
Stamp = tuple[int | None, int, object]


@dataclass(frozen=True, eq=False)
class Offer:
    """A service in force, with its definition and the weight of every stem that leads to it."""

    revision: Revision
    definition: Definition
    agency: Agency
    weights: Mapping[str, int]

    @property
    def slug(self) -> str:
        """The name of the service in addresses."""
        return self.definition.slug


@dataclass(frozen=True)
class Catalogue:
    """All that is offered now; `stems` has every word its texts use, `names` those a slip is compared with."""

    offers: tuple[Offer, ...]
    stems: Mapping[str, frozenset[str]]
    names: tuple[str, ...]
    agencies: Mapping[str, Agency]

    def offer(self, slug: str) -> Offer | None:
        """The service of that name, if it is offered."""
        return next((offer for offer in self.offers if offer.slug == slug), None)


@dataclass(frozen=True)
class Found:
    """What a search gave, best first; `read_as` says how slips were read, where there were any."""

    offers: tuple[Offer, ...]
    read_as: str | None = None


def catalogue() -> Catalogue:
    """Every public service in force, in the order of their titles."""
    return _read(_stamp())


@fresh
def _stamp() -> Stamp:
    newest = Revision.objects.aggregate(newest=Max("id"))["newest"]
    gone = Service.objects.aggregate(n=Count("withdrawn_at"), last=Max("withdrawn_at"))
    return newest, gone["n"], gone["last"]


def find(typed: str, among: Catalogue) -> Found:
    """The services that fit the words, best first; a rare word counts more than one that stands everywhere."""
    words = list(dict.fromkeys(_words(typed)))[:MOST_WORDS]
    foreign = _stem([word for word in words if word not in among.stems])
    known = set().union(*(offer.weights for offer in among.offers)) if among.offers else set()
    read, stems = [], set[str]()
    for word in words:
        found = among.stems.get(word) or foreign.get(word, frozenset())
        if not found & known and (alike := _alike(word, among)):
            word, found = alike, among.stems[alike]
        read.append(word)
        stems |= found
    scored = {offer: _score(offer, stems & known, among) for offer in among.offers}
    least = max(scored.values(), default=0.0) * SHARE_OF_BEST
    best = [offer for offer, score in scored.items() if score and score >= least]
    return Found(
        tuple(sorted(best, key=lambda offer: -scored[offer])),
        " ".join(read) if read != words and best else None,
    )


def _score(offer: Offer, stems: Iterable[str], among: Catalogue) -> float:
    return sum(
        offer.weights[stem] * log((len(among.offers) + 1) / _spread(stem, among))
        for stem in stems
        if stem in offer.weights
    )


def _spread(stem: str, among: Catalogue) -> int:
    return sum(stem in offer.weights for offer in among.offers)


def _alike(word: str, among: Catalogue) -> str | None:
    """The word of our own texts that was most likely meant."""
    if len(word) < 4 or word.isdigit():
        return None
    return next(iter(get_close_matches(word, among.names, n=1, cutoff=ALIKE)), None)


@lru_cache(maxsize=2)
def _read(stamp: Stamp) -> Catalogue:
    """Read the catalogue anew; the stamp is what tells one state of it from the next."""
    newest = (
        Revision.objects.filter(service__withdrawn_at=None)
        .select_related("service__agency")
        .order_by("service_id", "-number")
        .distinct("service_id")
    )
    revisions = [r for r in newest if definition_of(r).audience == "public"]
    texts = {r.pk: _weighed(definition_of(r), r.files.get("guide.md", "")) for r in revisions}
    stems = _stem({word for told in texts.values() for words in told.values() for word in words})
    offers = [Offer(r, definition_of(r), r.service.agency, _weights(texts[r.pk], stems)) for r in revisions]
    return Catalogue(
        tuple(sorted(offers, key=lambda offer: offer.definition.title.id.casefold())),
        stems,
        tuple(
            sorted({word for told in texts.values() for word in told[NAME] | told[PURPOSE] if len(word) > 3})
        ),
        {agency.slug: agency for agency in Agency.objects.all()},
    )


def _weighed(definition: Definition, guide: str) -> dict[int, set[str]]:
    """The words of a service by weight: its name above all, then what it is for, then everything else."""
    name: list[Text | str | None] = [
        definition.title,
        *definition.keywords,
        definition.group,
        definition.slug,
    ]
    rest: list[Text | str | None] = [
        *definition.variants.values(),
        *(product.title for product in definition.product.values()),
        *(text for field in definition.questions.values() for text in (field.label, *field.choices.values())),
        *_titles(definition.requirement.values()),
        guide,
    ]
    return {NAME: _all_words(name), PURPOSE: _all_words([definition.summary]), REST: _all_words(rest)}


def _titles(requirements: Iterable[Requirement]) -> list[Text]:
    return [text for one in requirements for text in (one.title, *_titles(one.one_of.values()))]


def _all_words(texts: Iterable[Text | str | None]) -> set[str]:
    said = (f"{text.id} {text.en or ''}" if isinstance(text, Text) else text or "" for text in texts)
    return {word for one in said for word in _words(one)}


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _weights(told: dict[int, set[str]], stems: Mapping[str, frozenset[str]]) -> dict[str, int]:
    weights: dict[str, int] = {}
    for weight, words in told.items():
        for stem in {stem for word in words for stem in stems.get(word, ())}:
            weights[stem] = max(weight, weights.get(stem, 0))
    return weights


def _stem(words: Iterable[str]) -> dict[str, frozenset[str]]:
    """The stems of words, as the dictionary of the database knows them."""
    asked = sorted(words)
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, tsvector_to_array(to_tsvector('indonesian', word)) FROM unnest(%s::text[]) AS word",
            [asked],
        )
        return {word: frozenset(stems) for word, stems in cursor.fetchall()}
