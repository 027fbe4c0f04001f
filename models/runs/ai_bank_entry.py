"""Wages that one debit pays are one item of the bank's entry: who earns what stands in the payroll's journal."""

from odoo import models


class AiBankEntry(models.AbstractModel):
    _name = "ai.bank.entry"
    _inherit = "ai.bank.entry"

    def _book(self, line, proposal, items):
        counterparts = proposal.get("counterparts") or []
        together = self._wages_together(line, counterparts, items)
        if not together:
            return super()._book(line, proposal, items)
        liquidity, suspense, _other = line._seek_for_lines()
        rows = self._rows(line, proposal, items)
        self._balance(line, liquidity, suspense, rows)
        created = self._write(line, suspense, rows)
        everybody = self.env["account.move.line"].union(*(items[row["move_line_id"]] for row in counterparts))
        accounts = list(dict.fromkeys(item.account_id for item in everybody))
        return [
            (new, everybody.filtered(lambda item, account=account: item.account_id == account))
            for new, account in zip(created, accounts, strict=False)
        ]

    def _rows(self, line, proposal, items):
        rows = super()._rows(line, proposal, items)
        counterparts = proposal.get("counterparts") or []
        if not self._wages_together(line, counterparts, items):
            return rows
        sums = {}
        for values in rows[: len(counterparts)]:
            held = sums.get(values["account_id"])
            if held is None:
                name = line.payment_ref or self.env._("Wages")
                sums[values["account_id"]] = {**values, "partner_id": False, "name": name}
            else:
                held["balance"] = line.company_id.currency_id.round(held["balance"] + values["balance"])
                held["amount_currency"] = line.currency_id.round(held["amount_currency"] + values["amount_currency"])
        return [*sums.values(), *rows[len(counterparts) :]]

    def _wages_together(self, line, counterparts, items):
        """Whether the line pays the open wages of several people, each in full."""
        if len(counterparts) < 2 or any(row.get("item_amount") or row.get("reopens") for row in counterparts):
            return False
        wages = line.company_id._ai_wage_accounts()
        for row in counterparts:
            item = items[row["move_line_id"]]
            if item.account_id not in wages or item.currency_id != line.currency_id:
                return False
            if item.currency_id.compare_amounts(float(row["amount"]), item.amount_residual_currency):
                return False
        return True
