"""A finding as the screens show it."""

from odoo import models


class AiFinding(models.Model):
    _name = "ai.finding"
    _inherit = "ai.finding"

    def _screen_row(self):
        """``{id, code, severity, state, text, reason, by, actions}`` in the reader's language."""
        self.ensure_one()
        return {
            "id": self.id,
            "code": self.code,
            "severity": self.severity,
            "state": self.state,
            "text": self.text,
            "reason": self.reason or "",
            # A colleague's name on a finding that the reader may see.
            "by": self.dismissed_by_id.sudo().name or "",
            "actions": self.actions or [],
        }
