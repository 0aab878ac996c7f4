"""What is really there afterwards, held against the client's list: lost, doubled, half done."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import Count

from bench.faults.client import Client
from kantormaya.audit.models import Entry
from kantormaya.cases.models import Case, Event, Party, Pii
from kantormaya.cases.pins import hash_pin
from kantormaya.casework.seats import seats
from kantormaya.casework.standing import Standing
from kantormaya.catalogue.calendars import calendar_of
from kantormaya.catalogue.publishing import definition_of
from kantormaya.documents import keeping
from kantormaya.documents.models import Upload
from kantormaya.engine.applying import replay
from kantormaya.engine.clocks import due
from kantormaya.engine.storing import event_from_json, unpack
from kantormaya.outbox.models import Message
from kantormaya.payments.models import Bill
from kantormaya.people.models import Agency
from kantormaya.people.scopes import scope_system, scoped
from kantormaya.permits import signing
from kantormaya.permits.models import ISSUED, Counter, Paper, PaperState


@dataclass
class Found:
    """What is not as it should be, each in a few words."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        """Nothing lost, nothing twice, nothing half."""
        return not (self.lost or self.doubled or self.half)


def examine(client: Client) -> Found:
    """Everything the client was promised, and every case, paper, number, message and file of the office."""
    found = Found()
    with _one_moment(), scoped(scope_system("fault injection: looking afterwards")):
        _promises(client, found)
        hanging = Hanging.read()
        for case in Case.objects.select_related("revision", "agency"):
            found.half += _case(case, hanging)
        _papers(found)
        _numbers(found)
        _messages(found)
    return found


@contextmanager
def _one_moment() -> Iterator[None]:
    """The office goes on meanwhile, and all that is read is of the same moment."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


@dataclass(frozen=True)
class Hanging:
    """What hangs on all cases, each table read once."""

    events: dict[int, list[Event]]
    parties: dict[int, list[Party]]
    uploads: dict[int, list[Upload]]
    bills: dict[int, list[Bill]]
    lines: dict[int, int]
    known: set[int]
    agencies: dict[str, int]

    @classmethod
    def read(cls) -> Hanging:
        """As of now."""
        lines = Entry.objects.filter(detail__has_key="seq", case_id__isnull=False)
        return cls(
            _by_case(Event.objects.order_by("seq")),
            _by_case(Party.objects.filter(open=True)),
            _by_case(Upload.objects.exclude(case=None)),
            _by_case(Bill.objects.all()),
            dict(lines.values_list("case_id").annotate(n=Count("pk"))),
            set(Pii.objects.values_list("case_id", flat=True)),
            dict(Agency.objects.values_list("slug", "pk")),
        )


def _by_case(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(row)
    return found


def _promises(client: Client, found: Found) -> None:
    cases = {case.code: case for case in Case.objects.all()}
    uploads = set(Upload.objects.values_list("case__code", "sha256"))
    for line in client.of("submitted"):
        case = cases.get(line["code"])
        if case is None or case.number != line["number"]:
            found.lost.append(f"case {line['number']}")
        elif case.pin_hash != hash_pin(case.code, line["pin"]):
            found.lost.append(f"PIN of {line['number']}")
    for line in client.of("file"):
        if (line["code"], line["sha256"]) not in uploads:
            found.lost.append(f"file {line['sha256'][:12]}")
    signed = set(Paper.objects.filter(state__in=ISSUED).values_list("case__number", flat=True))
    found.lost += [f"signature on {x['number']}" for x in client.of("signed") if x["number"] not in signed]
    kinds = set(Event.objects.values_list("case__number", "kind"))
    found.lost += [
        f"{x['event']} of {x['number']}" for x in client.of("act") if (x["number"], x["event"]) not in kinds
    ]
    promised = [line["code"] for line in client.of("submitted")]
    found.doubled += _twice(promised, "promised twice")
    found.doubled += [
        f"case {cases[code].number} nobody was told of"
        for code in cases.keys() - set(promised) - {line["code"] for line in client.of("made")}
    ]


def _case(case: Case, hanging: Hanging) -> list[str]:
    """Its events replay to its snapshot; columns, parties, audit, identity, bills and files are there with them."""
    rows = hanging.events.get(case.pk, [])
    if [row.seq for row in rows] != list(range(1, case.version + 1)):
        return [f"{case.number}: events {[r.seq for r in rows]} at version {case.version}"]
    definition = definition_of(case.revision)
    said = [
        event_from_json(
            {
                "kind": r.kind,
                "at": r.at.isoformat(),
                "data": r.data,
                "actor": {
                    "role": r.actor_role,
                    "agency": r.actor_agency or None,
                    "person": r.actor if r.actor_agency else None,
                },
            }
        )
        for r in rows
    ]
    state = replay(definition, said)
    wrong = []
    if state != unpack(case.state):
        wrong.append("snapshot")
    calendar = calendar_of(state.calendar)
    here = Standing(case, definition, state, calendar, rows[-1].at)
    wanted = seats(definition, state, calendar, due(definition, state, calendar, here.at))
    open_ = {(p.agency_id, str(p.capacity), p.role) for p in hanging.parties.get(case.pk, [])}
    if open_ != {(hanging.agencies[s.agency] if s.agency else None, str(s.capacity), s.role) for s in wanted}:
        wrong.append("parties")
    if (case.at, case.ended_at) != (state.at, state.ended_at):
        wrong.append("columns")
    if (lines := hanging.lines.get(case.pk, 0)) != len(rows):
        wrong.append(f"audit {lines}/{len(rows)}")
    if case.pk not in hanging.known:
        wrong.append("identity")
    asked = {name for name, bill in definition.fee.bill.items() if bill.step == state.at}
    if asked - {one.bill for one in hanging.bills.get(case.pk, [])}:
        wrong.append("bill")
    for upload in hanging.uploads.get(case.pk, []):
        path = keeping.stored(upload.sha256, upload.kind)
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != upload.sha256:
            wrong.append(f"file {upload.sha256[:12]}")
    return [f"{case.number}: {', '.join(wrong)}"] if wrong else []


def _papers(found: Found) -> None:
    for paper in Paper.objects.filter(state__in=ISSUED):
        path = signing.stored(paper.sha256)
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != paper.sha256:
            found.half.append(f"paper {paper.number}")
    again = Paper.objects.exclude(state=PaperState.VOID).values("case", "product", "item")
    found.doubled += [
        f"papers of case {row['case']}" for row in again.annotate(n=Count("pk")).filter(n__gt=1)
    ]
    for series in Counter.objects.all():
        given = sorted(Paper.objects.filter(series=series).values_list("sequence", flat=True))
        if sorted([*given, *series.returned]) != list(range(1, series.last + 1)):
            found.half.append(f"numbers of {series}: {given} and {series.returned}")


def _numbers(found: Found) -> None:
    numbers = list(Case.objects.values_list("number", flat=True))
    found.doubled += _twice(numbers, "number")


def _messages(found: Found) -> None:
    keys = set(Message.objects.values_list("key", flat=True))
    pks = Case.objects.exclude(pii__email_key="").values_list("pk", flat=True)
    found.half += [f"case {pk} without its message" for pk in pks if f"case-{pk}-1-applicant" not in keys]


def _twice(values: Iterable[str], what: str) -> list[str]:
    seen: set[str] = set()
    return [f"{what} {v}" for v in values if v in seen or seen.add(v)]  # type: ignore[func-returns-value]
