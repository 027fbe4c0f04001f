import io
from datetime import timedelta

import openpyxl

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import ExpectingCase


@tagged("post_install", "-at_install")
class TestCashView(ExpectingCase):
    """The weeks ahead: what is open, what recurs, the opening balance by the bank."""

    def setUp(self):
        super().setUp()
        self.today = fields.Date.today()
        self.monday = self.today - timedelta(days=self.today.weekday())

    def figures(self, scope=None, user=None):
        return self.env["ai.cash.view"].with_user(user or self.auditor).figures(scope)

    def row(self, name, figures=None):
        return [week["rows"][name] for week in (figures or self.figures())["weeks"]]

    def week_of(self, day):
        return (day - self.monday).days // 7

    def test_an_empty_company(self):
        found = self.figures()
        self.assertTrue(found["is_empty"])
        self.assertEqual((found["opening"], len(found["weeks"])), (0.0, 13))

    def test_opening_is_what_the_bank_says(self):
        self.env["account.bank.statement"].create(
            {"name": "1", "balance_start": 400.0, "line_ids": [(6, 0, self.line("IN", 100.0, date=self.today).ids)]}
        )
        found = self.figures()
        self.assertEqual((found["opening"], found["known"]), (500.0, self.today.isoformat()))
        self.assertEqual(found["weeks"][12]["balance"], 500.0)

    def test_open_items_come_when_they_are_due(self):
        self.line("OPENING", 1000.0, date=self.today)
        self.document(self.northwind, 300.0, date=str(self.today), due=str(self.today + timedelta(days=30)))
        self.bill(self.yonder, 120.0, date=str(self.today), due=str(self.today + timedelta(days=14)))
        found = self.figures()
        self.assertEqual(self.row("receivable", found)[self.week_of(self.today + timedelta(days=30))], 300.0)
        self.assertEqual(self.row("payable", found)[self.week_of(self.today + timedelta(days=14))], -120.0)
        self.assertEqual(found["weeks"][12]["balance"], 1180.0)
        self.assertEqual(sum(week["net"] for week in found["weeks"]), 180.0)

    def test_a_part_paid_document_counts_with_its_rest(self):
        invoice = self.document(self.northwind, 300.0, date=str(self.today), due=str(self.today + timedelta(days=30)))
        line = self.line("PART", 100.0, date=self.today)
        self.by_hand(line, [(self.term_line(invoice), "100.00")], partner=self.northwind)
        self.assertEqual(sum(self.row("receivable")), 200.0)

    def test_payments_that_are_registered_wait_for_the_bank(self):
        bill = self.bill(self.yonder, 120.0, date=str(self.today))
        self.pay(bill, date=str(self.today))
        found = self.figures()
        self.assertEqual((sum(self.row("payable", found)), sum(self.row("registered_out", found))), (0.0, -120.0))

    def test_what_recurs_and_its_open_bill_is_counted_once(self):
        self.monthly(-1200.0, months=range(13, -1, -1))
        self.refreshed()
        recurring = [amount for amount in self.row("recurring_out") if amount]
        self.assertEqual(recurring, [-1200.0] * len(recurring))
        self.assertIn(len(recurring), (2, 3))
        self.bill(self.landlord, 1200.0, date=str(self.today), due=str(self.back(-1)))
        found = self.figures()
        self.assertEqual(sum(self.row("recurring_out", found)) + sum(self.row("payable", found)), sum(recurring))

    def test_a_week_tells_what_makes_it(self):
        invoice = self.document(self.northwind, 300.0, date=str(self.today), due=str(self.today + timedelta(days=30)))
        number = self.week_of(self.today + timedelta(days=30))
        key = self.figures()["scope"]
        [row] = self.env["ai.cash.view"].with_user(self.auditor).week(key, number)
        self.assertEqual((row["name"], row["amount"], row["row"]), (self.northwind.name, 300.0, "receivable"))
        items = self.env[row["model"]].with_user(self.auditor).search(row["domain"])
        self.assertEqual(items.move_id, invoice)
        self.assertEqual(self.env["ai.cash.view"].with_user(self.auditor).week(key, number - 1), [])

    def test_one_account_and_its_currency(self):
        dollars = self.env.ref("base.USD") if self.company.currency_id.name != "USD" else self.env.ref("base.EUR")
        dollars.active = True
        journal = self.make_journal("FX1", dollars)
        self.line("FX", 50.0, date=self.today, journal=journal)
        self.line("HOME", 70.0, date=self.today)
        scopes = {scope["label"]: scope["key"] for scope in self.figures()["scopes"]}
        self.assertEqual(self.figures(scopes[journal.display_name])["opening"], 50.0)
        self.assertEqual(self.figures(scopes[self.bank.display_name])["opening"], 70.0)
        by_currency = self.figures(f"currency:{self.company.id}:{dollars.name}")
        self.assertEqual((by_currency["opening"], by_currency["currency_id"]), (50.0, dollars.id))

    def test_the_workbook_says_the_same(self):
        self.line("OPENING", 1000.0, date=self.today)
        self.make_partner("x")
        evil = self.make_partner("=HYPERLINK(1)")
        self.document(evil, 300.0, date=str(self.today), due=str(self.today + timedelta(days=30)))
        figures = self.figures()
        name, content = self.env["ai.cash.view"].with_user(self.auditor)._workbook(figures["scope"])
        self.assertTrue(name.endswith(".xlsx"))
        book = openpyxl.load_workbook(io.BytesIO(content))
        weeks, items = book.worksheets
        rows = {row[0].value: [cell.value for cell in row[1:14]] for row in weeks.iter_rows()}
        self.assertEqual(rows["Balance, expected"], [week["balance"] for week in figures["weeks"]])
        cell = items.cell(2, 5)
        self.assertEqual((cell.value, cell.data_type), ("=HYPERLINK(1)", "s"))

    # === RIGHTS === #

    def test_only_roles_of_the_addon(self):
        user = new_test_user(self.env, "aib_plain", groups="base.group_user")
        view = self.env["ai.cash.view"].with_user(user)
        for attempt in (view.figures, lambda: view.week("company:1", 0), lambda: view._workbook("company:1")):
            with self.assertRaises(AccessError):
                attempt()

    def test_scopes_that_are_not_mine(self):
        other = self.env["res.company"].create({"name": "Other"})
        for key in (f"company:{other.id}", "journal:0", "currency", "company:1'; DROP TABLE x", "journal:999999"):
            with self.assertRaises(AccessError):
                self.figures(key)
        with self.assertRaises(UserError):
            self.env["ai.cash.view"].with_user(self.auditor).week(self.figures()["scope"], 13)

    def test_a_closed_journal_is_in_no_figure(self):
        secret = self.make_journal("SEC")
        self.line("BOARD", 9999.0, date=self.today, journal=secret)
        self.env["ir.rule"].create(
            {
                "name": "closed",
                "model_id": self.env["ir.model"]._get("account.journal").id,
                "domain_force": f"[('id', '!=', {secret.id})] if user.login == 'aib_auditor' else [(1, '=', 1)]",
            }
        )
        found = self.figures()
        self.assertEqual([scope["key"].split(":")[0] for scope in found["scopes"]].count("company"), 0)
        self.assertNotIn(f"journal:{secret.id}", [scope["key"] for scope in found["scopes"]])
        self.assertEqual(found["opening"], 0.0)
        with self.assertRaises(AccessError):
            self.figures(f"journal:{secret.id}")
