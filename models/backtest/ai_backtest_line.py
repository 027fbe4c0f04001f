"""One bank line of a replay: what the machine would have said, and what people booked."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine.vocabulary import TIERS

OUTCOMES = [
    ("same", "As booked"),
    ("differs", "Differs"),
    ("asked", "Asked"),
    ("nothing", "Nothing said"),
]


class AiBacktestLine(models.Model):
    """Readable to whoever may read the bank line (field names of a target: ``res_model``, ``res_id``)."""

    _name = "ai.backtest.line"
    _inherit = "ai.target.mixin"
    _description = "Line of a Backtest"
    _order = "date, id"
    _rec_name = "label"

    backtest_id = fields.Many2one("ai.backtest", required=True, index=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    res_model = fields.Char(required=True, readonly=True, default="account.bank.statement.line")
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True, index=True)
    statement_line_id = fields.Many2one(
        "account.bank.statement.line", index="btree_not_null", readonly=True, ondelete="cascade", string="Bank Line"
    )
    date = fields.Date(required=True, readonly=True)
    moment = fields.Datetime(
        readonly=True, help="When the machine would have looked at it; empty: at the end of that day."
    )
    journal_id = fields.Many2one("account.journal", readonly=True)
    label = fields.Char(readonly=True, string="Bank Text")
    payee = fields.Char(readonly=True)
    kind = fields.Char(readonly=True, help="Kind of suggestion; empty when nothing was said.")
    tier = fields.Selection([(tier, tier.capitalize()) for tier in TIERS], readonly=True)
    outcome = fields.Selection(OUTCOMES, required=True, readonly=True)
    what = fields.Json(readonly=True, help="What differs: items, account, amount, tax, analytic.")
    what_text = fields.Char(compute="_compute_what_text", string="What Differs")
    confidence = fields.Float(digits=(5, 4), readonly=True, aggregator="avg")
    is_accepted = fields.Boolean(
        readonly=True, string="Accepted", help="At the confidence of the backtest it would have been accepted."
    )
    amount = fields.Monetary(readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    difference = fields.Monetary(readonly=True, help="Sum of what stands elsewhere than people booked it.")
    proposed = fields.Json(readonly=True)
    booked = fields.Json(readonly=True)
    reasons = fields.Json(readonly=True)
    posting_ids = fields.One2many("ai.backtest.posting", "line_id", readonly=True)

    _outcome_idx = models.Index("(backtest_id, outcome, is_accepted)")
    _line_uniq = models.UniqueIndex("(backtest_id, res_id)", "A line is replayed once in a backtest.")

    @api.depends("what", "outcome")
    @api.depends_context("lang")
    def _compute_what_text(self):
        words = {
            "items": self.env._("other documents"),
            "open": self.env._("what stays open"),
            "account": self.env._("account"),
            "amount": self.env._("amounts"),
            "tax": self.env._("tax"),
            "analytic": self.env._("analytic distribution"),
        }
        for line in self:
            line.what_text = ", ".join(words.get(code, code) for code in line.what or ())

    correction_id = fields.Many2one("ai.suggestion", compute="_compute_correction_id")

    @api.depends_context("uid")
    def _compute_correction_id(self):
        """The last correction of the entry that was not turned down."""
        moves = {line.id: line.statement_line_id.move_id.id for line in self}
        found = self.env["ai.suggestion"].search(
            [
                ("kind", "=", "correction"),
                ("res_model", "=", "account.move"),
                ("res_id", "in", list(moves.values())),
                ("state", "in", ("pending", "accepted", "applied", "failed")),
            ],
            order="id",
        )
        by_move = {suggestion.res_id: suggestion for suggestion in found}
        for line in self:
            line.correction_id = by_move.get(moves[line.id], found.browse())

    def action_machine_was_right(self):
        """Propose to correct what people booked, by an entry in an open period; a reviewer decides it."""
        self.ensure_one()
        self.check_access("read")
        suggestions = self.env["ai.suggestion"]
        suggestions._check_proposer()
        if self.outcome != "differs":
            raise UserError(self.env._("The machine says here what you booked: there is nothing to correct."))
        bank_line = self.statement_line_id
        bank_line.check_access("read")
        suggestion = self.env["ai.proposer.correction"]._suggest(self)
        return {
            "type": "ir.actions.act_window",
            "res_model": suggestions._name,
            "res_id": suggestion.id,
            "views": [(False, "form")],
        }

    def action_open_bank_line(self):
        """Open the entry that people booked."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.statement_line_id.move_id.id,
            "views": [(False, "form")],
        }


class AiBacktestPosting(models.Model):
    """What one accepted line that differs moves in the books: per account, or base and amount of a tax."""

    _name = "ai.backtest.posting"
    _inherit = "ai.follow.mixin"
    _description = "Difference of a Backtest"
    _order = "id"
    _log_access = False
    _follows = {"line_id": "ai.backtest.line"}

    backtest_id = fields.Many2one("ai.backtest", required=True, index=True, readonly=True, ondelete="cascade")
    line_id = fields.Many2one("ai.backtest.line", required=True, index=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    subject = fields.Selection(
        [("account", "Account"), ("tax", "Tax"), ("base", "Base of a tax")], required=True, readonly=True
    )
    account_id = fields.Many2one("account.account", readonly=True)
    tax_id = fields.Many2one("account.tax", readonly=True)
    month = fields.Date(required=True, readonly=True)
    booked = fields.Monetary(readonly=True)
    machine = fields.Monetary(readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
