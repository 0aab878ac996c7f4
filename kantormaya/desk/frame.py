"""What stands around every page of the desk: the lists with their counts, and the posts one holds."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kantormaya.cases.queries import MOST
from kantormaya.desk import lists
from kantormaya.language.texts import Text
from kantormaya.people.models import Post
from kantormaya.people.roles import role_title

TREASURER = "revenue_treasurer"


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, here: str = "", counted: dict[str, int] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """A page of the desk, with its frame."""
    counted = counted if counted is not None else lists.counts(request.posts)  # type: ignore[attr-defined]
    around = {"desk": frame(request, here, counted), "told": [str(m) for m in messages.get_messages(request)]}
    return render(request, f"desk/{template}", {**around, **context}, status=status)


def frame(request: HttpRequest, here: str, counted: dict[str, int]) -> dict[str, Any]:
    """The menu: the four lists, money for the treasurer, and the posts to change between."""
    post: Post = request.post  # type: ignore[attr-defined]
    links = [
        {
            "text": title,
            "href": reverse(name),
            "count": min(counted[key], MOST - 1),
            "is_more": counted[key] >= MOST,
            "is_current": here == key,
        }
        for key, (name, title) in lists.LISTS.items()
    ]
    groups: list[dict[str, Any]] = [{"title": None, "links": links}]
    if any(one.role == TREASURER for one in request.posts):  # type: ignore[attr-defined]
        money = {
            "text": Text("Pencocokan pembayaran", "Reconciliation"),
            "href": reverse("desk_payments"),
            "count": None,
        }
        groups.append({"title": Text("Uang", "Money"), "links": [money | {"is_current": here == "money"}]})
    groups.append({"title": Text("Loket", "Counter"), "links": _counter(request, here)})
    groups.append({"title": Text("Keluar masuk", "In and out"), "links": _in_and_out(here)})
    own = {
        "text": Text("Maklumat dan survei", "Charter and survey"),
        "href": reverse("desk_agency"),
        "count": None,
    }
    groups.append({"title": Text("Instansi", "Agency"), "links": [own | {"is_current": here == "agency"}]})
    every: list[Post] = request.every_post  # type: ignore[attr-defined]
    return {
        "agency": post.agency.short or post.agency.name, "who": role_title(post.role), "groups": groups,
        "posts": [_post(one, post) for one in every] if len(every) > 1 else [],
    }  # fmt: skip


def _counter(request: HttpRequest, here: str) -> list[dict[str, Any]]:
    """Taking in for someone, which only the counter does, and who comes today."""
    links = [("appointments", Text("Janji temu", "Appointments"), "desk_appointments")]
    if any(one.role == "front_office" for one in request.posts):  # type: ignore[attr-defined]
        links.insert(0, ("counter", Text("Terima di loket/telepon", "Take in for someone"), "desk_counter"))
    return _links(links, here)


def _in_and_out(here: str) -> list[dict[str, Any]]:
    """What leaves the office, and what passes between it and the national system where one is connected."""
    links = [
        ("papers", Text("Surat terbit", "Papers issued"), "desk_papers"),
        ("deliveries", Text("Kiriman", "Messages sent"), "desk_deliveries"),
    ]
    if settings.KANTOR_OSS:
        links.append(("national", Text("Serah terima OSS", "Hand-over with OSS"), "desk_national"))
    return _links(links, here)


def _links(links: list[tuple[str, Text, str]], here: str) -> list[dict[str, Any]]:
    return [
        {"text": text, "href": reverse(name), "count": None, "is_current": here == key}
        for key, text, name in links
    ]


def _post(one: Post, now: Post) -> dict[str, Any]:
    title = Text("{role} · {agency}", "{role} · {agency}")
    title = title.format(role=role_title(one.role), agency=one.agency.short or one.agency.name)
    return {"id": one.pk, "title": title, "is_now": one.pk == now.pk}
