"""Frozen facts that the proposers collect and the engine reads.

Amounts are ``Decimal`` in the named currency. Keys are the caller's (database ids); the engine
compares and returns them, nothing else. Dates are ``datetime.date``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class BankLine:
    """One bank statement line that is not reconciled.

    ``amount`` is signed (a receipt is positive) in ``currency``, the journal's currency, and is what
    is still to be explained of the line. ``partner`` is set only if the record already carries one.
    """

    key: int
    company: int
    journal: int
    date: date
    amount: Decimal
    currency: str
    text: str
    partner: int | None = None
    partner_name: str = ""
    account_number: str = ""
    references: tuple[str, ...] = ()  # structured: EndToEndId, RF, OGM, QR ... as the bank sent them
    code: str = ""  # the bank's transaction code ("RDDT", "NRTI", "direct debit return" ...)
    foreign_amount: Decimal | None = None  # signed, when the bank names the original currency
    foreign_currency: str | None = None
    count: int | None = None  # of payments, when the bank says how many the line is the sum of


@dataclass(frozen=True, slots=True)
class CashDiscount:
    """What an early payment term grants: pay ``amount`` instead of the residual until ``until`` (inclusive).

    ``amount`` has the item's currency and the sign of the item's residual.
    """

    amount: Decimal
    until: date
    account: int  # where the discount's base goes
    taxes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One open journal item that a bank line may settle.

    ``residual`` is signed as in the books (a customer invoice is positive, a vendor bill negative): a bank
    line of the same sign settles it. It is in ``currency``; ``residual_company`` in the company's.
    ``kind`` is one of ``invoice`` (customer), ``credit_note`` (customer), ``bill`` (vendor), ``refund``
    (vendor), ``payment`` (outstanding line of a registered payment), ``transfer`` (open line on the
    inter-bank transfer account), ``entry`` (any other reconcilable receivable or payable item).
    ``document`` groups the instalments of one document. ``names`` holds every text that
    may be quoted by a payer: number, reference, payment reference, origin, memo.
    """

    key: int
    company: int
    account: int
    kind: str
    document: int
    partner: int | None
    date: date
    due: date | None
    residual: Decimal
    currency: str
    residual_company: Decimal
    total: Decimal  # of the item, in ``currency``, signed
    names: tuple[str, ...] = ()
    label: str = ""
    discount: CashDiscount | None = None
    journal: int | None = None  # of a payment or transfer: the bank journal it names
    batch: str = ""  # same text on payments that were sent or deposited together
    blocked: bool = False  # payment block: never proposed, only named
    provider: int | None = None  # of a payment provider whose clearing account it stands on
    payout: str = ""  # the payout whose transfer to the bank it is
    untaxed: Decimal | None = None  # the item's share of the base without tax, signed: withholding is reckoned on it
    meant_for: int | None = None  # the bank line that a person paired it with when the account was cut over


@dataclass(frozen=True, slots=True)
class SettledItem:
    """An item that is paid: the counterpart of returned debits and of second payments.

    ``payment_item`` is the journal item that paid it (the credit on the receivable), ``paid_on`` its date,
    ``amount`` what that payment settled, signed as the *bank line that paid it*, in ``currency``.
    """

    key: int
    company: int
    account: int
    kind: str
    document: int
    partner: int | None
    date: date
    total: Decimal
    currency: str
    paid_on: date
    amount: Decimal
    payment_item: int
    names: tuple[str, ...] = ()
    label: str = ""
    payment_names: tuple[str, ...] = ()  # texts and end-to-end ids of the line that paid it
    bank_line: int | None = None  # the statement line that paid it, when there is one


@dataclass(frozen=True, slots=True)
class Party:
    """A partner (the commercial entity) with what payers write: names and bank accounts."""

    key: int
    names: tuple[str, ...]
    accounts: tuple[str, ...] = ()  # sanitised: upper case, no blanks
    receivable: int | None = None  # account ids for payments on account
    payable: int | None = None
    is_customer: bool = False
    is_vendor: bool = False
    is_own: bool = False  # the company itself
    receipts: int = 0  # past reconciled bank lines in and out: the habit
    payments: int = 0
    usual_delay: int | None = None  # median days from due date to payment
    payer_names: tuple[str, ...] = ()  # names and accounts that people matched to it before


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """A bank journal of the company, to recognise transfers."""

    journal: int
    account_number: str
    names: tuple[str, ...] = ()
    currency: str = ""


@dataclass(frozen=True, slots=True)
class WriteOffAccount:
    """Where a kind of difference goes in this company. ``account`` None: not configured, so never proposed."""

    account: int | None = None
    taxes: tuple[int, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class SentOrder:
    """One payment of a file that was sent to the bank. ``amount`` is signed as the bank line that shows it.

    ``names``: every text of it that may quote what it pays. ``items``: what it settled, once it is booked.
    """

    key: int
    amount: Decimal
    end_to_end: str = ""
    partner: int | None = None
    account: str = ""
    name: str = ""
    names: tuple[str, ...] = ()
    state: str = "sent"  # sent, booked, rejected, returned
    items: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SentRun:
    """Payments or collections that were sent to the bank together, for one day. ``names``: of the batch and its file.

    ``journal`` None: the file names no account of the company.
    """

    key: int
    names: tuple[str, ...]
    date: date
    currency: str
    journal: int | None
    orders: tuple[SentOrder, ...]
    is_wages: bool = False


@dataclass(frozen=True, slots=True)
class PayoutProvider:
    """A payment provider: ``names`` and ``account_number`` are what bank lines call it by, ``account`` its clearing."""

    key: int
    label: str
    names: tuple[str, ...]
    account: int | None = None
    account_number: str = ""
    partner: int | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """Units of ``currency`` for one unit of the company's currency, as the table has it on ``date``."""

    currency: str
    rate: Decimal
    date: date


@dataclass(frozen=True, slots=True)
class MatchingSettings:
    """The company's switches and caps. Money in the company's currency, percentages as 0..100."""

    company: int
    currency: str
    transfer_account: int | None = None
    fee: WriteOffAccount = WriteOffAccount()
    fee_cap: Decimal = Decimal("25.00")
    fee_cap_percent: Decimal = Decimal("3")
    rounding: WriteOffAccount = WriteOffAccount()
    rounding_cap: Decimal = Decimal("0.05")
    withholding: WriteOffAccount = WriteOffAccount()
    withholding_rates: tuple[Decimal, ...] = ()  # percent of the document's total or base
    rate_limit_percent: Decimal = Decimal("3")  # bank's implied rate against the table
    rate_max_age_days: int = 7
    write_off_cap: Decimal = Decimal("100.00")
    write_off_cap_percent: Decimal = Decimal("5")
    history_days: int = 400
    wage_accounts: frozenset[int] = frozenset()  # net wages payable
    charges_return_fee: bool = False  # the bank's fee of a returned collection is the customer's


@dataclass(frozen=True, slots=True)
class MatchingFacts:
    """Everything one proposing run knows. ``places`` gives each currency's decimal places.

    ``rates`` holds, per (currency, line date), the newest rate on or before that date.
    ``other_lines`` are the unreconciled lines of the company's other journals (transfers).
    ``rejected`` holds, per line key, fingerprints of proposals that a person rejected.
    ``held`` holds item keys promised to other open suggestions.
    ``runs`` are payment files around these lines, and those with orders that may come back.
    ``guesses`` is what ``matching.identify`` said of these lines, if it was asked before; else it is asked.
    """

    settings: MatchingSettings
    lines: tuple[BankLine, ...]
    items: tuple[OpenItem, ...] = ()
    settled: tuple[SettledItem, ...] = ()
    parties: tuple[Party, ...] = ()
    own_accounts: tuple[OwnAccount, ...] = ()
    other_lines: tuple[BankLine, ...] = ()
    rates: Mapping[tuple[str, date], Rate] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    rejected: Mapping[int, frozenset[str]] = field(default_factory=dict)
    held: frozenset[int] = frozenset()
    providers: tuple[PayoutProvider, ...] = ()
    guesses: Mapping[int, tuple] | None = None
    runs: tuple[SentRun, ...] = ()
