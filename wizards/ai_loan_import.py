"""The lender's plan is taken from its file."""

from odoo import fields, models


class AiLoanImport(models.TransientModel):
    _name = "ai.loan.import"
    _description = "Import a Lender's Plan"

    loan_id = fields.Many2one(
        "ai.loan", required=True, readonly=True, default=lambda self: self.env.context.get("active_id")
    )
    file = fields.Binary(required=True, attachment=False)
    name = fields.Char()

    def action_import(self):
        """Read, check and keep the plan."""
        self.ensure_one()
        self.loan_id.import_plan(self.file, self.name or "")
        return {"type": "ir.actions.act_window_close"}
