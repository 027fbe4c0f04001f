"""Backtests: what was known then, what people booked, and what it means in money."""

from datetime import date, timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from odoo.addons.ai_bookkeeper.tests.common import BankCase, cents

#: All that a backtest reads and nothing that it may write.
BOOKS = (
    "account_move",
    "account_move_line",
    "account_bank_statement_line",
    "account_partial_reconcile",
    "account_full_reconcile",
    "account_payment",
    "res_partner",
    "res_partner_bank",
    "ai_suggestion",
    "ai_learning_event",
    "ai_learning_model",
    "ai_rule",
)


class BacktestCase(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("manager", "manager")

    def draft(self, first="2026-01-01", last="2026-12-31", **values):
        values = {"name": "Try", "date_from": first, "date_to": last, **values}
        return self.env["ai.backtest"].with_user(self.manager).create(values)

    def backtest(self, *dates, **values):
        backtest = self.draft(*dates, **values)
        backtest.action_start()
        self.work(backtest)
        return backtest

    def work(self, backtest, slices=100):
        """What the queue does; returns how many slices it took."""
        handler = self.env["sync.handler.backtest"]
        job = self.env["sync.job"].browse(backtest.job_id.id).sudo()
        taken = 1
        while not handler._work(job, 60.0) and taken < slices:
            taken += 1
        backtest.invalidate_recordset()
        return taken

    def of(self, backtest, line):
        return backtest.line_ids.filtered(lambda found: found.statement_line_id == line)

    def coded(self, text, amount, account, day, taxes=None):
        line = self.line(text, amount, date=str(day))
        row = {"account_id": account.id, "amount": cents(amount), "tax_ids": taxes.ids if taxes else []}
        self.by_hand(line, (), [row])
        return line

    def months(self, account, count=10, taxes=None, text="SHELL STATION", amount=-46.0):
        """Fuel, every week."""
        first = date(2026, 1, 5)
        return [
            self.coded(text, amount - number, account, first + timedelta(days=7 * number), taxes)
            for number in range(count)
        ]


class TestMatching(BacktestCase):
    def test_what_people_matched_is_found_as_it_stood(self):
        invoice = self.document(self.northwind, 120.0)
        line = self.line(f"Northwind Traders {invoice.name}", 120.0, partner_name="Northwind Traders Ltd")
        self.booked(line, "one")
        self.assertEqual(invoice.payment_state, "paid")
        backtest = self.backtest()
        self.assertEqual(backtest.state, "done", backtest.error)
        found = self.of(backtest, line)
        self.assertEqual((found.kind, found.outcome, found.is_accepted), ("bank_match", "same", True), found.reasons)
        self.assertEqual(cents(found.amount), "120.00")
        figures = backtest.result["all"]
        self.assertEqual((figures["lines"], figures["accepted"], figures["right"], figures["wrong"]), (1, 1, 1, 0))
        self.assertIn("all of them as you booked them", backtest.sentence)
        self.assertFalse(backtest.balance_ids.filtered("difference"))

    def test_parts_of_an_invoice_are_open_by_what_came_before(self):
        invoice = self.document(self.northwind, 300.0)
        lines = [
            self.line(f"{invoice.name} Northwind Traders Ltd", 100.0, date=f"2026-03-1{number}") for number in range(3)
        ]
        for line in lines:
            self.by_hand(line, [(self.term_line(invoice), "100.00")], partner=self.northwind)
        backtest = self.backtest()
        first, last = (self.of(backtest, line) for line in (lines[0], lines[2]))
        self.assertEqual((first.outcome, last.outcome), ("same", "same"))
        stays_open = [
            [cents(float(values["open"])) for code, values in line.reasons if code == "partial"]
            for line in (first, last)
        ]
        # Two hundred were open after the first; the last paid the rest exactly.
        self.assertEqual(stays_open, [["200.00"], []])

    def test_a_document_of_later_was_not_there(self):
        bill = self.bill(self.northwind, 80.0, date="2026-03-20")
        line = self.line("Northwind Traders Ltd", -80.0, date="2026-03-10", partner_name="Northwind Traders Ltd")
        self.by_hand(line, [(self.term_line(bill), "-80.00")], partner=self.northwind)
        found = self.of(self.backtest(), line)
        items = [row["move_line_id"] for row in (found.proposed or {}).get("counterparts", [])]
        self.assertNotIn(self.term_line(bill).id, items)
        [row] = found.booked["lines"]
        self.assertEqual((row["account_id"], row["amount"]), (self.payable.id, "-80.00"))

    def test_two_equal_documents_are_asked(self):
        first, second = (self.document(self.northwind, 75.0, date=day) for day in ("2026-03-01", "2026-03-02"))
        line = self.line("Northwind Traders Ltd", 75.0, partner_name="Northwind Traders Ltd")
        self.by_hand(line, [(self.term_line(second), "75.00")], partner=self.northwind)
        self.assertEqual(first.payment_state, "not_paid")
        found = self.of(self.backtest(), line)
        self.assertEqual((found.outcome, found.is_accepted), ("asked", False))


class TestCoding(BacktestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fuel = cls.make_account("Fuel", "expense")
        cls.repairs = cls.make_account("Repairs", "expense")

    def test_the_first_time_nothing_is_known_then_it_is_learned(self):
        lines = self.months(self.fuel)
        backtest = self.backtest()
        found = [self.of(backtest, line) for line in lines]
        self.assertFalse(found[0].is_accepted)
        self.assertIn(found[0].outcome, ("nothing", "asked"))
        self.assertEqual((found[-1].kind, found[-1].tier, found[-1].outcome), ("bank_coding", "memory", "same"))

    def test_decisions_of_the_same_day_teach_nothing(self):
        lines = [self.coded("NEW SHOP", -20.0 - number, self.fuel, "2026-02-02") for number in range(6)]
        backtest = self.backtest()
        self.assertEqual({self.of(backtest, line).outcome for line in lines}, {"nothing"})

    def test_what_differs_is_told_in_money(self):
        self.months(self.fuel)
        odd = self.coded("SHELL STATION", -115.0, self.repairs, "2026-04-15")
        backtest = self.backtest(min_confidence=0.3)
        found = self.of(backtest, odd)
        self.assertEqual((found.outcome, found.what, found.is_accepted), ("differs", ["account"], True), found.reasons)
        self.assertEqual(cents(found.difference), "115.00")
        april = backtest.balance_ids.filtered(lambda row: row.month == date(2026, 4, 1) and row.difference)
        sums = {(row.subject, row.account_id): cents(row.difference) for row in april}
        self.assertEqual(sums, {("account", self.repairs): "-115.00", ("account", self.fuel): "115.00"})
        row = april.filtered(lambda row: row.account_id == self.repairs)
        self.assertEqual((cents(row.booked), cents(row.machine)), ("115.00", "0.00"))
        action = row.action_open_lines()
        self.assertEqual(self.env["ai.backtest.line"].sudo().search(action["domain"]), found)
        self.assertIn("1 differ", backtest.sentence)
        self.assertIn("115.00", backtest.sentence)

    def test_input_tax_that_the_machine_would_not_have_claimed(self):
        """Without a document it takes none: the books show how much VAT that would have been."""
        tax = self.company_data["default_tax_purchase"]
        lines = self.months(self.fuel, taxes=tax)
        last = self.coded("SHELL STATION", -115.0, self.fuel, "2026-04-15", taxes=tax)
        self.company.ai_claims_without_document = False
        backtest = self.backtest(min_confidence=0.3)
        found = self.of(backtest, last)
        self.assertEqual((found.outcome, found.what, found.is_accepted), ("differs", ["tax"], True), found.reasons)
        net = 115.0 / (1 + tax.amount / 100)
        self.assertEqual(cents(found.difference), cents(115.0 - net))
        april = backtest.balance_ids.filtered(lambda row: row.month == date(2026, 4, 1) and row.difference)
        sums = {row.subject: cents(row.difference) for row in april if row.subject != "account"}
        self.assertEqual(sums, {"tax": cents(net - 115.0), "base": cents(-net)})
        whole = sum(row.difference for row in backtest.balance_ids if row.subject == "account")
        self.assertEqual(cents(whole), "0.00", "what leaves one account arrives on another")
        self.assertTrue(lines)

    def test_a_document_that_was_there_counts(self):
        """Attached in time it lets the machine claim the tax; attached later it was not there."""
        tax = self.company_data["default_tax_purchase"]
        self.months(self.fuel, taxes=tax)
        last = self.coded("SHELL STATION", -115.0, self.fuel, "2026-04-15", taxes=tax)
        self.company.ai_claims_without_document = False
        values = {"name": "receipt.txt", "raw": b"115.00", "res_model": "account.move", "res_id": last.move_id.id}
        receipt = self.env["ir.attachment"].create(values)
        self.assertEqual(self.of(self.backtest(), last).what, ["tax"])
        self.env.flush_all()
        self.env.cr.execute("UPDATE ir_attachment SET create_date = '2026-04-15 08:00' WHERE id = %s", (receipt.id,))
        self.assertEqual(self.of(self.backtest(), last).outcome, "same")

    def test_a_rule_speaks_from_its_last_change_on(self):
        """Made before the year, it is replayed; other words today are not what it said then."""
        self.months(self.fuel)
        last = self.coded("SHELL STATION", -70.0, self.fuel, "2026-04-15")
        values = {"name": "Shell", "tokens": "shell", "line_ids": [Command.create({"account_id": self.fuel.id})]}
        rule = self.env["ai.rule"].with_user(self.manager).create(values)
        self.env.flush_all()
        old = "2025-12-01 08:00"
        self.env.cr.execute("UPDATE ai_rule SET create_date = %s, changed_at = %s WHERE id = %s", (old, old, rule.id))
        self.env.cr.execute("UPDATE ai_rule_line SET write_date = %s WHERE rule_id = %s", (old, rule.id))
        rule.invalidate_recordset()
        rule.line_ids.invalidate_recordset()
        self.assertEqual(self.of(self.backtest(), last).tier, "rule")
        rule.tokens = "shell station"
        self.assertEqual(self.of(self.backtest(), last).tier, "memory")

    def test_the_real_books_stand_beside(self):
        self.months(self.fuel, count=4)
        backtest = self.backtest()
        rows = backtest.balance_ids.filtered(lambda row: row.account_id == self.fuel)
        self.assertEqual([(str(row.month), cents(row.booked)) for row in rows], [("2026-01-01", "190.00")])
        self.assertEqual(cents(rows.machine), "190.00")


class TestRunning(BacktestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fuel = cls.make_account("Fuel", "expense")

    def digest(self):
        self.env.flush_all()
        found = {}
        for table in BOOKS:
            self.env.cr.execute(f"SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t.id)) FROM {table} t")
            found[table] = self.env.cr.fetchone()
        return found

    def test_it_changes_nothing(self):
        invoice = self.document(self.northwind, 120.0)
        self.booked(self.line(invoice.name, 120.0, partner_name="Northwind Traders Ltd"), "one")
        self.months(self.fuel)
        before = self.digest()
        self.assertEqual(self.backtest().state, "done")
        self.assertEqual(self.digest(), before)

    def test_slices_go_on_where_they_stopped(self):
        self.months(self.fuel)
        whole = self.answers(self.backtest())
        self.patch(self.registry["ai.backtest"], "_chunk_size", lambda self: 3)
        self.patch(self.registry["sync.handler.backtest"], "_slice", lambda self, seconds: -1.0)
        backtest = self.draft()
        backtest.action_start()
        self.work(backtest, slices=2)
        self.assertEqual((backtest.state, backtest.done, backtest.total), ("running", 6, 10))
        self.assertLess(50, backtest.progress)
        self.work(backtest)
        self.assertEqual((backtest.state, backtest.done), ("done", 10))
        self.assertEqual(self.answers(backtest), whole)

    def answers(self, backtest):
        return {
            found.statement_line_id.id: (found.outcome, found.kind, found.tier, found.proposed, found.confidence)
            for found in backtest.line_ids
        }

    def test_cancelled_it_stops_and_keeps_what_it_has(self):
        self.months(self.fuel)
        self.patch(self.registry["ai.backtest"], "_chunk_size", lambda self: 3)
        self.patch(self.registry["sync.handler.backtest"], "_slice", lambda self, seconds: -1.0)
        backtest = self.draft()
        backtest.action_start()
        self.work(backtest, slices=1)
        backtest.action_cancel()
        self.assertEqual(self.work(backtest), 1)
        self.assertEqual((backtest.state, backtest.done), ("cancelled", 3))
        backtest.action_start()
        self.work(backtest)
        self.assertEqual((backtest.state, len(backtest.line_ids)), ("done", 10))

    def test_what_the_machine_booked_alone_proves_nothing(self):
        invoice = self.document(self.northwind, 120.0)
        line = self.line(invoice.name, 120.0, partner_name="Northwind Traders Ltd")
        suggestion = self.booked(line, "one")
        suggestion.sudo().write({"decision": "policy", "signed_off_by_id": False})
        backtest = self.backtest()
        self.assertFalse(backtest.line_ids)
        self.assertEqual(backtest.result["by_machine"], 1)
        self.assertIn("nothing to compare with", backtest.sentence)

    def test_an_empty_stretch(self):
        backtest = self.backtest("2020-01-01", "2020-12-31")
        self.assertEqual((backtest.state, backtest.total, backtest.progress), ("done", 0, 100.0))
        self.assertIn("nothing to compare with", backtest.sentence)

    def test_it_fails_with_words_and_can_be_tried_again(self):
        self.months(self.fuel, count=2)
        backtest = self.draft()
        backtest.action_start()
        backtest.sudo()._give_up("The rate table is empty.")
        self.assertEqual((backtest.state, backtest.error), ("failed", "The rate table is empty."))
        backtest.action_start()
        self.work(backtest)
        self.assertEqual((backtest.state, backtest.error), ("done", False))

    def test_two_backtests_are_compared(self):
        self.months(self.fuel)
        first = self.backtest()
        again = self.env["ai.backtest"].with_user(self.manager).browse(first.action_again()["res_id"])
        self.work(again)
        self.assertEqual(again.previous_id, first)
        self.assertIn("says the same", again.comparison)
        strict = self.backtest(min_confidence=1.0)
        self.assertFalse(strict.accepted_count)


class TestRights(BacktestCase):
    def test_managers_ask_auditors_read(self):
        backtest = self.draft()
        auditor, reviewer = (self.make_user(f"b_{role}", role) for role in ("auditor", "reviewer"))
        with self.assertRaises(AccessError):
            backtest.with_user(auditor).action_start()
        with self.assertRaises(AccessError):
            backtest.with_user(reviewer).read(["name"])
        self.assertEqual(backtest.with_user(auditor).name, "Try")
        with self.assertRaises(AccessError):
            self.env["ai.backtest"].with_user(auditor).create({"name": "x"})

    def test_nobody_writes_what_it_finds(self):
        backtest = self.draft()
        for values in ({"result": {"all": {}}}, {"state": "done"}, {"total": 5}, {"versions": {}}):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                backtest.write(values)
        with self.assertRaises(UserError):
            self.env["ai.backtest"].with_user(self.manager).create({"name": "x", "state": "done"})
        with self.assertRaises(UserError):
            self.backtest().write({"date_from": "2020-01-01"})

    def test_a_form_asks(self):
        form = Form(self.env["ai.backtest"].with_user(self.manager))
        form.date_from, form.date_to = "2026-01-01", "2026-06-30"
        self.assertEqual(form.save().state, "draft")

    def test_another_company_shows_nothing(self):
        backtest = self.backtest()
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self.make_user("b_other", "manager", company=other)
        self.assertNotIn(backtest.id, self.env["ai.backtest"].with_user(stranger).search([]).ids)
        with self.assertRaises(AccessError):
            backtest.with_user(stranger).action_start()
        with self.assertRaises(AccessError):
            self.env["ai.backtest"].with_user(stranger).create(
                {"date_from": "2026-01-01", "date_to": "2026-12-31", "company_id": self.company.id}
            )


class TestCorrection(BacktestCase):
    """The machine was right: an entry in an open period, which a reviewer decides and can undo."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fuel = cls.make_account("Fuel", "expense")
        cls.repairs = cls.make_account("Repairs", "expense")
        cls.tax = cls.company_data["default_tax_purchase"]

    def balances(self, *accounts):
        self.env.invalidate_all()
        items = self.env["account.move.line"].search(
            [("account_id", "in", [account.id for account in accounts]), ("parent_state", "=", "posted")]
        )
        return [
            cents(sum(items.filtered(lambda item, a=account: item.account_id == a).mapped("balance")))
            for account in accounts
        ]

    def wrong(self, **values):
        self.months(self.fuel)
        line = self.coded("SHELL STATION", -115.0, self.repairs, "2026-04-15", **values)
        found = self.of(self.backtest(min_confidence=0.3), line)
        self.assertEqual(found.outcome, "differs")
        return found

    def correction(self, found):
        action = found.action_machine_was_right()
        return self.suggestions.browse(action["res_id"])

    def test_another_account(self):
        found = self.wrong(taxes=self.tax)
        bank_entry = found.statement_line_id.move_id
        before = self.balances(self.fuel, self.repairs)
        self.assertEqual(before[1], cents(115.0 / (1 + self.tax.amount / 100)))
        suggestion = self.correction(found)
        self.assertEqual(self.balances(self.fuel, self.repairs), before, "nothing is booked before it is accepted")
        self.assertEqual((suggestion.kind, suggestion.state), ("correction", "pending"))
        self.assertEqual(self.correction(found), suggestion, "asked twice it is one")
        self.assertTrue(suggestion.card["differences"])
        self.assertIs(suggestion.action_accept(), True)
        self.assertEqual(suggestion.state, "applied", suggestion.error)
        entry = suggestion.move_ids - bank_entry
        self.assertEqual((entry.state, str(entry.date), entry.journal_id.type), ("posted", "2026-04-15", "general"))
        fuel, repairs = self.balances(self.fuel, self.repairs)
        self.assertEqual((cents(float(fuel) - float(before[0])), repairs), ("115.00", "0.00"))
        taxed = entry.line_ids.filtered("tax_line_id")
        self.assertEqual(cents(sum(taxed.mapped("balance"))), cents(-115.0 + 115.0 / (1 + self.tax.amount / 100)))
        self.assertEqual(found.correction_id, suggestion.with_user(self.manager))
        with self.assertRaises(UserError):
            found.action_machine_was_right()
        self.assertIs(suggestion.action_undo(), True)
        self.assertEqual(self.balances(self.fuel, self.repairs), before)

    def test_in_a_locked_period_it_goes_to_the_first_open_day(self):
        found = self.wrong()
        self.company.fiscalyear_lock_date = "2026-04-30"
        suggestion = self.correction(found)
        suggestion.action_accept()
        entry = suggestion.move_ids - found.statement_line_id.move_id
        self.assertEqual((suggestion.state, str(entry.date)), ("applied", "2026-05-01"))

    def test_what_was_changed_meanwhile_is_not_corrected(self):
        found = self.wrong()
        suggestion = self.correction(found)
        [item] = found.statement_line_id.move_id.line_ids.filtered(lambda item: item.account_id == self.repairs)
        item.account_id = self.expense
        suggestion.action_accept()
        self.assertEqual(suggestion.state, "superseded")

    def test_an_invoice_that_people_overlooked(self):
        invoice = self.document(self.northwind, 120.0)
        line = self.line(f"{invoice.name} Northwind Traders Ltd", 120.0, partner_name="Northwind Traders Ltd")
        self.by_hand(line, (), [{"account_id": self.income.id, "amount": "120.00"}])
        found = self.of(self.backtest(), line)
        self.assertEqual((found.kind, found.outcome), ("bank_match", "differs"))
        suggestion = self.correction(found)
        suggestion.action_accept()
        self.assertEqual(suggestion.state, "applied", suggestion.error)
        self.assertOpen(invoice, 0.0, "paid")
        suggestion.action_undo()
        self.assertOpen(invoice, 120.0, "not_paid")

    def test_who_may(self):
        found = self.wrong()
        auditor = self.make_user("b_auditor", "auditor")
        with self.assertRaises(AccessError):
            found.with_user(auditor).action_machine_was_right()
        same = found.backtest_id.line_ids.filtered(lambda line: line.outcome == "same")[:1]
        with self.assertRaises(UserError):
            same.action_machine_was_right()
        suggestion = self.correction(found)
        with self.assertRaises(AccessError):
            suggestion.with_user(self.manager).action_accept()
