"""A CSV export with semicolons, decimal commas and a running balance, as many banks offer it."""

from __future__ import annotations

import csv
import io

from .statement import Statement, bank_id

SUFFIX = ".csv"
_HEADER = (
    "Booking date", "Value date", "Reference", "Description", "Counterparty",
    "Counterparty account", "Amount", "Currency", "Balance",
)  # fmt: skip


def render(statement: Statement) -> bytes:
    """UTF-8 with a byte order mark, as spreadsheets want it."""
    stream, balance = io.StringIO(), statement.opening
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(_HEADER)
    for line in statement.lines:
        balance += line.amount
        day = f"{line.date:%d/%m/%Y}"
        writer.writerow([
            day, day, bank_id(statement, line), " ".join((line.text, *line.references)).strip(),
            line.partner_name, line.account_number, _number(line.amount), line.currency,
            _number(balance),
        ])  # fmt: skip
    return stream.getvalue().encode("utf-8-sig")


def _number(amount) -> str:
    return str(amount).replace(".", ",")
