"""Instalments by the plan, to the cent; the plan keeps what is booked."""

import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import BANK, CounterpartCase


@tagged("post_install", "-at_install")
class TestLoans(CounterpartCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lender = cls.counterpart("lender", ("loan", cls.loan_account), number=BANK)

    def booked_line(self, amount, date, text="LOAN INSTALMENT"):
        line = self.line(text, amount, date, account_number=BANK)
        suggestion = self.propose(line)
        self.assertFalse(suggestion.is_question, suggestion.card)
        suggestion.action_accept()
        self.assertEqual(suggestion.state, "applied", suggestion.error)
        return line, suggestion

    def test_from_the_payment_out_to_the_second_instalment(self):
        loan = self.make_loan(self.lender)
        self.assertEqual(loan.line_ids[0].payment, 860.66)
        paid_out, _suggestion = self.booked_line(10000.0, "2025-12-31", "LOAN PAID OUT")
        self.assertEntry(paid_out, [(self.loan_account, -10000.0)])
        first, _suggestion = self.booked_line(-860.66, "2026-02-02")
        self.assertEntry(first, [(self.loan_account, 810.66), (self.interest, 50.0)])
        before = self.books()
        second, suggestion = self.booked_line(-860.66, "2026-02-28")
        self.assertEntry(second, [(self.loan_account, 814.71), (self.interest, 45.95)])
        self.assertEqual(loan.line_ids[1].bank_line_id, second)
        self.assertEqual(suggestion.card["settling"]["loan"], "Van")
        before["lines"][second.id] = None
        suggestion.action_undo()
        self.assertFalse(loan.line_ids[1].bank_line_id)
        self.assertFalse(second.is_reconciled)
        self.assertEqual(loan.line_ids[0].bank_line_id, first)

    def test_with_fee_and_undo_to_the_cent(self):
        self.make_loan(self.lender, fee=5.0)
        self.entry([(self.expense, 10000.0), (self.loan_account, -10000.0)], "2025-12-31")
        line = self.line("LOAN", -865.66, "2026-01-31", account_number=BANK)
        before = self.books()
        suggestion = self.propose(line)
        suggestion.action_accept()
        self.assertEntry(line, [(self.loan_account, 810.66), (self.interest, 50.0), (self.fee, 5.0)])
        self.assertUndone(suggestion, before)

    def test_an_extra_repayment_and_a_new_rate(self):
        loan = self.make_loan(self.lender)
        self.entry([(self.expense, 10000.0), (self.loan_account, -10000.0)], "2025-12-31")
        self.booked_line(-860.66, "2026-01-31")
        extra = {"date": "2026-02-28", "kind": "extra", "extra": 2000.0, "keeps": "payment"}
        loan.with_user(self.manager).write({"change_ids": [(0, 0, extra)]})
        self.assertEqual([line.payment for line in loan.line_ids[:3]], [860.66, 2000.0, 860.66])
        self.booked_line(-2000.0, "2026-02-28", "SONDERTILGUNG")
        third, _suggestion = self.booked_line(-860.66, "2026-03-02")
        # 9,189.34 less 2,000.00 on the last day of the month: interest for February on 9,189.34.
        self.assertEntry(third, [(self.loan_account, 814.71), (self.interest, 45.95)])
        rate = {"date": "2026-03-31", "kind": "rate", "rate": 3.0, "keeps": "term"}
        loan.with_user(self.manager).write({"change_ids": [(0, 0, rate)]})
        self.assertLess(loan.line_ids[4].interest, 20.0)
        self.assertEqual(loan.line_ids[0].bank_line_id.amount, -860.66)
        with self.assertRaises(UserError):
            loan.with_user(self.manager).write({"rate": 9.0})

    def test_books_that_owe_less_ask(self):
        self.make_loan(self.lender)
        self.entry([(self.expense, 9000.0), (self.loan_account, -9000.0)], "2025-12-31")
        line = self.line("LOAN", -860.66, "2026-01-31", account_number=BANK)
        suggestion = self.propose(line)
        self.assertTrue(suggestion.is_question)
        self.assertIn("loan_books_differ", {code for code, _v in suggestion.evidence["alternatives"][0]["reasons"]})

    def test_import(self):
        loan = (
            self.env["ai.loan"]
            .with_user(self.manager)
            .create(
                {
                    "name": "Imported",
                    "counterpart_id": self.lender.id,
                    "principal": 1000.0,
                    "account_id": self.loan_account.id,
                    "interest_account_id": self.interest.id,
                    "source": "imported",
                }
            )
        )
        head = "Fälligkeit;Rate;Zinsen;Tilgung;Restschuld\n"
        good = head + "31.01.2026;510,00;10,00;500,00;500,00\n28.02.2026;505,00;5,00;500,00;0,00\n"
        wizard = (
            self.env["ai.loan.import"]
            .with_user(self.manager)
            .create({"loan_id": loan.id, "file": base64.b64encode(good.encode()), "name": "plan.csv"})
        )
        wizard.action_import()
        self.assertEqual(
            [(line.payment, line.interest, line.after) for line in loan.line_ids],
            [(510.0, 10.0, 500.0), (505.0, 5.0, 0.0)],
        )
        loan.with_user(self.manager).action_start()
        bad = good.replace("510,00;10,00", "520,00;10,00")
        for data in (bad.encode(), b"nothing", b"", b"PK\x03\x04broken"):
            with self.assertRaises(UserError):
                loan.with_user(self.manager).import_plan(base64.b64encode(data), "plan.csv")
        self.assertEqual(len(loan.line_ids), 2)

    def test_who_may(self):
        loan = self.make_loan(self.lender)
        for call in (loan.action_start, loan.action_close, loan.action_draft, loan.action_replan):
            with self.assertRaises(AccessError):
                getattr(loan.with_user(self.reviewer), call.__name__)()
        with self.assertRaises(AccessError):
            loan.with_user(self.manager).write({"state": "closed"})
        with self.assertRaises(AccessError):
            loan.line_ids[0].with_user(self.manager).write({"payment": 1.0})
        with self.assertRaises(UserError):
            self.make_loan(self.lender, name="Endless", payment=10.0, count=60)
        self.assertTrue(
            self.env["ai.audit.log"].sudo().search([("event", "=", "loan_changed"), ("res_id", "=", loan.id)])
        )

    def test_locked_is_moved_back_and_the_instalment_waits_again(self):
        loan = self.make_loan(self.lender)
        self.entry([(self.expense, 10000.0), (self.loan_account, -10000.0)], "2025-12-31")
        line, suggestion = self.booked_line(-860.66, "2026-01-31")
        self.assertEqual(loan.line_ids[0].bank_line_id, line)
        self.company.sudo().fiscalyear_lock_date = "2026-01-31"
        with self.assertRaises(UserError):
            suggestion.action_undo()
        self.assertEqual(loan.line_ids[0].bank_line_id, line)
        suggestion.action_undo_by_transfer()
        self.assertFalse(loan.line_ids[0].bank_line_id)
        items = self.env["account.move.line"].search(
            [("account_id", "=", self.loan_account.id), ("parent_state", "=", "posted")]
        )
        self.assertEqual(round(sum(items.mapped("balance")), 2), -10000.0)

    def test_two_loans_on_one_account(self):
        one = self.make_loan(self.lender, reference="4711000001")
        two = self.make_loan(self.lender, name="Hall", reference="4711000002", rate=3.0, payment=860.66, count=12)
        self.assertTrue(one.is_shared and two.is_shared)
        line = self.line("LOAN", -860.66, "2026-01-31", account_number=BANK)
        self.assertTrue(self.propose(line).is_question, "nothing tells which one")
        told = self.line("LOAN 4711000002", -860.66, "2026-02-01", account_number=BANK)
        suggestion = self.propose(told)
        suggestion.action_accept()
        self.assertEntry(told, [(self.loan_account, 835.66), (self.interest, 25.0)])
        self.assertEqual(two.line_ids[0].bank_line_id, told)
