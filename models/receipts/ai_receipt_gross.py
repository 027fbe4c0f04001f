"""Giving input VAT back: the same coding without tax, for want of a document."""

from odoo import models
from odoo.exceptions import UserError

from ...engine.vocabulary import APPLIED, MANUAL
from .ai_receipt import LINE_MODEL, MISSING


class AiReceipt(models.Model):
    _name = "ai.receipt"
    _inherit = "ai.receipt"

    def action_book_gross(self):
        """Undo these codings and book them gross to the same accounts, as this person's decision.

        :raise UserError: for what was not coded through a suggestion, or lies in a locked period
        """
        self._check_reviewer()
        for receipt in self:
            receipt._book_gross()
        return True

    def _book_gross(self):
        suggestion = self._applied_suggestion()
        line = self._lines()
        proposal = suggestion.proposal or {}
        if self.state != MISSING or self.company_currency_id.is_zero(self.vat):
            raise UserError(self.env._("No input VAT is claimed without a document for %(what)s.", what=self._told()))
        if not suggestion or proposal.get("counterparts"):
            raise UserError(self.env._("%(what)s was coded in Odoo itself: change the entry there.", what=self._told()))
        suggestion.action_undo()
        if line.is_reconciled:
            raise UserError(self.env._("%(what)s could not be undone. Undo it in its list first.", what=self._told()))
        line.ai_book_by_hand(
            {"write_off": [self._gross(row) for row in self._coded(proposal)], "partner_id": proposal.get("partner_id")}
        )

    def _coded(self, proposal):
        return (proposal.get("lines") or []) + (proposal.get("write_off") or [])

    def _gross(self, row):
        """Amounts of a coding include their taxes: without them the whole amount is cost."""
        kept = {name: row[name] for name in ("account_id", "amount", "analytic_distribution", "label") if row.get(name)}
        return {**kept, "reason": MANUAL}

    def _applied_suggestion(self):
        return self.env["ai.suggestion"].search(
            [("res_model", "=", LINE_MODEL), ("res_id", "=", self.res_id), ("state", "=", APPLIED)],
            order="id desc",
            limit=1,
        )
