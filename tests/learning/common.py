"""Bank lines that people coded, in Odoo itself and with the addon."""

from datetime import date
from decimal import Decimal

from odoo import Command

from odoo.addons.ai_bookkeeper.engine.coding import Part, Template
from odoo.addons.ai_bookkeeper.engine.coding.payee import payee_key
from odoo.addons.ai_bookkeeper.engine.learning import Case

from ..common import BankCase


class LearningCase(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fuel = cls.make_account("Fuel", "expense")
        cls.rent = cls.make_account("Rent", "expense")
        cls.loan = cls.make_account("Loan", "liability_non_current")
        cls.tax = cls.company_data["default_tax_purchase"]

    @classmethod
    def coded(cls, text, amount, account, taxes=None, date="2026-03-10", **values):
        """A bank line that somebody coded in Odoo, without the addon: the suspense line gets the account."""
        line = cls.line(text, amount, date, **values)
        rows = [{"account_id": account.id, "amount": str(amount), "tax_ids": taxes.ids if taxes else []}]
        cls.code(line, rows)
        return line

    @classmethod
    def code(cls, line, rows):
        """Book ``rows`` as a person would do it in Odoo; amounts have the line's sign and include taxes."""
        _liquidity, suspense, _other = line._seek_for_lines()
        entry = cls.env["ai.bank.entry"]
        values = entry._rows(line, {"lines": rows}, {})
        move = line.move_id.with_context(skip_readonly_check=True, skip_invoice_sync=True, force_delete=True)
        move.write({"line_ids": [Command.delete(suspense.id), *map(Command.create, values)]})

    def examples(self, **values):
        history = self.env["ai.learning.history"]
        found = history._examples(self.company, date(2026, 1, 1), date(2026, 12, 31), **values)
        return {line_id: (example, lines) for line_id, example, lines in found}

    # === LESSONS === #

    def hand_coded(self, line, amount, account, taxes=None):
        """A line that the reviewer codes with the addon; returns the applied suggestion."""
        if isinstance(line, str):
            line = self.line(line, amount)
        row = {"account_id": account.id, "amount": f"{amount:.2f}", "tax_ids": taxes.ids if taxes else []}
        return self.by_hand(line, write_off=[row])

    def lessons(self, line):
        domain = [("res_model", "=", line._name), ("res_id", "=", line.id)]
        return self.env["ai.learning.event"].sudo().search(domain, order="id")

    def live(self, line):
        return self.env["ai.learning.event"]._live("bank_coding", line._name, line.ids)

    def label(self, account, taxes=()):
        return Template((Part(account.id, tuple(taxes)),)).label

    def case(self, text, amount="-500.00", payee=None, **values):
        values = {"date": date(2026, 6, 1), "currency": self.company.currency_id.name, **values}
        key = payee_key(None, "", payee or "", text)
        return Case(key=0, payee=key, text=text, amount=Decimal(amount), unit=str(self.bank.id), **values)

    def learner(self):
        self.env.flush_all()
        return self.env["ai.learning.model"]._learner(self.company)

    def guess(self, text, **values):
        return self.learner()[0].predict(self.case(text, **values))

    def assertUnknown(self, text):
        """Nobody coded this payee; what accounts are called may still suggest something."""
        self.assertNotEqual(self.guess(text).tier, "memory")

    def read_history(self, **values):
        """Read all history, as the queue does."""
        history = self.env["ai.learning.history"].sudo().create({"is_automatic": True, **values})
        history.action_start()
        while not history._carry_on(lambda: False):
            self.env.invalidate_all()
        return history

    def work(self, job):
        """One slice of the job, as the queue does it."""
        return self.env["sync.handler.learn"].sudo()._work(job, 30)

    def check_with_books(self):
        self.env.flush_all()
        list(self.env["ai.learning.event"].sudo()._check_company(self.company))

    def correct(self, line, source, target, amount, names_it=True):
        """An accountant moves a payment to another account at the end of its month."""
        journal = self.company_data["default_journal_misc"]
        rows = [(source.id, -amount), (target.id, amount)]
        move = self.env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": journal.id,
                "date": "2026-03-31",
                "ref": f"Correction of {line.move_id.name}" if names_it else "Accrual",
                "line_ids": [
                    Command.create({"account_id": account_id, "balance": balance, "name": "Month end"})
                    for account_id, balance in rows
                ],
            }
        )
        move.action_post()
        return move
