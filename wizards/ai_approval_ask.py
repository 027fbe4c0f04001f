"""Asking a person to approve the spending of the chosen bills."""

from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class AiApprovalAsk(models.TransientModel):
    _name = "ai.approval.ask"
    _description = "Ask for Approval"

    move_ids = fields.Many2many("account.move", readonly=True, string="Bills")
    partner_id = fields.Many2one(
        "res.partner",
        string="Whom",
        required=True,
        domain=[("email", "!=", False), ("active", "=", True)],
        help="Who ordered it or owns the budget: a colleague, or a contact of the client, with an e-mail address.",
    )
    email = fields.Char(related="partner_id.email", string="Goes to")
    question = fields.Char(string="Note", help="Shown to the person above the bill.")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if self.env.context.get("active_model") != "account.move":
            return values
        moves = self.env["account.move"].browse(self.env.context.get("active_ids") or [])
        moves.check_access("read")
        return {**values, "move_ids": [Command.set(moves.ids)]}

    def action_ask(self):
        """Ask, and say so."""
        self.ensure_one()
        if not self.move_ids:
            raise UserError(self.env._("Choose the bills to approve first."))
        self.move_ids.ai_ask_approval(self.partner_id.id, self.question)
        return {"type": "ir.actions.act_window_close"}
