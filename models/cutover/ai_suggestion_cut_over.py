"""The card of a cut-over, and what is undone before it."""

from odoo import models


class AiProposer(models.AbstractModel):
    _name = "ai.proposer"
    _inherit = "ai.proposer"

    #: So many rows of a proposal are shown on its card; None: all.
    _card_rows = None


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def _card(self, items, accounts, taxes, partners):
        card = super()._card(items, accounts, taxes, partners)
        most = self._proposer(self.kind)._card_rows
        return {**card, "differences": card["differences"][:most]} if most else card

    def _undo_first(self):
        """Bookings of bank lines go before the cut-over that brought the lines."""
        found = super()._undo_first()
        lines = {}
        for suggestion in self:
            if suggestion.res_model == "account.bank.statement.line":
                lines.setdefault(suggestion.res_id, set()).add(suggestion.id)
        for suggestion in self.filtered(lambda each: each.res_model == "ai.cut.over"):
            cut_over = self.env["ai.cut.over"].browse(suggestion.res_id).exists()
            own = cut_over.import_ids.line_ids.ids
            found.setdefault(suggestion.id, set()).update(*(lines.get(line, ()) for line in own))
        return found
