"""Customer and vendor balances of one partner: settled to the smaller sum, only after an agreement and a yes."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import BankCase, cents


@tagged("post_install", "-at_install")
class TestNetting(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls.document(cls.northwind, 300.0, date="2026-02-01")
        cls.later = cls.document(cls.northwind, 100.0, date="2026-02-20")
        cls.owed_bill = cls.bill(cls.northwind, 350.0, date="2026-02-10", ref="B1")

    def netting(self, moves=None, **values):
        moves = moves or self.invoice + self.later + self.owed_bill
        items = self.env["account.move.line"].union(*(self.term_line(move) for move in moves))
        return (
            self.env["ai.netting"]
            .with_user(self.reviewer)
            .create(
                {
                    "partner_id": self.northwind.id,
                    "date": "2026-03-01",
                    "agreement": "Mail of Ms. Jones",
                    "agreed_on": "2026-02-28",
                    "item_ids": [Command.set(items.ids)],
                    **values,
                }
            )
        )

    def asked(self, netting):
        netting.action_propose()
        return self.suggestions.search([("res_model", "=", "ai.netting"), ("res_id", "=", netting.id)], limit=1)

    def yes(self, suggestion):
        suggestion.action_choose(suggestion.evidence["alternatives"][0]["key"])
        self.assertEqual(suggestion.state, "applied", suggestion.error)

    def test_settled_to_the_smaller_sum_and_back(self):
        netting = self.netting()
        self.assertEqual([cents(netting[name]) for name in ("owed", "owing", "amount")], ["400.00", "350.00", "350.00"])
        before = self.books(exact=False)
        suggestion = self.asked(netting)
        self.assertTrue(suggestion.is_question, "no policy ever accepts it")
        self.assertEqual(netting.state, "asked")
        self.yes(suggestion)
        self.assertOpen(self.invoice, 0.0, "paid")
        self.assertOpen(self.later, 50.0, "partial")
        self.assertOpen(self.owed_bill, 0.0, "paid")
        rows = sorted((item.account_id.code, cents(item.balance)) for item in suggestion.move_ids.line_ids)
        self.assertEqual(
            rows,
            sorted(
                [(self.receivable.code, "-300.00"), (self.receivable.code, "-50.00"), (self.payable.code, "350.00")]
            ),
        )
        self.env.invalidate_all()
        self.assertEqual((netting.state, str(suggestion.move_ids.date)), ("booked", "2026-03-01"))
        suggestion.action_undo()
        self.env.invalidate_all()
        self.assertEqual(netting.state, "undone")
        after = self.books(exact=False)
        self.assertEqual(after["trial balance"], before["trial balance"])
        self.assertOpen(self.later, 100.0, "not_paid")

    def test_without_an_agreement_nothing_is_asked(self):
        for values in ({"agreement": "  "}, {"agreed_on": False}):
            with self.assertRaisesRegex(UserError, "agreed"):
                self.netting(**values).action_propose()

    def test_one_side_alone_is_refused(self):
        with self.assertRaisesRegex(UserError, "both sides"):
            self.netting(self.invoice).action_propose()

    def test_items_of_others_are_refused(self):
        other = self.document(self.yonder, 10.0)
        with self.assertRaises(ValidationError):
            self.netting(self.invoice + other)

    def test_locked_day(self):
        self.company.sudo().fiscalyear_lock_date = "2026-03-31"
        with self.assertRaisesRegex(UserError, "locked"):
            self.netting().action_propose()

    def test_credit_note_makes_room(self):
        refund = self.document(self.northwind, 30.0, "out_refund", date="2026-02-21")
        netting = self.netting(self.invoice + refund + self.owed_bill)
        self.assertEqual(cents(netting.amount), "270.00")
        self.yes(self.asked(netting))
        self.assertEqual([cents(move.amount_residual) for move in self.invoice + refund], ["0.00", "0.00"])
        self.assertOpen(self.owed_bill, 80.0, "partial")

    def test_paid_meanwhile_is_asked_anew(self):
        netting = self.netting()
        suggestion = self.asked(netting)
        self.pay(self.owed_bill, 200.0)
        with self.assertRaisesRegex(UserError, "partly paid"):
            suggestion.action_choose(suggestion.evidence["alternatives"][0]["key"])

    def test_foreign_currency_with_its_exchange_difference(self):
        euro = self.setup_other_currency("EUR", rates=[("2026-01-01", 2.0), ("2026-03-01", 2.5)])
        invoice = self.document(self.adatum, 100.0, date="2026-02-01", currency_id=euro.id)
        bill = self.bill(self.adatum, 100.0, date="2026-03-01", currency_id=euro.id, ref="E1")
        items = self.term_line(invoice) + self.term_line(bill)
        netting = self.netting(invoice + bill, partner_id=self.adatum.id, item_ids=[Command.set(items.ids)])
        self.assertEqual(cents(netting.amount), "40.00")
        suggestion = self.asked(netting)
        self.yes(suggestion)
        self.assertOpen(invoice, 0.0, "paid")
        self.assertOpen(bill, 0.0, "paid")
        suggestion.action_undo()
        self.assertOpen(invoice, 100.0, "not_paid")
        self.assertOpen(bill, 100.0, "not_paid")

    def test_rights(self):
        for role in ("auditor", "manager"):
            user = self.make_user(f"netting_{role}", role)
            netting = self.netting()
            self.assertEqual(netting.with_user(user).state, "draft")
            with self.assertRaises(AccessError):
                netting.with_user(user).action_propose()
            with self.assertRaises(AccessError):
                netting.with_user(user).write({"agreement": "x"})

    def test_what_was_asked_does_not_change(self):
        netting = self.netting()
        self.asked(netting)
        with self.assertRaises(UserError):
            netting.write({"agreement": "other"})
        with self.assertRaises(UserError):
            netting.unlink()

    def test_closed_journal_hides_it(self):
        netting = self.netting()
        blind = self.make_user("netting_blind", "reviewer")
        self.env["ir.rule"].create(
            {
                "name": "closed",
                "model_id": self.env["ir.model"]._get("account.journal").id,
                "domain_force": f"[('id', '!=', {self.invoice.journal_id.id})]"
                f" if user.id == {blind.id} else [(1, '=', 1)]",
            }
        )
        self.env.flush_all()
        self.assertFalse(self.env["ai.netting"].with_user(blind).search([("id", "=", netting.id)]))
        with self.assertRaises(AccessError):
            netting.with_user(blind).action_propose()

    def test_partner_list_and_choice_of_items(self):
        found = self.env["res.partner"].with_user(self.reviewer).search([("credit", ">", 0), ("debit", ">", 0)])
        self.assertIn(self.northwind, found)
        action = self.northwind.with_user(self.reviewer).action_ai_net()
        new = self.env["ai.netting"].with_user(self.reviewer).with_context(**action["context"]).new({})
        new._onchange_partner_id()
        self.assertEqual(len(new.item_ids), 3)
