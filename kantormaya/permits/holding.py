"""Who holds a paper, by a keyed digest of the person's number: how many one person has, and whether somebody is the holder."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from enum import Enum

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from kantormaya.audit.time import now
from kantormaya.cases.codes import read_code
from kantormaya.language.texts import Text
from kantormaya.people.scopes import Scope, scope_system, scoped
from kantormaya.permits.models import ISSUED, Paper, PaperState

TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
HOLDING = (PaperState.SIGNED, PaperState.SUSPENDED, PaperState.WAITING)
FULL = Text(
    "{holder} sudah memegang {n} {title} yang berlaku ({numbers}); paling banyak {limit} untuk satu orang.",
    "{holder} already holds {n} of {title} in force ({numbers}); at most {limit} for one person.",
)


class LimitReached(Exception):
    """The holder has as many of these papers as one person may have; nothing was numbered."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en or text.id)
        self.text = text


class HolderAnswer(Enum):
    """What saying that one is the holder of a paper gave."""

    RIGHT = "right"
    WRONG = "wrong"
    LOCKED = "locked"


def digest_of(number: str) -> str:
    """What is kept of the number that tells who a person is; without the office's secret key nobody can search it."""
    return salted_hmac("kantor.holder", number.strip().upper(), algorithm="sha256").hexdigest()


def held(*holder_keys: str) -> QuerySet[Paper]:
    """The papers that these persons hold and that have not run out; needs a scope that sees them."""
    lasting = Q(valid_until=None) | Q(valid_until__gte=timezone.localdate(now()))
    return Paper.objects.filter(lasting, holder_key__in=holder_keys, state__in=HOLDING).order_by("pk")


def numbers_held(holder_key: str, service: str, product: str, *, besides: Iterable[int] = ()) -> list[str]:
    """The numbers of the papers of one product that a person holds, whoever looks."""
    with scoped(scope_system("how many papers one person holds")):
        papers = held(holder_key).filter(product=product, case__service_slug=service)
        papers = papers.exclude(pk__in=[pk for pk in besides if pk])
        return [number or "" for number in papers.values_list("number", flat=True)]


def papers_of_holders(papers: Iterable[Paper]) -> list[Paper]:
    """What the holders of these drafts hold, where one person may have only so many; two at once wait for each other."""
    keys = sorted(
        {paper.holder_key for paper in papers if paper.holder_limit is not None and paper.holder_key}
    )
    if not keys:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) FROM unnest(%s::text[]) key", [keys]
        )
    with scoped(scope_system("how many papers one person holds")):
        return list(held(*keys).select_related("case").defer("template", "data"))


def refuse_beyond_limit(paper: Paper, held_: Iterable[Paper]) -> None:
    """Raises LimitReached where a draft would be one paper too many for its holder, who holds those."""
    if paper.holder_limit is None or not paper.holder_key:
        return
    numbers = [
        one.number or ""
        for one in held_
        if (one.holder_key, one.product) == (paper.holder_key, paper.product)
        and one.case.service_slug == paper.case.service_slug
        and one.pk not in (paper.pk, paper.replaces_id)
    ]
    if len(numbers) >= paper.holder_limit:
        title = Text(paper.title_id, paper.title_en or None)
        raise LimitReached(
            FULL.format(holder=paper.holder, n=len(numbers), title=title, numbers=", ".join(numbers), limit=paper.holder_limit)
        )  # fmt: skip


def try_holder(typed_code: str, key: str) -> HolderAnswer:
    """Whether the person with this digest holds the paper with this code; wrong tries are counted, per paper.

    A paper whose holder is not known by a number answers like a wrong one.
    """
    code = read_code(typed_code, settings.KANTOR_OFFICE_CODE)
    if code is None:
        return HolderAnswer.WRONG
    with scoped(Scope("public", code=code)):
        paper = Paper.objects.select_for_update(of=("self",)).filter(code=code, state__in=ISSUED).first()
        if paper is None:
            return HolderAnswer.WRONG
        if paper.holder_locked_until and paper.holder_locked_until > now():
            return HolderAnswer.LOCKED
        right = bool(paper.holder_key) and constant_time_compare(key, paper.holder_key)
        paper.holder_tries = 0 if right else paper.holder_tries + 1
        paper.holder_locked_until = None
        if paper.holder_tries >= TRIES:
            paper.holder_tries, paper.holder_locked_until = 0, now() + LOCKED_FOR
        paper.save(update_fields=["holder_tries", "holder_locked_until"])
    return HolderAnswer.RIGHT if right else HolderAnswer.WRONG
