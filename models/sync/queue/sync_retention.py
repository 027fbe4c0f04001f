"""How long finished work is kept."""

from odoo import api, models
from odoo.tools import SQL

KEPT = ("jobs", "events", "deliveries", "intake")


class SyncRetention(models.AbstractModel):
    _name = "sync.retention"
    _description = "How Long Finished Work Is Kept"

    @api.model
    def _days(self, what):
        """Days that ``what`` (of ``KEPT``) is kept: the longest that any company asks for."""
        column = SQL.identifier(f"ai_sync_keep_{what}_days")
        self.env["res.company"].flush_model()
        [(days,)] = self.env.execute_query(SQL("SELECT max(%s) FROM res_company", column))
        return max(days or 0, 1)
