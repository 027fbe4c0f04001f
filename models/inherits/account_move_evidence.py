"""The evidence of one entry, from the entry."""

from odoo import models


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = "account.move"

    def action_ai_export_evidence(self):
        """Export the evidence of the suggestions that made, changed or would settle these entries."""
        self.check_access("read")
        return self.ai_suggestion_ids.sudo(False).action_export_evidence()
