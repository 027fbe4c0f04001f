"""A payment that recurs: who, when, how much; what the bank shows and what a person set, kept apart."""

from datetime import date
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date, formatLang

from ...engine.expecting.rhythm import MONTH_END, PERIODS, Rhythm
from ...engine.expecting.values import Amounts

WATCHED, UNSURE, PAUSED, ENDED = "watched", "unsure", "paused", "ended"
LINE = "account.bank.statement.line"
RHYTHM_FIELDS = ("period", "day", "shift", "first_date")
AMOUNT_FIELDS = ("amount", "amount_low", "amount_high")


class AiExpectedPayment(models.Model):
    """Learned from booked bank lines by ``_refresh``, or entered by a person; see ``docs/expected.md``.

    ``rhythm_set`` and ``amount_set``: a person said so, and nothing that is learned later changes it.
    """

    _name = "ai.expected.payment"
    _inherit = "ai.journal.mixin"
    _description = "Expected Payment"
    _order = "next_date, id"
    _check_company_auto = True
    _ai_is_target = True

    name = fields.Char(required=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    journal_id = fields.Many2one(
        "account.journal",
        required=True,
        check_company=True,
        domain=[("type", "in", ("bank", "cash", "credit"))],
        index=True,
        ondelete="cascade",
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id", store=True, precompute=True)
    partner_id = fields.Many2one("res.partner", string="Payee or Payer", index="btree_not_null", ondelete="set null")
    direction = fields.Selection([("in", "Comes in"), ("out", "Goes out")], required=True, default="out")
    purpose = fields.Selection([("wages", "Wages"), ("tax", "Tax"), ("other", "Other")], required=True, default="other")
    key = fields.Char(readonly=True, copy=False, help="By what the payee is recognised on the bank.")
    origin = fields.Selection(
        [("learned", "Learned"), ("person", "Entered")], required=True, default="person", readonly=True
    )
    state = fields.Selection(
        [(UNSURE, "Not sure yet"), (WATCHED, "Watched"), (PAUSED, "Paused"), (ENDED, "Ended")],
        required=True,
        default=WATCHED,
        readonly=True,
        index=True,
        copy=False,
    )

    # === WHEN, HOW MUCH === #

    period = fields.Selection(
        [
            ("week", "Weekly"),
            ("fortnight", "Every two weeks"),
            ("four_weeks", "Every four weeks"),
            ("month", "Monthly"),
            ("two_months", "Every two months"),
            ("quarter", "Quarterly"),
            ("half_year", "Half-yearly"),
            ("year", "Yearly"),
        ],
        required=True,
        default="month",
    )
    day = fields.Integer(string="Day of the Month", help="31 is the last day of any month. Not for weeks.")
    shift = fields.Selection(
        [("same", "Stays"), ("before", "Friday before"), ("after", "Monday after")],
        required=True,
        default="same",
        string="On Weekends",
    )
    first_date = fields.Date(required=True, string="Counted From", help="One day on which it was or will be due.")
    amount = fields.Monetary(required=True, string="Expected", help="Without a sign.")
    amount_low = fields.Monetary(string="From")
    amount_high = fields.Monetary(string="To")
    pattern = fields.Selection(
        [
            ("fixed", "Fixed"),
            ("indexed", "Indexed"),
            ("seasonal", "Seasonal"),
            ("range", "Varies"),
        ],
        required=True,
        default="fixed",
        string="Amounts",
    )
    rhythm_set = fields.Boolean(readonly=True, copy=False, string="Dates Set by a Person")
    amount_set = fields.Boolean(readonly=True, copy=False, string="Amount Set by a Person")
    set_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    set_at = fields.Datetime(readonly=True, copy=False)
    end_date = fields.Date(string="Last Expected", help="Nothing is expected after this day.")
    paused_from = fields.Date(readonly=True, copy=False)
    paused_until = fields.Date(copy=False, help="Empty: until somebody resumes it.")
    note = fields.Char()

    # === WHAT THE BANK SHOWS === #

    learned = fields.Json(readonly=True, copy=False)
    line_ids_json = fields.Json(readonly=True, copy=False, string="Bank Lines")
    times = fields.Json(readonly=True, copy=False, help="[[due, came or null, payments]], the newest last.")
    seen = fields.Integer(readonly=True, copy=False)
    hits = fields.Integer(readonly=True, copy=False)
    held = fields.Integer(readonly=True, copy=False)
    trials = fields.Integer(readonly=True, copy=False)
    last_date = fields.Date(readonly=True, copy=False, string="Came Last")
    next_date = fields.Date(readonly=True, copy=False, string="Next Due", index=True)
    learned_text = fields.Char(compute="_compute_learned_text", string="The Bank Shows")
    differs = fields.Boolean(compute="_compute_learned_text")
    record_text = fields.Char(
        compute="_compute_record_text", string="Foretold", help="Each from the payments before it."
    )
    came_text = fields.Char(compute="_compute_record_text", string="Came")
    finding_count = fields.Integer(compute="_compute_finding_count", string="Findings")
    balance = fields.Monetary(compute="_compute_balance", string="Effect", help="What it does to the bank.")

    _group_idx = models.Index("(company_id, key)")

    # === COMPUTE === #

    @api.depends("journal_id", "company_id")
    def _compute_currency_id(self):
        for expected in self:
            expected.currency_id = expected.journal_id.currency_id or expected.company_id.currency_id

    @api.depends("amount", "direction")
    def _compute_balance(self):
        for expected in self:
            expected.balance = expected.amount if expected.direction == "in" else -expected.amount

    @api.depends("learned", *RHYTHM_FIELDS, *AMOUNT_FIELDS)
    @api.depends_context("lang")
    def _compute_learned_text(self):
        periods = dict(self._fields["period"]._description_selection(self.env))
        for expected in self:
            learned = expected.learned or {}
            expected.learned_text = expected._told(learned, periods) if learned else False
            expected.differs = bool(learned) and expected._differs(learned)

    def _told(self, learned, periods):
        amounts = [formatLang(self.env, float(learned[name]), currency_obj=self.currency_id) for name in AMOUNT_FIELDS]
        rhythm = self._rhythm_of(learned)
        day = format_date(self.env, rhythm.due(rhythm.nearest(self.last_date) + 1))
        told = {"period": periods[learned["period"]], "amount": amounts[0], "low": amounts[1], "high": amounts[2]}
        if learned["pattern"] == "fixed":
            template = self.env._("%(period)s, %(amount)s, next on %(day)s")
        else:
            template = self.env._("%(period)s, about %(amount)s (%(low)s to %(high)s), next on %(day)s")
        return template % {**told, "day": day}

    def _differs(self, learned):
        rhythm, other = self._rhythm(), self._rhythm_of(learned)
        if rhythm.period != other.period:
            return True
        near = other.due(other.nearest(rhythm.due(0)))
        if abs((near - rhythm.due(0)).days) > rhythm.tolerance:
            return True
        return not self._amounts().holds(Decimal(learned["amount"]))

    @api.depends("hits", "trials", "times")
    @api.depends_context("lang")
    def _compute_record_text(self):
        for expected in self:
            times = expected.times or []
            came = sum(1 for _due, day, _count in times if day)
            expected.came_text = self.env._("%(came)s of %(due)s", came=came, due=len(times)) if times else False
            expected.record_text = (
                self.env._("%(hits)s of %(trials)s", hits=expected.hits, trials=expected.trials)
                if expected.trials
                else False
            )

    def _compute_finding_count(self):
        counts = dict(
            self.env["ai.finding"]._read_group(
                [("res_model", "=", self._name), ("res_id", "in", self.ids), ("state", "=", "open")],
                ["res_id"],
                ["__count"],
            )
        )
        for expected in self:
            expected.finding_count = counts.get(expected.id, 0)

    # === CHECKS === #

    @api.constrains("day", "period", "amount", "amount_low", "amount_high", "first_date", "end_date")
    def _check_values(self):
        for expected in self:
            if not 0 <= expected.day <= MONTH_END:
                raise ValidationError(self.env._("The day of the month is 1 to 31; 31 is the last of any month."))
            if expected.amount <= 0:
                raise ValidationError(self.env._("Give the amount without a sign; say by direction where it goes."))
            if not expected.amount_low <= expected.amount <= expected.amount_high:
                raise ValidationError(self.env._("The expected amount lies between the lowest and the highest."))
            if not date(2000, 1, 1) <= expected.first_date <= date(2100, 1, 1):
                raise ValidationError(self.env._("%(day)s is no day to count from.", day=expected.first_date))

    # === AS THE ENGINE TAKES IT === #

    def _rhythm(self):
        self.ensure_one()
        months = PERIODS[self.period].months
        return Rhythm(self.period, self.first_date, (self.day or self.first_date.day) if months else 0, self.shift)

    @api.model
    def _rhythm_of(self, learned):
        return Rhythm(learned["period"], date.fromisoformat(learned["first_date"]), learned["day"], learned["shift"])

    def _amounts(self):
        self.ensure_one()
        values = [Decimal(str(round(self[name], 6))) for name in AMOUNT_FIELDS]
        return Amounts(self.pattern, *values)
