"""Who owns the budget of an analytic account."""

from odoo import fields, models


class AccountAnalyticAccount(models.Model):
    _name = "account.analytic.account"
    _inherit = "account.analytic.account"

    ai_budget_owner_id = fields.Many2one(
        "res.partner", string="Budget Owner", help="Is asked to approve spending on this account, by mail."
    )
