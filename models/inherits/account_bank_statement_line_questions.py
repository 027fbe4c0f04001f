"""Asking a person about a bank line, also where nothing was found."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class AccountBankStatementLine(models.Model):
    _name = "account.bank.statement.line"
    _inherit = "account.bank.statement.line"

    ai_questions = fields.Json(compute="_compute_ai_questions", help="Who was asked about this line, and the answers.")

    @api.depends_context("uid", "lang")
    def _compute_ai_questions(self):
        found = self.env["ai.question"]._cards([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        for line in self:
            line.ai_questions = found.get((self._name, line._origin.id), [])

    def action_ai_ask(
        self,
        partner_id: int,
        question: str,
        answers: list[str] | None = None,
        wants_file: bool = True,
        send_now: bool = False,
    ) -> list[int]:
        """Ask a person about these bank lines; see ``ai.suggestion.action_ask``."""
        self.env["ai.suggestion"].browse()._check_decider()
        self.check_access("write")
        if any(line.is_reconciled for line in self):
            raise UserError(self.env._("A reconciled line needs no answer. Undo it first."))
        values = {
            "partner_id": partner_id,
            "question": question,
            "answers": answers,
            "wants_file": wants_file,
            "send_now": send_now,
        }
        suggestions = {line.id: line.ai_suggestion_id for line in self if line.ai_suggestion_id}
        return self.env["ai.question"]._ask(self, values, suggestions).ids

    def _ai_question_facts(self):
        """The little of this line that a person who is asked gets to see, copied at asking."""
        return {
            "company_id": self.company_id.id,
            "journal_id": self.journal_id.id,
            "date": self.date,
            "amount": self.amount,
            "currency_id": self.currency_id.id,
            "label": self.payment_ref,
        }

    def _ai_question_entry(self):
        return self.move_id

    def _ai_is_settled(self):
        return self.is_reconciled
