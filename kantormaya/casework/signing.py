"""Signing: the number and the seal come from `permits`, the event that moves the case from here. Never in a job."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import SecretStr

from kantormaya.audit.together import flush, together
from kantormaya.cases.models import Case
from kantormaya.casework.advancing import Act, write
from kantormaya.casework.deciding import actor_of
from kantormaya.casework.drafting import as_signatory, draft_paper
from kantormaya.casework.taking import InHand, take
from kantormaya.engine import office
from kantormaya.engine.events import Refused
from kantormaya.engine.needs import to_sign
from kantormaya.engine.office import not_yours
from kantormaya.people.models import Post
from kantormaya.people.scopes import Scope, scoped
from kantormaya.permits import signing
from kantormaya.permits.models import Paper, PaperState
from kantormaya.permits.signing import OPEN, Signing


def sign(case_ids: Sequence[int], post: Post, passphrase: SecretStr, *, scope: Scope) -> Signing:
    """Sign every paper that waits for this official on these cases, one or a hundred, with one passphrase.

    Must be called outside a transaction. What did not finish stays *menunggu tanda tangan*; calling again goes on.
    Raises Refused where a case is not this official's to sign.
    """
    with scoped(scope), together():
        papers = _ready(case_ids, post)
    return signing.sign(
        papers,
        as_signatory(post),
        passphrase,
        scope=scope,
        actor=post.account.username,
        after=lambda attached: _signed(attached, post),
    )


def _ready(case_ids: Sequence[int], post: Post) -> list[Paper]:
    """The papers of these cases that this official can sign now, drafted with this official as signatory."""
    wanted: dict[tuple[int, str], int] = {}
    cases = take(Case.objects.filter(pk__in=case_ids).order_by("pk"))
    if len(cases) < len(set(case_ids)):
        raise Case.DoesNotExist(case_ids)
    for now in cases:
        values, actor = now.values(), actor_of(post)
        why = not_yours(now.definition, now.state, actor, values, now.calendar)
        if why is not None:
            raise Refused(why)
        for product in to_sign(now.definition, now.state, values, now.calendar):
            if draft_paper(now, product, actor=actor.person or "", signatory=as_signatory(post)):
                wanted[now.case.pk, product] = len(wanted)
    flush()
    found = Paper.objects.filter(case_id__in=case_ids, state__in=OPEN).defer("template", "data")
    ready = [paper for paper in found if (paper.case_id, paper.product) in wanted]
    return sorted(ready, key=lambda one: (case_ids.index(one.case_id), wanted[one.case_id, one.product]))


def _signed(papers: Sequence[Paper], post: Post) -> None:
    """The signatures are attached: their events, in the same transaction; of several on one case each after the other."""
    left = [paper for paper in papers if paper.state == PaperState.SIGNED]
    while left:
        now_signed = {paper.case_id: paper for paper in reversed(left)}
        cases = take(Case.objects.filter(pk__in=now_signed).order_by("pk"))
        write([act for now in cases for act in _act(now, now_signed[now.case.pk], post)])
        left = [paper for paper in left if now_signed[paper.case_id] is not paper]


def _act(now: InHand, paper: Paper, post: Post) -> list[Act]:
    if paper.product in now.state.signed:
        return []
    event = office.sign(
        now.definition,
        now.state,
        actor_of(post),
        paper.product,
        paper.number,
        at=now.at,
        calendar=now.calendar,
    )
    return [Act(now, event, post.account.username, f"paper-{paper.pk}")]
