"""MT940 as most European banks write it: field 86 in free text."""

from __future__ import annotations

from decimal import Decimal
from textwrap import wrap

from ..noise import plain
from ..values import Line
from .statement import Statement, bank_id

SUFFIX = ".sta"


def render(statement: Statement) -> bytes:
    """One message, lines ended as SWIFT does."""
    currency = statement.journal.currency
    rows = [
        f":20:{statement.name[:16]}",
        f":25:{statement.journal.account_number}",
        f":28C:{statement.number:05d}/001",
        f":60F:{_balance(statement.opening, statement.first, currency)}",
    ]
    for line in statement.lines:
        rows += _entry(statement, line)
    rows += [f":62F:{_balance(statement.closing, statement.last, currency)}", "-", ""]
    return "\r\n".join(rows).encode("ascii", "replace")


def _number(amount: Decimal) -> str:
    return str(abs(amount)).replace(".", ",")


def _balance(amount: Decimal, day, currency: str) -> str:
    return f"{'C' if amount >= 0 else 'D'}{day:%y%m%d}{currency}{_number(amount)}"


def _entry(statement: Statement, line: Line) -> list[str]:
    mark = "C" if line.amount >= 0 else "D"
    reference = (line.references or ("NONREF",))[0].replace("/", "")[:16]
    first = f":61:{line.date:%y%m%d%m%d}{mark}{_number(line.amount)}NTRF{reference}"
    words = " ".join(filter(None, (line.text, line.partner_name, line.account_number)))
    text = plain(words) or "NOTPROVIDED"
    return [f"{first}//{bank_id(statement, line)}", ":86:" + "\r\n".join(_folded(text))]


def _folded(text: str) -> list[str]:
    """Lines of 65 characters, none of which begins like a field."""
    return [row.lstrip(":-") for row in wrap(text, 60)][:6]
