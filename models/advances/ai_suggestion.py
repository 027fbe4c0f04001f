"""What is booked from a suggestion, or undone, may be money on account."""

from odoo import models


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def _log(self, event, payloads=None, identities=None):
        result = super()._log(event, payloads, identities)
        if event in ("applied", "undone"):
            # Read for looking again only.
            self.env["ai.proposer.advance"]._later(self.sudo().move_ids)
        return result
