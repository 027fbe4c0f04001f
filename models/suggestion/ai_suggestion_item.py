"""The journal items that a suggestion would settle: an indexed mirror of its proposal."""

from odoo import fields, models


class AiSuggestionItem(models.Model):
    """One counterpart of a suggestion. ``amount`` has the bank line's sign and the journal's currency."""

    _name = "ai.suggestion.item"
    _description = "Suggested Counterpart"
    _log_access = False

    suggestion_id = fields.Many2one("ai.suggestion", required=True, ondelete="cascade", index=True)
    move_line_id = fields.Many2one("account.move.line", required=True, ondelete="cascade", index=True)
    amount = fields.Monetary()
    currency_id = fields.Many2one(related="suggestion_id.currency_id")
