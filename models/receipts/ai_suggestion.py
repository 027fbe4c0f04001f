"""Receipts follow what is booked and undone at once; what is coded in Odoo itself, with the next scheduled look."""

from odoo import models

from ...engine.vocabulary import APPLIED, UNDONE
from .ai_receipt import LINE_MODEL


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def _move_to(self, state, values=None):
        result = super()._move_to(state, values)
        if state in (APPLIED, UNDONE):
            paid = self.filtered(lambda suggestion: suggestion.res_model == LINE_MODEL and suggestion.amount < 0)
            if paid:
                self.env["ai.receipt"]._refresh_lines(paid.mapped("res_id"))
        return result
