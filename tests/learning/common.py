"""Bank lines that people coded, in Odoo itself and with the addon."""

from datetime import date

from odoo import Command

from ..common import BankCase


class LearningCase(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fuel = cls.make_account("Fuel", "expense")
        cls.rent = cls.make_account("Rent", "expense")
        cls.loan = cls.make_account("Loan", "liability_non_current")
        cls.tax = cls.company_data["default_tax_purchase"]

    @classmethod
    def coded(cls, text, amount, account, taxes=None, date="2026-03-10", **values):
        """A bank line that somebody coded in Odoo, without the addon: the suspense line gets the account."""
        line = cls.line(text, amount, date, **values)
        rows = [{"account_id": account.id, "amount": str(amount), "tax_ids": taxes.ids if taxes else []}]
        cls.code(line, rows)
        return line

    @classmethod
    def code(cls, line, rows):
        """Book ``rows`` as a person would do it in Odoo; amounts have the line's sign and include taxes."""
        _liquidity, suspense, _other = line._seek_for_lines()
        entry = cls.env["ai.bank.entry"]
        values = entry._rows(line, {"lines": rows}, {})
        move = line.move_id.with_context(skip_readonly_check=True, skip_invoice_sync=True, force_delete=True)
        move.write({"line_ids": [Command.delete(suspense.id), *map(Command.create, values)]})

    def examples(self, **values):
        history = self.env["ai.learning.history"]
        found = history._examples(self.company, date(2026, 1, 1), date(2026, 12, 31), **values)
        return {line_id: (example, lines) for line_id, example, lines in found}
