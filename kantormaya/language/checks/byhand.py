"""What the page promises and the office does not yet do by itself: it is published with a doubt, never silently."""

from __future__ import annotations

from collections.abc import Iterator

from kantormaya.language.checks.finding import Findings, Ground, doubt
from kantormaya.language.definition import Definition
from kantormaya.language.leaves import Where


def by_hand(ground: Ground) -> Findings:
    """One doubt for each key that readers see and no act of the program follows."""
    for where in _keys(ground.definition):
        yield doubt(
            "by_hand",
            where,
            (
                '"{key}" tampil di halaman, tetapi belum dijalankan oleh kantor ini',
                '"{key}" stands on the page, but this office does not yet act on it',
            ),
            (
                "kerjakan dengan tangan dan katakan siapa yang mengerjakannya, atau hapus",
                "do it by hand and say who does, or take it out",
            ),
            key=where[-1],
        )


def _keys(d: Definition) -> Iterator[Where]:
    if d.fee.refund:
        yield ("fee", "refund")
    yield from (("fee", "line", name, "refundable") for name, line in d.fee.line.items() if line.refundable)
    for table, key in KEYS:
        yield from ((table, name, key) for name, one in getattr(d, table).items() if getattr(one, key))
    for name, party in d.party.items():
        if not party.sees_applicant:
            yield ("party", name, "sees_applicant")
    for name, field in d.field.items():
        if field.from_ is not None and not field.from_.link:
            yield ("field", name, "from")
    for name, product in d.product.items():
        yield from (
            ("product", name, "duty", key, "every") for key, duty in product.duty.items() if duty.every
        )


KEYS = (
    ("booking", "waiting_list"), ("step", "first_reply"), ("step", "opens"), ("task", "objections"), ("task", "publishes"),
    ("task", "invites"), ("outcome", "next"), ("outcome", "publish"), ("party", "confidential"),
)  # fmt: skip
