"""Merged partners: what the addon remembers of them moves along."""

from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _name = "base.partner.merge.automatic.wizard"
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_reference_fields(self, src_partners, dst_partner):
        """Core moves ``reference`` fields; rows that point by ``res_model`` and ``res_id`` are ours to move,
        and the partner inside open proposals with them."""
        result = super()._update_reference_fields(src_partners, dst_partner)
        self.env["sync.event"].sudo().search(
            [("res_model", "=", "res.partner"), ("res_id", "in", src_partners.ids)]
        ).write({"res_id": dst_partner.id})
        suggestions = self.env["ai.suggestion"].sudo().search([("partner_id", "in", (src_partners + dst_partner).ids)])
        suggestions._replace_partners(src_partners.ids, dst_partner.id)
        return result
