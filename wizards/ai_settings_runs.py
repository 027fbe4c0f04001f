"""Wages and returned collections, on the bookkeeping manager's settings page."""

from odoo import fields, models


class AiSettings(models.TransientModel):
    _name = "ai.settings"
    _inherit = "ai.settings"

    ai_wage_account_ids = fields.Many2many(
        "account.account",
        "ai_settings_wage_account_rel",
        compute="_compute_settings",
        store=True,
        readonly=False,
        check_company=True,
    )
    ai_charges_return_fee = fields.Boolean(compute="_compute_settings", store=True, readonly=False)
