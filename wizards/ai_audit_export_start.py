"""Choosing what evidence is exported."""

from datetime import timedelta

from odoo import fields, models


class AiAuditExportStart(models.TransientModel):
    _name = "ai.audit.export.start"
    _description = "Export Evidence"

    scope = fields.Selection(
        [("period", "The evidence of a period"), ("log", "Whole log")], required=True, default="period", string="Export"
    )
    date_from = fields.Date(string="From", default=lambda self: self._last_month()[0])
    date_to = fields.Date(string="To", default=lambda self: self._last_month()[1])
    with_documents = fields.Boolean(default=True, help="The attachments of the entries.")

    def _last_month(self):
        last = fields.Date.context_today(self).replace(day=1) - timedelta(days=1)
        return last.replace(day=1), last

    def action_export(self):
        """Export and open the result."""
        self.ensure_one()
        return self.env["ai.audit.export"].action_export(
            self.scope,
            self.date_from and str(self.date_from),
            self.date_to and str(self.date_to),
            with_documents=self.with_documents,
        )
