"""Where a rate came from: what a provider did not fetch, somebody entered."""

from odoo import fields, models


class ResCurrencyRate(models.Model):
    _name = "res.currency.rate"
    _inherit = "res.currency.rate"

    ai_provider_id = fields.Many2one(
        "ai.rate.provider",
        string="Fetched By",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="Empty: somebody entered this rate, and no provider changes it.",
    )

    def write(self, vals):
        """A fetched rate that somebody changes is theirs from then on."""
        if {"rate", "company_rate", "inverse_company_rate"} & set(vals) and "ai_provider_id" not in vals:
            vals = {**vals, "ai_provider_id": False}
        return super().write(vals)
