"""What a decision teaches, by kind: codings of bank lines so far."""

from datetime import date

from odoo import models

from ...engine.coding import Template
from ..learning.history_lines import merged
from ..learning.weights import WEAK, is_group

LINE_MODEL = "account.bank.statement.line"

#: Another decision of the same person so many seconds before: nobody reads that fast.
READING_SECONDS = 1.0


class AiProposer(models.AbstractModel):
    _name = "ai.proposer"
    _inherit = "ai.proposer"

    def _lessons(self, suggestions, source=None):
        """Values of ``ai.learning.event`` from suggestions that were applied; what teaches nothing is left out.

        :param str source: of the lessons, where it is not told by how they were decided
        """
        return []


class AiProposerBankCoding(models.AbstractModel):
    _name = "ai.proposer.bank_coding"
    _inherit = "ai.proposer.bank_coding"

    def _lessons(self, suggestions, source=None):
        """Read from the entries: what was booked counts, whatever was proposed."""
        history = self.env["ai.learning.history"]
        found = []
        for company, some in suggestions.grouped("company_id").items():
            line_ids = some.mapped("res_id")
            rows = history._read_batch(company, None, None, (date.min, 0), len(line_ids), line_ids=line_ids)
            said = self._machine_said(line_ids)
            is_hasty = self._is_hasty()
            for row in rows:
                example, lines = history._example(row, is_trusted=bool(source)) or (None, None)
                if example:
                    values = self._lesson_of_decision(row, example, source, is_hasty)
                    values["is_error"] = said.get(row["id"], example.label) != example.label
                    found.append(history._lesson(row, example, lines, **values))
        return found

    def _lesson_of_decision(self, row, example, source, is_hasty):
        if source:
            return {"source": source, "user_id": row["user_id"] if source == "outside" else self.env.uid}
        weight = min(example.weight, WEAK) if is_hasty else example.weight
        return {"source": "group" if is_group(row) else "person", "weight": weight}

    def _machine_said(self, line_ids):
        """{line id: label of what the engine proposed last, before a person changed it}; not of questions."""
        said = {}
        suggestions = self.env["ai.suggestion"].sudo()
        domain = [("res_model", "=", LINE_MODEL), ("res_id", "in", line_ids), ("origin", "=", "engine")]
        for suggestion in suggestions.search([*domain, ("kind", "=", self._kind)], order="id"):
            proposal = suggestion.proposal
            if suggestion.is_edited:
                proposal = self._before_editing(suggestion)
            if proposal and proposal.get("lines") and not suggestion.is_question:
                said[suggestion.res_id] = self._label(suggestion, proposal["lines"])
        return said

    def _before_editing(self, suggestion):
        alternatives = (suggestion.evidence or {}).get("alternatives") or []
        machine = [row for row in alternatives if (row.get("lost") or [""])[0] == "lost_edited"]
        return machine[-1]["proposal"] if machine else None

    def _label(self, suggestion, lines):
        return Template.of_lines(merged(lines, suggestion.currency_id.decimal_places)).label

    def _is_hasty(self):
        """Whether this person decided something else less than a second ago, with another click."""
        self.env.cr.execute(
            """SELECT create_date > %(now)s - %(seconds)s * interval '1 second' FROM ai_learning_event
                WHERE user_id = %(user)s AND create_date < %(now)s AND source IN ('person', 'group')
                ORDER BY id DESC LIMIT 1""",
            {"now": self.env.cr.now(), "seconds": READING_SECONDS, "user": self.env.uid},
        )
        found = self.env.cr.fetchone()
        return bool(found and found[0])
