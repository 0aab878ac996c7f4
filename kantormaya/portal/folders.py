"""Files not yet part of a case: of a draft, or of a correction being prepared."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile

from kantormaya.cases.models import Case
from kantormaya.documents import keeping
from kantormaya.documents.cleaning import MB, FileRefused
from kantormaya.documents.models import Upload
from kantormaya.language import formats
from kantormaya.language.asking import Requirement
from kantormaya.language.plain import whole
from kantormaya.language.texts import Text

UPLOAD = "upload."
"""How a file is named among what was given for a requirement."""

MOST = 20

Held = dict[str, list[Upload]]
"""What lies in a folder, by requirement (`name`, or `name.member` for one of several)."""


@dataclass(frozen=True)
class Folder:
    """Files not yet part of a case, by requirement: of a draft, or of a correction being prepared."""

    code: str
    href: Callable[[Upload], str]
    case: Case | None = None

    def held(self) -> Held:
        """What lies in it now."""
        found: Held = {}
        for upload in keeping.current(Upload.objects.filter(draft_code=self.code, case=None)):
            found.setdefault(upload.requirement, []).append(upload)
        return found

    def put(
        self, key: str, item: Requirement, files: Iterable[UploadedFile[bytes]], held: Held
    ) -> Text | None:
        """Take files in beside those held; says what is wrong with the first that can't be taken, and keeps the others."""
        problem, there = None, held.setdefault(key, [])
        for file in files:
            if len(there) >= (MOST if is_many(item) else 1):
                return problem or Text("Paling banyak {n} berkas.", "At most {n} files.").format(
                    n=MOST if is_many(item) else 1
                )
            try:
                clean = keeping.receive(file, file.name or "", item.accept, item.most_bytes)
            except FileRefused as refused:
                problem = problem or refused.text
                continue
            replaces = None if is_many(item) else self._last(key)
            there.append(keeping.keep(clean, key, by="applicant", draft_code=self.code, replaces=replaces))
        return problem

    def _last(self, key: str) -> Upload | None:
        """The file of the case that a corrected one stands in for."""
        if self.case is None:
            return None
        return Upload.objects.filter(case=self.case, requirement=key).order_by("-pk").first()

    def drop(self, named: str) -> bool:
        """Take one file back, named `<requirement>.<index>` as the button says; whether there was one."""
        key, _, index = named.rpartition(".")
        files, at = self.held().get(key, []), whole(index)
        if at is None or at >= len(files):
            return False
        keeping.take_back(files[at])
        return True


def is_many(item: Requirement) -> bool:
    """Whether several files may be handed in."""
    return item.count > 1 or bool(item.parts) or item.per is not None


def size_words(size: int) -> Text:
    """1,2 MB; or 340 KB."""
    if size < MB:
        said = formats.number(max(1, round(size / 1024)))
        return Text(f"{said.id} KB", f"{said.en} KB")
    said = formats.number(size / MB, 1)
    return Text(f"{said.id} MB", f"{said.en} MB")
