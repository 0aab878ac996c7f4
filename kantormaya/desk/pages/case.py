"""The case on one screen: read it, do what can be done now, show what is covered, write to the applicant."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from kantormaya.audit.recording import record
from kantormaya.cases.past import before
from kantormaya.casework.advancing import Changed
from kantormaya.casework.talking import write as say
from kantormaya.desk.doing import Wrong, do
from kantormaya.desk.facts import may_unmask
from kantormaya.desk.forms import Typed
from kantormaya.desk.frame import page
from kantormaya.desk.opened import Opened, opened, taken
from kantormaya.desk.screen import screen
from kantormaya.engine.events import Refused
from kantormaya.language.plain import whole
from kantormaya.language.texts import Text
from kantormaya.people.guards import official
from kantormaya.people.readers import language

DONE: dict[str, Text] = {
    "check": Text("Hasil pemeriksaan tersimpan.", "What you checked is kept."),
    "return": Text(
        "Berkas dikembalikan; pemohon sudah diberi tahu.", "The file is sent back; the applicant is told."
    ),
    "find": Text("Temuan tersimpan.", "The findings are kept."),
    "move": Text("Perkara diteruskan.", "The case is passed on."),
    "extend": Text(
        "Waktu diperpanjang; pemohon diberi tahu.", "The time is extended; the applicant is told."
    ),
    "waive": Text("Tagihan dibebaskan; pemohon diberi tahu.", "The bill is waived; the applicant is told."),
    "ask": Text("Permintaan terkirim.", "The request is sent."),
    "release": Text("Waktunya dilepas; pemohon diberi tahu.", "The time is let go; the applicant is told."),
    "schedule": Text("Jadwal ditetapkan; pemohon diberi tahu.", "The time is set; the applicant is told."),
    "answer": Text("Jawaban Anda tersimpan.", "Your answer is kept."),
    "say": Text("Pesan tersimpan.", "The message is kept."),
}


def find(request: HttpRequest, number: str) -> Opened:
    """The case of that number; a case of others is simply not there."""
    found = opened(number, request.posts, before(request.GET.get("sebelum")))  # type: ignore[attr-defined]
    if found is None:
        raise Http404(number)
    return found


@official()
@require_GET
def case(request: HttpRequest, number: str) -> HttpResponse:
    """The case as it stands."""
    return shown(request, find(request, number))


@official()
def act(request: HttpRequest, number: str) -> HttpResponse:
    """Do one thing to the case: done once, refused with the reason, or told what changed meanwhile."""
    if request.method != "POST":
        return redirect("desk_case", number)
    typed = posted(request)
    if "lihat" in request.POST:  # look at another file meanwhile; what is ticked so far comes along
        return shown(request, find(request, number), typed=typed)
    refusal = attempt(request, number, typed)
    if refusal is None:
        tell(request, DONE[typed.act])
        if typed.act == "check" and "lalu_kembalikan" in request.POST:
            return redirect("desk_return", number)
        return to_case(number, request.POST.get("berkas", ""))
    status, typed, changed = refusal
    return shown(request, find(request, number), typed=typed, changed=changed, status=status)


def posted(request: HttpRequest) -> Typed:
    """The form as it was sent."""
    lists = {name: [str(one) for one in values] for name, values in request.POST.lists()}
    return Typed(request.POST.get("act", ""), request.POST.get("of", ""), lists)


def attempt(request: HttpRequest, number: str, typed: Typed) -> tuple[int, Typed, Text | None] | None:
    """Take the case in hand and do what the form asks: None when the act is done; else the status, the form with its problems, and what changed."""
    key, seen = request.POST.get("key", "")[:64], whole(request.POST.get("seen", ""))
    if not key or seen is None:
        return 422, _with(typed, {"": STALE}), None
    found = taken(number, request.posts, key)  # type: ignore[attr-defined]
    if found is None:
        raise Http404(number)
    try:
        do(found, typed.act, typed.of, typed.posted, request.FILES.getlist("files"), key=key, seen=seen)
    except Changed as changed:
        return 409, typed, changed.text
    except Wrong as wrong:  # without a problem a list was made longer or shorter
        return 422 if wrong.errors else 200, _with(typed, wrong.errors), None
    except Refused as refused:
        return 422, _with(typed, {"": refused.text}), None
    return None


STALE = Text(
    "Formulir ini tidak lengkap. Buka lagi perkaranya.", "This form is incomplete. Open the case again."
)


def _with(typed: Typed, errors: dict[str, Text]) -> Typed:
    return Typed(typed.act, typed.of, typed.posted, errors)


@official()
def unmask(request: HttpRequest, number: str) -> HttpResponse:
    """Show what identifies the applicant, on this page only; the audit says who looked, and for what."""
    if request.method != "POST":
        return redirect("desk_case", number)
    found = find(request, number)
    if not may_unmask(found.now, found.posts, found.choices):
        return shown(request, found, status=403)
    post = request.post  # type: ignore[attr-defined]
    record(
        "pii.shown", actor=post.account.username, case_id=found.now.case.pk, agency_id=post.agency_id,
        purpose=f"perkara {number}", role=post.role, step=found.now.state.at,
    )  # fmt: skip
    return shown(request, found, unmasked=True)


@official()
def write(request: HttpRequest, number: str) -> HttpResponse:
    """Add a line to the conversation, or an internal note."""
    if request.method != "POST":
        return redirect("desk_case", number)
    found = find(request, number)
    post = request.post  # type: ignore[attr-defined]
    key, text = request.POST.get("key", "")[:64], request.POST.get("text", "")
    try:
        say(found.now.case, post, text, key=key or text[:64], internal="internal" in request.POST)
    except Refused as refused:
        typed = Typed("say", "", {"text": [text]}, {"text": refused.text})
        return shown(request, found, typed=typed, status=422)
    tell(request, DONE["say"])
    return to_case(number, request.POST.get("berkas", ""))


def tell(request: HttpRequest, text: Text) -> None:
    """A sentence for the next page."""
    messages.success(request, text.said(language()))


def to_case(number: str, viewing: str = "") -> HttpResponseRedirect:
    """Back to the case, at the file that was looked at."""
    link = reverse("desk_case", args=[number])
    return HttpResponseRedirect(f"{link}?berkas={viewing}" if whole(viewing) else link)


def shown(
    request: HttpRequest, found: Opened, *, typed: Typed | None = None, changed: Text | None = None, unmasked: bool = False,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The page of a case, with a form that came back where there is one."""
    viewing = request.GET.get("berkas") or request.POST.get("lihat") or request.POST.get("berkas") or ""
    context: dict[str, Any] = screen(found, viewing=viewing, typed=typed, unmasked=unmasked)
    return page(request, "case.html", {**context, "changed": changed}, status=status)
