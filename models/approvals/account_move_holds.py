"""A block that a person set by hand is never taken off by the addon: it knows its own."""

from odoo import fields, models


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = "account.move"

    ai_is_held = fields.Boolean(readonly=True, copy=False, string="Payment Held")

    def _ai_hold_payment(self):
        open_before = self.filtered(lambda move: move.payment_state != "blocked")
        result = super()._ai_hold_payment()
        # Who posts need not be able to write what the addon notes.
        open_before.sudo().filtered(lambda move: move.payment_state == "blocked").ai_is_held = True
        return result

    def _ai_release_payment(self):
        held = self.filtered(lambda move: move.sudo().ai_is_held)
        result = super(AccountMove, held)._ai_release_payment()
        held.sudo().filtered(lambda move: move.payment_state != "blocked").ai_is_held = False
        return result
