"""Had this been on: history replayed by date, with what was known then."""

from odoo import fields, models

STATES = [
    ("draft", "Not started"),
    ("running", "Running"),
    ("done", "Done"),
    ("failed", "Failed"),
    ("cancelled", "Cancelled"),
]
OUTCOMES = [
    ("same", "As booked"),
    ("differs", "Differs from what was booked"),
    ("asked", "Asked"),
    ("nothing", "Nothing said"),
]


class AiBacktest(models.Model):
    _name = "ai.backtest"
    _description = "Backtest"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(required=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    state = fields.Selection(STATES, required=True, default="draft", readonly=True)
    date_from = fields.Date(required=True)
    date_to = fields.Date(required=True)
    journal_ids = fields.Many2many("account.journal", check_company=True)
    min_confidence = fields.Float(default=0.95, digits=(5, 4))
    job_id = fields.Many2one("sync.job", readonly=True, copy=False)
    total = fields.Integer(readonly=True, copy=False)
    done = fields.Integer(readonly=True, copy=False)
    error = fields.Char(readonly=True, copy=False)
    versions = fields.Json(readonly=True, copy=False, help="Which engines, models and rules were replayed.")
    result = fields.Json(readonly=True, copy=False)
    line_ids = fields.One2many("ai.backtest.line", "backtest_id", readonly=True)


class AiBacktestLine(models.Model):
    """One bank line of the replay: what the machine would have said, and what people booked."""

    _name = "ai.backtest.line"
    _description = "Line of a Backtest"
    _order = "date, id"

    backtest_id = fields.Many2one("ai.backtest", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, index=True)
    statement_line_id = fields.Many2one("account.bank.statement.line", index="btree_not_null", ondelete="set null")
    date = fields.Date(required=True)
    journal_id = fields.Many2one("account.journal")
    kind = fields.Char(help="Kind of suggestion; empty when nothing was said.")
    tier = fields.Char()
    outcome = fields.Selection(OUTCOMES, required=True)
    confidence = fields.Float(digits=(5, 4))
    is_accepted = fields.Boolean(help="At the confidence of the backtest it would have been accepted.")
    amount = fields.Monetary()
    currency_id = fields.Many2one("res.currency")
    difference = fields.Monetary(help="Sum of what stands on other accounts than people booked.")
    proposed = fields.Json()
    booked = fields.Json()
