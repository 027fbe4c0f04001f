"""A policy does not accept what is proposed for a line that may be one too many: it asks."""

from dataclasses import replace

from odoo import api, models

from ...engine.vocabulary import OPEN_STATES
from ..findings.ai_finding import OPEN_STATE

LINE = "account.bank.statement.line"
ASKING = ("line_double", "line_corrected", "line_changed")


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def _finding_codes(self):
        return {**super()._finding_codes(), **self._line_finding_codes()}

    def _line_finding_codes(self):
        """{suggestion id: code of an open finding about its bank line, or that its line is the other one of}"""
        about = {suggestion.id: suggestion.res_id for suggestion in self.sudo() if suggestion.res_model == LINE}
        if not about:
            return {}
        findings = self._line_findings(about.values())
        codes = {finding.twin_id: finding.code for finding in findings if finding.twin_model == LINE}
        codes.update({finding.res_id: finding.code for finding in findings})
        return {key: codes[line_id] for key, line_id in about.items() if line_id in codes}

    def _line_findings(self, line_ids):
        """Open findings about these bank lines, or that name one of them as the other line."""
        ids = list(set(line_ids))
        # What is asked need not be seen by who runs the policies.
        return (
            self.env["ai.finding"]
            .sudo()
            .search(
                [
                    ("state", "=", OPEN_STATE),
                    ("code", "in", ASKING),
                    "|",
                    "&",
                    ("res_model", "=", LINE),
                    ("res_id", "in", ids),
                    "&",
                    ("twin_model", "=", LINE),
                    ("twin_id", "in", ids),
                ]
            )
        )

    @api.depends("res_model", "res_id")
    def _compute_card(self):
        """And what was found about the bank line itself, before anybody books it."""
        result = super()._compute_card()
        mine = self.filtered(lambda s: s.res_model == LINE and s.state in OPEN_STATES and s.card)
        found = self._line_findings(mine.mapped("res_id")) if mine else self.env["ai.finding"]
        # The sentence names the other line: only to who may see the finding.
        texts = (
            {finding.res_id: finding.text for finding in found.sudo(False)._filtered_access("read")} if found else {}
        )
        for suggestion in mine:
            if suggestion.res_id in texts:
                suggestion.card = {**suggestion.card, "line_finding": texts[suggestion.res_id]}
        return result

    def _stored_situation(self):
        situation = super()._stored_situation()
        if self.res_model != LINE:
            return situation
        return replace(situation, finding=self._line_finding_codes().get(self.id, ""))
