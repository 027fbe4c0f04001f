"""What speaks against a bill is found, stops it, is dismissed with a reason, and keeps money from leaving."""

import base64
import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..bills.common import BillCase


class FindingCase(BillCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("manager", "manager")
        cls.auditor = cls.make_user("auditor", "auditor")

    def codes(self, move, user=None, state="open"):
        domain = [("res_model", "=", "account.move"), ("res_id", "=", move.id), ("state", "=", state)]
        return sorted(self.env["ai.finding"].with_user(user or self.reviewer).search(domain).mapped("code"))

    def finding(self, move, code, user=None):
        found = self.env["ai.finding"].with_user(user or self.reviewer).search([("res_id", "=", move.id)])
        return found.filtered(lambda finding: finding.code == code)

    def posted(self, **values):
        """A bill that somebody entered and posted by hand."""
        taxes = values.pop("taxes", None)
        amount = values.pop("amount", 100.0)
        return self.bill(values.pop("partner", self.vendor), amount, taxes=taxes, **values)


@tagged("post_install", "-at_install")
class TestDuplicates(FindingCase):
    def test_a_twin_stops_until_dismissed_with_a_reason(self):
        twin = self.posted(ref="2026-17", date="2026-03-05", taxes=self.tax20)
        move = self.arrived(self.plain())
        suggestion = self.proposed(move)
        self.assertEqual(self.codes(move), ["twin_number"])
        finding = self.finding(move, "twin_number")
        self.assertIn(twin.name, finding.text)
        with self.assertRaisesRegex(UserError, "same number"):
            suggestion.action_accept()
        self.assertEqual(suggestion.state, "pending")
        for reason in ("", "  ", "x", None, 7):
            with self.assertRaises(UserError):
                finding.action_dismiss(reason)
        self.assertIs(finding.action_dismiss("Two orders of the same day"), True)
        self.assertEqual((finding.state, finding.dismissed_by_id), ("dismissed", self.reviewer))
        self.assertIs(suggestion.action_accept(), True)
        self.assertEqual(suggestion.state, "applied")
        log = self.env["ai.audit.log"].sudo().search([("event", "=", "finding_dismissed"), ("res_id", "=", move.id)])
        self.assertEqual(log.user_id, self.reviewer.id)

    def test_two_uploads_of_one_bill(self):
        first = self.arrived(self.plain())
        second = self.arrived(self.plain())
        (self.proposed(first) + self.proposed(second)).mapped("state")
        self.assertEqual(self.codes(first), [])
        self.assertEqual(self.codes(second), ["twin_number"])

    def test_another_record_of_the_vendor(self):
        twin = self.make_partner("LAKESIDE OFFICE SUPPLIES LTD.")
        self.posted(partner=twin, ref="2026/0017", date="2026-03-07", taxes=self.tax20)
        move = self.arrived(self.plain(vendor_vat=None))
        self.env["ai.finding"]._refresh(move)
        self.assertIn("twin_number", self.codes(move))

    def test_next_number_and_credit_note_are_none(self):
        self.posted(ref="2026-16", date="2026-03-05", taxes=self.tax20)
        self.document(self.vendor, 100.0, "in_refund", date="2026-03-05", taxes=self.tax20, ref="2026-17")
        move = self.arrived(self.plain())
        self.proposed(move)
        self.assertEqual(self.codes(move), [])

    def test_a_reversed_bill_may_come_again(self):
        twin = self.posted(ref="A-1", date="2026-03-05", taxes=self.tax20)
        twin._reverse_moves([{"invoice_date": "2026-03-05"}], cancel=True)
        move = self.arrived(self.plain(number=None))
        self.proposed(move)
        self.assertFalse([code for code in self.codes(move) if code.startswith("twin")])

    def test_the_same_file(self):
        first, second = self.arrived(self.plain()), self.arrived(self.plain(number="X-1", total="12.00", net="10.00"))
        documents = self.env["ai.document"].sudo().search([("move_id", "in", (first + second).ids)])
        documents.sha256 = "ab" * 32
        self.proposed(first + second)
        self.assertIn("twin_content", self.codes(second))
        self.assertNotIn("twin_content", self.codes(first))
        documents[:1].sha256 = "cd" * 32
        self.env["ai.finding"]._refresh(second)
        self.assertNotIn("twin_content", self.codes(second), "what is no longer so is gone")

    def test_dismissed_stays_dismissed_and_can_be_reopened(self):
        self.posted(ref="2026-17", date="2026-03-05", taxes=self.tax20)
        move = self.arrived(self.plain())
        self.proposed(move)
        finding = self.finding(move, "twin_number")
        finding.action_dismiss("Asked the vendor")
        self.env["ai.finding"]._refresh(move)
        self.assertEqual(finding.state, "dismissed")
        finding.action_reopen()
        self.assertEqual((finding.state, finding.reason), ("open", False))

    def test_many_bills_cost_as_many_queries_as_few(self):
        few = self.env["account.move"].union(*(self.arrived(self.plain(number=f"A{n}00")) for n in range(2)))
        many = self.env["account.move"].union(*(self.arrived(self.plain(number=f"B{n}00")) for n in range(12)))
        for moves in (few, many):
            self.proposed(moves)
        self.env["ai.finding"]._found(few)
        with self.assertQueryCount(14):
            self.env["ai.finding"]._found(few)
        with self.assertQueryCount(14):
            self.env["ai.finding"]._found(many)


@tagged("post_install", "-at_install")
class TestPolicies(FindingCase):
    def test_no_policy_accepts_what_something_speaks_against(self):
        self.env["ai.policy"].with_user(self.manager).create(
            {"name": "Bills", "kind": "bill_document", "mode": "supervised", "min_confidence": 0.1, "sequence": 1}
        )
        self.posted(ref="2026-16", date="2026-02-05", taxes=self.tax20)
        fine = self.proposed(self.arrived(self.plain()))
        self.assertEqual(fine.state, "accepted", fine.policy_text)
        twin = self.proposed(self.arrived(self.plain()))
        self.assertEqual((twin.state, twin.policy_reason[0]), ("pending", "finding"))
        self.assertIn("speaks against", twin.policy_text)
        self.finding(self.env["account.move"].browse(twin.res_id), "twin_number").action_dismiss("A second order")
        self.assertEqual(twin.state, "accepted")

    def test_what_is_found_later_sends_it_back(self):
        self.env["ai.policy"].with_user(self.manager).create(
            {"name": "Bills", "kind": "bill_document", "mode": "supervised", "min_confidence": 0.1, "sequence": 1}
        )
        self.posted(ref="2026-16", date="2026-02-05", taxes=self.tax20)
        waiting = self.proposed(self.arrived(self.plain()))
        self.assertEqual(waiting.state, "accepted")
        self.posted(ref="2026-17", date="2026-03-05", taxes=self.tax20)
        with self.assertRaisesRegex(UserError, "same number"):
            waiting.action_accept()
        self.assertEqual(waiting.state, "accepted")
        self.env["ai.suggestion"].with_user(self.reviewer).browse(waiting.ids).action_sign_off()
        self.assertEqual((waiting.state, waiting.policy_reason[0]), ("pending", "finding"))


@tagged("post_install", "-at_install")
class TestMoney(FindingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.ai_accept_bill = "post"
        account = cls.env["res.partner.bank"].create(
            {"acc_number": "BE68539007547034", "partner_id": cls.vendor.id, "allow_out_payment": True}
        )
        # Accounts changed by whoever accepts are the matter of tests/duties.
        cls.env["ai.vendor.change"].sudo().search([]).unlink()
        cls.account = account
        cls.earlier = cls.bill(cls.vendor, 100.0, date="2026-02-05", ref="2026-03", taxes=cls.tax20)

    def test_a_changed_account_blocks_payment_until_a_manager_confirms(self):
        move = self.arrived(self.plain(vendor_iban="DE89370400440532013000"))
        suggestion = self.proposed(move)
        self.assertEqual(self.codes(move), ["bank_changed"])
        finding = self.finding(move, "bank_changed")
        self.assertNotIn("0532013000", finding.text, "no account number in full")
        with self.assertRaises(UserError):
            finding.action_dismiss("It is fine")
        self.assertIs(suggestion.action_accept(), True)
        self.assertEqual((move.state, move.payment_state), ("posted", "blocked"))
        mine = move.with_user(self.reviewer)
        for attempt in (
            mine.action_toggle_block_payment,
            mine.action_register_payment,
            lambda: mine.write({"payment_state": "not_paid"}),
            lambda: mine.with_context(ai_holding=True, ai_proposing=True).action_toggle_block_payment(),
        ):
            with self.assertRaisesRegex(UserError, "may not be paid"):
                attempt()
        with self.assertRaises(UserError):
            self.pay(move)
        with self.assertRaises(AccessError):
            finding.action_confirm()
        finding.with_user(self.manager).action_confirm()
        self.assertEqual((finding.state, move.payment_state), ("dismissed", "not_paid"))
        self.pay(move)
        self.assertIn(move.payment_state, ("paid", "in_payment"))

    def test_the_manager_who_changed_the_account_does_not_confirm_it(self):
        move = self.arrived(self.plain(vendor_iban="DE89370400440532013000"))
        self.proposed(move).action_accept()
        self.env["ai.vendor.change"].with_user(self.manager).sudo()._note(self.vendor, "bank")
        with self.assertRaisesRegex(AccessError, "another manager"):
            self.finding(move, "bank_changed", self.manager).action_confirm()

    def test_the_known_account_is_silent_and_a_new_one_on_the_record_is_not(self):
        move = self.arrived(self.plain(vendor_iban="BE68 5390 0754 7034"))
        self.proposed(move)
        self.assertEqual(self.codes(move), [])
        self.env["res.partner.bank"].create({"acc_number": "DE89370400440532013000", "partner_id": self.vendor.id})
        sneaked = self.arrived(self.plain(number="2026-18", vendor_iban="DE89370400440532013000"))
        self.proposed(sneaked)
        self.assertEqual(self.codes(sneaked), ["bank_changed"])

    def test_a_new_account_does_not_become_known_by_being_used(self):
        first, second, third = (
            self.arrived(self.plain(number=f"2026-2{n}", date=f"2026-03-1{n}", vendor_iban="DE89370400440532013000"))
            for n in range(3)
        )
        for move in (first, second):
            self.proposed(move).action_accept()
            self.assertEqual((move.state, move.payment_state), ("posted", "blocked"))
        self.env["ai.finding"]._refresh(first)
        self.assertEqual(self.codes(first), ["bank_changed"])
        self.proposed(third)
        self.assertEqual(self.codes(third), ["bank_changed"])
        for move in (first, second):
            self.finding(move, "bank_changed", self.manager).action_confirm()
        self.finding(third, "bank_changed", self.manager).action_confirm()
        fourth = self.arrived(self.plain(number="2026-30", date="2026-03-20", vendor_iban="DE89370400440532013000"))
        self.proposed(fourth)
        self.assertEqual(self.codes(fourth), [])

    def test_an_account_of_somebody_else(self):
        self.env["res.partner.bank"].create({"acc_number": "DE89370400440532013000", "partner_id": self.yonder.id})
        move = self.arrived(self.plain(vendor_iban="DE89370400440532013000"))
        self.env["ai.finding"]._refresh(move)
        self.proposed(move)
        self.assertIn("iban_of_other", self.codes(move))
        self.assertIn(self.yonder.name, self.finding(move, "iban_of_other").text)

    def test_a_bill_posted_by_hand_is_held_too(self):
        account = self.env["res.partner.bank"].create(
            {"acc_number": "DE89370400440532013000", "partner_id": self.vendor.id}
        )
        move = self.posted(ref="2026-19", date="2026-03-09", partner_bank_id=account.id)
        self.assertEqual((move.state, move.payment_state), ("posted", "blocked"))
        self.assertIn("bank_changed", self.codes(move))


@tagged("post_install", "-at_install")
class TestBooks(FindingCase):
    def test_a_cost_from_the_bank_is_not_booked_twice(self):
        line = self.line("LAKESIDE OFFICE SUPPLIES CARD 4711", -120.0, "2026-03-06", partner_id=self.vendor.id)
        self.booked_to(line, self.office)
        move = self.arrived(self.plain())
        file = self.env["ir.attachment"].create(
            {"name": "bill.pdf", "raw": b"%PDF-1.4 x", "res_model": "account.move", "res_id": move.id}
        )
        suggestion = self.proposed(move)
        self.assertEqual(self.codes(move), ["cost_bank_line"])
        finding = self.finding(move, "cost_bank_line")
        self.assertEqual([row["method"] for row in finding.actions], ["action_attach", "action_open_twin"])
        with self.assertRaises(UserError):
            suggestion.action_accept()
        finding.action_attach()
        self.assertEqual((move.state, suggestion.state), ("cancel", "superseded"))
        kept = self.env["ir.attachment"].search([("res_model", "=", "account.move"), ("res_id", "=", line.move_id.id)])
        self.assertEqual((kept.name, kept.raw), (file.name, file.raw))
        self.assertTrue(file.exists(), "the original stays with the draft")
        self.assertEqual(finding.state, "dismissed")
        self.assertEqual(finding.action_open_twin()["res_id"], line.move_id.id)

    def booked_to(self, line, account):
        """Coded straight from the bank."""
        _bank, suspense, _other = line._seek_for_lines()
        suspense.write({"account_id": account.id})
        self.assertTrue(line.is_reconciled)

    def test_the_same_amount_to_somebody_else_is_silent(self):
        line = self.line("SOMETHING ELSE", -120.0, "2026-03-06")
        self.booked_to(line, self.office)
        move = self.arrived(self.plain())
        self.proposed(move)
        self.assertEqual(self.codes(move), [])

    def test_fees_that_were_kept_from_payments(self):
        self.company.ai_fee_account_id = self.make_account("Fees", "expense")
        for day, amount in (("2026-02-10", -70.0), ("2026-02-20", -50.0)):
            self.booked_to(self.line("PAYOUT FEE", amount, day), self.company.ai_fee_account_id)
        move = self.arrived(self.plain())
        self.proposed(move)
        self.assertEqual(self.codes(move), ["cost_fees"])

    def test_unusual_total(self):
        for month in range(1, 7):
            self.posted(ref=f"2025-{month}", date=f"2025-0{month}-05", amount=100.0 + month)
        move = self.arrived(self.plain(net="4000.00", tax="800.00", total="4800.00"))
        self.proposed(move)
        self.assertIn("total_unusual", self.codes(move))

    def test_dates(self):
        self.company.purchase_lock_date = "2026-02-28"
        told = self.plain(date="2026-02-10", service_from="2026-01-15", service_to="2026-02-14")
        move = self.arrived(told)
        self.proposed(move)
        self.assertEqual(self.codes(move), ["period_crossing", "period_locked"])
        self.assertIn("locked", self.finding(move, "period_locked").text)
        old = self.arrived(
            self.plain(number="7-9", date="2026-03-05", service_from="2025-11-01", service_to="2025-11-30")
        )
        self.proposed(old)
        self.assertEqual(self.codes(old), ["prior_year"])

    def test_a_thing_that_lasts(self):
        told = self.plain(net="2000.00", tax="400.00", total="2400.00")
        told["items"][0].update(text="Laptop 14 inch", total="2000.00")
        move = self.arrived(told)
        self.proposed(move)
        self.assertIn("fixed_asset", self.codes(move))
        self.company.ai_asset_limit = 0
        self.env["ai.finding"]._refresh(move)
        self.assertNotIn("fixed_asset", self.codes(move))

    def test_who_posts_takes_the_warnings(self):
        self.company.ai_accept_bill = "post"
        move = self.arrived(self.plain(vendor_vat="BE0477472700"))
        suggestion = self.proposed(move)
        self.assertEqual(self.finding(move, "vat_invalid").target_name, suggestion.label)
        suggestion.action_accept()
        finding = self.finding(move, "vat_invalid")
        self.assertEqual((move.state, finding.state, finding.dismissed_by_id), ("posted", "dismissed", self.reviewer))

    def test_vat_ids(self):
        move = self.arrived(self.plain(vendor_vat="BE0477472700"))
        self.proposed(move)
        self.assertIn("vat_invalid", self.codes(move))

    def test_a_picture_that_says_something_else_stops(self):
        told = self.plain()
        told["problems"] = [["differs_total", {"field": "total", "xml": "120.00", "text": "210.00"}]]
        move = self.arrived(told)
        self.env["ai.document"].sudo().search([("move_id", "=", move.id)]).source = "xml"
        self.proposed(move)
        self.assertIn("picture_differs", self.codes(move))
        self.assertIn("210.00", self.finding(move, "picture_differs").text)


@tagged("post_install", "-at_install")
class TestBuyerFindings(FindingCase):
    def test_a_stranger_holds(self):
        move = self.arrived(self.plain(buyer="Zander & Sons"))
        suggestion = self.proposed(move)
        self.assertEqual(self.codes(move), ["buyer_stranger"])
        with self.assertRaisesRegex(UserError, "Zander & Sons"):
            suggestion.action_accept()

    def test_this_company_stands_nowhere(self):
        pages = [{"number": 1, "words": [["Alpha", 0.1, 0.1, 0.2, 0.2, 0, 1.0]]}]
        move, slip = self.arrived(self.plain()), self.arrived(self.plain(number="2026-18", kind="receipt"))
        for each in (move, slip):
            document = self.env["ai.document"].sudo().search([("move_id", "=", each.id)])
            document.pages = base64.b64encode(json.dumps(pages).encode())
        self.proposed(move | slip)
        self.assertEqual(self.codes(move), ["buyer_unnamed"])
        self.assertNotIn("buyer_unnamed", self.codes(slip))

    def test_a_sister_company_gets_it(self):
        sister = self.env["res.company"].create({"name": "Demo Transport BV"})
        move = self.arrived(self.plain(buyer="Demo Transport B.V."))
        self.proposed(move)
        finding = self.finding(move, "buyer_other")
        self.assertNotIn(sister.name + ",", finding.text)
        with self.assertRaisesRegex(AccessError, "do not work"):
            finding.action_move_company()
        self.reviewer.company_ids |= sister
        journal = self.env["account.journal"].create(
            {"name": "Bills", "code": "BILX", "type": "purchase", "company_id": sister.id}
        )
        document = self.env["ai.document"].sudo().search([("move_id", "=", move.id)])
        file = self.env["ir.attachment"].create(
            {"name": "bill.pdf", "raw": b"%PDF-1.4 x", "res_model": "account.move", "res_id": move.id}
        )
        document.attachment_id = file
        finding.action_move_company()
        self.assertFalse(move.exists())
        self.assertEqual((document.company_id, document.state), (sister, "queued"))
        self.assertEqual((document.move_id.company_id, document.move_id.journal_id), (sister, journal))
        self.assertEqual(file.res_id, document.move_id.id)


@tagged("post_install", "-at_install")
class TestRights(FindingCase):
    def test_who_decides(self):
        self.posted(ref="2026-17", date="2026-03-05", taxes=self.tax20)
        move = self.arrived(self.plain())
        self.proposed(move)
        finding = self.finding(move, "twin_number", self.auditor)
        self.assertTrue(finding, "auditors read")
        for attempt in (
            lambda: finding.action_dismiss("I say so"),
            finding.action_reopen,
            finding.action_confirm,
            finding.action_attach,
            finding.action_move_company,
        ):
            with self.assertRaises(AccessError):
                attempt()
        clerk = self.make_user("clerk", groups="account.group_account_invoice")
        with self.assertRaises(AccessError):
            finding.with_user(clerk).read(["text"])
        for values in ({"state": "dismissed"}, {"severity": "warn"}):
            with self.assertRaises(AccessError):
                finding.with_user(self.reviewer).write(values)

    def test_other_companies_see_nothing(self):
        other = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        stranger = self.make_user("stranger", "reviewer", company=other)
        self.posted(ref="2026-17", date="2026-03-05", taxes=self.tax20)
        move = self.arrived(self.plain())
        self.proposed(move)
        self.assertFalse(self.env["ai.finding"].with_user(stranger).search([]))

    def test_the_bills_own_form_warns(self):
        self.posted(ref="2026-17", date="2026-03-05", taxes=self.tax20)
        move = self.arrived(self.plain())
        self.proposed(move)
        alerts = move.with_user(self.reviewer)._get_alerts()
        said = [row for key, row in alerts.items() if key.startswith("ai_finding_")]
        self.assertEqual([row["level"] for row in said], ["danger"])
        action = move.with_user(self.reviewer).action_ai_findings()
        self.assertEqual(action["res_model"], "ai.finding")

    def test_names_of_vendors_are_only_text(self):
        name = "<script>alert(1)</script> %(twin)s %s"
        move = self.arrived(self.plain(vendor=name, buyer=name))
        self.env["ai.finding"]._refresh(move)
        self.assertIn(name, self.finding(move, "buyer_stranger").text)
