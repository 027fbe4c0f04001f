"""What accepting bills does, on the settings page."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _name = "res.config.settings"
    _inherit = "res.config.settings"

    ai_accept_bill = fields.Selection(related="company_id.ai_accept_bill", readonly=False)
    ai_accept_credit_note = fields.Selection(related="company_id.ai_accept_credit_note", readonly=False)
    ai_accept_receipt = fields.Selection(related="company_id.ai_accept_receipt", readonly=False)
