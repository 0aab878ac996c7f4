"""Files that come by this door: for a requirement of a draft or of a correction, washed like any upload."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from pydantic import BaseModel

from kantormaya.api.problems import Wrong
from kantormaya.documents.keeping import current, keep, receive
from kantormaya.documents.models import Upload
from kantormaya.language.asking import Requirement
from kantormaya.language.definition import Definition
from kantormaya.language.texts import Text

MOST = 20
NOT_ASKED = Text("Layanan ini tidak meminta berkas itu.", "This service does not ask for that file.")
ENOUGH = Text("Paling banyak {n} berkas.", "At most {n} files.")
NO_STATEMENT = Text("Ini bukan pernyataan layanan ini.", "That is no statement of this service.")


class Kept(BaseModel):
    """A file as it was kept."""

    id: int
    requirement: str
    name: str
    size: int
    sha256: str


def put(definition: Definition, requirement: str, file: UploadedFile[bytes], code: str) -> Kept:
    """Wash and keep one file for `requirement` (or `requirement.member`); raises FileRefused or Wrong."""
    item = _asked(definition, requirement)
    if item is None or item.kind in ("statement", "check"):
        raise Wrong(422, NOT_ASKED, {"/requirement": NOT_ASKED})
    most = MOST if item.count > 1 or item.parts or item.per is not None else 1
    if len(held(code).get(requirement, ())) >= most:
        raise Wrong(422, ENOUGH.format(n=most), {"/file": ENOUGH.format(n=most)})
    clean = receive(file, file.name or "", item.accept, item.most_bytes)
    one = keep(clean, requirement, by="applicant", draft_code=code)
    return kept(one)


def _asked(definition: Definition, requirement: str) -> Requirement | None:
    name, _, member = requirement.partition(".")
    item = definition.requirement.get(name)
    if item is None or bool(member) != bool(item.one_of):
        return None
    return item.one_of.get(member) if member else item


def kept(one: Upload) -> Kept:
    """An upload as it goes out."""
    return Kept(id=one.pk, requirement=one.requirement, name=one.name, size=one.size, sha256=one.sha256)


def held(code: str) -> dict[str, list[Upload]]:
    """The files that are not yet part of a case, by requirement."""
    found: dict[str, list[Upload]] = {}
    for one in current(Upload.objects.filter(draft_code=code, case=None)):
        found.setdefault(one.requirement, []).append(one)
    return found


def given(definition: Definition, code: str, statements: Mapping[str, bool]) -> dict[str, Any]:
    """What is handed in, as the verbs read it: files by requirement (and member), statements that are true."""
    found: dict[str, Any] = {}
    for where, uploads in held(code).items():
        name, _, member = where.partition(".")
        files = tuple(f"upload.{one.pk}" for one in uploads)
        found[name] = {member: files} if member else files
    wrong = {}
    for name, is_true in statements.items():
        item = _asked(definition, name)
        if item is None or item.kind not in ("statement", "check"):
            wrong[f"/statements/{name}"] = NO_STATEMENT
            continue
        key, _, member = name.partition(".")
        value: Any = True if is_true else ()
        found[key] = {member: value} if member and is_true else value
    if wrong:
        raise Wrong(422, NO_STATEMENT, wrong)
    return found
