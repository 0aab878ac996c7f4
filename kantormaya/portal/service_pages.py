"""The page of a service is its standard: made from the definition in force, and nothing beside it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from kantormaya.catalogue.calendars import current_calendar
from kantormaya.catalogue.finding import Catalogue, Offer, catalogue
from kantormaya.catalogue.models import Revision
from kantormaya.catalogue.publishing import definition_of
from kantormaya.language.components.items import Component, Item
from kantormaya.language.definition import Definition
from kantormaya.language.differences import compare
from kantormaya.language.forms import errors_of
from kantormaya.language.national import NATIONAL
from kantormaya.language.standard import components
from kantormaya.language.texts import Text
from kantormaya.people.guards import public
from kantormaya.people.readers import language
from kantormaya.portal.facts import first_facts, price
from kantormaya.portal.figures import kept, satisfied
from kantormaya.portal.finding import OTHERS, need_of
from kantormaya.portal.guidance import GUIDANCE, ask_about_service
from kantormaya.portal.printed import printed
from kantormaya.portal.promises import fee_of, from_words, time_words
from kantormaya.portal.prose import guide_in
from kantormaya.portal.way import way
from kantormaya.portal.yours import is_settled, yours

NAME = Text("Nama layanan", "Name of the service")


@public
@require_safe
@printed
def service(request: HttpRequest, slug: str) -> HttpResponse:
    """How long, how much, what is needed of me, how it goes: the whole service on one page."""
    all_, offer = _offered(slug)
    definition, calendar = offer.definition, current_calendar()
    found = yours(definition, dict(request.GET.lists()), calendar)
    parts = {part.key: part for part in components(definition)}
    fee = fee_of(definition, found.values, calendar)
    answered = {
        name: values for name, values in request.GET.lists() if name in {f.name for f in found.fields}
    }
    context: dict[str, Any] = {
        "offer": offer, "definition": definition, "need": need_of(offer), "group": definition.group or OTHERS,
        "facts": first_facts(definition, {}, calendar), "kept": kept(slug), "index": satisfied(offer.agency.pk).services.get(slug), "found": found, "is_settled": is_settled(found),
        "errors": errors_of(list(found.fields)), "time": time_words(definition, found.values, calendar),
        "counted": from_words(definition, found.values, calendar), "price": price(definition, found.values, calendar), "fee": fee,
        "is_priced": bool(fee["lines"]) and not fee["is_provisional"] and not fee["not_stated"],
        "steps": way(definition, found.values, calendar, _short_names(all_)),
        "parts": parts,
        "products": _granted(definition, parts["product"]),
        "guide": guide_in(offer.revision.files.get("guide.md", ""), language()),
        "apply_query": _query(answered), "is_online": "online" in definition.channels,
        "ask_href": ask_about_service(definition) if slug != GUIDANCE and all_.offer(GUIDANCE) else None,
        "national": NATIONAL.system.get(definition.national.system) if definition.national else None,
    }  # fmt: skip
    return render(request, "portal/service.html", context)


@public
@require_safe
@printed
def standard(request: HttpRequest, slug: str) -> HttpResponse:
    """The 14 components in the order of the regulation, of the revision in force or of an earlier one."""
    _, offer = _offered(slug)
    revision = offer.revision
    if asked := request.GET.get("revisi"):
        revision = _revision(offer, asked)
    definition = definition_of(revision)
    context = {
        "offer": offer, "revision": revision, "definition": definition, "parts": components(definition),
        "is_current": revision.pk == offer.revision.pk,
    }  # fmt: skip
    return render(request, "portal/standard.html", context)


@public
@require_safe
def revisions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every revision with its day and digest, and what each changed."""
    _, offer = _offered(slug)
    kept_ = list(offer.revision.service.revisions.order_by("-number"))
    told = [
        {"revision": newer, "changes": _changes(older, newer) if older else None}
        for newer, older in zip(kept_, [*kept_[1:], None], strict=True)
    ]
    context = {"offer": offer, "definition": offer.definition, "told": told, "count": len(kept_)}
    return render(request, "portal/revisions.html", context)


def _changes(older: Revision, newer: Revision) -> list[dict[str, Any]]:
    return [
        {"what": change.component or NAME, "before": change.before, "after": change.after}
        for change in compare(definition_of(older), definition_of(newer))
    ]


def _offered(slug: str) -> tuple[Catalogue, Offer]:
    all_ = catalogue()
    offer = all_.offer(slug)
    if offer is None:
        raise Http404
    return all_, offer


def _revision(offer: Offer, asked: str) -> Revision:
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0
    found: Revision | None = offer.revision.service.revisions.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _granted(definition: Definition, products: Component) -> list[Item]:
    """What one gets when all goes well; the letter of a refusal stands in the full standard."""
    good = {name for end in definition.outcome.values() if end.means != "refused" for name in end.products}
    return [item for item in products.items if item.where.removeprefix("product.") in good]


def _short_names(all_: Catalogue) -> dict[str, str]:
    return {slug: str(agency) for slug, agency in all_.agencies.items()}


def _query(answered: dict[str, list[str]]) -> str:
    kept_ = {name: [value for value in values if value] for name, values in answered.items()}
    return urlencode({name: values for name, values in kept_.items() if values}, doseq=True)
