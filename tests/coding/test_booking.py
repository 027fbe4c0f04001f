"""What a coding books: accounts, taxes, analytic distribution, currencies, to the cent; and undone."""

from odoo.tests import tagged

from ..common import cents
from .common import CodingCase


@tagged("post_install", "-at_install")
class TestBooking(CodingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax.write({"amount": 15.0, "price_include_override": "tax_excluded"})
        cls.tax_account = cls.tax.invoice_repartition_line_ids.account_id

    def accepted(self, line, kind="bank_coding"):
        before = self.books()
        suggestion = self.propose(line)
        self.assertEqual((suggestion.kind, suggestion.is_question), (kind, False), suggestion.card)
        suggestion.action_accept()
        self.assertEqual(suggestion.state, "applied", suggestion.error)
        return suggestion, before

    def with_document(self, line):
        self.env["ir.attachment"].create(
            {"name": "receipt.pdf", "res_model": "account.move", "res_id": line.move_id.id}
        )
        return line

    def test_tax_is_in_the_amount(self):
        self.past("CARD SHELL", *[(-115.0, self.fuel, self.tax)] * 6)
        line = self.with_document(self.line("CARD SHELL 4711", -99.99))
        suggestion, before = self.accepted(line)
        tags = self.tax.invoice_repartition_line_ids.filtered(lambda part: part.repartition_type == "base").tag_ids
        self.assertEntry(
            line,
            [
                (self.fuel, 86.95, {"tax_ids": self.tax, "tax_tag_ids": tags}),
                (self.tax_account, 13.04, {"tax_line_id": self.tax}),
            ],
        )
        self.assertUndone(suggestion, before)

    def test_money_back_is_a_refund_of_the_tax(self):
        self.past("CARD SHELL", *[(115.0, self.fuel, self.tax)] * 6)
        line = self.with_document(self.line("CARD SHELL CREDIT", 23.0))
        suggestion, before = self.accepted(line)
        part = self.tax.refund_repartition_line_ids.filtered(lambda each: each.repartition_type == "tax")
        self.assertEntry(line, [(self.fuel, -20.0), (self.tax_account, -3.0, {"tax_repartition_line_id": part})])
        self.assertUndone(suggestion, before)

    def test_a_loan_in_two_parts(self):
        interest = self.make_account("Interest", "expense")
        debt, payments = 100000.0, []
        for _month in range(6):
            share = round(debt * 0.0025, 2)
            payments.append([self.row(share - 1000.0, self.loan), self.row(-share, interest)])
            debt -= 1000.0 - share
        self.past("LENDER LOAN", *payments)
        line = self.line("LENDER LOAN 4711", -1000.0)
        suggestion, before = self.accepted(line)
        share = round(debt * 0.0025, 2)
        self.assertEntry(line, [(self.loan, 1000.0 - share), (interest, share)])
        self.assertEqual(suggestion.case, "split")
        [balance] = suggestion.evidence["details"]["balances"]
        self.assertEqual(balance["account_id"], self.loan.id)
        self.assertEqual(cents(float(balance["after"]) - float(balance["before"])), cents(1000.0 - share))
        self.assertUndone(suggestion, before)

    def test_analytic_distribution(self):
        plan = self.env["account.analytic.plan"].create({"name": "Sites"})
        north, south = self.env["account.analytic.account"].create(
            [{"name": name, "plan_id": plan.id, "company_id": self.company.id} for name in ("North", "South")]
        )
        shares = {str(north.id): 60.0, str(south.id): 40.0}
        self.past("LANDLORD", *[[self.row(-500.0, self.rent, analytic_distribution=shares)]] * 6)
        line = self.line("LANDLORD MARCH", -510.0)
        suggestion, before = self.accepted(line)
        item = line.move_id.line_ids.filtered(lambda each: each.account_id == self.rent)
        self.assertEqual(item.analytic_distribution, shares)
        self.assertEqual(
            sorted((entry[plan._column_name()].name, cents(entry.amount)) for entry in item.analytic_line_ids),
            [("North", "-306.00"), ("South", "-204.00")],
        )
        self.assertUndone(suggestion, before)
        self.assertFalse(item.exists().analytic_line_ids)

    def euro_journal(self):
        """Rates in both years: a line whose rate is old is asked."""
        euro = self.env.ref("base.EUR")
        euro.active = True
        for day in ("2025-01-01", "2026-03-09"):
            self.env["res.currency.rate"].create({"currency_id": euro.id, "name": day, "rate": 0.8})
        return self.make_journal("BNKE", euro)

    def test_foreign_journal(self):
        journal = self.euro_journal()
        self.past("HOTEL", *[(-92.0, self.fuel, self.tax)] * 6, journal=journal)
        line = self.with_document(self.line("HOTEL 17", -46.0, journal=journal))
        suggestion, before = self.accepted(line)
        self.assertEntry(
            line,
            [(self.fuel, 50.0, {"amount_currency": 40.0}), (self.tax_account, 7.5, {"amount_currency": 6.0})],
        )
        self.assertUndone(suggestion, before)

    def test_a_balance_in_another_currency_is_shown_in_the_companys(self):
        journal = self.euro_journal()
        self.past("LENDER LOAN", *[(-80.0, self.loan)] * 3, journal=journal)
        suggestion = self.propose(self.line("LENDER LOAN", -80.0, journal=journal))
        [balance] = suggestion.evidence["details"]["balances"]
        self.assertEqual(balance, {"account_id": self.loan.id, "before": "300.00", "after": "400.00"})

    def test_wages_that_nobody_paid_before(self):
        wages = self.make_account("Wages payable", "liability_current")
        cost = self.make_account("Salaries", "expense")
        run = self.env["account.move"].create(
            {
                "date": "2026-03-08",
                "line_ids": [
                    (0, 0, {"account_id": cost.id, "balance": 9200.0}),
                    (0, 0, {"account_id": wages.id, "balance": -9200.0}),
                ],
            }
        )
        run.action_post()
        line = self.line("SALARIES MARCH", -9200.0)
        suggestion, before = self.accepted(line)
        self.assertEqual((suggestion.tier, suggestion.case, suggestion.confidence), ("match", "settles", 0.0))
        [balance] = suggestion.card["coding"]["balances"]
        self.assertEqual((balance["account"], balance["before"], balance["after"]), (wages.display_name, -9200.0, 0.0))
        self.assertEntry(line, [(wages, 9200.0)])
        self.assertUndone(suggestion, before)

    def test_the_partner_that_people_put_on_this_payer(self):
        shell = self.make_partner("Royal Dutch")
        lines = self.past("CARD SHELL", *[(-80.0, self.fuel)] * 4, partner_name="SHELL NV")
        lines.with_context(skip_account_move_synchronization=True).write({"partner_id": shell.id})
        line = self.line("CARD SHELL 4711", -91.5, partner_name="Shell NV")
        suggestion, before = self.accepted(line)
        self.assertEntry(line, [(self.fuel, 91.5)], partner=shell)
        self.assertUndone(suggestion, before)

    def test_many_at_once(self):
        self.past("CARD SHELL", *[(-80.0, self.fuel)] * 6)
        lines = self.line("CARD SHELL 1", -1.0)
        for number in range(2, 12):
            lines += self.line(f"CARD SHELL {number}", -float(number))
        before = self.books()
        found = self.propose(lines)
        self.assertEqual(len(found), 11)
        found.action_accept()
        self.assertEqual(set(found.mapped("state")), {"applied"})
        self.assertUndone(found, before)
