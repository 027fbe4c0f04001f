"""The small cap: how much a backtest alone lets autopilot book."""

from odoo import fields, models


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = "res.company"

    ai_small_cap = fields.Float(
        string="Autopilot's Small Cap",
        default=100.0,
        help="Up to this amount a backtest alone lets autopilot book, before people decided enough. 0: never.",
    )

    _ai_small_cap_positive = models.Constraint("CHECK(ai_small_cap >= 0)", "An amount is not negative.")
