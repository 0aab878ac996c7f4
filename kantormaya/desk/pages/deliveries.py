"""What leaves the office: whether each message arrived, why not, when it is tried next; and a button that tries it now."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from kantormaya.cases.models import Case, Party
from kantormaya.casework.identity import masked_address
from kantormaya.desk.causes import cause
from kantormaya.desk.frame import page
from kantormaya.language.national import NATIONAL
from kantormaya.language.texts import Text
from kantormaya.outbox.models import Message, MessageState
from kantormaya.outbox.sending import retry
from kantormaya.outbox.words import STATES
from kantormaya.people.guards import official
from kantormaya.people.models import Post
from kantormaya.people.readers import language

A_PAGE = 25
EMAIL = "email"
UNSENT = (MessageState.QUEUED, MessageState.FAILED, MessageState.GIVEN_UP)
SHOWN: dict[str, tuple[Text, tuple[str, ...]]] = {
    "": (Text("yang belum sampai", "those not delivered"), tuple(UNSENT)),
    "menyerah": (Text("yang tidak dicoba lagi", "those given up"), (MessageState.GIVEN_UP,)),
    "semua": (Text("semua", "all"), tuple(MessageState)),
}
AGAIN = Text("Dikirim lagi sekarang; muat ulang untuk melihat hasilnya.", "Being sent again; reload to see.")
NOTHING = Text("Kiriman ini tidak perlu dikirim lagi.", "This message need not be sent again.")


@official()
@require_GET
def deliveries(request: HttpRequest) -> HttpResponse:
    """Messages about the cases of my agency, newest first: those that have not arrived, or all."""
    which = request.GET.get("keadaan", "")
    which = which if which in SHOWN else ""
    before = request.GET.get("sebelum", "")
    found = of_agency(request.post).filter(state__in=SHOWN[which][1]).order_by("-pk")  # type: ignore[attr-defined]
    if before.isascii() and before.isdigit() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    shown = list(found[: A_PAGE + 1])
    older = shown[A_PAGE - 1].pk if len(shown) > A_PAGE else None
    context = {
        "rows": rows(shown[:A_PAGE]), "choices": [(key, words) for key, (words, _) in SHOWN.items()], "which": which,
        "older": urlencode({"keadaan": which, "sebelum": older}) if older else "", "is_first": not before, "back": "desk_deliveries",
    }  # fmt: skip
    return page(request, "deliveries.html", context, here="deliveries")


@official()
@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try one message now."""
    post: Post = request.post  # type: ignore[attr-defined]
    message = of_agency(post).filter(pk=pk).first()
    if message is None:
        raise Http404
    said = AGAIN if retry(message, actor=post.account.username) else NOTHING
    messages.success(request, said.said(language()))
    return redirect("desk_national" if request.POST.get("kembali") == "desk_national" else "desk_deliveries")


def of_agency(post: Post) -> QuerySet[Message]:
    """Messages about cases in which the agency takes part; what they say stays unread."""
    seats = Party.objects.filter(agency_id=post.agency_id).values("case_id")
    return Message.objects.filter(case_id__in=seats).defer("body")


def rows(found: list[Message]) -> list[dict[str, Any]]:
    """Messages as the table shows them, each with the number of its case."""
    numbers = dict(Case.objects.filter(pk__in={one.case_id for one in found}).values_list("pk", "number"))
    return [delivery(one) | {"number": numbers.get(one.case_id or 0)} for one in found]


def delivery(one: Message) -> dict[str, Any]:
    """Where one message stands: word, why not, when next."""
    word, kind = STATES[one.state]
    is_mail = one.channel == EMAIL
    system = NATIONAL.system.get(one.channel)
    return {
        "pk": one.pk, "subject": one.subject, "to": masked_address(one.to) if is_mail else one.to,
        "by": Text("surel", "e-mail") if is_mail else system.short if system else Text(one.channel, one.channel),
        "at": one.created_at, "word": word, "kind": kind, "why": one.last_error if one.state in UNSENT else "", "cause": cause(one.channel, one.last_error),
        "tries": one.tries, "next": one.due_at if one.state == MessageState.FAILED else None,
        "sent_at": one.sent_at, "can_retry": one.state in (MessageState.FAILED, MessageState.GIVEN_UP),
    }  # fmt: skip
