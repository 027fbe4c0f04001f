"""The card says who proposed it when a program did, and what it gives as its reason."""

from odoo import models


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def _card(self, *records):
        """``told``: {"by": name, "note": the program's own words or None}; None for the engine and for people."""
        told = None
        if self.origin == "agent":
            # Who reviews may know the name of the agent whose proposal it is.
            told = {"by": self.sudo().proposed_by_id.name or "", "note": (self.evidence or {}).get("note")}
        return {**super()._card(*records), "told": told}
