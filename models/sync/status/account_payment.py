"""Other systems are told about payments."""

from odoo import models


class AccountPayment(models.Model):
    _name = "account.payment"
    _inherit = ["account.payment", "sync.mixin"]
