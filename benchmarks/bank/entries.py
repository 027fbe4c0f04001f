"""The whole entry that the truth of a line demands, to the cent, in the company's currency.

Reckoned from the documents alone, without the engine and without Odoo: what the books must say
after the line is booked, including the tax of a cash discount, of a fee, the exchange difference
and the tax that a payment makes due on the cash basis.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from .company import rate_on
from .discounts import discounted
from .values import (
    ZERO,
    Booking,
    CompanyYear,
    Difference,
    Document,
    DocumentLine,
    Line,
    Settlement,
    Truth,
    money,
)

PLAIN, BASE, TAX = "plain", "base", "tax"
_SIDES = ("on_account", "overpaid", "paid_twice")


@dataclass(frozen=True, slots=True)
class EntryLine:
    """``balance`` is debit minus credit; ``tax`` names the tax of a base or tax line."""

    role: str
    partner: int | None
    balance: Decimal
    part: str = PLAIN
    tax: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """``exchange`` is the gain (negative: loss) that the settled items realise.

    ``cash_basis`` is the tax that becomes due, by tax; a credit for sales is negative.
    """

    lines: tuple[EntryLine, ...]
    exchange: Decimal
    cash_basis: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class _Item:
    role: str
    partner: int | None
    currency: str
    amount: Decimal  # signed as the bank line that settles it
    company: Decimal
    document: Document | None


class Bookkeeper:
    """Writes the entries of one year's truths."""

    def __init__(self, year: CompanyYear) -> None:
        self._year, self._company = year, year.company
        self._journals = {journal.key: journal for journal in year.company.journals}
        self._items: dict[int, _Item] = {}
        self._index_documents()
        self._index_payments()
        for line in year.lines:
            self._index_line(line, year.truths[line.key].booking)

    # --- what each journal item is ----------------------------------------------

    def _index_documents(self) -> None:
        for document in self._year.documents:
            role = "receivable" if document.kind in ("invoice", "credit_note") else "payable"
            for part in document.parts:
                self._items[part.key] = _Item(
                    role,
                    document.partner,
                    document.currency,
                    part.amount * document.sign,
                    part.amount_company * document.sign,
                    document,
                )

    def _index_payments(self) -> None:
        for payment in self._year.payments:
            role = "outstanding_receipts" if payment.amount > 0 else "outstanding_payments"
            self._items[payment.key] = _Item(
                role, payment.partner, payment.currency, payment.amount, payment.amount, None
            )
            for allocation in payment.allocations:
                self._paying(allocation.key, self._items[allocation.item], allocation.amount)

    def _paying(self, key: int, item: _Item, amount: Decimal) -> None:
        self._items[key] = _Item(item.role, item.partner, item.currency, -amount, -amount, item.document)

    def _index_line(self, line: Line, booking: Booking) -> None:
        for settlement in booking.settlements:
            self._paying(settlement.key, self._items[settlement.item], settlement.item_amount)
        for difference in booking.differences:
            role = difference.side or difference.reason
            self._items[difference.key] = _Item(
                role, booking.partner, line.currency, -difference.amount, -difference.amount, None
            )

    def item(self, key: int) -> _Item:
        return self._items[key]

    def is_cash_basis(self, document: Document) -> bool:
        return any(self._company.taxes[key].cash_basis for key, _tax in document.taxes)

    # --- entries -------------------------------------------------------------------

    def entry(self, line: Line, truth: Truth) -> Entry:
        """What must stand in the books once ``line`` is booked as ``truth`` says."""
        journal = self._journals[line.journal]
        total = self.company_amount(line)
        lines = [EntryLine(f"bank{journal.key}", None, total)]
        exchange = ZERO
        shares = self._shares(line, truth.booking, total)
        for settlement, share in zip(truth.booking.settlements, shares, strict=False):
            item = self._items[settlement.item]
            lines.append(EntryLine(item.role, item.partner, -share))
            exchange += self._exchange(settlement, item, share)
        for difference in truth.booking.differences:
            lines += self._difference(difference, truth.booking.partner)
        if truth.booking.remainder:
            lines.append(EntryLine("suspense", None, -truth.booking.remainder))
        return Entry(tuple(lines), exchange, self._cash_basis(truth.booking))

    def company_amount(self, line: Line) -> Decimal:
        """The line in the company's currency: as the bank states it, else by the day's rate."""
        if line.currency == self._company.currency:
            return line.amount
        if line.foreign_currency == self._company.currency:
            return line.foreign_amount
        rate, _day = rate_on(self._year.rates, line.currency, line.date)
        return money(line.amount / rate)

    def _shares(self, line: Line, booking: Booking, total: Decimal) -> list[Decimal]:
        """Each settlement in the company's currency; the last takes the rounding."""
        if line.currency == self._company.currency:
            return [settlement.amount for settlement in booking.settlements]
        shares = [money(total * s.amount / line.amount) for s in booking.settlements]
        if shares and not booking.differences:
            shares[-1] += total - sum(shares, ZERO)
        return shares

    def _exchange(self, settlement: Settlement, item: _Item, share: Decimal) -> Decimal:
        if item.currency == self._company.currency:
            return ZERO
        booked = money(item.company * settlement.item_amount / item.amount)
        return share - booked

    def _difference(self, difference: Difference, partner: int | None) -> list[EntryLine]:
        amount = -difference.amount
        if difference.reason == "cash_discount":
            return self._discount(self._items[difference.item].document)
        if difference.reason in _SIDES:
            return [EntryLine(difference.side, partner, amount)]
        if difference.reason == "bank_fee":
            return self._fee(amount)
        return [EntryLine(difference.reason, None, amount)]

    def _fee(self, amount: Decimal) -> list[EntryLine]:
        key = self._company.fee_tax
        if not key:
            return [EntryLine("fee", None, amount)]
        base = money(amount / (1 + self._company.taxes[key].rate / 100))
        return [
            EntryLine("fee", None, base, BASE, key),
            EntryLine("tax_purchase", None, amount - base, TAX, key),
        ]

    def _discount(self, document: Document) -> list[EntryLine]:
        """Of an invoice a debit. *Included* corrects base and tax, other modes the base."""
        sale = document.kind == "invoice"
        role, sign = ("discount_loss", 1) if sale else ("discount_gain", -1)
        granted = document.total - discounted(document, self._company)
        term = self._company.terms[document.term]
        if term.mode != "included":
            return [EntryLine(role, document.partner, sign * granted)]
        keep = 1 - term.discount / 100
        bases, taxes = self._reduced(document.lines, keep), dict(document.taxes)
        lines = []
        for key, (full, reduced) in bases.items():
            lines.append([role, sign * (full - money(reduced)), BASE, key])
            tax = taxes[key] - money(reduced * self._company.taxes[key].rate / 100)
            if tax:
                lines.append(["tax_sale" if sale else "tax_purchase", sign * tax, TAX, key])
        rest = sign * granted - sum((line[1] for line in lines), ZERO)
        largest = max((line for line in lines if line[2] == BASE), key=lambda line: line[1])
        largest[1] += rest
        return [EntryLine(r, document.partner, amount, part, key) for r, amount, part, key in lines]

    @staticmethod
    def _reduced(lines: tuple[DocumentLine, ...], keep: Decimal) -> dict[str, tuple[Decimal, Decimal]]:
        bases: dict[str, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
        for line in lines:
            bases[line.tax][0] += line.net
            bases[line.tax][1] += line.net * keep
        return {key: (full, reduced) for key, (full, reduced) in bases.items()}

    def _cash_basis(self, booking: Booking) -> tuple[tuple[str, Decimal], ...]:
        """The tax of cash-basis documents in the share that is paid now."""
        due: dict[str, Decimal] = defaultdict(Decimal)
        for settlement in booking.settlements:
            item = self._items[settlement.item]
            if not item.document or item.role.startswith("outstanding"):
                continue
            for key, tax in item.document.taxes:
                if self._company.taxes[key].cash_basis:
                    share = settlement.item_amount / item.document.total
                    due[key] -= money(tax * share)
        return tuple(sorted(due.items()))
