"""Had this been on: history replayed by date, with what was known then."""

from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

STATES = [
    ("draft", "Not started"),
    ("running", "Running"),
    ("done", "Done"),
    ("failed", "Failed"),
    ("cancelled", "Cancelled"),
]
MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"
#: What a person may set; all else is the replay's own.
CHOICES = {"name", "company_id", "date_from", "date_to", "journal_ids", "min_confidence", "learn_days"}


class AiBacktest(models.Model):
    """Started by a manager, carried out by the queue. It reads the books and writes its own rows, nothing else."""

    _name = "ai.backtest"
    _description = "Backtest"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(required=True, default=lambda self: self.env._("Backtest"))
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(STATES, required=True, default="draft", readonly=True, copy=False)
    date_from = fields.Date(string="From", required=True, default=lambda self: self._default_first())
    date_to = fields.Date(string="To", required=True, default=lambda self: fields.Date.context_today(self))
    journal_ids = fields.Many2many(
        "account.journal", check_company=True, domain=[("type", "in", ("bank", "cash", "credit"))], string="Journals"
    )
    covered_journal_ids = fields.Many2many(
        "account.journal",
        "ai_backtest_covered_journal_rel",
        readonly=True,
        copy=False,
        string="Journals Replayed",
        help="The chosen ones, or all bank journals that who started it may see.",
    )
    min_confidence = fields.Float(
        string="Accepted From",
        default=0.95,
        digits=(5, 4),
        help="What the machine is at least this sure of counts as accepted automatically.",
    )
    learn_days = fields.Integer(
        string="Learn From Days",
        default=730,
        help="Days before the first line whose decisions people had taken, and the machine had learned from.",
    )
    job_id = fields.Many2one("sync.job", readonly=True, copy=False)
    total = fields.Integer(readonly=True, copy=False, string="Lines")
    done = fields.Integer(readonly=True, copy=False)
    progress = fields.Float(compute="_compute_progress")
    started = fields.Datetime(readonly=True, copy=False)
    ended = fields.Datetime(readonly=True, copy=False)
    seconds = fields.Float(readonly=True, copy=False, string="Seconds of Work")
    error = fields.Char(readonly=True, copy=False)
    versions = fields.Json(readonly=True, copy=False, help="Which engines, models and rules were replayed.")
    result = fields.Json(readonly=True, copy=False)
    line_ids = fields.One2many("ai.backtest.line", "backtest_id", readonly=True)
    balance_ids = fields.One2many("ai.backtest.balance", "backtest_id", readonly=True)

    _confidence_range = models.Constraint(
        "CHECK(min_confidence >= 0 AND min_confidence <= 1)", "A confidence lies between 0 and 1."
    )
    _days_range = models.Constraint(
        "CHECK(learn_days >= 0 AND learn_days <= 3650)", "The machine learns from 0 to 3650 days of history."
    )
    _dates_order = models.Constraint("CHECK(date_from <= date_to)", "A backtest begins before it ends.")

    def _default_first(self):
        return fields.Date.context_today(self).replace(month=1, day=1)

    @api.depends("done", "total", "state")
    def _compute_progress(self):
        for backtest in self:
            share = 100.0 * backtest.done / backtest.total if backtest.total else 0.0
            backtest.progress = 100.0 if backtest.state == "done" else min(share, 99.0)

    # === RIGHTS === #

    def _check_manager(self):
        if not (self.env.su or self.env.user.has_group(MANAGER)):
            raise AccessError(self.env._("Backtests are run by bookkeeping managers. Ask one of them."))
        self.check_access("write")

    @api.model_create_multi
    def create(self, vals_list):
        """People choose what is replayed; the replay says what came of it."""
        for vals in vals_list:
            self._check_choices(vals)
        return super().create(vals_list)

    def write(self, vals):
        """A backtest that was started keeps its question: only its name may change."""
        self._check_choices(vals)
        if set(vals) - {"name"} and any(backtest.state != "draft" for backtest in self) and not self.env.su:
            raise UserError(self.env._("This backtest was started already. Make another one to ask something else."))
        return super().write(vals)

    def _check_choices(self, vals):
        if set(vals) - CHOICES and not self.env.su:
            raise UserError(self.env._("What a backtest finds is written by the backtest alone."))

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_running(self):
        if any(backtest.state == "running" for backtest in self):
            raise UserError(self.env._("This backtest is running: cancel it first."))

    # === PUBLIC === #

    def action_start(self):
        """Have the queue replay the chosen stretch."""
        self._check_manager()
        for backtest in self:
            if backtest.state == "running":
                raise UserError(self.env._("This backtest is running already."))
            backtest._start()
        return True

    def action_cancel(self):
        """Stop; what was replayed so far stays to be looked at."""
        self._check_manager()
        for backtest in self.filtered(lambda found: found.state == "running"):
            # The job belongs to the queue, which nobody may write; the caller's right was checked.
            backtest.sudo()._stop()
        return True

    def action_again(self):
        """The same question anew, to be compared: engine, rules or decisions may have changed since."""
        self.ensure_one()
        self._check_manager()
        again = self.copy({"name": self.name})
        again.action_start()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": again.id,
            "views": [(False, "form")],
        }

    # === THE JOB === #

    def _start(self):
        self.ensure_one()
        # The rows of the replay and the job are written by the system alone; the caller's right was checked.
        record = self.sudo()
        journals = self.journal_ids or self.env["account.journal"].search(
            [("type", "in", ("bank", "cash", "credit")), ("company_id", "=", self.company_id.id)]
        )
        record.line_ids.unlink()
        record.balance_ids.unlink()
        record.write(
            {
                "state": "running",
                "covered_journal_ids": [Command.set(journals.ids)],
                "total": 0,
                "done": 0,
                "seconds": 0.0,
                "error": False,
                "result": False,
                "versions": False,
                "started": fields.Datetime.now(),
                "ended": False,
            }
        )
        [record.job_id] = self.env["sync.job"]._enqueue(
            [
                {
                    "kind": "backtest",
                    "res_model": self._name,
                    "res_id": self.id,
                    "company_id": self.company_id.id,
                    "user_id": self.env.uid,
                    "priority": 7,
                    "dedup_key": f"backtest:{self.id}",
                    "order_key": f"backtest:company:{self.company_id.id}",
                }
            ]
        )

    def _stop(self):
        self.write({"state": "cancelled", "ended": fields.Datetime.now()})
        jobs = self.job_id.exists().filtered(lambda job: job.state in ("pending", "waiting", "failed", "dead"))
        if jobs:
            jobs.action_cancel()

    def _give_up(self, sentence):
        """The replay can't go on; it says why, and keeps what it had."""
        self.write({"state": "failed", "error": sentence[:500], "ended": fields.Datetime.now()})

    def _learned_since(self):
        return self.date_from - timedelta(days=self.learn_days)
