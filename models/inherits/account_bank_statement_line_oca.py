"""Beside OCA's ``account_reconcile_oca``: nothing is paid before somebody has decided."""

from odoo import models


class AccountBankStatementLine(models.Model):
    _name = "account.bank.statement.line"
    _inherit = "account.bank.statement.line"

    def _register_hook(self):
        """OCA's module reconciles inside ``create()``. It loads after this addon and calls no super, so an
        ordinary override never runs: the finished class is wrapped, per company, as the settings say."""
        result = super()._register_hook()
        line_class = type(self)
        reconcile = getattr(line_class, "_auto_reconcile", None)
        if reconcile is not None and not hasattr(reconcile, "ai_bookkeeper_wraps"):

            def _auto_reconcile(self):
                left_to_oca = self.filtered(lambda line: not line.company_id.ai_switch_off_oca)
                return reconcile(left_to_oca)

            _auto_reconcile.ai_bookkeeper_wraps = reconcile
            line_class._auto_reconcile = _auto_reconcile
        return result
