"""Partners show the suggestions about them."""

from odoo import api, models


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "ai.audit.mixin"]

    @api.model_create_multi
    def create(self, vals_list):
        """Who created a vendor does not accept its next bill: remembered, also through merges."""
        partners = super().create(vals_list)
        self.env["ai.vendor.change"]._note(partners, "created")
        return partners

    def _ai_suggestions_by_record(self):
        found = self.env["ai.suggestion"]._visible([("partner_id", "in", self.ids)])
        return {partner.id: suggestions for partner, suggestions in found.grouped("partner_id").items()}

    def _ai_suggestion_domain(self, suggestions):
        found = self.env["ai.suggestion"].search([("partner_id", "!=", False), *suggestions])
        return [("id", "in", found.partner_id.ids)]

    def action_ai_open_suggestions(self):
        """Open the suggestions about this partner."""
        self.ensure_one()
        return self.env["ai.suggestion"]._action_for([("partner_id", "=", self.id)], self.display_name)
