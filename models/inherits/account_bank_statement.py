"""Proposing for a statement's lines."""

from odoo import models


class AccountBankStatement(models.Model):
    _name = "account.bank.statement"
    _inherit = "account.bank.statement"

    def action_ai_propose(self):
        """Propose now for the open lines of these statements."""
        self.check_access("read")
        return self.line_ids.filtered(lambda line: not line.is_reconciled).action_ai_propose()
