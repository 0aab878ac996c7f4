"""The holder of a case: code and PIN give a key for half an hour; with it the case is followed."""

from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, SecretStr

from kantormaya.api import keys
from kantormaya.api.door import reads
from kantormaya.api.guards import HOLDER, LOCKED, PUBLIC, code_of
from kantormaya.api.problems import Wrong
from kantormaya.api.shapes import Body, May, Said, may, said
from kantormaya.cases.models import Event
from kantormaya.cases.pins import PinAnswer, open_by_pin
from kantormaya.casework import advancing
from kantormaya.casework.standing import Standing, held_case
from kantormaya.engine.choices import moves
from kantormaya.engine.events import APPLICANT, Actor
from kantormaya.language.texts import Text
from kantormaya.permits.checking import standing as standing_of
from kantormaya.permits.handing import handed
from kantormaya.permits.models import ISSUED, Paper

router = Router(tags=["the holder of a case"])
WRONG = Text("Kode dan PIN ini tidak cocok.", "This code and PIN do not match.")


class Keys(Body):
    """What stands on the receipt."""

    code: str
    pin: SecretStr


class HolderKey(BaseModel):
    """A bearer for the header Authorization."""

    token: str
    until: datetime


class Happened(BaseModel):
    """One thing that happened."""

    at: datetime
    kind: str
    what: Said


class ToMend(BaseModel):
    """One thing to mend, with the officer's words."""

    target: str
    reason: str


class PaperOf(BaseModel):
    """A paper that was issued."""

    title: Said
    number: str | None
    code: str
    standing: str
    valid_until: date | None


class Tracked(BaseModel):
    """A case as its holder sees it."""

    number: str
    service: str
    title: Said
    at: str
    at_title: Said
    is_open: bool
    outcome: str
    reason: str | None
    version: int
    submitted_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    may: list[May]
    to_mend: list[ToMend]
    papers: list[PaperOf]
    happened: list[Happened]


@reads(router, "/application", HOLDER, Tracked)
def track(request: HttpRequest) -> Tracked:
    """How the case stands."""
    return tracked(held(request))


@reads(router, "/application/papers/{code}", HOLDER, bytes, media="application/pdf")
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """A signed paper of the case, exactly as it was sealed; each opening is recorded."""
    found = Paper.objects.filter(code=code[:60], state__in=ISSUED, case=held(request).case).first()
    if found is None:
        raise Http404
    return handed(found, to=APPLICANT)


def held(request: HttpRequest) -> Standing:
    """The case of the caller."""
    found = held_case(code_of(request))
    if found is None:
        raise Http404
    return found


def tracked(now_: Standing) -> Tracked:
    """A case as it goes out to its holder."""
    case, definition, state = now_.case, now_.definition, now_.state
    here = definition.step.get(state.at) or definition.ends[state.at]
    return Tracked(
        number=case.number, service=case.service_slug, title=said(definition.title), at=state.at,
        at_title=said(here.title), is_open=state.is_open, outcome=case.outcome, reason=state.reason,
        version=case.version, submitted_at=case.submitted_at, due_at=case.due_at, ended_at=case.ended_at,
        may=[may(one) for one in moves(definition, state, Actor(APPLICANT), now_.calendar, now_.at)],
        to_mend=[ToMend(target=i.target, reason=str(i.reason)) for i in (state.correction.items if state.correction else ())],
        papers=[
            PaperOf(
                title=Said(id=p.title_id, en=p.title_en or None), number=p.number, code=p.code,
                standing=standing_of(p), valid_until=p.valid_until,
            )
            for p in Paper.objects.filter(case=case, state__in=ISSUED).order_by("pk")
        ],
        happened=happened(now_),
    )  # fmt: skip


def happened(now_: Standing) -> list[Happened]:
    """What happened to a case, oldest first."""
    return [
        Happened(
            at=one.at,
            kind=one.kind,
            what=said(advancing.said(Actor(one.actor_role, one.actor_agency), one.kind)),
        )
        for one in Event.objects.filter(case=now_.case)
    ]


@reads(router, "/key", PUBLIC, HolderKey, method="POST")
def key(request: HttpRequest, body: Keys) -> HolderKey:
    """Code and PIN give a bearer for half an hour; five wrong tries lock the code for fifteen minutes."""
    code, found = open_by_pin(request, body.code, body.pin.get_secret_value())
    if found is PinAnswer.LOCKED:
        raise Wrong(429, LOCKED)
    if code is None:
        raise Wrong(401, WRONG)
    token, until = keys.holder_key(code)
    return HolderKey(token=token, until=until)
