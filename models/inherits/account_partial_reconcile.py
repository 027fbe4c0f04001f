"""Partials are looked up by date: which payments of the last year may have been returned or made twice.
Who takes one apart is noted on the suggestion that made it."""

from odoo import models


class AccountPartialReconcile(models.Model):
    _name = "account.partial.reconcile"
    _inherit = "account.partial.reconcile"

    _ai_recent_idx = models.Index("(company_id, max_date)")

    def unlink(self):
        """A matching leaves no trace on its items: who ended it is noted before it goes."""
        if self:
            self.env["ai.suggestion"].sudo()._note_taken_apart(self.debit_move_id + self.credit_move_id)
        return super().unlink()
