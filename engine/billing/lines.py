"""The parts of a bill coded: which account, by whom, with which taxes; the whole makes the document to the cent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from ..coding import CodingFacts, CodingLine, CodingSettings, code
from ..coding.payee import payee_key
from ..learning import Case
from ..proposal import Answer
from .amounts import Base, Totals
from .facts import BillFacts, Default, Draft, ItemValues, Party
from .taxes import IMPORT, Chooser, Reason

#: From the surest way of saying an account to the weakest.
TIERS = ("rule", "match", "memory", "prediction")
#: What the learner says of payments, said of the lines of bills.
BILL_WORDS = {
    name: f"bill_{name}" for name in ("coded_before", "coded_last", "coded_often", "coded_alike", "alike_words")
}
#: Odoo's default of a journal is right less often than not: nothing measured it.
UNMEASURED = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the bill; ``amount`` net of tax. ``deductible``: percent of its input tax that is claimed."""

    label: str
    account: int | None
    amount: Decimal
    taxes: tuple[int, ...] = ()
    analytic: tuple[tuple[str, float], ...] = ()
    quantity: Decimal = Decimal(1)
    unit_price: Decimal | None = None
    discount: Decimal = Decimal(0)
    product: int | None = None
    deductible: Decimal | None = None

    def to_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            "label": self.label,
            "account_id": self.account,
            "tax_ids": list(self.taxes),
            "analytic_distribution": dict(self.analytic),
            "quantity": _plain(self.quantity),
            "price_unit": _plain(self.amount if self.unit_price is None else self.unit_price),
            "discount": _plain(self.discount),
            "amount": str(self.amount),
        }
        if self.product:
            told["product_id"] = self.product
        if self.deductible is not None:
            told["deductible"] = float(self.deductible)
        return told


@dataclass(frozen=True, slots=True)
class Told:
    """Why a line stands where it does. ``support``: (n, right) of decisions like it."""

    tier: str
    confidence: float
    reasons: tuple[Reason, ...] = ()
    support: tuple[int, int] = (0, 0)
    rule: int | None = None
    label: str = ""
    others: tuple[dict[str, Any], ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "tier": self.tier,
            "confidence": round(self.confidence, 4),
            "reasons": [[code, values] for code, values in self.reasons],
            "support": list(self.support),
            **({"rule": self.rule} if self.rule else {}),
            **({"alternatives": list(self.others)} if self.others else {}),
        }


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def coded(facts: BillFacts, wanted: list[tuple[Draft, Party, tuple[Base, ...]]]) -> list[tuple[Answer, ...]]:
    """What the coder says of each part, in their order; one run for all, and payments are what it knows: money out is
    negative, tax is in it."""
    lines, counts = [], []
    for draft, party, bases in wanted:
        counts.append(len(bases))
        sign = 1 if draft.reading.kind == "credit_note" else -1
        lines += [_coding_line(draft, party, base, sign, len(lines) + place) for place, base in enumerate(bases, 1)]
    answers = iter(_by_payments(facts, lines, code(_coding_facts(facts, tuple(lines), facts.learner, facts.rules))))
    return [tuple(next(answers) for _base in range(count)) for count in counts]


def _by_payments(facts, lines, answers):
    """The answers; where bills taught nothing of a vendor, what its payments were coded to."""
    if facts.payments is None:
        return answers
    weak = [line for line, answer in zip(lines, answers, strict=True) if not _is_known(answer)]
    paid = code(_coding_facts(facts, tuple(map(_as_payment, weak)), facts.payments, ()))
    known = {answer.line: _of_payments(answer) for answer in paid if answer.outcome == "proposed" and _is_known(answer)}
    return tuple(known.get(answer.line, answer) for answer in answers)


def _of_payments(answer):
    return replace(
        answer, readings=tuple(replace(one, details={**one.details, "payments": True}) for one in answer.readings)
    )


def _is_known(answer):
    return bool(answer.readings) and answer.readings[0].tier != "prediction"


def _as_payment(line):
    """The line as the bank would tell it: by the vendor's name, for its learner knows no partners."""
    payee = payee_key(None, "", line.case.name, "")
    return replace(line, case=replace(line.case, payee=payee, unit="", text=""))


def _coding_facts(facts, lines, learner, rules):
    settings = CodingSettings(
        company=facts.settings.company, currency=facts.settings.currency, forbidden=facts.settings.forbidden
    )
    return CodingFacts(
        settings=settings,
        lines=lines,
        learner=learner,
        rules=rules,
        places=facts.settings.places,
        accounts=facts.accounts,
        taxes=dict.fromkeys(facts.taxes, False),
    )


def _coding_line(draft, party, base, sign, key):
    case = Case(
        key=key,
        date=day_of(draft),
        payee=payee_of(party.partner, party.name),
        text=base.text,
        amount=sign * gross(base) or Decimal("0.01"),
        currency=draft.currency,
        unit=str(draft.journal),
        name=party.name,
    )
    return CodingLine(case, draft.company, draft.journal, party.partner, has_document=True)


def payee_of(partner: int | None, name: str) -> str:
    """By what a vendor is recognised again: the partner, which a bill always names, else its name."""
    return f"partner:{partner}" if partner else name


def gross(base: Base) -> Decimal:
    """The part with the tax that the document charges on it."""
    if base.is_gross or not base.rate:
        return base.amount
    return (base.amount * (1 + base.rate / 100)).quantize(base.amount, rounding=ROUND_HALF_UP)


def day_of(draft: Draft) -> date:
    """The bill's date, the day of reading where none was found."""
    told = draft.reading.value("date")
    return date.fromisoformat(told) if told else draft.today


def lines_of(
    facts: BillFacts, draft: Draft, party: Party, default: Default, found: Totals, bases, answers
) -> tuple[list[Line], list[Told], list[Reason]]:
    """(lines, why each stands there, reasons about the whole)."""
    chooser = Chooser(facts, party.position, party.country)
    lines, told, said = [], [], []
    for base, answer in zip(bases, answers, strict=True):
        values = draft.items[base.item] if base.item is not None and base.item < len(draft.items) else ItemValues()
        for part, why in _coded(base, answer, default, values):
            learned = part.taxes if why.tier in ("rule", "memory") else values.taxes or None
            choice = chooser.choose(base, part.account, learned)
            if choice.is_cost:
                part = _with_tax(part, base)
            elif base.is_gross and base.rate and choice.taxes:
                part = _without_tax(part, base)
            part = replace(part, taxes=choice.taxes, deductible=_deductible(facts, part.account, choice))
            lines.append(part)
            told.append(replace(why, reasons=(*why.reasons, *choice.reasons)))
            if base.code == IMPORT and not choice.is_cost:
                # Base and tax reach the return, and only the tax is owed: the goods are on their vendor's bill.
                lines.append(replace(part, amount=-part.amount, taxes=(), unit_price=None))
                told.append(replace(why, reasons=(("import_base", {}),)))
    said += _withholding(facts, chooser, found, lines, told)
    return lines, told, said


def _coded(base, answer: Answer, default: Default, values: ItemValues):
    """[(line without its final taxes, why)]: rule, memory, prediction, what a product says, Odoo's default."""
    first = answer.readings[0] if answer.outcome == "proposed" and answer.readings else None
    count, right = default.support
    sure = (right + 1) / (count + 2) if count else UNMEASURED
    # What others were coded to says less than the product, or the vendor's own bills.
    is_own = first and first.tier != "prediction"
    if first and (is_own or not (values.account or sure > first.confidence)):
        return _by_answer(base, answer, first, values)
    others = tuple(_other(reading) for reading in answer.readings[:3]) if answer.readings else ()
    if values.account:
        why = Told("prediction", UNMEASURED, (("product_account", {}),), others=others)
        return [(_line(base, values.account, values), why)]
    reason = (f"default_{default.how}", {"count": right, "total": count} if count else {})
    return [(_line(base, default.account, values), Told("prediction", sure, (reason,), default.support, others=others))]


def _by_answer(base, answer, first, values):
    rows = first.match.rows
    whole = sum((abs(row.amount) for row in rows), Decimal(0))
    others = tuple(_other(reading) for reading in answer.readings[1:4])
    words = {} if first.details.get("payments") else BILL_WORDS
    why = Told(
        first.tier,
        first.confidence,
        tuple((words.get(code, code), told) for code, told in first.reasons if code != "settles"),
        first.support,
        first.rule,
        first.details.get("label", ""),
        others,
    )
    if len(rows) == 1:
        row = rows[0]
        line = _line(base, row.account, values)
        return [(replace(line, label=row.label or line.label, taxes=row.taxes, analytic=row.analytic), why)]
    found, left = [], base.amount
    for place, row in enumerate(rows):
        share = (base.amount * abs(row.amount) / whole).quantize(base.amount) if place < len(rows) - 1 else left
        left -= share
        line = Line(row.label or base.text, row.account, share, row.taxes, row.analytic)
        found.append((line, why))
    return found


def _other(reading):
    return {
        "tier": reading.tier,
        "confidence": round(reading.confidence, 4),
        "lines": [
            {"account_id": row.account, "tax_ids": list(row.taxes), "analytic_distribution": dict(row.analytic)}
            for row in reading.match.rows
        ],
    }


def _line(base, account, values=None):
    line = Line(base.text, account, base.amount, product=values.product if values else None)
    priced = base.unit_price
    if priced is not None and _priced(base) == base.amount:
        return replace(line, quantity=base.quantity, unit_price=priced, discount=base.discount)
    return line


def _priced(base):
    worth = base.quantity * base.unit_price * (1 - base.discount / 100)
    return worth.quantize(base.amount, rounding=ROUND_HALF_UP)


def _with_tax(part: Line, base: Base) -> Line:
    """The tax is cost: the line bears it."""
    if base.is_gross or not base.rate:
        return part
    whole = (part.amount * (1 + base.rate / 100)).quantize(part.amount, rounding=ROUND_HALF_UP)
    return replace(part, amount=whole, quantity=Decimal(1), unit_price=None, discount=Decimal(0))


def _without_tax(part: Line, base: Base) -> Line:
    net = (part.amount / (1 + base.rate / 100)).quantize(part.amount, rounding=ROUND_HALF_UP)
    return replace(part, amount=net, quantity=Decimal(1), unit_price=None, discount=Decimal(0))


def _deductible(facts, account, choice):
    share = facts.settings.deductible.get(account or 0)
    # What the company reports itself is deducted in part by a tax of the chart: the whole must be reported.
    claims = any(facts.taxes[tax].rate > 0 for tax in choice.taxes if tax in facts.taxes)
    return share if share is not None and claims else None


def _withholding(facts, chooser, found, lines, told) -> list[Reason]:
    """What is kept from the vendor: by a tax of that rate on every line, else on the account for it."""
    if not found.withheld or not found.net:
        return []
    if any(facts.taxes[tax].is_withheld for line in lines for tax in line.taxes if tax in facts.taxes):
        return [("withheld", {"amount": str(found.withheld)})]
    share = (found.withheld * 100 / found.net).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    tax = chooser.withheld(share)
    if tax:
        lines[:] = [replace(line, taxes=(*line.taxes, tax)) for line in lines]
        return [("withheld", {"amount": str(found.withheld)})]
    if facts.settings.withholding_account:
        lines.append(Line("", facts.settings.withholding_account, -found.withheld))
        told.append(Told("prediction", 1.0, (("withheld_account", {}),)))
        return [("withheld", {"amount": str(found.withheld)})]
    return [("withheld_unknown", {"amount": str(found.withheld)})]
