"""What was learned beside the books: coded anew in Odoo, corrected at the end of a month, or gone."""

from datetime import date, timedelta

from odoo import api, fields, models

from ...engine.coding import Template
from . import correction_queries as queries
from .history_lines import merged

LINE_MODEL = "account.bank.statement.line"
SCOPE = "bank_coding"
BATCH = 2000
#: Corrections are looked for in entries of so many days.
DAYS = 400


class AiLearningEvent(models.Model):
    _name = "ai.learning.event"
    _inherit = "ai.learning.event"

    @api.model
    def _cron_learn(self):
        """Each night: compare the lessons with the books, and keep what is new in a snapshot."""
        companies = self.env["res.company"].browse(company.id for [company] in self._read_group([], ["company_id"]))
        self.env["ir.cron"]._commit_progress(remaining=len(companies))
        for company in companies:
            for _batch in self._check_company(company):
                self.env["ir.cron"]._commit_progress()
            self._keep_what_is_new(company)
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _keep_what_is_new(self, company):
        snapshots = self.env["ai.learning.model"]
        for [scope] in self._read_group([("company_id", "=", company.id)], ["scope"]):
            newest = snapshots._newest(company, scope)
            if snapshots._newer(company, scope, newest):
                snapshots._ask_for_snapshot(company, scope)

    @api.model
    def _check_company(self, company):
        """Compare all lessons that count with the books; yields after each batch."""
        since = fields.Date.context_today(self) - timedelta(days=DAYS)
        corrections = self._corrections(company, since)
        domain = [("company_id", "=", company.id), ("res_model", "=", LINE_MODEL), ("status", "=", "counts")]
        after = 0
        while batch := self.search([*domain, ("id", ">", after)], order="id", limit=BATCH):
            after = batch[-1].id
            batch._check_against_books(company, corrections)
            self.env.flush_all()
            self.env.invalidate_all()
            yield len(batch)

    @api.model
    def _corrections(self, company, since):
        """{line id: (from account, to account, user)} of payments that an entry moved to another account later."""
        self.env.flush_all()
        return {row[0]: row[1:4] for row in self.env.execute_query(queries.corrections(company.id, since))}

    def _check_against_books(self, company, corrections):
        """Unlearn what is not in the books any more; what is coded otherwise now teaches that."""
        found = self._books_now(company, corrections)
        gone = self.filtered(lambda lesson: lesson.res_id not in found)
        gone._take_back(True)
        changed = [found[lesson.res_id] for lesson in self - gone if found[lesson.res_id]["label"] != lesson.label]
        self._insert(changed)

    def _books_now(self, company, corrections):
        """{line id: values of the lesson that its entry teaches now}"""
        history = self.env["ai.learning.history"]
        line_ids = self.mapped("res_id")
        rows = history._read_batch(company, None, None, (date.min, 0), len(line_ids), line_ids=line_ids)
        found = {}
        for row in rows:
            example, lines = history._example(row, is_trusted=True) or (None, None)
            if example:
                values = {"source": "outside", "user_id": row["user_id"], "is_error": bool(row["suggestion"])}
                found[row["id"]] = history._lesson(row, example, lines, **values)
                if row["id"] in corrections:
                    self._correct(found[row["id"]], row["places"], *corrections[row["id"]])
        return found

    @api.model
    def _correct(self, values, places, from_account, to_account, user_id):
        """The coding as the correction entry left it."""
        lines = [
            {**line, "account_id": to_account if line["account_id"] == from_account else line["account_id"]}
            for line in values["lines"]
        ]
        lines = merged(lines, places)
        values.update(lines=lines, label=Template.of_lines(lines).label, user_id=user_id)
