"""The fee: free, a tariff, amounts per unit, or what an officer reckons, never a number the page does not give."""

from __future__ import annotations

import re

from kantormaya.language.importing.conditions import in_words
from kantormaya.language.importing.draft import Draft, Table, both, sentence
from kantormaya.language.importing.ids import short_id
from kantormaya.language.importing.records import Cost, Price
from kantormaya.language.importing.stages import PAYS
from kantormaya.language.texts import Text

FREE = re.compile(r"gratis|tidak dipungut|bebas biaya|tidak ada retribusi|^rp ?0$|^nihil", re.I)
BASIS = re.compile(r"\b(Perda|Perwali|Perbup|Pergub)\b[^;:,]*?\d+/\d{4}")


def reckon(draft: Draft) -> None:
    """Fills the fee, and the questions it needs in the form."""
    cost = draft.record.fee
    if cost is None or not (cost.text or cost.amounts or cost.formula):
        draft.fee["not_stated"] = True
        draft.ask(NOT_SAID, "fee")
        return
    prices = cost.amounts or []
    charged = [price for price in prices if price.amount]
    if not charged and (prices or FREE.search(cost.text or "")):
        draft.fee |= {"free": True} | ({"says": cost.text} if cost.text else {})
        for price in prices:
            draft.keep(f"Biaya Rp0: {price.item}") if price.item else None
        paid = [stage.name for stage in draft.record.steps or [] if PAYS.search(stage.name)]
        if paid:
            draft.doubt(FREE_YET_PAID.format(text=cost.text or "Rp0", step=paid[0]))
        return
    if cost.text:
        draft.fee["says"] = cost.text
    basis = BASIS.search(cost.text or "")
    if basis:
        draft.fee["basis"] = basis[0]
    if cost.formula:
        draft.keep(f"Rumus biaya: {cost.formula}")
    draft.fee["line"] = _lines(draft, prices) if charged else _unknown(draft, cost)
    if draft.paying:
        draft.fee["bill"] = {"tagihan": {"step": draft.paying, "share": "all"}}
    else:
        draft.ask(WHEN_PAID, "fee")


def _lines(draft: Draft, prices: list[Price]) -> Table:
    """Without units a list of amounts is a choice of one; with units one says how many of each."""
    prices = _without_parts(draft, prices)
    plain = [price for price in prices if not price.per and not price.condition]
    lines: Table = {}
    if len(plain) == len(prices) > 1:
        return _tariff(draft, prices)
    for price in prices:
        title = price.item or "Biaya layanan"
        name = short_id(title, lines, also=price.per or "")
        line: Table = {"title": sentence(title), "amount": price.amount}
        if price.per:
            line["per"] = price.per
        if price.condition:
            line |= in_words(draft, price.condition)
        many = len(plain) > 1 or not price.condition
        if price.per or (many and len(prices) > 1 and price.amount and len(plain) > 1):
            line["units"] = _units(draft, price, title, alone=len(prices) == 1)
        lines[name] = line
    return lines


def _without_parts(draft: Draft, prices: list[Price]) -> list[Price]:
    """A total and the amounts it is made of: the total is charged, the parts are only said."""
    if not draft.has("sum_of_items"):
        return prices
    parts = [price for price in prices if not price.per and not price.condition]
    totals = [price for price in prices if price.per and price.amount == sum(part.amount for part in parts)]
    if not totals or not parts:
        return prices
    for part in parts:
        draft.keep(
            f"Bagian dari {totals[0].item or 'biaya'}: {part.item or 'tanpa nama'} {rupiah(part.amount)}"
        )
    return [price for price in prices if price not in parts]


def _tariff(draft: Draft, prices: list[Price]) -> Table:
    name = draft.name("golongan tarif")
    choices: dict[str, str] = {}
    rows: list[list[object]] = []
    for price in prices:
        choice = short_id(price.item or "lainnya", choices)
        choices[choice] = sentence(price.item or "Lainnya")
        rows.append([choice, price.amount])
    draft.fields[name] = {"type": "choice", "label": CLASS, "choices": choices}
    draft.fee["tariff"] = {"tarif": {"by": [name], "rows": rows}}
    return {"biaya": {"title": both("Biaya menurut golongan", "Fee by class"), "tariff": "tarif"}}


def _units(draft: Draft, price: Price, title: str, *, alone: bool) -> str:
    """How many units: one number for each part of "m2/bulan"; nothing chosen is nothing charged."""
    names = []
    for unit in (price.per or "").split("/"):
        name = draft.name(title, also=unit)
        label = f"{sentence(title)}: jumlah" + (f" ({unit})" if unit else "")
        field: Table = {"type": "number", "label": label, "min": 0} | ({"unit": unit} if unit else {})
        if not alone:
            field["default"] = 0
        draft.fields[name] = field
        names.append(name)
    return " * ".join(names)


def _unknown(draft: Draft, cost: Cost) -> Table:
    """A formula in words, or a tariff in an annex: an officer finds the amount where it has to be paid or reckoned."""
    title, text = both("Biaya layanan", "Service fee"), cost.formula or cost.text or "-"
    if not cost.formula and not draft.paying:
        draft.ask(AMOUNTS.format(text=text), "fee.line.biaya")
        return {"biaya": {"title": title, "amount": "not_stated"}}
    names = list(draft.steps)
    earlier = names[: names.index(draft.paying)] if draft.paying else names
    office = [name for name in earlier if draft.steps[name]["by"] != "applicant"]
    finder = next(
        (n for n in office if re.search("hitung|retribusi", str(draft.steps[n]["title"]), re.I)), ""
    )
    finder = finder or (office[-1] if office else draft.accepting)
    name = draft.name("biaya dihitung")
    draft.fields[name] = {
        "type": "money",
        "label": both("Biaya, dihitung petugas", "Fee, reckoned by an officer"),
        "filled_at": f"step.{finder}",
        "help": text,
    }
    draft.ask(AMOUNTS.format(text=text), f"field.{name}")
    return {"biaya": {"title": title, "amount": name}}


def rupiah(amount: int) -> str:
    """As people write it: Rp40.000."""
    return f"Rp{amount:,}".replace(",", ".")


CLASS = both("Golongan tarif", "Class of the tariff")
NOT_SAID = Text("Berapa biayanya? Halaman tidak menyebutnya.", "What does it cost? The page does not say.")
WHEN_PAID = Text(
    "Kapan dan pada langkah mana biaya dibayar? Halaman tidak menyebutnya; sementara biaya hanya ditampilkan.",
    "When and at which step is the fee paid? The page does not say; until then it is only shown.",
)
AMOUNTS = Text(
    "Berapa tarifnya, sebagai angka (“{text}”)? Halaman hanya merujuk atau memberi rumus.",
    "What are the amounts, as numbers (“{text}”)? The page only refers to them or gives a formula.",
)
FREE_YET_PAID = Text(
    "Biaya tertulis “{text}”, padahal ada langkah “{step}”.",
    "The fee is said to be “{text}”, yet there is a step “{step}”.",
)
