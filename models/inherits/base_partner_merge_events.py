"""Merged partners: told of the one that stays, with the ids of those that are gone."""

from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _name = "base.partner.merge.automatic.wizard"
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_reference_fields(self, src_partners, dst_partner):
        result = super()._update_reference_fields(src_partners, dst_partner)
        self.env["sync.event"]._emit("partner.merged", dst_partner, [{"merged": src_partners.ids}])
        return result
