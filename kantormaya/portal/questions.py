"""A page of questions: kept as it is left, or while one is on it where an answer decides what else is asked."""

from __future__ import annotations

from collections.abc import Collection

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kantormaya.cases.models import Draft
from kantormaya.casework import applying
from kantormaya.casework.identity import identity
from kantormaya.language.asking import Field
from kantormaya.language.forms import Posted, changed_lines, read_fields, show
from kantormaya.language.texts import Text, joined
from kantormaya.portal.drafts import back_to, posted
from kantormaya.portal.form_pages import AGAIN, onward, progress, show_page, slots
from kantormaya.portal.steps import REVIEW, Road, Step, hanging, road

SHOWN = "ditanya"
"""Under this name a form says which of the questions that come and go stand on the page."""
MORE = Text(
    "Karena jawaban Anda, ini juga ditanyakan: {names}.", "Because of your answer this is asked too: {names}."
)
LESS = Text("Tidak perlu dijawab lagi: {names}.", "No longer asked: {names}.")


def questions(request: HttpRequest, draft: Draft, here: Road, step: Step) -> HttpResponse:
    """Questions about the application or the applicant; what is asked because of an answer comes up on the same page."""
    fields = identity(here.filled.about) if step.kind == "identity" else _page_of(here, step.page)
    hang = hanging(here.definition, step.page)
    kept = here.filled.identity if step.kind == "identity" else here.filled.answers
    if request.method != "POST":
        shown = [show(n, fields[n], kept.get(n, fields[n].default)) for n in step.names]
        return show_page(request, draft, here, step, shown, hang)
    sent = posted(request)
    seen = [n for n in fields if (_is_seen(n, sent) if n in hang else n in step.names)]
    if (lines := changed_lines({n: fields[n] for n in seen}, sent)) is not None:
        shown = [show(n, fields[n], posted=sent, lines=lines.get(n)) for n in seen]
        return show_page(request, draft, here, step, shown, hang)
    answers, problems = read_fields(
        {n: fields[n] for n in seen}, sent, values=here.values, today=here.today, zone=here.calendar.zone
    )
    answers |= dict.fromkeys(problems)
    if step.kind == "identity":
        draft, asked = applying.fill(draft, identity=answers), step.names
    else:
        draft = applying.fill(draft, answers=answers)
        here = road(here.definition, applying.filled(draft))
        asked = now_.names if (now_ := here.step(step.id)) else ()
        if "HX-Request" in request.headers:
            return _changes(request, draft, here, step.id, seen) if asked else HttpResponse(status=204)
    problems = {n: problem for n, problem in problems.items() if n in asked}
    if problems:
        kept = here.filled.answers
        shown = [
            show(n, fields[n], posted=sent, error=problems.get(n))
            if n in seen
            else show(n, fields[n], kept.get(n))
            for n in asked
        ]
        return show_page(request, draft, here, step, shown, hang)
    if set(asked) - set(seen):
        back = f"&kembali={REVIEW}" if back_to(request) else ""
        return redirect(f"{reverse('apply_step', args=(draft.token, step.id))}?{AGAIN}=ya{back}")
    return onward(request, draft, step.id)


def _page_of(here: Road, names: Collection[str]) -> dict[str, Field]:
    return {name: here.definition.field[name] for name in names}


def _is_seen(name: str, sent: Posted) -> bool:
    """Whether a question that comes and goes stood on the page that was sent."""
    return name in sent.get(SHOWN, ()) or any(key == name or key.startswith(f"{name}.") for key in sent)


def _changes(request: HttpRequest, draft: Draft, here: Road, id: str, seen: Collection[str]) -> HttpResponse:
    """Only the places that fill or empty; all others stay untouched, with the focus and what is typed in them."""
    step = here.step(id)
    assert step is not None
    fields, kept = _page_of(here, step.page), here.filled.answers
    shown = [show(n, fields[n], kept.get(n, fields[n].default)) for n in step.names]
    changed = [
        one
        for one in slots(shown, step.page, hanging(here.definition, step.page))
        if one.is_hanging and (one.field is not None) != (one.name in seen)
    ]
    more = [fields[one.name].label for one in changed if one.field]
    less = [fields[one.name].label for one in changed if not one.field]
    said = [words.format(names=joined(names, ", ")) for words, names in ((MORE, more), (LESS, less)) if names]
    context = {"slots": changed, "said": joined(said, " "), "step": step, **progress(draft, here, step)}
    return render(request, "portal/apply_changed.html", context)
