"""Partners that owe and are owed: the way to a netting."""

from odoo import models


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = "res.partner"

    def action_ai_net(self):
        """Prepare a netting of what is open with this partner."""
        self.ensure_one()
        self.env["ai.netting"]._check_reviewer()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_netting_action")
        return {
            **action,
            "views": [(False, "form")],
            "context": {"default_partner_id": self.commercial_partner_id.id},
        }
