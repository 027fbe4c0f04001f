"""Taxes of bills to the cent: by the fiscal position, never more than the document charges; tags of the return."""

from odoo import Command
from odoo.tests import tagged

from .common import BillCase, reading


@tagged("post_install", "-at_install")
class TestBillTaxes(BillCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.ai_accept_bill = cls.company.ai_accept_credit_note = cls.company.ai_accept_receipt = "post"
        cls.tags = {
            name: cls.env["account.account.tag"].create(
                {"name": name, "applicability": "taxes", "country_id": cls.company.account_fiscal_country_id.id}
            )
            for name in ("base", "vat", "acquired", "owed", "deducted", "imported", "import_vat")
        }
        cls.vat = cls.company_data["default_account_tax_purchase"]
        cls.owed = cls.make_account("Tax Owed", "liability_current")
        cls.tagged20 = cls.make_tagged("20% S", 20, [("base", 100, None, "base"), ("tax", 100, cls.vat, "vat")])
        cls.company.account_purchase_tax_id = cls.tagged20
        cls.tax20.active = False
        abroad = cls.env["res.country"].search([("code", "=", "NL")])
        cls.position = cls.env["account.fiscal.position"].create(
            {"name": "Abroad", "auto_apply": True, "country_id": abroad.id, "company_id": cls.company.id}
        )
        cls.reverse = cls.make_tagged(
            "20% RC",
            20,
            [("base", 100, None, "acquired"), ("tax", 100, cls.vat, "deducted"), ("tax", -100, cls.owed, "owed")],
            fiscal_position_ids=cls.command_set(cls.position),
            original_tax_ids=cls.command_set(cls.tagged20),
        )
        cls.dutch = cls.make_partner("Amstel Software B.V.", country_id=abroad.id)

    @classmethod
    def make_tagged(cls, name, amount, parts, **values):
        repartition = [
            Command.create(
                {
                    "repartition_type": kind,
                    "factor_percent": factor,
                    "account_id": account.id if account else False,
                    "tag_ids": cls.command_set(cls.tags[tag]),
                }
            )
            for kind, factor, account, tag in parts
        ]
        lines = {f"{side}_repartition_line_ids": [Command.clear(), *repartition] for side in ("invoice", "refund")}
        return cls.make_tax(name, amount, **lines, **values)

    def tagged_sums(self, move):
        """{tag: sum of balances}"""
        found = {}
        for item in move.line_ids:
            for tag in item.tax_tag_ids:
                found[tag.name] = round(found.get(tag.name, 0.0) + item.balance, 2)
        return found

    def booked_bill(self, told, move_type="in_invoice"):
        move = self.arrived(told, move_type)
        self.accepted(move)
        self.assertEqual(move.state, "posted")
        return move

    def codes(self, suggestion):
        rows = suggestion.evidence["reasons"] + [r for line in suggestion.evidence["lines"] for r in line["reasons"]]
        return {code for code, _values in rows}

    def test_domestic_rate_is_claimed_with_its_tags(self):
        move = self.booked_bill(self.plain())
        self.assertBill(move, [(self.office, 100), (self.vat, 20)], 120)
        self.assertEqual(self.tagged_sums(move), {"base": 100, "vat": 20})

    def test_two_rates_line_by_line(self):
        items = [
            {"text": "Paper", "total": "50.00", "tax_rate": "20"},
            {"text": "Book", "total": "30.00", "tax_rate": "10"},
        ]
        taxes = [{"rate": "20", "base": "50.00", "tax": "10.00"}, {"rate": "10", "base": "30.00", "tax": "3.00"}]
        move = self.booked_bill(self.plain(net="80.00", tax="13.00", total="93.00", items=items, taxes=taxes))
        self.assertEqual(move.invoice_line_ids.mapped("tax_ids"), self.tagged20 | self.tax10)
        self.assertEqual((move.amount_untaxed, move.amount_tax, move.amount_total), (80.0, 13.0, 93.0))

    def test_items_that_do_not_add_up_become_a_line_a_rate(self):
        items = [{"text": "Paper", "total": "49.00"}, {"text": "Book", "total": "12.34"}]
        taxes = [{"rate": "20", "base": "50.00", "tax": "10.00"}, {"rate": "10", "base": "30.00", "tax": "3.00"}]
        move = self.booked_bill(self.plain(net="80.00", tax="13.00", total="93.00", items=items, taxes=taxes))
        self.assertEqual(sorted(move.invoice_line_ids.mapped("price_subtotal")), [30.0, 50.0])
        self.assertEqual(move.amount_total, 93.0)

    def test_documents_total_wins_over_rounding(self):
        move = self.booked_bill(self.plain(net="33.33", tax="6.66", total="39.99"))
        self.assertEqual((move.amount_untaxed, move.amount_total), (33.33, 39.99))
        self.assertEqual(self.tagged_sums(move), {"base": 33.33, "vat": 6.66})

    def test_intra_community_acquisition_is_self_assessed(self):
        told = self.plain(vendor=self.dutch.name, net="100.00", tax="0.00", total="100.00", taxes=[])
        move = self.arrived(told)
        suggestion = self.accepted(move)
        self.assertIn("reverse_charge", self.codes(suggestion))
        self.assertEqual(move.fiscal_position_id, self.position)
        account = move.invoice_line_ids.account_id
        self.assertBill(move, [(account, 100), (self.vat, 20), (self.owed, -20)], 100)
        self.assertEqual(self.tagged_sums(move), {"acquired": 100, "deducted": 20, "owed": -20})

    def test_foreign_tax_is_cost(self):
        told = self.plain(vendor=self.dutch.name, net="100.00", tax="21.00", total="121.00")
        told["taxes"] = [{"rate": "21", "base": "100.00", "tax": "21.00", "code": ""}]
        move = self.arrived(told)
        suggestion = self.accepted(move)
        self.assertIn("foreign_tax", self.codes(suggestion))
        self.assertFalse(move.invoice_line_ids.tax_ids)
        self.assertBill(move, [(move.invoice_line_ids.account_id, 121)], 121)

    def test_vendor_abroad_without_position_claims_nothing(self):
        japan = self.env["res.country"].search([("code", "=", "JP")])
        vendor = self.make_partner("Sakura Tools K.K.", country_id=japan.id)
        move = self.booked_bill(self.plain(vendor=vendor.name, tax="0.00", total="100.00", taxes=[]))
        self.assertFalse(move.invoice_line_ids.tax_ids)
        self.assertEqual(move.amount_total, 100.0)

    def test_small_business_without_tax(self):
        move = self.booked_bill(self.plain(tax="0.00", total="100.00", taxes=[]))
        self.assertFalse(move.invoice_line_ids.tax_ids)
        self.assertBill(move, [(move.invoice_line_ids.account_id, 100)], 100)

    def test_rate_that_the_chart_does_not_know_is_cost(self):
        told = self.plain(tax="13.00", total="113.00", taxes=[{"rate": "13", "base": "100.00", "tax": "13.00"}])
        move = self.arrived(told)
        suggestion = self.accepted(move)
        self.assertIn("tax_unknown", self.codes(suggestion))
        self.assertBill(move, [(move.invoice_line_ids.account_id, 113)], 113)

    def test_import_tax_by_the_customs_document(self):
        importing = self.make_tagged(
            "20% IMP",
            20,
            [("base", 100, None, "imported"), ("tax", 100, self.vat, "import_vat")],
            fiscal_position_ids=self.command_set(self.position),
        )
        told = self.plain(
            vendor="Customs Office",
            net="0.00",
            tax="400.00",
            total="400.00",
            items=[],
            taxes=[{"rate": "20", "base": "2000.00", "tax": "400.00"}],
        )
        self.make_partner("Customs Office", country_id=self.company.country_id.id)
        move = self.booked_bill(told)
        self.assertEqual(move.invoice_line_ids.tax_ids, importing)
        account = move.invoice_line_ids.account_id
        self.assertBill(move, [(account, 2000), (account, -2000), (self.vat, 400)], 400)
        self.assertEqual(self.tagged_sums(move), {"imported": 2000, "import_vat": 400})

    def test_withholding_by_its_tax(self):
        self.make_tax("-20% WH", -20)
        told = self.plain(net="100.00", tax="20.00", total="120.00", withheld="20.00")
        move = self.booked_bill(told)
        self.assertEqual((move.amount_untaxed, move.amount_total), (100.0, 100.0))

    def test_withholding_on_its_account(self):
        self.company.ai_withholding_account_id = self.make_account("Withheld", "liability_current")
        move = self.booked_bill(self.plain(withheld="15.00"))
        withheld = self.company.ai_withholding_account_id
        self.assertBill(move, [(self.office, 100), (self.vat, 20), (withheld, -15)], 105)

    def test_credit_note(self):
        move = self.booked_bill(self.plain(kind="credit_note"))
        self.assertEqual(move.move_type, "in_refund")
        self.assertBill(move, [(self.office, -100), (self.vat, -20)], -120)
        self.assertEqual(self.tagged_sums(move), {"base": -100, "vat": -20})

    def test_receipt_with_gross_items(self):
        items = [{"text": "Paper", "total": "60.00"}, {"text": "Ink", "total": "60.00"}]
        told = self.plain(kind="receipt", items=items, is_gross=True)
        move = self.booked_bill(told)
        self.assertEqual(move.move_type, "in_receipt")
        self.assertEqual((move.amount_untaxed, move.amount_total), (100.0, 120.0))

    def test_receipt_that_says_no_tax_claims_none(self):
        told = self.plain(kind="receipt", net=None, tax=None, items=[], taxes=[])
        move = self.booked_bill(told)
        self.assertFalse(move.invoice_line_ids.tax_ids)
        self.assertEqual(move.amount_total, 120.0)

    def test_share_of_the_tax_that_is_not_deductible_is_cost(self):
        self.env["ai.account.note"].sudo().create({"account_id": self.office.id, "deductible": 50})
        move = self.booked_bill(self.plain())
        self.assertBill(move, [(self.office, 50), (self.office, 60), (self.vat, 10)], 120)
        self.assertEqual(self.tagged_sums(move), {"base": 50, "vat": 10})

    def test_quantities_and_discounts_as_printed(self):
        items = [{"text": "Paper", "total": "90.00", "quantity": "10", "unit_price": "10.00", "discount": "10"}]
        move = self.booked_bill(self.plain(net="90.00", tax="18.00", total="108.00", items=items))
        line = move.invoice_line_ids
        self.assertEqual((line.quantity, line.price_unit, line.discount, line.price_subtotal), (10.0, 10.0, 10.0, 90.0))

    def test_tax_in_the_price(self):
        self.tagged20.price_include_override = "tax_included"
        move = self.booked_bill(self.plain())
        self.assertEqual((move.amount_untaxed, move.amount_total), (100.0, 120.0))

    def test_foreign_currency_at_its_rate(self):
        currency = self.env["res.currency"].create({"name": "QQR", "symbol": "R", "rounding": 0.01})
        self.env["res.currency.rate"].create({"currency_id": currency.id, "name": "2026-03-01", "rate": 4.0})
        told = self.plain(currency=currency.name)
        move = self.booked_bill(told)
        self.assertEqual((move.currency_id, move.amount_total), (currency, 120.0))
        self.assertEqual(f"{move.amount_total_signed:.2f}", "-30.00")

    def test_missing_rate_is_asked_for(self):
        currency = self.env["res.currency"].create({"name": "QQQ", "symbol": "Q", "rounding": 0.01})
        move = self.arrived(self.plain(currency=currency.name))
        suggestion = self.proposed(move)
        self.assertIn("rate_missing", self.codes(suggestion))
        self.assertEqual(suggestion.confidence, 0.0)
        with self.assertRaisesRegex(Exception, "no exchange rate of QQQ"):
            suggestion.action_accept()
        self.assertEqual(suggestion.state, "pending")
        self.env["res.currency.rate"].create({"currency_id": currency.id, "name": "2026-03-01", "rate": 2.0})
        self.assertIs(suggestion.action_accept(), True)
        self.assertEqual(f"{move.amount_total_signed:.2f}", "-60.00")

    def test_unknown_document_is_no_bill(self):
        move = self.arrived(reading("reminder", vendor=self.vendor.name, total="10.00", date="2026-01-01"))
        self.assertFalse(self.proposed(move))

    def test_vendor_from_abroad_that_is_registered_here(self):
        own = self.company.account_fiscal_country_id.code
        told = self.plain(vendor=self.dutch.name, vendor_vat=f"{own}123456789")
        move = self.arrived(told)
        suggestion = self.accepted(move)
        self.assertIn("vendor_registered_here", self.codes(suggestion))
        self.assertEqual(move.invoice_line_ids.tax_ids, self.tagged20)
        self.assertFalse(move.fiscal_position_id)

    def test_posted_credit_note_is_undone_to_the_draft_of_then(self):
        move = self.arrived(self.plain(kind="credit_note"))
        suggestion = self.accepted(move)
        suggestion.action_undo()
        self.assertEqual((move.state, move.move_type, move.line_ids.ids), ("draft", "in_invoice", []))

    def test_self_assessed_tax_is_reported_whole(self):
        account = self.make_account("Car Rental", "expense")
        self.env["ai.account.note"].sudo().create({"account_id": account.id, "deductible": 50})
        told = self.plain(vendor=self.dutch.name, tax="0.00", total="100.00", taxes=[])
        suggestion = self.proposed(self.arrived(told))
        line = {**suggestion.proposal["lines"][0], "account_id": account.id}
        self.assertNotIn("deductible", line)

    def test_credit_note_that_is_printed_negative(self):
        told = self.plain(kind="credit_note", net="-100.00", tax="-20.00", total="-120.00")
        move = self.booked_bill(told)
        self.assertEqual(move.move_type, "in_refund")
        self.assertBill(move, [(self.office, -100), (self.vat, -20)], -120)
