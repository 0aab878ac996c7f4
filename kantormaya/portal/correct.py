"""Correcting exactly what was asked, and handing in what arose later: all at once, and nothing given is lost meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kantormaya.cases.models import Case, Pii
from kantormaya.casework import applying
from kantormaya.casework.advancing import Changed
from kantormaya.casework.identity import SEPARATE
from kantormaya.casework.standing import Standing
from kantormaya.documents.keeping import hand_over
from kantormaya.documents.models import Upload
from kantormaya.engine.events import Refused
from kantormaya.engine.knowing import known, local_date
from kantormaya.engine.requiring import BY_OFFICE, arising, is_tested, must_be_given
from kantormaya.engine.storing import unpack
from kantormaya.language.asking import Field
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import Values, holds, names_used
from kantormaya.language.forms import Posted, Shown, changed_lines, read_fields, show
from kantormaya.language.texts import Text, joined
from kantormaya.people import limits
from kantormaya.people.guards import case_holder
from kantormaya.portal.acts import done, fresh_key, key_of, seen_by
from kantormaya.portal.drafts import posted
from kantormaya.portal.folders import UPLOAD, Folder, size_words
from kantormaya.portal.form_pages import has_place
from kantormaya.portal.papers import Handing, handing
from kantormaya.portal.questions import MORE, SHOWN
from kantormaya.portal.receipts import held
from kantormaya.portal.steps import reached
from kantormaya.portal.track import own_choices

ALSO = Text(
    "Karena jawaban Anda berubah, ini juga perlu.", "Because your answer changed, this is needed too."
)
RIGHT = Text("Yang benar", "The right answer")
LESS = Text("Ada yang tidak perlu lagi.", "Something is no longer needed.")
OFFICE_LOOKS = Text(
    "Tidak perlu diunggah: petugas memeriksanya lagi.", "Nothing to upload: the officer looks at it again."
)


@dataclass(frozen=True)
class Item:
    """One thing to mend: its name, the officer's words, and its inputs."""

    title: Text
    reason: str | Text
    fields: tuple[Shown, ...]
    before: tuple[dict[str, Any], ...] = ()
    name: str = ""
    """How it is called where it is only asked because of an answer (`field.x`, `requirement.y`)."""
    decides: bool = False
    """Whether its answer may bring up others."""


def folder_of(case: Case) -> Folder:
    """Where files wait until the correction is sent: only whoever holds the code sees them there."""

    def href(upload: Upload) -> str:
        return reverse("case_file", args=(upload.pk,))

    return Folder(case.code, href, case)


@limits.limited("upload", when=limits.has_files)
@case_holder
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest) -> HttpResponse:
    """The deficient items, each with the officer's words and the right input; sent only when all are there."""
    now_ = held(request)
    if now_.state.correction is None:
        return redirect("track_case")
    folder = folder_of(now_.case)
    if request.method != "POST":
        items, _, _ = _items(now_, folder, None, {})
        return _page(request, now_, items, None)
    sent = posted(request)
    if "HX-Request" in request.headers:
        return _changes(request, _items(now_, folder, sent, {}, is_check=False)[0], sent)
    if "hapus" in sent and folder.drop(sent["hapus"][-1]):
        items, _, _ = _items(now_, folder, sent, {}, is_check=False)
        return _page(request, now_, items, None)
    refused = take_files(request, now_, folder)
    items, answers, given = _items(now_, folder, sent, refused)
    if "tambah" in sent or "hapus" in sent or any(f.error for item in items for f in item.fields):
        return _page(request, now_, items, None)
    try:
        with_files = applying.correct(
            now_.case.pk, answers, given, key=key_of(request), seen=seen_by(request)
        )
    except Refused as problem:
        return _page(request, now_, items, problem)
    hand_over(now_.case.code, with_files.case)
    return done("perbaikan")


def take_files(request: HttpRequest, now_: Standing, folder: Folder) -> dict[str, Text]:
    """Keep every file that came with the form; says what is wrong with those that can't be kept."""
    refused, held = {}, folder.held() if request.FILES else {}
    for key in request.FILES:
        name, _, member = key.partition(".")
        item = now_.definition.requirement.get(name)
        item = item.one_of.get(member) if item and member else item
        if item is not None:
            problem = folder.put(key, item, request.FILES.getlist(key), held)
            if problem:
                refused[key] = problem
    return refused


def _items(
    now_: Standing, folder: Folder, sent: Posted | None, refused: Mapping[str, Text], *, is_check: bool = True
) -> tuple[list[Item], dict[str, Any], dict[str, Any]]:
    """The items with their inputs, the answers and what is given so far."""
    definition, correction = now_.definition, now_.state.correction
    reasons = {item.target: item.reason for item in correction.items} if correction else {}
    fields = {t[6:]: definition.field[t[6:]] for t in reasons if t.startswith("field.")}
    answers, problems, values, fields = _answers(now_, fields, sent)
    lines = changed_lines(fields, sent) if sent is not None else None
    if lines is not None or not is_check:
        problems = {}
    items, given = [], dict[str, Any]()
    kept = _kept(now_)
    for name, field in fields.items():
        shown = show(
            name, field, kept.get(name), posted=sent, error=problems.get(name), lines=(lines or {}).get(name)
        )
        shown = replace(shown, label=RIGHT)
        reason, target = reasons.get(f"field.{name}", ALSO), f"field.{name}"
        items.append(
            Item(
                field.label, reason, (shown,), name="" if target in reasons else target,
                decides=target in reasons and _decides(definition, name),
            )
        )  # fmt: skip
    also = {name: ALSO for name in _newly(now_, answers, values) if f"requirement.{name}" not in reasons}
    named: dict[str, str | Text] = {t[12:]: r for t, r in reasons.items() if t.startswith("requirement.")}
    for name, reason in {**also, **named}.items():
        item, target = definition.requirement[name], f"requirement.{name}" if name in also else ""
        if item.kind in BY_OFFICE or is_tested(item):
            items.append(
                Item(
                    item.title,
                    Text("{reason} {shown}", "{reason} {shown}").format(reason=reason, shown=OFFICE_LOOKS),
                    (),
                    name=target,
                )
            )
            continue
        found = paper(
            now_,
            folder,
            name,
            values,
            sent if is_check and lines is None else None,
            refused,
            posted_asides=sent,
        )
        given[name] = found.given
        items.append(Item(item.title, reason, found.fields, _before(now_, name), target))
    return items, answers, given


def _decides(definition: Definition, name: str) -> bool:
    """Whether some other question or requirement hangs on this answer."""
    used = [names_used(one) for other, one in definition.questions.items() if other != name]
    for item in definition.requirement.values():
        used += [one.when.names for one in (item, *item.one_of.values()) if one.when]
    return any(name in reached(definition, names) for names in used)


def _changes(request: HttpRequest, items: list[Item], sent: Posted) -> HttpResponse:
    """Only what an answer brings up or takes away; all else on the page stays, with the focus and what is typed in it."""
    now_asked, stood = {one.name: one for one in items if one.name}, sent.get(SHOWN, ())
    if {*now_asked} == {*stood}:
        return HttpResponse(status=204)
    more = [one.title for name, one in now_asked.items() if name not in stood]
    said = [MORE.format(names=joined(more, ", "))] if more else []
    if {*stood} - now_asked.keys():
        said.append(LESS)
    return render(
        request, "portal/correct_changed.html", {"more": [*now_asked.values()], "said": joined(said, " ")}
    )


def _before(now_: Standing, name: str) -> tuple[dict[str, Any], ...]:
    """What was handed in the last time."""
    old = now_.state.requirements.get(name)
    numbers = [key[len(UPLOAD) :] for key in (old.files if old else ()) if key.startswith(UPLOAD)]
    return tuple(
        {"name": one.name, "href": reverse("case_file", args=(one.pk,)), "size_text": size_words(one.size)}
        for one in Upload.objects.filter(case=now_.case, pk__in=numbers)
    )


def paper(
    now_: Standing, folder: Folder, name: str, values: Values, sent: Posted | None, refused: Mapping[str, Text],
    posted_asides: Posted | None = None,
) -> Handing:  # fmt: skip
    """The inputs of one requirement, in a case."""
    asides = {key: value[-1] for key, value in (posted_asides or {}).items()}
    old = now_.state.requirements.get(name)
    if old is not None and old.member and f"pilih.{name}" not in asides:
        asides[f"pilih.{name}"] = old.member
    return handing(
        folder, name, now_.definition.requirement[name], values, before=None, asides=asides, held=folder.held(), posted=sent,
        refused=refused,
    )  # fmt: skip


def _kept(now_: Standing) -> dict[str, Any]:
    """The answers of the case, with those that are kept apart."""
    answers = dict(now_.state.answers)
    if SEPARATE in answers.values():
        pii = Pii.objects.filter(case=now_.case).first()
        answers |= unpack(pii.data).get("answers", {}) if pii else {}
    return answers


def _answers(
    now_: Standing, fields: dict[str, Field], sent: Posted | None
) -> tuple[dict[str, Any], dict[str, Text], Values, dict[str, Field]]:
    """What was typed, and the questions that are asked because of it."""
    values = now_.values()
    if sent is None or not fields:
        return {}, {}, values, fields
    today, zone = local_date(now_.at, now_.calendar), now_.calendar.zone
    answers, problems = read_fields(fields, sent, values=values, today=today, zone=zone)
    after = known(
        now_.definition,
        replace(now_.state, answers={**now_.state.answers, **answers}, frozen={}),
        now_.calendar,
    )
    more = {
        name: field
        for name, field in now_.definition.questions.items()
        if name not in fields
        and holds(field.when, values, now_.calendar) is not True
        and holds(field.when, after, now_.calendar) is True
        and name not in now_.state.answers
    }
    found, wrong = read_fields(more, sent, values=after, today=today, zone=zone)
    return {**answers, **found}, {**problems, **wrong}, after, {**fields, **more}


def _newly(now_: Standing, answers: Mapping[str, Any], values: Values) -> list[str]:
    """Requirements that are due because an answer changed."""
    if not answers:
        return []
    state = replace(now_.state, answers={**now_.state.answers, **answers}, frozen={})
    return [
        name for name, one in arising(now_.definition, state, values, now_.calendar).items()
        if one.status == "missing" and must_be_given(now_.definition.requirement[name])
    ]  # fmt: skip


@limits.limited("upload", when=limits.has_files)
@case_holder
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Hand in what arose later; what is there can be sent, the rest may follow."""
    now_ = held(request)
    names = [choice.id for choice in own_choices(now_) if choice.act == "give"]
    if not names:
        return redirect("track_case")
    folder, values = folder_of(now_.case), now_.values()
    sent = posted(request) if request.method == "POST" else None
    taken_back = sent is not None and "hapus" in sent and folder.drop(sent["hapus"][-1])
    refused = take_files(request, now_, folder) if sent is not None else {}
    check = None if taken_back else sent
    found = {n: paper(now_, folder, n, values, check, refused, posted_asides=sent) for n in names}
    items = [
        Item(now_.definition.requirement[n].title, now_.definition.requirement[n].says or "", one.fields)
        for n, one in found.items()
    ]
    given = {n: one.given for n, one in found.items() if one.given}
    begun = {
        n: one for n, one in found.items() if n in given or any(key.partition(".")[0] == n for key in refused)
    }
    if check is None or not given or any(f.error for one in begun.values() for f in one.fields):
        return _page(request, now_, items, None, is_later=True)
    try:
        after = applying.give(now_.case.pk, given, key=key_of(request))
    except Refused as problem:
        return _page(request, now_, items, problem, is_later=True)
    hand_over(now_.case.code, after.case)
    return done("berkas")


def _page(
    request: HttpRequest,
    now_: Standing,
    items: list[Item],
    problem: Refused | None,
    *,
    is_later: bool = False,
) -> HttpResponse:
    errors: list[dict[str, Any]] = [
        {"id": f.id, "text": Text("{title}: {error}", "{title}: {error}").format(title=item.title, error=f.error)}
        for item in items for f in item.fields if f.error
    ]  # fmt: skip
    if problem is not None:
        errors.append({"id": "kirim", "text": problem.text})
    context = {
        "case": now_.case, "definition": now_.definition, "items": [one for one in items if not one.name],
        "more": [one for one in items if one.name], "is_live": any(one.decides for one in items), "errors": errors, "key": fresh_key(),
        "seen": now_.case.version, "is_later": is_later, "clock": now_.clocks().correction, "n": len(items),
        "has_place": has_place([f for item in items for f in item.fields]),
    }  # fmt: skip
    status = 409 if isinstance(problem, Changed) else 422 if errors else 200
    return render(request, "portal/correct.html", context, status=status)
