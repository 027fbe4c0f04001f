"""What a generated company year consists of: frozen values, no behaviour beyond sums.

Amounts of documents and instalments are positive; amounts of bank lines, bookings and entries are
signed (a receipt, and a debit, is positive). Money is ``Decimal`` with two places.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
NOTHING = "nothing"
KIND_SIGN = {"invoice": 1, "credit_note": -1, "bill": -1, "refund": 1}


def money(amount: Decimal | int | str | float) -> Decimal:
    """Rounded half up to the cent, as accountants and Odoo do."""
    return Decimal(amount).quantize(CENT, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Tax:
    key: str
    rate: Decimal  # percent
    use: str  # sale | purchase
    cash_basis: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """``parts`` are (percent, days); a discount only stands on a term of one part (as in Odoo)."""

    key: str
    parts: tuple[tuple[Decimal, int], ...]
    discount: Decimal = ZERO  # percent
    discount_days: int = 0
    mode: str = ""  # included | excluded | mixed


@dataclass(frozen=True, slots=True)
class Journal:
    key: int
    code: str
    name: str
    currency: str
    account_number: str
    style: str  # rich (as CAMT.053) | plain (as a CSV export)


@dataclass(frozen=True, slots=True)
class Company:
    name: str
    currency: str
    country: str
    accounts: dict[str, int]
    journals: tuple[Journal, ...]
    taxes: dict[str, Tax]
    terms: dict[str, Term]
    reference_model: str  # none | ogm | rf
    fee_tax: str | None
    withholding_rates: tuple[Decimal, ...]
    fee_cap: Decimal = Decimal("25.00")
    fee_cap_percent: Decimal = Decimal("3")
    rounding_cap: Decimal = Decimal("0.05")
    rate_limit_percent: Decimal = Decimal("3")
    rate_max_age_days: int = 7


@dataclass(frozen=True, slots=True)
class Habit:
    """How one payer pays: what it quotes, when, and how its bank writes its name."""

    quotes: str  # full | digits | short | structured | none
    delay: int  # usual days after the due date
    lumps: float  # share of payments that settle several documents
    journal: int
    upper: bool
    foreign_bank: bool


@dataclass(frozen=True, slots=True)
class Partner:
    key: int
    name: str
    country: str
    person: bool
    customer: bool
    vendor: bool
    iban: str
    iban_known: bool  # the books have it
    currency: str
    term: str
    habit: Habit
    prefix: str  # of a vendor's own document numbers


@dataclass(frozen=True, slots=True)
class DocumentLine:
    net: Decimal
    tax: str


@dataclass(frozen=True, slots=True)
class Part:
    """One instalment: a journal item."""

    key: int
    due: date
    amount: Decimal
    amount_company: Decimal


@dataclass(frozen=True, slots=True)
class Document:
    key: int
    kind: str  # invoice | credit_note | bill | refund
    partner: int
    date: date
    number: str  # our own
    reference: str  # what the payer is asked to quote; of a bill: the vendor's number
    currency: str
    rate: Decimal  # units of currency per unit of the company's
    lines: tuple[DocumentLine, ...]
    term: str
    untaxed: Decimal
    taxes: tuple[tuple[str, Decimal], ...]
    parts: tuple[Part, ...]

    @property
    def total(self) -> Decimal:
        return sum((part.amount for part in self.parts), ZERO)

    @property
    def sign(self) -> int:
        return KIND_SIGN[self.kind]


@dataclass(frozen=True, slots=True)
class Allocation:
    """A registered payment's share in one item: ``key`` is the journal item that pays it."""

    key: int
    item: int
    amount: Decimal  # signed as the bank line


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment registered before the bank shows it: ``key`` is its outstanding item."""

    key: int
    partner: int
    date: date
    amount: Decimal  # signed as the bank line that will show it
    currency: str
    journal: int
    name: str
    memo: str
    batch: str
    allocations: tuple[Allocation, ...]


@dataclass(frozen=True, slots=True)
class Line:
    key: int
    journal: int
    date: date
    amount: Decimal
    currency: str
    text: str
    partner_name: str = ""
    account_number: str = ""
    references: tuple[str, ...] = ()
    code: str = ""
    foreign_amount: Decimal | None = None
    foreign_currency: str | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """``amount`` of the line settles ``item_amount`` (same sign, the item's currency) of ``item``.

    ``key`` is the journal item that this creates on the partner's account; ``reopens`` lists the
    items that become due again.
    """

    key: int
    item: int
    amount: Decimal
    item_amount: Decimal
    reopens: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What is not an item: ``key`` is the journal item it creates when that one stays open."""

    key: int
    reason: str
    amount: Decimal
    side: str = ""  # receivable | payable, of what is owed back or on account
    item: int | None = None  # the item a discount belongs to
    pair: int | None = None  # the other leg of a transfer


@dataclass(frozen=True, slots=True)
class Booking:
    """A whole reading of a line: settlements + differences + remainder = the line's amount."""

    settlements: tuple[Settlement, ...] = ()
    differences: tuple[Difference, ...] = ()
    remainder: Decimal = ZERO
    partner: int | None = None

    def total(self) -> Decimal:
        parts = [s.amount for s in self.settlements] + [d.amount for d in self.differences]
        return sum(parts, self.remainder)


@dataclass(frozen=True, slots=True)
class Truth:
    """What really happened. ``verdict`` says why the line is (not) decidable."""

    line: int
    case: str
    booking: Booking
    scenario: str
    decidable: bool = False
    verdict: str = ""
    twins: tuple[tuple[int, ...], ...] = ()  # groups of items that may stand for each other


@dataclass(frozen=True, slots=True)
class CompanyYear:
    seed: int
    start: date
    period: str
    noise: str
    company: Company
    partners: dict[int, Partner]
    documents: tuple[Document, ...]
    payments: tuple[Payment, ...]
    lines: tuple[Line, ...]
    truths: dict[int, Truth] = field(default_factory=dict)
    rates: dict[tuple[str, date], Decimal] = field(default_factory=dict)
