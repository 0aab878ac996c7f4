"""A case opened on the desk: everything its one screen shows, read in few statements; or taken in hand for an act."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import F, QuerySet
from django.utils.timezone import localdate

from kantormaya.audit.gathering import gathered
from kantormaya.audit.time import now as instant
from kantormaya.cases.models import Case, Elsewhere, Party, Pii
from kantormaya.cases.past import NEWEST, Past, events_before
from kantormaya.casework.assigning import seats_of
from kantormaya.casework.deciding import choices
from kantormaya.casework.elsewhere import numbers_of
from kantormaya.casework.holders import PAPER
from kantormaya.casework.standing import Standing, standing
from kantormaya.casework.taking import InHand, take_one
from kantormaya.catalogue.agencies import all_agencies
from kantormaya.documents.models import Upload
from kantormaya.engine.choices import Choice
from kantormaya.engine.state import Held
from kantormaya.engine.storing import unpack
from kantormaya.language.asking import Requirement
from kantormaya.language.plain import whole
from kantormaya.language.texts import Text
from kantormaya.messages.conversing import conversation
from kantormaya.messages.models import Line
from kantormaya.payments.models import Bill
from kantormaya.people.models import Agency, Post
from kantormaya.people.roles import role_title
from kantormaya.permits.models import Paper, PaperState

UPLOAD = "upload."
"""How a requirement names a file that was handed in."""


@dataclass(frozen=True)
class Reached:
    """A case that someone who holds these posts can see."""

    now: Standing
    posts: list[Post]

    @cached_property
    def choices(self) -> list[tuple[Post, Choice]]:
        """What this person may do with the case now."""
        return choices(self.now, self.posts)

    @cached_property
    def requirements(self) -> list[tuple[str, Requirement, Held]]:
        """Every requirement of the case in the order of the definition (what comes from JSON has lost its order)."""
        held = self.now.state.requirements
        return [
            (name, item, held[name]) for name, item in self.now.definition.requirement.items() if name in held
        ]

    @property
    def agencies(self) -> dict[str, Agency]:
        """Every agency by its slug."""
        return all_agencies()

    def agency(self, slug: str | None) -> Text:
        """An agency as people call it."""
        known = self.agencies.get(slug or "")
        name = (known.short or known.name) if known else slug or ""
        return Text(name, name)

    def who(self, role: str, agency: str | None) -> Text:
        """A role, with its agency where that is not ours."""
        if role in ("applicant", "system"):
            return WHO[role]
        if not agency or agency == self.posts[0].agency.slug:
            return role_title(role)
        return Text("{role}, {agency}", "{role}, {agency}").format(
            role=role_title(role), agency=self.agency(agency)
        )


@dataclass(frozen=True)
class Taken(Reached):
    """A case in hand for an act: nobody else changes it until the transaction ends."""

    now: InHand


@dataclass(frozen=True)
class Opened(Reached):
    """A case with what hangs on it."""

    past: Past
    uploads: dict[int, Upload]
    papers: dict[int, Paper]
    bills: tuple[Bill, ...]
    lines: tuple[Line, ...]
    identity: dict[str, Any]
    seats: tuple[Party, ...]
    elsewhere: tuple[Elsewhere, ...]

    @cached_property
    def own_papers(self) -> list[Paper]:
        """The papers of this case that count: drafts, waiting and issued ones."""
        return [
            p for p in self.papers.values() if p.case_id == self.now.case.pk and p.state != PaperState.VOID
        ]

    def files_of(self, names: tuple[str, ...]) -> list[Upload]:
        """The uploads among what a requirement or an answer holds."""
        found = (self.uploads.get(int(n.removeprefix(UPLOAD))) for n in names if _is_numbered(n, UPLOAD))
        return [one for one in found if one is not None]

    def papers_of(self, names: tuple[str, ...]) -> list[Paper]:
        """The papers of this office among what a requirement holds."""
        found = (self.papers.get(int(n.removeprefix(PAPER))) for n in names if _is_numbered(n, PAPER))
        return [one for one in found if one is not None]


WHO = {"applicant": Text("Pemohon", "Applicant"), "system": Text("Sistem", "System")}


def _is_numbered(name: str, prefix: str) -> bool:
    return name.startswith(prefix) and whole(name.removeprefix(prefix)) is not None


def taken(number: str, posts: list[Post], key: str) -> Taken | None:
    """The case with that number, taken in hand for the act with that key, if the agency takes part in it."""
    now = take_one(key, number=number)
    return Taken(now, posts) if now else None


@gathered
def _read(its: Any, number: Any, before: Any, agency: Any, today: Any) -> tuple[QuerySet[Any], ...]:
    return (
        Case.objects.filter(number=number),
        events_before(its, before),
        Upload.objects.filter(case=its).order_by("pk"),
        Paper.objects.filter(case=its).defer("template").order_by("pk"),
        Bill.objects.filter(case=its).order_by("pk"),
        conversation(its, for_applicant=False),
        numbers_of(its),
        Pii.objects.filter(case=its),
        seats_of(its, agency, today)
        .select_related(None)
        .annotate(holder_name=F("holder__name"), giver_name=F("given_by__name")),
    )


def opened(number: str, posts: list[Post], before: int = NEWEST) -> Opened | None:
    """The case with that number, if the agency takes part in it: a fixed number of statements, whatever hangs on it."""
    found = _read(number=number, before=before, agency=posts[0].agency_id, today=localdate(instant()))
    if found is None:
        return None
    case, (events, uploads, papers, bills, lines, elsewhere, identity, seats) = found
    now = standing(case)
    own = {one.pk: one for one in papers}
    return Opened(
        now=now,
        posts=posts,
        past=Past.of(case, events),
        uploads={one.pk: one for one in uploads},
        papers=own | _handed_in(now, own),
        bills=tuple(bills),
        lines=tuple(lines),
        identity=unpack(identity[0].data) if identity else {},
        seats=tuple(seats),
        elsewhere=tuple(elsewhere),
    )


def _handed_in(now: Standing, own: dict[int, Paper]) -> dict[int, Paper]:
    """Papers of this office that the applicant handed in as a requirement; they are asked for only where there are any."""
    named = {
        int(name.removeprefix(PAPER))
        for held in now.state.requirements.values()
        for name in held.files
        if _is_numbered(name, PAPER)
    }
    there = Paper.objects.filter(pk__in=named - own.keys()).defer("template")
    return {one.pk: one for one in there} if named - own.keys() else {}
