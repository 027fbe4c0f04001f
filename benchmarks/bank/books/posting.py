"""Books the truth of a line by the plain recipe: counterparts in place of the suspense line."""

from __future__ import annotations

from odoo import Command

from ..entries import BASE, PLAIN, TAX, Bookkeeper, EntryLine
from ..values import NOTHING, Line, Truth
from .chart import Chart

_RAW = {"force_delete": True, "skip_readonly_check": True, "skip_invoice_sync": True}


class Poster:
    """Writes expected entries onto statement lines."""

    def __init__(self, chart: Chart, partners: dict, bookkeeper: Bookkeeper) -> None:
        self._chart, self._partners, self._bookkeeper = chart, partners, bookkeeper

    def book(self, record, line: Line, truth: Truth, items: dict) -> None:
        """Reconcile as the truth says; lines without an answer go to an ordinary account."""
        _liquidity, suspense, _other = record._seek_for_lines()
        if truth.case == NOTHING:
            role = "sales" if line.amount > 0 else "expense"
            suspense.account_id = self._chart.accounts[role]
            return
        entry = self._bookkeeper.entry(line, truth)
        count = len(truth.booking.settlements)
        commands = [Command.delete(suspense.id)]
        for settlement, part in zip(truth.booking.settlements, entry.lines[1:], strict=False):
            commands.append(Command.create(self._counterpart(line, settlement, part, items)))
        commands += [Command.create(self._difference(line, part)) for part in entry.lines[1 + count :]]
        before = record.move_id.line_ids
        record.move_id.with_context(**_RAW).write({"line_ids": commands})
        created = (record.move_id.line_ids - before).sorted("id")
        for settlement, counterpart in zip(truth.booking.settlements, created, strict=False):
            item = items[settlement.item]
            if settlement.reopens:
                item.remove_move_reconcile()
            (counterpart + item).reconcile()

    def _counterpart(self, line: Line, settlement, part: EntryLine, items: dict) -> dict:
        item = items[settlement.item]
        return {
            "account_id": item.account_id.id,
            "partner_id": item.partner_id.id,
            "name": item.move_id.name,
            "currency_id": item.currency_id.id,
            "balance": float(part.balance),
            "amount_currency": -float(settlement.item_amount),
        }

    def _difference(self, line: Line, part: EntryLine) -> dict:
        values = {
            "account_id": self._chart.accounts[part.role].id,
            "partner_id": self._partners[part.partner].id if part.partner else False,
            "name": part.role,
            "balance": float(part.balance),
            "amount_currency": float(part.balance),
            "currency_id": self._chart.company.currency_id.id,
        }
        if part.part != PLAIN:
            values |= self._tax(part)
        return values

    def _tax(self, part: EntryLine) -> dict:
        tax = self._chart.taxes[part.tax]
        lines = repartition(tax, part.role)
        chosen = lines.filtered(lambda each: each.repartition_type == part.part)
        values = {"tax_tag_ids": [Command.set(chosen.tag_ids.ids)]}
        if part.part == BASE:
            values["tax_ids"] = [Command.set(tax.ids)]
        elif part.part == TAX:
            values["tax_repartition_line_id"] = chosen.id
        return values


def repartition(tax, role: str):
    """A fee is a purchase; a cash discount takes back what the document had."""
    return tax.invoice_repartition_line_ids if role == "fee" else tax.refund_repartition_line_ids
