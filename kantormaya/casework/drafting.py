"""Papers of a case: drafted from the definition when the case comes to its signing step."""

from __future__ import annotations

from dataclasses import replace

from django.utils import timezone

from kantormaya.casework.holders import holder_key, paper_for
from kantormaya.casework.identity import holder_of
from kantormaya.casework.standing import Standing
from kantormaya.casework.taking import InHand
from kantormaya.catalogue.agencies import all_agencies
from kantormaya.catalogue.fresh import fresh
from kantormaya.engine.knowing import role_at
from kantormaya.engine.ways import WITHOUT_NEEDS
from kantormaya.language.evaluating import holds
from kantormaya.language.formats import moment
from kantormaya.people.models import Agency, Post
from kantormaya.people.roles import position, role_title
from kantormaya.permits.drafting import draft
from kantormaya.permits.providers import Signatory
from kantormaya.permits.signing import signer
from kantormaya.permits.wording import words_of


def draft_paper(now: InHand, product: str, *, actor: str, signatory: Signatory | None = None) -> bool:
    """Draft a product at the step that signs it (anew while it is a draft); says whether it is due."""
    definition, values = now.definition, now.values()
    made = definition.product[product]
    if made.kind == "act" or holds(made.when, values, now.calendar) is not True:
        return False
    identity = now.pii.data if now.pii else {}
    agency = all_agencies()[definition.agency_at(now.state.at)]
    refuses = any(
        end.means in WITHOUT_NEEDS and product in end.products for end in definition.outcome.values()
    )
    reasons = [now.state.reason] if refuses and now.state.reason else []
    words = words_of(
        definition, product, values, holder=holder_of(identity),
        files=now.case.revision.files, reasons=reasons,
    )  # fmt: skip
    if made.kind == "minutes":
        words = replace(words, facts=(*words.facts, *_pictures(now)))
    who = signatory or _usual_signatory(now, agency)
    draft(
        now.case,
        product,
        words,
        agency=agency,
        signatory=who,
        actor=actor,
        is_test=signer().is_test,
        replaces=paper_for(now.state.requirements, made.replaces or ""),
        holder_key=holder_key(identity),
        holder_limit=made.limit_per_holder,
        old=next((paper for paper in now.papers if (paper.product, paper.item) == (product, "")), None),
    )
    return True


def _pictures(now: Standing) -> list[tuple[str, str]]:
    """The pictures of remote inspections as minutes carry them: time, code and fingerprint of each."""
    shown = [proof for task in now.state.tasks.values() for proof in task.proofs]
    return [
        (f"Foto {number}", f"{moment(timezone.localtime(one.at)).id}, kode {one.code}, SHA-256 {one.sha256}")
        for number, one in enumerate(shown, 1)
    ]


def _usual_signatory(now: Standing, agency: Agency) -> Signatory:
    """Who holds the role of the step; nobody yet means an empty place that is filled at signature."""
    role = role_at(now.definition, now.state.at, now.values(), now.calendar)
    return _holder(agency.pk, role) or Signatory("", "…", role_title(role).id)


@fresh
def _holder(agency_id: int, role: str) -> Signatory | None:
    posts = Post.objects.filter(agency_id=agency_id, role=role, until_on=None)
    post = posts.select_related("account", "agency").order_by("id").first()
    return as_signatory(post) if post else None


def as_signatory(post: Post) -> Signatory:
    """An official as the person whose signature stands on a paper, an acting one named as such."""
    return Signatory(post.account.username, post.account.name, position(post).id, post.account.nip)
