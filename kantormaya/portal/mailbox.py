"""The mailbox of the demonstration: every message the office sent, as its reader gets it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from kantormaya.outbox.models import Message
from kantormaya.outbox.words import STATES
from kantormaya.people.guards import public
from kantormaya.people.scopes import scope_system, scoped

A_PAGE = 25
EMAIL = "email"
SEEN = scope_system("the mailbox of the demonstration")


@public
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """What was sent, newest first."""
    _demo_only()
    before, to = request.GET.get("sebelum", ""), request.GET.get("untuk", "").replace("\0", "").strip()[:254]
    messages = Message.objects.filter(channel=EMAIL).order_by("-pk").defer("body")
    messages = messages.filter(to=to) if to else messages
    if before.isascii() and before.isdigit() and len(before) < 19:
        messages = messages.filter(pk__lt=int(before))
    with scoped(SEEN):
        found = list(messages[: A_PAGE + 1])
    shown = found[:A_PAGE]
    context = {
        "rows": [_row(one) for one in shown], "to": to, "is_first": not before,
        "older": shown[-1].pk if len(found) > A_PAGE else None,
    }  # fmt: skip
    return render(request, "portal/mailbox.html", context)


@public
@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One message, with its links."""
    _demo_only()
    with scoped(SEEN):
        message = get_object_or_404(Message, pk=pk, channel=EMAIL)
    return render(request, "portal/letter.html", {"message": message} | _row(message))


def _row(message: Message) -> dict[str, Any]:
    word, kind = STATES[message.state]
    return {
        "pk": message.pk, "subject": message.subject, "to": message.to, "at": message.created_at, "word": word, "kind": kind,
    }  # fmt: skip


def _demo_only() -> None:
    if not settings.KANTOR_DEMO:
        raise Http404
