"""What is undone before a cut-over."""

from odoo import models


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def _undo_first(self):
        """Bookings of bank lines go before the cut-over that brought the lines."""
        found = super()._undo_first()
        lines = {}
        for suggestion in self:
            if suggestion.res_model == "account.bank.statement.line":
                lines.setdefault(suggestion.res_id, set()).add(suggestion.id)
        for suggestion in self.filtered(lambda each: each.kind == "cut_over"):
            cut_over = self.env["ai.cut.over"].browse(suggestion.res_id).exists()
            own = cut_over.import_ids.line_ids.ids
            found.setdefault(suggestion.id, set()).update(*(lines.get(line, ()) for line in own))
        return found
