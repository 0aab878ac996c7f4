"""A paper this office issued, named by the code on it: found, and of the service that is asked for."""

from __future__ import annotations

from django.conf import settings

from kantormaya.cases.codes import read_code
from kantormaya.catalogue.models import Revision
from kantormaya.catalogue.publishing import definition_of
from kantormaya.language.asking import Requirement
from kantormaya.language.forms import Shown
from kantormaya.language.texts import Text
from kantormaya.people.scopes import Scope, scoped
from kantormaya.permits.checking import Status, status
from kantormaya.permits.models import ISSUED, Paper

CODE = "kode."
"""How the input for the code of a paper is named."""

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


def held_paper(name: str, item: Requirement, typed: str, *, is_asked: bool) -> tuple[Paper | None, Shown]:
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
        help=found or HELD, value=typed, error=problem, required=is_asked,
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
