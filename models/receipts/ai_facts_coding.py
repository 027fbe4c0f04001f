"""What coding is told of input VAT, and of payments whose document is awaited."""

from dataclasses import replace

from odoo import models
from odoo.tools import SQL

_EXPECTED = {"bill": "bill_expected", "expense": "expense_expected"}


class AiFactsCoding(models.AbstractModel):
    _name = "ai.facts.coding"
    _inherit = "ai.facts.coding"

    def _collect(self, lines, matching=None):
        facts = super()._collect(lines, matching)
        expected = self._expected([line.case.key for line in facts.lines])
        blocked = [
            replace(line, blockers=(*line.blockers, (expected[line.case.key], {})))
            if line.case.key in expected
            else line
            for line in facts.lines
        ]
        return replace(facts, lines=tuple(blocked))

    def _expected(self, line_ids):
        """{line id: why no account is proposed for it} of those that wait for a bill or an expense."""
        self.env["account.bank.statement.line"].flush_model(["ai_expected"])
        rows = self.env.execute_query(
            SQL(
                """SELECT id, ai_expected FROM account_bank_statement_line
                    WHERE id = ANY(%s) AND ai_expected IS NOT NULL""",
                line_ids,
            )
        )
        return {line_id: _EXPECTED[what] for line_id, what in rows}

    def _settings(self, company):
        # What the company has set counts for whoever looks.
        chosen = company.sudo()
        return replace(
            super()._settings(company),
            claims_without_document=chosen.ai_claims_without_document,
            exempt_accounts=frozenset(chosen.ai_receipt_exempt_account_ids.ids),
        )
