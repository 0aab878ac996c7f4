"""Signing: numbers first, then the seals, each paper attached as it comes back; what fails goes on waiting."""

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
from kantormaya.language.texts import Text
from kantormaya.people.scopes import Scope, scoped
from kantormaya.permits import numbering, validity
from kantormaya.permits.drafting import final
from kantormaya.permits.holding import LimitReached, refuse_beyond_limit
from kantormaya.permits.models import Paper, PaperState
from kantormaya.permits.providers import Provider, Signatory, SigningRefused, provider
from kantormaya.permits.setting import PaperFault

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


def signer() -> Provider:
    """The signing service of this office."""
    return provider(settings.KANTOR_SIGNING)


def sign(
    papers: Sequence[Paper], signatory: Signatory, passphrase: SecretStr, *, scope: Scope, actor: str,
    after: Callable[[Paper], None] | None = None, by: Provider | None = None,
) -> Signing:  # fmt: skip
    """Number, seal and attach each paper; `after` runs in the transaction that attaches it.

    Must not be called inside a transaction: the seal is a call to another service. Whatever is not finished
    stays `waiting` with its number, and signing it again goes on from there.
    """
    if connection.in_atomic_block:
        raise RuntimeError(
            "sign outside a transaction: it commits the numbers before it calls the signing service"
        )
    service = by or signer()
    signed: list[Paper] = []
    refusal: Text | None = None
    why: dict[int, Text] = {}
    try:
        with service.batch(signatory, passphrase) as seal:
            for paper in papers:
                at = now()
                try:
                    reserved = _reserve(paper.pk, signatory, scope, at)
                    words = final(reserved) if reserved.state == PaperState.WAITING else b""
                except LimitReached as reached:  # this one is for the office to refuse; the others go on
                    why[paper.pk] = reached.text
                    continue
                except PaperFault as fault:  # as a draft it can still be mended; its number is for the next
                    _draft_again(paper.pk, scope, actor)
                    why[paper.pk] = fault.text
                    continue
                if reserved.state == PaperState.WAITING:
                    sealed = seal(words, f"{reserved.title_id} {reserved.number}", at)
                    with scoped(scope):
                        reserved = attach(reserved, sealed, at=at, actor=actor)
                        if after:
                            after(reserved)
                signed.append(reserved)
    except (SigningRefused, numbering.NumberFault) as refused:
        refusal = refused.text
    done = {paper.pk for paper in signed}
    with scoped(scope):
        waiting = tuple(
            Paper.objects.filter(pk__in=[p.pk for p in papers if p.pk not in done]).order_by("pk")
        )
    return Signing(tuple(signed), waiting, refusal or next(iter(why.values()), None), why)


def attach(paper: Paper, sealed: bytes, *, at: datetime, actor: str) -> Paper:
    """Keep the sealed file and make the paper hold, in the caller's transaction; the second call changes nothing."""
    locked = Paper.objects.select_for_update(of=("self",)).select_related("agency", "case").get(pk=paper.pk)
    if locked.state != PaperState.WAITING or locked.number != paper.number:
        return locked
    digest = keep(sealed)
    assert locked.issued_on
    locked.sha256, locked.signed_at, locked.state = digest, at, PaperState.SIGNED
    locked.valid_until = validity.last_day(locked.data["validity"], locked.issued_on)
    locked.save(update_fields=["sha256", "signed_at", "state", "valid_until"])
    record(
        "paper.signed", actor=actor, case_id=locked.case_id, agency_id=locked.agency_id,
        number=locked.number, sha256=digest,
    )  # fmt: skip
    return locked


def keep(sealed: bytes) -> str:
    """Store a sealed file under its own SHA-256, whole or not at all."""
    digest = hashlib.sha256(sealed).hexdigest()
    path = stored(digest)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = path.with_suffix(f".{os.getpid()}.half")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())  # the row that names this file is about to be committed
    half.replace(path)
    return digest


def stored(digest: str) -> Path:
    """Where the file with this SHA-256 lies."""
    return Path(settings.KANTOR_DATA) / "papers" / digest[:2] / f"{digest}.pdf"


def _reserve(pk: int, signatory: Signatory, scope: Scope, at: datetime) -> Paper:
    with scoped(scope):
        paper = Paper.objects.select_for_update(of=("self",)).select_related("agency", "case").get(pk=pk)
        if paper.state in (PaperState.DRAFT, PaperState.WAITING):
            if paper.signatory["id"] != signatory.id:
                raise SigningRefused(
                    NOT_YOURS.format(paper=paper.title_id, position=paper.signatory["position"])
                )
            if paper.state == PaperState.DRAFT:
                refuse_beyond_limit(paper)
            numbering.reserve(paper, at)
        return paper


def _draft_again(pk: int, scope: Scope, actor: str) -> None:
    with scoped(scope):
        paper = Paper.objects.select_for_update(of=("self",)).get(pk=pk)
        if paper.state != PaperState.WAITING:
            return
        numbering.give_back(paper)
        paper.state = PaperState.DRAFT
        paper.save(update_fields=["series", "sequence", "issued_at", "issued_on", "number", "state"])
        record(
            "paper.not_set",
            actor=actor,
            case_id=paper.case_id,
            agency_id=paper.agency_id,
            product=paper.product,
        )
