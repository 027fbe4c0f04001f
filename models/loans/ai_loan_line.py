"""One instalment of a loan's plan."""

from decimal import Decimal

from odoo import fields, models


class AiLoanLine(models.Model):
    """Made from the terms or from the lender's file; which bank line paid it, booking writes."""

    _name = "ai.loan.line"
    _description = "Instalment of a Loan"
    _order = "loan_id, date, number, id"
    _rec_name = "date"

    loan_id = fields.Many2one("ai.loan", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="loan_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="loan_id.currency_id")
    number = fields.Integer(string="No.", aggregator=False)
    date = fields.Date(required=True, index=True)
    payment = fields.Monetary(required=True)
    interest = fields.Monetary()
    principal = fields.Monetary(string="Redeems")
    fee = fields.Monetary()
    before = fields.Monetary(string="Owed Before", aggregator=False)
    after = fields.Monetary(string="Owed After", aggregator=False)
    is_extra = fields.Boolean(string="Extra", help="Redeemed beside the plan.")
    bank_line_id = fields.Many2one(
        "account.bank.statement.line", string="Paid By", index="btree_not_null", ondelete="set null"
    )

    def _amounts(self):
        self.ensure_one()
        places = self.currency_id.decimal_places
        amounts = (self.payment, self.interest, self.principal, self.fee)
        return tuple(Decimal(f"{amount:.{places}f}") for amount in amounts)

    def _values_of(self, instalment):
        """Field values of an ``engine.loans.Instalment``."""
        values = {"date": instalment.date, "is_extra": instalment.is_extra}
        for name in ("payment", "interest", "principal", "fee", "before", "after"):
            values[name] = float(getattr(instalment, name))
        return values
