"""The open-item ledger of a generated year: what is open, what was settled and by which payment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from .values import ZERO, Booking, Document, Line, Partner, Payment, money

PARTNER_KINDS = ("invoice", "credit_note", "bill", "refund", "entry")


@dataclass(frozen=True, slots=True)
class Open:
    """An open journal item; ``residual`` has the sign of the bank line that settles it."""

    key: int
    kind: str  # invoice | credit_note | bill | refund | entry | payment | transfer
    document: int
    partner: int | None
    date: date
    due: date | None
    residual: Decimal
    residual_company: Decimal
    total: Decimal
    currency: str
    role: str
    names: tuple[str, ...] = ()
    journal: int | None = None
    batch: str = ""

    @property
    def whole(self) -> bool:
        return self.residual == self.total


@dataclass(frozen=True, slots=True)
class Settled:
    """An item that one payment settled (wholly, or the last part of it)."""

    item: Open  # as it stood before that payment
    paid_on: date
    amount: Decimal  # signed as the bank line, the item's currency
    payment_item: int
    payment_names: tuple[str, ...] = ()
    line: int | None = None


class Ledger:
    """Replays documents, registered payments and booked lines in any order their dates allow."""

    def __init__(self, accounts_of_partner: dict[int, Partner]) -> None:
        self._partners = accounts_of_partner
        self.open: dict[int, Open] = {}
        self.settled: dict[int, Settled] = {}  # by payment item
        self.booked: set[int] = set()  # lines
        self.issued: set[int] = set()
        self.registered: set[int] = set()

    def issue(self, document: Document) -> None:
        self.issued.add(document.key)
        role = "receivable" if document.kind in ("invoice", "credit_note") else "payable"
        for part in document.parts:
            self.open[part.key] = Open(
                key=part.key,
                kind=document.kind,
                document=document.key,
                partner=document.partner,
                date=document.date,
                due=part.due,
                residual=part.amount * document.sign,
                residual_company=part.amount_company * document.sign,
                total=part.amount * document.sign,
                currency=document.currency,
                role=role,
                names=(document.number, document.reference),
            )

    def register(self, payment: Payment) -> None:
        """The document is paid at registration; what stays open is the outstanding item."""
        for allocation in payment.allocations:
            self._settle(
                allocation.item,
                allocation.amount,
                payment.date,
                allocation.key,
                (payment.name, payment.memo),
            )
        self.registered.add(payment.key)
        inbound = payment.amount > 0
        self.open[payment.key] = Open(
            key=payment.key,
            kind="payment",
            document=-payment.key,
            partner=payment.partner,
            date=payment.date,
            due=payment.date,
            residual=payment.amount,
            residual_company=payment.amount,
            total=payment.amount,
            currency=payment.currency,
            role="outstanding_receipts" if inbound else "outstanding_payments",
            names=(payment.name, payment.memo),
            journal=payment.journal,
            batch=payment.batch,
        )

    def book(self, line: Line, booking: Booking) -> None:
        """Apply what the line settles, re-opens and leaves open."""
        self.booked.add(line.key)
        names = tuple(name for name in (line.text, *line.references) if name)
        for settlement in booking.settlements:
            if settlement.reopens:
                self._reopen(settlement.item)
            else:
                self._settle(
                    settlement.item,
                    settlement.item_amount,
                    line.date,
                    settlement.key,
                    names,
                    line.key,
                )
        for difference in booking.differences:
            if difference.reason in ("on_account", "overpaid", "paid_twice"):
                self._leave(
                    line,
                    difference.key,
                    "entry",
                    booking.partner,
                    -difference.amount,
                    difference.side,
                )
            elif difference.reason == "transfer":
                self._leave(line, difference.key, "transfer", None, -difference.amount, "transfer")

    def _leave(self, line: Line, key: int, kind: str, partner: int | None, residual: Decimal, role: str) -> None:
        self.open[key] = Open(
            key=key,
            kind=kind,
            document=-key,
            partner=partner,
            date=line.date,
            due=line.date,
            residual=residual,
            residual_company=residual,
            total=residual,
            currency=line.currency,
            role=role,
            names=(line.text,),
            journal=line.journal if kind == "transfer" else None,
        )

    def _settle(
        self,
        key: int,
        amount: Decimal,
        day: date,
        payment_item: int,
        names: tuple[str, ...],
        line: int | None = None,
    ) -> None:
        item = self.open.pop(key)
        rest = item.residual - amount
        if (rest > 0) != (item.residual > 0) and rest != ZERO:
            raise ValueError(f"item {key}: {amount} settled of {item.residual}")
        if rest:
            share = money(item.residual_company * rest / item.residual)
            self.open[key] = replace(item, residual=rest, residual_company=share)
        if item.kind in PARTNER_KINDS:
            self.settled[payment_item] = Settled(item, day, amount, payment_item, names, line)

    def _reopen(self, payment_item: int) -> None:
        paid = self.settled.pop(payment_item)
        rest = self.open.get(paid.item.key)
        residual = paid.amount + (rest.residual if rest else ZERO)
        company = money(paid.item.residual_company * residual / paid.item.residual)
        self.open[paid.item.key] = replace(paid.item, residual=residual, residual_company=company)

    def of_partner(self, partner: int, currency: str | None = None) -> list[Open]:
        """The partner's open items, oldest first."""
        items = [
            item
            for item in self.open.values()
            if item.partner == partner and (currency is None or item.currency == currency)
        ]
        return sorted(items, key=lambda item: (item.due or item.date, item.key))
