"""The rule behind a suggestion, and the rule that a corrected one offers to be."""

from odoo import fields, models

from ...engine.coding.template import Template
from ...engine.vocabulary import APPLIED, OPEN_STATES, REJECTED

RULE_TIER = "rule"
LINE_MODEL = "account.bank.statement.line"
#: Rejections that say nothing about the account.
UNTOLD = ("later", "not_mine")


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    rule_id = fields.Many2one(
        "ai.rule", readonly=True, index="btree_not_null", ondelete="set null", help="The rule that proposed it."
    )

    def _rule_released(self):
        """As before; reconciliation models of Odoo are never released: copy them to a rule to do so."""
        if self.tier == RULE_TIER:
            return self.rule_id.is_released
        return super()._rule_released()

    # === PUBLIC === #

    def rule_offer(self) -> dict | bool:
        """The rule that the last correction offers, as a question; False when it offers none.

        :return: ``{suggestion_id, text}``: ``ai.rule.offer`` and the dialog take the id
        """
        self.browse().check_access("read")
        if not self.env["ai.rule"].has_access("create"):
            return False
        for suggestion in self.exists()._filtered_access("read").sorted("id", reverse=True):
            if suggestion._is_corrected() and suggestion._coded_line():
                return suggestion._offer()
        return False

    def _offer(self):
        rules = self.env["ai.rule"]
        rows, line = self._right_rows(), self._coded_line()
        if rows and rules._speaks_already(line, Template.of_lines(rows).label):
            return False
        values = rules._offered(line, self)
        return {"suggestion_id": self.id, "text": rules.new(values)._sentence()} if values else False

    # === WHAT WAS CORRECTED === #

    def _is_corrected(self):
        """A person said something else than the machine, or turned it down, or coded by hand."""
        if not (self.proposal or self.evidence or {}):
            return False
        if self.state == REJECTED:
            return bool((self.proposal or {}).get("lines")) and self.reject_reason not in UNTOLD
        told = self.is_edited or self.state == APPLIED and (self.origin == "user" or self._was_answered())
        return self.state in (APPLIED, *OPEN_STATES) and told and bool(self._coded_rows())

    def _was_answered(self):
        """It was a question, and a person chose."""
        # Whether is asked, not who: nothing of the log is shown.
        log = self.env["ai.audit.log"].sudo()
        return bool(log.search_count([("suggestion_id", "=", self.id), ("event", "=", "chosen")], limit=1))

    def _coded_rows(self):
        """The lines of a pure coding; none where documents are settled."""
        proposal = self.proposal or {}
        if proposal.get("counterparts"):
            return []
        rows = proposal.get("lines") or [row for row in proposal.get("write_off") or [] if row["reason"] == "manual"]
        return [row for row in rows if row.get("account_id")]

    def _right_rows(self):
        """What is right, as rows of a coding; none after a rejection, which only says what is wrong."""
        return [] if self.state == REJECTED else self._coded_rows()

    def _coded_line(self):
        """The bank line behind it that the user may read."""
        line = self.env[LINE_MODEL].browse(self.res_id if self.res_model == LINE_MODEL else [])
        return line.exists()._filtered_access("read")
