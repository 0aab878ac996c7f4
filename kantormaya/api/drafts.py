"""An application being made: begun, filled, with its files, handed in. Whoever has its code goes on with it."""

from collections.abc import Mapping
from typing import Any, Literal

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.crypto import salted_hmac
from ninja import File, Form, Router
from ninja.files import UploadedFile
from pydantic import BaseModel
from pydantic import Field as Key

from kantormaya.api.door import reads, writes
from kantormaya.api.files import Kept, given, held, kept, put
from kantormaya.api.guards import DRAFT, PUBLIC
from kantormaya.api.problems import FAULTY, Wrong
from kantormaya.api.shapes import Answers, Body, Question, question, read_all
from kantormaya.audit.time import now
from kantormaya.cases.codes import read_code
from kantormaya.cases.models import Draft
from kantormaya.casework import applying
from kantormaya.casework.identity import identity
from kantormaya.catalogue.calendars import current_calendar
from kantormaya.catalogue.publishing import current, definition_of
from kantormaya.engine import applicant
from kantormaya.engine.events import Refused
from kantormaya.engine.knowing import local_date
from kantormaya.language.asking import ApplicantKind
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import About, evaluate, holds
from kantormaya.language.texts import Text
from kantormaya.people.scopes import scope_case, scoped

router = Router(tags=["applications"])
SENT = Text("Permohonan ini sudah diajukan.", "This application has been handed in.")
ELSEWHERE = Text(
    "Layanan ini diajukan lewat sistem nasional.", "One applies for this service in the national system."
)
NEEDED = Text("Wajib diisi.", "It is needed.")


class Start(Body):
    """Who applies, and for what."""

    service: str
    variant: str | None = None
    applicant_kind: ApplicantKind | None = "perorangan"
    by_proxy: bool = False
    applicant_foreign: bool = False
    language: Literal["id", "en"] = "id"


class Fill(Body):
    """What is added or changed; statements are declared to be true."""

    answers: Answers = Key({})
    identity: Answers = Key({})
    statements: dict[str, bool] = Key({})


class Application(BaseModel):
    """An application as far as it is filled; `problem` says what keeps it from being handed in."""

    code: str
    service: str
    revision: int
    is_submitted: bool
    asked: list[Question] = Key([])
    identity: list[Question] = Key([])
    answered: list[str] = Key([])
    identified: list[str] = Key([])
    files: list[Kept] = Key([])
    problem: str | None = None


class Submitted(BaseModel):
    """The case it became; the PIN is told here and never kept."""

    number: str
    code: str
    pin: str = ""
    track: str


@writes(router, "/applications", PUBLIC, Application, status=201, limit="application")
def start(request: HttpRequest, body: Start) -> Application:
    """Begin an application."""
    revision = current(body.service)
    if revision is None or definition_of(revision).audience != "public":
        raise Http404
    definition = definition_of(revision)
    if definition.national is not None:
        raise Wrong(422, ELSEWHERE)
    variant = body.variant
    if variant is None and len(definition.variants) == 1:
        variant = next(iter(definition.variants))
    about = About(
        variant=variant, applicant_kind=body.applicant_kind, by_proxy=body.by_proxy,
        applicant_foreign=body.applicant_foreign,
    )  # fmt: skip
    applicant.may_apply(definition, about)
    return _told(applying.begin(revision, about, language=body.language))


@reads(router, "/applications/{token}", DRAFT, Application)
def draft(request: HttpRequest, token: str) -> Application:
    """How far it is."""
    return _told(_open(token))


@writes(router, "/applications/{token}", DRAFT, Application, method="PATCH")
def fill(request: HttpRequest, token: str, body: Fill) -> Application:
    """Keep answers, who the applicant is, and statements; what is wrong is told all at once, and nothing is kept then."""
    one = _unsent(token)
    definition, so_far, calendar = definition_of(one.revision), applying.filled(one), current_calendar()
    today = local_date(now(), calendar)
    values = evaluate(definition, so_far.about, so_far.answers, submitted_on=today, calendar=calendar)
    asked: dict[str, Any] = {"values": values, "today": today, "calendar": calendar}
    answers = read_all(definition.questions, body.answers, "answers", **asked)
    who = read_all(_identity(so_far.about), body.identity, "identity", **asked)
    handed = given(definition, one.token, body.statements)
    return _told(applying.fill(one, answers=answers, identity=who, given=handed))


@writes(router, "/applications/{token}/files", DRAFT, Kept, status=201, limit="upload")
def upload(request: HttpRequest, token: str, requirement: Form[str], file: File[UploadedFile]) -> Kept:
    """Hand in a file for a requirement (`name`, or `name.member` where there are several ways)."""
    one = _unsent(token)
    definition = definition_of(one.revision)
    found = put(definition, requirement, file, one.token)
    applying.fill(one, given=given(definition, one.token, {}))
    return found


def _pin(request: HttpRequest, named: dict[str, Any], digest: str) -> dict[str, Any]:
    """Made from the office's secret and the key of the call, so that a call repeated gets the same one and none is kept."""
    made = salted_hmac("kantor.api.pin", digest, algorithm="sha256").hexdigest()
    return {"pin": f"{int(made, 16) % 1_000_000:06}"}


@writes(router, "/applications/{token}/submit", DRAFT, Submitted, status=201, apart=_pin)
def submit(request: HttpRequest, token: str) -> Submitted:
    """Hand it in; refused with everything that is missing."""
    one = _unsent(token)
    so_far = applying.filled(one)
    missing = {
        f"/identity/{name}": NEEDED
        for name, field in _identity(so_far.about).items()
        if field.required and not so_far.identity.get(name)
    }
    if missing:  # said together with what else is missing
        raise Wrong(
            422, _problem(definition_of(one.revision), so_far) or FAULTY.format(n=len(missing)), missing
        )
    pin = _pin(request, {}, request.key)["pin"]  # type: ignore[attr-defined]
    case = applying.submit(one, pin=pin).case
    return Submitted(
        number=case.number, code=case.code, track=f"{settings.KANTOR_URL}{settings.KANTOR_TRACK_URL}"
    )


def _open(token: str) -> Draft:
    code = read_code(token[:60], settings.KANTOR_OFFICE_CODE)
    found = Draft.objects.select_related("revision__service").filter(token=code or "-").first()
    if found is None:
        raise Http404
    return found


def _unsent(token: str) -> Draft:
    found = _open(token)
    if found.case_code:
        raise Wrong(409, SENT)
    return found


def _identity(about: About) -> Mapping[str, Any]:
    return identity(about) if about.applicant_kind is not None else {}


def _told(one: Draft) -> Application:
    definition = definition_of(one.revision)
    base = {"code": one.token, "service": one.service_slug, "revision": one.revision.number}
    if one.case_code:
        return Application(**base, is_submitted=True)
    so_far, calendar = applying.filled(one), current_calendar()
    at = now()
    values = evaluate(
        definition, so_far.about, so_far.answers, submitted_on=local_date(at, calendar), calendar=calendar
    )
    asked = {n: f for n, f in definition.questions.items() if holds(f.when, values, calendar) is True}
    problem = _problem(definition, so_far)
    return Application(
        **base, is_submitted=False, asked=[question(n, f) for n, f in asked.items()],
        identity=[question(n, f) for n, f in _identity(so_far.about).items()], answered=[*so_far.answers],
        identified=[*so_far.identity], problem=problem.said(one.language) if problem else None,
        files=[kept(file) for files in _files(one.token) for file in files],
    )  # fmt: skip


def _problem(definition: Definition, so_far: applying.Filled) -> Text | None:
    """What keeps it from being handed in, all at once."""
    try:
        applicant.submit(
            definition, so_far.about, so_far.answers, so_far.given, at=now(), calendar=current_calendar()
        )
    except Refused as refused:
        return refused.text
    return None


def _files(token: str) -> list[list[Any]]:
    with scoped(scope_case(token)):
        return list(held(token).values())
