"""Wages and returned collections: where they go in this company."""

from dataclasses import replace

from odoo import fields, models

from ...engine.matching.wages import is_wages_account

SETTINGS = ("ai_wage_account_ids", "ai_charges_return_fee")


class ResCompany(models.Model):
    _inherit = "res.company"

    ai_wage_account_ids = fields.Many2many(
        "account.account",
        "ai_wage_account_rel",
        string="Net Wages Payable",
        domain="[('account_type', 'in', ('liability_current', 'liability_payable'))]",
        help="Accounts on which net wages stand until they are paid. Empty: recognised by their names.",
    )
    ai_charges_return_fee = fields.Boolean(
        string="Returned Collections Cost the Customer",
        help="The bank's fee for a returned direct debit is added to what the customer owes. Off: own cost.",
    )

    def _ai_wage_accounts(self):
        """Accounts of net wages payable: the chosen ones, else those whose names say so."""
        self.ensure_one()
        chosen = self.sudo().ai_wage_account_ids
        if chosen:
            return chosen
        accounts = self.env["account.account"].with_company(self).sudo()
        domain = [
            *accounts._check_company_domain(self),
            ("active", "=", True),
            ("account_type", "in", ("liability_current", "liability_payable")),
        ]
        return accounts.search_fetch(domain, ["name"]).filtered(lambda account: is_wages_account(account.name or ""))

    def _ai_matching_settings(self):
        settings = super()._ai_matching_settings()
        return replace(
            settings,
            wage_accounts=frozenset(self._ai_wage_accounts().ids),
            charges_return_fee=self.sudo().ai_charges_return_fee,
        )

    def write(self, vals):
        changed = sorted(set(vals) & set(SETTINGS))
        result = super().write(vals)
        if changed:
            self.env["ai.audit.log"]._append(
                "setting_changed", self, [{name: str(vals[name]) for name in changed} for _company in self]
            )
        return result
