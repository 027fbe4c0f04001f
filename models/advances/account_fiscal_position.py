"""Whether tax is due on advances, where a fiscal position knows better than the company."""

from odoo import fields, models


class AccountFiscalPosition(models.Model):
    _name = "account.fiscal.position"
    _inherit = "account.fiscal.position"

    ai_advance_vat = fields.Selection(
        [("due", "Due when received"), ("none", "Not due")],
        string="Tax on Advances",
        help="Empty: as the company says.",
    )
