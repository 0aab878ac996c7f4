"""A case taken in hand for an act: its row is locked, and what an act needs of what hangs on it is read in one statement."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

from kantormaya.audit.gathering import row
from kantormaya.audit.rows import the_row
from kantormaya.audit.together import flush
from kantormaya.cases.models import Case, Party, Pii
from kantormaya.casework.standing import Standing, standing
from kantormaya.catalogue.agencies import all_agencies
from kantormaya.catalogue.publishing import revision_of
from kantormaya.permits.models import Paper, PaperState


@dataclass(frozen=True)
class InHand(Standing):
    """A case locked until the transaction ends, with who it is about, who sits there and its papers (but for void ones).

    `is_done`: the very act that it was taken for, told by its key, was written before.
    """

    pii: Pii | None = None
    parties: tuple[Party, ...] = ()
    papers: tuple[Paper, ...] = ()
    is_done: bool = False


def take(rows: QuerySet[Case], key: str | None = None, *, skip_locked: bool = False) -> list[InHand]:
    """Lock these cases, in two statements however many they are; those that somebody else has in hand are waited for or skipped."""
    flush()
    found = rows.select_for_update(skip_locked=skip_locked)
    return _with_what_hangs([_in_hand(case) for case in found], key)


def take_one(key: str | None = None, **named: Any) -> InHand | None:
    """Lock the case that is named so (by `id`, `number` …), if the scope sees it."""
    flush()
    case = the_row(Case, locked=True, **named)
    return _with_what_hangs([_in_hand(case)], key)[0] if case else None


def _in_hand(case: Case) -> InHand:
    case.revision = revision_of(case.revision_id)
    agencies = {one.pk: one for one in all_agencies().values()}
    if case.agency_id in agencies:
        case.agency = agencies[case.agency_id]
    return InHand(**vars(standing(case)))


def again(cases: Iterable[InHand]) -> list[InHand]:
    """The same cases after an act on them: what waited is written, and what hangs on them is read again."""
    flush()
    return _with_what_hangs(list(cases), None)


def _with_what_hangs(cases: list[InHand], key: str | None) -> list[InHand]:
    # read after the lock, so that nothing is seen as it was before whoever had the case in hand let it go
    if not cases:
        return cases
    with connection.cursor() as cursor:
        cursor.execute(_question(), {"ids": [one.case.pk for one in cases], "key": key})
        pii, parties, papers, done = [json.loads(text) for text in cursor.fetchone()]
    return [
        replace(
            one,
            pii=next(_rows(Pii, pii, one), None),
            parties=tuple(_rows(Party, parties, one)),
            papers=tuple(_rows(Paper, papers, one)),
            is_done=one.case.pk in done,
        )
        for one in cases
    ]


def _rows(table: type[Model], said: list[dict[str, Any]], of: InHand) -> Iterator[Any]:
    return (row(table, one) for one in said if one["case_id"] == of.case.pk)


HANGING: dict[type[Model], str] = {Pii: "true", Party: "true", Paper: f"state <> '{PaperState.VOID}'"}
"""The tables, and which of their rows count."""


@cache
def _question() -> str:
    which = "case_id = ANY(%(ids)s)"
    parts = [
        f"(SELECT coalesce(json_agg(found), '[]') FROM {table._meta.db_table} found WHERE {which} AND {counts})::text"  # noqa: S608  our own words
        for table, counts in HANGING.items()
    ]
    done = (
        f"(SELECT coalesce(json_agg(case_id), '[]') FROM cases_event WHERE {which} AND key = %(key)s)::text"  # noqa: S608
    )
    return f"SELECT {', '.join([*parts, done])}"
