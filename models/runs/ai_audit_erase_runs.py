"""Erasing a person's data: orders of payment files."""

from odoo import api, models


class AiAuditIdentity(models.Model):
    _name = "ai.audit.identity"
    _inherit = "ai.audit.identity"

    @api.model
    def _text_columns(self):
        """Who was paid, and how."""
        return {**super()._text_columns(), "ai_payment_run_line": ("name", "account_number", "account_key", "text")}
