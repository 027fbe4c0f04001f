"""Erasing a person's data: rows of settlement files."""

from odoo import api, models


class AiAuditIdentity(models.Model):
    _name = "ai.audit.identity"
    _inherit = "ai.audit.identity"

    @api.model
    def _text_columns(self):
        """What the provider told of customers."""
        return {**super()._text_columns(), "ai_payout_line": ("customer", "text")}
