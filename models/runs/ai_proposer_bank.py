"""What bookings of bank lines mean for the payment files behind them."""

from odoo import models


class AiProposerBank(models.AbstractModel):
    _name = "ai.proposer.bank"
    _inherit = "ai.proposer.bank"

    def _apply(self, suggestions):
        result = super()._apply(suggestions)
        orders = self.env["ai.payment.run.line"]
        lines = {line.id: line for line in self._lines(suggestions)}
        for suggestion in suggestions:
            details = (suggestion.evidence or {}).get("details") or {}
            if details.get("run"):
                orders._booked(lines[suggestion.res_id], details["run"])
            if details.get("returned"):
                orders._came_back(lines[suggestion.res_id], details["returned"])
        return result

    def _undo(self, suggestions):
        result = super()._undo(suggestions)
        self.env["ai.payment.run.line"]._unbooked(self._lines(suggestions))
        return result

    def _item_moved(self, suggestion, row, items):
        """Wages that were accrued in one sum may be paid to somebody else meanwhile, as long as enough is left."""
        why = super()._item_moved(suggestion, row, items)
        item = items.get(row["move_line_id"])
        if not why or suggestion.case != "wage_run" or not item or item.reconciled or row.get("reopens"):
            return why
        if item.partner_id or item.parent_state != "posted":
            return why
        left, wanted = item.amount_residual_currency, float(row["amount"])
        covered = left * wanted > 0 and item.currency_id.compare_amounts(abs(left), abs(wanted)) >= 0
        return None if covered else why


class AiProposerBankMatch(models.AbstractModel):
    _name = "ai.proposer.bank_match"
    _inherit = "ai.proposer.bank_match"

    def _reading_evidence(self, choice):
        evidence = super()._reading_evidence(choice)
        return {**evidence, "details": choice["details"]} if choice.get("details") else evidence

    def _as_choice(self, suggestion):
        details = (suggestion.evidence or {}).get("details")
        return {**super()._as_choice(suggestion), **({"details": details} if details else {})}
