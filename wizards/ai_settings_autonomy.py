"""What autopilot may do on a backtest alone, on the bookkeeping manager's settings page."""

from odoo import fields, models


class AiSettings(models.TransientModel):
    _name = "ai.settings"
    _inherit = "ai.settings"

    ai_small_cap = fields.Monetary(compute="_compute_settings", store=True, readonly=False)
