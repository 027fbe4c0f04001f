"""Payments that wait: core's payment block, kept while something that a manager decides is open."""

from odoo import models
from odoo.exceptions import UserError

from .ai_finding import OPEN_STATE
from .finding_words import HOLDING

BLOCKED = "blocked"


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = "account.move"

    def _ai_payment_holds(self):
        """{move id: [sentences]} why these may not be paid yet. Others add their reasons."""
        # Who pays need not see findings; the sentence names no account in full.
        found = (
            self.env["ai.finding"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("state", "=", OPEN_STATE),
                    ("code", "in", HOLDING),
                ]
            )
        )
        return {key: findings.mapped("text") for key, findings in found.grouped("res_id").items()}

    def _ai_hold_payment(self):
        """Block the payment of those that something holds."""
        holds = self._ai_payment_holds()
        # The block is the addon's own decision: who posts need not be able to write it.
        for move in self.sudo():
            if move.id in holds and move.state == "posted" and move.payment_state in ("not_paid", "partial"):
                move.payment_state = BLOCKED

    def _ai_release_payment(self):
        """Take the block off those that nothing holds any more."""
        holds = self._ai_payment_holds()
        for move in self.sudo():
            if move.id not in holds and move.payment_state == BLOCKED:
                move.action_toggle_block_payment()

    # === NO WAY AROUND === #

    def write(self, vals):
        if "payment_state" in vals and vals["payment_state"] != BLOCKED:
            self.filtered(lambda move: move.payment_state == BLOCKED)._ai_check_not_held()
        return super().write(vals)

    def action_toggle_block_payment(self):
        if self.payment_state == BLOCKED:
            self._ai_check_not_held()
        return super().action_toggle_block_payment()

    def action_register_payment(self):
        self._ai_check_not_held()
        return super().action_register_payment()

    def _ai_check_not_held(self):
        holds = self._ai_payment_holds() if self.ids else {}
        for move in self:
            if move.id in holds:
                template = self.env._("%(bill)s may not be paid yet:\n%(why)s")
                raise UserError(template % {"bill": move.display_name, "why": "\n".join(holds[move.id])})


class AccountPaymentRegister(models.TransientModel):
    _inherit = "account.payment.register"

    def _create_payments(self):
        self.line_ids.move_id._ai_check_not_held()
        return super()._create_payments()
