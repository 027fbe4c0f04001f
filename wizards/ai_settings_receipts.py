"""Input VAT without a document, on the bookkeeping manager's settings page."""

from odoo import fields, models


class AiSettings(models.TransientModel):
    _name = "ai.settings"
    _inherit = "ai.settings"

    ai_claims_without_document = fields.Boolean(compute="_compute_settings", store=True, readonly=False)
    ai_receipts_from = fields.Date(compute="_compute_settings", store=True, readonly=False)
    ai_receipt_exempt_account_ids = fields.Many2many(
        "account.account", compute="_compute_settings", store=True, readonly=False, check_company=True
    )
