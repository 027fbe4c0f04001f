"""Merged vendors: what was learned of their documents becomes one layout."""

from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _name = "base.partner.merge.automatic.wizard"
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Core deletes what can't stand twice for one partner: their lessons are put together before."""
        # Who merges partners may not know that there are layouts.
        self.env["ai.document.layout"].sudo()._merge_vendors(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)


class AiDocumentLayout(models.Model):
    _inherit = "ai.document.layout"

    @api.model
    def _merge_vendors(self, sources, target):
        """One layout a company for ``target``, with the lessons of all."""
        found = self.with_context(active_test=False).search([("partner_id", "in", (sources + target).ids)])
        for layouts in found.grouped("company_id").values():
            kept = layouts.filtered(lambda layout: layout.partner_id == target)[:1] or layouts[:1]
            kept.partner_id = target
            others = layouts - kept
            if others:
                others.lesson_ids.layout_id = kept
                others.unlink()
                kept._rebuild()
        self.env.flush_all()
