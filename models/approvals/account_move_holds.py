"""Why a bill must not be paid yet: one question, which each guard answers by extending it."""

from odoo import fields, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = "account.move"

    # A block that a person set by hand is never taken off.
    ai_is_held = fields.Boolean(readonly=True, copy=False, string="Payment Held")

    def _ai_payment_holds(self):
        """{id of a bill: [sentences that say why it must not be paid now]}; bills that may be paid are left out."""
        return {}

    def _ai_check_payable(self):
        """:raise UserError: one of these bills is held, with the reason and what to do"""
        holds = self._ai_payment_holds()
        if holds:
            lines = [f"{self.browse(move_id).display_name}: {' '.join(texts)}" for move_id, texts in holds.items()]
            raise UserError(self.env._("These bills must not be paid yet.\n%(bills)s", bills="\n".join(lines)))

    def _ai_release_payment(self):
        """Take core's payment block off bills that nothing holds any more."""
        held = self._ai_payment_holds()
        # Whoever approved need not have a right on the books.
        free = self.sudo().filtered(lambda move: move.ai_is_held and move.id not in held)
        for move in free.filtered(lambda move: move.payment_state == "blocked"):
            # Core's own way out of the block.
            super(AccountMove, move).action_toggle_block_payment()
        free.ai_is_held = False
        return free

    def _ai_block_payment(self):
        """Set core's payment block where something is still to be paid."""
        unpaid = self.filtered(lambda move: move.state == "posted" and move.payment_state in ("not_paid", "partial"))
        unpaid.sudo().write({"payment_state": "blocked", "ai_is_held": True})
        return unpaid

    def action_toggle_block_payment(self):
        """Nobody takes the block off by hand while something holds the bill."""
        self.filtered(lambda move: move.payment_state == "blocked")._ai_check_payable()
        return super().action_toggle_block_payment()
