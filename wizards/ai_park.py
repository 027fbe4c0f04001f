"""Parking the chosen suggestions or bank lines."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class AiPark(models.TransientModel):
    _name = "ai.park"
    _description = "Park Bank Lines"

    suggestion_ids = fields.Many2many("ai.suggestion", readonly=True)
    line_ids = fields.Many2many("account.bank.statement.line", readonly=True, string="Bank Lines")
    account_names = fields.Char(compute="_compute_account_names", string="To")
    reason = fields.Selection(
        selection=lambda self: self.env["ai.suggestion"]._fields["park_reason"]._description_selection(self.env),
        required=True,
        default="missing_document",
    )
    note = fields.Char(help="What would settle it.")

    @api.depends("line_ids")
    def _compute_account_names(self):
        for wizard in self:
            accounts = wizard.line_ids.company_id.ai_clarification_account_id
            wizard.account_names = ", ".join(accounts.mapped("display_name"))

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        model = self.env.context.get("active_model")
        if model not in ("ai.suggestion", "account.bank.statement.line"):
            return values
        records = self.env[model].browse(self.env.context.get("active_ids") or [])
        return {**values, **records._ai_subject_defaults()}

    def action_park(self):
        """Book these lines to the clarification account."""
        self.ensure_one()
        if not self.line_ids:
            raise UserError(self.env._("Choose the bank lines to park first."))
        return self.line_ids._ai_park_and_tell(self.reason, self.note)
