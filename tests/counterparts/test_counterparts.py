"""Counterparts are found in chart and history, kept by a manager, and seen by their company."""

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
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
