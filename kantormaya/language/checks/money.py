"""The fee: free or not, every bill on its way, the shares adding up, nothing billed before it is known."""

from __future__ import annotations

from kantormaya.language.checks.finding import Finding, Findings, Ground, doubt, fault
from kantormaya.language.checks.flow import GOOD
from kantormaya.language.checks.ways import reached
from kantormaya.language.working import Bill


def money(ground: Ground) -> Findings:
    """Lines, bills and shares."""
    fee = ground.definition.fee
    if fee.free:
        for table in ("bill", "line", "tariff"):
            for name in getattr(fee, table):
                yield fault(
                    "fee.free",
                    ("fee", table, name),
                    ("gratis, tetapi ada yang dipungut", "free of charge, and yet something is collected"),
                    (
                        "hapus free = true, atau baris dan tagihannya",
                        "delete free = true, or the lines and bills",
                    ),
                )
                break
    for name, line in fee.line.items():
        if (line.amount is None) == (line.tariff is None):
            yield fault(
                "fee.amount",
                ("fee", "line", name),
                ("satu baris biaya punya amount atau tariff", "a fee line has an amount or a tariff"),
                ("isi salah satunya", "give one of them"),
            )
        if line.amount == "not_stated":
            yield ground.gap(
                "fee.not_stated",
                ("fee", "line", name, "amount"),
                ("besarnya tidak disebut", "its amount is not stated"),
                ("tetapkan besarnya", "set the amount"),
            )
        minus = ground.definition.field.get((line.refundable and line.refundable.minus) or "")
        if minus is not None and minus.type != "money":
            yield fault(
                "fee.minus",
                ("fee", "line", name, "refundable", "minus"),
                ("pengurang jaminan harus berjenis money", "what is taken off a deposit is a money field"),
                ('ubah type menjadi "money"', 'make its type "money"'),
            )
    yield from _shares(ground)
    for name, bill in fee.bill.items():
        yield from _bill(ground, name, bill)


def _shares(ground: Ground) -> Findings:
    """Of every line: the shares of its bills together are the whole."""
    fee = ground.definition.fee
    bills = list(fee.bill.values())
    if not bills:
        return
    rests = [name for name, bill in fee.bill.items() if bill.share == "rest"]
    if len(rests) > 1:
        yield _wrong_shares(("fee", "bill", rests[1]), "rest, rest")
    for name in fee.line:
        of = [bill for bill in bills if not bill.of or name in bill.of]
        shares = [bill.share for bill in of]
        percent = sum(int(share[:-1]) for share in shares if share.endswith("%"))
        if rests and percent <= 100 and "all" not in shares:
            continue
        whole = 100 * shares.count("all") + percent
        if whole != 100 or (rests and "all" in shares):
            yield _wrong_shares(("fee", "line", name), ", ".join(shares) or "–")


def _wrong_shares(where: tuple[str, ...], shares: str) -> Finding:
    return fault(
        "bill.shares",
        where,
        (
            "bagian tagihannya tidak menjadi seluruhnya: {shares}",
            "the shares of its bills are not the whole: {shares}",
        ),
        (
            'buat jumlahnya 100%, atau satu tagihan share = "rest"',
            'make them 100%, or give one bill share = "rest"',
        ),
        shares=shares,
    )


def _bill(ground: Ground, name: str, bill: Bill) -> Findings:
    d = ground.definition
    step = d.step.get(bill.step)
    if step is None:
        return
    here = ("fee", "bill", name)
    good = {end for end, outcome in d.ends.items() if outcome.means in GOOD and end in d.outcome}
    # a step passed over is no gap where somebody owes nothing: an exemption, or lines that are not always due
    billed = [line for name, line in d.fee.line.items() if name in (bill.of or d.fee.line)]
    exempt = all(line.when or any(less.percent == 100 for less in line.less) for line in billed)
    if good & reached(d, [d.start], frozenset({bill.step})) or (step.when is not None and not exempt):
        is_always = all(line.when is None for line in d.fee.line.values())
        say = fault if is_always and step.when is None and not ground.is_imported else doubt
        yield say(
            "bill.passed_by",
            (*here, "step"),
            ("ada jalan ke hasil yang tidak melewati tagihan ini", "a way to the result passes this bill by"),
            (
                "taruh tagihan pada langkah yang selalu dilalui",
                "put the bill on a step that is always passed",
            ),
        )
    is_officer = not any(case.is_ == "applicant" for case in step.by)
    if is_officer and bill.due is None:
        yield ground.gap(
            "clock.never_resumed",
            here,
            (
                "waktu berhenti menunggu pembayaran, tanpa batas",
                "the clock stops for the payment, without a limit",
            ),
            ('tambahkan due = "… hari kerja"', 'add due = "… hari kerja"'),
        )
    for line_name in bill.of or tuple(d.fee.line):
        line = d.fee.line.get(line_name)
        if line is None:
            continue
        used = [e for e in (line.amount, line.units, line.when, *(less.when for less in line.less)) if e]
        names = {n for e in used if not isinstance(e, str) for n in ground.tries.closure(e.names)}
        names |= (
            set(ground.tries.closure(d.fee.tariff[line.tariff].by)) if line.tariff in d.fee.tariff else set()
        )
        for fact in sorted(names & set(d.facts)):
            found_at = d.facts[fact].step or ""
            if bill.step not in ground.later(found_at):
                yield fault(
                    "bill.too_early",
                    here,
                    ('ditagih sebelum "{fact}" diketahui', 'billed before "{fact}" is known'),
                    ("tagih pada langkah sesudahnya", "bill at a later step"),
                    fact=fact,
                )
