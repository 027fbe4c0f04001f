"""Net, tax, total: amounts with the words that announce them, chosen together so that they add up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from .amounts import Amount
from .candidate import Candidate
from .currencies import WHOLE
from .labels import Label
from .paper import TABLE_ROWS, Paper
from .sheet import COLUMN, Row

CENT = Decimal("0.01")
#: Rates of value added and sales taxes that are in use, in percent.
RATES = frozenset(
    map(
        Decimal,
        "0 1 2 2.1 2.5 2.6 3 3.7 3.8 4 5 5.5 6 7 7.5 7.7 8 8.1 8.5 8.875 9 9.5 10 11 12 12.5 13 13.5 14 14.5 14.975 15 "
        "16 17 18 19 20 21 22 23 24 25 25.5 27 28".split(),
    )
)
_SUMS = frozenset({"net", "tax", "total", "to_pay", "prepaid", "withheld", "paid_by", "change", "other_sum"})
_COLUMNS = frozenset({"net", "tax", "total"})


@dataclass(frozen=True)
class Sum:
    """An amount of money on the paper. ``role``: what its label says, empty when it has none."""

    value: Decimal
    role: str
    weight: float
    row: Row
    start: int
    end: int
    signs: frozenset[str]
    key: str = ""
    currency: str = ""

    def candidate(self, score: float, more: frozenset[str] = frozenset()) -> Candidate:
        return Candidate(format(self.value, "f"), self.row, self.start, self.end, score, self.signs | more)


@dataclass(frozen=True)
class Choice:
    """Sums that belong together; ``signs`` say how they were proved."""

    sums: dict[str, Sum]
    score: float
    signs: frozenset[str]


def collect(paper: Paper) -> list[Sum]:
    """All amounts of money with their roles."""
    found = []
    for row in paper.rows:
        money = [one for one in paper.amounts[row.index] if _is_money(paper, one)]
        for one in money:
            found.extend(_roles(paper, row, one, money))
    return found


def _is_money(paper: Paper, one: Amount) -> bool:
    if one.is_percent:
        return False
    if one.is_money or one.places == 3 and one.currency:
        return True
    return one.places == 0 and (one.value >= 10 or one.value == 0)


def _roles(paper: Paper, row: Row, one: Amount, money: list[Amount]) -> Iterator[Sum]:
    weight = 1.0 if one.is_money else 0.35
    label = _announcing(paper, row, one)
    column = paper.above(row, one.start, one.end, _COLUMNS, TABLE_ROWS)
    sure_column = column and _is_sums_table(paper, column.label) and len(money) > 1
    if label is None:
        if column and sure_column:
            role = _pick(column.label)
            near = 0.5 if column.rows <= 4 else 0.3
            yield _sum(one, role, weight * near, row, {f"{role}:column"}, column.label.key)
        elif (above := paper.above(row, one.start, one.end, _SUMS, 2)) is not None:
            role = _pick(above.label)
            yield _sum(one, role, weight * 0.55, row, {f"{role}:above"}, above.label.key)
        else:
            yield _sum(one, "", weight * 0.2, row, {"bare"})
        return
    role = _turned(row, label, one, _pick(label))
    if role == "total" and column and sure_column:
        # A row "Total" under the columns net, tax, gross.
        role = _pick(column.label)
        yield _sum(one, role, weight * 0.95, row, {f"{role}:total-column"}, column.label.key)
        return
    last = one is money[-1]
    signs = {f"{role}:row"} | ({"last"} if last else set())
    yield _sum(one, role, weight * (1.0 if last else 0.55), row, signs, label.key)
    if role == "total" and "net" in label.roles:
        # "Net total" is the sum before tax on bills and the sum after discounts on receipts.
        yield _sum(one, "net", weight * (0.95 if last else 0.5), row, {"net:row"}, label.key)


def _announcing(paper: Paper, row: Row, one: Amount) -> Label | None:
    """The label of a sum that stands left of an amount in its row."""
    before = [label for label in paper.labels[row.index] if label.start < one.start and label.roles & _SUMS]
    if not before:
        return None
    label = before[-1]
    if len(before) > 1 and _is_remark(row, before[-2], label, one):
        label = before[-2]
    return label


def _is_remark(row: Row, first: Label, second: Label, one: Amount) -> bool:
    """Whether the second of two labels only explains the first: "Total (VAT included)", "Total: EUR (21 % VAT)"."""
    between = row.text[first.end : second.start]
    opened = between.rstrip().endswith("(")
    return opened and COLUMN not in between and ")" in row.text[second.end : one.start]


def _pick(label: Label) -> str:
    order = ("to_pay", "total", "net", "tax", "withheld", "prepaid", "change", "paid_by", "other_sum")
    return next((role for role in order if role in label.roles), "")


# "Yhteensä ilman ALV", "Total (excl. of VAT)": a sum beside the tax's name is not the tax.
_WITHOUT = re.compile(
    r"(?<![^\W_])(?:EXCL\w*|EX|EXKL\w*|EKSKL?\w*|EXC|OHNE|ZZGL|ZUZUGL\w*|SANS|HORS|SIN|SEM|SENZA|BEZ|UDEN|UTAN|UTEN|ILMAN|"
    r"NELKULI?|FARA|BE|ILMA|HARIC|ΧΩΡΙΣ|ΠΡΟ|БЕЗ|BEFORE|ZONDER|WITHOUT|NET|NETTO)(?![^\W_])"
)
_WITH = re.compile(
    r"(?<![^\W_])(?:INCL\w*|INC|INKL\w*|EINSCHL\w*|COMPRIS\w*|TTC|AVEC|CON|COM|MED|SIS|SISALTAA|KOOS|DAHIL|ΜΕ|ВКЛ\w*|"
    r"INDEHOLDER|GROSS|BRUTTO)(?![^\W_])"
)
_SUM_WORD = re.compile(
    r"TOT|SUM|MONTANT|AMOUNT|BETRAG|BEDRAG|IMPORT|CELK|SPOLU|RAZEM|YHT|OSSZ|UKUPNO|SKUPAJ|KOKKU|VISO|KOPA|I ALT|VALOR"
)


def _turned(row: Row, label: Label, one: Amount, role: str) -> str:
    """The role of a sum whose words say that it is with or without the tax that they name."""
    if role != "tax":
        return role
    chunk = row.chunk_at(label.start)
    said = row.folded[chunk.start : one.start if one.start < chunk.end else chunk.end]
    if not _SUM_WORD.search(said):
        return role
    if _WITHOUT.search(said):
        return "net"
    return "total" if _WITH.search(said) else role


def _is_sums_table(paper: Paper, label: Label) -> bool:
    """Whether a heading's row names at least two of net, tax and total."""
    named = {_pick(other) for other in paper.labels[label.row] if other.roles & _COLUMNS}
    return len(named & _COLUMNS) >= 2


def _sum(one: Amount, role: str, weight: float, row: Row, signs: set[str], key: str = "") -> Sum:
    return Sum(one.value, role, weight, row, one.start, one.end, frozenset(signs), key, one.currency)


# What the words of a total promise: those that say "with tax" or "grand" before a bare "sum".
_STRONG = (
    "GRAND", "INCL", "INC", "TTC", "BRUT", "PAY", "DUE", "RECHNUNGSBETRAG", "INVOICE", "FACTURA", "FACTURE", "FACTUUR",
    "GESAMT", "END", "ROUNDED", "NETT", "DOCUMENTO", "OGOLEM", "ZAPLAT", "BETALA", "BETALE", "BETALEN", "PAGAR",
    "GENERAL", "FATTURA", "FATURA", "SDPH", "SPDV", "GENEL", "VEGOSSZEG", "LOPPUSUMMA", "TVAC", "FIZETENDO",
)  # fmt: skip


#: How much more likely a total is that other sums prove.
PROOF = {"settled": 6.5, "given": 1.0, "rounded": 2.5}
_ROUNDING = frozenset(
    "RUNDUNG RUNDUNGSDIFFERENZ ARRONDI AFRONDING REDONDEO ARREDONDAMENTO ARROTONDAMENTO ZAOKRAGLENIE ZAOKROUHLENI "
    "ZAOKRUHLENIE ORESAVRUNDNING AVRUNDNING AFRUNDING AVRUNDING PYORISTYS KEREKITES PELARASAN PEMBULATAN".split()
)


def _together(taxes: list[Sum]) -> Iterator[Sum]:
    """The taxes of several rates in rows below each other, summed up."""
    rows = sorted(
        (one for one in taxes if "tax:row" in one.signs and "last" in one.signs), key=lambda one: one.row.index
    )
    run: list[Sum] = []
    for one in [*rows, None]:
        if one is not None and run and one.row.index - run[-1].row.index <= 2 and one.row.page == run[-1].row.page:
            run.append(one)
            continue
        for first in range(len(run) - 1):
            part = run[first:]
            value = sum((other.value for other in part), Decimal(0))
            yield Sum(value, "tax", 0.8, part[-1].row, part[-1].start, part[-1].end, frozenset({"tax:several"}))
        run = [one] if one is not None else []


def choose(paper: Paper, sums: list[Sum]) -> Choice:
    """The total with the net and tax that fit it best."""
    proofs = _proofs(sums)
    totals = _ranked(paper, [one for one in sums if one.role in ("total", "to_pay")])
    if paper.sheet.is_slip:
        totals += _ranked(paper, [one for one in sums if one.role == "net"])[:4]
    nets = _ranked(paper, [one for one in sums if one.role == "net"])[:8]
    taxes = [one for one in sums if one.role == "tax"]
    taxes = _ranked(paper, [*taxes, *_together(taxes)])[:16]
    withheld = [one for one in sums if one.role == "withheld" and one.value]
    others = _ranked(paper, [one for one in sums if one.role in ("", "paid_by", "prepaid")])[:6]
    best = Choice({}, 0.0, frozenset())
    for total in totals[:14] + others:
        proof = frozenset(sign for sign, values in proofs.items() if total.value in values)
        for choice in _with_parts(paper, total, nets, taxes, withheld):
            score = choice.score + sum(PROOF[sign] for sign in proof)
            if score > best.score:
                best = Choice(choice.sums, score, choice.signs | proof)
    return _filled(best, sums, nets)


def _filled(choice: Choice, sums: list[Sum], nets: list[Sum]) -> Choice:
    """The choice with the net that its total and tax leave, if it is printed; alone with the net that has its words."""
    told = dict(choice.sums)
    total, tax = told.get("total"), told.get("tax")
    if total is None or "net" in told:
        return choice
    if tax is not None:
        rest = total.value - tax.value
        printed = [one for one in sums if one.value == rest and one.weight > 0.15]
        if printed:
            told["net"] = replace(printed[-1], role="net")
    elif nets and nets[0].weight > 0.5 and abs(nets[0].value) <= abs(total.value):
        told["net"] = nets[0]
    return Choice(told, choice.score, choice.signs)


def _proofs(sums: list[Sum]) -> dict[str, set[Decimal]]:
    """Values that other sums say the total must have: what was given less the change, a total with its rounding."""
    given = {one.value for one in sums if one.role in ("paid_by", "to_pay") and one.weight > 0.5}
    change = {one.value for one in sums if one.role == "change" and one.weight > 0.5}
    rounding = {one.value for one in sums if "ROUND" in one.key or one.key in _ROUNDING}
    totals = {one.value for one in sums if one.role in ("total", "to_pay", "net") and one.weight > 0.5}
    return {
        "settled": {one - abs(back) for one in given for back in change if one > abs(back)},
        "given": {one.value for one in sums if one.role == "paid_by" and one.weight > 0.5 and one.value > 0},
        "rounded": {one + more for one in totals for more in rounding if more} & totals,
    }


def _ranked(paper: Paper, sums: list[Sum]) -> list[Sum]:
    return sorted(sums, key=lambda one: -_score(paper, one))


def _score(paper: Paper, one: Sum) -> float:
    """How likely an amount is what its label says, by itself."""
    base = {"total": 6.0, "to_pay": 5.2, "net": 5.0, "tax": 5.0, "paid_by": 1.5, "change": -9.0, "prepaid": 1.0}.get(
        one.role, 0.6
    )
    score = base * one.weight
    if one.role in ("total", "to_pay") and any(word in one.key for word in _STRONG):
        score += 1.6
    # Sums stand at the end, and larger ones include smaller ones.
    score += 1.2 * one.row.index / max(1, len(paper.rows))
    if one.value == 0 and one.role != "tax":
        score -= 3.0
    return score


def _with_parts(paper: Paper, total: Sum, nets: list[Sum], taxes: list[Sum], withheld: list[Sum]) -> Iterator[Choice]:
    alone = _score(paper, total)
    yield Choice({"total": total}, alone, frozenset({"alone"}))
    for net in nets:
        if net.value == total.value and abs(net.value) > 0:
            yield Choice({"total": total, "net": net}, alone + 0.8, frozenset({"no-tax"}))
        for tax in taxes:
            gap = total.value - net.value - tax.value
            if gap < 0 and any(abs(gap) == abs(one.value) for one in withheld):
                parts = {"total": total, "net": net, "tax": tax}
                yield Choice(parts, alone + 4.0, frozenset({"adds", "withheld"}))
            if abs(gap) > CENT * 5 or tax.row is total.row and tax.start == total.start:
                continue
            signs = {"adds" if abs(gap) <= CENT else "adds-rounded"}
            score = alone + (4.0 if abs(gap) <= CENT else 2.0) + 0.3 * (net.weight + tax.weight)
            if tax.value == 0:
                score -= 2.5
            elif _rate(net.value, tax.value) is not None:
                signs.add("rate")
                score += 1.5
            yield Choice({"total": total, "net": net, "tax": tax}, score, frozenset(signs))
    for tax in taxes:
        if tax.value and _rate(total.value - tax.value, tax.value) is not None:
            yield Choice({"total": total, "tax": tax}, alone + 1.2, frozenset({"rate"}))


def _rate(net: Decimal, tax: Decimal) -> Decimal | None:
    """The rate in use that leads from net to tax within a cent."""
    if not net or not tax or (net > 0) != (tax > 0):
        return None
    for rate in RATES:
        if rate and abs(net * rate / 100 - tax) <= CENT + abs(net) / 20000:
            return rate
    return None


def places(currency: str) -> int:
    """Decimal places in which amounts of a currency are written."""
    return 0 if currency in WHOLE else 2
