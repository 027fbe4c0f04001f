"""Cut-overs that are not plain: questions, sums, locks, currencies, payments, shared accounts, no balances."""

import base64

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CutOverCase, cents


@tagged("post_install", "-at_install")
class TestCutOverCases(CutOverCase):
    def test_one_line_for_many_entries_and_the_reverse(self):
        """A payment run booked bill by bill, and card sales booked as one sum."""
        self.by_hand_entry("2025-12-31", 900.0, self.equity, ref="Opening balance")
        for number, amount in enumerate((-110.0, -95.5, -44.5)):
            self.by_hand_entry("2026-01-14", amount, self.payable, self.adatum, f"Bill {number}")
        self.by_hand_entry("2026-01-22", 300.0, self.income, ref="Card sales of the week")
        lines = [
            ("2026-01-15", -250.0, "Payment run"),
            ("2026-01-20", 120.0, "Cards Tuesday"),
            ("2026-01-22", 180.0, "Cards Thursday"),
            ("2026-01-30", -1.5, "Fee"),
        ]
        record = self.hand_over(lines, start="900.00", end="948.50")
        cut_over = record.cut_over_id
        cut_over.action_set_day("2026-01-14")
        self.assertEqual(cents(cut_over.unexplained), "0.00")
        cut_over.action_accept()
        days = ("2026-01-14", "2026-02-03")
        self.assertEqual(self.ledger_by_day(*days), self.truth_by_day(900.0, lines, *days))
        found = self.match_all(record)
        self.assertEqual([(each.case, each.state) for each in found], [("registered", "applied")] * 3)
        self.assertEqual(
            (self.balance_of(self.outstanding_in), self.balance_of(self.outstanding_out)), ("0.00", "0.00")
        )

    def test_question_between_two_sides_of_the_day(self):
        """One line, two entries of its amount, one on each side: who knows which of them the bank has shown?"""
        self.by_hand_entry("2026-01-03", 500.0, self.equity, ref="Opening")
        first = self.by_hand_entry("2026-01-14", -80.0, ref="Cleaning")
        second = self.by_hand_entry("2026-01-16", -80.0, ref="Cleaning")
        lines = [("2026-01-04", 10.0, "Interest"), ("2026-01-15", -80.0, "Cleaning"), ("2026-01-20", -7.0, "Fee")]
        cut_over = self.hand_over(lines, start="500.00", end="423.00").cut_over_id
        cut_over.action_set_day("2026-01-15")
        self.assertEqual(cut_over.asked_count, 1)
        suggestion = cut_over.suggestion_id
        with self.assertRaisesRegex(UserError, "the day lies between them"):
            suggestion.action_accept()
        self.assertEqual((suggestion.state, cut_over.state), ("pending", "open"))
        row = cut_over.line_ids.filtered(lambda line: line.fate == "asked")
        pick = self.env["ai.cut.over.pick"].with_user(self.reviewer).with_context(default_line_id=row.id).create({})
        self.assertEqual(len(pick.option_ids), 2)
        key = row.bank_keys[0]
        item = first.line_ids.filtered(lambda item: item.account_id == self.journal.default_account_id)
        pick.option_ids.filtered(lambda option: option.item_keys == item.ids).action_take()
        self.assertEqual((cut_over.asked_count, cut_over.said["pairs"]), (0, {key: item.ids}))
        with self.assertRaises(UserError, msg="entries of another account"):
            cut_over._pair(key, self.term_line(self.document(self.northwind, 80)).ids)
        cut_over.action_accept()
        self.assertEqual(cut_over.state, "done")
        moved = cut_over.item_ids.move_line_id.move_id
        self.assertEqual(moved, second)

    def test_locked_days(self):
        """What is locked stays: the day lies after the lock, and what was on its way moves on the first open day."""
        self.by_hand_entry("2025-12-31", 900.0, self.equity, ref="Opening balance")
        self.by_hand_entry("2026-01-10", -100.0, ref="Rent")
        self.by_hand_entry("2026-01-30", -60.0, ref="Cheque 4711")
        self.by_hand_entry("2026-02-10", -100.0, ref="Rent")
        lines = [
            ("2026-01-10", -100.0, "Rent"),
            ("2026-02-03", -60.0, "Cheque 4711"),
            ("2026-02-10", -100.0, "Rent"),
            ("2026-02-20", 33.0, "Interest"),
        ]
        self.env.cr.execute(
            "UPDATE res_company SET fiscalyear_lock_date = '2026-01-31' WHERE id = %s", [self.company.id]
        )
        self.env.invalidate_all()
        kept = self.ledger_by_day("2025-12-30", "2026-01-31")
        record = self.hand_over(lines, start="900.00", end="673.00")
        self.assertEqual(record.state, "held", "the lock is no reason to refuse the file")
        cut_over = record.cut_over_id
        self.assertEqual(str(cut_over.first_day), "2026-01-31")
        self.assertGreaterEqual(str(cut_over.date), "2026-01-31")
        with self.assertRaises(UserError):
            cut_over.action_set_day("2026-01-30")
        cut_over.action_set_day("2026-01-31")
        self.assertEqual((cents(cut_over.unexplained), cents(cut_over.on_its_way)), ("0.00", "-60.00"))
        cut_over.action_accept()
        self.assertEqual(cut_over.state, "done", cut_over.suggestion_id.error)
        self.assertEqual(self.ledger_by_day("2025-12-30", "2026-01-31"), kept)
        days = ("2026-02-01", "2026-02-25")
        self.assertEqual(self.ledger_by_day(*days), self.truth_by_day(900.0, lines, *days))
        self.match_all(record)
        self.assertEqual(self.balance_of(self.outstanding_out), "0.00")

    def test_foreign_currency(self):
        """Entries keep the rate they were booked at; the line comes at its own, and the difference is exchange."""
        eur = self.setup_other_currency("EUR", rates=[("2026-01-01", 0.5), ("2026-02-09", 0.4), ("2026-02-19", 0.4)])
        journal = self.make_hand_kept("EURB", iban="DE89370400440532013000", currency=eur)
        values = {"currency_id": eur.id}
        bank = journal.default_account_id

        def booked(day, amount, balance, account):
            move = self.env["account.move"].create(
                {
                    "move_type": "entry",
                    "date": day,
                    "ref": "By hand",
                    "line_ids": [
                        Command.create(
                            {"account_id": bank.id, "balance": balance, "amount_currency": amount, **values}
                        ),
                        Command.create(
                            {"account_id": account.id, "balance": -balance, "amount_currency": -amount, **values}
                        ),
                    ],
                }
            )
            move.action_post()

        booked("2025-12-31", 1000.0, 2000.0, self.equity)
        booked("2026-01-10", -100.0, -200.0, self.rent)
        booked("2026-02-10", -100.0, -210.0, self.rent)
        lines = [("2026-01-10", -100.0, "Rent"), ("2026-02-11", -100.0, "Rent"), ("2026-02-20", 50.0, "Interest")]
        record = self.hand_over(
            lines, start="1000.00", end="850.00", journal=journal, account="DE89370400440532013000", currency="EUR"
        )
        cut_over = record.cut_over_id
        self.assertRecordValues(
            cut_over,
            [{"currency_id": eur.id, "ledger_balance": 900.0, "bank_balance": 900.0, "unexplained": 0.0}],
        )
        cut_over.action_accept()
        self.assertEqual(cut_over.state, "done", cut_over.suggestion_id.error)
        items = self.env["account.move.line"].search([("account_id", "=", bank.id), ("parent_state", "=", "posted")])
        self.assertEqual(cents(sum(items.mapped("amount_currency"))), "850.00")
        # 2000 - 200 by hand, -100 and +50 at 0.4 EUR for one USD.
        self.assertEqual(cents(sum(items.mapped("balance"))), cents(2000 - 200 - 250 + 125))
        self.match_all(record)
        self.assertEqual(self.balance_of(self.outstanding_out), "0.00")
        loss = self.company.expense_currency_exchange_account_id
        self.assertEqual(self.balance_of(loss), "40.00", "booked at 210, paid at 250")

    def test_payments_that_went_to_the_bank_account_itself(self):
        """Core's payments whose outstanding account is the bank account: moved like entries, and told of."""
        methods = self.journal.inbound_payment_method_line_ids
        methods.payment_account_id = self.journal.default_account_id
        invoice = self.document(self.northwind, 200.0, date="2026-01-05")
        payment = self.pay(invoice, date="2026-01-12", journal_id=self.journal.id)
        self.assertEqual(self.ledger("2026-01-31"), "200.00")
        lines = [("2026-01-02", 5.0, "Interest"), ("2026-01-13", 200.0, f"Northwind {invoice.name}")]
        record = self.hand_over(lines, start="0.00", end="205.00")
        cut_over = record.cut_over_id
        self.assertTrue(cut_over.posts_directly)
        cut_over.action_accept()
        self.assertEqual(cut_over.state, "done", cut_over.suggestion_id.error)
        days = ("2026-01-02", "2026-01-20")
        self.assertEqual(self.ledger_by_day(*days), self.truth_by_day(0.0, lines, *days))
        self.match_all(record)
        self.assertEqual(self.balance_of(self.outstanding_in), "0.00")
        self.assertEqual((invoice.payment_state, payment.state), ("paid", "paid"))
        self.assertEqual(self.balance_of(self.receivable), "0.00")

    def test_two_journals_on_one_account(self):
        """Entries that meet none of the lines may be the other bank's: they stay."""
        other = self.make_journal("OTHB", default_account_id=self.journal.default_account_id.id)
        self.by_hand_entry("2026-01-10", -100.0, ref="Rent")
        self.by_hand_entry("2026-01-11", -77.0, ref="The other bank's")
        own = self.by_hand_entry("2026-01-12", -33.0, ref="Own journal", journal_id=self.journal.id)
        self.by_hand_entry("2026-01-13", -11.0, ref="Other journal", journal_id=other.id)
        lines = [("2026-01-05", 9.0, "Interest"), ("2026-01-10", -100.0, "Rent"), ("2026-01-20", 50.0, "Interest")]
        cut_over = self.hand_over(lines, start="500.00", end="459.00").cut_over_id
        self.assertTrue(cut_over.is_shared)
        self.assertFalse(cut_over.bank_known)
        cut_over.action_set_day("2026-01-04")
        cut_over.action_accept()
        moved = cut_over.item_ids.move_line_id
        self.assertEqual(sorted(moved.mapped("balance")), [-100.0, -33.0])
        self.assertIn(own, moved.move_id)
        self.assertEqual(self.ledger("2026-01-31"), cents(9 - 100 + 50 - 77 - 11))

    def test_sheet_without_balances(self):
        """Nobody knows what the bank says: a person tells it, and the first statement begins with it."""
        self.by_hand_entry("2026-01-31", 640.0, self.equity, ref="Opening")
        self.by_hand_entry("2026-02-04", -40.0, ref="Rent")
        sheet = b"Date;Text;Amount\n2026-02-04;Rent;-40.00\n2026-02-09;Interest;3.00\n"
        imports = self.env["ai.bank.import"].with_user(self.reviewer)
        mapping = {"date": 0, "texts": [1], "amount": 2, "date_format": "YMD", "decimal_mark": "."}
        content = base64.b64encode(sheet).decode()
        record = imports.browse(imports.import_file(self.journal.id, "sheet.csv", content, mapping=mapping))
        cut_over = record.cut_over_id
        self.assertRecordValues(cut_over, [{"state": "open", "bank_known": False}])
        day = self.env["ai.cut.over.day"].with_user(self.reviewer).with_context(active_id=cut_over.id).create({})
        day.write({"date": "2026-02-03", "tells_balance": True, "bank_balance": 640.0})
        day.action_set()
        self.assertRecordValues(
            cut_over, [{"bank_known": True, "bank_balance": 640.0, "ledger_balance": 640.0, "unexplained": 0.0}]
        )
        cut_over.action_accept()
        self.assertRecordValues(record.statement_ids, [{"balance_start": 640.0, "balance_end_real": 603.0}])
        self.assertEqual(self.ledger("2026-02-28"), "603.00")

    def test_missing_and_left(self):
        """Both sides without an answer are told line by line, and a person says what they are."""
        self.by_hand_entry("2025-12-31", 100.0, self.equity, ref="Opening")
        self.by_hand_entry("2026-01-15", -30.0, ref="Typing mistake")
        lines = [("2026-01-05", 20.0, "Interest"), ("2026-01-16", -7.0, "Fee"), ("2026-02-20", 5.0, "Interest")]
        cut_over = self.hand_over(lines, start="100.00", end="118.00").cut_over_id
        cut_over.action_set_day("2026-01-31")
        self.assertRecordValues(cut_over, [{"bank_balance": 113.0, "ledger_balance": 70.0, "unexplained": 43.0}])
        rows = cut_over.line_ids
        missing = rows.filtered(lambda row: row.fate == "missing").with_user(self.reviewer)
        self.assertEqual(sorted(missing.mapped("bank_amount")), [-7.0, 20.0])
        missing.action_take()
        # What is left explains the difference to the cent: the bank will show it, say a cheque. A person knows better.
        self.assertEqual((cents(cut_over.unexplained), cents(cut_over.taken_amount)), ("0.00", "13.00"))
        left = cut_over.line_ids.filtered(lambda row: row.fate == "outstanding").with_user(self.reviewer)
        self.assertEqual(left.mapped("books_amount"), [-30.0])
        left.action_keep()
        self.assertEqual((cents(cut_over.unexplained), cut_over.moved_count), ("30.00", 0))
        cut_over.action_accept()
        self.assertEqual(len(cut_over.import_ids.line_ids), 3)

    def test_rpc_with_hostile_values(self):
        self.by_hand_entry("2026-01-15", -30.0, ref="Rent")
        record = self.hand_over([("2026-01-15", -30.0, "<script>alert(1)</script>")], start="0.00", end="-30.00")
        cut_over = record.cut_over_id
        for date in ("2026-13-45", "", None, "1900-01-01"):
            with self.assertRaises(UserError):
                cut_over.action_set_day(date)
        with self.assertRaises(UserError):
            cut_over._say("moved", [10**9])
        with self.assertRaises(AccessError):
            self.env["ai.cut.over"].with_user(self.reviewer).create({"journal_id": self.journal.id})
        with self.assertRaises(AccessError):
            cut_over.with_user(self.reviewer).with_context(ai_cut_over_gate=True).write({"state": "done"})

    def test_nobody_of_another_company(self):
        self.by_hand_entry("2026-01-15", -30.0, ref="Rent")
        cut_over = self.hand_over([("2026-01-15", -30.0, "Rent")], start="0.00", end="-30.00").cut_over_id
        stranger = self.make_user("cut_stranger", "reviewer", company=self.setup_other_company()["company"])
        self.assertFalse(self.env["ai.cut.over"].with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            cut_over.with_user(stranger).action_accept()
