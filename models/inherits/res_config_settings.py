"""The company's bookkeeping settings on the settings page."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _name = "res.config.settings"
    _inherit = "res.config.settings"

    ai_propose_automatically = fields.Boolean(related="company_id.ai_propose_automatically", readonly=False)
    ai_fee_account_id = fields.Many2one(related="company_id.ai_fee_account_id", readonly=False)
    ai_fee_tax_id = fields.Many2one(related="company_id.ai_fee_tax_id", readonly=False)
    ai_fee_cap = fields.Monetary(related="company_id.ai_fee_cap", readonly=False, currency_field="currency_id")
    ai_fee_cap_percent = fields.Float(related="company_id.ai_fee_cap_percent", readonly=False)
    ai_rounding_account_id = fields.Many2one(related="company_id.ai_rounding_account_id", readonly=False)
    ai_rounding_cap = fields.Monetary(
        related="company_id.ai_rounding_cap", readonly=False, currency_field="currency_id"
    )
    ai_withholding_account_id = fields.Many2one(related="company_id.ai_withholding_account_id", readonly=False)
    ai_withholding_rates = fields.Char(related="company_id.ai_withholding_rates", readonly=False)
    ai_rate_limit_percent = fields.Float(related="company_id.ai_rate_limit_percent", readonly=False)
    ai_rate_max_age_days = fields.Integer(related="company_id.ai_rate_max_age_days", readonly=False)
    ai_write_off_cap = fields.Monetary(
        related="company_id.ai_write_off_cap", readonly=False, currency_field="currency_id"
    )
    ai_write_off_cap_percent = fields.Float(related="company_id.ai_write_off_cap_percent", readonly=False)
    ai_switch_off_oca = fields.Boolean(related="company_id.ai_switch_off_oca", readonly=False)
    ai_missing_libraries = fields.Char(compute="_compute_ai_missing_libraries", string="Missing Libraries")

    def _compute_ai_missing_libraries(self):
        missing = self.env["ai.bank.import"]._missing_libraries()
        for settings in self:
            settings.ai_missing_libraries = ", ".join(missing)
