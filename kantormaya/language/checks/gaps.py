"""What a standard must not leave out: the 14 components, the English, the reason for coming in person."""

from __future__ import annotations

from kantormaya.language.checks.finding import Findings, Ground, doubt
from kantormaya.language.leaves import leaves_of
from kantormaya.language.standard import COMPONENTS, STATED
from kantormaya.language.texts import Text

ADD = ("tambahkan, atau pakai blok bersama (use)", "add it, or use a shared block (use)")


def gaps(ground: Ground) -> Findings:
    """Components, translations and reasons that are missing."""
    d = ground.definition
    if not ground.is_internal:
        yield from _components(ground)
    for name, task in d.task.items():
        if task.kind == "presence" and task.in_person is None and not task.remote:
            yield ground.gap(
                "in_person.reason",
                ("task", name),
                ("warga harus datang, tanpa alasan", "the citizen has to come, and no reason is given"),
                ('tambahkan in_person = "alasannya"', 'add in_person = "the reason"'),
            )
    for name, requirement in d.requirement.items():
        if requirement.kind == "thing" and requirement.help is None and requirement.says is None:
            yield doubt(
                "in_person.reason",
                ("requirement", name),
                (
                    "warga harus membawa sesuatu, tanpa alasan",
                    "the citizen has to bring something, and no reason is given",
                ),
                ('tambahkan help = "mengapa dan ke mana"', 'add help = "why and where to"'),
            )
    without = sum(text.en is None for _, text in leaves_of(Text, d))
    if without:
        yield doubt(
            "text.english",
            ("title",),
            ("{n} teks belum ada bahasa Inggrisnya", "texts without English so far: {n}"),
            ('tulis {{ id = "…", en = "…" }}', 'write {{ id = "…", en = "…" }}'),
            n=without,
        )


def _components(ground: Ground) -> Findings:
    d = ground.definition
    titles = {key: title for key, title, _ in COMPONENTS}
    for key in STATED:
        if not getattr(d.standard, key):
            yield ground.gap(
                f"standard.{key}",
                ("standard", key),
                ("komponen standar belum ada: {title}", "a component of the standard is missing: {title}"),
                ADD,
                title=titles[key],
            )
    if not d.requirement and not d.questions:
        yield ground.gap(
            "standard.requirements",
            ("requirement",),
            ("tidak ada persyaratan dan tidak ada isian", "there are neither requirements nor questions"),
            ("tambahkan [requirement] atau [field]", "add [requirement] or [field]"),
        )
    if not d.product:
        yield ground.gap(
            "standard.product",
            ("product",),
            ("produk pelayanan belum ada", "the product of the service is missing"),
            (
                'tambahkan [product]; tanpa surat: kind = "act"',
                'add [product]; without a paper: kind = "act"',
            ),
        )
    fee = d.fee
    if fee.not_stated or not (fee.free or fee.line):
        yield ground.gap(
            "standard.fee",
            ("fee",),
            ("biaya tidak disebut", "no fee is stated"),
            ("tulis free = true, atau [fee.line]", "write free = true, or [fee.line]"),
        )
