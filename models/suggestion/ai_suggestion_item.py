"""The journal items that a suggestion would settle: an indexed mirror of its proposal."""

from odoo import fields, models

from ..audit.readable import item_domain


class AiSuggestionItem(models.Model):
    """One counterpart of a suggestion. ``amount`` has the bank line's sign and the journal's currency."""

    _name = "ai.suggestion.item"
    _inherit = "ai.follow.mixin"
    _description = "Suggested Counterpart"
    _log_access = False
    _follows = {"suggestion_id": "ai.suggestion", "move_line_id": "account.move.line"}

    suggestion_id = fields.Many2one("ai.suggestion", required=True, ondelete="cascade", index=True)
    move_line_id = fields.Many2one("account.move.line", required=True, ondelete="cascade", index=True)
    amount = fields.Monetary()
    currency_id = fields.Many2one(related="suggestion_id.currency_id")

    def _followed_domain(self, model):
        return item_domain(model) if model._name == "account.move.line" else super()._followed_domain(model)
