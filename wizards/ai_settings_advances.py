"""Tax on advances and offers of money on account, on the bookkeeping manager's settings page."""

from odoo import fields, models


class AiSettings(models.TransientModel):
    _name = "ai.settings"
    _inherit = "ai.settings"

    ai_advance_vat = fields.Boolean(compute="_compute_settings", store=True, readonly=False)
    ai_advance_from = fields.Date(compute="_compute_settings", store=True, readonly=False)
    ai_advance_tax_id = fields.Many2one(
        "account.tax", compute="_compute_settings", store=True, readonly=False, check_company=True
    )
    ai_advance_account_id = fields.Many2one(
        "account.account", compute="_compute_settings", store=True, readonly=False, check_company=True
    )
    ai_advance_journal_id = fields.Many2one(
        "account.journal", compute="_compute_settings", store=True, readonly=False, check_company=True
    )
    ai_advance_offer = fields.Boolean(compute="_compute_settings", store=True, readonly=False)
