"""What every bank file reader answers, and how it says that it can't."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One transaction. ``amount`` is signed (a receipt is positive) in the statement's currency.

    ``bank_id`` is the bank's own unique id if the format has one, else empty. ``text`` is all unstructured
    text; ``references`` are structured ones (EndToEndId, creditor reference ...). ``foreign_amount`` and
    ``foreign_currency`` name the original amount if the bank does. ``raw`` keeps the format's own fields as text.
    ``source_line`` is the line (or entry) of the file it was read from, 1-based, for error messages.
    """

    date: date
    amount: Decimal
    text: str
    value_date: date | None = None
    partner_name: str = ""
    account_number: str = ""
    references: tuple[str, ...] = ()
    bank_id: str = ""
    code: str = ""
    foreign_amount: Decimal | None = None
    foreign_currency: str = ""
    raw: dict[str, str] = field(default_factory=dict)
    source_line: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of one bank account. Balances are None when the file does not tell them."""

    account_number: str
    currency: str
    lines: tuple[StatementLine, ...]
    name: str = ""
    date: date | None = None
    balance_start: Decimal | None = None
    balance_end: Decimal | None = None


@dataclass(frozen=True, slots=True)
class BankFile:
    """A parsed file. ``notes`` are things a person should know (codes and values), none of them fatal."""

    format: str  # camt.052, camt.053, camt.054, mt940, mt942, ofx, qif, sheet
    statements: tuple[Statement, ...]
    notes: tuple[tuple[str, dict], ...] = ()


class BankFileError(Exception):
    """The file can't be read. ``code`` is stable, ``values`` fill the sentence, ``line`` is 1-based where known."""

    def __init__(self, code: str, message: str, line: int | None = None, **values: object) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.line = line
        self.values = values
