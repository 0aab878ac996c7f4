"""What can be begun from an issued paper: its renewal, a second place, its revocation; prefilled from the case it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils import timezone

from kantormaya.audit.recording import record
from kantormaya.audit.time import now
from kantormaya.cases.models import Case, Draft, Pii
from kantormaya.casework import applying
from kantormaya.casework.holders import PAPER
from kantormaya.casework.identity import SEPARATE, is_apart
from kantormaya.casework.standing import Standing, standing
from kantormaya.catalogue.calendars import current_calendar
from kantormaya.catalogue.models import Revision
from kantormaya.catalogue.publishing import current, definition_of
from kantormaya.clock import reckon_anchored
from kantormaya.engine.events import APPLICANT
from kantormaya.engine.storing import unpack
from kantormaya.language.answers import read
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import About, evaluate, wanted
from kantormaya.language.forms import written
from kantormaya.language.texts import Text
from kantormaya.language.working import Product
from kantormaya.people.scopes import scope_case, scope_system, scoped
from kantormaya.permits.checking import standing as standing_of
from kantormaya.permits.models import ISSUED, Paper


@dataclass(frozen=True)
class Way:
    """One thing to begin from a paper: the kind of application, and the requirement that the paper stands for.

    `goes_on`: the same thing continues or ends, so the old answers come along. `opens_on`: not before that day.
    """

    variant: str | None
    title: Text
    requirement: str
    goes_on: bool
    opens_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether its day has come."""
        return self.opens_on is None or self.opens_on <= timezone.localdate(now())


@dataclass(frozen=True)
class Old:
    """An issued paper with the case it came from, and the standard in force now."""

    paper: Paper
    now: Standing
    revision: Revision
    identity: Mapping[str, Any]

    @property
    def definition(self) -> Definition:
        """What is published now."""
        return definition_of(self.revision)


def old(paper_id: int) -> Old | None:
    """The paper, whoever looks: the caller has made sure that it is the holder's. None where nothing can follow it."""
    with scoped(scope_system("what can be begun from an issued paper")):
        paper = Paper.objects.filter(pk=paper_id, state__in=ISSUED).first()
        if paper is None:
            return None
        case = Case.objects.select_related("revision", "agency").get(pk=paper.case_id)
        pii = Pii.objects.filter(case=case).first()
        revision = current(case.service_slug)
        if revision is None or definition_of(revision).audience != "public":
            return None
        return Old(paper, standing(case), revision, unpack(pii.data) if pii else {})


def ways(of: Old) -> list[Way]:
    """Everything the standard in force offers to the holder of this paper, in its own order."""
    made = of.definition.product.get(of.paper.product)
    if made is None or not made.replaces or made.title.id != of.paper.title_id:
        return []
    return list(_ways(of, made, standing_of(of.paper)))


def _ways(of: Old, made: Product, stands: str) -> Iterator[Way]:
    definition = of.definition
    titles: list[tuple[str | None, Text]] = [*definition.variants.items()] or [(None, definition.title)]
    follow = {name for one in definition.product.values() for name in (one.replaces, one.revokes) if name}
    for variant, title in titles:
        about = replace(of.now.state.about, variant=variant, channel="online")
        values = evaluate(definition, about, of.now.state.answers)
        for name, item in definition.requirement.items():
            asks = item.kind == "permit" and item.service == definition.slug and wanted(item, values) is True
            if asks and (stands == "valid" or (stands == "expired" and not item.must_be_valid)):
                opens_on = _opens_on(of.paper, made) if name == made.replaces else None
                yield Way(variant, title, name, name in follow, opens_on)


def _opens_on(paper: Paper, made: Product) -> date | None:
    """From when a renewal is taken, where the standard says how long before the end."""
    if made.renew is None or paper.valid_until is None:
        return None
    calendar = current_calendar()
    before = replace(made.renew, side="sebelum", anchor="valid_until")
    return calendar.local_date(reckon_anchored(before, paper.valid_until, calendar))


def begin_from(
    of: Old, way: Way, *, language: str, identity: Mapping[str, Any] | None = None, beside: Mapping[str, Any] | None = None
) -> Draft:  # fmt: skip
    """A draft with the paper as its requirement and what is known filled in; nothing is handed in yet.

    Without `identity` everything of the old case comes along: the person gave code and PIN. With it only what stands
    on a paper anyway: no phone, no address, no answer that is kept apart.
    """
    about = replace(of.now.state.about, variant=way.variant, channel="online", by_proxy=False)
    draft = applying.begin(of.revision, about, language=language)
    answers = dict(_carried(of, about, is_known=identity is None)) if way.goes_on else {}
    known = {k: v for k, v in of.identity.items() if k != "answers" and not k.startswith("proxy_")}
    with scoped(scope_case(draft.token)):
        given = {way.requirement: (f"{PAPER}{of.paper.pk}",), **(beside or {})}
        draft = applying.fill(
            draft, answers=answers, given=given, identity=known if identity is None else identity
        )
        record(
            "paper.followed",
            actor=APPLICANT,
            case_id=of.paper.case_id,
            number=of.paper.number,
            way=way.requirement,
        )
    return draft


def _carried(of: Old, about: About, *, is_known: bool) -> Iterator[tuple[str, Any]]:
    """The old answers that the standard in force still asks for and would still take."""
    apart, before = of.identity.get("answers", {}), of.now.definition
    today = timezone.localdate(now())
    values = evaluate(of.definition, about, {**of.now.state.answers, **apart}, submitted_on=today)
    for name, field in of.definition.questions.items():
        value = of.now.state.answers.get(name)
        value = apart.get(name) if value == SEPARATE else value
        hidden = field.private or is_apart(of.definition, name) or is_apart(before, name)
        if value is None or values.get(name) is None or (hidden and not is_known):
            continue
        was = before.questions.get(name)
        if was is None or was.type != field.type:
            continue
        if not isinstance(read(field, written(field, value), values=values, today=today), Text):
            yield name, value
