"""What the office offers: services, the standard of each, its text; and whether a paper holds."""

from datetime import date

from django.http import Http404, HttpRequest
from ninja import Router
from pydantic import BaseModel

from kantormaya.api.door import reads
from kantormaya.api.guards import PUBLIC
from kantormaya.api.shapes import Question, Said, question, said, said_or_none
from kantormaya.catalogue.finding import Offer, catalogue, find
from kantormaya.language.components.items import Item
from kantormaya.language.standard import components
from kantormaya.permits.checking import Standing, status

router = Router(tags=["offers"])


class Service(BaseModel):
    """A service in the list."""

    slug: str
    title: Said
    summary: Said | None
    agency: str
    revision: int


class Line(BaseModel):
    """One line of a component of the standard, with its condition in words."""

    text: Said
    when: Said | None
    notes: list[Said]


class Part(BaseModel):
    """One of the 14 components of the standard."""

    number: int
    key: str
    title: Said
    lines: list[Line]


class Needed(BaseModel):
    """A requirement: what is handed in, and in which of several ways."""

    name: str
    title: Said
    kind: str
    accept: list[str]
    is_conditional: bool
    one_of: dict[str, Said]


class Standard(Service):
    """The published standard, and what an application is asked."""

    variants: dict[str, Said]
    applicant_kinds: list[str]
    standard: list[Part]
    questions: list[Question]
    requirements: list[Needed]


class Published(BaseModel):
    """The text that runs, with the digest that names it."""

    slug: str
    revision: int
    sha256: str
    text: str


@reads(router, "/services", PUBLIC, list[Service])
def services(request: HttpRequest, q: str = "") -> list[Service]:
    """Every service on offer, or those that fit the words of `q`, best first."""
    among = catalogue()
    offers = find(q[:200], among).offers if q.strip() else among.offers
    return [Service(**_service(one)) for one in offers]


@reads(router, "/services/{slug}", PUBLIC, Standard)
def service(request: HttpRequest, slug: str) -> Standard:
    """The standard of a service, its questions and requirements."""
    one = _offer(slug)
    definition = one.definition
    return Standard(
        **_service(one),
        variants={name: said(text) for name, text in definition.variants.items()},
        applicant_kinds=[*definition.party["applicant"].kinds],
        standard=[
            Part(number=c.number, key=c.key, title=said(c.title), lines=[_line(item) for item in c.items])
            for c in components(definition)
        ],
        questions=[question(name, field) for name, field in definition.questions.items()],
        requirements=[
            Needed(
                name=name, title=said(item.title), kind=item.kind, accept=[*item.accept],
                is_conditional=item.when is not None, one_of={k: said(v.title) for k, v in item.one_of.items()},
            )
            for name, item in definition.requirement.items()
        ],
    )  # fmt: skip


@reads(router, "/services/{slug}/definition", PUBLIC, Published)
def definition(request: HttpRequest, slug: str) -> Published:
    """The text of the revision in force."""
    one = _offer(slug).revision
    return Published(slug=slug, revision=one.number, sha256=one.sha256, text=one.text)


def _offer(slug: str) -> Offer:
    found = catalogue().offer(slug)
    if found is None:
        raise Http404
    return found


def _service(one: Offer) -> dict[str, object]:
    return {
        "slug": one.slug, "title": said(one.definition.title), "summary": said_or_none(one.definition.summary),
        "agency": one.agency.slug, "revision": one.revision.number,
    }  # fmt: skip


def _line(item: Item) -> Line:
    return Line(text=said(item.text), when=said_or_none(item.when), notes=[said(one) for one in item.notes])


class Checked(BaseModel):
    """Whether a paper holds, and what stands on it."""

    standing: Standing
    title: Said | None
    number: str
    holder: str
    agency: str
    issued_on: date | None
    valid_until: date | None
    ended_on: date | None
    sha256: str
    is_test: bool


@reads(router, "/papers/{code}", PUBLIC, Checked, limit="verification")
def paper(request: HttpRequest, code: str) -> Checked:
    """The status of a paper by the code that stands on it."""
    found = status(code[:60])
    return Checked(
        standing=found.standing, title=said_or_none(found.title), number=found.number, holder=found.holder,
        agency=found.agency, issued_on=found.issued_on, valid_until=found.valid_until, ended_on=found.ended_on,
        sha256=found.sha256, is_test=found.is_test,
    )  # fmt: skip
