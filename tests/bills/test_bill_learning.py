"""What people decide on bills is what the next bill of that vendor is proposed with; undone, it counts no more."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import BillCase


@tagged("post_install", "-at_install")
class TestBillLearning(BillCase):
    def lessons(self):
        found = self.env["ai.learning.event"].sudo().search([("scope", "=", "bill_coding")])
        return found.filtered(lambda lesson: lesson.status == "counts")

    def edited(self, move, **changes):
        suggestion = self.proposed(move)
        proposal = {**suggestion.proposal, "lines": [{**suggestion.proposal["lines"][0], **changes}]}
        suggestion.action_edit(proposal)
        return suggestion

    def test_correction_sticks(self):
        suggestion = self.edited(self.arrived(self.plain()), account_id=self.rent.id)
        self.assertTrue(suggestion.is_edited)
        self.assertIs(suggestion.action_accept(), True)
        lesson = self.lessons()
        self.assertEqual((lesson.res_model, lesson.res_id), ("account.move", suggestion.res_id))
        self.assertEqual((lesson.source, lesson.weight, lesson.is_error), ("person", 1.0, True))
        again = self.proposed(self.arrived(self.plain(number="2026-18")))
        self.assertEqual(again.proposal["lines"][0]["account_id"], self.rent.id)
        self.assertEqual(again.tier, "memory")
        self.assertGreater(again.confidence, 0)

    def test_undo_unlearns(self):
        suggestion = self.edited(self.arrived(self.plain()), account_id=self.rent.id)
        suggestion.action_accept()
        suggestion.action_undo()
        self.assertFalse(self.lessons())
        again = self.proposed(self.arrived(self.plain(number="2026-18")))
        self.assertEqual(again.proposal["lines"][0]["account_id"], self.office.id)

    def test_a_lesson_a_line(self):
        items = [{"text": "Paper", "total": "60.00"}, {"text": "March rent of the storage", "total": "40.00"}]
        suggestion = self.proposed(self.arrived(self.plain(items=items)))
        lines = [dict(line) for line in suggestion.proposal["lines"]]
        lines[0]["account_id"], lines[1]["account_id"] = self.office.id, self.rent.id
        suggestion.action_edit({**suggestion.proposal, "lines": lines})
        suggestion.action_accept()
        self.assertEqual(len(self.lessons()), 2)
        for number in range(3):
            told = self.plain(number=f"2026-2{number}", items=items)
            self.accepted(self.arrived(told))
        again = self.proposed(self.arrived(self.plain(number="2026-30", items=items)))
        accounts = [line["account_id"] for line in again.proposal["lines"]]
        self.assertEqual(accounts, [self.office.id, self.rent.id])

    def test_taxes_of_memory_hold_only_where_the_document_charges_them(self):
        self.edited(self.arrived(self.plain()), account_id=self.rent.id).action_accept()
        told = self.plain(number="2026-19", net="50.00", tax="5.00", total="55.00")
        told["taxes"] = [{"rate": "10", "base": "50.00", "tax": "5.00", "code": ""}]
        again = self.proposed(self.arrived(told))
        [line] = again.proposal["lines"]
        self.assertEqual((line["account_id"], line["tax_ids"]), (self.rent.id, self.tax10.ids))

    def test_rule_goes_before_memory(self):
        self.edited(self.arrived(self.plain()), account_id=self.rent.id).action_accept()
        rule = (
            self.env["ai.rule"]
            .sudo()
            .create(
                {
                    "name": "Lakeside",
                    "applies_to": "bills",
                    "partner_id": self.vendor.id,
                    "line_ids": [(0, 0, {"account_id": self.office.id, "tax_ids": [(6, 0, self.tax20.ids)]})],
                }
            )
        )
        again = self.proposed(self.arrived(self.plain(number="2026-19")))
        self.assertEqual((again.tier, again.rule_id), ("rule", rule))
        self.assertEqual(again.proposal["lines"][0]["account_id"], self.office.id)

    def test_rule_for_payments_says_nothing_of_bills(self):
        self.env["ai.rule"].sudo().create(
            {
                "name": "Lakeside",
                "partner_id": self.vendor.id,
                "line_ids": [(0, 0, {"account_id": self.rent.id})],
            }
        )
        found = self.proposed(self.arrived(self.plain()))
        self.assertNotEqual(found.tier, "rule")

    def test_rule_for_bills_says_nothing_of_payments(self):
        self.env["ai.rule"].sudo().create(
            {
                "name": "Toner",
                "applies_to": "bills",
                "tokens": "toner",
                "line_ids": [(0, 0, {"account_id": self.rent.id})],
            }
        )
        line = self.line("Toner delivery", -12.0)
        self.assertFalse(self.propose(line).filtered(lambda s: s.tier == "rule"))

    def test_history_of_posted_bills(self):
        for number in range(3):
            self.env["account.move"].create(
                {
                    "move_type": "in_invoice",
                    "partner_id": self.vendor.id,
                    "invoice_date": f"2026-01-1{number}",
                    "ref": f"H{number}",
                    "invoice_line_ids": [
                        (0, 0, {"name": "Paper", "price_unit": 10, "account_id": self.rent.id, "tax_ids": False})
                    ],
                }
            ).action_post()
        manager = self.make_user("bill_manager", "manager", groups="base.group_user")
        history = self.env["ai.learning.history"].with_user(manager).create({"reads": "bills"})
        self.assertEqual(history.found_count, 3)
        history.action_start()
        self.assertTrue(history.sudo()._carry_on(lambda: True))
        self.assertEqual((history.state, history.lesson_count, history.done), ("done", 3, 3))
        self.env["ai.learning.model"].sudo()._build(self.company, "bill_coding")
        found = self.proposed(self.arrived(self.plain()))
        self.assertEqual((found.tier, found.proposal["lines"][0]["account_id"]), ("memory", self.rent.id))
        history.action_forget()
        self.assertFalse(self.lessons())

    def test_frequent_account_where_nobody_taught(self):
        for number in range(3):
            self.document(self.vendor, 10, "in_invoice", ref=f"F{number}")
        found = self.proposed(self.arrived(self.plain(items=[{"text": "Zzz", "total": "100.00"}])))
        self.assertEqual(found.proposal["lines"][0]["account_id"], self.expense.id)
        self.assertAlmostEqual(found.evidence["lines"][0]["confidence"], 4 / 5)

    def test_agent_and_auditor_may_not_accept(self):
        suggestion = self.proposed(self.arrived(self.plain()))
        for role in ("auditor", "manager", "agent"):
            user = self.make_user(f"bill_{role}", role, groups="base.group_user" if role != "agent" else None)
            with self.assertRaises(AccessError):
                suggestion.with_user(user).action_accept()

    def test_rejected_stays_rejected(self):
        move = self.arrived(self.plain())
        self.proposed(move).action_reject("wrong_account")
        self.assertFalse(self.proposed(move))
        self.assertFalse(move.invoice_line_ids)

    def test_missing_vendor_is_said_before_anything_is_booked(self):
        move = self.arrived(self.plain(vendor=None))
        suggestion = self.proposed(move)
        self.assertEqual(suggestion.confidence, 0.0)
        with self.assertRaisesRegex(UserError, "vendor is missing"):
            suggestion.action_accept()
        self.assertEqual(suggestion.state, "pending")
        suggestion.action_edit({**suggestion.proposal, "partner_id": self.vendor.id})
        self.assertIs(suggestion.action_accept(), True)
        self.assertEqual(move.partner_id, self.vendor)

    def test_payments_teach_where_no_bill_did(self):
        lines = [
            self.line("Rent", -50.0, date=f"2026-01-0{day}", partner_name="Harbour Lettings") for day in range(1, 6)
        ]
        for line in lines:
            told = [{"account_id": self.rent.id, "amount": "-50.00"}]
            self.suggestions.browse(
                self.suggestions.submit(
                    {
                        "kind": "bank_coding",
                        "res_model": line._name,
                        "res_id": line.id,
                        "proposal": {"lines": told},
                    }
                )
            ).action_accept()
        self.make_partner("Harbour Lettings", country_id=self.company.country_id.id)
        found = self.proposed(self.arrived(self.plain(vendor="Harbour Lettings")))
        codes = [code for code, _values in found.evidence["lines"][0]["reasons"]]
        self.assertTrue({"coded_before", "coded_last", "coded_often"} & set(codes), codes)
        self.assertEqual((found.tier, found.proposal["lines"][0]["account_id"]), ("memory", self.rent.id))
