"""The bank journal's card leads to its reconciliation statement."""

from odoo import fields, models


class AccountJournal(models.Model):
    _name = "account.journal"
    _inherit = "account.journal"

    ai_statements_checked_at = fields.Datetime(readonly=True, copy=False)

    def action_ai_reconciliation(self):
        """Open the reconciliation statement of this journal as of today."""
        self.ensure_one()
        self.check_access("read")
        self.env["ai.bank.reconciliation"]._check_reader()
        return self.env["ai.bank.reconciliation"]._screen(self)
