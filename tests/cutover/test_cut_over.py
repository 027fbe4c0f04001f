"""The first file on an account that was kept by hand: held, offered, cut over, to the cent on every day."""

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CutOverCase, cents


@tagged("post_install", "-at_install")
class TestCutOver(CutOverCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.by_hand_entry("2025-12-31", 1000.0, cls.equity, ref="Opening balance")
        cls.rent_january = cls.by_hand_entry("2026-01-05", -400.0, ref="Rent January")
        cls.sale = cls.by_hand_entry("2026-01-20", 250.0, cls.receivable, cls.northwind, "Invoice 20260017")
        cls.rent_february = cls.by_hand_entry("2026-02-04", -400.0, ref="Rent February")
        cls.sale_february = cls.by_hand_entry("2026-02-17", 310.0, cls.receivable, cls.yonder, "Invoice 20260023")
        cls.lines = [
            ("2026-01-05", -400.0, "Rent January"),
            ("2026-01-21", 250.0, "Northwind 20260017"),
            ("2026-02-05", -400.0, "Rent February"),
            ("2026-02-16", 310.0, "Blue Yonder 20260023"),
            ("2026-02-27", -9.9, "Account fee"),
        ]

    def imported(self, **values):
        return self.hand_over(self.lines, start="1000.00", end="750.10", **values)

    def test_held_and_offered(self):
        before = self.books()
        record = self.imported()
        self.assertRecordValues(record, [{"state": "held", "line_count": 5, "created_count": 0}])
        self.assertBooks(before)
        self.assertFalse(record.line_ids)
        self.assertIn("waits for a cut-over", record.notes_text)
        cut_over = record.cut_over_id
        self.assertRecordValues(
            cut_over,
            [
                {
                    "state": "open",
                    "date": fields.Date.to_date("2026-01-31"),
                    "bank_balance": 850.0,
                    "ledger_balance": 850.0,
                    "unexplained": 0.0,
                    "left_out_count": 2,
                    "imported_count": 3,
                    "moved_count": 2,
                    "asked_count": 0,
                }
            ],
        )
        suggestion = cut_over.suggestion_id
        self.assertRecordValues(suggestion, [{"kind": "cut_over", "state": "pending", "case": "cut_over"}])
        self.assertTrue(suggestion.card["reasons"])
        self.assertEqual(
            cut_over.line_ids.mapped("fate"), ["matched", "matched", "new", "opening", "in_books", "in_books"]
        )
        self.assertEqual(record.action_open_cut_over()["res_id"], cut_over.id)

    def test_accepted_to_the_cent(self):
        days = ("2025-12-25", "2026-01-31")
        kept = self.ledger_by_day(*days)
        record = self.imported()
        self.assertIs(record.cut_over_id.action_accept(), True)
        self.assertRecordValues(record, [{"state": "done", "created_count": 3, "duplicate_count": 2}])
        self.assertEqual(record.cut_over_id.state, "done")
        self.assertEqual(self.ledger_by_day(*days), kept, "what was kept by hand stays")
        after = ("2026-01-31", "2026-03-05")
        self.assertEqual(self.ledger_by_day(*after), self.truth_by_day(1000.0, self.lines, *after))
        # The first statement begins with the bank's balance of the cut-over.
        self.assertRecordValues(
            record.statement_ids, [{"balance_start": 850.0, "balance_end_real": 750.1, "is_complete": True}]
        )
        # Nothing posted was changed.
        self.assertEqual(self.rent_february.state, "posted")
        self.assertEqual(cents(sum(self.rent_february.line_ids.filtered("debit").mapped("debit"))), "400.00")
        self.assertEqual(self.balance_of(self.outstanding_out), "-400.00")
        self.assertEqual(self.balance_of(self.outstanding_in), "310.00")
        log = self.env["ai.audit.log"].sudo().search([("event", "=", "cut_over_done")])
        self.assertEqual(log.res_id, record.cut_over_id.id)

    def test_lines_match_what_became_outstanding(self):
        record = self.imported()
        record.cut_over_id.action_accept()
        found = self.match_all(record)
        cases = {suggestion.label: (suggestion.case, suggestion.state) for suggestion in found}
        self.assertEqual(cases["Rent February"], ("registered", "applied"))
        self.assertEqual(cases["Blue Yonder 20260023"], ("registered", "applied"))
        self.assertEqual(
            (self.balance_of(self.outstanding_in), self.balance_of(self.outstanding_out)), ("0.00", "0.00")
        )
        self.assertEqual(self.balance_of(self.rent), "800.00")
        self.assertEqual(self.balance_of(self.receivable), "-560.00")
        self.assertEqual(self.balance_of(self.journal.suspense_account_id), "9.90")
        items = record.cut_over_id.item_ids.outstanding_item_id
        self.assertTrue(all(items.mapped("reconciled")))

    def test_only_reviewers_decide(self):
        cut_over = self.imported().cut_over_id
        auditor = self.make_user("cut_auditor", "auditor")
        self.assertEqual(cut_over.with_user(auditor).state, "open")
        for name in ("action_accept", "action_drop", "action_refresh"):
            with self.assertRaises(AccessError):
                getattr(cut_over.with_user(auditor), name)()
        with self.assertRaises(AccessError):
            cut_over.with_user(self.reviewer).write({"date": "2026-02-01"})
        with self.assertRaises(AccessError):
            cut_over.line_ids[0].with_user(self.reviewer).write({"fate": "new"})

    def test_another_day(self):
        cut_over = self.imported().cut_over_id
        with self.assertRaises(UserError):
            cut_over.action_set_day("2026-06-01")
        cut_over.action_set_day("2026-02-16")
        # The sale was booked on the 17th and shown on the 16th.
        self.assertRecordValues(
            cut_over,
            [
                {
                    "bank_balance": 760.0,
                    "ledger_balance": 450.0,
                    "on_its_way": -310.0,
                    "unexplained": 0.0,
                    "moved_count": 1,
                }
            ],
        )
        cut_over.action_accept()
        after = ("2026-02-16", "2026-03-05")
        self.assertEqual(self.ledger_by_day(*after), self.truth_by_day(1000.0, self.lines, *after))
        self.assertEqual(self.balance_of(self.outstanding_in), "0.00")

    def test_not_a_pair(self):
        cut_over = self.imported().cut_over_id
        row = cut_over.line_ids.filtered(lambda line: line.bank_text == "Rent February").with_user(self.reviewer)
        row.action_part()
        parted = cut_over.line_ids.filtered(lambda line: line.bank_text == "Rent February").with_user(self.reviewer)
        self.assertRecordValues(parted, [{"fate": "new", "is_said": True, "can_choose": True, "books_count": 0}])
        parted.action_back()
        again = cut_over.line_ids.filtered(lambda line: line.bank_text == "Rent February")
        self.assertRecordValues(again, [{"fate": "matched", "is_said": False}])

    def test_bank_shows_it_later(self):
        cut_over = self.imported().cut_over_id
        cut_over.action_set_day("2026-01-20")
        self.assertRecordValues(cut_over, [{"bank_balance": 600.0, "ledger_balance": 850.0, "unexplained": 0.0}])
        cut_over.action_accept()
        after = ("2026-01-20", "2026-03-05")
        self.assertEqual(self.ledger_by_day(*after), self.truth_by_day(1000.0, self.lines, *after))
        record = cut_over.import_ids
        self.match_all(record)
        self.assertEqual(
            (self.balance_of(self.outstanding_in), self.balance_of(self.outstanding_out)), ("0.00", "0.00")
        )

    def test_older_files_are_left_out(self):
        record = self.imported()
        record.cut_over_id.action_accept()
        older = self.hand_over([("2026-01-05", -400.0, "Rent January"), ("2026-03-02", 5.0, "Interest")], name="S-0")
        self.assertRecordValues(older, [{"state": "done", "created_count": 1, "duplicate_count": 1}])
        self.assertIn("were left out", older.notes_text)
        again = self.imported(name="S-1")
        self.assertRecordValues(again, [{"created_count": 0, "duplicate_count": 5}])

    def test_two_files_wait_for_one_cut_over(self):
        first = self.hand_over(self.lines[:2], start="1000.00", end="850.00", name="S-1")
        second = self.hand_over(self.lines[2:], start="850.00", end="750.10", name="S-2")
        self.assertEqual(first.cut_over_id, second.cut_over_id)
        cut_over = first.cut_over_id
        self.assertEqual(cut_over.line_count, 5)
        cut_over.action_accept()
        self.assertEqual((first.state, second.state), ("done", "done"))
        after = ("2026-01-31", "2026-03-05")
        self.assertEqual(self.ledger_by_day(*after), self.truth_by_day(1000.0, self.lines, *after))

    def test_books_moved_meanwhile(self):
        cut_over = self.imported().cut_over_id
        self.by_hand_entry("2026-02-27", -9.9, ref="Account fee")
        suggestion = cut_over.suggestion_id
        cut_over.action_accept()
        self.assertEqual((suggestion.state, cut_over.state), ("superseded", "open"))
        cut_over.invalidate_recordset()
        self.assertEqual((cut_over.suggestion_id.state, cut_over.moved_count), ("pending", 3))
        cut_over.action_accept()
        self.assertEqual(cut_over.state, "done")

    def test_agreeing_books_go_on(self):
        """All that was posted lies before the file and is what it opens with: nothing can be doubled."""
        journal = self.make_hand_kept("AGR", iban="DE89370400440532013000")
        self.by_hand_entry("2025-12-31", 70.0, self.equity, ref="Opening", journal=journal)
        values = {"journal": journal, "account": "DE89370400440532013000"}
        record = self.hand_over([("2026-01-05", 5.0, "Interest")], start="70.00", end="75.00", **values)
        self.assertRecordValues(record, [{"state": "done", "created_count": 1}])
        self.assertIn("nothing is counted twice", record.notes_text)
        self.assertEqual(self.ledger("2026-01-31", journal), "75.00")
        self.assertRecordValues(record.cut_over_id, [{"state": "done", "is_automatic": True}])
        older = self.hand_over([("2025-12-30", 70.0, "Deposit")], name="S-0", **values)
        self.assertRecordValues(older, [{"created_count": 0, "duplicate_count": 1}])
        other = self.make_hand_kept("NOT", iban="DE12500105170648489890")
        self.by_hand_entry("2025-12-31", 71.0, self.equity, ref="Opening", journal=other)
        values = {"journal": other, "account": "DE12500105170648489890"}
        held = self.hand_over([("2026-01-05", 5.0, "Interest")], start="70.00", end="75.00", **values)
        self.assertEqual((held.state, cents(held.cut_over_id.unexplained)), ("held", "-1.00"))
