"""What a citizen does with a case: begin, fill, hand in, mend, give, confirm, write, withdraw."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from kantormaya.audit.recording import record
from kantormaya.audit.rows import the_row
from kantormaya.audit.time import now
from kantormaya.audit.together import add, keep
from kantormaya.cases.codes import make_code
from kantormaya.cases.links import email_key
from kantormaya.cases.models import Capacity, Case, Draft, Party, Pii
from kantormaya.cases.numbers import next_number
from kantormaya.cases.pins import hash_pin, make_pin
from kantormaya.casework.advancing import Act, advance, write
from kantormaya.casework.holders import refuse_what_is_not_the_holders
from kantormaya.casework.identity import contact, holder_of, masked, split
from kantormaya.casework.places import hold_places
from kantormaya.casework.standing import Standing
from kantormaya.casework.taking import InHand
from kantormaya.catalogue.agencies import all_agencies
from kantormaya.catalogue.calendars import current_calendar
from kantormaya.catalogue.models import Revision
from kantormaya.catalogue.publishing import definition_of, revision_of
from kantormaya.documents.keeping import hand_over
from kantormaya.engine import applicant, office
from kantormaya.engine.events import APPLICANT, Actor, Event, Refused
from kantormaya.engine.storing import pack, unpack
from kantormaya.language.evaluating import About
from kantormaya.language.texts import Text
from kantormaya.people.models import Post
from kantormaya.people.scopes import scope_case, scoped


@dataclass(frozen=True)
class Receipt:
    """What the applicant takes away: the case, and the PIN, which is shown this once (None on a repeated submission)."""

    case: Case
    pin: str | None


def begin(
    revision: Revision, about: About, *, language: str, answers: Mapping[str, Any] | None = None, begun_by: Post | None = None
) -> Draft:  # fmt: skip
    """A new application to fill in; its token is already the code of the case it may become.

    `answers` are those that the way here gave already; `begun_by` is the official who fills it in for someone at the
    counter or on the phone.
    """
    token = make_code(settings.KANTOR_OFFICE_CODE)
    with scoped(scope_case(token)):
        if begun_by is not None:
            record(
                "begin_for_someone", actor=begun_by.account.username, agency_id=begun_by.agency_id,
                service=revision.service.slug, channel=about.channel,
            )  # fmt: skip
        draft = Draft(
            token=token, service_slug=revision.service.slug, revision=revision, language=language, begun_by=begun_by,
            idempotency_key=secrets.token_hex(16), created_at=now(),
        )  # fmt: skip
        _put(draft, Filled(about, dict(answers or {}), {}, {}))
        draft.save()
        return draft


def locked_draft(token: str) -> Draft | None:
    """The draft with that token, to be changed or handed in in this transaction: nobody else changes it until that ends."""
    draft = the_row(Draft, locked=True, token=token)
    if draft is not None:
        draft.revision = revision_of(draft.revision_id)
        draft.is_locked = True  # type: ignore[attr-defined]
    return draft


@dataclass(frozen=True)
class Filled:
    """What a draft holds so far."""

    about: About
    answers: dict[str, Any]
    given: dict[str, Any]
    identity: dict[str, Any]


def filled(draft: Draft) -> Filled:
    """What was filled in, typed again as it was given."""
    held = unpack(draft.answers)
    apart = unpack(draft.pii)
    answers = {**held["answers"], **apart.get("answers", {})}
    return Filled(held["about"], answers, held["given"], {k: v for k, v in apart.items() if k != "answers"})


def fill(
    draft: Draft, *, about: About | None = None, answers: Mapping[str, Any] | None = None, given: Mapping[str, Any] | None = None,
    identity: Mapping[str, Any] | None = None,
) -> Draft:  # fmt: skip
    """Keep what was typed, in the transaction that sees the draft; one that became a case is not changed any more."""
    held = draft
    if not hasattr(draft, "is_locked"):
        found = the_row(Draft, locked=True, token=draft.token)
        if found is None:
            raise Draft.DoesNotExist
        held, held.revision = found, draft.revision
    if held.case_code:
        raise Refused(Text("Permohonan ini sudah diajukan.", "This application has been handed in."))
    had = filled(held)
    _put(
        held,
        Filled(
            about or had.about, {**had.answers, **(answers or {})}, {**had.given, **(given or {})},
            {**had.identity, **(identity or {})},
        ),
    )  # fmt: skip
    held.save(update_fields=HELD)
    return held


HELD = ("variant", "answers", "pii", "updated_at")


def _put(draft: Draft, held: Filled) -> None:
    """Into the columns of a draft, what tells who someone is apart."""
    plain, apart = split(definition_of(draft.revision), held.answers)
    draft.variant = held.about.variant or ""
    draft.answers = pack({"about": held.about, "answers": plain, "given": held.given})
    draft.pii = pack({**held.identity, "answers": apart})
    draft.updated_at = now()


def submit(
    draft: Draft, *, by: str = APPLICANT, channel: str | None = None, pin: str | None = None
) -> Receipt:
    """The draft becomes a case, once: sent again it is the same case. Raises Refused with all that is missing.

    `pin` is the one the form carries, so that a button pressed twice shows the same PIN; without it one is made.
    """
    # a place may be gone when the case is half written; whatever else refuses does so before
    holds = bool(definition_of(draft.revision).booking) or not connection.in_atomic_block
    with transaction.atomic() if holds else nullcontext():
        if not hasattr(draft, "is_locked"):
            draft = locked_draft(draft.token) or draft
        if draft.case_code:  # set in the transaction that made the case, under this lock
            return Receipt(Case.objects.get(idempotency_key=draft.idempotency_key), None)
        held, definition, calendar = filled(draft), definition_of(draft.revision), current_calendar()
        plain, apart = split(definition, held.answers)
        at = now()
        event = applicant.submit(definition, held.about, plain, held.given, at=at, calendar=calendar)
        refuse_what_is_not_the_holders(definition, event, held.identity, calendar)
        pin = pin or make_pin()
        apart = {name: value for name, value in apart.items() if name in event.data["answers"]}
        who = {**held.identity, "answers": apart}
        case = Case(
            number=next_number(), code=draft.token, pin_hash=hash_pin(draft.token, pin), agency=all_agencies()[definition.agency],
            service_slug=definition.slug, revision=draft.revision, variant=held.about.variant or "",
            title_id=definition.title.id, title_en=definition.title.en or "", language=draft.language,
            applicant_name=masked(holder_of(who)), submitted_at=at, idempotency_key=draft.idempotency_key,
        )  # fmt: skip

        pii = Pii(data=pack(who), email_key=email_key(contact(who)[1]))

        def born() -> None:
            pii.case = case
            add(pii)
            hand_over(draft.token, case)
            hold_places(case, definition, event, calendar)
            if draft.begun_by is not None:
                _keep_in_sight(case, draft.begun_by)
            draft.case_code, draft.answers, draft.pii, draft.updated_at = case.code, {}, {}, at
            keep(draft, "case_code", "answers", "pii", "updated_at")

        by = draft.begun_by.account.username if draft.begun_by is not None else by
        try:
            write([Act(_unborn(case, definition, calendar, at, pii), event, by, born=born)])
        except Refused as late:
            if holds:
                raise
            # half a case stands in a transaction that whoever asked may still commit: let it fail as a whole
            raise RuntimeError("an application was refused after its case was begun") from late
        return Receipt(case, pin)


def _keep_in_sight(case: Case, post: Post) -> None:
    """The office that handed it in for someone goes on seeing it, wherever it is decided."""
    add(Party(case=case, agency=post.agency, capacity=Capacity.COUNTER, role=post.role, open=False))


def _unborn(case: Case, definition: Any, calendar: Any, at: Any, pii: Pii) -> InHand:
    """A case before its first event: it has no state yet, and nothing asks for it."""
    return InHand(case, definition, None, calendar, at, pii)  # type: ignore[arg-type]


def correct(
    case_id: int, answers: Mapping[str, Any], given: Mapping[str, Any], *, key: str, seen: int | None = None
) -> Standing:
    """The applicant mends exactly what was asked."""

    def decide(now_: InHand) -> Event:
        plain, apart = split(now_.definition, answers)
        event = applicant.correct(
            now_.definition, now_.state, plain, given, at=now_.at, calendar=now_.calendar
        )
        if apart:
            _keep_apart(now_, apart)
        return event

    return advance(case_id, decide, by=APPLICANT, key=key, seen=seen)


def _keep_apart(now_: InHand, apart: Mapping[str, Any]) -> None:
    assert now_.pii is not None
    held = unpack(now_.pii.data)
    now_.pii.data = pack({**held, "answers": {**held.get("answers", {}), **apart}})
    keep(now_.pii, "data")


def give(case_id: int, given: Mapping[str, Any], *, key: str) -> Standing:
    """The applicant hands in what arose later."""
    return advance(
        case_id,
        lambda n: applicant.give(n.definition, n.state, given, at=n.at, calendar=n.calendar),
        by=APPLICANT,
        key=key,
    )


def confirm(case_id: int, task: str, *, key: str) -> Standing:
    """The applicant agrees with the minutes."""
    return advance(
        case_id, lambda n: applicant.confirm(n.definition, n.state, task, at=n.at), by=APPLICANT, key=key
    )


def go_on(case_id: int, *, key: str, seen: int | None = None) -> Standing:
    """The applicant has done what an applicant's step asks, and passes the case on."""

    def decide(now_: Standing) -> Event:
        return office.move(now_.definition, now_.state, Actor(APPLICANT), at=now_.at, calendar=now_.calendar)

    return advance(case_id, decide, by=APPLICANT, key=key, seen=seen)


def withdraw(case_id: int, reason: str, *, key: str) -> Standing:
    """The applicant takes the application back."""
    return advance(
        case_id, lambda n: applicant.withdraw(n.definition, n.state, reason, at=n.at), by=APPLICANT, key=key
    )
