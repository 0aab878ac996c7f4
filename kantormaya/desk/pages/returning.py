"""Sending a file back: every deficiency at once, read as the applicant will read it before it goes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kantormaya.casework.identity import SEPARATE
from kantormaya.desk.forms import Typed, make_key
from kantormaya.desk.frame import page
from kantormaya.desk.opened import Opened
from kantormaya.desk.pages.case import DONE, attempt, find, posted, shown, tell, to_case
from kantormaya.engine.returning import found_deficient, was_visible
from kantormaya.engine.state import State
from kantormaya.language.evaluating import holds
from kantormaya.language.forms import Posted, in_words
from kantormaya.language.texts import Text
from kantormaya.people.guards import official

NOTHING = Text(
    "Belum ada kekurangan. Tulis apa yang kurang pada syarat atau isian.",
    "There is no deficiency yet. Write what is deficient at a requirement or an answer.",
)


@official()
def give_back(request: HttpRequest, number: str) -> HttpResponse:
    """The form, then the letter as the applicant will read it, then the act."""
    sent = posted(request)
    typed = Typed("return", "", sent.posted, sent.errors)
    is_sent = request.method == "POST" and request.POST.get("tahap") == "kirim"
    refusal = attempt(request, number, typed) if is_sent else None
    if is_sent and refusal is None:
        tell(request, DONE["return"])
        return to_case(number)
    found = find(request, number)
    choice = next((c for _, c in found.choices if c.act == "return"), None)
    if request.method != "POST":
        if choice is None or choice.refused:
            return redirect("desk_case", number)
        return _page(request, found, {}, will=choice.will)
    if refusal is None:
        letter = _letter(found, typed)
        errors = [] if letter else [{"id": "items", "text": NOTHING}]
        show = letter if request.POST.get("tahap") == "baca" else None
        return _page(
            request, found, typed.posted, letter=show, errors=errors, will=choice.will if choice else None
        )
    status, typed, changed = refusal
    if changed is not None:
        return shown(request, found, typed=typed, changed=changed, status=status)
    errors = [{"id": "items", "text": text} for text in typed.errors.values()]
    return _page(
        request, found, typed.posted, errors=errors, will=choice.will if choice else None, status=status
    )


def _page(
    request: HttpRequest, found: Opened, posted: Posted, *, will: Text | None, letter: list[dict[str, Any]] | None = None,
    errors: list[dict[str, Any]] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    seen = posted.get("seen", [str(found.now.case.version)])[-1]
    context = {
        "case": found.now.case, "title": found.now.definition.title, "items": items(found, posted), "letter": letter,
        "late": [one for one in letter or () if one["late"]],
        "errors": errors or [], "will": will, "seen": seen, "key": make_key(), "runs_on": _runs_on(found),
    }  # fmt: skip
    return page(request, "return.html", context, status=status)


def _runs_on(found: Opened) -> bool:
    """Whether the office's time goes on while the applicant corrects."""
    rule = found.now.definition.promise.correction
    return rule is not None and rule.clock == "runs"


def items(found: Opened, posted: Posted) -> dict[str, list[dict[str, Any]]]:
    """All that may be deficient: what was found so, the other requirements, the answers; each with its reason."""
    now = found.now
    values, known = now.values(), found_deficient(now.definition, now.state)
    marked: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    fields: list[dict[str, Any]] = []
    for name, item, held in found.requirements:
        if held.status != "not_needed":
            target = f"requirement.{name}"
            line = _item(now.state, target, item.title, known.get(target, ""), posted)
            (marked if target in known else others).append(line)
    for name, field in now.definition.questions.items():
        if holds(field.when, values, now.calendar) is True:
            said = now.state.answers.get(name)
            said = SEPARATE if said == SEPARATE else in_words(field, said)
            fields.append(_item(now.state, f"field.{name}", field.label, "", posted) | {"said": said})
    return {"marked": marked, "others": others, "fields": fields}


def _item(state: State, target: str, title: Text, reason: str, posted: Posted) -> dict[str, Any]:
    reason = posted.get(f"item.{target}", [reason])[-1]
    return {"name": f"item.{target}", "title": title, "reason": reason, "late": was_visible(state, target)}


def _letter(found: Opened, typed: Typed) -> list[dict[str, Any]]:
    """The deficiencies as the applicant will read them."""
    return [one for group in items(found, typed.posted).values() for one in group if one["reason"].strip()]
