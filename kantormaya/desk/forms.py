"""The forms of what can be done now: exactly the engine's choices, each with the fields it needs."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import reverse

from kantormaya.casework.standing import Standing
from kantormaya.desk.opened import Opened, Reached
from kantormaya.engine.choices import Choice
from kantormaya.language.asking import Field
from kantormaya.language.forms import Posted, Shown, changed_lines, show
from kantormaya.language.texts import Text
from kantormaya.language.working import Task

FACT = "fact-"
REASON = Field(type="long_text", label=Text("Alasan", "Reason"))
NOTE = Field(type="long_text", label=Text("Catatan", "Note"), required=False)
WHEN = Field(type="moment", label=Text("Hari dan jam", "Day and hour"))
PHOTOS = Text("Foto atau dokumen", "Photos or documents")
REASON_READ = Text(
    "Pemohon membaca alasan ini, juga lewat surel. Tulis singkat, jelas, tanpa menyalahkan, tanpa data pribadi.",
    "The applicant reads this reason, by mail too. Be short and clear, blame nobody, and write no personal data.",
)
NOTE_HELP = Text(
    "Dapat dikutip dalam surel: jangan tulis data pribadi.",
    "It may be quoted in mails: write no personal data.",
)
NOTE_WANTED = Text(
    "Wajib bila jawabannya tidak setuju, tidak sesuai, atau kembali. Dapat dikutip dalam surel: jangan tulis data pribadi.",
    "Needed when the answer objects, does not conform, or sends back. It may be quoted in mails: write no personal data.",
)


@dataclass(frozen=True)
class Typed:
    """A form that came back: which act, what was typed, and what is wrong with it by field ("": with the whole)."""

    act: str
    of: str
    posted: Posted
    errors: Mapping[str, Text] = field(default_factory=dict)

    def summary(self) -> list[dict[str, Any]]:
        """Every problem with the id of its control."""
        start = slot(self.act, self.of)
        return [
            {"id": f"{start}-{name}" if name else start, "text": text} for name, text in self.errors.items()
        ]


def slot(act: str, of: str) -> str:
    """The id of a form on the page."""
    return f"{act}-{of}" if of else act


def make_key() -> str:
    """What makes an act happen once, however often its form is sent."""
    return secrets.token_hex(16)


def forms(opened: Opened, typed: Typed | None) -> list[dict[str, Any]]:
    """Everything this person may do now but the checklist, which has its own place; closed ways with their reason."""
    shown = [(post, choice) for post, choice in opened.choices if choice.act != "check"]
    shown.sort(key=lambda pair: _is_stop(pair[1]))
    first = next((c for _, c in shown if c.refused is None and _is_usual(c)), None)
    return [_form(opened, choice, typed, is_first=choice is first, role=post.role) for post, choice in shown]


def _is_usual(choice: Choice) -> bool:
    return choice.plain or choice.act in ("find", "ask")


def _is_stop(choice: Choice) -> bool:
    """What ends something or sends it back stands last and looks like it."""
    return choice.act == "move" and choice.reason and not choice.plain


def _form(
    opened: Opened, choice: Choice, typed: Typed | None, *, is_first: bool, role: str
) -> dict[str, Any]:
    back = typed if typed and (typed.act, typed.of) == (choice.act, choice.id) else None
    fields = fields_for(opened.now, choice, back, opened) if choice.refused is None else []
    return {
        "slot": slot(choice.act, choice.id), "act": choice.act, "of": choice.id, "label": choice.label,
        "will": choice.will, "refused": choice.refused, "href": _elsewhere(opened, choice),
        "is_first": is_first, "is_stop": _is_stop(choice),
        "fields": fields, "is_open": back is not None or (is_first and choice.act in ("answer", "schedule", "find")),
        "has_lines": any(one.type == "rows" for one in fields),
        "key": make_key(), "button": BUTTONS.get(choice.act, choice.label), "files": _photos(opened, choice),
    }  # fmt: skip


BUTTONS = {
    "find": Text("Simpan temuan", "Save the findings"),
    "schedule": Text("Tetapkan jadwal", "Set the time"),
    "answer": Text("Kirim jawaban", "Send the answer"),
}


def _elsewhere(opened: Opened, choice: Choice) -> str | None:
    """Acts with a page of their own."""
    if choice.act == "return":
        return reverse("desk_return", args=[opened.now.case.number])
    if choice.act == "sign":
        return f"{reverse('desk_signing')}?perkara={opened.now.case.number}"
    return None


def fields_for(
    now: Standing, choice: Choice, back: Typed | None, opened: Opened | None = None
) -> list[Shown]:
    """The fields an act needs, with what was typed before."""
    posted, errors = (back.posted, back.errors) if back else (None, {})
    start = slot(choice.act, choice.id)
    asked = asks(now, choice, opened)
    lines = changed_lines(asked, posted) if posted is not None else None
    return [
        replace(
            show(
                name,
                one,
                _stands(now, name),
                posted=posted,
                error=errors.get(name),
                lines=(lines or {}).get(name),
            ),
            id=f"{start}-{name}",
        )
        for name, one in asked.items()
    ] + ([_upload(start, errors)] if _takes_files(now, choice) else [])


def asks(now: Standing, choice: Choice, opened: Reached | None = None) -> dict[str, Field]:
    """The questions of an act by the name they are sent under."""
    definition = now.definition
    if choice.act in ("move", "extend", "waive", "release"):
        return {"reason": REASON.model_copy(update={"help": REASON_READ})} if choice.reason else {}
    if choice.act == "schedule":
        return {"on": WHEN}
    if choice.act == "find":
        return {f"{FACT}{name}": one for name, one in definition.facts.items() if one.step == now.state.at}
    if choice.act == "ask" and definition.task[choice.id].at == ("chosen",):
        names = {slug: Text(a.short or a.name) for slug, a in opened.agencies.items()} if opened else {}
        label = Text("Instansi yang diminta", "Agencies to ask")
        return {"agencies": Field(type="choices", label=label, choices=names)}
    return _answer(now, definition.task[choice.id]) if choice.act == "answer" else {}


def _answer(now: Standing, task: Task) -> dict[str, Field]:
    possible = dict(reversed(task.possible_answers().items()))
    said = Field(type="choice", label=Text("Jawaban", "Answer"), choices=possible)
    facts = {f"{FACT}{name}": now.definition.field[name] for name in task.report}
    note = NOTE.model_copy(update={"help": NOTE_WANTED if len(possible) > 1 else NOTE_HELP})
    return {**({"said": said} if len(possible) > 1 else {}), **facts, "note": note}


def _stands(now: Standing, name: str) -> Any:
    return now.state.facts.get(name.removeprefix(FACT)) if name.startswith(FACT) else None


def _takes_files(now: Standing, choice: Choice) -> bool:
    return choice.act == "answer" and now.definition.task[choice.id].kind != "initials"


def _upload(start: str, errors: Mapping[str, Text]) -> Shown:
    return Shown(
        f"{start}-files", "files", "upload", PHOTOS, required=False, error=errors.get("files"),
        accept=".pdf,.jpg,.jpeg,.png", accept_text="PDF, JPG, PNG", max_size_text="5 MB", is_many=True,
    )  # fmt: skip


def _photos(opened: Opened, choice: Choice) -> list[Any]:
    """What was uploaded for this task and is not part of an answer yet."""
    if not _takes_files(opened.now, choice):
        return []
    return loose(opened.now, choice.id, list(opened.uploads.values()))


def loose(now: Standing, task: str, uploads: list[Any]) -> list[Any]:
    """The uploads made for a task that no answer holds."""
    held = {name for answer in now.state.tasks[task].answers.values() for name in answer.files}
    return [one for one in uploads if one.requirement == f"task.{task}" and f"upload.{one.pk}" not in held]
