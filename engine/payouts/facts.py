"""Frozen facts about payouts. Amounts are ``Decimal`` in the named currency, keys are the caller's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

#: Where an item stands.
PARTNER, CLEARING = "partner", "clearing"


@dataclass(frozen=True, slots=True)
class PayoutRow:
    """One row of a payout; ``amount`` is signed before fees (a sale is positive), in the payout's currency.

    ``chosen``: the item that a person said it pays; ``is_left``: a person said that it stays on the clearing account.
    """

    key: int
    kind: str
    date: date
    amount: Decimal
    references: tuple[str, ...] = ()
    customer: str = ""
    text: str = ""
    original_amount: Decimal | None = None
    original_currency: str = ""
    chosen: int | None = None
    is_left: bool = False


@dataclass(frozen=True, slots=True)
class StandingItem:
    """An open item that a row may settle: of a customer, or on the provider's clearing account.

    ``residual`` has the sign of the books: what a customer owes is positive, a credit note negative.
    """

    key: int
    account: int
    place: str
    residual: Decimal
    currency: str
    date: date
    partner: int | None = None
    partner_names: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    document: int = 0


@dataclass(frozen=True, slots=True)
class PaidItem:
    """A document's item that is paid, with the item that paid it: what a chargeback reopens."""

    key: int
    payer: int
    account: int
    amount: Decimal
    currency: str
    paid_on: date
    partner: int | None = None
    partner_names: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bill:
    """An open bill of the provider for its fees; ``residual`` as it stands in the books (negative)."""

    key: int
    residual: Decimal
    currency: str
    date: date
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BankItem:
    """An open item that a bank line left on the clearing account: the payout that came before its file."""

    key: int
    residual: Decimal
    currency: str
    date: date


@dataclass(frozen=True, slots=True)
class Terms:
    """A provider's accounts; None: not configured. ``vendor``: it bills its fees, which then are no cost again."""

    clearing: int
    fee: int | None = None
    fee_taxes: tuple[int, ...] = ()
    reserve: int | None = None
    adjustment: int | None = None
    chargeback: int | None = None
    vendor: int | None = None
    payable: int | None = None
    gain: int | None = None
    loss: int | None = None


@dataclass(frozen=True, slots=True)
class PayoutCase:
    """One payout. ``amount`` goes to the bank; ``fee`` is what the rows keep, ``fee_tax`` the tax in it where told.

    ``rate``: units of the payout's currency for one of the company's, None when they are the same.
    """

    key: int
    reference: str
    date: date
    currency: str
    amount: Decimal
    fee: Decimal
    rows: tuple[PayoutRow, ...]
    terms: Terms
    fee_tax: Decimal | None = None
    rate: Decimal | None = None
    items: tuple[StandingItem, ...] = ()
    paid: tuple[PaidItem, ...] = ()
    bills: tuple[Bill, ...] = ()
    bank_items: tuple[BankItem, ...] = ()


@dataclass(frozen=True, slots=True)
class PayoutFacts:
    """The payouts of one run; ``receivables``: partner -> account for what is owed without an item."""

    currency: str
    cases: tuple[PayoutCase, ...]
    places: Mapping[str, int] = field(default_factory=dict)
    receivables: Mapping[int, int] = field(default_factory=dict)
    held: frozenset[int] = frozenset()
