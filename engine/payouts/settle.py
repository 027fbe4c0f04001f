"""From a payout and what its rows pay to the one entry that takes it over the clearing account.

What customers paid leaves their receivables or the clearing account, the fee goes to its account or against the
provider's bills, reserves and returns to theirs; what goes to the bank stands on the clearing account, as one item,
until the bank line settles it. What nothing is found for stands there too, row by row: the clearing account is zero
when everything is explained, and says what is not otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from ..money import Places
from .confidence import measured
from .facts import PayoutCase, PayoutFacts
from .pairing import ASKED, OVER, OWED, Found, Pairing

#: A bank line and the payout that it is of: days between them at most.
_BANK_DAYS = 10
#: Questions that are answered with a click; more of them are answered row by row.
_CHOICES = 6


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One journal item: ``amount`` in the company's currency (a debit is positive), ``own`` in ``currency``.

    ``item`` is settled by it; ``reopens`` is what that item had paid. ``what`` says what it is, ``source`` the row.
    """

    account: int
    amount: Decimal
    own: Decimal
    currency: str
    what: str
    partner: int | None = None
    item: int | None = None
    reopens: int | None = None
    taxes: tuple[int, ...] = ()
    tax_amount: Decimal | None = None
    source: int | None = None


@dataclass(frozen=True, slots=True)
class PayoutChoice:
    """An answer to the question of one row, with its entry; ``item`` None: the row stays on the clearing account."""

    item: int | None
    rows: tuple[EntryRow, ...]


@dataclass(frozen=True, slots=True)
class PayoutAnswer:
    """``outcome``: proposed, asked, or nothing (all zero). ``found``: row key -> what it pays."""

    line: int
    outcome: str
    rows: tuple[EntryRow, ...]
    found: dict[int, Found]
    confidence: float = 0.0
    support: tuple[int, int] = (0, 0)
    reasons: tuple[tuple[str, dict[str, Any]], ...] = ()
    choices: tuple[PayoutChoice, ...] = ()
    asked_row: int | None = None
    sums: dict[str, Decimal] = field(default_factory=dict)


def settle(facts: PayoutFacts) -> tuple[PayoutAnswer, ...]:
    """One answer a payout; no item is promised to two of them: the earlier payout has it."""
    places, taken, answers = Places(facts.places), set(facts.held), []
    for case in sorted(facts.cases, key=lambda case: (case.date, case.key)):
        answer = _answer(facts, case, places, frozenset(taken))
        taken |= {row.item for row in answer.rows if row.item is not None}
        answers.append(answer)
    return tuple(answers)


def _answer(facts: PayoutFacts, case: PayoutCase, places: Places, held: frozenset[int]) -> PayoutAnswer:
    found = Pairing(case, places, held).run()
    rows = Entry(facts, case, places, held).rows(found)
    if not rows:
        return PayoutAnswer(case.key, "nothing", (), found)
    asked = [row for row in case.rows if row.key in found and found[row.key].how == ASKED]
    confidence, support = measured({each.how for each in found.values()})
    reasons = reasons_of(case, found)
    answer = PayoutAnswer(case.key, "proposed", rows, found, confidence, support, reasons)
    if not asked:
        return answer
    choices = _choices(facts, case, places, held, asked[0], found) if len(asked) == 1 else ()
    return replace(answer, outcome="asked", choices=choices, asked_row=asked[0].key)


def _choices(facts, case, places, held, row, found) -> tuple[PayoutChoice, ...]:
    choices = []
    for item in (*found[row.key].candidates[: _CHOICES - 1], None):
        told = replace(row, chosen=item, is_left=item is None)
        other = replace(case, rows=tuple(told if each.key == row.key else each for each in case.rows))
        chosen = Pairing(other, places, held).run()
        choices.append(PayoutChoice(item, Entry(facts, other, places, held).rows(chosen)))
    return tuple(choices)


class Entry:
    """Builds the rows of a payout's entry; they add up to zero."""

    def __init__(self, facts: PayoutFacts, case: PayoutCase, places: Places, held: frozenset[int]) -> None:
        self.facts, self.case, self.places, self.held = facts, case, places, held
        self.unit = Decimal(1).scaleb(-places.of(facts.currency))

    def rows(self, found: dict[int, Found]) -> tuple[EntryRow, ...]:
        """What is paid, reserves and adjustments in the order of the file, then the fee, then what goes to the bank."""
        rows: list[EntryRow] = []
        for row in self.case.rows:
            if row.key in found:
                rows += self._paid(row, found[row.key])
            elif row.amount:
                rows.append(self._other(row))
        rows += self._fee()
        kept = sum((row.amount for row in self.case.rows), Decimal(0)) - self.case.fee - self.case.amount
        if kept:
            rows.append(self._row(self.case.terms.clearing, kept, "kept"))
        if self.case.amount:
            rows.append(self._net())
        return tuple(self._balanced(rows))

    def _row(self, account: int, own: Decimal, what: str, **values: Any) -> EntryRow:
        return EntryRow(account, self._company(own), own, self.case.currency, what, **values)

    def _paid(self, row, found: Found) -> list[EntryRow]:
        rows = []
        for part in found.parts:
            own, worth = -part.item_amount, self._company(-part.amount)
            if part.currency == self.facts.currency:
                worth = own
            rows.append(
                EntryRow(
                    part.account,
                    worth,
                    own,
                    part.currency,
                    "reopened" if part.reopens else row.kind,
                    partner=part.partner,
                    item=part.item,
                    reopens=part.reopens,
                    source=row.key,
                )
            )
        if found.rest:
            rows.append(self._rest(row, found))
        return rows

    def _rest(self, row, found: Found) -> EntryRow:
        """Owed by or to a customer who is known; else it stays on the clearing account."""
        receivable = self.facts.receivables.get(found.partner or 0)
        if receivable and found.how in (OVER, OWED):
            what = "overpaid" if found.how == OVER else "owed"
            return self._row(receivable, -found.rest, what, partner=found.partner, source=row.key)
        terms = self.case.terms
        if row.kind == "chargeback" and terms.chargeback and not row.is_left:
            return self._row(terms.chargeback, -found.rest, "chargeback", source=row.key)
        return self._row(terms.clearing, -found.rest, "left", source=row.key)

    def _other(self, row) -> EntryRow:
        terms = self.case.terms
        if row.kind in ("reserve_held", "reserve_released"):
            account = terms.reserve
        else:
            account = terms.adjustment if not row.is_left else None
        what = row.kind if account else "left"
        return self._row(account or terms.clearing, -row.amount, what, source=row.key)

    def _fee(self) -> list[EntryRow]:
        """The fee is a cost with its tax; of a provider that bills it, it is a payment of those bills."""
        fee, terms = self.case.fee, self.case.terms
        if not fee:
            return []
        if terms.vendor and terms.payable:
            bill = self._bill(fee)
            return [self._row(terms.payable, fee, "fee_paid", partner=terms.vendor, item=bill)]
        if not terms.fee:
            return [self._row(terms.clearing, fee, "left")]
        tax = self._company(self.case.fee_tax) if self.case.fee_tax is not None else None
        return [self._row(terms.fee, fee, "fee", taxes=terms.fee_taxes, tax_amount=tax)]

    def _bill(self, fee: Decimal) -> int | None:
        """The provider's open bill that the fee pays: of that amount, or the only one that is large enough."""
        open_bills = [
            bill for bill in self.case.bills if bill.currency == self.case.currency and bill.key not in self.held
        ]
        same = [bill for bill in open_bills if bill.residual == -fee]
        if len(same) == 1:
            return same[0].key
        large = [bill for bill in open_bills if bill.residual < -fee]
        return large[0].key if len(large) == 1 and not same and len(open_bills) == 1 and fee > 0 else None

    def _net(self) -> EntryRow:
        """What goes to the bank, and the bank line's item if that came first."""
        amount = self.case.amount
        waiting = [
            item
            for item in self.case.bank_items
            if item.residual == -amount
            and item.currency == self.case.currency
            and item.key not in self.held
            and -_BANK_DAYS <= (item.date - self.case.date).days <= _BANK_DAYS
        ]
        return self._row(self.case.terms.clearing, amount, "net", item=waiting[0].key if len(waiting) == 1 else None)

    def _company(self, own: Decimal) -> Decimal:
        return own if self.case.rate is None else (own / self.case.rate).quantize(self.unit)

    def _balanced(self, rows: list[EntryRow]) -> list[EntryRow]:
        """Cents of conversion go to the last row; more is the difference of two rates, and exchange gain or loss."""
        rest = sum((row.amount for row in rows), Decimal(0))
        if not rest:
            return rows
        terms = self.case.terms
        account = terms.loss if rest < 0 else terms.gain
        if abs(rest) > self.unit * (len(rows) + 1) and account:
            return [*rows, EntryRow(account, -rest, -rest, self.facts.currency, "exchange")]
        last = rows[-1]
        own = last.own - rest if last.currency == self.facts.currency else last.own
        return [*rows[:-1], replace(last, amount=last.amount - rest, own=own)]


def reasons_of(case: PayoutCase, found: dict[int, Found]) -> tuple[tuple[str, dict[str, Any]], ...]:
    """What speaks for the entry, and what is not explained: (code, values)."""
    counts: dict[str, int] = {}
    sums: dict[str, Decimal] = {}
    amounts = {row.key: row.amount for row in case.rows}
    for key, each in found.items():
        counts[each.how] = counts.get(each.how, 0) + 1
        sums[each.how] = sums.get(each.how, Decimal(0)) + amounts[key]
    reasons: list[tuple[str, dict[str, Any]]] = [
        (f"payout_{how}", {"count": counts[how], "amount": str(sums[how])}) for how in sorted(counts)
    ]
    terms = case.terms
    if case.fee and terms.vendor and terms.payable:
        reasons.append(("payout_fee_billed", {"amount": str(case.fee)}))
    elif case.fee and not terms.fee:
        reasons.append(("payout_no_fee_account", {"amount": str(case.fee)}))
    if any(row.kind.startswith("reserve") for row in case.rows) and not terms.reserve:
        reasons.append(("payout_no_reserve_account", {}))
    return tuple(reasons)
