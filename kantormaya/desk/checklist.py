"""The checklist of a case: every requirement with its files, how it stands, and the form that checks all at once."""

from __future__ import annotations

from typing import Any

from kantormaya.desk.opened import Opened, Reached
from kantormaya.documents.models import Upload
from kantormaya.engine.state import Held
from kantormaya.language.asking import Requirement
from kantormaya.language.forms import Posted
from kantormaya.language.texts import Text, joined

STATES: dict[str, tuple[Text, str]] = {
    "missing": (Text("belum diserahkan", "not handed in"), "wait"),
    "given": (Text("belum diperiksa", "not checked yet"), ""),
    "accepted": (Text("sesuai", "fits"), "done"),
    "faulty": (Text("kurang", "deficient"), "late"),
    "not_needed": (Text("tidak perlu", "not needed"), "stop"),
}
"""How a requirement stands: the word and its kind; the words of documents, not of people."""


def checklist(opened: Opened, viewing: int | None, posted: Posted | None) -> list[dict[str, Any]]:
    """A line for each requirement; `verdict` and `reason` are what was ticked, or what holds."""
    return [_line(opened, name, item, held, viewing, posted) for name, item, held in opened.requirements]


def _line(
    opened: Opened, name: str, item: Requirement, held: Held, viewing: int | None, posted: Posted | None
) -> dict[str, Any]:
    word, kind = STATES[held.status]
    files = opened.files_of(held.files)
    verdict = {"accepted": "fits", "faulty": "deficient"}.get(held.status, "")
    reason = held.reason or ""
    if posted is not None:
        verdict = _last(posted, f"check.{name}", verdict)
        reason = _last(posted, f"reason.{name}", reason)
    return {
        "id": name, "title": item.title, "word": word, "kind": kind, "status": held.status,
        "member": item.one_of[held.member].title if held.member in item.one_of else None,
        "holds": _holds(item, held), "files": files, "papers": [{"look": f"surat-{p.pk}", "name": p.number or p.title_id} for p in opened.papers_of(held.files)], "old": replaced(opened, name, files),
        "is_statement": item.kind == "statement" and held.status != "missing", "said": _said(held),
        "is_now": any(one.pk == viewing for one in files), "round": held.round,
        "verdict": verdict, "reason": reason, "can_check": held.status != "not_needed",
    }  # fmt: skip


def _holds(item: Requirement, held: Held) -> Text | None:
    """What the paper has to hold, and in which number."""
    one = item.one_of.get(held.member or "", item)
    said = [Text("{n} berkas", "{n} files").format(n=one.count)] if one.count > 1 else []
    return joined([*said, *one.parts], "; ") if said or one.parts else None


def replaced(opened: Opened, name: str, files: list[Upload]) -> list[Upload]:
    """What was handed in before for the same requirement, newest first."""
    now = {one.pk for one in files}
    before = (
        one for one in opened.uploads.values() if one.requirement.split(".")[0] == name and one.pk not in now
    )
    return sorted(before, key=lambda one: -one.pk) if files else []


def _said(held: Held) -> list[str]:
    """What was given in words instead of a file (an old record, a name of a paper kept elsewhere)."""
    return [name for name in held.files if not name.startswith(("upload.", "paper."))]


def _last(posted: Posted, name: str, otherwise: str) -> str:
    values = posted.get(name)
    return values[-1] if values else otherwise


def verdicts(opened: Reached, posted: Posted) -> tuple[tuple[str, ...], dict[str, str]]:
    """What a posted checklist changes: (fits, {deficient: why})."""
    fits: list[str] = []
    deficient: dict[str, str] = {}
    for name, _, held in opened.requirements:
        verdict, reason = _last(posted, f"check.{name}", ""), _last(posted, f"reason.{name}", "").strip()
        if verdict == "fits" and held.status != "accepted":
            fits.append(name)
        elif verdict == "deficient" and (held.status != "faulty" or reason != (held.reason or "")):
            deficient[name] = reason
    return tuple(fits), deficient


def files_in_order(opened: Opened) -> list[Upload]:
    """Every file of the case that counts, in the order of the requirements, then what the office added."""
    shown = [one for _, _, held in opened.requirements for one in opened.files_of(held.files)]
    photos = [one for one in opened.uploads.values() if one.requirement.startswith(("task.", "proof."))]
    return list(dict.fromkeys([*shown, *photos]))
