"""Learning from posted vendor bills, beside what payments teach."""

from datetime import date

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..audit.readable import by_company_only

MOVE_MODEL = "account.move"
SCOPE = "bill_coding"
PURCHASES = ("in_invoice", "in_refund", "in_receipt")
#: Bills of one slice: each has several lines.
SLICE = 300
BILLS = """
SELECT m.id, m.date FROM account_move m
 WHERE m.company_id = %(company)s AND m.state = 'posted' AND m.move_type = ANY(%(types)s)
   AND m.date BETWEEN %(first)s AND %(last)s AND (m.date, m.id) > (%(day)s, %(id)s) AND %(wanted)s
   AND NOT EXISTS (SELECT 1 FROM ai_suggestion s
                    WHERE s.res_model = 'account.move' AND s.res_id = m.id AND s.state = 'applied')
 ORDER BY m.date, m.id LIMIT %(limit)s
"""


class AiLearningHistory(models.Model):
    _name = "ai.learning.history"
    _inherit = "ai.learning.history"

    reads = fields.Selection(
        [("payments", "Payments"), ("bills", "Vendor bills")],
        required=True,
        default="payments",
        string="Learn from",
        help="Payments teach how bank lines are coded, bills how the lines of bills are.",
    )
    journal_ids = fields.Many2many(domain=[("type", "in", ("bank", "cash", "credit", "purchase"))])

    def action_start(self):
        journals = self.env["account.journal"]
        if self.reads == "bills" and not self.journal_ids and not by_company_only(journals):
            # Journals that are closed to who starts it are not read for them.
            domain = [("type", "=", "purchase"), ("company_id", "=", self.company_id.id)]
            self.journal_ids = journals.search(domain)
        return super().action_start()

    @api.depends("date_from", "date_to", "journal_ids", "company_id", "reads")
    def _compute_found_count(self):
        bills = self.filtered(lambda history: history.reads == "bills")
        moves = self.env[MOVE_MODEL]
        for history in bills:
            history.found_count = moves.search_count(history._bill_domain()) if moves.has_access("read") else 0
        return super(AiLearningHistory, self - bills)._compute_found_count()

    def _bill_domain(self):
        domain = Domain([("company_id", "=", self.company_id.id), ("state", "=", "posted")])
        domain &= Domain("move_type", "in", PURCHASES)
        if self.date_from:
            domain &= Domain("date", ">=", self.date_from)
        if self.date_to:
            domain &= Domain("date", "<=", self.date_to)
        journals = self.journal_ids._origin.filtered(lambda journal: journal.type == "purchase")
        return domain & Domain("journal_id", "in", journals.ids) if journals else domain

    def _carry_on(self, has_time):
        if self.reads != "bills":
            return super()._carry_on(has_time)
        if self.state == "failed":
            self.write({"state": "running", "error": False})
        if self.state != "running":
            return True
        proposer = self.env["ai.proposer.bill_document"]
        after, done, lessons = (self.after_date or date.min, self.after_id), self.done, self.lesson_count
        while rows := self._read_bills(after):
            lessons += len(self.env["ai.learning.event"]._insert(proposer._history_lessons(self, rows)))
            done += len(rows)
            after = rows[-1]["date"], rows[-1]["id"]
            if len(rows) < SLICE or not has_time():
                break
        self.write({"done": done, "lesson_count": lessons, "after_date": after[0], "after_id": after[1]})
        if len(rows) == SLICE:
            return False
        self.write({"state": "done", "ended": fields.Datetime.now()})
        self.env["ai.learning.model"]._ask_for_snapshot(self.company_id, SCOPE)
        return True

    def _read_bills(self, after):
        self.env.flush_all()
        journals = self.journal_ids.filtered(lambda journal: journal.type == "purchase")
        wanted = [SQL("m.journal_id = ANY(%s)", journals.ids)] if journals else []
        if self.user_ids:
            wanted.append(SQL("m.write_uid = ANY(%s)", self.user_ids.ids))
        query = SQL(
            BILLS,
            company=self.company_id.id,
            types=list(PURCHASES),
            first=self.date_from or date.min,
            last=self.date_to or date.max,
            day=after[0],
            id=after[1],
            wanted=SQL(" AND ").join(wanted) if wanted else SQL("TRUE"),
            limit=SLICE,
        )
        return self.env.execute_query_dict(query)

    def action_forget(self):
        result = super().action_forget()
        for history in self.filtered(lambda each: each.reads == "bills"):
            self.env["ai.learning.model"].sudo()._ask_for_snapshot(history.company_id, SCOPE)
        return result


class AiLearningModel(models.Model):
    _name = "ai.learning.model"
    _inherit = "ai.learning.model"

    def action_learn_now(self):
        result = super().action_learn_now()
        for company in self.company_id or self.env.companies:
            # Snapshots are the addon's.
            self.sudo()._ask_for_snapshot(company, SCOPE)
        return result


class AiAccountNote(models.Model):
    _name = "ai.account.note"
    _inherit = "ai.account.note"

    def _learn_again(self, companies):
        result = super()._learn_again(companies)
        for company in companies:
            # Snapshots are the addon's; the note is the user's.
            self.env["ai.learning.model"].sudo()._ask_for_snapshot(company, SCOPE)
        return result
