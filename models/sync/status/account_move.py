"""Other systems are told about entries."""

from odoo import models


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "sync.mixin"]
