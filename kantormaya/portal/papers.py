"""What is handed in for a requirement: files, a ticked statement, one of several, a paper we issued ourselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from kantormaya.cases.codes import read_code
from kantormaya.cases.models import Case
from kantormaya.casework.drafting import PAPER
from kantormaya.catalogue.models import Revision
from kantormaya.catalogue.publishing import definition_of
from kantormaya.documents import keeping
from kantormaya.documents.cleaning import MB, FileRefused
from kantormaya.documents.models import Upload
from kantormaya.language import formats
from kantormaya.language.asking import Requirement
from kantormaya.language.evaluating import Values, alternatives
from kantormaya.language.texts import Text
from kantormaya.people.scopes import Scope, scoped
from kantormaya.permits.checking import Status, status
from kantormaya.permits.models import ISSUED, Paper
from kantormaya.portal.forms import Posted, Shown, joined

UPLOAD = "upload."
"""How a file is named among what was given for a requirement."""

CHOSEN = "pilih."
CODE = "kode."
"""Beside what was given a draft keeps which alternative was chosen and which code was typed; no requirement has such a name."""

MOST = 20
HELD = Text(
    "Kode pada surat, di bawah kotak hitam-putih (kode QR).", "The code on the paper, below the QR code."
)
NOT_OURS = Text(
    "Kode ini tidak ada pada kami. Periksa hurufnya satu per satu.",
    "We have no such code. Check it letter by letter.",
)
OTHER_KIND = Text(
    "Kode ini milik surat lain: {title}. Yang diminta: {wanted}.",
    "This code belongs to another paper: {title}. Asked for: {wanted}.",
)
ENDED = Text(
    "{title} nomor {number} sudah tidak berlaku, jadi tidak dapat dipakai di sini.",
    "{title} number {number} is no longer in force, so it can't be used here.",
)


def lacks(item: Requirement, given: Any) -> Text | None:
    """What is still missing for a requirement, in a sentence that says what to do; None when nothing is."""
    if item.one_of:
        if not given:
            return None if _may_lack(item) else Text("Pilih salah satu.", "Choose one.")
        member, what = next(iter(given.items()))
        return (
            lacks(item.one_of[member], what)
            if member in item.one_of
            else Text("Pilih lagi.", "Choose again.")
        )
    if given is True or _may_lack(item):
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


def _may_lack(item: Requirement) -> bool:
    return item.optional or item.if_none is not None or item.kind == "check"


@dataclass(frozen=True)
class Folder:
    """Files not yet part of a case, by requirement: of a draft, or of a correction being prepared."""

    code: str
    href: Callable[[Upload], str]
    case: Case | None = None

    def held(self) -> dict[str, list[Upload]]:
        """What lies in it, by requirement (`name`, or `name.member` for one of several)."""
        found: dict[str, list[Upload]] = {}
        for upload in keeping.current(Upload.objects.filter(draft_code=self.code, case=None)):
            found.setdefault(upload.requirement, []).append(upload)
        return found

    def put(
        self, key: str, item: Requirement, files: Iterable[UploadedFile[bytes]], have: int
    ) -> Text | None:
        """Take files in; says what is wrong with the first that can't be taken, and keeps the others."""
        problem = None
        for file in files:
            if have >= (MOST if is_many(item) else 1):
                return problem or Text("Paling banyak {n} berkas.", "At most {n} files.").format(
                    n=MOST if is_many(item) else 1
                )
            try:
                clean = keeping.receive(file, file.name or "", item.accept, max_bytes(item))
            except FileRefused as refused:
                problem = problem or refused.text
                continue
            keeping.keep(
                clean,
                key,
                by="applicant",
                draft_code=self.code,
                replaces=None if is_many(item) else self._last(key),
            )
            have += 1
        return problem

    def _last(self, key: str) -> Upload | None:
        """The file of the case that a corrected one stands in for."""
        if self.case is None:
            return None
        return Upload.objects.filter(case=self.case, requirement=key).order_by("-pk").first()

    def drop(self, named: str) -> bool:
        """Take one file back, named `<requirement>.<index>` as the button says; whether there was one."""
        key, _, index = named.rpartition(".")
        files = self.held().get(key, [])
        if not index.isdigit() or int(index) >= len(files):
            return False
        keeping.take_back(files[int(index)])
        return True


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
        error=None if chosen in open_ or posted is None or _may_lack(item) else Text("Pilih salah satu.", "Choose one."),
        required=not _may_lack(item),
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
        paper, field = _held_paper(name, item, str(kept.get(CODE + name) or ""))
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
        error=lacks(item, True if signed else ()) if posted is not None else None, required=not _may_lack(item),
    )  # fmt: skip
    return Handing((shown,), True if signed else (), kept)


def _upload(folder: Folder, key: str, item: Requirement, files: list[Upload], is_alone: bool) -> Shown:
    label = item.title
    if item.kind == "permit":
        label = Text("Atau unggah suratnya", "Or upload the paper")
    elif is_alone:
        label = Text("Berkasnya", "The file") if not is_many(item) else Text("Berkas-berkasnya", "The files")
    return Shown(
        id=key, name=key, type="upload", label=label, help=None if item.kind == "permit" else what_to_hand_in(item),
        required=not _may_lack(item) and item.kind != "permit", is_many=is_many(item),
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


def is_many(item: Requirement) -> bool:
    """Whether several files may be handed in."""
    return item.count > 1 or bool(item.parts) or item.per is not None


def max_bytes(item: Requirement) -> int:
    """The largest file a requirement takes ("5 MB", "500 KB"), in bytes."""
    number = int(item.max_size[:-2])
    return number * (MB if item.max_size.endswith("MB") else 1024)


def size_words(size: int) -> Text:
    """1,2 MB; or 340 KB."""
    if size < MB:
        said = formats.number(max(1, round(size / 1024)))
        return Text(f"{said.id} KB", f"{said.en} KB")
    said = formats.number(size / MB, 1)
    return Text(f"{said.id} MB", f"{said.en} MB")


def _held_paper(name: str, item: Requirement, typed: str) -> tuple[Paper | None, Shown]:
    """The paper of this office that a code names, if it is of the service asked for."""
    paper, problem, found = None, None, None
    if typed:
        paper, said = find_paper(typed)
        if paper is None or said.title is None:
            problem = NOT_OURS
        elif not is_of(paper, item.service or ""):
            problem = OTHER_KIND.format(title=said.title, wanted=item.title)
        elif said.standing == "revoked" or (item.must_be_valid and said.standing != "valid"):
            problem = ENDED.format(title=said.title, number=said.number)
        else:
            found = Text(
                "Kami menemukan {title} nomor {number}.", "We found {title} number {number}."
            ).format(title=said.title, number=said.number)
    shown = Shown(
        id=CODE + name, name=CODE + name, type="text", label=Text("Kode periksa surat itu", "The code on that paper"),
        help=found or HELD, value=typed, error=problem, required=not (item.or_upload or _may_lack(item)),
    )  # fmt: skip
    return (None if problem else paper), shown


def find_paper(typed: str) -> tuple[Paper | None, Status]:
    """The issued paper with this code and its public standing; opens the public scope for this code alone."""
    said = status(typed)
    code = read_code(typed, settings.KANTOR_OFFICE_CODE)
    if code is None or said.standing == "not_ours":
        return None, said
    with scoped(Scope("public", code=code)):
        return Paper.objects.filter(code=code, state__in=ISSUED).first(), said


def is_of(paper: Paper, service: str) -> bool:
    """Whether any published revision of a service makes papers like this one."""
    revisions = Revision.objects.filter(service__slug=service, service__agency=paper.agency_id).order_by(
        "-number"
    )
    return any(
        made is not None and made.title.id == paper.title_id
        for revision in revisions
        if (made := definition_of(revision).product.get(paper.product)) is not None
    )
