"""The lists of the inbox: which seats each shows, and what a row says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import BigIntegerField, CharField, DateTimeField, F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from kantormaya.audit.gathering import Given, Question, written
from kantormaya.audit.time import now
from kantormaya.cases import queries
from kantormaya.cases.models import Case, Party
from kantormaya.cases.queries import Page, Seats, Start
from kantormaya.catalogue.fresh import fresh
from kantormaya.catalogue.models import Revision
from kantormaya.catalogue.publishing import definition_of
from kantormaya.engine.events import APPLICANT
from kantormaya.engine.storing import unpack
from kantormaya.language.definition import Definition
from kantormaya.language.texts import Text, joined
from kantormaya.people.models import Post
from kantormaya.people.roles import role_title

LISTS: dict[str, tuple[str, Text]] = {
    "mine": ("desk_inbox", Text("Meja saya", "My desk")),
    "unit": ("desk_unit", Text("Unit saya", "My unit")),
    "waiting": ("desk_waiting", Text("Menunggu pihak lain", "Waiting for others")),
    "signing": ("desk_signing", Text("Tanda tangan", "Signatures")),
}
DUE: dict[str, Text] = {
    "lewat": Text("Lewat janji", "Past the promise"),
    "hari-ini": Text("Hari ini", "Today"),
    "besok": Text("Besok", "Tomorrow"),
    "pekan-ini": Text("Tujuh hari ke depan", "The next seven days"),
}


AGAIN_FOR = ("division_head", "secretary", "head_of_office")
"""Who reads how often a file went back once more for something that was there to be seen before."""
AGAIN_DAYS = 90


@dataclass(frozen=True)
class Asked:
    """What an official's list depends on: the agency, the roles held there, the account that asks, and the days as they are now.

    The same with `Given` in all places is the question that is written out once and asked for everybody.
    """

    agency: int | Given
    roles: tuple[str | Given, ...]
    me: int | Given
    at: Mapping[str, datetime | Given]
    service: str | Given = ""

    def values(self) -> dict[str, Any]:
        """By the names under which a written question is given them."""
        roles = {f"role_{n}": role for n, role in enumerate(self.roles)}
        return {"agency": self.agency, "me": self.me, "service": self.service, **roles, **self.at}


def asked_by(posts: list[Post], service: str = "") -> Asked:
    """The lists of someone who holds these posts at one agency, now."""
    here = posts[0]
    roles = tuple(sorted({post.role for post in posts}))
    return Asked(here.agency_id, roles, here.account_id, days(), service)


def days() -> dict[str, datetime]:
    """The instants that lists are cut at."""
    at = now()
    local = timezone.localtime(at)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    day = timedelta(days=1)
    return {
        "now": at, "tomorrow": midnight + day, "day_after": midnight + 2 * day, "next_week": midnight + 8 * day,
        "monday": midnight - local.weekday() * day, "lately": at - AGAIN_DAYS * day,
    }  # fmt: skip


def given(roles: int) -> Asked:
    """Everything still to be given, for someone who holds so many roles."""
    return Asked(
        Given("agency", BigIntegerField()), tuple(Given(f"role_{n}", CharField()) for n in range(roles)),
        Given("me", BigIntegerField()), {name: Given(name, DateTimeField()) for name in days()},
        Given("service", CharField()),
    )  # fmt: skip


def at_my_desk(by: Asked, *, everyones: bool = False) -> Seats:
    """What waits for these posts: what is free or held by this person, or what colleagues hold as well."""
    return queries.at_my_desk(by.agency, by.roles, None if everyones else by.me)


def lists(by: Asked, *, everyones: bool = False) -> dict[str, Seats]:
    """The four lists of someone."""
    mine = at_my_desk(by, everyones=everyones)
    return {
        "mine": mine,
        "unit": queries.of_my_agency(by.agency),
        "waiting": queries.waiting_for_others(by.agency),
        "signing": queries.to_be_signed(mine),
    }


def due(seats: Seats, when: str, at: Mapping[str, datetime | Given]) -> Seats:
    """Those of a list whose time is up, is up today, tomorrow, or within seven days; all for an unknown word."""
    spans: dict[str, Q] = {
        "lewat": Q(due_at__lt=at["now"]),
        "hari-ini": Q(due_at__gte=at["now"], due_at__lt=at["tomorrow"]),
        "besok": Q(due_at__gte=at["tomorrow"], due_at__lt=at["day_after"]),
        "pekan-ini": Q(due_at__gte=at["now"], due_at__lt=at["next_week"]),
    }
    return seats.filter(spans[when]) if when in spans else seats


def counts(posts: list[Post]) -> dict[str, int]:
    """How long each list is."""
    by = asked_by(posts)
    ((found,),) = _counts(len(by.roles)).ask(**by.values())
    return dict(found)


@cache
def _counts(roles: int) -> Question:
    by = given(roles)
    return written([queries.count(by.agency, lists(by))], is_one_for_all=False)


def today(by: Asked) -> dict[str, QuerySet[Any]]:
    """What the facts above the inbox count: late, today, tomorrow, finished this week and on time; what went back again."""
    mine = at_my_desk(by)
    done = Case.objects.filter(agency_id=by.agency, ended_at__gte=by.at["monday"])
    return {
        "late": due(mine, "lewat", by.at), "today": due(mine, "hari-ini", by.at), "tomorrow": due(mine, "besok", by.at),
        "finished": done, "in_time": done.filter(Q(due_at=None) | Q(ended_at__lte=F("due_at"))),
        "again": Case.objects.filter(
            agency_id=by.agency, late_returns__gt=0, submitted_at__gte=by.at["lately"]
        ),
    }  # fmt: skip


def listed(
    posts: list[Post], which: str, after: str, *, service: str = "", when: str = "", everyones: bool = False
) -> tuple[Page, dict[str, int]]:
    """A page of one list, narrowed to a service and a due date, with the counts of all lists; in one statement."""
    by = asked_by(posts, service)
    counted: dict[str, int] = {}

    def ask(start: Start | None) -> list[Party]:
        begins = "" if start is None else "dated" if start.due_at else "undated"
        question = _listed(len(by.roles), which, begins, bool(service), when, everyones)
        begin = {"due_at": start.due_at, "case_id": start.case_id} if start else {}
        *parts, (found,) = question.ask(**by.values(), **begin)
        counted.update(found)
        return queries.joined(*parts)

    return queries.paged(ask, after), counted


@cache
def _listed(roles: int, which: str, begins: str, of_service: bool, when: str, everyones: bool) -> Question:
    by = given(roles)
    seats = due(lists(by, everyones=everyones)[which], when, by.at)
    if of_service:
        seats = seats.filter(case__service_slug=by.service)
    due_at = Given("due_at", DateTimeField()) if begins == "dated" else None
    start = Start(due_at, Given("case_id", BigIntegerField())) if begins else None
    counted = queries.count(by.agency, {**lists(by), **(today(by) if which == "mine" else {})})
    # with a plan for any values a million cases take seconds
    return written([*queries.on_a_page(seats, start), counted], is_one_for_all=False)


_BUILT: dict[int, Definition] = {}


def definitions(revisions: Iterable[int]) -> dict[int, Definition]:
    """The definitions of some revisions by id; a revision never changes, so each is read once per process."""
    wanted = set(revisions)
    if missing := wanted - _BUILT.keys():
        _BUILT.update((one.pk, definition_of(one)) for one in Revision.objects.filter(pk__in=missing))
    return {pk: _BUILT[pk] for pk in wanted}


@fresh
def services() -> list[tuple[str, Text]]:
    """Every service on offer by slug, with the title of its latest revision."""
    newest = (
        Revision.objects.filter(service__withdrawn_at=None)
        .order_by("service_id", "-number")
        .distinct("service_id")
    )
    found = list(newest.select_related("service").defer("text", "files"))
    known = definitions(one.pk for one in found)
    titles = [(one.service.slug, known[one.pk].title) for one in found]
    return sorted(titles, key=lambda pair: pair[1].id)


def rows(seats: Iterable[Party], me: int) -> list[dict[str, Any]]:
    """Seats as the rows of the table, each with what is to be done there."""
    seats = list(seats)
    known = definitions(seat.case.revision_id for seat in seats)
    return [
        row(seat.case, known[seat.case.revision_id], seat.due_at, seat.role, held_by(seat, me))
        for seat in seats
    ]


def held_by(seat: Party, me: int) -> Text | None:
    """Who holds a seat, in a word or a name."""
    if seat.holder is None:
        return None
    return YOU if seat.holder_id == me else Text(seat.holder.name, seat.holder.name)


YOU = Text("Anda pegang", "held by you")


def found(cases: Iterable[Case]) -> list[dict[str, Any]]:
    """Cases that were searched for, as rows; without a seat, what counts is the promise."""
    cases = list(cases)
    known = definitions(case.revision_id for case in cases)
    return [row(case, known[case.revision_id], None if case.ended_at else case.due_at, "") for case in cases]


def row(
    case: Case, definition: Definition, due_at: datetime | None, role: str, held: Text | None = None
) -> dict[str, Any]:
    """One line: the service, the number, the step, the applicant, the limit."""
    variant = definition.variants.get(case.variant)
    note = joined([one for one in (Text(case.number), variant, held) if one is not None], " · ")
    limit: dict[str, Any] = {"label": Text("Batas", "Due"), "due_at": due_at}
    if due_at is None:
        limit["value"] = (
            Text("selesai", "ended") if case.ended_at else Text("belum berjalan", "not running yet")
        )
        limit["kind"] = "done" if case.ended_at else "wait"
    return {
        "pk": case.pk, "number": case.number, "title": definition.title, "note": note,
        "href": reverse("desk_case", args=[case.number]),
        "cells": [{"value": work(case, definition, role)}, {"value": case.applicant_name}, limit],
    }  # fmt: skip


def work(case: Case, definition: Definition, role: str) -> Text:
    """What is to be done at a seat: the open task of that role, else the step; what is waited for where it is others'."""
    if case.at not in definition.step:
        return definition.ends[case.at].title
    step = definition.step[case.at]
    if case.turn == APPLICANT:
        return Text("{step} · menunggu pemohon", "{step} · waiting for the applicant").format(step=step.title)
    tasks = {name for name, task in unpack(case.state.get("tasks", {})).items() if task.status == "open"}
    titles = {name: task.title for name, task in definition.tasks_at(case.at).items() if name in tasks}
    own = [title for name, title in titles.items() if role in definition.task[name].by]
    if own:
        return joined(own, " · ")
    if titles:
        return Text("{step} · menunggu {names}", "{step} · waiting for {names}").format(
            step=step.title, names=joined(titles.values())
        )
    if role != case.turn and case.turn:
        return Text("{step} · {role}", "{step} · {role}").format(step=step.title, role=role_title(case.turn))
    return step.title
