"""What is pointed out about bills, on the bookkeeping manager's settings page."""

from odoo import fields, models


class AiSettings(models.TransientModel):
    _name = "ai.settings"
    _inherit = "ai.settings"

    ai_asset_limit = fields.Monetary(compute="_compute_settings", store=True, readonly=False)
