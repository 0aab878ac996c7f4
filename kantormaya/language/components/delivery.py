"""Components 1, 3 and 5: what one must have, how long it takes, what one gets."""

from __future__ import annotations

from kantormaya.language.asking import Field, Requirement
from kantormaya.language.basics import Case
from kantormaya.language.components.items import Item, notes
from kantormaya.language.components.procedure import procedure
from kantormaya.language.definition import Definition
from kantormaya.language.roles import role_name
from kantormaya.language.texts import Text
from kantormaya.language.words import NoWords, said_time, said_when, worded
from kantormaya.language.working import Product, Promise

KINDS = {
    "statement": Text("pernyataan yang ditandatangani di formulir", "a statement signed in the form"),
    "original": Text("asli, diperlihatkan", "the original, to be shown"),
    "thing": Text("dibawa", "to be brought"),
    "permit": Text("izin yang sudah dimiliki", "a permit already held"),
    "registry": Text("kami periksa sendiri pada data kami", "we look it up ourselves"),
    "check": Text("diperiksa petugas", "checked by an officer"),
}


def requirements(definition: Definition) -> list[Item]:
    """Kinds of application, the requirements with their conditions, then what the form asks."""
    items = []
    if definition.variants:
        parts = tuple(Item(title, where=f"variants.{name}") for name, title in definition.variants.items())
        items.append(Item(Text("Jenis permohonan", "Kinds of application"), parts=parts, where="variants"))
    items += [
        requirement_item(definition, one, f"requirement.{name}")
        for name, one in definition.requirement.items()
    ]
    asked = [_field(definition, name, field) for name, field in definition.questions.items()]
    if asked:
        items.append(Item(Text("Isian formulir", "What the form asks"), parts=tuple(asked), where="field"))
    return items


def requirement_item(definition: Definition, one: Requirement, where: str) -> Item:
    """A requirement with its condition, form and alternatives."""
    later = definition.step.get(one.needed_at.removeprefix("step."))
    on_request = definition.step.get((one.on_request or "").removeprefix("step."))
    per = definition.field.get(one.per or "")
    party = definition.party.get(one.per or "")
    each = per.label if per else party.title if party else None
    alternatives = tuple(
        requirement_item(definition, inner, f"{where}.one_of.{name}") for name, inner in one.one_of.items()
    )
    return Item(
        one.title,
        when=one.says or (worded(definition, one.when) if one.when else None),
        notes=notes(
            KINDS.get(one.kind),
            Text("salah satu dari:", "one of:") if alternatives else None,
            Text("sebanyak {n}", "{n} of them").format(n=one.count) if one.count > 1 else None,
            Text("untuk setiap {label}", "for each of {label}").format(label=each) if each else None,
            Text("bermeterai", "with revenue stamp") if one.stamp else None,
            Text("dilegalisasi", "legalised") if one.legalised else None,
            Text("masih berlaku", "still valid") if one.must_be_valid else None,
            Text("asli dikembalikan", "the original is given back") if one.return_original else None,
            Text("bila ada", "if there is one") if one.optional else None,
            Text("diperlukan pada langkah {step}", "needed at the step {step}").format(step=later.title)
            if later
            else None,
            Text("bila diminta pada langkah {step}", "if asked for at the step {step}").format(
                step=on_request.title
            )
            if on_request
            else None,
            Text("bila tidak ada, sampaikan kepada petugas", "if you have none, tell the officer")
            if one.if_none
            else None,
            one.form,
            one.help,
        ),
        parts=(*(Item(part) for part in one.parts), *alternatives),
        where=where,
    )


def _field(definition: Definition, name: str, field: Field) -> Item:
    choices = tuple(Item(label) for label in field.choices.values())
    columns = tuple(_field(definition, f"{name}.{column}", inner) for column, inner in field.columns.items())
    try:
        when = said_when(definition, field)
    except NoWords:  # a question's own condition may stay unsaid: the form asks it when it is due
        when = Text("bila berlaku", "where it applies")
    return Item(
        field.label,
        when=when,
        notes=notes(field.help, None if field.required else Text("boleh kosong", "may be left out")),
        parts=(*choices, *columns),
        where=f"field.{name}",
    )


FROM = {
    "accepted": Text("dihitung sejak berkas diterima lengkap", "counted from the day the file is complete"),
    "submitted": Text("dihitung sejak permohonan diajukan", "counted from the day of application"),
}
SILENCE = {
    "escalate": None,
    "grant": Text("bila terlampaui, dianggap dikabulkan", "if exceeded, deemed granted"),
}
UNKNOWN_TIME = Text("Tidak disebut dalam standar", "Not stated in the standard")


def promise(definition: Definition) -> list[Item]:
    """What is promised, from when, what the law allows at most, and what stops or lengthens it."""
    said = definition.promise
    items = [_limit(definition, case) for case in said.within]
    if said.says is not None:
        items.append(Item(said.says, where="promise.says"))
    items.append(Item(_start(definition, said), where="promise.from"))
    if said.at_most is not None:
        words = Text("Batas menurut peraturan: {time}", "Limit set by law: {time}")
        items.append(Item(words.format(time=said_time(definition, said.at_most)), where="promise.at_most"))
    if (silence := SILENCE[said.on_silence]) is not None:
        items.append(Item(silence, notes=notes(said.basis), where="promise.on_silence"))
    if said.extension is not None:
        words = Text(
            "Dapat diperpanjang {time}, {n} kali, oleh {by}", "May be extended by {time}, {n} times, by {by}"
        )
        rule = said.extension
        text = words.format(time=said_time(definition, rule.for_), n=rule.times, by=role_name(rule.by))
        items.append(Item(text, notes=notes(rule.basis), where="promise.extension"))
    if said.correction is not None:
        words = Text(
            "Bila ada kekurangan, pemohon memperbaiki dalam {time}; waktu berhenti selama itu",
            "If something is missing the applicant mends it within {time}; the clock stops meanwhile",
        )
        if said.correction.clock == "runs":
            words = Text(
                "Bila ada kekurangan, pemohon memperbaiki dalam {time}; waktu tetap berjalan",
                "If something is missing the applicant mends it within {time}; the clock keeps running",
            )
        text = words.format(time=said_time(definition, said.correction.within))
        items.append(Item(text, where="promise.correction"))
    return items


def _limit(definition: Definition, case: Case) -> Item:  # type: ignore[type-arg]
    said = case.is_
    text = UNKNOWN_TIME if isinstance(said, str) else said_time(definition, said)
    when = worded(definition, case.when) if case.when is not None else None
    if when is None and len(definition.promise.within) > 1:
        when = Text("selain itu", "otherwise")
    return Item(text, when=when, where="promise.within")


def _start(definition: Definition, said: Promise) -> Text:
    if said.from_ in FROM:
        return FROM[said.from_]
    step = definition.step.get(said.from_.removeprefix("step."))
    if step is not None:
        return Text("dihitung sejak langkah {step}", "counted from the step {step}").format(step=step.title)
    field = definition.field.get(said.from_)
    words = Text("dihitung sejak {label}", "counted from {label}")
    return words.format(label=field.label if field else said.from_)


def products(definition: Definition) -> list[Item]:
    """What one gets, how long it holds and what it obliges to."""
    return [_product(definition, name, one) for name, one in definition.product.items()]


PRODUCT_KINDS = {
    "permit": Text("izin", "permit"),
    "letter": Text("surat", "letter"),
    "certificate": Text("sertifikat", "certificate"),
    "card": Text("kartu", "card"),
    "contract": Text("perjanjian", "contract"),
    "decision": Text("keputusan", "decision"),
    "decree": Text("surat keputusan", "decree"),
    "minutes": Text("berita acara", "minutes"),
    "act": Text("tindakan, tanpa surat", "an act, without a paper"),
}


def _product(definition: Definition, name: str, one: Product) -> Item:
    duties = tuple(
        Item(
            duty.title,
            notes=notes(
                Text("setiap {t}", "every {t}").format(t=said_time(definition, duty.every))
                if duty.every
                else None,
                Text("dalam {t}", "within {t}").format(t=said_time(definition, duty.within))
                if duty.within
                else None,
            ),
            role=duty.by,
            where=f"product.{name}.duty.{key}",
        )
        for key, duty in one.duty.items()
    )
    return Item(
        one.title,
        when=said_when(definition, one),
        notes=notes(
            PRODUCT_KINDS[one.kind],
            *validity(definition, one),
            Text("paling banyak {n} untuk tiap pemegang", "at most {n} for each holder").format(
                n=one.limit_per_holder
            )
            if one.limit_per_holder
            else None,
            Text("perpanjangan mulai {t} sebelum habis", "renewal from {t} before it ends").format(
                t=said_time(definition, one.renew)
            )
            if one.renew
            else None,
            Text("ditujukan kepada {to}", "addressed to {to}").format(to=one.addressed_to)
            if one.addressed_to
            else None,
        ),
        parts=duties,
        where=f"product.{name}",
    )


def validity(definition: Definition, one: Product) -> list[Text]:
    """How long a product holds, in words."""
    rule = one.valid
    if rule is None:
        return []
    said = [rule.says] if rule.says else []
    if rule.for_ is not None:
        said.append(Text("berlaku {t}", "valid for {t}").format(t=said_time(definition, rule.for_)))
    if rule.lifelong:
        said.append(Text("berlaku seumur hidup", "valid for life"))
    if rule.until_revoked:
        said.append(Text("berlaku sampai dicabut", "valid until revoked"))
    for name, words in (
        (rule.until, Text("berlaku sampai {label}", "valid until {label}")),
        (rule.from_, Text("sejak {label}", "from {label}")),
        (rule.not_after, Text("tidak melewati {label}", "not beyond {label}")),
    ):
        if name is not None:
            said.append(
                words.format(label=definition.field[name].label if name in definition.field else name)
            )
    return said


__all__ = ["procedure", "products", "promise", "requirement_item", "requirements", "validity"]
