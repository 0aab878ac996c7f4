"""The lists of the inbox: which seats each shows, and what a row says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from kantormaya.audit.time import now
from kantormaya.cases import queries
from kantormaya.cases.models import Case, Party
from kantormaya.cases.queries import Seats
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


def at_my_desk(posts: list[Post], *, everyones: bool = False) -> Seats:
    """What waits for these posts: what is free or held by this person, or what colleagues hold as well."""
    me = None if everyones else posts[0].account_id
    return queries.at_my_desk(posts[0].agency_id, [post.role for post in posts], me)


def lists(posts: list[Post], *, everyones: bool = False) -> dict[str, Seats]:
    """The four lists of someone who holds these posts at one agency."""
    agency, mine = posts[0].agency_id, at_my_desk(posts, everyones=everyones)
    return {
        "mine": mine,
        "unit": queries.of_my_agency(agency),
        "waiting": queries.waiting_for_others(agency),
        "signing": queries.to_be_signed(mine),
    }


def due(seats: Seats, when: str) -> Seats:
    """Those of a list whose time is up, is up today, tomorrow, or within seven days; all for an unknown word."""
    at = now()
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    day = timedelta(days=1)
    spans: dict[str, Q] = {
        "lewat": Q(due_at__lt=at),
        "hari-ini": Q(due_at__gte=at, due_at__lt=midnight + day),
        "besok": Q(due_at__gte=midnight + day, due_at__lt=midnight + 2 * day),
        "pekan-ini": Q(due_at__gte=at, due_at__lt=midnight + 8 * day),
    }
    return seats.filter(spans[when]) if when in spans else seats


def counts(posts: list[Post], extra: Mapping[str, QuerySet[Any]] | None = None) -> dict[str, int]:
    """How long each list is, with any others asked for, in one statement."""
    return queries.count(posts[0].agency_id, {**lists(posts), **(extra or {})})


def today(posts: list[Post]) -> dict[str, QuerySet[Any]]:
    """What the facts above the inbox count: late, today, tomorrow, finished this week and on time."""
    mine = at_my_desk(posts)
    local = timezone.localtime(now())
    monday = (local - timedelta(days=local.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    done = Case.objects.filter(agency_id=posts[0].agency_id, ended_at__gte=monday)
    in_time = done.filter(Q(due_at=None) | Q(ended_at__lte=F("due_at")))
    again = Case.objects.filter(
        agency_id=posts[0].agency_id, late_returns__gt=0, submitted_at__gte=now() - timedelta(days=AGAIN_DAYS)
    )
    return {
        **({"again": again} if any(post.role in AGAIN_FOR for post in posts) else {}),
        "late": due(mine, "lewat"), "today": due(mine, "hari-ini"), "tomorrow": due(mine, "besok"),
        "finished": done, "in_time": in_time,
    }  # fmt: skip


_BUILT: dict[str, Definition] = {}


def definitions(revisions: Iterable[Revision]) -> dict[str, Definition]:
    """The definitions of some revisions by digest; a revision never changes, so each is read once per process."""
    wanted = {revision.sha256 for revision in revisions}
    if missing := wanted - _BUILT.keys():
        _BUILT.update((one.sha256, definition_of(one)) for one in Revision.objects.filter(sha256__in=missing))
    return {digest: _BUILT[digest] for digest in wanted}


@fresh
def services() -> list[tuple[str, Text]]:
    """Every service on offer by slug, with the title of its latest revision."""
    newest = (
        Revision.objects.filter(service__withdrawn_at=None)
        .order_by("service_id", "-number")
        .distinct("service_id")
    )
    found = list(newest.select_related("service").defer("text", "files"))
    known = definitions(found)
    titles = [(one.service.slug, known[one.sha256].title) for one in found]
    return sorted(titles, key=lambda pair: pair[1].id)


def rows(seats: Iterable[Party], me: int) -> list[dict[str, Any]]:
    """Seats as the rows of the table, each with what is to be done there."""
    seats = list(seats)
    known = definitions(seat.case.revision for seat in seats)
    return [
        row(seat.case, known[seat.case.revision.sha256], seat.due_at, seat.role, held_by(seat, me))
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
    known = definitions(case.revision for case in cases)
    return [
        row(case, known[case.revision.sha256], None if case.ended_at else case.due_at, "") for case in cases
    ]


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
