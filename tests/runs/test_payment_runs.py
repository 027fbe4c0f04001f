"""One debit that pays many bills: with the file that was sent, in part, returned, taken back."""

import base64
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError

from ...models.runs import ai_facts_bank as runs_facts
from ...readers.payment_file.tests.samples import credit_file, status_report
from ..common import BankCase, cents

OWN = "BE71096123456769"


class RunsCase(BankCase):
    """A bank journal with an account number; files are read by the reviewer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bank.bank_account_id = cls.env["res.partner.bank"].create(
            {"acc_number": OWN, "partner_id": cls.company.partner_id.id}
        )
        cls.company.ai_fee_account_id = cls.make_account("Bank fees", "expense")
        cls.currency = cls.company.currency_id.name

    @classmethod
    def with_account(cls, partner, number):
        cls.env["res.partner.bank"].create({"acc_number": number, "partner_id": partner.id})
        return partner

    def take(self, data, name="payments.xml", user=None):
        runs = self.env["ai.payment.run"].with_user(user or self.reviewer)
        return runs.browse(runs.take_file(name, base64.b64encode(data).decode()))

    def order(self, partner, amount, told="", account="", text="", **more):
        return {"end_to_end": told or "NOTPROVIDED", "amount": f"{amount:.2f}", "name": partner.name,
                "account": account,
                "text": text, "currency": self.currency, **more}  # fmt: skip

    def assertBalances(self, expected):
        """{account: balance} of the whole company; accounts that are left out are not compared."""
        for account, amount in expected.items():
            items = self.env["account.move.line"].search(
                [("account_id", "=", account.id), ("parent_state", "=", "posted"), ("company_id", "=", self.company.id)]
            )
            self.assertEqual(cents(sum(items.mapped("balance"))), cents(amount), account.display_name)


class TestPaymentRuns(RunsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.with_account(cls.northwind, "NL91ABNA0417164300")
        cls.with_account(cls.yonder, "DE89370400440532013000")
        cls.bills = [
            cls.bill(cls.northwind, 100.0, ref="N-1"),
            cls.bill(cls.yonder, 250.0, ref="Y-1"),
            cls.bill(cls.adatum, 75.5, ref="A-1"),
            cls.bill(cls.adatum, 60.0, ref="A-2"),
        ]

    def file(self, **more):
        orders = [
            self.order(self.northwind, 100.0, "E2E-0001", "NL91ABNA0417164300", "N-1"),
            self.order(self.yonder, 250.0, "E2E-0002", "DE89370400440532013000"),
            self.order(self.adatum, 75.5, "E2E-0003"),
        ]
        return credit_file(orders, account=OWN, name="PAY-2026-0077", **more)

    def test_the_whole_run_to_the_cent_and_back(self):
        run = self.take(self.file())
        self.assertEqual((run.state, run.line_count, run.unknown_count), ("sent", 3, 0))
        self.assertEqual(run.journal_id, self.bank)
        self.assertEqual(run.line_ids.partner_id, self.northwind + self.yonder + self.adatum)
        before = self.books()
        line = self.line("SEPA CT 8812", -425.5)
        lines = self.books()
        suggestion = self.booked(line, "payment_run")
        self.assertEqual(suggestion.evidence["details"]["run"]["id"], run.id)
        self.assertEntry(line, [(self.payable, 100.0), (self.payable, 250.0), (self.payable, 75.5)])
        self.assertEqual([cents(bill.amount_residual) for bill in self.bills], ["0.00", "0.00", "0.00", "60.00"])
        self.assertBalances({self.payable: -60.0, self.suspense: 0.0, self.bank.default_account_id: -425.5})
        self.assertEqual((run.state, set(run.line_ids.mapped("state"))), ("booked", {"booked"}))
        self.assertUndone(suggestion, lines)
        self.assertEqual((run.state, set(run.line_ids.mapped("state"))), ("sent", {"sent"}))
        line.unlink()
        self.assertBooks(before)

    def test_one_payee_rejected_the_debit_is_smaller(self):
        run = self.take(self.file())
        line = self.line("BATCH PAY-2026-0077", -175.5)
        suggestion = self.booked(line, "payment_run")
        self.assertEqual(self.bills[1].payment_state, "not_paid")
        self.assertBalances({self.payable: -310.0, self.suspense: 0.0})
        refused = run.line_ids.filtered(lambda order: order.state == "rejected")
        self.assertEqual(refused.partner_id, self.yonder)
        self.assertTrue(refused.reason)
        suggestion.action_undo()
        self.assertEqual(set(run.line_ids.mapped("state")), {"sent"})
        self.assertFalse(any(run.line_ids.mapped("reason")))

    def test_a_status_report_says_who_was_refused(self):
        run = self.take(self.file())
        self.take(status_report("MSG-1", "PAY-2026-0077", {"E2E-0002": "AC04"}), "report.xml")
        self.assertEqual(run.line_ids[1].state, "rejected")
        self.assertEqual(run.line_ids[1].reason, "AC04")
        line = self.line("DEBIT", -175.5)
        self.booked(line, "payment_run")
        self.assertEqual(self.bills[1].payment_state, "not_paid")

    def test_an_executed_payment_comes_back(self):
        run = self.take(self.file())
        self.booked(self.line("BATCH", -425.5), "payment_run")
        back = self.line("RETURN AC04", 250.0, "2026-03-12", transaction_type="PMNT-RCDT-RRTN AC04",
                         transaction_details={"references": ["E2E-0002"]})  # fmt: skip
        before = self.books(exact=False)
        suggestion = self.booked(back, "returned")
        self.assertOpen(self.bills[1], 250.0, "not_paid")
        self.assertOpen(self.bills[0], 0.0, self.bills[0]._get_invoice_in_payment_state())
        self.assertBalances({self.payable: -310.0, self.suspense: 0.0, self.bank.default_account_id: -175.5})
        self.assertEqual(run.line_ids.mapped("state"), ["booked", "returned", "booked"])
        self.assertUndone(suggestion, before, exact=False)
        self.assertEqual(run.line_ids.mapped("state"), ["booked", "booked", "booked"])

    def test_a_line_that_was_there_before_the_file(self):
        line = self.line("SEPA CT 8812", -425.5)
        self.propose(line)
        self.assertFalse(line.ai_suggestion_id and not line.ai_suggestion_id.is_question)
        self.take(self.file())
        suggestion = line.with_user(self.reviewer).ai_suggestion_id
        self.assertEqual((suggestion.case, suggestion.is_question), ("payment_run", False))

    def test_two_that_could_be_refused_are_asked(self):
        self.bill(self.adatum, 100.0, ref="A-3")
        orders = [
            self.order(self.northwind, 100.0, "E2E-0001", text="N-1"),
            self.order(self.adatum, 100.0, "E2E-0004", text="A-3"),
            self.order(self.yonder, 250.0, "E2E-0002"),
        ]
        self.take(credit_file(orders, account=OWN, name="PAY-2026-0078"))
        suggestion = self.propose(self.line("BATCH PAY-2026-0078", -350.0))
        self.assertTrue(suggestion.is_question)
        missing = [
            choice["details"]["run"]["missing"]
            for choice in suggestion.evidence["alternatives"]
            if choice.get("details")
        ]
        self.assertEqual(len(missing), 2)

    def test_without_a_file_by_due_date(self):
        for number, (partner, amount, due) in enumerate(
            [(self.northwind, 812.33, "2026-01-20"), (self.yonder, 120.1, "2026-03-07"),
             (self.adatum, 78.95, "2026-03-07"),
             (self.northwind, 911.41, "2026-03-10"), (self.yonder, 310.3, "2026-03-30")]
        ):  # fmt: skip
            self.bill(partner, amount, date="2026-01-10", due=due, ref=f"D-{number}")
        # The others are due on the first of March.
        line = self.line("SAMMELUEBERWEISUNG 3 POSTEN", -1110.46)
        self.booked(line, "payment_run")
        self.assertEntry(line, [(self.payable, 120.1), (self.payable, 78.95), (self.payable, 911.41)])

    def test_registered_payments_of_a_file(self):
        payments = self.env["account.payment"]
        for bill in self.bills[:3]:
            payments += self.pay(bill)
        self.take(self.file())
        line = self.line("DEBIT 77", -425.5)
        self.booked(line, "payment_run")
        self.assertEqual(set(payments.mapped("is_matched")), {True})
        self.assertBalances({payments.outstanding_account_id: 0.0, self.payable: -60.0, self.suspense: 0.0})

    # === FILES === #

    def test_the_same_file_twice(self):
        self.take(self.file())
        with self.assertRaisesRegex(UserError, "was read already"):
            self.take(self.file())
        with self.assertRaisesRegex(UserError, "was read already"):
            self.take(self.file(batch="false"))

    def test_a_file_of_another_company(self):
        with self.assertRaisesRegex(UserError, "no bank journal"):
            self.take(credit_file([self.order(self.yonder, 5.0)], account="FR1420041010050500013M02606"))

    def test_a_file_in_another_currency(self):
        orders = [{**self.order(self.yonder, 5.0), "currency": "GBP"}]
        with self.assertRaisesRegex(UserError, "GBP"):
            self.take(credit_file(orders, account=OWN))

    def test_what_is_no_payment_file(self):
        for data in (b"", b"hello", b"<a/>", b"<!DOCTYPE a><a/>"):
            with self.assertRaises(UserError):
                self.take(data)
        runs = self.env["ai.payment.run"].with_user(self.reviewer)
        with self.assertRaisesRegex(UserError, "base64"):
            runs.take_file("x.xml", "***")
        with self.assertRaises(UserError):
            runs.take_file(None, None)

    def test_only_reviewers_read_files(self):
        for role in ("manager", "auditor"):
            user = self.make_user(f"only_{role}", role)
            with self.assertRaises(AccessError):
                self.take(self.file(), user=user)

    def test_removed(self):
        run = self.take(self.file())
        line = self.line("DEBIT", -425.5)
        suggestion = self.propose(line)
        run.action_remove()
        self.assertFalse(run.exists())
        self.assertNotEqual(suggestion.case if suggestion.state == "pending" else "", "payment_run")
        run = self.take(self.file())
        self.booked(line, "payment_run")
        with self.assertRaisesRegex(UserError, "Undo"):
            run.action_remove()

    def test_by_hand(self):
        run = self.take(self.file())
        run.line_ids[1].action_refused()
        self.assertEqual(run.line_ids[1].state, "rejected")
        run.line_ids[1].action_sent_again()
        self.booked(self.line("DEBIT", -425.5), "payment_run")
        with self.assertRaisesRegex(UserError, "Undo the booking"):
            run.line_ids[0].action_refused()

    def test_a_partner_gets_its_account_later(self):
        stranger = self.make_partner("Mystery Parts")
        self.bill(stranger, 42.0, ref="M-1")
        order = {**self.order(stranger, 42.0, "E2E-9", "BE68539007547034"), "name": "MP trading as Mystery"}
        run = self.take(credit_file([order, self.order(self.yonder, 250.0, "E2E-2")], account=OWN))
        line = self.line("BATCH", -292.0)
        self.assertEqual(run.unknown_count, 1)
        self.assertTrue(self.propose(line).is_question or not self.propose(line))
        self.with_account(stranger, "BE68539007547034")
        run.action_look_again()
        self.assertEqual(run.unknown_count, 0)
        self.booked(line, "payment_run")

    def test_weak_keys_read_nothing_of_other_companies(self):
        run = self.take(self.file())
        other = self.make_user(
            "elsewhere",
            "reviewer",
            company=self.company_data_2["company"]
            if hasattr(self, "company_data_2")
            else self.env["res.company"].create({"name": "Else"}),
        )
        self.assertFalse(self.env["ai.payment.run"].with_user(other).search([("id", "=", run.id)]))
        with self.assertRaises(AccessError):
            run.with_user(other).read(["name"])
        with self.assertRaises(AccessError):
            run.line_ids.with_user(other).read(["name"])
        with self.assertRaises(AccessError):
            run.with_user(self.reviewer).write({"name": "x"})

    def test_constant_queries(self):
        self.take(self.file())
        few = self.line("BATCH", -425.5)
        many = self.env["account.bank.statement.line"].union(
            *(self.line(f"LINE {n}", -11.0 - n) for n in range(30)), few
        )
        facts = self.env["ai.facts.bank"]
        facts._collect(few)
        self.env.invalidate_all()
        with self.assertQueryCount(60):
            facts._collect(many)

    def test_batches_of_other_apps_are_found_by_their_field(self):
        """Whatever app holds payments together: any stored many-to-one field to one of the known models."""
        payments = self.pay(self.bills[0]) + self.pay(self.bills[1])
        facts = self.env["ai.facts.bank"]
        self.assertIsNone(facts._batch_field(), "no such app is installed here")
        # Partners stand for batches: a stored field to a model with a plain name.
        with patch.object(runs_facts, "BATCH_MODELS", ("res.partner",)):
            self.assertEqual(facts._batch_field().comodel_name, "res.partner")
            rows = [{"payment_id": payment.id, "batch": ""} for payment in payments] + [
                {"payment_id": None, "batch": "x"}
            ]
            facts._name_batches(rows)
        self.assertEqual([row["batch"] for row in rows], [*payments.mapped("partner_id.name"), "x"])

    def test_a_run_that_takes_a_cash_discount(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "2 % in 14 days",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 14,
                "early_pay_discount_computation": "mixed",
                "line_ids": [(0, 0, {"value": "percent", "value_amount": 100, "nb_days": 30})],
            }
        )
        bill = self.bill(self.yonder, 500.0, ref="Y-9", invoice_payment_term_id=term.id, invoice_date_due=False)
        orders = [
            self.order(self.yonder, 490.0, "E2E-0011", "DE89370400440532013000", "Y-9"),
            self.order(self.northwind, 100.0, "E2E-0012", "NL91ABNA0417164300", "N-1"),
        ]
        self.take(credit_file(orders, account=OWN, name="PAY-2026-0079"))
        line = self.line("BATCH", -590.0)
        before = self.books(exact=False)
        suggestion = self.booked(line, "payment_run")
        gain = self.company.account_journal_early_pay_discount_gain_account_id
        self.assertEntry(line, [(self.payable, 500.0), (self.payable, 100.0), (gain, -10.0)])
        self.assertEqual(cents(bill.amount_residual), "0.00")
        self.assertUndone(suggestion, before, exact=False)
