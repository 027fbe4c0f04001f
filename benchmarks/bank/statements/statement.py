"""One bank statement: some lines of one account between two balances."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from ..values import ZERO, CompanyYear, Journal, Line


@dataclass(frozen=True, slots=True)
class Statement:
    company: str
    journal: Journal
    number: int
    first: date
    last: date
    opening: Decimal
    lines: tuple[Line, ...]

    @property
    def closing(self) -> Decimal:
        return sum((line.amount for line in self.lines), self.opening)

    @property
    def name(self) -> str:
        return f"{self.journal.code}-{self.last:%Y-%m}"


def monthly(year: CompanyYear, opening: Decimal = Decimal("25000.00")) -> Iterator[Statement]:
    """Each account's statements, month by month, balances carried forward."""
    for journal in year.company.journals:
        balance = opening
        lines = [line for line in year.lines if line.journal == journal.key]
        months = groupby(lines, lambda line: (line.date.year, line.date.month))
        for number, (_month, group) in enumerate(months, start=1):
            month = tuple(group)
            yield Statement(year.company.name, journal, number, month[0].date, month[-1].date, balance, month)
            balance += sum((line.amount for line in month), ZERO)


def bank_id(statement: Statement, line: Line) -> str:
    """The bank's own reference of a line, unique per account."""
    return f"{statement.journal.code}{line.date:%y%m%d}{line.key:06d}"
