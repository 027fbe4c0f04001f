"""How a company approves spending."""

from odoo import fields, models

SETTINGS = ("ai_approval_blocks_payment", "ai_approval_remind_days", "ai_approval_remind_max")


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = "res.company"

    ai_approval_blocks_payment = fields.Boolean(
        string="Don't Pay Before Approval",
        default=True,
        help="A bill that waits for approval can be booked; its payment is blocked until the spending is approved.",
    )
    ai_approval_remind_days = fields.Integer(string="Remind Approvers Every (Days)", default=3)
    ai_approval_remind_max = fields.Integer(string="Reminders to Approvers", default=3)

    def write(self, vals):
        changed = sorted(set(vals) & set(SETTINGS))
        result = super().write(vals)
        if changed:
            self.env["ai.audit.log"]._append(
                "setting_changed", self, [{name: str(vals[name]) for name in changed} for _company in self]
            )
        return result
