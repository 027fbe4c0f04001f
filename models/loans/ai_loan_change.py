"""What changed in a loan on the way: its rate, or an extra repayment."""

from odoo import fields, models


class AiLoanChange(models.Model):
    _name = "ai.loan.change"
    _description = "Change of a Loan"
    _order = "loan_id, date, id"
    _rec_name = "date"

    loan_id = fields.Many2one("ai.loan", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="loan_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="loan_id.currency_id")
    date = fields.Date(required=True, default=fields.Date.context_today)
    kind = fields.Selection([("rate", "New Rate"), ("extra", "Extra Repayment")], required=True, default="extra")
    rate = fields.Float(string="Interest a Year (%)", digits=(7, 4), aggregator=False)
    extra = fields.Monetary(string="Repaid")
    keeps = fields.Selection(
        [("term", "The term stays, the payment changes"), ("payment", "The payment stays, the term changes")],
        string="Then",
        required=True,
        default="term",
    )
