"""An official's program: the inbox, a case, what can be done with it, an opinion, signatures. The same verbs as the desk."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from ninja import Router
from pydantic import BaseModel, SecretStr
from pydantic import Field as Key

from kantormaya.api.door import key_of, reads, writes
from kantormaya.api.guards import Caller, caller_of, official
from kantormaya.api.holding import Happened, ToMend, happened
from kantormaya.api.problems import Wrong
from kantormaya.api.shapes import Answers, Body, May, Reason, Said, may, read_all, said, said_or_none
from kantormaya.cases import queries
from kantormaya.cases.models import Case
from kantormaya.casework import booking, deciding
from kantormaya.casework.advancing import CHANGED, Changed, what_happened
from kantormaya.casework.signing import sign
from kantormaya.casework.standing import Standing, open_case, standing
from kantormaya.casework.taking import InHand, take_one
from kantormaya.engine.events import Refused
from kantormaya.engine.knowing import local_date
from kantormaya.language.answers import to_json
from kantormaya.language.texts import Text
from kantormaya.people.models import Post
from kantormaya.people.scopes import scoped
from kantormaya.permits.models import Paper, PaperState

router = Router(tags=["officials"])
READ, ACT, SIGN = official("cases:read"), official("cases:act"), official("papers:sign")
NOT_NOW = Text(
    "Ini tidak dapat dilakukan pada perkara ini sekarang.", "This can't be done with the case now."
)
NOT_YOURS = Text("Tidak menunggu tanda tangan Anda.", "It does not wait for your signature.")
Seen = Annotated[int, Key(ge=0, le=2**31 - 1)]


class Row(BaseModel):
    """A case in a list."""

    number: str
    service: str
    title: Said
    applicant: str
    at: str
    role: str
    due_at: datetime | None


class Inbox(BaseModel):
    """A page of a list; `next` begins the next one."""

    cases: list[Row]
    next: str | None


class Stands(BaseModel):
    """How a requirement stands."""

    name: str
    title: Said
    status: str
    reason: str | None


class Opened(BaseModel):
    """A case on the desk; what identifies a person is covered."""

    number: str
    service: str
    title: Said
    applicant: str
    at: str
    turn: str
    version: int
    is_open: bool
    submitted_at: datetime
    due_at: datetime | None
    answers: dict[str, Any]
    facts: dict[str, Any]
    requirements: list[Stands]
    to_mend: list[ToMend]
    may: list[May]
    happened: list[Happened]


class Check(Body):
    """Requirements looked at."""

    act: Literal["check"]
    fits: list[str] = Key([])
    deficient: dict[str, str] = Key({})
    seen: Seen


class Return(Body):
    """The file goes back with all deficiencies."""

    act: Literal["return"]
    items: dict[str, str] = Key({})
    seen: Seen


class Find(Body):
    """Facts found at this step."""

    act: Literal["find"]
    facts: Answers
    seen: Seen


class With(Body):
    """An act on one thing (a way, a bill, an appointment), with its reason where one is needed."""

    act: Literal["move", "extend", "waive", "release"]
    of: str = ""
    reason: str = Reason
    seen: Seen


class Ask(Body):
    """A task is asked for."""

    act: Literal["ask"]
    of: str
    agencies: list[str] = Key([])
    seen: Seen


class Schedule(Body):
    """A task gets its time."""

    act: Literal["schedule"]
    of: str
    on: datetime
    seen: Seen


Act = Annotated[Check | Return | Find | With | Ask | Schedule, Key(discriminator="act")]


class Opinion(Body):
    """The answer to a task: an opinion, minutes, initials."""

    task: str
    said: str
    note: str = Reason
    facts: Answers = Key({})
    seen: Seen


class Batch(Body):
    """Cases to sign with one passphrase, which is used and kept nowhere."""

    numbers: Annotated[list[str], Key(min_length=1, max_length=100)]
    passphrase: SecretStr


class Signature(BaseModel):
    """What became of one case of the batch."""

    number: str
    is_signed: bool
    why: Said | None


class Signatures(BaseModel):
    """What became of the batch."""

    results: list[Signature]


@reads(router, "/inbox", READ, Inbox)
def inbox(request: HttpRequest, box: Literal["mine", "unit", "waiting"] = "mine", after: str = "") -> Inbox:
    """What waits for the posts held, for the agency, or for others; first what is due first."""
    posts = caller_of(request).posts
    agency = posts[0].agency_id
    lists = {
        "mine": lambda: queries.at_my_desk(agency, [p.role for p in posts], posts[0].account_id),
        "unit": lambda: queries.of_my_agency(agency),
        "waiting": lambda: queries.waiting_for_others(agency),
    }
    found = queries.page(lists[box](), after[:60])
    return Inbox(cases=[_row(seat) for seat in found.seats], next=found.next)


def _row(seat: Any) -> Row:
    case = seat.case
    return Row(
        number=case.number, service=case.service_slug, title=Said(id=case.title_id, en=case.title_en or None),
        applicant=case.applicant_name, at=case.at, role=seat.role, due_at=seat.due_at,
    )  # fmt: skip


@reads(router, "/cases/{number}", READ, Opened)
def case(request: HttpRequest, number: str) -> Opened:
    """A case in which the agency takes part."""
    return _opened(_find(number), caller_of(request))


@reads(router, "/cases/{number}/moves", READ, list[May])
def choices(request: HttpRequest, number: str) -> list[May]:
    """What may be done with it now, closed ways with their reason."""
    return [may(choice) for _, choice in deciding.choices(_find(number), caller_of(request).posts)]


@writes(router, "/cases/{number}/moves", ACT, Opened)
def act(request: HttpRequest, number: str, body: Act) -> Opened:
    """Do one of them; 409 tells what changed since `seen`."""
    now_, caller = _taken(number, key_of(request)), caller_of(request)
    if now_.is_done:
        return _opened(now_, caller)
    of = getattr(body, "of", "")
    post = _may(now_, caller, body.act, of, body.seen)
    once: dict[str, Any] = {"key": key_of(request), "seen": body.seen}
    match body:
        case Check():
            done = deciding.check(now_, post, fits=tuple(body.fits), deficient=body.deficient, **once)
        case Return():
            done = deciding.ask_correction(now_, post, body.items, **once)
        case Find():
            fields = {n: f for n, f in now_.definition.facts.items() if f.step == now_.state.at}
            done = deciding.find(now_, post, _facts(now_, fields, body.facts), **once)
        case Ask():
            done = deciding.ask_opinion(now_, post, of, tuple(body.agencies), **once)
        case Schedule():
            if body.on.tzinfo is None:
                raise Wrong(422, NO_ZONE, {"/on": NO_ZONE})
            done = deciding.schedule(now_, post, of, body.on, **once)
        case _:
            done = WITH[body.act](now_, post, of, body.reason, once)
    return _opened(done, caller)


NO_ZONE = Text("Tulis juga zona waktunya, misalnya +07:00.", "Give the zone too, such as +07:00.")
WITH: dict[str, Callable[[InHand, Post, str, str, dict[str, Any]], Standing]] = {
    "move": lambda now_, post, of, why, once: deciding.move(now_, post, of, why, **once),
    "extend": lambda now_, post, _, why, once: deciding.extend(now_, post, why, **once),
    "waive": lambda now_, post, of, why, once: deciding.waive(now_, post, of, why, **once),
    "release": lambda now_, post, of, why, once: booking.let_go(now_, post, of, why, **once),
}


@writes(router, "/cases/{number}/opinions", ACT, Opened)
def opinion(request: HttpRequest, number: str, body: Opinion) -> Opened:
    """Answer a task that waits for one of the posts."""
    now_, caller = _taken(number, key_of(request)), caller_of(request)
    if now_.is_done:
        return _opened(now_, caller)
    post = _may(now_, caller, "answer", body.task, body.seen)
    task = now_.definition.task[body.task]
    facts = _facts(now_, {name: now_.definition.field[name] for name in task.report}, body.facts)
    done = deciding.answer(
        now_,
        post,
        body.task,
        body.said,
        note=body.note,
        facts=facts,
        key=key_of(request),
        seen=body.seen,
    )
    return _opened(done, caller)


def _facts(now_: Standing, fields: dict[str, Any], sent: dict[str, Any]) -> dict[str, Any]:
    today = local_date(now_.at, now_.calendar)
    found = read_all(fields, sent, "facts", values=now_.values(), today=today, calendar=now_.calendar)
    return {name: value for name, value in found.items() if value is not None}


def _may(now_: Standing, caller: Caller, act: str, of: str, seen: int) -> Post:
    """The post in which it may be done; the same choices that a button would show."""
    if now_.case.version != seen:
        raise Changed(CHANGED.format(what=what_happened(now_.case)))
    found = next((p for p in deciding.choices(now_, caller.posts) if (p[1].act, p[1].id) == (act, of)), None)
    if found is None:
        raise Refused(NOT_NOW)
    post, choice = found
    if choice.refused is not None:
        raise Refused(choice.refused)
    return post


@writes(router, "/signatures", SIGN, Signatures, in_transaction=False)
def signatures(request: HttpRequest, body: Batch) -> Signatures:
    """Sign what waits for the official on up to a hundred cases; each says afterwards whether it is signed."""
    caller = caller_of(request)
    with scoped(caller.scope):
        rows = Case.objects.select_related("revision", "agency").filter(number__in=body.numbers)
        cases = {one.number: one for one in rows}
        mine: dict[int, tuple[Post, list[int]]] = {}
        for one in cases.values():
            post = next(
                (p for p, c in deciding.choices(standing(one), caller.posts) if c.act == "sign"), None
            )
            if post is not None:
                mine.setdefault(post.pk, (post, []))[1].append(one.pk)
    why: dict[int, Text] = {}
    for post, pks in mine.values():
        try:
            refusal = sign(pks, post, body.passphrase, scope=caller.scope).refusal
        except Refused as refused:
            refusal = refused.text
        if refusal is not None:
            why |= dict.fromkeys(pks, refusal)
    with scoped(caller.scope):
        found = Paper.objects.filter(case__in=cases.values()).exclude(state=PaperState.VOID)
        papers = list(found.only("case_id", "state"))
    return Signatures(
        results=[_result(number, cases.get(number), papers, why) for number in dict.fromkeys(body.numbers)]
    )


def _result(number: str, case: Case | None, found: list[Paper], why: dict[int, Text]) -> Signature:
    papers = [one for one in found if case and one.case_id == case.pk]
    waits = any(one.state in (PaperState.DRAFT, PaperState.WAITING) for one in papers)
    is_signed = bool(papers) and not waits
    text = None if is_signed else why.get(case.pk if case else 0, NOT_YOURS)
    return Signature(number=number, is_signed=is_signed, why=said_or_none(text))


def _find(number: str) -> Standing:
    found = open_case(number[:20])
    if found is None:
        raise Http404
    return found


def _taken(number: str, key: str) -> InHand:
    found = take_one(key, number=number[:20])
    if found is None:
        raise Http404
    return found


def _opened(now_: Standing, caller: Caller) -> Opened:
    case, definition, state = now_.case, now_.definition, now_.state
    plain = {n: to_json(definition.field[n], v) for n, v in state.answers.items() if n in definition.field}
    return Opened(
        number=case.number, service=case.service_slug, title=said(definition.title), applicant=case.applicant_name,
        at=state.at, turn=case.turn, version=case.version, is_open=state.is_open, submitted_at=case.submitted_at,
        due_at=case.due_at, answers=plain,
        facts={n: to_json(definition.field[n], v) for n, v in state.facts.items() if n in definition.field},
        requirements=[
            Stands(name=n, title=said(definition.requirement[n].title), status=h.status, reason=h.reason)
            for n, h in state.requirements.items() if n in definition.requirement
        ],
        to_mend=[ToMend(target=i.target, reason=str(i.reason)) for i in (state.correction.items if state.correction else ())],
        may=[may(choice) for _, choice in deciding.choices(now_, caller.posts)], happened=happened(now_),
    )  # fmt: skip
