"""Asking a person about a suggestion, and what they said on its card."""

from odoo import fields, models
from odoo.exceptions import UserError

from ...engine.vocabulary import ANSWERED, FAILED, OPEN_STATES

#: Models that tell what may be shown of them, where their chatter is, and whether they are settled.
SUBJECTS = ("account.bank.statement.line",)


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    question_state = fields.Selection(
        [("waiting", "Asked"), ("answered", "Answered")],
        compute="_compute_question_state",
        search="_search_question_state",
        string="Question",
    )

    def action_ask(
        self,
        partner_id: int,
        question: str,
        answers: list[str] | None = None,
        wants_file: bool = True,
        send_now: bool = False,
    ) -> list[int]:
        """Ask a person about these suggestions by mail and return the ids of the questions. Books nothing.

        :param partner_id: a colleague or a client's contact with an e-mail address
        :param question: the words
        :param answers: two or three buttons; one that reads like an alternative's title stands for it
        :param wants_file: ask for a receipt or an invoice
        :param send_now: at once; else together with what else collects for this person
        """
        self._check_decider()
        if any(suggestion.state not in (*OPEN_STATES, FAILED) for suggestion in self):
            raise UserError(self.env._("Only what waits for a decision can be asked about."))
        if any(suggestion.res_model not in SUBJECTS for suggestion in self):
            raise UserError(self.env._("People can be asked about bank lines only."))
        values = {
            "partner_id": partner_id,
            "question": question,
            "answers": answers,
            "wants_file": wants_file,
            "send_now": send_now,
        }
        found = self.env["ai.question"]
        for records in self._targets().values():
            by_record = {s.res_id: s for s in self if s.res_model == records._name}
            found += found._ask(records, values, by_record)
        return found.ids

    def _answer_titles(self):
        """{what an alternative reads like: its key}: answers ready to be offered."""
        choices = (self.card or {}).get("alternatives") or []
        titles = [choice["title"] for choice in choices]
        found = {}
        for choice in choices:
            title = choice["title"]
            if titles.count(title) > 1:
                title = f"{title} ({choice['case_label']})"
            found[title[:80]] = choice["key"]
        return found

    # === WHAT DIALOGS BEGIN WITH === #

    def _ai_subject_defaults(self):
        self.check_access("read")
        waiting = self.filtered(lambda suggestion: suggestion.state in (*OPEN_STATES, FAILED))
        lines = waiting.statement_line_id._ai_subject_defaults()
        return {**lines, "suggestion_ids": [(6, 0, waiting.ids)]}

    def _ai_question_defaults(self):
        """The alternatives of one question in words; else what fits any bank line."""
        values = {**self.statement_line_id._ai_question_defaults(), **self._ai_subject_defaults()}
        titles = list(self._answer_titles()) if len(self) == 1 and self.is_question else []
        if titles:
            answers = [*titles[:2], self.env._("Something else")]
            names = {f"answer_{number}": False for number in (1, 2, 3)}
            values.update({**names, **{f"answer_{number}": text for number, text in enumerate(answers, 1)}})
            values.update({"question": self.env._("Which of these is it?"), "wants_file": False})
        return values

    def _ai_ask_and_tell(self, *values):
        return self.env["ai.question"]._asked_notice(self.action_ask(*values))

    # === SHOWING === #

    def _compute_card(self):
        result = super()._compute_card()
        ids = self.mapped("res_id")
        found = self.env["ai.question"]._cards([("res_model", "in", self.mapped("res_model")), ("res_id", "in", ids)])
        for suggestion in self:
            questions = found.get((suggestion.res_model, suggestion.res_id))
            suggestion.card = {**suggestion.card, "questions": questions or []}
        return result

    def _compute_question_state(self):
        questions = self.env["ai.question"]
        found = questions._cards(
            [("res_model", "in", self.mapped("res_model")), ("res_id", "in", self.mapped("res_id"))]
        )
        for suggestion in self:
            states = {row["state"] for row in found.get((suggestion.res_model, suggestion.res_id), [])}
            waiting = "waiting" if states & {"collected", "sent"} else False
            suggestion.question_state = ANSWERED if ANSWERED in states else waiting

    def _search_question_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        states = [state for word in value for state in self._question_states(word)]
        questions = self.env["ai.question"]._search([("state", "in", states)])
        # By record, not by suggestion: a fresh reading of the line keeps what was said about it.
        return [
            ("res_model", "=", "account.bank.statement.line"),
            ("res_id", "in", questions.subselect("res_id")),
        ]

    def _question_states(self, word):
        return {"waiting": ("collected", "sent"), "answered": (ANSWERED,)}.get(word, ())
