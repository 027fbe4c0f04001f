"""Whether a company's syncing is paused."""

from odoo import models


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = "res.company"

    def _sync_is_paused(self):
        """Whether nothing may be sent for this company now (empty: for what belongs to none)."""
        return self.env["sync.pause"]._is_paused(self)
