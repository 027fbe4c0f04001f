"""The company's pause switch, turned by ``ai.policy.pause`` and ``resume`` only."""

from odoo import fields, models
from odoo.exceptions import UserError


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = "res.company"

    ai_paused = fields.Boolean(string="AI Bookkeeper Paused", readonly=True, copy=False)

    def write(self, vals):
        # The registry as the gate's key: no caller over the network can hold it.
        if "ai_paused" in vals and self.env.context.get("ai_pause_gate") is not self.env.registry:
            raise UserError(self.env._("AI Bookkeeper is paused and resumed under Policies."))
        return super().write(vals)
