"""What the card tells of money that pays a document."""

from odoo import models

from ...engine.vocabulary import APPLIED


class AiProposerAdvance(models.AbstractModel):
    _name = "ai.proposer.advance"
    _inherit = "ai.proposer.advance"

    def _card_pairs(self, suggestion, proposal, items):
        """[{name, date, amount, open, left, move_id}]: money on account that pays the document."""
        found, booked = [], suggestion.state == APPLIED
        for pair in proposal.get("pairs") or []:
            item = items.get(pair["move_line_id"])
            amount = float(pair["amount"])
            opened = abs(item.amount_residual) + (amount if booked else 0.0) if item else 0.0
            found.append(
                {
                    "name": item.move_id.name if item else suggestion._hidden_name(),
                    "text": item.name or "" if item else "",
                    "date": str(item.date) if item else "",
                    "amount": amount,
                    "open": opened,
                    "left": opened - amount if item else 0.0,
                    "move_id": item.move_id.id if item else False,
                }
            )
        return found

    def _card_entry(self, suggestion, items, proposal=None):
        entry = super()._card_entry(suggestion, items, proposal)
        return {**entry, "pairs": self._card_pairs(suggestion, proposal or suggestion.proposal or {}, items)}
