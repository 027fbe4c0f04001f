"""Exported statements come back through the addon's own readers."""

import unittest
from decimal import Decimal
from itertools import islice

from benchmarks.bank.export import FORMATS
from benchmarks.bank.generator import generate
from benchmarks.bank.statements.statement import monthly
from readers import bankfile


class TestExport(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.statements = list(islice(monthly(generate(1000, 120)), 4))

    def read(self, name, statement):
        form = FORMATS[name]
        result = bankfile.read(form.render(statement), f"{statement.name}{form.SUFFIX}")
        self.assertEqual(len(result.statements), 1, name)
        return result.statements[0]

    def test_every_format_keeps_dates_and_amounts(self):
        for name in FORMATS:
            for statement in self.statements:
                lines = self.read(name, statement).lines
                self.assertEqual(
                    [(line.date, line.amount) for line in lines],
                    [(line.date, line.amount) for line in statement.lines],
                    name,
                )

    def test_balances_meet(self):
        for name in ("camt", "mt940"):
            for statement in self.statements:
                back = self.read(name, statement)
                total = sum((line.amount for line in back.lines), Decimal(0))
                self.assertEqual(back.balance_start + total, back.balance_end, name)

    def test_camt_keeps_party_account_and_reference(self):
        for statement in self.statements:
            for line, back in zip(statement.lines, self.read("camt", statement).lines, strict=True):
                self.assertEqual(back.partner_name or "", line.partner_name)
                self.assertEqual(back.account_number or "", line.account_number)
                self.assertIn(line.text.strip()[:30], back.text)


if __name__ == "__main__":
    unittest.main()
