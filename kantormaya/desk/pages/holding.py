"""Taking a case, letting it go, handing it on: who works on what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from kantormaya.casework import assigning
from kantormaya.casework.assigning import NO_SEAT
from kantormaya.desk import lists
from kantormaya.desk.frame import page
from kantormaya.desk.holding import seated
from kantormaya.desk.pages.case import find, shown, tell, to_case
from kantormaya.engine.events import Refused
from kantormaya.language.texts import Text
from kantormaya.people.guards import official
from kantormaya.people.models import Post
from kantormaya.people.roles import role_title

YOURS = Text("Perkara ini sekarang Anda pegang.", "You hold this case now.")
FREE = Text(
    "Perkara ini terbuka lagi bagi semua rekan seperan.", "The case is free for every colleague again."
)
GIVEN = Text("Perkara diserahkan kepada {name}.", "The case is handed to {name}.")
NOTHING = Text("Tidak ada perkara yang belum diambil.", "No case is left to be taken.")
CHOOSE = Text("Pilih rekan yang akan memegang perkara ini.", "Choose who is to hold the case.")


@official()
def claim_next(request: HttpRequest) -> HttpResponse:
    """Take the case that is due first among those nobody holds, and open it."""
    if request.method != "POST":
        return redirect("desk_inbox")
    posts = request.posts  # type: ignore[attr-defined]
    seat = assigning.claim_next(lists.lists(lists.asked_by(posts))["mine"], posts)
    if seat is None:
        tell(request, NOTHING)
        return redirect("desk_inbox")
    tell(request, YOURS)
    return redirect("desk_case", seat.case.number)


@official()
def claim(request: HttpRequest, number: str) -> HttpResponse:
    """Take the seat of a role I hold; told when a colleague was quicker."""
    return _do(request, number, lambda case, post: assigning.claim(case, post), YOURS)


@official()
def release(request: HttpRequest, number: str) -> HttpResponse:
    """Let a seat go that I hold."""
    return _do(request, number, lambda case, post: assigning.release(case, post, post.role), FREE)


def _do(request: HttpRequest, number: str, act: Callable[[int, Post], object], done: Text) -> HttpResponse:
    if request.method != "POST":
        return redirect("desk_case", number)
    found = find(request, number)
    post = seated(found, request.POST.get("peran", ""))
    try:
        if post is None:
            raise Refused(NO_SEAT)
        act(found.now.case.pk, post)
    except Refused as refused:
        return shown(request, find(request, number), changed=refused.text, status=409)
    tell(request, done)
    return to_case(number)


@official()
def hand(request: HttpRequest, number: str) -> HttpResponse:
    """Choose a colleague who holds the role, with a note; done by the holder or a head."""
    found = find(request, number)
    role = request.POST.get("peran") or request.GET.get("peran", "")
    seat = next((one for one in found.seats if one.role == role), None)
    posts = [one for one in found.posts if seat is not None and assigning.may_hand(seat, [one])]
    if seat is None or not posts:
        raise Http404
    people = assigning.colleagues(found.now, seat)
    chosen, note = request.POST.get("kepada", ""), request.POST.get("catatan", "").strip()
    to = next((post for post, _ in people if str(post.account_id) == chosen), None)
    problem: Text | None = None
    if request.method == "POST":
        problem = CHOOSE if to is None else None
        if to is not None:
            try:
                assigning.hand_over(found.now.case.pk, posts[0], role, to.account, note)
                tell(request, GIVEN.format(name=to.account.name))
                return to_case(number)
            except Refused as refused:
                problem = refused.text
    context: dict[str, Any] = {
        "case": found.now.case, "title": found.now.definition.title, "role": role, "role_title": role_title(role),
        "people": people, "holder": None if seat.is_free else seat.holder_id, "chosen": to.account_id if to else None, "note": note,  # type: ignore[attr-defined]
        "errors": [{"id": "kepada", "text": problem}] if problem else [],
    }  # fmt: skip
    return page(request, "hand.html", context, status=422 if problem else 200)
