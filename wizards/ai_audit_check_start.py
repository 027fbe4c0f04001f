"""Choosing what the audit log is checked against."""

from odoo import fields, models


class AiAuditCheckStart(models.TransientModel):
    _name = "ai.audit.check.start"
    _description = "Check the Audit Log"

    anchor = fields.Text(string="Anchor from Outside", help="The lines of a mail or file, as they were sent.")

    def action_check(self):
        """Check now and show the result."""
        self.ensure_one()
        return self.env["ai.audit.check"].action_check(self.anchor or None)
