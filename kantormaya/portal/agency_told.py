"""The six parts of an agency's page (UU 25/2009 art. 23(4)), as plain data: what its profile says and what runs."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Count
from django.urls import reverse

from kantormaya.audit.time import now
from kantormaya.cases.models import Case
from kantormaya.catalogue.agencies import profile_of
from kantormaya.catalogue.calendars import current_calendar
from kantormaya.catalogue.charters import CharterStanding, charter_standing
from kantormaya.catalogue.finding import Offer
from kantormaya.clock import Calendar
from kantormaya.language.agency import AgencyProfile, Gap, gaps, implementers
from kantormaya.language.public_service import LIMITS
from kantormaya.language.standard import components
from kantormaya.language.texts import Text
from kantormaya.people.models import Agency, Post
from kantormaya.people.roles import HEADS, in_force, role_title
from kantormaya.people.scopes import scope_system, scoped
from kantormaya.portal.facts import price, span
from kantormaya.portal.figures import DAYS, NONE, kept_by_service, kept_in_all, satisfied
from kantormaya.surveys.indexing import Index
from kantormaya.surveys.questionnaire import questionnaire

TITLES = {
    "a": ("profil", Text("Profil penyelenggara", "The agency")),
    "b": ("pelaksana", Text("Profil pelaksana", "Who does the work")),
    "c": ("standar", Text("Standar pelayanan", "Service standards")),
    "d": ("maklumat", Text("Maklumat pelayanan", "Service charter")),
    "e": ("pengaduan", Text("Pengelolaan pengaduan", "Complaints")),
    "f": ("kinerja", Text("Penilaian kinerja", "Performance")),
}
BY_LAW = Text("UU 25/2009 pasal 23 ayat (4) huruf {letter}", "Law 25/2009 art. 23(4) letter {letter}")
COMPLAINTS = "pengaduan"


def told(agency: Agency) -> dict[str, Any]:
    """Everything the page of an agency says; each part with its letter, its article, and what is missing from it."""
    profile, charter, calendar = profile_of(agency), charter_standing(agency), current_calendar()
    wanting = gaps(profile)
    said = profile or AgencyProfile(agency=agency.slug)
    made = {
        "a": _provider(said),
        "b": _implementers(agency, charter.standards),
        "c": {"standards": [_standard(offer, calendar) for offer in charter.standards]},
        "d": _charter(agency, charter),
        "e": _complaints(said, charter.standards),
        "f": _performance(agency, charter.standards, calendar),
    }
    return {
        "agency": {
            "slug": agency.slug,
            "name": agency.name,
            "short": agency.short,
            "is_example": said.example,
        },
        "parts": {
            letter: {
                "letter": letter,
                "id": TITLES[letter][0],
                "title": TITLES[letter][1],
                "article": BY_LAW.format(letter=letter),
                "missing": [*_missing(wanting, letter), *_absent(letter, part)],
                **part,
            }
            for letter, part in made.items()
        },
    }


def _missing(wanting: list[Gap], letter: str) -> list[dict[str, Text]]:
    return [{"what": gap.what, "article": gap.article} for gap in wanting if gap.part == letter]


ABSENT = {
    "b": ("roles", Text("pelaksana yang memegang peran", "staff who hold a role")),
    "c": ("standards", Text("standar pelayanan yang diterbitkan", "published service standards")),
    "d": ("charter", Text("maklumat yang ditandatangani", "a signed charter")),
    "f": ("services", Text("layanan yang dapat dinilai", "services to be assessed")),
}
"""What runs instead of being written: the part is missing while this is empty."""


def _absent(letter: str, part: dict[str, Any]) -> list[dict[str, Text]]:
    if letter not in ABSENT or part[ABSENT[letter][0]]:
        return []
    return [{"what": ABSENT[letter][1], "article": BY_LAW.format(letter=letter)}]


def _provider(said: AgencyProfile) -> dict[str, Any]:
    contact, budget, titles = (
        said.contact,
        said.budget,
        {unit.title.id: unit.title for unit in said.structure},
    )
    return {
        "responsible": said.responsible, "duties": said.duties, "vision": said.vision, "mission": said.mission,
        "legal_basis": said.legal_basis,
        "structure": [{"title": unit.title, "under": titles.get(unit.under or "", unit.under), "does": unit.does} for unit in said.structure],
        "contact": {"address": contact.address, "phone": contact.phone, "email": contact.email, "web": contact.web, "hours": contact.hours},
        "budget": {"year": budget.year, "amount": budget.amount, "source": budget.source} if budget else None,
    }  # fmt: skip


def _implementers(agency: Agency, standards: tuple[Offer, ...]) -> dict[str, Any]:
    """Roles and how many hold each today; nobody's name."""
    work = {offer.slug: implementers(offer.definition) for offer in standards}
    slugs = {agency.slug} | {slug for pairs in work.values() for slug, _ in pairs}
    posts = Post.objects.filter(in_force(), agency__slug__in=slugs)
    counted: Counter[tuple[str, str]] = Counter()
    for row in posts.values("agency__slug", "role").annotate(n=Count("account", distinct=True)):
        counted[row["agency__slug"], row["role"]] = row["n"]
    agencies = {one.slug: one for one in Agency.objects.filter(slug__in=slugs)}

    def line(pair: tuple[str, str]) -> dict[str, Any]:
        at = agencies.get(pair[0])
        title = HEADS.get(at.kind) if at and pair[1] == "head_of_office" else None
        return {
            "role": pair[1], "title": title or role_title(pair[1]), "agency": str(at or pair[0]),
            "is_here": pair[0] == agency.slug, "count": counted[pair],
        }  # fmt: skip

    own = sorted(pair for pair in counted if pair[0] == agency.slug)
    services = [
        {"slug": offer.slug, "title": offer.definition.title, "roles": [line(pair) for pair in work[offer.slug]]}
        for offer in standards
    ]  # fmt: skip
    return {
        "staff": posts.filter(agency=agency).values("account").distinct().count(),
        "roles": [line(pair) for pair in own],
        "services": services,
    }


def _standard(offer: Offer, calendar: Calendar) -> dict[str, Any]:
    definition = offer.definition
    parts = components(definition)
    return {
        "slug": offer.slug, "title": definition.title, "href": reverse("standard", args=(offer.slug,)),
        "revision": offer.revision.number, "published_at": offer.revision.published_at, "sha256": offer.revision.sha256,
        "time": span(definition, {}, calendar), "fee": price(definition, {}, calendar),
        "components": sum(bool(part.items) for part in parts), "of": len(parts),
    }  # fmt: skip


def _charter(agency: Agency, standing: CharterStanding) -> dict[str, Any]:
    charter, fact = standing.charter, kept_in_all(kept_by_service(agency.pk))
    signed = charter and {
        "number": charter.number, "signed_at": charter.signed_at, "by": Text(charter.signatory["position"], (HEADS.get(agency.kind) or role_title("head_of_office")).en),
        "name": charter.signatory["name"], "is_test": charter.is_test, "sha256": charter.sha256,
        "href": reverse("charter", args=(agency.slug,)),
        "standards": [{"title": Text.read(one["title"]), "revision": one["revision"]} for one in charter.standards],
    }  # fmt: skip
    return {
        "charter": signed or None, "is_current": standing.is_current, "changed": standing.changed if charter else (),
        "due_on": standing.due_on, "renewal_article": LIMITS.charter.basis,
        "kept": fact.on_time, "broken": fact.finished - fact.on_time, "finished": fact.finished, "days": DAYS,
    }  # fmt: skip


def _complaints(said: AgencyProfile, standards: tuple[Offer, ...]) -> dict[str, Any]:
    own = said.complaints
    slugs = [offer.slug for offer in standards if offer.definition.kind == COMPLAINTS]
    return {
        "responsible": own.responsible, "address": own.address, "phone": own.phone, "email": own.email, "channels": own.channels,
        "limits": [{"title": one.title, "time": one.time, "basis": one.basis} for one in LIMITS.complaint],
        "figures": _complaint_figures(slugs) if slugs else None,
    }  # fmt: skip


def _complaint_figures(slugs: list[str]) -> dict[str, int]:
    with scoped(scope_system("figures of complaints")):
        cases = Case.objects.filter(service_slug__in=slugs, submitted_at__year=now().year)
        return {"received": cases.count(), "open": cases.filter(ended_at=None).count(), "year": now().year}


def _performance(agency: Agency, standards: tuple[Offer, ...], calendar: Calendar) -> dict[str, Any]:
    """Promise beside fact for each service, and how satisfied people were."""
    each, found = kept_by_service(agency.pk), satisfied(agency.pk)
    rows = []
    for offer in standards:
        fact, index = each.get(offer.slug, NONE), found.services.get(offer.slug)
        enough = bool(fact.finished) and not fact.is_few
        rows.append(
            {
                "slug": offer.slug, "title": offer.definition.title, "href": reverse("service", args=(offer.slug,)),
                "promise": span(offer.definition, {}, calendar), "finished": fact.finished,
                "on_time": fact.on_time if enough else None, "median": fact.median if enough else None,
                "nine_of_ten": fact.nine_of_ten if enough else None, "satisfaction": _index(index),
            }
        )  # fmt: skip
    whole = kept_in_all(each)
    return {
        "days": DAYS, "finished": whole.finished, "on_time": whole.on_time, "services": rows,
        "satisfaction": _index(found.index), "least": questionnaire().least, "survey": questionnaire().source,
    }  # fmt: skip


def _index(index: Index | None) -> dict[str, Any] | None:
    if index is None:
        return None
    elements = questionnaire().elements
    return {
        "n": index.n, "value": index.value, "letter": index.band.letter, "band": index.band.title,
        "elements": [
            {"key": key, "title": elements[key].title, "value": value} for key, value in index.elements.items()
        ],
    }  # fmt: skip
