"""One person, one limit: how many papers of a kind the applicant may hold, and whose paper is handed in as the old one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kantormaya.clock import Calendar
from kantormaya.engine.events import Event, Refused
from kantormaya.engine.state import Held
from kantormaya.engine.ways import WITHOUT_NEEDS
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import Values, evaluate, holds
from kantormaya.language.texts import Text
from kantormaya.language.working import Product
from kantormaya.people.scopes import scope_system, scoped
from kantormaya.permits.holding import digest_of, numbers_held
from kantormaya.permits.models import Paper

PAPER = "paper."
"""How a requirement of kind `permit` names a paper of this office among its files."""

FULL = Text(
    "Menurut catatan kami pemohon sudah memegang {limit} {title} yang berlaku, dan paling banyak {limit} untuk satu orang. "
    "Bila permohonan ini memperpanjang salah satunya, pilih perpanjangan dan tulis kode surat yang lama.",
    "By our records the applicant already holds {limit} of {title} in force, and one person may have at most {limit}. "
    "If this application renews one of them, choose the renewal and give the code of the old paper.",
)
OF_ANOTHER = Text(
    "{title} yang Anda sebut tercatat atas nama pemegang lain, jadi tidak dapat diganti lewat permohonan ini.",
    "The paper you gave for “{title}” is recorded under another holder, so this application can't replace it.",
)


def holder_key(identity: Mapping[str, Any]) -> str:
    """The digest of the person's NIK or passport; none for organisations, whose names are no proof of who they are."""
    if identity.get("organisation"):
        return ""
    number = identity.get("nik") or identity.get("passport")
    return digest_of(f"{'nik' if identity.get('nik') else 'passport'} {number}") if number else ""


def refuse_what_is_not_the_holders(
    definition: Definition, event: Event, identity: Mapping[str, Any], calendar: Calendar
) -> None:
    """Raises Refused where a submission asks for one paper too many, or would take the place of another's paper."""
    key = holder_key(identity)
    if not key or not any(_asks_who_holds_it(product) for product in definition.product.values()):
        return
    values = evaluate(definition, event.data["about"], event.data["answers"], {}, calendar=calendar)
    for name, product in _wanted(definition, values, calendar):
        besides = []
        for requirement in filter(None, (product.replaces, product.revokes)):
            paper = paper_for(event.data["requirements"], requirement)
            if paper is not None and paper.holder_key not in ("", key):
                raise Refused(OF_ANOTHER.format(title=definition.requirement[requirement].title))
            besides += [paper.pk] if paper is not None else []
        limit = product.limit_per_holder
        if limit is not None and len(numbers_held(key, definition.slug, name, besides=besides)) >= limit:
            raise Refused(FULL.format(limit=limit, title=product.title))


def _asks_who_holds_it(product: Product) -> bool:
    return product.limit_per_holder is not None or bool(product.replaces or product.revokes)


def _wanted(definition: Definition, values: Values, calendar: Calendar) -> Iterator[tuple[str, Product]]:
    """The products that a granted application of this kind brings."""
    for name, product in definition.product.items():
        ends = [end for end in definition.outcome.values() if name in end.products]
        if (
            any(end.means not in WITHOUT_NEEDS for end in ends)
            and holds(product.when, values, calendar) is True
        ):
            yield name, product


def paper_for(requirements: Mapping[str, Held], requirement: str) -> Paper | None:
    """The paper of this office that was handed in for a requirement, if one was."""
    held = requirements.get(requirement)
    for name in held.files if held else ():
        if name.startswith(PAPER):
            with scoped(scope_system("the paper that another would replace")):
                return Paper.objects.filter(pk=int(name.removeprefix(PAPER))).first()
    return None
