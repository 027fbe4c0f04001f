"""Proposals from outside: the schema's errors name the field, ids are checked, an idempotency key counts once."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..common import LINE, BankCase


@tagged("post_install", "-at_install")
class TestSubmit(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.make_user("agent", "agent", groups="")
        cls.invoice = cls.document(cls.northwind, 640.0)
        cls.bank_line = cls.line("no words", 640.0)
        cls.item = cls.term_line(cls.invoice)

    def submit(self, told, user=None, **values):
        suggestions = self.env["ai.suggestion"].with_user(user or self.agent)
        values = {"kind": "bank_match", "res_model": LINE, "res_id": self.bank_line.id, "proposal": told, **values}
        return suggestions.submit(values)

    def match(self, amount="640.00", **row):
        return {"counterparts": [{"move_line_id": self.item.id, "amount": amount, **row}]}

    def test_proposal_of_an_agent_waits_and_a_reviewer_accepts(self):
        before = self.books()
        found = self.suggestions.browse(self.submit(self.match()))
        self.assertEqual((found.state, found.origin, found.tier), ("pending", "agent", "agent"))
        self.assertEqual(found.item_ids.move_line_id, self.item)
        self.assertEqual(self.bank_line.ai_status, "proposed")
        self.assertBooks(before)
        self.assertIs(found.action_accept(), True)
        self.assertOpen(self.invoice, 0.0, "paid")
        self.assertUndone(found, before)

    def test_missing_fields_are_named(self):
        for name in ("kind", "res_model", "res_id", "proposal"):
            with self.subTest(name=name), self.assertRaisesRegex(UserError, f"'{name}'"):
                self.submit(self.match(), **{name: None})

    def test_schema_errors_name_the_field(self):
        account = self.income.id
        wrong = {
            "counterparts[0].amount": self.match(640.0),
            "counterparts[0].move_line_id": {"counterparts": [{"move_line_id": "1", "amount": "640.00"}]},
            "counterparts[0].colour": self.match(colour="red"),
            "write_off[0].account_id": {"write_off": [{"amount": "640.00"}]},
            "write_off[0].amount": {"write_off": [{"account_id": account, "amount": "NaN"}]},
            "write_off[0].tax_ids": {"write_off": [{"account_id": account, "amount": "640.00", "tax_ids": 1}]},
            "remainder": {**self.match(), "remainder": "x"},
            "partner_id": {**self.match(), "partner_id": "Northwind"},
            "account": {**self.match(), "account": 1},
            "counterparts": {"counterparts": "all"},
        }
        for path, proposal in wrong.items():
            with self.subTest(path=path), self.assertRaises(ValidationError) as raised:
                self.submit(proposal)
            self.assertIn(f"'{path}'", str(raised.exception))

    def test_parts_must_add_up(self):
        with self.assertRaisesRegex(ValidationError, "600.00"):
            self.submit(self.match("600.00"))
        self.submit({**self.match("600.00"), "remainder": "40.00"})

    def test_unknown_ids(self):
        gone = self.env["account.move.line"].search([], order="id desc", limit=1).id + 100000
        row = {"account_id": self.income.id, "amount": "640.00"}
        for proposal in (
            {"counterparts": [{"move_line_id": gone, "amount": "640.00"}]},
            {"write_off": [{**row, "account_id": gone}]},
            {"write_off": [{**row, "tax_ids": [gone]}]},
            {"write_off": [row], "partner_id": gone},
        ):
            with self.subTest(proposal=proposal), self.assertRaises(ValidationError):
                self.submit(proposal)

    def test_items_that_cannot_be_settled(self):
        """An item of a draft, a paid one, a liquidity or expense item: refused when told, not when accepted."""
        draft = self.invoice.copy({"invoice_date": "2026-03-01"})
        revenue = self.invoice.line_ids.filtered(lambda item: item.account_id == self.income)
        paid = self.document(self.northwind, 640.0)
        self.by_hand(self.line("x", 640.0), [(self.term_line(paid), "640.00")])
        own = self.bank_line._seek_for_lines()[0]
        for item in (self.term_line(draft), revenue, self.term_line(paid), own):
            with self.subTest(item=item.display_name), self.assertRaises(UserError):
                self.submit({"counterparts": [{"move_line_id": item.id, "amount": "640.00"}]})

    def test_one_item_is_not_named_twice_or_overdrawn(self):
        rows = [{"move_line_id": self.item.id, "amount": "320.00"}] * 2
        with self.assertRaises(UserError):
            self.submit({"counterparts": rows})
        line = self.line("too much", 700.0)
        with self.assertRaises(UserError):
            self.submit(self.match("700.00"), res_id=line.id)

    def test_unknown_record_model_and_kind(self):
        with self.assertRaisesRegex(UserError, "does not exist"):
            self.submit(self.match(), res_id=2**30)
        with self.assertRaises(UserError):
            self.submit(self.match(), res_model="res.partner", res_id=self.northwind.id)
        with self.assertRaisesRegex(UserError, "no proposer"):
            self.submit(self.match(), kind="magic")
        with self.assertRaises(UserError):
            self.submit(self.match(), kind="bank_coding")

    def test_reconciled_line(self):
        self.by_hand(self.bank_line, [(self.item, "640.00")])
        with self.assertRaisesRegex(UserError, "reconciled already"):
            self.submit(self.match())

    def test_idempotency_key(self):
        first = self.submit(self.match(), idempotency_key="order-1")
        self.assertEqual(self.submit(self.match(), idempotency_key="order-1"), first)
        with self.assertRaisesRegex(UserError, "another proposal"):
            self.submit({**self.match("600.00"), "remainder": "40.00"}, idempotency_key="order-1")
        second = self.submit(self.match(), idempotency_key="order-2")
        self.assertNotEqual(second, first)
        self.assertEqual(self.suggestions.browse(first).state, "superseded")
        # The key remembers what became of the first, even after it was decided.
        self.assertEqual(self.submit(self.match(), idempotency_key="order-1"), first)

    def test_idempotency_key_is_for_one_record(self):
        self.submit(self.match(), idempotency_key="order-1")
        other = self.line("no words", 640.0)
        with self.assertRaisesRegex(UserError, "another"):
            self.submit(self.match(), idempotency_key="order-1", res_id=other.id)

    def test_newer_submission_takes_the_place_of_the_open_one(self):
        mine = self.suggestions.browse(self.submit(self.match()))
        row = {"account_id": self.income.id, "amount": "640.00"}
        coded = self.suggestions.browse(self.submit({"lines": [row]}, kind="bank_coding"))
        self.assertEqual((mine.state, coded.state), ("superseded", "pending"))

    def test_proposing_does_not_overwrite_what_an_agent_said(self):
        told = self.submit(self.match())
        self.assertEqual(self.suggestions.propose(LINE, self.bank_line.ids), [told])
        self.assertEqual(self.suggestions.browse(told).origin, "agent")

    def test_text_from_outside_stays_text(self):
        label = "<script>alert(1)</script> %(name)s ${env} {0}"
        row = {"account_id": self.income.id, "amount": "640.00", "label": label}
        found = self.suggestions.browse(self.submit({"write_off": [row]}))
        self.assertEqual(found.card["differences"][0]["label"], label)
        found.action_accept()
        self.assertIn(label, self.bank_line.move_id.line_ids.mapped("name"))

    def test_by_hand_more_than_the_line(self):
        with self.assertRaisesRegex(UserError, "too much"):
            self.by_hand(self.bank_line, [(self.item, "640.00")], [{"account_id": self.income.id, "amount": "10.00"}])

    def test_by_hand_says_what_is_missing(self):
        with self.assertRaises(UserError):
            self.by_hand(self.bank_line, write_off=[{"account_id": False, "amount": "640.00"}])
        preview = self.bank_line.with_user(self.reviewer).ai_preview_by_hand(
            {"write_off": [{"account_id": False, "amount": "640.00"}]}
        )
        self.assertTrue(preview["error"])

    def test_by_hand_preview_is_what_is_booked(self):
        values = {
            "counterparts": [{"move_line_id": self.item.id, "amount": "600.00"}],
            "write_off": [{"account_id": self.income.id, "amount": "23.00", "tax_ids": self.tax_sale_a.ids}],
        }
        line = self.bank_line.with_user(self.reviewer)
        preview = line.ai_preview_by_hand(values)
        self.assertEqual(preview["left"], "17.00")
        line.ai_book_by_hand(values)
        liquidity = line._seek_for_lines()[0]
        booked = [(i.account_id.display_name, i.debit, i.credit) for i in line.move_id.line_ids - liquidity]
        shown = [(row["account"], row["debit"], row["credit"]) for row in preview["lines"]]
        self.assertEqual(sorted(shown), sorted(booked))

    def test_open_items_for_a_person(self):
        line = self.bank_line.with_user(self.reviewer)
        rows = {row["id"]: row for row in line.ai_open_items()}
        self.assertEqual(rows[self.item.id]["residual_line"], "640.00")
        self.assertEqual([row["id"] for row in line.ai_open_items(self.invoice.name)], [self.item.id])
        self.assertIn(self.item.id, [row["id"] for row in line.ai_open_items("640.00")])
        self.assertEqual(line.ai_open_items("no such thing"), [])
        self.assertEqual(len(line.ai_open_items(limit=1)), 1)
