"""The reconciliation statement, to the cent: what the bank says, what the ledger says, why they differ."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import StatementCase


@tagged("post_install", "-at_install")
class TestReconciliation(StatementCase):
    def test_agreed(self):
        """An opening entry, two statements, a payment on its way, a line that nobody explained."""
        self.entry(1000.0, "2025-12-31")
        self.told("S1", 1000.0, 1250.0, [("Sale 1", 300.0, "2026-01-05"), ("Card fee", -50.0, "2026-01-20")])
        self.told("S2", 1250.0, 1150.0, [("Rent", -100.0, "2026-02-03")])
        bill = self.bill(self.northwind, 80.0, date="2026-02-01")
        payment = self.pay(bill, date="2026-02-25")
        found = self.sheet("2026-02-28")
        self.assertFigures(found, "1150.00", "1150.00")
        self.assertEqual(found["figures"]["bank"]["basis"], "closed")
        self.assertEqual(self.section(found, "unmatched", "in")["amount"], "300.00")
        self.assertEqual(self.section(found, "unmatched", "out")["amount"], "-150.00")
        [row] = self.section(found, "outstanding", "out")["rows"]
        self.assertEqual((row["amount"], row["entry"]), ("-80.00", payment.move_id.name))
        # 1150 in the ledger, 80 on their way out, 150 that the suspense account holds against the bank.
        self.assertEqual(found["figures"]["books"], "920.00")

    def test_any_day(self):
        """Before, within and after statements; what was open on a day stays open on that day."""
        self.entry(1000.0, "2025-12-31")
        bill = self.bill(self.northwind, 80.0, date="2026-01-10")
        payment = self.pay(bill, date="2026-01-25")
        self.told("S1", 1000.0, 1250.0, [("Sale", 300.0, "2026-01-05"), ("Fee", -50.0, "2026-01-20")])
        statement = self.told("S2", 1250.0, 1170.0, [("Northwind", -80.0, "2026-02-03")])
        self.assertFigures(self.sheet("2026-01-10"), "1300.00", "1300.00")
        self.assertEqual(self.section(self.sheet("2026-01-31"), "outstanding", "out")["amount"], "-80.00")
        self.by_hand(statement.line_ids, [(self.outstanding(payment), "-80.00")])
        self.assertTrue(self.outstanding(payment).reconciled)
        # Cleared in February: on the last of January it was on its way, and asked today it still is.
        found = self.sheet("2026-01-31")
        self.assertFigures(found, "1250.00", "1250.00")
        self.assertEqual(self.section(found, "outstanding", "out")["amount"], "-80.00")
        self.assertEqual(self.section(self.sheet("2026-02-03"), "outstanding", "out")["count"], 0)

    def test_before_the_first_statement(self):
        self.entry(1000.0, "2025-12-31")
        self.entry(-30.0, "2026-01-04")
        self.told("S1", 970.0, 1270.0, [("Sale", 300.0, "2026-02-05")])
        found = self.sheet("2026-01-02")
        self.assertEqual(found["figures"]["bank"]["basis"], "backwards")
        self.assertTrue(found["advice"])
        self.assertFigures(found, "970.00", "1000.00", between="30.00")
        self.assertFigures(self.sheet("2026-01-31"), "970.00", "970.00")
        self.assertFigures(self.sheet("2025-06-30"), "970.00", "0.00", between="-970.00")

    def test_empty_journal(self):
        journal = self.make_journal("EMP")
        found = self.sheet("2026-01-31", journal)
        self.assertFigures(found, "0.00", "0.00")
        self.assertEqual(found["figures"]["bank"]["basis"], "untold")
        rows = self.statements.overview("2026-01-31")["rows"]
        self.assertIn(journal.id, [row["journal_id"] for row in rows])

    def test_journal_without_account(self):
        journal = self.make_journal("NOA")
        journal.default_account_id = False
        with self.assertRaises(UserError):
            self.statements.statement(journal.id, "2026-01-31")
        rows = {row["journal_id"]: row for row in self.statements.overview("2026-01-31")["rows"]}
        self.assertTrue(rows[journal.id]["missing"])

    def test_no_statement_tells_a_balance(self):
        self.entry(1000.0, "2025-12-31")
        self.line("Sale", 300.0, "2026-01-05")
        found = self.sheet("2026-01-31")
        self.assertFigures(found, "300.00", "1300.00", entries="1000.00")
        self.assertTrue(found["advice"])

    def test_every_reason(self):
        """An opening that differs, a lost statement, lost lines, an entry by hand: each with its amount."""
        self.entry(990.0, "2025-12-31")
        self.told("S1", 1000.0, 1320.0, [("Sale", 300.0, "2026-01-05")])
        self.told("S3", 1400.0, 1500.0, [("Sale", 100.0, "2026-03-05")])
        hand = self.entry(7.0, "2026-03-06")
        found = self.sheet("2026-03-31")
        self.assertFigures(found, "1500.00", "1397.00", opening="-10.00", rest="-20.00", gap="-80.00", entries="7.00")
        [row] = self.section(found, "entries")["rows"]
        self.assertEqual(row["entry"], hand.name)
        self.assertIn("S3", next(reason["text"] for reason in found["reasons"] if reason["code"] == "gap"))

    def test_opening_entry_of_the_first_day(self):
        self.entry(1000.0, "2026-01-05")
        self.told("S1", 1000.0, 1300.0, [("Sale", 300.0, "2026-01-05")])
        found = self.sheet("2026-01-31")
        self.assertFigures(found, "1300.00", "1300.00")
        self.assertEqual(self.section(found, "opening")["amount"], "1000.00")

    def test_part_of_a_line(self):
        invoice = self.document(self.northwind, 70.0)
        line = self.line("Northwind", 100.0, "2026-03-10")
        self.by_hand(line, [(self.term_line(invoice), "70.00")])
        self.assertEqual(self.section(self.sheet("2026-03-31"), "unmatched", "in")["amount"], "30.00")

    def test_part_of_a_payment(self):
        invoice = self.document(self.northwind, 100.0)
        payment = self.pay(invoice, date="2026-03-05")
        line = self.line("Northwind", 60.0, "2026-03-10")
        self.by_hand(line, [(self.outstanding(payment), "60.00")])
        self.assertEqual(self.section(self.sheet("2026-03-09"), "outstanding", "in")["amount"], "100.00")
        self.assertEqual(self.section(self.sheet("2026-03-10"), "outstanding", "in")["amount"], "40.00")

    def test_other_entry_on_suspense(self):
        self.entry(12.0, "2026-03-01", account=self.suspense, journal=self.bank)
        found = self.sheet("2026-03-31")
        self.assertEqual(self.section(found, "suspense")["amount"], "12.00")
        self.assertEqual(found["figures"]["books"], "12.00")

    def test_two_journals_on_one_account(self):
        other = self.make_journal("TWO", default_account_id=self.account.id)
        self.told("S1", 0.0, 100.0, [("Sale", 100.0, "2026-01-05")])
        self.told("T1", 0.0, 40.0, [("Sale", 40.0, "2026-01-06")], journal=other)
        self.assertFigures(self.sheet("2026-01-31"), "100.00", "140.00", shared="40.00")
        self.assertFigures(self.sheet("2026-01-31", other), "40.00", "140.00", shared="100.00")

    def test_payment_whose_outstanding_account_is_the_bank(self):
        bill = self.bill(self.northwind, 80.0, date="2026-01-10")
        self.bank.outbound_payment_method_line_ids.payment_account_id = self.account
        self.told("S1", 0.0, 100.0, [("Sale", 100.0, "2026-01-05")])
        payment = self.pay(bill, date="2026-01-25")
        self.assertEqual(payment.outstanding_account_id, self.account)
        found = self.sheet("2026-01-31")
        self.assertFigures(found, "100.00", "20.00", entries="-80.00")
        self.assertEqual(self.section(found, "outstanding", "out")["count"], 0)

    def test_line_whose_entry_was_changed(self):
        self.told("S1", 0.0, 100.0, [("Sale", 100.0, "2026-01-05")])
        line = self.env["account.bank.statement.line"].search([("journal_id", "=", self.bank.id)])
        self.env.flush_all()
        # Around Odoo, as a careless script would.
        self.env.cr.execute(
            "UPDATE account_move_line SET balance = 90, debit = 90, amount_currency = 90 "
            "WHERE move_id = %s AND account_id = %s",
            [line.move_id.id, self.account.id],
        )
        self.env.invalidate_all()
        found = self.sheet("2026-01-31")
        self.assertFigures(found, "100.00", "90.00", changed="-10.00")
        self.assertEqual(self.section(found, "changed")["rows"][0]["line_id"], line.id)

    def test_drafts_and_cancelled_do_not_count(self):
        self.told("S1", 0.0, 100.0, [("Sale", 100.0, "2026-01-05")])
        late = self.line("Wrong", 55.0, "2026-01-06")
        late.move_id.button_draft()
        self.assertFigures(self.sheet("2026-01-31"), "100.00", "100.00")
        late.move_id.button_cancel()
        self.assertFigures(self.sheet("2026-01-31"), "100.00", "100.00")

    # === CURRENCIES === #

    def test_foreign_journal(self):
        foreign = self.setup_other_currency("EUR", rates=[("2026-01-01", 2.0), ("2026-02-01", 4.0)])
        journal = self.make_journal("FX", foreign)
        self.told("F1", 0.0, 100.0, [("Sale", 100.0, "2026-01-05")], journal=journal)
        self.entry(0.0, "2026-01-31", account=journal.default_account_id, currency_id=foreign.id, amount_currency=0.0)
        invoice = self.document(self.northwind, 40.0, date="2026-01-06", currency_id=foreign.id)
        self.pay(invoice, date="2026-01-20", journal_id=journal.id)
        found = self.sheet("2026-02-28", journal)
        self.assertFigures(found, "100.00", "100.00")
        self.assertEqual(found["figures"]["company_ledger"], "50.00")
        self.assertEqual(found["figures"]["valued"], {"amount": "25.00", "unrealised": "25.00"})
        waiting = self.section(found, "outstanding", "in")
        self.assertEqual((waiting["amount"], waiting["company_amount"]), ("40.00", "20.00"))
        line = self.section(found, "unmatched", "in")
        self.assertEqual((line["amount"], line["company_amount"]), ("100.00", "50.00"))

    def test_foreign_journal_original_amount(self):
        """A line on a foreign account that was in a third currency: open with the bank's amount."""
        foreign = self.setup_other_currency("EUR", rates=[("2026-01-01", 2.0)])
        third = self.setup_other_currency("CHF", rates=[("2026-01-01", 5.0)])
        journal = self.make_journal("FX", foreign)
        self.line("Sale", 100.0, "2026-01-05", journal=journal, foreign_currency_id=third.id, amount_currency=250.0)
        section = self.section(self.sheet("2026-01-31", journal), "unmatched", "in")
        self.assertEqual((section["amount"], section["company_amount"]), ("100.00", "50.00"))

    # === RIGHTS === #

    def test_rights(self):
        self.told("S1", 0.0, 100.0, [("Sale", 100.0, "2026-01-05")])
        for user in (self.auditor, self.manager):
            self.assertFigures(self.sheet("2026-01-31", user=user), "100.00", "100.00")
            with self.assertRaises(AccessError):
                self.statements.with_user(user).issue(self.bank.id, "2026-01-31")
        stranger = self.make_user("stm_nobody")
        for call in ("overview", "statement", "rows"):
            arguments = {"overview": (), "statement": (self.bank.id,), "rows": (self.bank.id, "2026-01-31", "entries")}
            with self.assertRaises(AccessError):
                getattr(self.statements.with_user(stranger), call)(*arguments[call])

    def test_other_company(self):
        company = self.setup_other_company(name="Elsewhere Ltd")["company"]
        journal = self.env["account.journal"].search([("company_id", "=", company.id), ("type", "=", "bank")], limit=1)
        with self.assertRaises(AccessError):
            self.statements.statement(journal.id, "2026-01-31")
        self.assertNotIn(journal.id, [row["journal_id"] for row in self.statements.overview()["rows"]])

    def test_bad_requests(self):
        for day in ("31.01.2026", "2026-02-31", {"a": 1}, 5):
            with self.assertRaises(UserError):
                self.statements.statement(self.bank.id, day)
        with self.assertRaises(UserError):
            self.statements.statement(self.company_data["default_journal_misc"].id, "2026-01-31")
        with self.assertRaises(UserError):
            self.statements.rows(self.bank.id, "2026-01-31", "x'; DROP TABLE res_users; --")
        with self.assertRaises(UserError):
            self.statements.statement(self.bank.id, "2026-01-31", version=3)
        with self.assertRaises(UserError):
            self.statements.statement(2**30, "2026-01-31")

    def test_hidden_entry(self):
        """In a journal that is closed to the reader: the amount counts, its text is not told."""
        secret = self.env["account.journal"].create({"name": "Salaries", "code": "SAL", "type": "general"})
        self.told("S1", 0.0, 100.0, [("Sale", 100.0, "2026-01-05")])
        move = self.entry(-9.0, "2026-01-20", journal=secret)
        move.line_ids.name = "SECRET wages"
        self.env["ir.rule"].create(
            {
                "name": "no salaries",
                "model_id": self.env["ir.model"]._get("account.journal").id,
                "domain_force": f"[('id', '!=', {secret.id})]",
            }
        )
        found = self.sheet("2026-01-31")
        self.assertFigures(found, "100.00", "91.00", entries="-9.00")
        self.assertNotIn("SECRET", str(found))
        self.assertNotIn(move.name, str(found))

    def test_constant_queries(self):
        def lines(count):
            for number in range(count):
                self.line(f"Sale {number}", 10.0, date(2026, 1, 5))

        lines(3)
        self.sheet("2026-01-31")
        with self.assertQueryCount(60):
            self.statements.statement(self.bank.id, "2026-01-31")
        lines(30)
        with self.assertQueryCount(60):
            self.statements.statement(self.bank.id, "2026-01-31")
