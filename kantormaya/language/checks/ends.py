"""Outcomes and products: signed by someone, with a number of their own, a validity that can be told, nothing private shown."""

from __future__ import annotations

import re
from typing import get_args

from kantormaya.language.asking import Booking
from kantormaya.language.checks.finding import Findings, Ground, doubt, fault
from kantormaya.language.national import NATIONAL
from kantormaya.language.working import Meaning, Product

NUMBER_PARTS = {"sequence", "year", "month", "month_roman", "day", "agency", "service", "variant"}


def ends(ground: Ground) -> Findings:
    """Outcomes, products, slots, and who may see what."""
    d = ground.definition
    for name, outcome in d.outcome.items():
        if outcome.means in ("granted", "granted_in_part") and not outcome.products:
            yield ground.gap(
                "outcome.nothing",
                ("outcome", name),
                ("dikabulkan, tetapi tanpa produk", "granted, but without a product"),
                ('tambahkan products = ["…"]', 'add products = ["…"]'),
            )
        for product in outcome.products:
            if product in d.product:
                yield from _signed(ground, name, product)
    given = {product for outcome in d.outcome.values() for product in outcome.products}
    for name, one in d.product.items():
        if name not in given:
            yield fault(
                "product.never",
                ("product", name),
                ("tidak ada hasil yang memberi produk ini", "no outcome gives this product"),
                ("sebut di products sebuah outcome", "name it in the products of an outcome"),
            )
        yield from _product(ground, name, one)
    yield from _private(ground)
    yield from _slots(ground)
    yield from _national(ground)


def _national(ground: Ground) -> Findings:
    """A service whose licence is a national system's is applied for there, and each of its ends can be told to it."""
    d = ground.definition
    if (d.national is not None) != (d.channels == ("national",)):
        yield fault(
            "national.channel",
            ("channels",),
            (
                "cara mengajukan dan [national] tidak cocok",
                "the ways to apply and [national] do not fit",
            ),
            (
                'dengan [national] tulis channels = ["national"], tanpa itu jangan',
                'with [national] write channels = ["national"], without it do not',
            ),
        )
    if d.national is None:
        return
    for name, end in d.outcome.items():
        if end.means not in NATIONAL.heard:
            yield fault(
                "national.outcome",
                ("outcome", name, "means"),
                (
                    'hasil "{means}" tidak dapat disampaikan ke sistem nasional',
                    'the end "{means}" can\'t be told to the national system',
                ),
                ("pakai salah satu: {known}", "take one of: {known}"),
                means=end.means,
                known=", ".join(one for one in get_args(Meaning) if one in NATIONAL.heard),
            )


def _signed(ground: Ground, outcome: str, product: str) -> Findings:
    d = ground.definition
    if d.product[product].kind == "act":
        return
    signers = [name for name, step in d.step.items() if product in step.signs]
    if not signers:
        what = ("tidak ada yang menandatangani", "nobody signs it")
    elif not any(outcome in ground.after(name) for name in signers):
        what = (
            "ditandatangani di langkah yang tidak menuju hasil ini",
            "signed at a step that leads nowhere near this end",
        )
    else:
        return
    yield fault(
        "product.unsigned",
        ("product", product),
        what,
        (
            'tambahkan signs = ["{product}"] pada langkah pejabatnya',
            'add signs = ["{product}"] to the signer\'s step',
        ),
        product=product,
    )


def _product(ground: Ground, name: str, one: Product) -> Findings:
    here = ("product", name)
    if one.number is not None:
        parts = set(re.findall(r"\{([a-z_]+)(?::[^{}]*)?\}", one.number))
        rest = re.sub(r"\{[a-z_]+(?::0?\d{1,2})?\}", "", one.number)
        unknown = sorted(parts - NUMBER_PARTS)
        if "sequence" not in parts or unknown or "{" in rest or "}" in rest:
            yield fault(
                "product.number",
                (*here, "number"),
                ("nomor ini bisa terulang atau tidak terbaca", "this number can repeat, or can't be read"),
                ("pakai {{sequence:04}} dan {{year}}", "use {{sequence:04}} and {{year}}"),
            )
    rule = one.valid
    if rule is None:
        return
    ways = [rule.for_ is not None, rule.until is not None, rule.lifelong, rule.until_revoked]
    if sum(ways) > 1 or (not any(ways) and rule.says is None and rule.not_after is None):
        yield fault(
            "product.valid",
            (*here, "valid"),
            (
                "masa berlaku: satu dari for, until, lifelong, until_revoked",
                "validity: one of for, until, lifelong, until_revoked",
            ),
            ("pilih salah satu", "choose one"),
        )
    for key, field in (("until", rule.until), ("not_after", rule.not_after)):
        bound = ground.definition.field.get(field or "")
        if bound is None or (bound.required and bound.when is None) or rule.says is not None:
            continue
        if key == "until":
            yield fault(
                "product.valid_null",
                (*here, "valid", key),
                ("tanggal ini bisa tidak ada", "this date may not be there"),
                ("wajibkan tanggalnya, atau pakai not_after", "require the date, or use not_after"),
            )
        elif rule.for_ is None and not rule.lifelong and not rule.until_revoked:
            yield doubt(
                "product.valid_null",
                (*here, "valid", key),
                (
                    "bila tanggal ini tidak ada, berlaku tanpa batas",
                    "where this date is missing it holds without end",
                ),
                ('katakan dengan says = "…"', 'say so with says = "…"'),
            )


def _private(ground: Ground) -> Findings:
    d = ground.definition
    private = {name for name, one in d.field.items() if one.private}
    shown = [(("outcome", n, "publish"), one) for n, end in d.outcome.items() for one in end.publish]
    shown += [(("task", n, "publishes"), one) for n, task in d.task.items() for one in task.publishes]
    shown += [(("product", n, "carries"), one) for n, p in d.product.items() if p.public for one in p.carries]
    for where, field in shown:
        if field in private:
            yield fault(
                "private.shown",
                where,
                ('"{field}" bersifat pribadi tetapi diumumkan', '"{field}" is private and yet made public'),
                ("hapus dari daftar ini, atau hapus private", "take it out of this list, or delete private"),
                field=field,
            )
    applicant = d.party.get("applicant")
    if applicant is not None and applicant.anonymous:
        for name, one in d.questions.items():
            if one.type in ("nik", "npwp", "nip") and one.required and one.when is None:
                yield fault(
                    "anonymous.identity",
                    ("field", name),
                    (
                        "boleh tanpa nama, tetapi {kind} diwajibkan",
                        "anonymous is allowed, and yet the {kind} is required",
                    ),
                    ("buat required = false, atau beri when", "make it required = false, or give it a when"),
                    kind=one.type.upper(),
                )
    for name, task in d.task.items():
        agencies = task.at if isinstance(task.at, tuple) else ()
        if "applicant" in agencies:
            yield fault(
                "task.agency",
                ("task", name, "at"),
                ("pemohon bukan perangkat daerah", "the applicant is not an agency"),
                ("sebut perangkat daerah", "name an agency"),
            )


def _has_form(slot: Booking) -> bool:
    """A day with sessions, a moment with a length, a time for a task, or a thing without a time."""
    by_day, by_moment = slot.day and slot.session and slot.sessions, slot.moment and slot.length
    for_task = slot.task and (slot.sessions or slot.length)
    return bool(by_day or by_moment or for_task or slot.resource)


def _slots(ground: Ground) -> Findings:
    d = ground.definition
    for name, slot in d.booking.items():
        here = ("booking", name)
        if not _has_form(slot):
            yield fault(
                "booking.form",
                here,
                (
                    "pesanan perlu day + session + sessions, moment + length, task + length, atau resource",
                    "a slot needs day + session + sessions, moment + length, task + length, or resource",
                ),
                ("lengkapi salah satu", "complete one of them"),
            )
        for key, span in slot.sessions.items():
            found = re.fullmatch(r"([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)", span)
            if found is None or span[:5] >= span[6:]:
                yield fault(
                    "booking.session",
                    (*here, "sessions", key),
                    ("jam sesi tidak terbaca", "the hours of the session can't be read"),
                    ('tulis seperti "08:00-12:00"', 'write like "08:00-12:00"'),
                )
        if slot.length is not None and str(slot.length.unit) not in ("menit", "jam", "jam kerja"):
            yield fault(
                "booking.length",
                (*here, "length"),
                ("lama satu janji harus muat dalam sehari", "the length of a slot has to fit into a day"),
                ("tulis dalam menit atau jam", "write it in minutes or hours (menit, jam)"),
            )
        if slot.task in d.task and slot.way == "office" and not d.task[slot.task].in_person:
            yield ground.gap(
                "in_person.reason",
                here,
                (
                    "warga memesan waktu untuk datang, tanpa alasan",
                    "a time to come is booked, and no reason is given",
                ),
                (
                    'tambahkan in_person = "alasannya" pada tugasnya',
                    'add in_person = "the reason" to its task',
                ),
            )
        session = d.field.get(slot.session or "")
        if session is not None and slot.sessions and set(slot.sessions) != set(session.choices):
            yield fault(
                "booking.session",
                (*here, "sessions"),
                ("sesi dan pilihannya tidak sama", "the sessions and the choices differ"),
                ("samakan dengan choices isian sesinya", "make them the same as the field's choices"),
            )
        first = next(iter(d.fee.bill.values()), None)
        step = d.step.get(first.step) if first else None
        limit = first.due if first and first.due else None
        if limit is None and step is not None and step.within and len(step.within) == 1:
            only = step.within[0].is_
            limit = None if isinstance(only, str) else only
        if (
            slot.hold is not None
            and limit is not None
            and slot.hold.unit == limit.unit
            and slot.hold.high < limit.high
        ):
            yield fault(
                "booking.hold",
                (*here, "hold"),
                (
                    "tempat dilepas sebelum batas bayar tagihan pertama",
                    "the place is let go before the first bill is due",
                ),
                ("perpanjang hold, atau perpendek batas bayar", "lengthen hold, or shorten the time to pay"),
            )
