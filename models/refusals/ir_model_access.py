"""Refusals by access rights are noted, and the agent's group never gets any."""

from odoo import api, models
from odoo.exceptions import ValidationError

AGENT = "ai_bookkeeper.ai_bookkeeper_group_agent"


class IrModelAccess(models.Model):
    _inherit = "ir.model.access"

    def _make_access_error(self, model, mode):
        if self.env["ai.refusal"]._concerns(model):
            self.env["ai.refusal"]._note(self.env[model].browse(), mode)
        return super()._make_access_error(model, mode)

    @api.constrains("group_id", "active", "perm_read", "perm_write", "perm_create", "perm_unlink")
    def _check_agents_hold_no_right(self):
        agents = self.env.ref(AGENT, raise_if_not_found=False)
        for access in self:
            rights = access.perm_read or access.perm_write or access.perm_create or access.perm_unlink
            if agents and access.group_id == agents and access.active and rights:
                raise ValidationError(
                    self.env._(
                        "Agents propose and hold no right on records. Give this right to another group than %(name)s.",
                        name=agents.name,
                    )
                )
