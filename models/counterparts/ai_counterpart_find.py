"""Looking for counterparts in the chart and in what people booked: found ones wait for a manager."""

from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models

from ...engine.coding.settling_find import Account, Payee, find
from ..facts.ai_facts_bank import _sanitised
from . import counterpart_queries as queries
from .ai_counterpart import PROPOSED
from .ai_counterpart_claim import ACCOUNT_TYPES

#: How far back payments tell who is paid.
_DAYS = 800


class AiCounterpart(models.Model):
    _name = "ai.counterpart"
    _inherit = "ai.counterpart"

    @api.model
    def _find(self, company):
        """New counterparts of ``company`` as records that wait to be kept; the same are not found twice."""
        self.env.flush_all()
        since = fields.Date.context_today(self) - timedelta(days=_DAYS)
        payees = self._payees(company, since)
        guesses = find(payees, self._accounts_to_settle(company), company.name)
        known = self.sudo().with_context(active_test=False).search([("company_id", "=", company.id)])
        numbers = {number for each in known for number in each._numbers()}
        names = {name for each in known for name in each._names()}
        values = [
            self._found_values(company, guess)
            for guess in guesses
            if not (guess.numbers & numbers or {tuple(name) for name in guess.names} & names)
        ]
        values += self._sisters(company, known)
        # Found ones are the addon's until somebody keeps them.
        return self.sudo().create(values).sudo(False)

    def _payees(self, company, since):
        booked = defaultdict(lambda: defaultdict(int))
        partners = {}
        for number, name, account_id, count, partner_id in self.env.execute_query(queries.payees(company.id, since)):
            key = (_sanitised(number), name)
            booked[key][account_id] += count
            partners[key] = partners.get(key) or partner_id
        return tuple(
            Payee(number, name, partners[number, name], dict(accounts)) for (number, name), accounts in booked.items()
        )

    def _accounts_to_settle(self, company):
        accounts = self.env["account.account"].with_company(company).sudo()
        found = accounts.search(
            [
                *accounts._check_company_domain(company),
                ("account_type", "in", ACCOUNT_TYPES),
                "|",
                ("account_type", "not in", ("asset_receivable", "liability_payable")),
                ("non_trade", "=", True),
            ]
        )
        groups = self.env["account.tax.group"].sudo().search([("company_id", "parent_of", company.id)])
        taxes = groups.with_company(company)
        vat = taxes.tax_payable_account_id | taxes.tax_receivable_account_id
        journals = self.env["account.journal"].sudo().search([("company_id", "=", company.id)])
        own = journals.default_account_id | journals.suspense_account_id | company.transfer_account_id
        return tuple(
            Account(account.id, account.name or "", account.account_type, account in vat) for account in found - own
        )

    def _found_values(self, company, guess):
        return {
            "company_id": company.id,
            "name": guess.name,
            "kind": guess.kind,
            "state": PROPOSED,
            "partner_id": guess.partner or False,
            "account_numbers": "\n".join(sorted(guess.numbers)),
            "bank_names": guess.name,
            "found_text": self._found_text(guess),
            "claim_ids": [
                fields.Command.create({"topic": topic, "account_ids": [fields.Command.set(list(accounts))]})
                for topic, accounts in guess.claims
            ],
        }

    def _found_text(self, guess):
        if guess.booked:
            return self.env._(
                "%(booked)s of %(count)s payments went to these accounts", booked=guess.booked, count=guess.count
            )
        if guess.claims:
            return self.env._("Its name in %(count)s payments, and the chart", count=guess.count)
        return self.env._("Its name in %(count)s payments; say which account they settle", count=guess.count)

    def _sisters(self, company, known):
        """Companies of this database that bank lines name by their own account number."""
        others = self.env["res.company"].sudo().search([("id", "!=", company.id)]) - known.sister_company_id
        # Only companies that the manager knows are named.
        others &= self.env.user.company_ids
        values = []
        account = self._accounts_to_settle(company)
        between = [
            each.key for each in account if "INTERCOMPANY" in each.name.upper() or "INTERCO" in each.name.upper()
        ]
        for other in others:
            numbers = {_sanitised(bank.acc_number) for bank in other.partner_id.bank_ids}
            if numbers and between:
                values.append(
                    {
                        "company_id": company.id,
                        "name": other.name,
                        "kind": "sister",
                        "state": PROPOSED,
                        "partner_id": False,
                        "account_numbers": "\n".join(sorted(numbers)),
                        "bank_names": other.name,
                        "sister_company_id": other.id,
                        "found_text": self.env._("A company of this database with accounts of its own"),
                        "claim_ids": [
                            fields.Command.create(
                                {"topic": "intercompany", "account_ids": [fields.Command.set(between[:1])]}
                            )
                        ],
                    }
                )
        return values
