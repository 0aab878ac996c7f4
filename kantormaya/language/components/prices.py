"""Component 4, the fee: lines, tariffs, reductions, when it is collected and given back."""

from __future__ import annotations

import re

from kantormaya.expressions import Expression
from kantormaya.language import formats
from kantormaya.language.components.items import Item, notes
from kantormaya.language.definition import Definition
from kantormaya.language.texts import Text
from kantormaya.language.words import band_words, said_time, said_when
from kantormaya.language.working import Bill, FeeLine, Less, Tariff

PLAIN_NUMBER = re.compile(r"\d+(\.\d+)?")
NAME = re.compile(r"'[^']*'|\"[^\"]*\"|[a-z][a-z0-9_]*")

FREE = Text("Tidak dipungut biaya", "Free of charge")
NOT_STATED = Text("Biaya tidak disebut dalam standar", "The standard does not state the fee")
NOT_OFFERED = Text("tidak tersedia", "not offered")
SIGNS = (("&&", " dan ", " and "), ("||", " atau ", " or "), ("*", "×", "×"))


def fee(definition: Definition) -> list[Item]:
    """What is paid, for what, when; or that it is free."""
    table = definition.fee
    items = [Item(FREE, when=table.says, where="fee.free")] if table.free else []
    if table.not_stated or not (table.free or table.line or table.says):
        items.append(Item(NOT_STATED, where="fee"))
    if table.says is not None and not table.free:
        items.append(Item(table.says, where="fee.says"))
    items += [_line(definition, name, line) for name, line in table.line.items()]
    items += [_bill(definition, name, bill) for name, bill in table.bill.items()]
    items += [
        Item(
            Text(
                "Kembali {n}% bila batal paling lambat {time}", "{n}% is given back if cancelled by {time}"
            ).format(n=refund.percent, time=said_time(definition, refund.until)),
            where="fee.refund",
        )
        for refund in table.refund
    ]
    if table.basis is not None:
        items.append(Item(Text("Dasar: {text}", "Basis: {text}").format(text=table.basis), where="fee.basis"))
    return items


def _line(definition: Definition, name: str, line: FeeLine) -> Item:
    rows = definition.fee.tariff.get(line.tariff or "")
    back = line.refundable
    minus = definition.field.get(back.minus or "") if back else None
    deposit = back and Text("dikembalikan dalam {time}{minus}", "given back within {time}{minus}").format(
        time=said_time(definition, back.within),
        minus=Text(" dikurangi {label}", " less {label}").format(label=minus.label) if minus else "",
    )
    each = definition.field.get(line.each or "")
    return Item(
        line.title,
        when=said_when(definition, line),
        notes=notes(
            amount_words(definition, line),
            Text("untuk setiap {label}", "for each of {label}").format(label=each.label) if each else None,
            *(_less(definition, less) for less in line.less),
            deposit or None,
            line.basis,
        ),
        parts=tuple(tariff_rows(definition, rows)) if rows else (),
        where=f"fee.line.{name}",
    )


def amount_words(definition: Definition, line: FeeLine) -> Text | None:
    """The amount of a line with its unit: "Rp 5.000 per lapak", or the formula with the labels of the form."""
    if line.amount is None:
        words = None
    elif isinstance(line.amount, str):
        words = NOT_STATED
    elif PLAIN_NUMBER.fullmatch(line.amount.source):
        words = formats.rupiah(float(line.amount.source))
    else:
        words = formula(definition, line.amount)
    per = Text("per {unit}", "per {unit}").format(unit=line.per) if line.per else None
    if per is None and line.units is not None and not PLAIN_NUMBER.fullmatch(line.units.source):
        per = Text("× {units}", "× {units}").format(units=formula(definition, line.units))
    if words is None or per is None:
        return words or per
    return Text("{words} {per}", "{words} {per}").format(words=words, per=per)


def formula(definition: Definition, amount: Expression) -> Text:
    """An amount as people read it: labels instead of names."""

    def said(language: str) -> str:
        def word(found: re.Match[str]) -> str:
            name = found[0]
            if name in definition.field:
                return f"[{definition.field[name].label.said(language)}]"
            term = definition.term.get(name)
            return f"[{term.says.said(language)}]" if term and term.says else name

        text = NAME.sub(word, amount.source)
        for sign, indonesian, english in SIGNS:
            text = text.replace(sign, indonesian if language == "id" else english)
        return text

    return Text(said("id"), said("en"))


def tariff_rows(definition: Definition, tariff: Tariff) -> list[Item]:
    """One item for each cell of a tariff."""
    items = []
    for row in tariff.rows:
        cells = [_cell(definition, name, value) for name, value in zip(tariff.by, row[:-1], strict=False)]
        amount = row[-1]
        priced = formats.rupiah(amount) if isinstance(amount, (int, float)) else NOT_OFFERED
        text = Text(*(" · ".join(cell.said(language) for cell in cells) for language in ("id", "en")))
        items.append(Item(text, notes=notes(priced)))
    return items


def _cell(definition: Definition, name: str, value: object) -> Text:
    field, term = definition.field.get(name), definition.term.get(name)
    if name == "variant" and value in definition.variants:
        return definition.variants[str(value)]
    if field is not None and value in field.choices:
        return field.choices[str(value)]
    if field is not None and isinstance(value, bool):
        yes = Text("ya", "yes") if value else Text("tidak", "no")
        return Text("{label}: {yes}", "{label}: {yes}").format(label=field.label, yes=yes)
    band = next((band for band in term.bands if band.is_ == value), None) if term else None
    if term is not None and band is not None:
        return band_words(definition, term, band)
    return Text(str(value), str(value))


def _less(definition: Definition, less: Less) -> Text:
    whole = Text("dibebaskan {when}", "exempt {when}")
    part = Text("potongan {n}% {when}", "{n}% off {when}")
    return (whole if less.percent == 100 else part).format(
        n=less.percent, when=said_when(definition, less) or Text("selalu", "always")
    )


def _bill(definition: Definition, name: str, bill: Bill) -> Item:
    step = definition.step.get(bill.step)
    share = {"all": Text("seluruhnya", "in full"), "rest": Text("sisanya", "the rest")}.get(
        bill.share, Text(bill.share, bill.share)
    )
    words = Text("Ditagih pada langkah {step}: {share}", "Billed at the step {step}: {share}")
    of = [definition.fee.line[line].title for line in bill.of if line in definition.fee.line]
    return Item(
        bill.title or Text("Tagihan", "Bill"),
        notes=notes(
            words.format(step=step.title if step else bill.step, share=share),
            *of,
            Text("dibayar dalam {time}", "to be paid within {time}").format(
                time=said_time(definition, bill.due)
            )
            if bill.due
            else None,
        ),
        where=f"fee.bill.{name}",
    )
