"""A cash discount whose tax is corrected shows net and VAT, as core's early-payment counterparts split it."""

from odoo import models

from ...engine.vocabulary import CASH_DISCOUNT


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def _card_difference(self, row, items, accounts, taxes):
        found = super()._card_difference(row, items, accounts, taxes)
        item = items.get(row.get("move_line_id"))
        if item and row.get("reason") == CASH_DISCOUNT and item.currency_id == self.currency_id:
            parts = self.env["ai.bank.entry"].sudo()._discount_parts(item, row)
            if parts:
                found.update(net=parts["net"], vat=parts["vat"], taxes=parts["taxes"])
        return found
