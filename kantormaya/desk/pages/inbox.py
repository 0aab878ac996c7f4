"""The inbox: what waits for me, for my unit, for others; and the search."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from kantormaya.audit.time import now
from kantormaya.cases import queries
from kantormaya.cases.codes import read_code
from kantormaya.cases.queries import MOST
from kantormaya.casework.identity import masked
from kantormaya.desk import lists
from kantormaya.desk.frame import page
from kantormaya.language.texts import Text
from kantormaya.people.guards import official
from kantormaya.people.models import Post
from kantormaya.people.roles import role_title

GREETINGS = (
    (11, Text("Selamat pagi, {who}", "Good morning, {who}")),
    (15, Text("Selamat siang, {who}", "Good day, {who}")),
    (18, Text("Selamat sore, {who}", "Good afternoon, {who}")),
    (24, Text("Selamat malam, {who}", "Good evening, {who}")),
)
HEADS = [Text("Perkara", "Case"), Text("Langkah", "Step"), Text("Pemohon", "Applicant"), Text("Batas", "Due")]


@official()
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What waits for the roles I hold."""
    return _list(request, "mine", greeting(request.post.role))  # type: ignore[attr-defined]


@official()
@require_GET
def unit(request: HttpRequest) -> HttpResponse:
    """Every open case of my agency."""
    return _list(request, "unit", lists.LISTS["unit"][1])


@official()
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Our cases in which someone else has to act."""
    return _list(request, "waiting", lists.LISTS["waiting"][1])


def _list(request: HttpRequest, which: str, title: Text) -> HttpResponse:
    asked = {name: request.GET.get(name, "") for name in ("layanan", "batas", "peran")}
    asked["batas"] = asked["batas"] if asked["batas"] in lists.DUE else ""
    service, when, after = asked["layanan"], asked["batas"], request.GET.get("sesudah", "")
    posts: list[Post] = request.posts  # type: ignore[attr-defined]
    everyones = asked["peran"] == "semua"
    found, counted = lists.listed(posts, which, after, service=service, when=when, everyones=everyones)
    context = {
        "title": title, "heads": HEADS, "rows": lists.rows(found.seats, posts[0].account_id), "next": _link(asked, found.next or ""),
        "has_next": found.next is not None, "first": _link(asked, ""), "is_first": not after,
        "services": lists.services(), "service": service, "when": when, "dues": lists.DUE.items(), "today": timezone.localtime(now()),
        "facts": facts(counted, posts) if which == "mine" else [], "is_filtered": any(asked.values()),
        "is_mine": which == "mine", "everyones": everyones,
    }  # fmt: skip
    return page(request, "inbox.html", context, here=which, counted=counted)


def _link(asked: dict[str, str], after: str) -> str:
    said = {name: value for name, value in {**asked, "sesudah": after}.items() if value}
    return f"?{urlencode(said)}"


def facts(counted: dict[str, int], posts: list[Post]) -> list[dict[str, Any]]:
    """Late, today, tomorrow, finished this week."""
    in_time = Text("{n} tepat waktu", "{n} on time").format(n=counted["in_time"])
    late, today = counted["late"], counted["today"]
    again = Text("Kembali kedua kali", "Sent back again")
    why = Text(
        "{n} hari terakhir, untuk hal yang terlihat sejak awal",
        "last {n} days, for what was there to be seen",
    ).format(n=lists.AGAIN_DAYS)
    return [
        {"label": Text("Lewat batas", "Past the limit"), "value": said(late), "kind": "late" if late else ""},
        {"label": Text("Hari ini", "Today"), "value": said(today), "kind": "due" if today else ""},
        {"label": Text("Besok", "Tomorrow"), "value": said(counted["tomorrow"])},
        {
            "label": Text("Selesai pekan ini", "Finished this week"),
            "value": said(counted["finished"]),
            "note": in_time,
        },
        *(
            [{"label": again, "value": said(counted["again"]), "note": why}]
            if any(post.role in lists.AGAIN_FOR for post in posts)
            else []
        ),
    ]


def said(count: int) -> Text:
    """A count in words; nobody counts beyond MOST."""
    return Text(f"{count}") if count < MOST else Text(f"lebih dari {MOST - 1}", f"more than {MOST - 1}")


def greeting(role: str) -> Text:
    """Good morning, by the role; people are greeted by what they do here."""
    hour = timezone.localtime(now()).hour
    return next(text for until, text in GREETINGS if hour < until).format(who=_small(role_title(role)))


def _small(title: Text) -> Text:
    return Text(title.id[0].lower() + title.id[1:], title.said("en")[0].lower() + title.said("en")[1:])


@official()
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """A case by number, code or the name of the applicant, among those this agency takes part in."""
    typed = request.GET.get("q", "").strip()[:100]
    code = read_code(typed, settings.KANTOR_OFFICE_CODE)
    number = number_of(typed)
    found = []
    if typed:
        found = queries.search(code=code, number=number, name=masked(typed.title()))
    if len(found) == 1 and (code or found[0].number == number):
        return redirect("desk_case", found[0].number)
    context = {"typed": typed, "heads": HEADS, "rows": lists.found(found)}
    return page(request, "search.html", context)


def number_of(typed: str) -> str:
    """A typed number as cases are numbered: P-2026-000123, or only 123 for this year's; "" where it is none."""
    compact = typed.upper().replace(" ", "")
    if compact.startswith("P-") or compact == "P":
        return compact
    return (
        f"P-{timezone.localdate(now()).year}-{int(compact):06}"
        if compact.isdigit() and len(compact) < 7
        else ""
    )
