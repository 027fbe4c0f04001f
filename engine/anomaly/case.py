"""Frozen facts about one bill that is checked: what it says, and what the books know about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ..billing.buyer import BuyerCheck
from .duplicates import Bill

#: Kinds of ``Cost``.
BANK_LINE, EXPENSE, FEES = "bank_line", "expense", "fees"


@dataclass(frozen=True, slots=True)
class Cost:
    """A cost that is in the books already: a bank or card line coded to it, an expense, or the fees that a provider
    kept in one month (``amount`` is their sum, ``date`` the month's last day). ``amount`` is positive."""

    model: str
    key: int
    kind: str
    date: date
    amount: Decimal
    currency: str
    partner: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """What the books know of a vendor: (date, total) of its posted bills in the bill's currency, oldest first, its VAT
    ids and bank accounts; ``is_asset``: something of it was booked to fixed assets before."""

    bills: tuple[tuple[date, Decimal], ...] = ()
    vats: tuple[str, ...] = ()
    ibans: tuple[str, ...] = ()
    count: int = 0
    is_asset: bool = False


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """``amount`` net, in the company's currency. ``account_type`` as Odoo names it."""

    label: str
    amount: Decimal
    account_type: str = ""
    quantity: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Case:
    """One bill. ``vat``, ``iban``, ``country``: of the vendor, as the document prints them. ``iban_owners``: other
    partners with that account. ``posting``: the date it would be booked on; ``booked``: where locks move that to;
    ``year_start``: of the fiscal year of ``posting``. ``asset_limit``: 0 is none. ``problems``: of the reading;
    ``is_read``: from a document, ``is_xml``: from an e-invoice. ``is_new``: the vendor would be made."""

    bill: Bill
    past: Past = Past()
    vat: str = ""
    country: str = ""
    iban: str = ""
    iban_owners: tuple[int, ...] = ()
    is_new: bool = False
    buyer: BuyerCheck = BuyerCheck()
    costs: tuple[Cost, ...] = ()
    lines: tuple[CheckedLine, ...] = ()
    asset_limit: Decimal = Decimal(0)
    posting: date | None = None
    booked: date | None = None
    year_start: date | None = None
    service_from: date | None = None
    service_to: date | None = None
    problems: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    is_read: bool = False
    is_xml: bool = False
