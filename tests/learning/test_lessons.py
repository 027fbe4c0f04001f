"""Decisions teach at once, by how they were taken; what is undone or coded anew is unlearned."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import LearningCase


@tagged("post_install", "-at_install")
class TestLessons(LearningCase):
    def test_a_decision_counts_at_once(self):
        _learner, before = self.learner()
        self.assertUnknown("ACME RENT")
        suggestion = self.hand_coded("ACME RENT 1", -500.0, self.rent)
        lesson = self.lessons(suggestion.statement_line_id)
        self.assertEqual(
            (lesson.source, lesson.weight, lesson.user_id, lesson.status, lesson.suggestion_id, lesson.is_error),
            ("person", 1.0, self.reviewer, "counts", suggestion, False),
        )
        self.assertEqual(lesson.coding_text, self.rent.display_name)
        learner, version = self.learner()
        self.assertNotEqual(version, before)
        self.assertEqual(self.guess("ACME RENT 2").label, lesson.label)

    def test_matching_teaches_no_coding(self):
        bill = self.bill(self.adatum, 100.0)
        line = self.line("ADATUM", -100.0)
        self.by_hand(line, [(self.term_line(bill), "-100.00")])
        self.assertFalse(self.lessons(line))

    def test_undoing_unlearns_and_counts_as_an_error(self):
        suggestion = self.hand_coded("ACME RENT 1", -500.0, self.rent)
        line = suggestion.statement_line_id
        suggestion.action_undo()
        lesson, undone = self.lessons(line)
        self.assertEqual((lesson.status, undone.status, undone.is_error), ("forgotten", "takes_back", True))
        self.assertUnknown("ACME RENT 2")
        self.assertEqual(self.examples(), {})

    def test_coded_otherwise_after_an_undo(self):
        suggestion = self.hand_coded("ACME RENT 1", -500.0, self.rent)
        suggestion.action_undo()
        self.hand_coded(suggestion.statement_line_id, -500.0, self.fuel)
        self.assertEqual(self.guess("ACME RENT 2").label, self.label(self.fuel))

    def test_a_group_accept_weighs_little(self):
        lines = [self.line(f"ACME RENT {number}", -500.0) for number in range(2)]
        coding = {"lines": [{"account_id": self.rent.id, "amount": "-500.00", "tax_ids": []}], "remainder": "0"}
        found = self.suggestions.browse()
        for line in lines:
            found |= self.submitted(line, coding, "bank_coding")
        found.action_accept()
        for line in lines:
            lesson = self.lessons(line)
            self.assertEqual((lesson.source, lesson.weight), ("group", 0.1))
        found[0]._learn("sample")
        self.assertEqual(self.live(lines[0]).mapped("weight"), [1.0])
        self.assertEqual(self.live(lines[0]).source, "sample")

    def test_faster_than_reading_weighs_little(self):
        line = self.line("ACME RENT", -500.0)
        coding = {"lines": [{"account_id": self.rent.id, "amount": "-500.00", "tax_ids": []}], "remainder": "0"}
        suggestion = self.submitted(line, coding, "bank_coding")
        suggestion.action_opened()
        suggestion.action_accept()
        self.assertEqual(self.lessons(line).weight, 0.1)

    def test_who_looked_before_the_server_heard_of_it_was_not_hasty(self):
        """The desk tells what was looked at together with the decision, and for how long."""
        coding = {"lines": [{"account_id": self.rent.id, "amount": "-500.00", "tax_ids": []}], "remainder": "0"}
        for said, weight in ((2.5, 1.0), (0.4, 0.1), ("9", 0.1), (float("nan"), 0.1), (-5, 0.1)):
            line = self.line("ACME RENT", -500.0)
            suggestion = self.submitted(line, coding, "bank_coding")
            suggestion.action_opened({str(suggestion.id): said})
            suggestion.action_accept()
            self.assertEqual(self.lessons(line).weight, weight, said)

    def test_a_change_is_no_haste(self):
        line = self.line("ACME RENT", -500.0)
        coding = {"lines": [{"account_id": self.fuel.id, "amount": "-500.00", "tax_ids": []}], "remainder": "0"}
        suggestion = self.submitted(line, coding, "bank_coding")
        suggestion.action_opened()
        coding["lines"][0]["account_id"] = self.rent.id
        suggestion.action_edit(coding)
        suggestion.action_accept()
        self.assertEqual(self.lessons(line).weight, 1.0)

    def test_what_a_policy_booked_alone_teaches_after_a_sample(self):
        line = self.line("ACME RENT", -500.0)
        coding = {"lines": [{"account_id": self.rent.id, "amount": "-500.00", "tax_ids": []}], "remainder": "0"}
        suggestion = self.submitted(line, coding, "bank_coding")
        suggestion.sudo()._accept({"decision": "policy", "decided_at": fields.Datetime.now(), "decided_by_id": False})
        self.assertEqual(suggestion.state, "applied")
        self.assertFalse(self.lessons(line))
        suggestion._learn("sample")
        self.assertEqual((self.lessons(line).source, self.lessons(line).weight), ("sample", 1.0))

    def test_the_machine_was_wrong(self):
        line = self.line("ACME RENT", -500.0)
        coding = {"lines": [{"account_id": self.fuel.id, "amount": "-500.00", "tax_ids": []}], "remainder": "0"}
        suggestion = self.submitted(line, coding, "bank_coding")
        suggestion.sudo().write({"origin": "engine", "tier": "memory"})
        coding["lines"][0]["account_id"] = self.rent.id
        suggestion.action_edit(coding)
        suggestion.action_accept()
        self.assertTrue(self.lessons(line).is_error)

    def test_coded_anew_in_odoo(self):
        suggestion = self.hand_coded("ACME RENT 1", -500.0, self.rent)
        line = suggestion.statement_line_id
        item = line.move_id.line_ids.filtered(lambda each: each.account_id == self.rent)
        item.with_context(skip_readonly_check=True).write({"account_id": self.fuel.id})
        self.env.flush_all()
        suggestion.sudo()._compare_with_books()
        self.assertEqual(suggestion.changed_outside, "recoded")
        lesson = self.live(line)
        self.assertEqual((lesson.source, lesson.label), ("outside", self.label(self.fuel)))
        self.assertEqual(self.lessons(line).filtered("forgets_id").mapped("is_error"), [True])
        item.with_context(skip_readonly_check=True).write({"account_id": self.rent.id})
        self.env.flush_all()
        suggestion.sudo()._compare_with_books()
        self.assertFalse(suggestion.changed_outside)
        self.assertEqual(self.live(line).label, self.label(self.rent))

    def test_history_coded_anew_corrected_and_gone(self):
        recoded = self.coded("ACME RENT 1", -500.0, self.fuel)
        corrected = self.coded("ACME RENT 2", -510.0, self.fuel, date="2026-03-11")
        gone = self.coded("ACME RENT 3", -520.0, self.fuel, date="2026-03-12")
        kept = self.coded("ACME RENT 4", -530.0, self.fuel, date="2026-03-13")
        self.read_history()
        item = recoded.move_id.line_ids.filtered(lambda each: each.account_id == self.fuel)
        item.with_context(skip_readonly_check=True).write({"account_id": self.rent.id})
        gone.action_undo_reconciliation()
        self.correct(corrected, self.fuel, self.rent, 510.0)
        self.check_with_books()
        self.assertEqual(self.live(recoded).label, self.label(self.rent))
        self.assertEqual(self.live(corrected).label, self.label(self.rent))
        self.assertFalse(self.live(gone))
        self.assertEqual((self.live(kept).label, self.live(kept).source), (self.label(self.fuel), "history"))
        before = self.env["ai.learning.event"].sudo().search_count([])
        self.check_with_books()
        self.assertEqual(
            self.env["ai.learning.event"].sudo().search_count([]), before, "it says the same again and again"
        )

    def test_a_months_accrual_is_no_correction(self):
        line = self.coded("ACME RENT 1", -500.0, self.rent)
        self.read_history()
        self.correct(line, self.rent, self.loan, 500.0, names_it=False)
        self.check_with_books()
        self.assertEqual(self.live(line).label, self.label(self.rent))

    def test_lessons_are_never_changed(self):
        suggestion = self.hand_coded("ACME RENT 1", -500.0, self.rent)
        lesson = self.lessons(suggestion.statement_line_id)
        with self.assertRaises(UserError):
            lesson.write({"weight": 0.5})
        with self.assertRaises(UserError):
            lesson.with_user(self.reviewer).write({"weight": 0.5})
        with self.assertRaises(AccessError):
            lesson.with_user(self.reviewer).unlink()

    def test_nobody_sees_lessons_of_hidden_lines(self):
        suggestion = self.hand_coded("ACME RENT 1", -500.0, self.rent)
        lesson = self.lessons(suggestion.statement_line_id)
        auditor = self.make_user("auditor", "auditor")
        self.assertTrue(lesson.with_user(auditor).has_access("read"))
        other = self.setup_other_company()["company"]
        stranger = self.make_user("stranger", "auditor", company=other)
        self.assertFalse(lesson.with_user(stranger).has_access("read"))
        self.assertFalse(self.env["ai.learning.event"].with_user(stranger).search([]))

    def test_parking_teaches_nothing(self):
        self.company.sudo().ai_clarification_account_id = self.make_account("Clarification", "asset_current")
        suggestion = self.hand_coded("WHAT IS THIS", -500.0, self.company.ai_clarification_account_id)
        self.assertFalse(self.lessons(suggestion.statement_line_id))
        self.assertEqual(self.examples(), {})

    def test_other_companies_learn_nothing(self):
        self.hand_coded("ACME RENT 1", -500.0, self.rent)
        other = self.setup_other_company()["company"]
        learner, version = self.env["ai.learning.model"]._learner(other)
        self.assertTrue(version.endswith("/0+0"), version)
        self.assertNotEqual(learner.predict(self.case("ACME RENT 2")).tier, "memory")

    def test_cost_of_a_decision(self):
        self.hand_coded("ACME RENT 0", -500.0, self.rent)
        suggestion = self.hand_coded("ACME RENT 1", -500.0, self.rent).sudo()
        self.env.flush_all()
        with self.assertQueryCount(7):
            suggestion._learn()

    def test_a_second_before(self):
        proposer = self.env["ai.proposer.bank_coding"].with_user(self.reviewer)
        self.assertFalse(proposer._is_hasty())
        suggestion = self.hand_coded("ACME RENT 1", -500.0, self.rent)
        self.assertFalse(proposer._is_hasty(), "the same click")
        now = self.env.cr.now()
        for seconds, expected in ((0.4, True), (30, False)):
            self.env.cr.execute(
                "UPDATE ai_learning_event SET create_date = %s WHERE suggestion_id = %s",
                [now - timedelta(seconds=seconds), suggestion.id],
            )
            self.assertEqual(proposer._is_hasty(), expected)
