"""The table act → verb: what a form of the case page does. The choices that show a button are asked again here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from kantormaya.casework import booking, deciding
from kantormaya.casework.advancing import CHANGED, Changed, what_happened
from kantormaya.casework.standing import Standing
from kantormaya.casework.taking import InHand
from kantormaya.desk.checklist import verdicts
from kantormaya.desk.forms import FACT, asks, loose
from kantormaya.desk.opened import Taken
from kantormaya.documents.cleaning import FileRefused
from kantormaya.documents.keeping import keep, receive
from kantormaya.documents.models import Upload
from kantormaya.engine.choices import Choice
from kantormaya.engine.events import Refused
from kantormaya.language.forms import Posted, changed_lines, read_fields
from kantormaya.language.texts import Text
from kantormaya.people.models import Post

MOST_FILES = 20
NOT_NOW = Text(
    "Ini tidak dapat Anda lakukan pada perkara ini sekarang.", "You can't do this with the case now."
)
WHY_DEFICIENT = Text("Tulis apa yang kurang: {title}.", "Write what is deficient: {title}.")


class Wrong(Exception):
    """What was typed can't be taken as it is; the problems by field."""

    def __init__(self, errors: Mapping[str, Text]) -> None:
        super().__init__("; ".join(str(text) for text in errors.values()))
        self.errors = dict(errors)


@dataclass(frozen=True)
class Doing:
    """An act as its form asks for it."""

    taken: Taken
    post: Post
    choice: Choice
    posted: Posted
    files: list[UploadedFile[Any]]
    once: dict[str, Any]

    @property
    def now(self) -> InHand:
        return self.taken.now

    def last(self, name: str) -> str:
        """What was typed into a field."""
        return (self.posted.get(name) or [""])[-1]

    def read(self) -> dict[str, Any]:
        """The values of the act's fields; raises Wrong."""
        fields = asks(self.now, self.choice, self.taken)
        found, problems = read_fields(fields, self.posted, values=self.now.values())
        if problems:
            raise Wrong(problems)
        return {name: value for name, value in found.items() if value is not None}


def do(
    taken: Taken, act: str, of: str, posted: Posted, files: list[UploadedFile[Any]], *, key: str, seen: int
) -> None:
    """Do what a form asks, once. Raises Wrong, Refused, or Changed when someone else acted in between."""
    if taken.now.is_done:
        return
    if taken.now.case.version != seen:
        raise Changed(CHANGED.format(what=what_happened(taken.now.case)))
    may = next(((p, c) for p, c in taken.choices if (c.act, c.id) == (act, of)), None)
    if may is None or act not in ACTS:
        raise Refused(NOT_NOW)
    post, choice = may
    if choice.refused is not None:
        raise Refused(choice.refused)
    doing = Doing(taken, post, choice, posted, files, {"key": key, "seen": seen})
    if changed_lines(asks(taken.now, choice, taken), posted) is not None:
        raise Wrong(_lengthened(doing))
    ACTS[act](doing)


def _lengthened(do: Doing) -> dict[str, Text]:
    """A list got a line more or less: nothing is done yet, and files that came along are kept."""
    refused = _take_in(do) if do.choice.act == "answer" else None
    return {"files": refused} if refused else {}


def _check(do: Doing) -> Standing:
    fits, deficient = verdicts(do.taken, do.posted)
    titles = do.now.definition.requirement
    silent = {
        f"reason.{n}": WHY_DEFICIENT.format(title=titles[n].title) for n, why in deficient.items() if not why
    }
    if silent:
        raise Wrong(silent)
    return deciding.check(do.now, do.post, fits=fits, deficient=deficient, **do.once)


def _return(do: Doing) -> Standing:
    items = {
        k.removeprefix("item."): v[-1].strip()
        for k, v in do.posted.items()
        if k.startswith("item.") and v[-1].strip()
    }
    return deciding.ask_correction(do.now, do.post, items, **do.once)


def _find(do: Doing) -> Standing:
    return deciding.find(do.now, do.post, _facts(do.read()), **do.once)


def _facts(found: Mapping[str, Any]) -> dict[str, Any]:
    return {name.removeprefix(FACT): value for name, value in found.items() if name.startswith(FACT)}


def _move(do: Doing) -> Standing:
    return deciding.move(do.now, do.post, do.choice.id, do.read().get("reason") or "", **do.once)


def _extend(do: Doing) -> Standing:
    return deciding.extend(do.now, do.post, do.read()["reason"], **do.once)


def _waive(do: Doing) -> Standing:
    return deciding.waive(do.now, do.post, do.choice.id, do.read()["reason"], **do.once)


def _release(do: Doing) -> Standing:
    return booking.let_go(do.now, do.post, do.choice.id, do.read().get("reason") or "", **do.once)


def _ask(do: Doing) -> Standing:
    return deciding.ask_opinion(
        do.now, do.post, do.choice.id, tuple(do.read().get("agencies", ())), **do.once
    )


def _schedule(do: Doing) -> Standing:
    return deciding.schedule(do.now, do.post, do.choice.id, do.read()["on"], **do.once)


def _answer(do: Doing) -> Standing:
    """What was typed is judged first; files that are taken in stay, even where the answer itself is refused."""
    problems: dict[str, Text] = {}
    found: dict[str, Any] = {}
    try:
        found = do.read()
    except Wrong as wrong:
        problems |= wrong.errors
    refused = _take_in(do)
    if refused is not None:
        problems["files"] = refused
    if problems:
        raise Wrong(problems)
    task = do.now.definition.task[do.choice.id]
    uploads = list(Upload.objects.filter(case=do.now.case, requirement=f"task.{do.choice.id}").order_by("pk"))
    files = tuple(f"upload.{one.pk}" for one in loose(do.now, do.choice.id, uploads))
    return deciding.answer(
        do.now, do.post, do.choice.id, found.get("said") or next(iter(task.possible_answers())),
        note=found.get("note") or "", files=files, facts=_facts(found), **do.once,
    )  # fmt: skip


def _take_in(do: Doing) -> Text | None:
    """Keep every file that can be kept; what is wrong with the first that can't."""
    refused = None
    for file in do.files[:MOST_FILES]:
        try:
            clean = receive(file, file.name or "foto")
            keep(clean, f"task.{do.choice.id}", by=do.post.account.username, case=do.now.case)
        except FileRefused as why:
            refused = refused or why.text
    return refused


ACTS: dict[str, Callable[[Doing], Standing]] = {
    "check": _check,
    "return": _return,
    "find": _find,
    "move": _move,
    "extend": _extend,
    "waive": _waive,
    "release": _release,
    "ask": _ask,
    "schedule": _schedule,
    "answer": _answer,
}
