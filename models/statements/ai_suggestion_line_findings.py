"""A policy does not accept what is proposed for a line that may be one too many: it asks."""

from dataclasses import replace

from odoo import models

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
        ids = list(set(about.values()))
        # What is asked need not be seen by who runs the policies.
        findings = (
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
        codes = {finding.twin_id: finding.code for finding in findings if finding.twin_model == LINE}
        codes.update({finding.res_id: finding.code for finding in findings})
        return {key: codes[line_id] for key, line_id in about.items() if line_id in codes}

    def _stored_situation(self):
        situation = super()._stored_situation()
        if self.res_model != LINE:
            return situation
        return replace(situation, finding=self._line_finding_codes().get(self.id, ""))
