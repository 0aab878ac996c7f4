"""What is handed in for a requirement: files, a ticked statement, one of several, a paper we issued ourselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from kantormaya.casework.holders import PAPER
from kantormaya.documents.models import Upload
from kantormaya.language.asking import Requirement
from kantormaya.language.evaluating import Values, alternatives
from kantormaya.language.forms import Posted, Shown
from kantormaya.language.texts import Text, joined
from kantormaya.portal.folders import UPLOAD, Folder, is_many, size_words
from kantormaya.portal.held_papers import CODE, held_paper

CHOSEN = "pilih."
"""Beside what was given a draft keeps which alternative was chosen, and which code was typed; no requirement has such a name."""


def lacks(item: Requirement, given: Any) -> Text | None:
    """What is still missing for a requirement, in a sentence that says what to do; None when nothing is."""
    if item.one_of:
        if not given:
            return None if may_lack(item) else Text("Pilih salah satu.", "Choose one.")
        member, what = next(iter(given.items()))
        return (
            lacks(item.one_of[member], what)
            if member in item.one_of
            else Text("Pilih lagi.", "Choose again.")
        )
    if given is True or may_lack(item):
        return None
    if item.kind in ("statement", "check"):
        return Text("Centang bila Anda menyatakan ini benar.", "Tick this if you declare it to be true.")
    if item.kind == "permit" and not given:
        return Text(
            "Tulis kode suratnya, atau unggah suratnya." if item.or_upload else "Tulis kode suratnya.",
            "Give its code, or upload the paper." if item.or_upload else "Give its code.",
        )
    if not given:
        return Text("Unggah {title}.", "Upload: {title}.").format(title=item.title)
    left = item.count - len(given)
    if item.kind == "upload" and left > 0:
        return Text("Masih kurang {n} berkas.", "{n} more to upload.").format(n=left)
    return None


def may_lack(item: Requirement) -> bool:
    """Whether the application goes in without it."""
    return item.optional or item.if_none is not None or item.kind == "check"


@dataclass(frozen=True)
class Handing:
    """A requirement as a form shows it, and what it amounts to."""

    fields: tuple[Shown, ...]
    given: Any
    asides: Mapping[str, Any]
    is_chosen_anew: bool = False


def handing(
    folder: Folder, name: str, item: Requirement, values: Values, *, before: Any, asides: Mapping[str, Any],
    held: Mapping[str, list[Upload]], posted: Posted | None = None, refused: Mapping[str, Text] | None = None, is_alone: bool = True,
) -> Handing:  # fmt: skip
    """How a requirement stands, from what is kept and, where a form came back, from what was posted."""
    kept = {key: value for key, value in asides.items() if key in (CHOSEN + name, CODE + name)}
    if posted is not None:
        kept |= {
            key: (posted[key][-1] or "").strip()[:80] for key in (CHOSEN + name, CODE + name) if key in posted
        }
    if not item.one_of:
        return _plain(folder, name, name, item, before, kept, held, posted, refused or {}, is_alone)
    open_ = alternatives(item, values)
    chosen = next(iter(open_)) if len(open_) == 1 else kept.get(CHOSEN + name)
    choice = Shown(
        id=CHOSEN + name, name=CHOSEN + name, type="choice", label=Text("Yang Anda punya", "The one you have") if is_alone else item.title,
        help=item.help, choices=tuple((key, one.title) for key, one in open_.items()), value=chosen,
        error=None if chosen in open_ or posted is None or may_lack(item) else Text("Pilih salah satu.", "Choose one."),
        required=not may_lack(item),
    )  # fmt: skip
    fields = () if len(open_) == 1 else (choice,)
    if chosen not in open_:
        return Handing(fields, (), kept)
    anew = posted is not None and asides.get(CHOSEN + name) != chosen and len(open_) > 1
    was = before.get(chosen) if isinstance(before, Mapping) else None
    inner = _plain(
        folder,
        name,
        f"{name}.{chosen}",
        open_[chosen],
        was,
        kept,
        held,
        None if anew else posted,
        refused or {},
        False,
    )
    given = {chosen: inner.given} if inner.given else ()
    return Handing((*fields, *inner.fields), given, kept, anew and not inner.given)


def _plain(
    folder: Folder, name: str, key: str, item: Requirement, before: Any, kept: Mapping[str, Any], held: Mapping[str, list[Upload]],
    posted: Posted | None, refused: Mapping[str, Text], is_alone: bool,
) -> Handing:  # fmt: skip
    if item.kind in ("statement", "check"):
        return _ticked(key, item, before, kept, posted)
    files = held.get(key, [])
    given: tuple[str, ...] = tuple(f"{UPLOAD}{one.pk}" for one in files)
    fields = []
    if item.kind == "permit":
        paper, field = held_paper(
            name, item, str(kept.get(CODE + name) or ""), is_asked=not (item.or_upload or may_lack(item))
        )
        fields.append(field)
        given = ((f"{PAPER}{paper.pk}",) if paper else ()) + given
    if item.kind != "permit" or item.or_upload:
        fields.append(_upload(folder, key, item, files, is_alone))
    last = fields[-1]
    problem = refused.get(key) or (
        lacks(item, given) if posted is not None and not any(f.error for f in fields) else None
    )
    if problem:
        fields[-1] = replace(last, error=problem)
    return Handing(tuple(fields), given, kept)


def _ticked(
    key: str, item: Requirement, before: Any, kept: Mapping[str, Any], posted: Posted | None
) -> Handing:
    signed = posted.get(key, [""])[-1] == "ya" if posted is not None else before is True
    shown = Shown(
        id=key, name=key, type="statement", label=item.title, help=item.form or item.help, value=signed,
        error=lacks(item, True if signed else ()) if posted is not None else None, required=not may_lack(item),
    )  # fmt: skip
    return Handing((shown,), True if signed else (), kept)


def _upload(folder: Folder, key: str, item: Requirement, files: list[Upload], is_alone: bool) -> Shown:
    label = item.title
    if item.kind == "permit":
        label = Text("Atau unggah suratnya", "Or upload the paper")
    elif is_alone:
        label = Text("Unggah di sini", "Upload here")
    return Shown(
        id=key, name=key, type="upload", label=label, help=None if item.kind == "permit" else what_to_hand_in(item),
        required=not may_lack(item) and item.kind != "permit", is_many=is_many(item),
        accept=",".join(ENDINGS.get(kind.lower().lstrip("."), f".{kind}") for kind in item.accept),
        accept_text=_kinds(item.accept), max_size_text=item.max_size,
        value=[{"name": one.name, "size_text": size_words(one.size), "href": folder.href(one)} for one in files],
    )  # fmt: skip


def what_to_hand_in(item: Requirement) -> Text | None:
    """The help of a requirement, with what the paper has to hold and to bear."""
    said = [item.help] if item.help else []
    if item.parts:
        said.append(
            Text("Isinya: {parts}.", "It holds: {parts}.").format(parts=joined(list(item.parts), "; "))
        )
    if item.count > 1:
        said.append(Text("Perlu {n} berkas.", "{n} files are needed.").format(n=item.count))
    said += [
        words
        for has, words in ((item.stamp, STAMPED), (item.legalised, LEGALISED), (item.must_be_valid, VALID))
        if has
    ]
    return joined(said, " ") if said else None


STAMPED = Text("Bermeterai.", "With a revenue stamp.")
LEGALISED = Text("Dilegalisasi.", "Legalised.")
VALID = Text("Masih berlaku.", "Still valid.")
ENDINGS = {"pdf": ".pdf", "jpg": ".jpg,.jpeg", "jpeg": ".jpg,.jpeg", "png": ".png"}


def _kinds(accept: tuple[str, ...]) -> Text:
    said = [kind.upper().lstrip(".") for kind in accept]
    first = ", ".join(said[:-1])
    return Text(f"{first} atau {said[-1]}", f"{first} or {said[-1]}") if first else Text(said[-1], said[-1])
