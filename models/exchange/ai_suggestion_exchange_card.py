"""The card of a booking in several currencies: rates, gain or loss, what a lock re-dates, what is missing."""

from odoo import api, models


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    @api.depends("res_model", "res_id", "state", "proposal", "evidence")
    @api.depends_context("lang", "uid")
    def _compute_card(self):
        result = super()._compute_card()
        found = self.env["ai.exchange.outlook"]._of(self)
        for suggestion in self:
            if suggestion.id in found:
                suggestion.card = {**suggestion.card, "exchange": found[suggestion.id]}
        return result
