"""Where a difference goes: cash discount, fee, withholding, rounding; base and tax to the cent, tags included."""

from odoo import Command
from odoo.tests import tagged

from ..common import BankCase, cents


@tagged("post_install", "-at_install")
class TestBookingDifferences(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.discount_loss = cls.make_account("Cash discount granted", "expense")
        cls.discount_gain = cls.make_account("Cash discount taken", "income_other")
        cls.fees = cls.make_account("Bank fees", "expense")
        cls.rounding = cls.make_account("Rounding", "expense")
        cls.withheld = cls.make_account("Withheld tax", "asset_current")
        cls.company.write(
            {
                "account_journal_early_pay_discount_loss_account_id": cls.discount_loss.id,
                "account_journal_early_pay_discount_gain_account_id": cls.discount_gain.id,
                "ai_fee_account_id": cls.fees.id,
                "ai_rounding_account_id": cls.rounding.id,
                "ai_withholding_account_id": cls.withheld.id,
                "ai_withholding_rates": "10",
            }
        )
        cls.tag_tax(cls.tax_sale_a, "SALE")
        cls.tag_tax(cls.tax_purchase_a, "BUY")

    @classmethod
    def tag_tax(cls, tax, code):
        """One tag for each repartition line, so that a wrong one is seen."""
        for kind in ("invoice", "refund"):
            for row in tax[f"{kind}_repartition_line_ids"]:
                tag = cls.env["account.account.tag"].create(
                    {
                        "name": f"{code} {kind} {row.repartition_type}",
                        "applicability": "taxes",
                        "country_id": tax.country_id.id,
                    }
                )
                row.tag_ids = [Command.set(tag.ids)]

    def tags(self, tax, kind, repartition_type):
        rows = tax[f"{kind}_repartition_line_ids"]
        return rows.filtered(lambda row: row.repartition_type == repartition_type).tag_ids

    def term(self, computation):
        return self.env["account.payment.term"].create(
            {
                "name": f"2 % in 10 days, {computation}",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 10,
                "early_pay_discount_computation": computation,
                "line_ids": [Command.create({"value": "percent", "value_amount": 100, "nb_days": 30})],
            }
        )

    # === CASH DISCOUNT === #

    def rows_of(self, items):
        return sorted(
            (
                item.account_id.code,
                cents(item.balance),
                tuple(sorted(item.tax_ids.ids)),
                item.tax_line_id.id,
                tuple(sorted(item.tax_tag_ids.ids)),
            )
            for item in items
        )

    def check_discount(self, computation, move_type, taxes, paid):
        """Beside core's own payment register of a twin document: the same base, tax and tags."""
        partner = self.northwind if move_type == "out_invoice" else self.yonder
        term = self.term(computation)
        make = {"taxes": taxes, "invoice_payment_term_id": term.id}
        twin = self.document(self.adatum, 1000.0, move_type, ref="TWIN-1", **make)
        document = self.document(partner, 1000.0, move_type, ref="DISC-88", **make)
        sign = 1 if move_type == "out_invoice" else -1
        payment = self.pay(twin, date="2026-03-10")
        self.assertEqual(cents(payment.amount), cents(paid), "core agrees on the discounted amount")
        self.assertOpen(twin, 0.0, "paid")
        line = self.line(f"{partner.name} {document.name} DISC-88", sign * paid)
        before = self.books()
        suggestion = self.booked(line, "discount")
        self.assertOpen(document, 0.0, "paid")
        self.assertReconciled(line)
        liquidity = line._seek_for_lines()[0]
        theirs = payment.move_id.line_ids - self.outstanding(payment)
        self.assertEqual(self.rows_of(line.move_id.line_ids - liquidity), self.rows_of(theirs))
        self.assertUndone(suggestion, before)

    def test_customer_discount_included(self):
        self.check_discount("included", "out_invoice", self.tax_sale_a, 1127.0)

    def test_customer_discount_excluded(self):
        self.check_discount("excluded", "out_invoice", self.tax_sale_a, 1130.0)

    def test_customer_discount_mixed(self):
        self.check_discount("mixed", "out_invoice", self.tax_sale_a, 1127.0)

    def test_vendor_discount_included(self):
        self.check_discount("included", "in_invoice", self.tax_purchase_a, 1127.0)

    def test_vendor_discount_excluded(self):
        self.check_discount("excluded", "in_invoice", self.tax_purchase_a, 1130.0)

    def test_vendor_discount_mixed(self):
        self.check_discount("mixed", "in_invoice", self.tax_purchase_a, 1127.0)

    def test_discount_included_corrects_base_and_tax(self):
        document = self.document(
            self.northwind, 1000.0, taxes=self.tax_sale_a, invoice_payment_term_id=self.term("included").id
        )
        line = self.line(f"NORTHWIND {document.name}", 1127.0)
        before = self.books()
        suggestion = self.booked(line, "discount")
        base_tags = self.tags(self.tax_sale_a, "refund", "base")
        tax_tags = self.tags(self.tax_sale_a, "refund", "tax")
        tax_line = document.line_ids.filtered("tax_line_id")
        self.assertEntry(
            line,
            [
                (self.receivable, -1150.0, {"reconciled": True}),
                (self.discount_loss, 20.0, {"tax_ids": self.tax_sale_a, "tax_tag_ids": base_tags}),
                (tax_line.account_id, 3.0, {"tax_line_id": self.tax_sale_a, "tax_tag_ids": tax_tags}),
            ],
        )
        self.assertUndone(suggestion, before)

    def test_late_discount_stays_partly_open(self):
        document = self.document(
            self.northwind, 1000.0, taxes=self.tax_sale_a, invoice_payment_term_id=self.term("included").id
        )
        line = self.line(f"NORTHWIND {document.name}", 1127.0, date="2026-03-20")
        before = self.books()
        suggestion = self.booked(line, "partial", asked=None)
        self.assertEntry(line, [(self.receivable, -1127.0)], self.northwind)
        self.assertOpen(document, 23.0, "partial")
        self.assertUndone(suggestion, before)

    def test_discount_of_a_partly_paid_invoice_is_not_granted(self):
        document = self.document(self.northwind, 1000.0, invoice_payment_term_id=self.term("included").id)
        self.by_hand(self.line("part", 100.0, "2026-03-03"), [(self.term_line(document), "100.00")])
        line = self.line(f"NORTHWIND {document.name}", 880.0)
        for suggestion in self.propose(line):
            self.assertNotEqual(suggestion.case, "discount")

    # === FEE, WITHHOLDING, ROUNDING === #

    def test_bank_fee_with_tax_on_a_receipt(self):
        self.company.ai_fee_tax_id = self.tax_purchase_a
        invoice = self.document(self.northwind, 1000.0)
        line = self.line(f"NORTHWIND {invoice.name} less charges 11.50", 988.5)
        before = self.books()
        suggestion = self.booked(line, "fee", asked=None)
        tax_account = self.tax_purchase_a.invoice_repartition_line_ids.account_id
        self.assertEntry(
            line,
            [
                (self.receivable, -1000.0, {"reconciled": True}),
                (
                    self.fees,
                    10.0,
                    {
                        "tax_ids": self.tax_purchase_a,
                        "tax_tag_ids": self.tags(self.tax_purchase_a, "invoice", "base"),
                    },
                ),
                (
                    tax_account,
                    1.5,
                    {
                        "tax_line_id": self.tax_purchase_a,
                        "tax_base_amount": 10.0,
                        "tax_tag_ids": self.tags(self.tax_purchase_a, "invoice", "tax"),
                    },
                ),
            ],
        )
        self.assertOpen(invoice, 0.0, "paid")
        self.assertUndone(suggestion, before)

    def test_bank_fee_without_tax_on_a_payment(self):
        bill = self.bill(self.yonder, 500.0, ref="BY-6001")
        line = self.line("BLUE YONDER GMBH BY-6001 incl. charges 4.20", -504.2)
        before = self.books()
        suggestion = self.booked(line, "fee", asked=None)
        self.assertEntry(line, [(self.payable, 500.0), (self.fees, 4.2, {"tax_ids": self.env["account.tax"]})])
        self.assertOpen(bill, 0.0, "paid")
        self.assertUndone(suggestion, before)

    def test_withholding_goes_to_its_account(self):
        invoice = self.document(self.northwind, 1000.0, taxes=self.tax_sale_a)
        line = self.line(f"NORTHWIND {invoice.name}", 1050.0)
        before = self.books()
        suggestion = self.booked(line, "withholding", asked=None)
        self.assertEntry(line, [(self.receivable, -1150.0), (self.withheld, 100.0)], self.northwind)
        self.assertOpen(invoice, 0.0, "paid")
        self.assertUndone(suggestion, before)

    def test_rounding_under_the_cap(self):
        invoice = self.document(self.northwind, 123.47)
        line = self.line(f"NORTHWIND {invoice.name}", 123.45)
        before = self.books()
        suggestion = self.booked(line, "rounding", asked=None)
        self.assertEntry(line, [(self.receivable, -123.47), (self.rounding, 0.02)], self.northwind)
        self.assertOpen(invoice, 0.0, "paid")
        self.assertUndone(suggestion, before)

    def test_difference_over_the_caps_stays_open(self):
        invoice = self.document(self.northwind, 100.0)
        line = self.line(f"NORTHWIND {invoice.name}", 60.0)
        self.booked(line, "partial", asked=None)
        self.assertOpen(invoice, 40.0, "partial")

    # === CODED BY HAND === #

    def test_purchase_coded_by_hand_splits_the_tax(self):
        line = self.line("Office supplies", -115.0)
        before = self.books()
        rows = [{"account_id": self.expense.id, "amount": "-115.00", "tax_ids": self.tax_purchase_a.ids, "label": "x"}]
        preview = line.with_user(self.reviewer).ai_preview_by_hand({"write_off": rows})
        self.assertEqual((preview["left"], preview["error"]), ("0.00", None))
        suggestion = self.by_hand(line, write_off=rows)
        self.assertEqual((suggestion.kind, suggestion.case, suggestion.origin), ("bank_coding", "manual", "user"))
        tax_account = self.tax_purchase_a.invoice_repartition_line_ids.account_id
        self.assertEntry(
            line,
            [
                (self.expense, 100.0, {"tax_tag_ids": self.tags(self.tax_purchase_a, "invoice", "base")}),
                (tax_account, 15.0, {"tax_tag_ids": self.tags(self.tax_purchase_a, "invoice", "tax")}),
            ],
        )
        self.assertUndone(suggestion, before)

    def test_sale_coded_by_hand_is_an_invoice_for_the_tax_report(self):
        line = self.line("Cash sale", 230.0)
        before = self.books()
        suggestion = self.by_hand(
            line, write_off=[{"account_id": self.income.id, "amount": "230.00", "tax_ids": self.tax_sale_a.ids}]
        )
        tax_account = self.tax_sale_a.invoice_repartition_line_ids.account_id
        self.assertEntry(
            line,
            [
                (self.income, -200.0, {"tax_tag_ids": self.tags(self.tax_sale_a, "invoice", "base")}),
                (tax_account, -30.0, {"tax_tag_ids": self.tags(self.tax_sale_a, "invoice", "tax")}),
            ],
        )
        self.assertUndone(suggestion, before)

    def test_money_back_of_a_purchase_is_a_refund_for_the_tax_report(self):
        line = self.line("Returned goods", 23.0)
        suggestion = self.by_hand(
            line, write_off=[{"account_id": self.expense.id, "amount": "23.00", "tax_ids": self.tax_purchase_a.ids}]
        )
        tax_account = self.tax_purchase_a.invoice_repartition_line_ids.account_id
        self.assertEntry(
            line,
            [
                (self.expense, -20.0, {"tax_tag_ids": self.tags(self.tax_purchase_a, "refund", "base")}),
                (tax_account, -3.0, {"tax_tag_ids": self.tags(self.tax_purchase_a, "refund", "tax")}),
            ],
        )
        self.assertEqual(suggestion.state, "applied")

    def test_analytic_distribution_is_booked(self):
        plan = self.env["account.analytic.plan"].create({"name": "Projects"})
        project = self.env["account.analytic.account"].create({"name": "Bridge", "plan_id": plan.id})
        line = self.line("Nails", -115.0)
        before = self.books()
        suggestion = self.by_hand(
            line,
            write_off=[
                {
                    "account_id": self.expense.id,
                    "amount": "-115.00",
                    "tax_ids": self.tax_purchase_a.ids,
                    "analytic_distribution": {str(project.id): 100},
                }
            ],
        )
        base = line.move_id.line_ids.filtered(lambda item: item.account_id == self.expense)
        self.assertEqual(base.analytic_distribution, {str(project.id): 100.0})
        self.assertEqual(cents(base.analytic_line_ids.amount), "-100.00")
        self.assertUndone(suggestion, before)
        self.assertFalse(self.env["account.analytic.line"].search([("account_id", "=", project.id)]))

    def test_part_of_a_line_stays_on_suspense(self):
        invoice = self.document(self.northwind, 70.0)
        line = self.line("Several things", 100.0)
        before = self.books()
        suggestion = self.by_hand(line, [(self.term_line(invoice), "70.00")])
        self.assertEntry(line, [(self.receivable, -70.0), (self.suspense, -30.0)], self.northwind)
        self.assertReconciled(line, left=30.0)
        self.assertUndone(suggestion, before)
