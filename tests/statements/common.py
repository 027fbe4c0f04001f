"""Bank lines in statements, entries on the bank account, and the statement that reconciles them."""

from decimal import Decimal

from odoo import Command

from ..common import BankCase


class StatementCase(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls.bank.default_account_id
        cls.auditor = cls.make_user("stm_auditor", "auditor")
        cls.manager = cls.make_user("stm_manager", "manager")
        cls.equity = cls.make_account("Capital", "equity")

    @property
    def statements(self):
        return self.env["ai.bank.reconciliation"].with_user(self.reviewer)

    @classmethod
    def told(cls, name, start, end, lines, journal=None):
        """A bank statement: its balances, and (text, amount, day) of its lines."""
        made = [cls.line(text, amount, day, journal=journal) for text, amount, day in lines]
        return cls.env["account.bank.statement"].create(
            {
                "name": name,
                "balance_start": start,
                "balance_end_real": end,
                "line_ids": [Command.set([line.id for line in made])],
            }
        )

    @classmethod
    def entry(cls, amount, day, account=None, against=None, journal=None, **values):
        """A posted entry by hand: ``amount`` on ``account`` (the bank's) against capital."""
        journal = journal or cls.company_data["default_journal_misc"]
        account, against = account or cls.account, against or cls.equity
        move = cls.env["account.move"].create(
            {
                "journal_id": journal.id,
                "date": day,
                "line_ids": [
                    Command.create({"account_id": account.id, "balance": amount, **values}),
                    Command.create({"account_id": against.id, "balance": -amount, **values}),
                ],
            }
        )
        move.action_post()
        return move

    def sheet(self, day, journal=None, user=None, version=None):
        found = self.statements.with_user(user or self.reviewer).statement((journal or self.bank).id, day, version)
        figures = found["figures"]
        # Whatever the books look like: the reasons add up to the difference, and nothing is left.
        reasons = sum((Decimal(reason["amount"]) for reason in figures["reasons"]), Decimal(0))
        self.assertEqual(reasons, Decimal(figures["difference"]))
        self.assertNotIn("unexplained", [reason["code"] for reason in figures["reasons"]])
        for section in found["sections"]:
            if section["count"] <= 40:
                self.assertEqual(len(section["rows"]), section["count"], section["name"])
                rows = sum((Decimal(row["amount"]) for row in section["rows"]), Decimal(0))
                self.assertEqual(rows, Decimal(section["amount"]), section["name"])
        return found

    def reasons(self, found):
        return {reason["code"]: reason["amount"] for reason in found["figures"]["reasons"]}

    def section(self, found, name, side=""):
        [section] = [each for each in found["sections"] if (each["name"], each["side"]) == (name, side)]
        return section

    def assertFigures(self, found, bank, ledger, **reasons):
        figures = found["figures"]
        self.assertEqual((figures["bank"]["balance"], figures["ledger"]), (bank, ledger))
        self.assertEqual(self.reasons(found), reasons)
