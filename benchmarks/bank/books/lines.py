"""Bank lines in Odoo, as an import leaves them."""

from __future__ import annotations

from ..values import Line
from .chart import Chart


def make_lines(chart: Chart, lines: tuple[Line, ...]):
    """Statement lines in order, not reconciled, with no partner set."""
    return chart.env["account.bank.statement.line"].create([_values(chart, line) for line in lines])


def _values(chart: Chart, line: Line) -> dict:
    values = {
        "journal_id": chart.journals[line.journal].id,
        "date": line.date,
        "amount": float(line.amount),
        "payment_ref": line.text or "/",
        "partner_name": line.partner_name or False,
        "account_number": line.account_number or False,
        "transaction_type": line.code or False,
        "transaction_details": {"references": list(line.references)} if line.references else False,
    }
    if line.foreign_amount is not None:
        values["foreign_currency_id"] = chart.currency(line.foreign_currency).id
        values["amount_currency"] = float(line.foreign_amount)
    return values
