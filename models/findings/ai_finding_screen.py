"""A finding as the screens show it."""

from odoo import models


class AiFinding(models.Model):
    _name = "ai.finding"
    _inherit = "ai.finding"

    def _screen_row(self):
        """One finding in the reader's language, with the record that it points to if the reader may see that."""
        self.ensure_one()
        return {
            "id": self.id,
            "code": self.code,
            "severity": self.severity,
            "state": self.state,
            "text": self.text if "text" in self._fields else self.code,
            "reason": self.reason or "",
            # A colleague's name on a finding that the reader may see.
            "by": self.dismissed_by_id.sudo().name or "",
            "twin": self._screen_twin(),
            "actions": (self.actions if "actions" in self._fields else None) or [],
        }

    def _screen_twin(self):
        known = self.twin_model in self.env and self.twin_id
        twin = self.env[self.twin_model].browse(self.twin_id).exists()._filtered_access("read") if known else None
        return {"model": twin._name, "id": twin.id, "name": twin.display_name} if twin else None
