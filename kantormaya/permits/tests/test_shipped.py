"""Every product of every shipped service can be set, with the words its definition has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kantormaya.engine.knowing import known
from kantormaya.engine.telling import calendar, walks_of
from kantormaya.language.definition import Definition
from kantormaya.language.reading import load
from kantormaya.permits import setting
from kantormaya.permits.drafting import content, said
from kantormaya.permits.models import Paper, PaperState
from kantormaya.permits.tests.drafts import HEAD
from kantormaya.permits.wording import words_of

SERVICES = Path(__file__).parents[3] / "services"
SHIPPED = sorted(one.parent for one in SERVICES.glob("*/service.toml"))
AT = datetime(2026, 9, 2, 4, tzinfo=UTC)
TYPED = {
    "date": "2027-01-31", "moment": "2027-01-31T10:00:00+00:00", "number": 12, "money": 50_000, "yes_no": True,
    "place": {"address": "Jalan Contoh 1", "lat": -2.88, "lon": 103.83, "village": "16.06.01.1012"},
}  # fmt: skip
OFFICE = {
    "government": "Pemerintah Kabupaten Contoh",
    "name": "Dinas Contoh",
    "address": "",
    "place": "Sekayu",
}


def answered(definition: Definition) -> dict[str, object]:
    """Something for every name a paper could ask for."""
    fields = {
        name: next(iter(field.choices)) if field.choices else TYPED.get(field.type, "contoh")
        for name, field in definition.field.items()
    }
    return {
        **dict.fromkeys(definition.term, "contoh"),
        "variant": next(iter(definition.variants), None),
        **fields,
    }


def set_(
    folder: Path, definition: Definition, product: str, values: dict[str, object], state: PaperState
) -> bytes:
    """The PDF of a product for these values."""
    files = {one.name: one.read_text(encoding="utf-8") for one in folder.glob("*.typ")}
    words = words_of(
        definition, product, values, holder="Pemohon Contoh", files=files, reasons=["STR lewat."]
    )  # fmt: skip
    issued = state != PaperState.DRAFT
    paper = Paper(
        product=product, title_id=words.title.id, title_en=words.title.en or "", state=state, is_test=True,
        number="503/0001/2026" if issued else None, code="MUBA-7K4P-Q9XD-2M8C-7RTA-5", holder=words.holder,
        drafted_at=AT, issued_at=AT if issued else None, issued_on=AT.date() if issued else None,
        data=content(words, HEAD) | {"office": OFFICE},
        signatory={"id": HEAD.id, "name": HEAD.name, "position": HEAD.position, "nip": ""},
    )  # fmt: skip
    template = words.template or setting.default_template()
    return setting.typeset(template, said(paper), name=words.template_name, at=AT)


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
@pytest.mark.parametrize("state", [PaperState.DRAFT, PaperState.SIGNED])
def test_every_product_of_a_shipped_service_can_be_set(folder: Path, state: PaperState) -> None:
    definition = load(folder / "service.toml").definition
    assert definition is not None
    for product, made in definition.product.items():
        if made.kind != "act":
            assert set_(folder, definition, product, answered(definition), state).startswith(b"%PDF-")


def walked(folder: Path, definition: Definition) -> Iterator[tuple[str, dict[str, object]]]:
    """What is signed in the example cases, each with all that is known of the case; asked or not, as it came."""
    for one in walks_of(definition, folder / "walks"):
        state = one.simulation.state
        for product in state.signed if state else ():
            yield product, dict(known(definition, state, calendar()))


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_it_can_be_set_too_where_nothing_was_answered_that_need_not_be(folder: Path) -> None:
    definition = load(folder / "service.toml").definition
    assert definition is not None
    tried = set()
    for product, values in walked(folder, definition):
        bare = {n: v for n, v in values.items() if n not in definition.field or definition.field[n].required}
        if (product, frozenset(bare)) not in tried and definition.product[product].kind != "act":
            tried.add((product, frozenset(bare)))
            assert set_(folder, definition, product, bare, PaperState.DRAFT).startswith(b"%PDF-")
    papers = {name for name, made in definition.product.items() if made.kind != "act"}
    assert {product for product, _ in tried} or not papers, "no example case comes to a signature"


def test_every_template_lies_where_a_product_finds_it() -> None:
    for folder in SHIPPED:
        definition = load(folder / "service.toml").definition
        assert definition is not None
        for one in folder.glob("*.typ"):
            assert one.stem == "permit" or one.stem in definition.product, f"{one} belongs to no product"
            assert setting.check_template(one.read_text(encoding="utf-8"), str(one.name)) is None
