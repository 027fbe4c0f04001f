"""From which amount on a thing that is bought is looked at as a fixed asset."""

from odoo import fields, models


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = "res.company"

    ai_asset_limit = fields.Monetary(
        string="Likely a Fixed Asset Above",
        default=1000.0,
        help="Bills with things that last above this net amount, coded to costs, are pointed out. 0: none.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "ai_asset_limit" in vals:
            payload = {"ai_asset_limit": str(vals["ai_asset_limit"])}
            self.env["ai.audit.log"]._append("setting_changed", self, [payload for _company in self])
        return result
