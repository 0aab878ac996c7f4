"""Requirements: what can be had, in time, told apart, and in a form that can be handed in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kantormaya.expressions import Expression, ExpressionFault
from kantormaya.language.asking import Requirement
from kantormaya.language.checks.finding import Findings, Ground, doubt, fault
from kantormaya.language.evaluating import DefinitionFault
from kantormaya.language.leaves import Where
from kantormaya.language.texts import Text
from kantormaya.language.trying import TooMany

SIZE = re.compile(r"(\d{1,4}) ?(KB|MB)")
FORMATS = {
    "pdf",
    "jpg",
    "jpeg",
    "png",
    "docx",
    "xlsx",
    "pptx",
    "dwg",
    "dxf",
    "kml",
    "geojson",
    "zip",
    "mp4",
    "csv",
    "txt",
}


def papers(ground: Ground) -> Findings:
    """Every requirement and its alternatives, then what stands twice."""
    for where, requirement in _all(ground):
        yield from _form(where, requirement)
        yield from _own_product(ground, where, requirement)
        yield from _known_service(ground, where, requirement)
    yield from _twice(ground, "requirement", {n: r.title for n, r in ground.definition.requirement.items()})
    yield from _twice(ground, "field", {n: f.label for n, f in ground.definition.field.items()})
    yield from _twice(ground, "step", {n: s.title for n, s in ground.definition.step.items()})
    yield from _twice(ground, "product", {n: p.title for n, p in ground.definition.product.items()})
    yield from _facts_in_time(ground)
    yield from _fields(ground)


def _all(ground: Ground) -> Iterator[tuple[Where, Requirement]]:
    for name, requirement in ground.definition.requirement.items():
        yield ("requirement", name), requirement
        for key, inner in requirement.one_of.items():
            yield ("requirement", name, "one_of", key), inner


def _form(where: Where, requirement: Requirement) -> Findings:
    if not SIZE.fullmatch(requirement.max_size):
        yield fault(
            "requirement.size",
            (*where, "max_size"),
            ("ukuran berkas tidak terbaca", "the file size can't be read"),
            ('tulis seperti "5 MB"', 'write like "5 MB"'),
        )
    unknown = sorted(set(requirement.accept) - FORMATS)
    if unknown:
        yield fault(
            "requirement.accept",
            (*where, "accept"),
            ("jenis berkas tidak dikenal: {kinds}", "unknown kinds of file: {kinds}"),
            ("pilih dari: {known}", "take some of: {known}"),
            kinds=", ".join(unknown),
            known=", ".join(sorted(FORMATS)),
        )
    for kind, key in (("permit", "service"), ("registry", "registry")):
        if requirement.kind == kind and getattr(requirement, key) is None:
            yield fault(
                "requirement.source",
                where,
                ("izin atau data mana yang dimaksud?", "which permit or register is meant?"),
                ('tambahkan {key} = "…"', 'add {key} = "…"'),
                key=key,
            )


def _own_product(ground: Ground, where: Where, requirement: Requirement) -> Findings:
    """A paper that only a later step of this same service makes can't be asked for at the beginning."""
    d = ground.definition
    if not requirement.asked_at_submission or requirement.or_upload or len(where) > 2:
        return
    titles = {_plain(product.title) for product in d.product.values()}
    is_own = requirement.kind == "permit" and requirement.service == d.slug
    if not (is_own or _plain(requirement.title) in titles) or not _is_always_asked(ground, requirement):
        return
    yield ground.gap(
        "requirement.own_product",
        where,
        ("ini baru dibuat oleh layanan ini sendiri", "this is only made by this very service"),
        (
            "beri when (misalnya perpanjangan), needed_at, atau hapus",
            "give it a when (renewal), needed_at, or delete it",
        ),
    )


def _is_always_asked(ground: Ground, requirement: Requirement) -> bool:
    if requirement.when is None:
        return True
    if not ground.knows(requirement.when):
        return False
    try:
        return all(
            requirement.when.holds(v, ground.tries.calendar) is True
            for v in ground.tries.of([requirement.when])
        )
    except (ExpressionFault, DefinitionFault, TooMany):
        return False


def _known_service(ground: Ground, where: Where, requirement: Requirement) -> Findings:
    if requirement.service is None or ground.services is None or requirement.or_upload:
        return
    if requirement.service not in ground.services:
        yield doubt(
            "service.unknown",
            (*where, "service"),
            ('layanan "{slug}" tidak ada di sini', 'there is no service "{slug}" here'),
            ("periksa namanya, atau tambahkan or_upload = true", "check its name, or add or_upload = true"),
            slug=requirement.service,
        )


def _twice(ground: Ground, table: str, titles: dict[str, Text]) -> Findings:
    entries = getattr(ground.definition, table)
    first: dict[str, str] = {}
    for other, title in titles.items():
        one = first.setdefault(_plain(title), other)
        if one == other:
            continue
        same = getattr(entries[one], "when", None) == getattr(entries[other], "when", None)
        say = ground.gap if same and table in ("requirement", "field") else doubt
        yield say(
            f"{table}.twice",
            (table, other),
            ('sama judulnya dengan "{one}"', 'has the same title as "{one}"'),
            ("satukan, atau beri judul yang membedakan", "merge them, or give a title that tells them apart"),
            one=one,
        )


def _plain(title: Text) -> str:
    return " ".join(title.id.casefold().split())


def _facts_in_time(ground: Ground) -> Findings:
    """A fact is known only after its step: nothing at that step or before may hang on it."""
    d = ground.definition
    for name, step in d.step.items():
        uses = [(("step", name, "when"), step.when), *((("step", name, "by"), c.when) for c in step.by)]
        uses += [(("step", name, "within"), case.when) for case in step.within or ()]
        for where, expression in uses:
            yield from _too_early(ground, where, expression, name, may_be_here=False)
        for key, move in step.move.items():
            yield from _too_early(
                ground, ("step", name, "move", key, "when"), move.when, name, may_be_here=True
            )
    for name, task in d.task.items():
        yield from _too_early(ground, ("task", name, "when"), task.when, task.step, may_be_here=False)
    for name, one in d.questions.items():
        facts = set(ground.tries.closure(one.when.names)) & set(d.facts) if one.when else set()
        if facts:
            yield fault(
                "fact.too_early",
                ("field", name, "when"),
                (
                    "pertanyaan ini menunggu temuan petugas: {facts}",
                    "this question waits for what an officer finds: {facts}",
                ),
                (
                    "isi juga oleh petugas (filled_at), atau hapus syaratnya",
                    "let an officer fill it (filled_at), or drop the condition",
                ),
                facts=", ".join(sorted(facts)),
            )


def _too_early(
    ground: Ground, where: Where, expression: Expression | None, at: str, *, may_be_here: bool
) -> Findings:
    d = ground.definition
    names = ground.tries.closure(expression.names) if expression is not None else ()
    for fact in sorted(set(names) & set(d.facts)):
        found_at = d.facts[fact].step or ""
        if found_at in d.step and at not in ground.later(found_at) and not (may_be_here and at == found_at):
            yield fault(
                "fact.too_early",
                where,
                (
                    '"{fact}" baru diketahui pada langkah "{step}"',
                    '"{fact}" is only known at the step "{step}"',
                ),
                (
                    "pakai di langkah sesudahnya, atau isi lebih awal",
                    "use it at a later step, or fill it earlier",
                ),
                fact=fact,
                step=found_at,
            )


def _fields(ground: Ground) -> Findings:
    for name, one in ground.definition.field.items():
        needs = {"choice": "choices", "choices": "choices", "rows": "columns"}.get(one.type)
        if needs and not getattr(one, needs):
            yield fault(
                "field.empty",
                ("field", name),
                ("jenis ini perlu {key}", "this type needs {key}"),
                ("tambahkan {key}", "add {key}"),
                key=needs,
            )
        if one.default is not None and one.type == "choice" and one.default not in one.choices:
            yield fault(
                "field.default",
                ("field", name, "default"),
                ("nilai awal bukan salah satu pilihan", "the default is none of the choices"),
                ("pilih salah satu", "take one of the choices"),
            )
        if one.private and one.public:
            yield fault(
                "field.private",
                ("field", name),
                ("tidak bisa private sekaligus public", "it can't be both private and public"),
                ("hapus salah satunya", "delete one of them"),
            )
