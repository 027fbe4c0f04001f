"""What people booked before: posted bank entries that no document explains, read as examples."""

from datetime import date
from decimal import Decimal

from odoo import api, models

from ...engine.coding import Template
from ...engine.coding.payee import payee_key
from ...engine.learning import Case, Example
from . import history_queries as queries
from .history_lines import coded_lines
from .weights import weight_of

LINE_MODEL = "account.bank.statement.line"
SCOPE = "bank_coding"
BATCH = 2000


class AiLearningHistory(models.Model):
    """Reads with SQL what is posted; the callers have checked that their user may know it."""

    _name = "ai.learning.history"
    _inherit = "ai.learning.history"

    # === READING === #

    @api.model
    def _examples(self, company, date_from, date_to, journals=None, users=None, batch=BATCH):
        """Yield (statement line id, Example, lines of its coding as Json) in order of date.

        Only lines that settle no document, payment or transfer, and only what people posted: what a policy booked by
        itself is left out, what many accepted with one click weighs little.

        :param journals: account.journal, or None for all
        :param users: res.users who wrote the entries, or None for all
        :param int batch: lines a query
        """
        for row, example, lines in self._coded_rows(company, date_from, date_to, journals, users, batch):
            yield row["id"], example, lines

    @api.model
    def _coded_rows(self, company, date_from, date_to, journals=None, users=None, batch=BATCH):
        """As ``_examples``, with the row of the query instead of the line's id."""
        after = (date.min, 0)
        while rows := self._read_batch(company, date_from, date_to, after, batch, journals, users):
            for row in rows:
                found = self._example(row)
                if found:
                    yield row, *found
            if len(rows) < batch:
                return
            after = rows[-1]["date"], rows[-1]["id"]

    @api.model
    def _read_batch(self, company, date_from, date_to, after, limit, journals=None, users=None, line_ids=None):
        self.env.flush_all()
        query = queries.coded_entries(
            company.id,
            date_from or date.min,
            date_to or date.max,
            after,
            limit,
            journals and journals.ids,
            users and users.ids,
            line_ids,
        )
        return self.env.execute_query_dict(query)

    @api.model
    def _example(self, row, is_trusted=False):
        """(Example, lines) of a row, or None where it teaches nothing.

        :param bool is_trusted: a person looked at it, however it was decided
        """
        weight = 1.0 if is_trusted and not row["is_taken_back"] else weight_of(row)
        if row["is_matched"] or not row["items"] or not weight or self._is_parked(row):
            return None
        unit = Decimal(1).scaleb(-row["places"])
        amount = Decimal(str(row["amount"])).quantize(unit)
        lines = coded_lines(amount, row["items"], row["places"])
        if not lines:
            return None
        return Example(self._case(row, amount), Template.of_lines(lines).label, weight), lines

    @api.model
    def _is_parked(self, row):
        """Whether it stands where lines wait that nobody can explain: that is no coding."""
        return any(item["account"] == row["clarification"] for item in row["items"])

    @api.model
    def _lesson(self, row, example, lines, **values):
        """What ``ai.learning.event._insert`` writes for a row of the query."""
        case = example.case
        return {
            "company_id": row["company_id"],
            "scope": SCOPE,
            "res_model": LINE_MODEL,
            "res_id": row["id"],
            "suggestion_id": row["suggestion"],
            "weight": example.weight,
            "date": case.date,
            "payee": case.payee or None,
            "payee_name": case.name or None,
            "text": case.text or None,
            "amount": case.amount,
            "currency_id": row["currency_id"],
            "journal_id": row["journal_id"],
            "transaction_code": case.code or None,
            "label": example.label,
            "lines": lines,
            "partner_id": row["line_partner"],
            "user_id": row["decided_by_id"] or row["user_id"],
            "is_error": False,
            **values,
        }

    @api.model
    def _case(self, row, amount):
        return Case(
            key=row["id"],
            date=row["date"],
            payee=self._payee(row),
            text=row["text"] or "",
            amount=amount,
            currency=row["currency"],
            unit=str(row["journal_id"]),
            name=row["partner_name"] or "",
            code=row["code"] or "",
        )

    @api.model
    def _payee(self, row):
        """The payee's key as the bank tells it. Coding sets the line's partner: what a decision wrote must not help to
        guess it, so the partner that the line carried before counts only where the bank tells nothing."""
        told = payee_key(None, row["account_number"] or "", row["partner_name"] or "", row["text"] or "")
        return told or payee_key(row.get("partner_before"), "", "", "")
