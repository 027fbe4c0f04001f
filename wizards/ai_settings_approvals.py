"""Approval of spending, on the bookkeeping manager's settings page."""

from odoo import fields, models


class AiSettings(models.TransientModel):
    _name = "ai.settings"
    _inherit = "ai.settings"

    ai_approval_blocks_payment = fields.Boolean(compute="_compute_settings", store=True, readonly=False)
    ai_approval_remind_days = fields.Integer(compute="_compute_settings", store=True, readonly=False)
    ai_approval_remind_max = fields.Integer(compute="_compute_settings", store=True, readonly=False)
