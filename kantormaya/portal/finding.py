"""The home page and the list of services: what can be asked for, found by words, by need, by agency."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from kantormaya.audit.time import now
from kantormaya.catalogue.calendars import current_calendar
from kantormaya.catalogue.finding import Catalogue, Offer, catalogue, find
from kantormaya.clock import Calendar
from kantormaya.language.texts import Text
from kantormaya.people.guards import public
from kantormaya.portal.facts import NO_NEED, price, span, times, visits
from kantormaya.portal.figures import kept
from kantormaya.portal.printed import printed

OTHERS = Text("Lain-lain", "Others")
OFTEN = 5
LONGEST_SEARCH = 200


@public
@require_safe
@printed
def home(request: HttpRequest) -> HttpResponse:
    """What can be asked for here, by need, with its promise; and the ways to track and to check."""
    all_, calendar = catalogue(), current_calendar()
    today = calendar.local_date(now())
    context = {
        "opens_on": None if calendar.is_workday(today) else calendar.next_workday(today),
        "groups": groups(all_.offers, calendar),
        "count": len(all_.offers),
        "kept": kept(),
        "often": often(all_),
    }
    return render(request, "portal/home.html", context)


@public
@require_safe
@printed
def services(request: HttpRequest) -> HttpResponse:
    """Every service, or those that fit the words, the need, the agency asked for."""
    all_, calendar = catalogue(), current_calendar()
    typed = " ".join(request.GET.get("cari", "")[:LONGEST_SEARCH].replace("\0", "").split())
    need, agency = request.GET.get("untuk", ""), request.GET.get("instansi", "")
    found = find(typed, all_) if typed else None
    offers = [
        offer
        for offer in (found.offers if found else all_.offers)
        if need in ("", need_of(offer)) and agency in ("", offer.agency.slug)
    ]
    context = {
        "typed": typed, "read_as": found.read_as if found else None, "count": len(offers), "all_count": len(all_.offers),
        "groups": [{"title": None, "rows": rows(offers, calendar)}] if found else groups(offers, calendar), "need": need, "agency": agency,
        "needs": _needs(all_), "agencies": _agencies(all_), "often": often(all_),
    }  # fmt: skip
    return render(request, "portal/services.html", context)


def need_of(offer: Offer) -> str:
    """The need a service is filed under, as it stands in addresses."""
    return slugify((offer.definition.group or OTHERS).id)


def groups(offers: Iterable[Offer], calendar: Calendar) -> list[dict[str, Any]]:
    """Services under their needs, in the order of the alphabet."""
    found: dict[str, list[Offer]] = {}
    for offer in offers:
        found.setdefault((offer.definition.group or OTHERS).id, []).append(offer)
    return [
        {
            "title": kinds[0].definition.group or OTHERS,
            "need": need_of(kinds[0]),
            "rows": rows(kinds, calendar),
        }
        for _, kinds in sorted(found.items())
    ]


def rows(offers: Iterable[Offer], calendar: Calendar) -> list[dict[str, Any]]:
    """Services as parts/rows.html reads them: promise, fee, visits, made from the definition alone."""
    return [_row(offer, calendar) for offer in offers]


def _row(offer: Offer, calendar: Calendar) -> dict[str, Any]:
    definition = offer.definition
    come = visits(definition, {}, calendar)
    return {
        "title": definition.title,
        "href": f"/layanan/{offer.slug}/",
        "note": definition.summary,
        "cells": [
            {"label": Text("Janji", "Promise"), "value": span(definition, {}, calendar)},
            {"label": Text("Biaya", "Fee"), "value": price(definition, {}, calendar)},
            {
                "label": Text("Datang", "Visits"),
                "value": times(come) if come.most else NO_NEED,
            },
        ],
    }


def often(all_: Catalogue) -> list[str]:
    """A first keyword of some services, to show how one may search."""
    firsts = [offer.definition.keywords[0] for offer in all_.offers if offer.definition.keywords]
    return list(dict.fromkeys(firsts))[:OFTEN]


def _needs(all_: Catalogue) -> list[tuple[str, Text]]:
    found = {need_of(offer): offer.definition.group or OTHERS for offer in all_.offers}
    return sorted(found.items())


def _agencies(all_: Catalogue) -> list[tuple[str, str]]:
    return sorted({(offer.agency.slug, str(offer.agency)) for offer in all_.offers}, key=lambda one: one[1])
