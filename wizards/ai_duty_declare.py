"""A one-person company says that it is one, or that it is one no more."""

from odoo import api, fields, models


class AiDutyDeclare(models.TransientModel):
    _name = "ai.duty.declare"
    _description = "Declare a One-Person Company"

    company_id = fields.Many2one("res.company", required=True, readonly=True, default=lambda self: self.env.company)
    is_declared = fields.Boolean(compute="_compute_is_declared")
    text = fields.Char(compute="_compute_is_declared", string="Now Declared")
    reason = fields.Char(required=True, help="It is logged and printed on exports.")

    @api.depends("company_id")
    def _compute_is_declared(self):
        for dialog in self:
            dialog.is_declared = dialog.company_id.sudo().ai_one_person
            dialog.text = dialog.company_id._ai_one_person_text()

    def action_declare(self):
        """Declare it, or take the declaration back."""
        self.ensure_one()
        self.company_id._ai_declare_one_person(not self.is_declared, self.reason)
        return {"type": "ir.actions.act_window_close"}
