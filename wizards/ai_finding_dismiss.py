"""Why findings do not hold, in a person's words."""

from odoo import fields, models


class AiFindingDismiss(models.TransientModel):
    _name = "ai.finding.dismiss"
    _description = "Dismiss Findings"

    finding_ids = fields.Many2many(
        "ai.finding", required=True, default=lambda self: self.env.context.get("active_ids"), string="Findings"
    )
    reason = fields.Char(required=True, string="Why It Does Not Hold")

    def action_dismiss(self):
        """Dismiss them with this reason."""
        self.ensure_one()
        return self.finding_ids.action_dismiss(self.reason)
