"""Learning from what people booked before the addon: chosen periods, journals and users; in slices, to be stopped."""

from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..audit.readable import by_company_only

MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"
LINE_MODEL = "account.bank.statement.line"
STATES = [
    ("draft", "Not started"),
    ("running", "Running"),
    ("done", "Done"),
    ("failed", "Failed"),
    ("stopped", "Stopped"),
    ("forgotten", "Forgotten"),
]


class AiLearningHistory(models.Model):
    """One run. It changes nothing in the books: it writes lessons, and they can be forgotten again together."""

    _name = "ai.learning.history"
    _description = "Learning from History"
    _order = "id desc"
    _check_company_auto = True
    #: Lines that are read at a time.
    _slice = 1000

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    state = fields.Selection(STATES, required=True, default="draft", readonly=True, copy=False)
    date_from = fields.Date(string="From", help="Empty: from the first bank line on.")
    date_to = fields.Date(string="To", help="Empty: up to the last bank line.")
    journal_ids = fields.Many2many(
        "account.journal",
        check_company=True,
        string="Journals",
        domain=[("type", "in", ("bank", "cash", "credit"))],
        help="Empty: all that you may see.",
    )
    user_ids = fields.Many2many("res.users", string="Booked By", help="Empty: everybody.")
    is_automatic = fields.Boolean(
        string="Also What Odoo Booked", help="Entries that nobody wrote by hand: imports, scheduled actions."
    )
    found_count = fields.Integer(compute="_compute_found_count", string="Reconciled Lines")
    total = fields.Integer(readonly=True, copy=False, string="Lines to Read", aggregator=False)
    done = fields.Integer(readonly=True, copy=False, string="Lines Read", aggregator=False)
    lesson_count = fields.Integer(readonly=True, copy=False, string="Lessons")
    progress = fields.Float(compute="_compute_progress")
    after_date = fields.Date(readonly=True, copy=False)
    after_id = fields.Integer(readonly=True, copy=False, aggregator=False)
    job_id = fields.Integer(readonly=True, copy=False, aggregator=False)
    user_id = fields.Many2one("res.users", readonly=True, copy=False, string="Started By")
    started = fields.Datetime(readonly=True, copy=False)
    ended = fields.Datetime(readonly=True, copy=False)
    error = fields.Char(readonly=True, copy=False)

    # === SHOWN === #

    @api.depends("date_from", "date_to")
    @api.depends_context("lang")
    def _compute_name(self):
        for history in self:
            first = history.date_from or self.env._("the beginning")
            last = history.date_to or self.env._("today")
            history.name = self.env._("From %(first)s to %(last)s", first=first, last=last)

    @api.depends("total", "done", "state")
    def _compute_progress(self):
        for history in self:
            history.progress = 100.0 * history.done / history.total if history.total else 0.0

    @api.depends("date_from", "date_to", "journal_ids", "company_id")
    def _compute_found_count(self):
        for history in self:
            lines = self.env[LINE_MODEL]
            history.found_count = lines.search_count(history._line_domain()) if lines.has_access("read") else 0

    def _line_domain(self):
        domain = Domain("company_id", "=", self.company_id.id) & Domain("is_reconciled", "=", True)
        if self.date_from:
            domain &= Domain("date", ">=", self.date_from)
        if self.date_to:
            domain &= Domain("date", "<=", self.date_to)
        if self.journal_ids:
            domain &= Domain("journal_id", "in", self.journal_ids._origin.ids)
        return domain

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for history in self:
            if history.date_from and history.date_to and history.date_from > history.date_to:
                raise ValidationError(self.env._("The period ends before it begins."))

    def write(self, vals):
        """What a run read stays as it was chosen."""
        chosen = {"company_id", "date_from", "date_to", "journal_ids", "user_ids", "is_automatic", "reads"}
        if chosen & set(vals) and any(history.state != "draft" for history in self):
            raise UserError(self.env._("This run has started: make a new one."))
        own = {"state", "done", "total", "lesson_count", "after_date", "after_id", "job_id", "user_id", "error"}
        if own & set(vals) and not self.env.su:
            raise AccessError(self.env._("That is counted while it runs."))
        return super().write(vals)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(vals.get("state", "draft") != "draft" for vals in vals_list):
            raise AccessError(self.env._("A run begins when it is started."))
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_what_taught_nothing(self):
        if any(history.state == "running" or history.lesson_count for history in self):
            raise UserError(self.env._("Stop it, and forget what it taught, before you delete it."))

    # === ACTIONS === #

    def action_start(self):
        """Read the chosen history in the background; what was stopped or failed goes on where it was."""
        self.ensure_one()
        self._check_manager()
        if self.state not in ("draft", "stopped", "failed"):
            raise UserError(self.env._("It runs already, or is done."))
        if not self.journal_ids and not by_company_only(self.env["account.journal"]):
            # Journals that are closed to who starts it are not read for them.
            domain = [("type", "in", ("bank", "cash", "credit")), ("company_id", "=", self.company_id.id)]
            self.journal_ids = self.env["account.journal"].search(domain)
        total = self.found_count
        # How far it is belongs to the machine.
        mine = self.sudo()
        mine.write({"state": "running", "total": total, "user_id": self.env.uid, "error": False})
        mine.started = mine.started or fields.Datetime.now()
        [mine.job_id] = self.env["sync.job"]._enqueue(
            [
                {
                    "kind": "learn",
                    "res_model": self._name,
                    "res_id": self.id,
                    "company_id": self.company_id.id,
                    "user_id": self.env.uid,
                    "payload": {"task": "history"},
                    "dedup_key": f"learn:history:{self.id}",
                    "order_key": f"learn:{self.company_id.id}:bank_coding",
                }
            ]
        )
        return True

    def action_stop(self):
        """Stop reading; what was learned until now counts."""
        self._check_manager()
        for history in self.filtered(lambda each: each.state == "running"):
            history.sudo()._end("stopped")
            self.env["sync.job"]._cancel_open([("id", "=", history.sudo().job_id)])
        return True

    def action_forget(self):
        """What these runs taught counts no more. Lessons that people confirmed or changed since stay."""
        self._check_manager()
        for history in self:
            if history.state not in ("done", "stopped", "failed"):
                raise UserError(self.env._("Stop it first; what was not read taught nothing."))
            events = self.env["ai.learning.event"].sudo()
            events.search([("history_id", "=", history.id), ("status", "=", "counts")])._take_back(False, history.id)
            history.sudo().write({"state": "forgotten", "lesson_count": 0})
            self.env["ai.learning.model"].sudo()._ask_for_snapshot(history.company_id)
        return True

    def action_open_lessons(self):
        """Open what this run taught."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_learning_event_action")
        return {**action, "domain": [("history_id", "=", self.id)], "context": {}}

    def _check_manager(self):
        if not (self.env.su or self.env.user.has_group(MANAGER)):
            raise AccessError(self.env._("Only bookkeeping managers choose what is learned from. Ask one of them."))
        self.check_access("write")

    # === SLICES === #

    def _carry_on(self, has_time):
        """Read a slice; the cursor tells where the next one, or the first after a kill, goes on.

        :param callable has_time: whether another batch may begin
        :return: True when nothing is left to be read
        """
        if self.state == "failed":
            self.write({"state": "running", "error": False})
        if self.state != "running":
            return True
        after = (self.after_date or date.min, self.after_id)
        done, lessons = self.done, self.lesson_count
        while rows := self._read_batch(
            self.company_id, self.date_from, self.date_to, after, self._slice, self.journal_ids, self.user_ids
        ):
            lessons += self._teach(rows)
            done += len(rows)
            after = rows[-1]["date"], rows[-1]["id"]
            if len(rows) < self._slice or not has_time():
                break
        self.write({"done": done, "lesson_count": lessons, "after_date": after[0], "after_id": after[1]})
        if len(rows) == self._slice:
            return False
        self._end("done")
        return True

    def _teach(self, rows):
        """Write the lessons of these rows; returns how many were new. A handful of queries."""
        events = self.env["ai.learning.event"]
        robot = self.env.ref("base.user_root").id
        found = []
        for row in rows:
            example, lines = self._example(row) or (None, None)
            if example and (self.is_automatic or self.user_ids or row["suggestion"] or row["user_id"] != robot):
                found.append(self._lesson(row, example, lines, source="history", history_id=self.id))
        known = {
            lesson.res_id: lesson.label for lesson in events._live("bank_coding", LINE_MODEL, [r["id"] for r in rows])
        }
        return len(events._insert([row for row in found if known.get(row["res_id"]) != row["label"]]))

    def _end(self, state):
        self.write({"state": state, "ended": fields.Datetime.now()})
        self._apply_corrections()
        self.env["ai.learning.model"]._ask_for_snapshot(self.company_id)

    def _apply_corrections(self):
        """What an entry moved elsewhere at the end of a month teaches where it stands now."""
        events = self.env["ai.learning.event"]
        corrections = events._corrections(self.company_id, self.date_from or date(1900, 1, 1))
        lessons = events._live("bank_coding", LINE_MODEL, corrections)
        lessons.filtered(lambda lesson: lesson.history_id == self)._check_against_books(self.company_id, corrections)

    def _give_up(self, sentence):
        self.write({"state": "failed", "error": sentence, "ended": fields.Datetime.now()})
