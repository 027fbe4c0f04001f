"""Locked periods: nothing is forced, the sentence says what to do, and the amount can be moved back."""

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import BankCase, cents


@tagged("post_install", "-at_install")
class TestLockedPeriods(BankCase):
    def lock(self, until):
        # By SQL: Odoo refuses to lock over open bank lines, and the tests have some that another user opened.
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_company SET fiscalyear_lock_date = %s WHERE id = %s", (until, self.company.id))
        self.env.invalidate_all()

    def test_period_locked_between_proposing_and_accepting(self):
        invoice = self.document(self.northwind, 1000.0)
        line = self.line(f"NORTHWIND TRADERS {invoice.name}", 1000.0)
        suggestion = self.propose(line)
        before = self.books()
        self.lock("2026-03-31")
        answer = suggestion.action_accept()
        self.assertEqual(suggestion.state, "failed")
        self.assertTrue(suggestion.error)
        self.assertNotIn("Traceback", suggestion.error)
        self.assertIn(suggestion.error, answer["params"]["message"])
        self.assertFalse(suggestion.move_ids)
        self.assertEqual(line.with_user(self.reviewer).ai_suggestion_id, suggestion)
        self.assertBooks(before)
        self.lock(None)
        self.assertIs(suggestion.action_accept(), True)
        self.assertEqual((suggestion.state, suggestion.error), ("applied", False))
        self.assertEntry(line, [(self.receivable, -1000.0)], self.northwind)
        self.assertUndone(suggestion, before)

    def test_locked_line_in_a_bulk_fails_alone(self):
        old = self.document(self.northwind, 100.0, date="2026-01-05")
        new = self.document(self.yonder, 200.0)
        lines = self.line(f"NORTHWIND TRADERS {old.name}", 100.0, "2026-01-20")
        lines += self.line(f"BLUE YONDER GMBH {new.name}", 200.0)
        found = self.propose(lines).sorted("date")
        self.lock("2026-01-31")
        found.action_accept()
        self.assertEqual(found.mapped("state"), ["failed", "applied"])
        self.assertOpen(old, 100.0, "not_paid")
        self.assertOpen(new, 0.0, "paid")

    def applied(self, **values):
        self.invoice = self.document(self.northwind, 1000.0, **values)
        self.bank_line = self.line(f"NORTHWIND TRADERS {self.invoice.name}", self.invoice.amount_total)
        return self.booked(self.bank_line, "one")

    def test_undo_in_a_locked_period_says_what_to_do(self):
        suggestion = self.applied()
        before = self.books()
        self.lock("2026-03-31")
        with self.assertRaisesRegex(UserError, "locked") as raised:
            suggestion.action_undo()
        self.assertIn("transfer", str(raised.exception))
        self.assertEqual(suggestion.state, "applied")
        self.assertBooks(before)

    def test_locked_one_keeps_a_batch_from_being_undone_by_halves(self):
        suggestion = self.applied()
        other = self.document(self.yonder, 40.0, date="2026-04-02")
        late = self.booked(self.line(f"BLUE YONDER GMBH {other.name}", 40.0, "2026-04-05"), "one")
        self.lock("2026-03-31")
        with self.assertRaises(UserError):
            (suggestion + late).action_undo()
        self.assertEqual((suggestion + late).mapped("state"), ["applied", "applied"])
        late.action_undo()
        self.assertOpen(other, 40.0, "not_paid")

    def test_locked_payer_of_a_return_is_not_separated(self):
        suggestion = self.applied()
        back = self.line(f"RETURNED DEBIT NORTHWIND TRADERS {self.invoice.name}", -1000.0, "2026-04-10")
        returned = self.propose(back)
        self.assertTrue(returned)
        self.lock("2026-03-31")
        before = self.books()
        if returned.is_question:
            key = next(c["key"] for c in returned.evidence["alternatives"] if c["case"] == "returned")
            with self.assertRaises(UserError):
                returned.action_choose(key)
        else:
            returned.action_accept()
            self.assertEqual(returned.state, "failed")
        self.assertBooks(before)
        self.assertEqual(suggestion.state, "applied")

    # === THE TRANSFER ENTRY === #

    def test_transfer_moves_the_amount_back_in_the_first_open_period(self):
        suggestion = self.applied(taxes=self.tax_sale_a)
        locked = self.books()
        self.assertFalse(suggestion.is_locked)
        self.lock("2026-03-31")
        suggestion.invalidate_recordset(["is_locked"])
        self.assertTrue(suggestion.is_locked)
        self.assertIs(suggestion.action_undo_by_transfer(), True)
        entry = suggestion.move_ids - self.bank_line.move_id - self.invoice
        self.assertEqual(len(entry), 1)
        self.assertEqual((entry.state, entry.move_type), ("posted", "entry"))
        self.assertEqual((entry.date, entry.journal_id), (date(2026, 4, 1), self.company_data["default_journal_misc"]))
        rows = {(item.account_id, cents(item.balance), item.partner_id) for item in entry.line_ids}
        self.assertEqual(
            rows, {(self.receivable, "1150.00", self.northwind), (self.suspense, "-1150.00", self.northwind)}
        )
        # In the locked period everything stays as it was: line, matching, invoice.
        after = self.books()
        for subject in ("items", "moves", "lines"):
            self.assertEqual({key: after[subject].get(key) for key in locked[subject]}, locked[subject])
        self.assertFalse(any(entry.line_ids.mapped("reconciled")))
        self.assertEqual(suggestion.state, "undone")
        logs = self.env["ai.audit.log"].sudo().search([("suggestion_id", "=", suggestion.id)])
        self.assertEqual(logs[:1].event, "undone")
        self.assertEqual(logs[:1].payload["transfer_move_id"], entry.id)

    def test_transfer_takes_back_a_coding_with_its_tax(self):
        line = self.line("Hotel", -115.0)
        row = {"account_id": self.expense.id, "amount": "-115.00", "tax_ids": self.tax_purchase_a.ids}
        suggestion = self.by_hand(line, write_off=[row])
        tags = line.move_id.line_ids.tax_tag_ids
        self.lock("2026-03-31")
        suggestion.action_undo_by_transfer()
        entry = suggestion.move_ids - line.move_id
        tax_account = self.tax_purchase_a.invoice_repartition_line_ids.account_id
        rows = sorted((item.account_id.id, cents(item.balance)) for item in entry.line_ids)
        expected = [(self.expense.id, "-100.00"), (tax_account.id, "-15.00"), (self.suspense.id, "115.00")]
        self.assertEqual(rows, sorted(expected))
        self.assertEqual(entry.line_ids.tax_tag_ids, tags)
        self.assertEqual(entry.line_ids.tax_line_id, self.tax_purchase_a)

    def test_transfer_in_a_foreign_currency(self):
        foreign = self.setup_other_currency("CHF", rates=[("2026-01-01", 2.0)])
        bank = self.make_journal("CHF1", foreign)
        line = self.line("Hotel", -200.0, journal=bank)
        suggestion = self.by_hand(line, write_off=[{"account_id": self.expense.id, "amount": "-200.00"}])
        self.lock("2026-03-31")
        suggestion.action_undo_by_transfer()
        entry = suggestion.move_ids - line.move_id
        rows = {(i.account_id, cents(i.balance), cents(i.amount_currency), i.currency_id) for i in entry.line_ids}
        self.assertEqual(
            rows,
            {
                (self.expense, "-100.00", "-200.00", foreign),
                (bank.suspense_account_id, "100.00", "200.00", foreign),
            },
        )

    def test_transfer_only_where_undo_is_locked(self):
        suggestion = self.applied()
        with self.assertRaisesRegex(UserError, "not locked"):
            suggestion.action_undo_by_transfer()
        self.assertEqual(suggestion.state, "applied")

    def test_transfer_only_once_and_only_of_what_was_booked(self):
        suggestion = self.applied()
        self.lock("2026-03-31")
        suggestion.action_undo_by_transfer()
        with self.assertRaisesRegex(UserError, "applied"):
            suggestion.action_undo_by_transfer()

    # === THE PREVIEW === #

    def test_preview_of_an_undo(self):
        suggestion = self.applied()
        before = self.books()
        [row] = suggestion.undo_preview()
        self.assertEqual((row["id"], row["line_id"]), (suggestion.id, self.bank_line.id))
        self.assertEqual((row["date"], row["amount"]), ("2026-03-10", "1000.00"))
        self.assertEqual((row["locked"], row["can_undo"], row["can_transfer"]), (False, True, False))
        self.assertEqual(
            row["documents"],
            [{"move_id": self.invoice.id, "name": self.invoice.name, "opens": "1000.00", "payment_state": "paid"}],
        )
        self.assertEqual(row["reversed"], [])
        self.assertIn("suspense", row["text"].lower())
        self.assertBooks(before)

    def test_preview_of_a_locked_undo(self):
        suggestion = self.applied()
        self.lock("2026-03-31")
        [row] = suggestion.undo_preview()
        self.assertEqual((row["locked"], row["can_undo"], row["can_transfer"]), (True, False, True))
        self.assertEqual(row["transfer_date"], "2026-04-01")
        self.assertIn("2026-03-31", row["text"])

    def test_preview_names_the_entries_that_are_reversed(self):
        foreign = self.setup_other_currency("CHF", rates=[("2026-03-01", 2.0), ("2026-03-10", 2.5)])
        bank = self.make_journal("CHF1", foreign)
        invoice = self.document(self.northwind, 1000.0, currency_id=foreign.id)
        line = self.line(f"NORTHWIND {invoice.name}", 1000.0, journal=bank)
        suggestion = self.booked(line, "one", asked=None)
        exchange = (self.term_line(invoice).matched_credit_ids).exchange_move_id
        self.assertTrue(exchange)
        [row] = suggestion.undo_preview()
        self.assertEqual([found["move_id"] for found in row["reversed"]], exchange.ids)

    def test_preview_of_a_returned_debit(self):
        self.applied()
        back = self.line(f"RETURNED DEBIT NORTHWIND TRADERS {self.invoice.name}", -1000.0, "2026-03-12")
        returned = self.booked(back, "returned", asked=None)
        [row] = returned.undo_preview()
        self.assertEqual([found["move_id"] for found in row["pays_again"]], self.invoice.ids)

    def test_preview_of_a_rejection(self):
        invoice = self.document(self.northwind, 5.0)
        suggestion = self.propose(self.line(f"NORTHWIND TRADERS {invoice.name}", 5.0))
        suggestion.action_reject("later")
        [row] = suggestion.undo_preview()
        self.assertEqual((row["can_undo"], row["documents"]), (True, []))
