"""Suggestions that are journal entries: proposed, refreshed, rejected, booked, taken back, told."""

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..common import BankCase, cents


@tagged("post_install", "-at_install")
class TestEntries(BankCase):
    """Through the smallest kind that exists: an entry between accounts, or one that settles open items."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clearing = cls.make_account("Clearing", "asset_current")
        cls.misc = cls.env["account.journal"].search(
            [("type", "=", "general"), ("company_id", "=", cls.company.id)], order="sequence, id", limit=1
        )
        cls.invoice = cls.document(cls.northwind, 100.0, date="2026-03-01")

    def suggest(self, rows, record=None, **values):
        values = {"case": "netting", "date": "2026-03-10", "label": "Small entry", **values}
        proposer = self.env["ai.proposer.netting"].sudo()
        found = proposer._suggest(record or self.invoice, rows, **values)
        return found.with_user(self.reviewer)

    def rows(self, amount="40.00", **more):
        return [
            {"account_id": self.clearing.id, "amount": amount, "label": "One"},
            {"account_id": self.income.id, "amount": f"-{amount}", "label": "Other", **more},
        ]

    def settling(self, amount="-60.00"):
        item = self.term_line(self.invoice)
        return [
            {
                "account_id": self.receivable.id,
                "amount": amount,
                "move_line_id": item.id,
                "partner_id": self.northwind.id,
            },
            {"account_id": self.clearing.id, "amount": amount.lstrip("-")},
        ]

    def entry_rows(self, entry):
        return sorted((item.account_id.code, cents(item.balance)) for item in entry.line_ids)

    def test_booked_and_undone(self):
        before = self.books()
        suggestion = self.suggest(self.settling())
        self.assertEqual((suggestion.state, suggestion.company_id), ("pending", self.company))
        self.assertEqual(suggestion.item_ids.move_line_id, self.term_line(self.invoice))
        self.assertIs(suggestion.action_accept(), True)
        self.assertEqual(suggestion.state, "applied", suggestion.error)
        entry = suggestion.move_ids
        self.assertEqual((len(entry), entry.state, str(entry.date)), (1, "posted", "2026-03-10"))
        self.assertOpen(self.invoice, 40.0, "partial")
        self.assertTrue(suggestion.sudo().after["entries"])
        preview = suggestion.undo_preview()[0]
        self.assertTrue(preview["can_undo"])
        self.assertEqual([(row["name"], row["opens"]) for row in preview["documents"]], [(self.invoice.name, "60.00")])
        self.assertIs(suggestion.action_undo(), True)
        self.assertEqual(suggestion.state, "undone")
        self.assertOpen(self.invoice, 100.0, "not_paid")
        self.assertEqual(self.books()["trial balance"], before["trial balance"])

    def test_several_days_make_several_entries(self):
        rows = [{**row, "date": day} for day in ("2026-03-11", "2026-03-12") for row in self.rows()]
        suggestion = self.suggest(rows)
        suggestion.action_accept()
        self.assertEqual(sorted(str(entry.date) for entry in suggestion.move_ids), ["2026-03-11", "2026-03-12"])
        suggestion.action_undo()
        self.assertEqual(suggestion.state, "undone")
        self.assertTrue(all(entry.reversal_move_ids for entry in suggestion.move_ids))

    def test_unbalanced_rows_are_refused(self):
        rows = self.rows()
        rows[0]["amount"] = "41.00"
        with self.assertRaisesRegex(UserError, "add up"):
            self.suggest(rows)

    def test_refreshed_not_doubled(self):
        first = self.suggest(self.rows())
        self.assertEqual(self.suggest(self.rows()), first)
        self.assertEqual(self.suggest([{**row, "label": "Other words"} for row in self.rows()]), first)
        second = self.suggest(self.rows("50.00"))
        self.assertEqual(second, first)
        self.assertEqual(second.proposal["lines"][0]["amount"], "50.00")
        self.suggest([])
        self.assertEqual(first.state, "superseded")

    def test_a_no_holds_until_the_facts_change(self):
        self.suggest(self.rows()).action_reject("wrong_account")
        self.assertFalse(self.suggest(self.rows()))
        self.assertTrue(self.suggest(self.rows("55.00")))

    def test_a_person_may_ask_again_for_what_was_rejected(self):
        self.suggest(self.rows()).action_reject()
        self.assertTrue(self.suggest(self.rows(), origin="user"))

    def test_paid_meanwhile_is_not_booked(self):
        suggestion = self.suggest(self.settling())
        self.pay(self.invoice, 70.0)
        notice = suggestion.action_accept()
        self.assertIn("partly paid", notice["params"]["message"])
        self.assertEqual((suggestion.state, suggestion.move_ids), ("superseded", suggestion.move_ids.browse()))

    def test_deleted_target(self):
        draft = self.env["account.move"].create({"move_type": "entry", "line_ids": []})
        suggestion = self.suggest(self.rows(), record=draft)
        draft.unlink()
        self.assertEqual(suggestion.sudo().state, "superseded")

    def test_locked_period_is_said_and_nothing_is_dated_elsewhere(self):
        suggestion = self.suggest(self.rows())
        self.company.sudo().fiscalyear_lock_date = "2026-03-31"
        notice = suggestion.action_accept()
        self.assertIn("locked", notice["params"]["message"])
        self.assertEqual(suggestion.state, "superseded")

    def test_locked_later_is_moved_back_by_a_transfer(self):
        suggestion = self.suggest(self.settling())
        suggestion.action_accept()
        self.company.sudo().fiscalyear_lock_date = "2026-03-31"
        preview = suggestion.undo_preview()[0]
        self.assertEqual((preview["can_undo"], preview["can_transfer"]), (False, True))
        self.assertEqual(preview["transfer_date"], "2026-04-01")
        with self.assertRaisesRegex(UserError, "locked"):
            suggestion.action_undo()
        self.assertIs(suggestion.action_undo_by_transfer(), True)
        back = suggestion.move_ids.filtered(lambda move: str(move.date) == "2026-04-01")
        self.assertEqual(
            self.entry_rows(back), sorted([(self.receivable.code, "60.00"), (self.clearing.code, "-60.00")])
        )
        self.assertOpen(self.invoice, 40.0, "partial")

    def test_locked_without_settling_is_reversed_in_the_open_period(self):
        suggestion = self.suggest(self.rows())
        suggestion.action_accept()
        self.company.sudo().fiscalyear_lock_date = "2026-03-31"
        suggestion.action_undo()
        self.assertEqual(str(suggestion.move_ids.reversal_move_ids.date), "2026-04-01")

    def test_undone_in_odoo_before(self):
        suggestion = self.suggest(self.rows())
        suggestion.action_accept()
        suggestion.sudo().move_ids._reverse_moves(cancel=True)
        self.assertEqual(suggestion.with_user(self.reviewer).undo_many()[0]["outcome"], "gone")

    def test_undo_stops_at_later_work(self):
        suggestion = self.suggest(
            [
                {"account_id": self.receivable.id, "amount": "25.00", "partner_id": self.northwind.id},
                {"account_id": self.income.id, "amount": "-25.00"},
            ]
        )
        suggestion.action_accept()
        item = suggestion.sudo().move_ids.line_ids.filtered(lambda item: item.account_id == self.receivable)
        refund = self.document(self.northwind, 25.0, "out_refund")
        (item + self.term_line(refund)).reconcile()
        with self.assertRaisesRegex(UserError, refund.name):
            suggestion.action_undo()

    def test_taxes_are_split_and_reversed_in_the_same_boxes(self):
        tax = self.company_data["default_tax_sale"]
        tags = self.tags(tax)
        rows = [
            {"account_id": self.clearing.id, "amount": "115.00"},
            {"account_id": self.clearing.id, "amount": "-115.00", "tax_ids": tax.ids},
        ]
        suggestion = self.suggest(rows)
        suggestion.action_accept()
        self.assertEqual(self.tag_sums(), {tags[0].name: "-100.00", tags[1].name: "-15.00"})
        back = [{**row, "amount": cents(-float(row["amount"])), "reverses": True} for row in rows]
        other = self.suggest(back, record=self.document(self.yonder, 1.0))
        other.action_accept()
        self.assertEqual(other.state, "applied", other.error)
        self.assertEqual(self.tag_sums(), {tags[0].name: "0.00", tags[1].name: "0.00"})

    def test_tax_is_told_to_the_cent(self):
        tax = self.company_data["default_tax_sale"]
        rows = [
            {"account_id": self.clearing.id, "amount": "115.00"},
            {"account_id": self.clearing.id, "amount": "-115.00", "tax_ids": tax.ids, "tax_amount": "-15.01"},
        ]
        suggestion = self.suggest(rows)
        suggestion.action_accept()
        entry = suggestion.move_ids
        self.assertEqual(cents(sum(entry.line_ids.filtered("tax_line_id").mapped("balance"))), "-15.01")
        self.assertEqual(cents(sum(entry.line_ids.filtered("tax_ids").mapped("balance"))), "-99.99")

    def tags(self, tax):
        """A base and a tax tag of sales, another pair for credit notes."""
        country = self.company.account_fiscal_country_id
        make = self.env["account.account.tag"].create
        names = ("Base", "Tax", "Refunded base", "Refunded tax")
        tags = [make({"name": name, "applicability": "taxes", "country_id": country.id}) for name in names]
        for lines, pair in ((tax.invoice_repartition_line_ids, tags[:2]), (tax.refund_repartition_line_ids, tags[2:])):
            for line in lines:
                line.tag_ids = [Command.set((pair[0] if line.repartition_type == "base" else pair[1]).ids)]
        return tags

    def tag_sums(self):
        self.env.flush_all()
        items = self.env["account.move.line"].search(
            [("tax_tag_ids", "!=", False), ("company_id", "=", self.company.id), ("parent_state", "=", "posted")]
        )
        sums = {}
        for item in items:
            for tag in item.tax_tag_ids:
                sums[tag.name] = sums.get(tag.name, 0.0) + item.balance
        return {name: cents(amount) for name, amount in sums.items()}

    def test_questions(self):
        proposer = self.env["ai.proposer.netting"]
        choices = [proposer._alternative(self.rows(amount), "netting") for amount in ("10.00", "20.00")]
        suggestion = self.suggest([], evidence={"alternatives": choices})
        self.assertTrue(suggestion.is_question)
        with self.assertRaisesRegex(UserError, "question"):
            suggestion.action_accept()
        self.assertEqual(len(suggestion.card["alternatives"]), 2)
        self.assertIs(suggestion.action_choose(choices[1]["key"]), True)
        self.assertEqual(suggestion.state, "applied", suggestion.error)
        self.assertEqual(cents(suggestion.move_ids.amount_total), "20.00")

    def test_a_question_that_was_rejected_stays_away(self):
        proposer = self.env["ai.proposer.netting"]
        choices = [proposer._alternative(self.rows(amount), "netting") for amount in ("10.00", "20.00")]
        self.suggest([], evidence={"alternatives": choices}).action_reject()
        self.assertFalse(self.suggest([], evidence={"alternatives": choices}))

    def test_card_and_previews(self):
        suggestion = self.suggest(self.settling())
        entry = suggestion.card["entry"]
        self.assertEqual([(row["debit"], row["credit"]) for row in entry["rows"]], [(0.0, 60.0), (60.0, 0.0)])
        self.assertEqual((entry["rows"][0]["settles"], entry["rows"][0]["leaves"]), (self.invoice.name, 40.0))
        self.assertTrue(suggestion.accept_preview()[0]["can_accept"])
        self.assertEqual(suggestion.batch_preview()[0]["count"], 1)
        self.assertTrue(suggestion.review_rows())
        effect = {row["account"]: row["change"] for row in suggestion.desk_effect()["rows"]}
        self.assertEqual(effect, {self.receivable.display_name: -60.0, self.clearing.display_name: 60.0})
        self.assertIn(self.invoice.id, suggestion._desk_move_ids(suggestion.card))

    def test_nobody_edits_or_submits_it(self):
        suggestion = self.suggest(self.rows())
        with self.assertRaises(ValidationError):
            suggestion.action_edit({"lines": []})
        values = {"kind": "netting", "res_model": "account.move", "res_id": self.invoice.id, "proposal": {"lines": []}}
        with self.assertRaises(UserError):
            self.suggestions.submit(values)

    def test_the_log_tells_the_entry(self):
        suggestion = self.suggest(self.rows())
        suggestion.action_accept()
        row = self.env["ai.audit.log"].sudo().search([("suggestion_id", "=", suggestion.id), ("event", "=", "applied")])
        self.assertEqual(len(row), 1)
        self.assertIn(suggestion.move_ids.name, str(row.read()[0]))

    def test_changed_outside_is_noticed(self):
        suggestion = self.suggest(self.rows())
        suggestion.action_accept()
        item = suggestion.move_ids.sudo().line_ids.filtered(lambda item: item.account_id == self.clearing)
        item.account_id = self.expense
        found = self.env["ai.proposer.netting"].sudo()._compare(suggestion.sudo())
        self.assertEqual(found[suggestion.id][0], "recoded")

    def test_without_the_role_nothing_is_decided(self):
        suggestion = self.suggest(self.rows())
        auditor = self.make_user("entry_auditor", "auditor")
        with self.assertRaises(UserError):
            suggestion.with_user(auditor).action_accept()
