"""Core hides the button of a blocked bill; the method behind it pays all the same, one by one or in a list."""

from odoo import models


class AccountPaymentRegister(models.TransientModel):
    _name = "account.payment.register"
    _inherit = "account.payment.register"

    def _create_payments(self):
        self.line_ids.move_id._ai_check_payable()
        return super()._create_payments()
