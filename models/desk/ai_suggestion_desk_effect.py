"""What accepting does to balances: before and after, per account."""

from odoo import models

PARTNER_ACCOUNTS = ("asset_receivable", "liability_payable")


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def desk_effect(self) -> dict:
        """Balances that accepting this suggestion moves, before and after; for an applied one as they were and are.

        :return: ``{currency_id, applied, problem, rows: [{account, who, scope, before, change, after}]}`` in the
            company's currency; ``scope`` says what the balance counts: ``partner`` (open items of the partner),
            ``year`` (since the fiscal year began) or ``all``
        """
        self.ensure_one()
        self.check_access("read")
        company = self.company_id
        result = {"currency_id": company.currency_id.id, "applied": self.state == "applied", "problem": "", "rows": []}
        line = self.statement_line_id
        if not line:
            return result
        rows, problem = self._proposer(self.kind)._entry_rows(self).get(self.id, ([], None))
        result["problem"] = problem or ""
        changes = {}
        for row in rows:
            account = self.env["account.account"].browse(row["account_id"])
            is_partner = account.account_type in PARTNER_ACCOUNTS and row["partner_id"]
            key = (account.id, row["partner_id"] if is_partner else False)
            changes[key] = changes.get(key, 0.0) + row["balance"]
        if changes:
            suspense = line.journal_id.suspense_account_id.id
            changes[suspense, False] = changes.get((suspense, False), 0.0) - sum(changes.values())
        bank = line.journal_id.default_account_id
        balances = self._desk_balances([*changes, (bank.id, False)])
        result["rows"] = [self._desk_effect_row(bank, False, balances[bank.id, False], 0.0)] + [
            self._desk_effect_row(
                self.env["account.account"].browse(account_id), partner_id, balances[account_id, partner_id], change
            )
            for (account_id, partner_id), change in changes.items()
            if not company.currency_id.is_zero(change)
        ]
        return result

    def _desk_effect_row(self, account, partner_id, balance, change):
        currency = self.company_id.currency_id
        before = balance - change if self.state == "applied" else balance
        return {
            "account": account.display_name,
            "who": self.env["res.partner"].browse(partner_id).name or "" if partner_id else "",
            "scope": "partner" if partner_id else "all" if account.include_initial_balance else "year",
            "before": currency.round(before),
            "change": currency.round(change),
            "after": currency.round(before + change),
        }

    def _desk_balances(self, keys):
        """{(account id, partner id or False): balance now}, in at most three queries."""
        accounts = self.env["account.account"].browse({account_id for account_id, _partner_id in keys})
        posted = [("parent_state", "=", "posted"), ("company_id", "=", self.company_id.id)]
        year_start = self.company_id.compute_fiscalyear_dates(self.date)["date_from"]
        plain = {account_id for account_id, partner_id in keys if not partner_id}
        kept = accounts.filtered(lambda account: account.id in plain and account.include_initial_balance)
        yearly = accounts.filtered(lambda account: account.id in plain) - kept
        partners = [partner_id for _account_id, partner_id in keys if partner_id]
        items = self.env["account.move.line"]
        found = dict.fromkeys(keys, 0.0)
        if kept:
            rows = items._read_group([*posted, ("account_id", "in", kept.ids)], ["account_id"], ["balance:sum"])
            found.update({(account.id, False): balance for account, balance in rows})
        if yearly:
            since = [*posted, ("account_id", "in", yearly.ids), ("date", ">=", year_start)]
            rows = items._read_group(since, ["account_id"], ["balance:sum"])
            found.update({(account.id, False): balance for account, balance in rows})
        if partners:
            open_items = [
                *posted,
                ("account_id", "in", accounts.ids),
                ("partner_id", "in", partners),
                ("reconciled", "=", False),
            ]
            rows = items._read_group(open_items, ["account_id", "partner_id"], ["amount_residual:sum"])
            found.update({(account.id, partner.id): balance for account, partner, balance in rows})
        return {key: found[key] for key in keys}
