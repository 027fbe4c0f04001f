"""A person says what a currency was worth on a day."""

from decimal import Decimal, InvalidOperation

from odoo import api, fields, models
from odoo.exceptions import UserError

DIRECTIONS = [("per_company", "Units of the currency for one of ours"), ("per_unit", "Ours for one of the currency")]


class AiRateEntry(models.TransientModel):
    _name = "ai.rate.entry"
    _description = "Enter an Exchange Rate"

    line_id = fields.Many2one("account.bank.statement.line", string="Bank Line", required=True, readonly=True)
    company_id = fields.Many2one(related="line_id.company_id")
    company_currency_id = fields.Many2one(related="line_id.company_id.currency_id", string="Our Currency")
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    day = fields.Date(required=True, help="The day that the rate is of, on or before the bank line's.")
    direction = fields.Selection(DIRECTIONS, required=True, default="per_company", string="Written As")
    rate = fields.Char(required=True, help="With every digit that your source shows.")
    sentence = fields.Char(compute="_compute_sentence")
    last = fields.Char(compute="_compute_last", string="Last Known Rate")

    @api.depends("rate", "direction", "currency_id", "line_id")
    def _compute_sentence(self):
        for wizard in self:
            rate = wizard._number()
            ours, theirs = wizard.company_currency_id.name, wizard.currency_id.name
            if not rate or not theirs:
                wizard.sentence = False
            elif wizard.direction == "per_unit":
                wizard.sentence = self.env._(
                    "1 %(currency)s = %(rate)s %(company)s", currency=theirs, rate=f"{rate:f}", company=ours
                )
            else:
                wizard.sentence = self.env._(
                    "1 %(company)s = %(rate)s %(currency)s", currency=theirs, rate=f"{rate:f}", company=ours
                )

    @api.depends("currency_id", "line_id")
    def _compute_last(self):
        for wizard in self:
            wizard.last = wizard.line_id._ai_last_rate_text(wizard.currency_id) if wizard.line_id else False

    def _number(self):
        """The rate as a Decimal with what people type: 1,0876 and 1.0876; None when it is none."""
        text = (self.rate or "").strip().replace(" ", "").replace(",", ".")
        try:
            number = Decimal(text)
        except InvalidOperation:
            return None
        return number if number.is_finite() and 0 < number < 10**12 and len(text) < 30 else None

    def action_enter(self):
        """Store the rate, value anew the open bank lines that lacked it, and propose for this line."""
        self.ensure_one()
        number = self._number()
        if number is None:
            raise UserError(self.env._("Enter the rate as a positive number, for example 1.0876."))
        rate = 1 / number if self.direction == "per_unit" else number
        return self.line_id._ai_enter_rate(self.currency_id, self.day, rate)
