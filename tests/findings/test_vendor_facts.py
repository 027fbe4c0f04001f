"""Vendors as the books know them: found by number and name, with contacts, archived ones, and sister companies."""

from odoo import Command

from odoo.addons.ai_bookkeeper.engine.billing import buyer
from odoo.addons.ai_bookkeeper.engine.billing.vendor import resolve

from ..common import BankCase


class TestVendorFacts(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vendor = cls.make_partner(
            "Acme Widgets BV",
            vat="BE0477472701",
            phone="+32 2 555 12 12",
            email="billing@acme-widgets.be",
            street="Rue de la Loi 16",
            zip="1000",
            city="Bruxelles",
            country_id=cls.env.ref("base.be").id,
            supplier_rank=1,
        )
        cls.env["res.partner.bank"].create({"acc_number": "BE68 5390 0754 7034", "partner_id": cls.vendor.id})
        cls.branch = cls.env["res.partner"].create(
            {"name": "Acme Widgets Antwerpen", "parent_id": cls.vendor.id, "type": "invoice"}
        )

    def collected(self, **told):
        return self.env["ai.facts.vendor"].with_user(self.reviewer)._collect(self.company, [told])

    def resolved(self, **told):
        return resolve(told, self.collected(**told))

    def test_found_by_each_number_and_by_name(self):
        for told in (
            {"vendor_vat": "0477.472.701"},
            {"vendor_iban": "BE68539007547034"},
            {"vendor": "ACME WIDGETS"},
            {"vendor": "Acme Widget", "vendor_phone": "025551212", "vendor_country": "BE"},
            {"vendor": "Acme Widgets Antwerpen"},
        ):
            self.assertEqual(self.resolved(**told).key, self.vendor.id, told)
        by_domain = self.resolved(vendor="Something Else", vendor_website="https://www.acme-widgets.be/shop")
        self.assertFalse(by_domain.key)
        self.assertEqual([other.key for other in by_domain.alternatives], [self.vendor.id])

    def test_the_own_company_is_no_vendor(self):
        self.company.partner_id.vat = "BE0202239951"
        self.assertFalse(self.collected(vendor=self.company.name, vendor_vat="BE0202239951"))

    def test_a_customer_of_the_shop_is_not_searched_by_name(self):
        self.env["res.partner"].create({"name": "Zebedee Quark", "is_company": False})
        self.assertFalse(self.collected(vendor="Zebedee Quark"))

    def test_people_of_this_database_are_no_vendors(self):
        self.reviewer.partner_id.write({"email": "clerk@office-of-ours.be", "is_company": True})
        self.assertFalse(self.collected(vendor="Azure", vendor_email="sales@office-of-ours.be"))
        self.assertFalse(self.collected(vendor=self.reviewer.name))

    def test_archived_is_asked_about_not_made_anew(self):
        self.vendor.action_archive()
        choice = self.resolved(vendor="Acme Widgets", vendor_vat="BE0477472701")
        self.assertFalse(choice.key or choice.is_new)

    def test_vendors_of_other_companies_stay_theirs(self):
        other = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        self.make_partner("Hidden Supplies Ltd", company_id=other.id, supplier_rank=1)
        self.assertFalse(self.collected(vendor="Hidden Supplies Ltd"))

    def test_what_people_accepted_is_known(self):
        draft = self.env["account.move"].create({"move_type": "in_invoice", "partner_id": self.vendor.id})
        self.env["ai.document"].sudo().create(
            {
                "name": "bill.pdf",
                "company_id": self.company.id,
                "move_id": draft.id,
                "reading": {"fields": {"vendor": {"value": "WDGTS SHOP"}}},
            }
        )
        suggestion = (
            self.env["ai.suggestion"]
            .sudo()
            .create(
                {
                    "kind": "bill_document",
                    "res_model": "account.move",
                    "res_id": draft.id,
                    "company_id": self.company.id,
                    "currency_id": self.company.currency_id.id,
                    "proposal": {"version": 1},
                    "evidence": {},
                    "tier": "prediction",
                }
            )
        )
        self.assertTrue(self.resolved(vendor="Wdgts Shop").is_new)
        suggestion.flush_recordset()
        self.env.cr.execute(
            "UPDATE ai_suggestion SET state = 'applied', decision = 'person' WHERE id = %s", [suggestion.id]
        )
        self.assertEqual(self.resolved(vendor="Wdgts Shop").key, self.vendor.id)

    def test_as_many_queries_for_many_bills(self):
        readings = [{"vendor": "Acme Widgets", "vendor_vat": "BE0477472701"}]
        facts = self.env["ai.facts.vendor"]
        facts._collect(self.company, readings)
        with self.assertQueryCount(6):
            facts._collect(self.company, readings)
        readings += [{"vendor": partner.name} for partner in (self.northwind, self.yonder, self.adatum)] * 5
        with self.assertQueryCount(6):
            self.assertEqual(len(facts._collect(self.company, readings)), 4)


class TestBuyers(BankCase):
    def test_us_a_sister_and_a_stranger(self):
        sister = self.env["res.company"].create({"name": "Demo Transport BV"})
        self.assertNotIn(sister, self.reviewer.company_ids)
        buyers = self.env["ai.facts.vendor"].with_user(self.reviewer)._buyers(self.company)
        self.assertEqual(buyer.check({"buyer": self.company.name}, buyers).state, buyer.US)
        found = buyer.check({"buyer": "DEMO TRANSPORT B.V."}, buyers)
        self.assertEqual((found.state, found.key), (buyer.OTHER, sister.id))
        self.assertEqual(buyer.check({"buyer": "Zander & Sons"}, buyers).state, buyer.STRANGER)

    def test_a_branch_bills_as_its_root(self):
        self.company.vat = "BE0477472701"
        self.company.write({"child_ids": [Command.create({"name": "Branch West"})]})
        branch = self.company.child_ids
        buyers = self.env["ai.facts.vendor"]._buyers(branch)
        found = buyer.check({"buyer": self.company.name, "buyer_vat": self.company.vat}, buyers)
        self.assertEqual(found.state, buyer.US)
