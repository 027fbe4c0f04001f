"""Merged partners: what the addon remembers of them moves along."""

from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _name = "base.partner.merge.automatic.wizard"
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_reference_fields(self, src_partners, dst_partner):
        """Core moves ``reference`` fields; the partner inside open proposals is ours to move."""
        result = super()._update_reference_fields(src_partners, dst_partner)
        suggestions = self.env["ai.suggestion"].sudo().search([("partner_id", "in", (src_partners + dst_partner).ids)])
        suggestions._replace_partners(src_partners.ids, dst_partner.id)
        return result
