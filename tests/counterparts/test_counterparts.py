"""Counterparts are found in chart and history, kept by a manager, and seen by their company."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import BANK, OFFICE, CounterpartCase


@tagged("post_install", "-at_install")
class TestCounterparts(CounterpartCase):
    def find(self):
        self.env["ai.counterpart"].with_user(self.manager).action_find()
        return self.env["ai.counterpart"].sudo().search([("state", "=", "proposed")])

    def test_found_by_what_people_booked(self):
        for month in (1, 2, 3):
            line = self.line(
                f"PAYMENT {month}", -100.0, f"2026-0{month}-15", account_number=BANK, partner_name="Some Bank"
            )
            self.code(line, [self.row(-90.0, self.loan_account), self.row(-10.0, self.interest)])
        found = self.find().filtered(lambda each: each.kind == "lender")
        self.assertEqual((found.name, found.account_numbers), ("Some Bank", BANK))
        self.assertEqual(found.claim_ids.account_ids, self.loan_account)
        self.assertEqual(
            self.find(), self.env["ai.counterpart"].sudo().search([("state", "=", "proposed")]), "not found twice"
        )

    def test_found_by_name_is_used_only_when_kept(self):
        self.entry([(self.expense, 500.0), (self.payroll, -500.0)], "2026-03-31")
        line = self.line("STEUERN", -500.0, "2026-04-10", account_number=OFFICE, partner_name="Finanzamt Mitte")
        found = self.find().filtered(lambda each: each.kind == "tax_office")
        self.assertIn(self.payroll, found.claim_ids.filtered(lambda claim: claim.topic == "payroll_tax").account_ids)
        self.assertFalse(self.propose(line).filtered(lambda each: each._settling()))
        with self.assertRaises(AccessError):
            found.with_user(self.reviewer).action_keep()
        with self.assertRaises(AccessError):
            found.with_user(self.manager).write({"state": "kept"})
        found.with_user(self.manager).action_keep()
        suggestion = self.propose(line)
        self.assertEqual(suggestion._settling()["counterpart"], found.id)
        events = (
            self.env["ai.audit.log"].sudo().search([("event", "=", "counterpart_changed"), ("res_id", "=", found.id)])
        )
        self.assertTrue(events)

    def test_dropped_ones_do_not_come_back(self):
        self.line("STEUERN", -500.0, "2026-04-10", account_number=OFFICE, partner_name="Finanzamt Mitte")
        found = self.find()
        found.with_user(self.manager).action_drop()
        self.assertFalse(self.find())

    def test_what_makes_no_sense(self):
        with self.assertRaises(ValidationError):
            self.counterpart("tax_office", ("vat", self.vat), number="")
        with self.assertRaises(ValidationError):
            self.counterpart("tax_office", ("vat", self.expense))
        with self.assertRaises(ValidationError):
            self.counterpart("employee", ("expense", self.vat, {"by_partner": True}))
        with self.assertRaises(ValidationError):
            self.counterpart("sister", ("intercompany", self.vat), sister_company_id=self.company.id)

    def test_measured_on_decisions(self):
        self.counterpart("tax_office", ("vat", self.vat))
        for month in (1, 2):
            self.entry([(self.expense, 100.0 * month), (self.vat, -100.0 * month)], f"2026-0{month}-28")
            line = self.line(f"VAT 0{month}/2026", -100.0 * month, f"2026-0{month + 1}-15", account_number=OFFICE)
            suggestion = self.propose(line)
            self.assertEqual(suggestion.evidence["support"], [month - 1, month - 1])
            suggestion.action_accept()
        counterpart = self.env["ai.counterpart"].sudo().search([("kind", "=", "tax_office")])
        self.assertEqual(counterpart.settled_count, 2)
        self.assertEqual(counterpart.claim_ids.balance, 0.0)

    def test_sisters_books(self):
        other = self.setup_other_company(name="Sister BV")["company"]
        between = self.make_account("Intercompany Sister", "asset_current")
        self.counterpart("sister", ("intercompany", between), number=BANK, sister_company_id=other.id)
        bank = self.env["account.journal"].search([("company_id", "=", other.id), ("type", "=", "bank")], limit=1)
        self.env["account.bank.statement.line"].create(
            {"journal_id": bank.id, "payment_ref": "FROM SISTER", "amount": 5000.0, "date": "2026-03-11"}
        )
        line = self.line("FUNDING", -5000.0, "2026-03-10", account_number=BANK)
        suggestion = self.propose(line)
        self.assertFalse(suggestion.is_question)
        self.assertEqual(suggestion.card["settling"]["there"], {"company": None}, "no rights there, nothing shown")
        self.reviewer.write({"company_ids": [Command.link(other.id)]})
        suggestion.invalidate_recordset()
        there = suggestion.card["settling"]["there"]
        self.assertEqual(
            (there["company"], there["line"]["text"], there["line"]["booked"]), ("Sister BV", "FROM SISTER", False)
        )
        self.assertFalse(self.env["ai.suggestion"].sudo().search([("company_id", "=", other.id)]))
        suggestion.action_accept()
        self.assertEntry(line, [(between, 5000.0)])


@tagged("post_install", "-at_install")
class TestAttacks(CounterpartCase):
    def test_accounts_of_another_company(self):
        other = self.setup_other_company(name="Stranger")["company"]
        account = (
            self.env["account.account"]
            .sudo()
            .with_company(other)
            .search([("account_type", "=", "liability_current"), ("company_ids", "in", other.ids)], limit=1)
        )
        with self.assertRaises(UserError):
            self.counterpart("tax_office", ("vat", account))
        lender = (
            self.env["ai.counterpart"]
            .sudo()
            .create(
                {
                    "name": "Theirs",
                    "kind": "lender",
                    "company_id": other.id,
                    "bank_names": "Their Bank",
                    "claim_ids": [Command.create({"topic": "loan", "account_ids": [Command.set(account.ids)]})],
                }
            )
        )
        with self.assertRaises(UserError):
            self.make_loan(lender)

    def test_weak_callers(self):
        counterpart = self.counterpart("tax_office", ("vat", self.vat))
        user = self.make_user("counterparts_plain")
        auditor = self.make_user("counterparts_auditor", "auditor")
        for who in (user, auditor, self.reviewer):
            with self.assertRaises(AccessError):
                counterpart.with_user(who).write({"name": "Mine"})
            with self.assertRaises(AccessError):
                counterpart.with_user(who).action_find()
        self.assertEqual(counterpart.with_user(auditor).claim_ids.balance, 0.0)

    def test_texts_are_data(self):
        hostile = "<img src=x onerror=alert(1)>%(name)s') OR 1=1; -- " + "A" * 3000
        self.entry([(self.expense, 10.0), (self.vat, -10.0)], "2026-03-31")
        self.counterpart(
            "tax_office",
            ("vat", self.vat, {"words": hostile, "references": hostile}),
            bank_names=hostile,
            name=hostile[:200],
        )
        line = self.line(hostile, -10.0, "2026-04-20", account_number=OFFICE, partner_name=hostile)
        suggestion = self.propose(line)
        self.assertTrue(suggestion)
        self.assertIn("<img", str(suggestion.card["reasons"]) + str(suggestion.card["alternatives"]))

    def test_another_currency(self):
        dollar = self.setup_other_currency("EUR", rates=[("2026-04-19", 2.0)])
        bank = self.make_journal("FRGN", dollar)
        self.counterpart("tax_office", ("vat", self.vat))
        line = self.line("VAT", -300.0, "2026-04-20", journal=bank, account_number=OFFICE)
        worth = -line._seek_for_lines()[0].balance
        self.entry([(self.expense, worth), (self.vat, -worth)], "2026-03-31")
        suggestion = self.propose(line)
        self.assertFalse(suggestion.is_question, suggestion.card)
        before = self.books()
        suggestion.action_accept()
        self.assertEntry(line, [(self.vat, worth, {"amount_currency": 300.0})])
        self.assertUndone(suggestion, before)

    def test_queries_do_not_grow(self):
        self.entry([(self.expense, 600.0), (self.vat, -600.0)], "2026-03-31")
        self.counterpart("tax_office", ("vat", self.vat))
        for number in range(8):
            other = self.make_account(f"Fund {number}", "liability_current")
            self.counterpart("social_fund", ("social", other), number=f"BE{number:014d}", name=f"Fund {number}")
        lines = self.env["account.bank.statement.line"]
        for number in range(8):
            lines += self.line("FUND", -10.0 - number, "2026-04-20", account_number=f"BE{number:014d}")
        facts = self.env["ai.facts.counterpart"].sudo()
        bank = self.env["ai.facts.bank"].sudo()._collect(lines).lines
        counts = []
        for some in (bank[:1], bank):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            facts._known(self.company, some)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
