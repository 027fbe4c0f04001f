"""Bank lines and statements of a journal that is closed to a user are closed too: this addon shows them."""

from odoo import models


class AccountBankStatementLine(models.Model):
    _name = "account.bank.statement.line"
    _inherit = ["account.bank.statement.line", "ai.journal.mixin"]


class AccountBankStatement(models.Model):
    _name = "account.bank.statement"
    _inherit = ["account.bank.statement", "ai.journal.mixin"]
