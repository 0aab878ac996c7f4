"""One page of the form as it is shown, and where it leads."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kantormaya.cases.models import Draft
from kantormaya.language.forms import Shown, errors_of
from kantormaya.language.texts import Text
from kantormaya.portal.drafts import back_to, road_of
from kantormaya.portal.papers import CHOSEN
from kantormaya.portal.steps import REVIEW, Road, Step

ABOUT = "mulai"
AGAIN = "lagi"
"""In the address of a page to which the answers just given have added a question."""
ANSWER = Text("Jawaban Anda", "Your answer")
LISTED = Text("Daftarnya", "The list")


@dataclass(frozen=True)
class Slot:
    """A place on a page: its field, if it is asked now; one that hangs on another of the page comes and goes."""

    name: str
    field: Shown | None
    is_hanging: bool = False
    decides: str = ""
    """What changes with it: other questions ("questions"), what is to be handed in ("papers"), or nothing."""


def slots(shown: Sequence[Shown], page: Sequence[str], hanging: dict[str, set[str]]) -> list[Slot]:
    """The places of a page of questions."""
    fields = {one.name: one for one in shown}
    deciding = {name for others in hanging.values() for name in others}
    return [
        Slot(name, fields.get(name), name in hanging, "questions" if name in deciding else "")
        for name in page
        if name in fields or name in hanging
    ]


def onward(request: HttpRequest, draft: Draft, here: str) -> HttpResponse:
    """To the next page; back to the review where one came from there and nothing new is asked."""
    after = road_of(draft)
    to = after.first_open() if back_to(request) == REVIEW else after.after(here)
    return redirect("apply_step", draft.token, to)


def show_page(
    request: HttpRequest, draft: Draft, here: Road, step: Step, shown: Sequence[Shown],
    hanging: dict[str, set[str]] | None = None,
) -> HttpResponse:  # fmt: skip
    """The page with its fields; 422 where one of them has an error."""
    errors = errors_of(list(shown))
    if len(shown) == 1 and shown[0].label == step.title:  # the title of the page has asked it already
        shown = [replace(shown[0], label=LISTED if shown[0].type == "rows" else ANSWER)]
    places = (
        slots(shown, step.page, hanging or {})
        if step.page
        else [Slot(one.name, one, decides="papers" if one.name.startswith(CHOSEN) else "") for one in shown]
    )
    context = {
        "draft": draft, "road": here, "step": step, "slots": places, "errors": errors, **progress(draft, here, step),
        "resume": reverse("apply_overview", args=(draft.token,)), "back_to": back_to(request), "has_files": step.kind == "paper",
        "is_live": any(one.decides for one in places), "has_place": has_place(shown),
        "is_longer": AGAIN in request.GET,
    }  # fmt: skip
    return render(request, "portal/apply_step.html", context, status=422 if errors else 200)


def progress(draft: Draft, here: Road, step: Step) -> dict[str, Any]:
    """Where one is in the form, as parts/progress.html reads it."""
    ids = [one.id for one in here.steps]
    return {
        "number": ids.index(step.id) + 1, "total": len(ids),
        "back_href": reverse("apply_step", args=(draft.token, here.before(step.id) or ABOUT)),
    }  # fmt: skip


def has_place(shown: Collection[Shown]) -> bool:
    """Whether the page asks for a place, so that the device may be asked where it is."""
    return any(one.type == "place" for one in shown)
