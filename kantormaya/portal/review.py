"""The last page before sending: the application reads like a letter, with its fee and the promised time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kantormaya.cases.models import Draft
from kantormaya.cases.pins import hash_pin, make_pin
from kantormaya.casework import applying
from kantormaya.casework.holders import PAPER
from kantormaya.casework.identity import KINDS, holder_of, identity
from kantormaya.documents.models import Upload
from kantormaya.engine.events import Refused
from kantormaya.language.asking import Field, Requirement
from kantormaya.language.evaluating import wanted
from kantormaya.language.forms import in_words
from kantormaya.language.texts import Text, joined
from kantormaya.people.guards import hand_over
from kantormaya.portal.drafts import handed_in, road_of
from kantormaya.portal.folders import UPLOAD
from kantormaya.portal.promises import fee_of, from_words, time_words
from kantormaya.portal.steps import REVIEW, Road, Step

PIN_COOKIE = "pin"
PIN_SHOWN_FOR = 10 * 60
SALT = "pin-of-a-form"


PARTS = (
    (Text("Keterangan", "Particulars"), ("questions", "time")),
    (Text("Pemohon", "The applicant"), ("identity",)),
    (Text("Berkas dan pernyataan", "Papers and statements"), ("paper", "statements")),
)


def review(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show the letter; sent, it becomes a case once, however often the button is pressed."""
    if request.method == "POST":
        return _send(request, draft)
    if draft.case_code:
        return handed_in(request, draft)
    return _page(request, draft, road_of(draft), [])


def _send(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The PIN travels in the form, so that a button pressed twice shows the same PIN twice and loses none."""
    if not draft.case_code:
        here = road_of(draft)
        if missing := _missing(draft, here):
            return _page(request, draft, here, missing, status=422)
    pin = _pin_of(request, draft.token)
    try:
        receipt = applying.submit(draft, pin=pin)
    except Refused as refused:
        return _page(request, draft, road_of(draft), [{"id": "kirim", "text": refused.text}], status=422)
    case, pin = receipt.case, receipt.pin or pin
    if pin is None or hash_pin(case.code, pin) != case.pin_hash:
        return redirect(f"{settings.KANTOR_TRACK_URL}?kode={case.code}")
    answer = redirect("receipt")
    hand_over(answer, case.code)
    answer.set_signed_cookie(
        PIN_COOKIE, pin, salt=case.code, max_age=PIN_SHOWN_FOR, path=reverse("receipt"), httponly=True,
        secure=settings.KANTOR_SECURE, samesite="Lax",
    )  # fmt: skip
    return answer


def _pin_of(request: HttpRequest, token: str) -> str | None:
    """The PIN we put into the form ourselves; never one made up here, or sending again would be a way to guess PINs."""
    try:
        pin: str = signing.loads(request.POST.get("kunci", ""), salt=SALT + token, max_age=7 * 24 * 3600)
    except signing.BadSignature:
        return None
    return pin


def _missing(draft: Draft, here: Road) -> list[dict[str, Any]]:
    words = Text("Belum lengkap: {title}", "Not complete: {title}")
    return [
        {"id": f"bagian-{step.id}", "text": words.format(title=step.title)}
        for step in here.steps
        if not step.is_done
    ]


def _page(
    request: HttpRequest, draft: Draft, here: Road, errors: list[dict[str, Any]], status: int = 200
) -> HttpResponse:
    definition, about = here.definition, here.filled.about
    names = {f"{UPLOAD}{u.pk}": u.name for u in Upload.objects.filter(draft_code=draft.token, case=None)}
    parts = [
        {
            "title": title,
            "answers": [
                one for step in here.steps if step.kind in kinds for one in _answers(draft, here, step, names)
            ],
        }
        for title, kinds in PARTS
    ]
    context = {
        "draft": draft, "road": here, "definition": definition, "errors": errors, "parts": parts,
        "agency": draft.revision.service.agency, "holder": holder_of(here.filled.identity),
        "variant": definition.variants.get(about.variant or "") if len(definition.variants) > 1 else None,
        "about": _about(here), "is_ready": all(step.is_done for step in here.steps),
        "first_open": reverse("apply_step", args=(draft.token, here.first_open())),
        "back_href": reverse("apply_step", args=(draft.token, here.before(REVIEW) or "mulai")),
        "about_href": _change(draft, "mulai"), "fee": fee_of(definition, here.values, here.calendar),
        "time": time_words(definition, here.values, here.calendar), "counted": from_words(definition, here.values, here.calendar),
        "by_office": _others(here, at_submission=True), "later": _others(here, at_submission=False),
        "key": signing.dumps(make_pin(), salt=SALT + draft.token),
    }  # fmt: skip
    return render(request, "portal/apply_review.html", context, status=status)


def _change(draft: Draft, step: str) -> str:
    return f"{reverse('apply_step', args=(draft.token, step))}?kembali={REVIEW}"


def _about(here: Road) -> list[dict[str, Any]]:
    about, definition = here.filled.about, here.definition
    found = []
    if len(definition.variants) > 1:
        found.append(
            {
                "label": Text("Jenis permohonan", "Kind of application"),
                "value": definition.variants[about.variant or ""],
            }
        )
    if about.applicant_kind:
        found.append({"label": Text("Pemohon", "Applicant"), "value": KINDS[about.applicant_kind]})
    if about.by_proxy:
        found.append(
            {
                "label": Text("Diajukan oleh", "Handed in by"),
                "value": Text("kuasa pemohon", "a representative"),
            }
        )
    return found


def _answers(draft: Draft, here: Road, step: Step, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The lines of one page of the form; the first bears the address that the error summary leads to."""
    lines: list[tuple[Text, Text | None]]
    if step.kind in ("paper", "statements"):
        items = here.definition.requirement
        lines = [
            (items[n].title, _given_words(items[n], here.filled.given.get(n), names)) for n in step.names
        ]
    else:
        is_identity = step.kind == "identity"
        fields: Mapping[str, Field] = identity(here.filled.about) if is_identity else here.definition.field
        kept = here.filled.identity if is_identity else here.filled.answers
        lines = [(fields[n].label, in_words(fields[n], kept.get(n))) for n in step.names]
    return [
        {
            "id": f"bagian-{step.id}" if n == 0 else None, "label": label, "value": value, "is_done": step.is_done,
            "change_href": _change(draft, step.id),
        }
        for n, (label, value) in enumerate(lines)
    ]  # fmt: skip


def _given_words(item: Requirement, given: Any, names: Mapping[str, str]) -> Text | None:
    if not given:
        return None
    if given is True:
        return Text("Dinyatakan benar", "Declared to be true")
    if isinstance(given, Mapping):
        member, what = next(iter(given.items()))
        inner = item.one_of.get(member)
        words = _given_words(inner, what, names) if inner else None
        return joined([inner.title, words], ": ") if inner and words else None
    ours = Text("surat dari kantor ini", "a paper of this office")
    return joined(
        [ours if one.startswith(PAPER) else Text(names.get(one, one), names.get(one, one)) for one in given],
        ", ",
    )


def _others(here: Road, *, at_submission: bool) -> list[Text]:
    """What the applicant need not hand in here: the office looks it up, or it is asked for later."""
    asked = {name for step in here.steps for name in step.names}
    return [
        item.title
        for name, item in here.definition.requirement.items()
        if item.asked_at_submission is at_submission
        and name not in asked
        and item.on_request is None
        and wanted(item, here.values, here.calendar) is True
        and item.kind != "check"
    ]
