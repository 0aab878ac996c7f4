"""At the counter and on the phone: an official begins an application for someone, on the same pages as everyone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kantormaya.casework import applying
from kantormaya.catalogue.finding import Offer, catalogue
from kantormaya.desk.frame import page
from kantormaya.language.definition import CHANNEL_NAMES, Definition
from kantormaya.language.evaluating import About
from kantormaya.language.texts import Text
from kantormaya.people.guards import official
from kantormaya.people.models import Post
from kantormaya.people.readers import language

FRONT = "front_office"
CHANNELS = ("counter", "phone")
ABOUT = "mulai"
"""The first page of the form, in the citizen's door: who applies and for what."""
CHOOSE = Text("Pilih layanan yang diminta.", "Choose the service that is asked for.")
NOT_SO = Text(
    "Layanan ini tidak menerima permohonan lewat {channel}.", "This service takes no applications {channel}."
)


@official(FRONT)
@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: HttpRequest) -> HttpResponse:
    """Choose the service and how the person comes to us; then the form, with the official as the one who began it."""
    post: Post = request.post  # type: ignore[attr-defined]
    offers = [one for one in catalogue().offers if set(CHANNELS) & set(one.definition.channels)]
    slug, channel = (
        request.POST.get("layanan", request.GET.get("layanan", "")),
        request.POST.get("lewat", CHANNELS[0]),
    )
    problem = _problem(offers, slug, channel) if request.method == "POST" else None
    if request.method == "POST" and problem is None:
        offer = next(one for one in offers if one.slug == slug)
        draft = applying.begin(
            offer.revision, _plainest(offer.definition, channel), language=language(), begun_by=post
        )
        return redirect(reverse("apply_step", args=(draft.token, ABOUT)))
    context: dict[str, Any] = {
        "offers": [(one.slug, one.definition.title) for one in offers], "service": slug, "channel": channel,
        "channels": [(name, CHANNEL_WORDS[name]) for name in CHANNELS],
        "errors": [{"id": "layanan", "text": problem}] if problem else [],
    }  # fmt: skip
    return page(request, "counter.html", context, here="counter", status=422 if problem else 200)


CHANNEL_WORDS = {
    "counter": Text("Orangnya ada di loket", "The person is at the counter"),
    "phone": Text("Orangnya di telepon", "The person is on the phone"),
}


def _problem(offers: list[Offer], slug: str, channel: str) -> Text | None:
    offer = next((one for one in offers if one.slug == slug), None)
    if offer is None or channel not in CHANNELS:
        return CHOOSE
    if channel not in offer.definition.channels:
        return NOT_SO.format(channel=CHANNEL_NAMES[channel])
    return None


def _plainest(definition: Definition, channel: str) -> About:
    """What the form begins with; its first page asks for the kind of application and of applicant, and for a proxy."""
    party = definition.party["applicant"]
    kind = None if party.anonymous and not party.kinds else party.kinds[0]
    return About(next(iter(definition.variants), None), channel, kind)
