"""A manager says why bills need these approvals no more."""

from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class AiApprovalWithdraw(models.TransientModel):
    _name = "ai.approval.withdraw"
    _description = "Do Without Approval"

    approval_ids = fields.Many2many("ai.approval", readonly=True, string="Approvals")
    reason = fields.Char(required=True)

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if self.env.context.get("active_model") != "ai.approval":
            return values
        approvals = self.env["ai.approval"].browse(self.env.context.get("active_ids") or [])
        approvals.check_access("read")
        return {**values, "approval_ids": [Command.set(approvals.ids)]}

    def action_withdraw(self):
        """Withdraw them with the reason."""
        self.ensure_one()
        if not self.approval_ids:
            raise UserError(self.env._("Choose the approvals first."))
        self.approval_ids.action_withdraw(self.reason)
        return {"type": "ir.actions.act_window_close"}
