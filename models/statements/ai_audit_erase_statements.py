"""Erasing a person's data: items of issued statements lose names, figures and digest stay."""

from odoo import api, models


class AiAuditIdentity(models.Model):
    _name = "ai.audit.identity"
    _inherit = "ai.audit.identity"

    @api.model
    def _text_columns(self):
        """Names stand outside the digest of what was issued."""
        return {**super()._text_columns(), "ai_bank_reconciliation_line": ("label", "partner_name")}
