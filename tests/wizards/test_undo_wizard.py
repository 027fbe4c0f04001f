"""Undo of many: chosen, looked at, undone in slices; what can't be says why and stops nothing else."""

from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import BankCase, cents
from ..models.test_effects import EffectsCase


class UndoCase(BankCase):
    def applied(self, *amounts, partner=None, date="2026-03-10", click=None, taxes=None):
        """As many applied suggestions, decided with one click."""
        partner = partner or self.northwind
        found = self.suggestions
        for amount in amounts:
            invoice = self.document(partner, amount, taxes=taxes, date=date)
            line = self.line(f"payment {invoice.name}", invoice.amount_total, date)
            row = {"move_line_id": self.term_line(invoice).id, "amount": f"{invoice.amount_total:.2f}"}
            found += self.submitted(line, {"counterparts": [row], "partner_id": partner.id})
        if click:
            found.with_context(ai_click=click).action_accept()
        else:
            found.action_accept()
        self.assertEqual(set(found.mapped("state")), {"applied"})
        return found

    def lock(self, until, field="fiscalyear_lock_date"):
        self.env.flush_all()
        self.env.cr.execute(f"UPDATE res_company SET {field} = %s WHERE id = %s", (until, self.company.id))
        self.env.invalidate_all()

    def wizard(self, suggestions=None, user=None, **values):
        model = self.env["ai.suggestion.undo"].with_user(user or self.reviewer)
        if suggestions is not None:
            model = model.with_context(active_model="ai.suggestion", active_ids=suggestions.ids)
        wizard = model.create(values)
        wizard.action_look()
        return wizard

    def run_all(self, wizard):
        answers = [wizard.action_run_slice()]
        while answers[-1]["left"]:
            answers.append(wizard.action_run_slice())
        return answers

    def status(self, wizard):
        return {row.suggestion_id.id: row.status for row in wizard.row_ids}


@tagged("post_install", "-at_install")
class TestUndoWizard(UndoCase):
    def test_selection_is_shown_and_undone(self):
        found = self.applied(10.0, 20.0, 30.0)
        before = self.books()
        wizard = self.wizard(found[:2])
        self.assertEqual((wizard.step, wizard.count, wizard.ready_count), ("look", 2, 2))
        self.assertTrue(all(row.does for row in wizard.row_ids))
        self.assertBooks(before)
        self.assertEqual(self.run_all(wizard), [{"done": 2, "left": 0, "count": 2}])
        self.assertEqual(found.mapped("state"), ["undone", "undone", "applied"])
        self.assertEqual((wizard.step, wizard.undone_count), ("done", 2))
        self.assertEqual(set(found[:2].mapped("undone_by_id")), {self.reviewer})

    def test_criteria(self):
        march = self.applied(10.0)
        april = self.applied(20.0, date="2026-04-02")
        other = self.applied(30.0, partner=self.yonder, date="2026-04-03")
        since = self.wizard(scope="criteria", since="2026-04-01")
        self.assertEqual(since.row_ids.suggestion_id, april + other)
        vendor = self.wizard(scope="criteria", since="2026-03-01", partner_ids=[Command.set(self.northwind.ids)])
        self.assertEqual(vendor.row_ids.suggestion_id, march + april)
        mine = self.wizard(scope="criteria", is_mine=True, kind="bank_match")
        self.assertEqual(mine.row_ids.suggestion_id, march + april + other)
        with self.assertRaisesRegex(UserError, "fits"):
            self.wizard(scope="criteria", kind="bank_coding")
        colleague = self.make_user("colleague", "reviewer")
        with self.assertRaisesRegex(UserError, "fits"):
            self.wizard(scope="criteria", is_mine=True, user=colleague)

    def test_everything_that_one_click_did(self):
        first = self.applied(10.0, 20.0, click="one")
        second = self.applied(30.0, click="two")
        self.assertEqual(len(set(first.mapped("correlation_id"))), 1)
        self.assertNotEqual(first[0].correlation_id, second.correlation_id)
        action = first[0].action_undo_decision()
        wizard = self.env["ai.suggestion.undo"].with_user(self.reviewer).with_context(**action["context"]).create({})
        self.assertEqual(wizard.scope, "decision")
        wizard.action_look()
        self.assertEqual(wizard.row_ids.suggestion_id, first)
        self.run_all(wizard)
        self.assertEqual((first + second).mapped("state"), ["undone", "undone", "applied"])

    def test_nobody_joins_the_click_of_somebody_else(self):
        first = self.applied(10.0, click="one")
        colleague = self.make_user("colleague", "reviewer")
        invoice = self.document(self.northwind, 5.0)
        line = self.line("x", 5.0)
        row = {"move_line_id": self.term_line(invoice).id, "amount": "5.00"}
        theirs = self.submitted(line, {"counterparts": [row]}).with_user(colleague)
        theirs.with_context(ai_click="one").action_accept()
        self.assertNotEqual(theirs.correlation_id, first.correlation_id)

    def test_each_call_without_a_name_is_a_click_of_its_own(self):
        first, second = self.applied(10.0), self.applied(20.0)
        self.assertTrue(first.correlation_id)
        self.assertNotEqual(first.correlation_id, second.correlation_id)

    def test_partial_failure_is_reported_and_the_rest_is_undone(self):
        found = self.applied(10.0, 20.0, 30.0)
        wizard = self.wizard(found)
        line = self.env["account.bank.statement.line"].browse(found[1].res_id)
        # Between looking and doing, somebody matches the line with something else in Odoo.
        line.action_undo_reconciliation()
        other = self.document(self.yonder, 20.0)
        item, suspense = self.term_line(other), line._seek_for_lines()[1]
        suspense.write({"account_id": item.account_id.id})
        (suspense + item).reconcile()
        self.run_all(wizard)
        self.assertEqual(found.mapped("state"), ["undone", "applied", "undone"])
        refused = wizard.row_ids.filtered(lambda row: row.status == "refused")
        self.assertEqual(refused.suggestion_id, found[1])
        self.assertIn("changed later", refused.why)
        self.assertOpen(other, 0.0, "paid")
        self.assertEqual(wizard.refused_count, 1)

    def test_one_that_raises_while_being_undone_stops_only_itself(self):
        found = self.applied(10.0, 20.0, 30.0, 40.0)
        bad, why = found[2].res_id, "not this one"
        proposer = type(self.env["ai.proposer.bank_match"])
        undo = proposer._undo

        def _undo(self, suggestions):
            undo(self, suggestions)
            if bad in suggestions.mapped("res_id"):
                raise UserError(why)

        before = self.env["account.bank.statement.line"].browse(bad).move_id.line_ids.ids
        with patch.object(proposer, "_undo", _undo):
            outcomes = found.undo_many()
        self.assertEqual([row["outcome"] for row in outcomes], ["undone", "undone", "refused", "undone"])
        self.assertEqual(outcomes[2]["why"], "not this one")
        self.assertEqual(found.mapped("state"), ["undone", "undone", "applied", "undone"])
        self.assertEqual(self.env["account.bank.statement.line"].browse(bad).move_id.line_ids.ids, before)

    def test_undone_in_odoo_before(self):
        found = self.applied(10.0, 20.0)
        wizard = self.wizard(found)
        self.env["account.bank.statement.line"].browse(found[0].res_id).action_undo_reconciliation()
        self.run_all(wizard)
        self.assertEqual(self.status(wizard), {found[0].id: "gone", found[1].id: "undone"})
        self.assertEqual(found[0].state, "superseded")

    def test_what_is_not_booked_is_listed_with_why(self):
        found = self.applied(10.0)
        invoice = self.document(self.northwind, 5.0)
        pending = self.propose(self.line(f"NORTHWIND TRADERS {invoice.name}", 5.0))
        wizard = self.wizard(found + pending)
        self.assertEqual(self.status(wizard), {found.id: "ready", pending.id: "refused"})

    def test_locked_ones_stay_or_go_by_transfer(self):
        old = self.applied(10.0, 20.0, date="2026-01-10")
        new = self.applied(30.0)
        self.lock("2026-01-31")
        wizard = self.wizard(old + new)
        self.assertEqual((wizard.ready_count, wizard.locked_count), (1, 2))
        self.run_all(wizard)
        self.assertEqual((old + new).mapped("state"), ["applied", "applied", "undone"])
        wizard = self.wizard(old, by_transfer=True)
        self.run_all(wizard)
        self.assertEqual(set(self.status(wizard).values()), {"transferred"})
        entries = old.move_ids.filtered(lambda move: move.journal_id.type == "general")
        self.assertEqual(len(entries), 2)
        self.assertEqual({str(entry.date) for entry in entries}, {"2026-02-01"})

    def test_returned_debit_goes_before_the_payment_that_it_returned(self):
        suggestion = self.applied(640.0)
        invoice = suggestion.item_ids.move_line_id.move_id
        back = self.line(f"RETURNED DEBIT NORTHWIND TRADERS {invoice.name}", -640.0, "2026-03-20")
        returned = self.booked(back, "returned", asked=None)
        alone = self.wizard(suggestion)
        self.assertEqual(alone.row_ids.status, "refused")
        wizard = self.wizard(suggestion + returned)
        self.assertEqual(wizard.row_ids.sorted("sequence").suggestion_id, returned + suggestion)
        self.assertEqual(wizard.ready_count, 2)
        self.run_all(wizard)
        self.assertEqual((suggestion + returned).mapped("state"), ["undone", "undone"])
        self.assertOpen(invoice, 640.0, "not_paid")

    def test_amount_on_account_that_pays_something_now_is_not_torn_apart(self):
        line = self.line("prepayment", 100.0)
        advance = self.by_hand(line, write_off=[{"account_id": self.receivable.id, "amount": "100.00"}])
        item = line.move_id.line_ids.filtered(lambda i: i.account_id == self.receivable)
        invoice = self.document(self.northwind, 100.0)
        item.partner_id = self.northwind
        (item + self.term_line(invoice)).reconcile()
        wizard = self.wizard(advance)
        self.assertEqual(wizard.row_ids.status, "refused")
        self.assertIn(invoice.name, wizard.row_ids.why)
        with self.assertRaisesRegex(UserError, "matched later"):
            advance.action_undo()
        self.assertOpen(invoice, 0.0, "paid")

    def test_rejections_are_taken_back(self):
        invoice = self.document(self.northwind, 5.0)
        suggestion = self.propose(self.line(f"NORTHWIND TRADERS {invoice.name}", 5.0))
        suggestion.action_reject("later")
        self.assertEqual([row["outcome"] for row in suggestion.undo_many()], ["undone"])
        self.assertEqual(suggestion.state, "pending")

    def test_slices_are_equal_and_can_be_carried_on(self):
        found = self.applied(*(100.0 + n for n in range(9)))
        wizard = self.wizard(found)
        counts = []
        with patch("odoo.addons.ai_bookkeeper.wizards.ai_suggestion_undo.SLICE", 3):
            for expected in (6, 3, 0):
                self.env.flush_all()
                self.env.invalidate_all()
                start = self.cr.sql_log_count
                self.assertEqual(wizard.action_run_slice()["left"], expected)
                self.env.flush_all()
                counts.append(self.cr.sql_log_count - start)
        self.assertEqual(set(found.mapped("state")), {"undone"})
        # A slice costs the same whether much or little was done before.
        self.assertLessEqual(max(counts), min(counts) * 1.2 + 10, counts)

    def test_rights(self):
        found = self.applied(10.0)
        for role in ("manager", "auditor"):
            user = self.make_user(f"undo_{role}", role)
            with self.assertRaises(AccessError):
                self.env["ai.suggestion.undo"].with_user(user).create({})
            with self.assertRaises(AccessError):
                found.with_user(user).undo_many()
            with self.assertRaises(AccessError):
                self.env["ai.suggestion"].with_user(user).undo_candidates({})
        colleague = self.make_user("colleague", "reviewer")
        wizard = self.wizard(found)
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            wizard.with_user(colleague).action_run_slice()
        self.assertEqual(found.state, "applied")

    def test_nothing_of_another_company(self):
        found = self.applied(10.0)
        other = self.setup_other_company(name="Elsewhere")["company"]
        stranger = self.make_user("elsewhere", "reviewer", company=other)
        with self.assertRaises(UserError):
            self.wizard(scope="criteria", user=stranger)
        with self.assertRaises(AccessError):
            found.with_user(stranger).undo_many()
        self.assertEqual(found.state, "applied")

    def test_form(self):
        found = self.applied(10.0)
        model = self.env["ai.suggestion.undo"].with_user(self.reviewer)
        with Form(model.with_context(active_model="ai.suggestion", active_ids=found.ids)) as form:
            self.assertEqual(form.selected_count, 1)
            form.scope = "criteria"
            form.partner_ids.add(self.northwind)


@tagged("post_install", "-at_install")
class TestUndoWizardEffects(EffectsCase, UndoCase):
    def lock(self, *args):
        return EffectsCase.lock(self, *args)

    def test_dry_run_adds_up(self):
        found = self.applied(100.0, 200.0, taxes=self.cash_tax)
        report = self.report()
        wizard = self.wizard(found)
        self.assertIn("45.00 on C-i-tax", wizard.effects_text)
        self.assertIn("2 cash basis", wizard.effects_text)
        self.assertEqual(self.report(), report)
        self.run_all(wizard)
        difference = self.difference(report, self.report())
        self.assertEqual({cents(float(amount)) for key, amount in difference.items() if key[0] == "C-i-tax"}, {"45.00"})

    def test_button_asks_only_where_something_else_changes(self):
        plain = self.applied(100.0)
        self.assertIs(plain.action_undo_ask(), True)
        self.assertEqual(plain.state, "undone")
        taxed = self.applied(100.0, taxes=self.cash_tax)
        action = taxed.action_undo_ask()
        self.assertEqual(action["res_model"], "ai.suggestion.undo")
        self.assertEqual(action["context"]["active_ids"], taxed.ids)
        self.assertEqual(taxed.state, "applied")
