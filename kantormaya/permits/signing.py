"""Signing: a few papers at a time get their numbers, then their seals, then hold; what fails goes on waiting."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from pydantic import SecretStr

from kantormaya.audit.recording import record
from kantormaya.audit.time import now
from kantormaya.audit.together import keep, together
from kantormaya.cases.models import Case
from kantormaya.language.texts import Text
from kantormaya.people.scopes import Scope, scoped
from kantormaya.permits import numbering, validity
from kantormaya.permits.drafting import final
from kantormaya.permits.holding import LimitReached, papers_of_holders, refuse_beyond_limit
from kantormaya.permits.models import Paper, PaperState
from kantormaya.permits.providers import Provider, Seal, Signatory, SigningRefused, provider
from kantormaya.permits.setting import PaperFault

AT_ONCE = 10
"""So many papers share two commits: one for their numbers, one for their seals. No more than so many wait when the service fails."""
OPEN = (PaperState.DRAFT, PaperState.WAITING)
NOT_YOURS = Text(
    "“{paper}” disiapkan untuk ditandatangani {position}, bukan oleh Anda.",
    "“{paper}” is prepared for the signature of the {position}, not yours.",
)


@dataclass(frozen=True)
class Signing:
    """How a batch went: what is signed, what goes on waiting, and why: the first reason, and each paper's own by its key."""

    signed: tuple[Paper, ...]
    waiting: tuple[Paper, ...]
    refusal: Text | None = None
    why: Mapping[int, Text] = field(default_factory=dict)


@dataclass(frozen=True)
class Sealed:
    """A sealed file, not kept yet: of which paper, and since when it is sealed."""

    paper: Paper
    pdf: bytes
    at: datetime


def signer() -> Provider:
    """The signing service of this office."""
    return provider(settings.KANTOR_SIGNING)


def sign(
    papers: Sequence[Paper], signatory: Signatory, passphrase: SecretStr, *, scope: Scope, actor: str,
    after: Callable[[Sequence[Paper]], None] | None = None, by: Provider | None = None,
) -> Signing:  # fmt: skip
    """Number, seal and attach papers, a few at a time; `after` runs in the transaction that attaches them.

    Must not be called inside a transaction: the seal is a call to another service. Whatever is not finished
    stays `waiting` with its number, and signing it again goes on from there.
    """
    if connection.in_atomic_block:
        raise RuntimeError(
            "sign outside a transaction: it commits the numbers before it calls the signing service"
        )
    signed: list[Paper] = []
    refusal: Text | None = None
    why: dict[int, Text] = {}
    try:
        with (by or signer()).batch(signatory, passphrase) as seal:
            for start in range(0, len(papers), AT_ONCE):
                few = [paper.pk for paper in papers[start : start + AT_ONCE]]
                ready, before = _numbered(few, signatory, scope, actor, why)
                sealed, refusal = _sealed(ready, seal)
                with scoped(scope), together():
                    attached = attach(sealed, actor=actor)
                    if after:
                        after(attached)
                signed += [*before, *attached]
                if refusal:
                    break
    except SigningRefused as refused:
        refusal = refused.text
    done = {paper.pk for paper in signed}
    with scoped(scope):
        waiting = tuple(
            Paper.objects.filter(pk__in=[p.pk for p in papers if p.pk not in done]).order_by("pk")
        )
    return Signing(tuple(signed), waiting, refusal or next(iter(why.values()), None), why)


def _numbered(
    keys: Sequence[int], signatory: Signatory, scope: Scope, actor: str, why: dict[int, Text]
) -> tuple[list[tuple[Paper, bytes]], list[Paper]]:
    """Give papers their numbers: those ready to be sealed with their words, and those issued before; `why` says what hinders.

    A paper is typeset before its number is committed, so what can't be typeset takes none.
    """
    ready: list[tuple[Paper, bytes]] = []
    before: list[Paper] = []
    at = now()
    with scoped(scope), together():
        rows = Paper.objects.select_for_update(of=("self",)).select_related("agency", "case")
        found = {paper.pk: paper for paper in rows.filter(pk__in=keys).order_by("pk")}
        held = papers_of_holders(found.values())
        counters = numbering.lock_counters([one for one in found.values() if one.state in OPEN], at)
        for paper in (found[key] for key in keys if key in found):
            if paper.state not in OPEN:
                before.append(paper)
            elif paper.signatory["id"] != signatory.id:
                position = paper.signatory["position"]
                why[paper.pk] = NOT_YOURS.format(paper=paper.title_id, position=position)
            else:
                try:
                    if paper.state == PaperState.DRAFT:
                        refuse_beyond_limit(paper, held)
                    numbering.give(paper, counters, at)
                    ready.append((paper, final(paper)))
                    held.append(paper)
                except (
                    LimitReached,
                    numbering.NumberFault,
                ) as hindered:  # this one is for the office to refuse
                    why[paper.pk] = hindered.text
                    continue
                except PaperFault as fault:  # as a draft it can still be mended; its number is for the next
                    why[paper.pk] = fault.text
                    numbering.give_back(paper, counters)
                    paper.state = PaperState.DRAFT
                    _record("paper.not_set", paper, actor, product=paper.product)
                keep(paper, *numbering.NUMBERED)
        numbering.keep_counters(counters)
    return ready, before


def _sealed(ready: Sequence[tuple[Paper, bytes]], seal: Seal) -> tuple[list[Sealed], Text | None]:
    """The seals of these papers, and why the service stopped, if it did."""
    sealed: list[Sealed] = []
    for paper, words in ready:
        at = now()
        try:
            pdf = seal(words, f"{paper.title_id} {paper.number}", at)
        except SigningRefused as refused:
            return sealed, refused.text
        sealed.append(Sealed(paper, pdf, at))
    return sealed, None


def attach(sealed: Sequence[Sealed], *, actor: str) -> list[Paper]:
    """Keep the sealed files and make the papers hold, in the caller's transaction; the second call changes nothing."""
    if not sealed:
        return []
    digests = store(*(one.pdf for one in sealed))
    # the cases first, as every act on one takes it in hand before its papers
    cases = Case.objects.select_for_update(of=("self",)).filter(pk__in={one.paper.case_id for one in sealed})
    list(cases.order_by("pk").values_list("pk"))
    rows = Paper.objects.select_for_update(of=("self",)).select_related("agency", "case")
    found = {paper.pk: paper for paper in rows.filter(pk__in=[s.paper.pk for s in sealed]).order_by("pk")}
    for one, digest in zip(sealed, digests, strict=True):
        paper = found[one.paper.pk]
        if paper.state != PaperState.WAITING or paper.number != one.paper.number:
            continue
        assert paper.issued_on
        paper.sha256, paper.signed_at, paper.state = digest, one.at, PaperState.SIGNED
        paper.valid_until = validity.last_day(paper.data["validity"], paper.issued_on)
        keep(paper, "sha256", "signed_at", "state", "valid_until")
        _record("paper.signed", paper, actor, number=paper.number, sha256=digest)
    return [found[one.paper.pk] for one in sealed]


def _record(act: str, paper: Paper, actor: str, **detail: object) -> None:
    record(act, actor=actor, case_id=paper.case_id, agency_id=paper.agency_id, **detail)


def store(*sealed: bytes) -> list[str]:
    """Store sealed files, each under its own SHA-256, whole or not at all."""
    digests = [hashlib.sha256(one).hexdigest() for one in sealed]
    halves: dict[Path, Path] = {}
    for digest, one in zip(digests, sealed, strict=True):
        path = stored(digest)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        halves[path] = path.with_suffix(f".{os.getpid()}.half")
        with os.fdopen(os.open(halves[path], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(one)
    for path, half in halves.items():
        _sync(half)  # the row that names this file is about to be committed
        half.replace(path)
    return digests


def _sync(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def stored(digest: str) -> Path:
    """Where the file with this SHA-256 lies."""
    return Path(settings.KANTOR_DATA) / "papers" / digest[:2] / f"{digest}.pdf"
