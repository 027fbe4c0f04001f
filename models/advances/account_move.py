"""What is posted may be paid by money on account, or be such money."""

from odoo import models


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft)
        concerned = posted.filtered(lambda move: move.is_invoice() or move.origin_payment_id)
        self.env["ai.proposer.advance"]._later(concerned)
        return posted
