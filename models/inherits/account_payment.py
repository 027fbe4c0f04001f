"""Payments show the suggestions of their entry."""

from odoo import models


class AccountPayment(models.Model):
    _name = "account.payment"
    _inherit = ["account.payment", "ai.audit.mixin"]

    def _ai_suggestions_by_record(self):
        found = self.move_id._ai_suggestions_by_record()
        return {payment.id: found[payment.move_id.id] for payment in self if payment.move_id.id in found}

    def _ai_suggestion_domain(self, suggestions):
        return [("move_id", "any", self.env["account.move"]._ai_suggestion_domain(suggestions))]

    def action_ai_open_suggestions(self):
        """Open the suggestions about this payment."""
        self.ensure_one()
        return self.move_id.action_ai_open_suggestions()
