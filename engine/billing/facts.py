"""Frozen facts of a run over bills. Amounts are ``Decimal`` in the document's currency, positive as printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ..coding import Rule
from ..extraction.reading import Reading
from ..learning import Learner

DOMESTIC, FOREIGN = "domestic", "foreign"


@dataclass(frozen=True, slots=True)
class BillTax:
    """A purchase tax of the company. ``rate``: percent that it adds to what is paid, 0 where the buyer reports and
    deducts it (``is_reverse``); ``nominal``: the percent in its name. ``is_withheld``: it is kept from the vendor.
    ``scope``: ``service``, ``consu`` or empty. ``is_domestic``: for the company's own fiscal position."""

    key: int
    rate: Decimal
    nominal: Decimal
    is_reverse: bool = False
    is_withheld: bool = False
    is_domestic: bool = True
    is_fixed: bool = False
    scope: str = ""
    positions: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Position:
    """A fiscal position. ``mapping``: {tax: the taxes that replace it}; a tax that is not in it stays."""

    key: int
    name: str
    is_domestic: bool
    mapping: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    def map(self, taxes: tuple[int, ...]) -> tuple[int, ...]:
        """The taxes in place of ``taxes``."""
        found = (other for tax in taxes for other in self.mapping.get(tax, (tax,)))
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Party:
    """Who sent the bill. ``partner`` is None for a new vendor (``proposed`` are its values) and where somebody must
    choose. ``term``: payment term of the vendor. ``country``: ISO 3166-1 alpha-2."""

    partner: int | None = None
    name: str = ""
    confidence: float = 0.0
    how: str = ""
    is_new: bool = False
    reasons: tuple[tuple[str, dict], ...] = ()
    proposed: Mapping[str, str] = field(default_factory=dict)
    term: int | None = None
    country: str = ""
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class Default:
    """What Odoo itself would take for a line. ``support``: (lines of the vendor's posted bills, those on this account);
    ``how``: ``frequent``, ``product`` or ``journal``. ``taxes``: of product, account or company, unmapped."""

    account: int | None
    taxes: tuple[int, ...] = ()
    how: str = "journal"
    support: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class ItemValues:
    """What Odoo's own decoder resolved for an item of an e-invoice; blanks where it found nothing."""

    product: int | None = None
    account: int | None = None
    taxes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """One document. ``parties``: the vendor, or those that a person chooses from (``is_asked``); ``defaults``: one for
    each. ``has_rate``: whether the currency has an exchange rate on the bill's day. ``open_day``: the first day that
    may be booked on, if the bill's own is locked. ``items``: what was resolved for each item of the reading."""

    key: int
    company: int
    journal: int
    reading: Reading
    parties: tuple[Party, ...]
    defaults: tuple[Default, ...]
    is_asked: bool = False
    currency: str = ""
    has_rate: bool = True
    today: date | None = None
    open_day: date | None = None
    items: tuple[ItemValues, ...] = ()
    rejected: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class BillSettings:
    """The company's choices. ``currency``: its own. ``deductible``: {account: percent of the input tax that may be
    claimed}. ``withholding_account``: where withheld tax stands that no tax of the chart describes."""

    company: int
    currency: str
    country: str = ""
    default_taxes: tuple[int, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)
    deductible: Mapping[int, Decimal] = field(default_factory=dict)
    withholding_account: int | None = None
    forbidden: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class BillFacts:
    """Everything one run knows. ``accounts``: those that bills may be booked on. ``account_taxes``: default taxes of
    accounts. ``learner``: of bill lines; ``payments``: of payments, asked where bills taught nothing."""

    settings: BillSettings
    drafts: tuple[Draft, ...]
    learner: Learner
    taxes: Mapping[int, BillTax] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    accounts: frozenset[int] | None = None
    account_taxes: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    payments: Learner | None = None
