"""Signing: the number and the seal come from `permits`, the event that moves the case from here. Never in a job."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import SecretStr

from kantormaya.cases.models import Case
from kantormaya.casework.advancing import advance
from kantormaya.casework.deciding import actor_of
from kantormaya.casework.drafting import as_signatory, draft_paper
from kantormaya.casework.standing import standing
from kantormaya.engine import office
from kantormaya.engine.events import Refused
from kantormaya.engine.needs import to_sign
from kantormaya.engine.office import not_yours
from kantormaya.people.models import Post
from kantormaya.people.scopes import Scope, scoped
from kantormaya.permits import signing
from kantormaya.permits.models import Paper, PaperState
from kantormaya.permits.signing import Signing


def sign(case_ids: Sequence[int], post: Post, passphrase: SecretStr, *, scope: Scope) -> Signing:
    """Sign every paper that waits for this official on these cases, one or a hundred, with one passphrase.

    Must be called outside a transaction. What did not finish stays *menunggu tanda tangan*; calling again goes on.
    Raises Refused where a case is not this official's to sign.
    """
    with scoped(scope):
        papers = [paper for case_id in case_ids for paper in _ready(case_id, post)]
    signatory = as_signatory(post)
    return signing.sign(
        papers,
        signatory,
        passphrase,
        scope=scope,
        actor=post.account.username,
        after=lambda paper: _signed(paper, post),
    )


def _ready(case_id: int, post: Post) -> list[Paper]:
    """The papers of a case that this official can sign now, drafted with this official as signatory."""
    now = standing(
        Case.objects.select_for_update(of=("self",)).select_related("revision", "agency").get(pk=case_id)
    )
    values, actor = now.values(), actor_of(post)
    why = not_yours(now.definition, now.state, actor, values, now.calendar)
    if why is not None:
        raise Refused(why)
    papers = []
    for product in to_sign(now.definition, now.state, values, now.calendar):
        paper = draft_paper(now, product, actor=actor.person or "", signatory=as_signatory(post))
        if paper is not None:
            papers.append(paper)
    return papers


def _signed(paper: Paper, post: Post) -> None:
    """The signature is attached: the event, in the same transaction."""
    if paper.state != PaperState.SIGNED:
        return
    advance(
        paper.case_id,
        lambda now: (
            office.sign(
                now.definition,
                now.state,
                actor_of(post),
                paper.product,
                paper.number,
                at=now.at,
                calendar=now.calendar,
            )
            if paper.product not in now.state.signed
            else None
        ),
        by=post.account.username,
        key=f"paper-{paper.pk}",
    )
