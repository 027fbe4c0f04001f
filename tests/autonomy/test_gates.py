"""Gates open on evidence, say what is missing, and close by themselves."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import AutopilotCase


@tagged("post_install", "-at_install")
class TestOpening(AutopilotCase):
    def test_asks_until_enough_was_decided(self):
        self.policy()
        self.decided(13)
        gate = self.look()
        self.assertEqual(
            (gate.state, gate.kind, gate.journal_id, gate.tier), ("closed", "bank_match", self.bank, "match")
        )
        self.assertEqual((gate.people_count, gate.missing), (13, 1))
        self.assertEqual(gate.missing_words, "1 more clean approvals, about a week at your volume")
        [suggestion] = self.alone()
        self.assertEqual((suggestion.state, suggestion.policy_text), ("pending", "asked: autopilot's gate is not open"))

    def test_opens_and_books_at_once(self):
        policy, gate = self.opened()
        self.assertRegex(gate.text, r"^Books alone from confidence 0\.\d+ on, up to .*1,000\.00.*\.$")
        before = self.books()
        [suggestion] = self.alone()
        self.assertEqual((suggestion.state, suggestion.decision, suggestion.at_once), ("applied", "policy", True))
        self.assertFalse(suggestion.decided_by_id or suggestion.signed_off_by_id)
        self.assertEqual(suggestion.policy_id, policy)
        self.assertTrue(suggestion.statement_line_id.is_reconciled)
        self.assertEqual(gate.booked_count, 1)
        logs = self.env["ai.audit.log"].sudo().search([("suggestion_id", "=", suggestion.id)], order="id")
        self.assertEqual(logs.mapped("event"), ["proposed", "accepted_by_policy", "applied"])
        self.assertTrue(logs[-1].payload["at_once"])
        self.assertEqual(logs[-1].user_id, self.env.ref("base.user_root").id, "nobody pressed a button")
        self.assertIs(suggestion.action_undo(), True)
        self.assertEqual(suggestion.state, "undone")
        self.assertEqual(before["trial balance"].keys() - self.books()["trial balance"].keys(), set())

    def test_managers_are_told_and_it_is_logged(self):
        _policy, gate = self.opened()
        domain = [("model", "=", "ai.gate"), ("res_id", "=", gate.id), ("message_type", "=", "user_notification")]
        message = self.env["mail.message"].sudo().search(domain)
        self.assertIn("Autopilot opens: Bank match, Match", message.subject)
        self.assertEqual(message.notified_partner_ids, self.manager.partner_id)
        log = self.env["ai.audit.log"].sudo().search([("event", "=", "gate_opened")], limit=1)
        self.assertEqual(log.payload["people"], [14, 0])

    def test_over_the_cap_and_under_the_threshold_ask(self):
        _policy, gate = self.opened()
        [large] = self.alone(amount=1500.0)
        self.assertEqual(large.policy_reason[0], "over")
        gate.sudo().threshold = 1.0
        [unsure] = self.alone()
        self.assertEqual(unsure.policy_reason[0], "confidence")

    def test_what_was_accepted_in_a_group_says_little(self):
        self.policy()
        lines = self.env["account.bank.statement.line"].union(*(self.payment() for _n in range(14)))
        self.propose(lines).action_accept()
        self.assertEqual(sum(self.look().mapped("people_count")), 0)

    def test_errors_of_people_keep_it_closed(self):
        self.policy()
        self.decided(14)
        for _n in range(3):
            line = self.payment()
            self.propose(line)
            row = {"account_id": self.income.id, "amount": str(line.amount)}
            self.by_hand(line, write_off=[row])
        gate = self.look()
        self.assertEqual((gate.state, gate.why), ("closed", "bound"))
        self.assertRegex(gate.text, r"From confidence 0\.\d+ on, \d of 1\d were wrong: the error may be as high as")
        self.assertEqual(len(gate.action_open_errors()["domain"][0][2]), 3)
        # Another document, or none in its place, weighs twice.
        self.assertEqual(gate.steps[0]["counted"], 2 * gate.steps[0]["errors"])

    def test_the_same_booked_by_hand_is_no_error(self):
        self.policy()
        line = self.payment()
        suggestion = self.propose(line)
        row = suggestion.proposal["counterparts"][0]
        item = self.env["account.move.line"].browse(row["move_line_id"])
        self.by_hand(line, [(item, row["amount"])], partner=self.northwind)
        self.assertEqual(sum(self.look().mapped("people_errors")), 0)

    def test_edited_and_rejected_count_as_wrong(self):
        self.policy()
        edited, rejected, later = (self.propose(self.payment()) for _n in range(3))
        row = {
            "account_id": self.income.id,
            "amount": str(edited.amount),
            "tax_ids": [],
            "label": "x",
            "reason": "manual",
        }
        edited.action_edit({"counterparts": [], "write_off": [row], "partner_id": False})
        edited.action_accept()
        rejected.action_reject("wrong_item")
        later.action_reject("later")
        gate = self.look()
        self.assertEqual((gate.people_count, gate.people_errors), (2, 2))

    def test_a_backtest_alone_opens_the_small_cap(self):
        self.policy()
        self.replayed(60)
        gate = self.look()
        self.assertEqual((gate.state, gate.cap, gate.people_count, gate.backtest_count), ("small", 100.0, 0, 60))
        self.assertIn("rests on the backtest", gate.text)
        self.assertEqual(gate.backtest_words, "60 of 60 right")
        [small] = self.alone(amount=90.0)
        [large] = self.alone(amount=110.0)
        self.assertEqual((small.state, large.policy_reason[0]), ("applied", "over_earned"))
        self.company.ai_small_cap = 0.0
        self.assertEqual(self.look().state, "closed")

    def test_backtest_and_people_together(self):
        self.policy()
        wrong = self.replayed(60, errors=1)
        self.decided(5)
        gate = self.look()
        self.assertEqual(
            (gate.state, gate.people_words, gate.backtest_words), ("open", "5 of 5 right", "59 of 60 right")
        )
        self.assertEqual(gate.action_open_backtest_errors()["domain"], [("id", "in", wrong[0].ids)])

    def test_a_line_counts_once(self):
        self.policy()
        [suggestion] = self.decided(1)
        self.replayed(1, line=suggestion.statement_line_id)
        gate = self.look()
        self.assertEqual((gate.people_count, gate.backtest_count), (1, 0))

    def test_what_the_policy_is_not_for_is_no_evidence(self):
        journal = self.make_journal("BNK7")
        self.policy(journal_ids=[(6, 0, journal.ids)])
        self.decided(2)
        self.assertFalse(self.look())

    def test_amounts_over_the_cap_are_no_evidence(self):
        self.policy(max_amount=50.0)
        self.decided(2)
        self.assertFalse(self.look())

    def test_a_changed_tolerance_is_counted_at_once(self):
        policy, gate = self.opened()
        policy.max_error_rate = 0.02
        self.assertEqual((gate.state, gate.missing), ("closed", 135))

    def test_autopilot_says_how_far_it_may_go(self):
        with self.assertRaisesRegex(ValidationError, "up to which amount"):
            self.policy(max_amount=0.0)
        with self.assertRaisesRegex(ValidationError, "coded blind"):
            self.policy(sample_rate=0.0)

    def test_text_of_the_policy(self):
        policy = self.policy()
        self.assertIn("until enough was decided", policy.gate_text)
        self.decided(4)
        self.look()
        self.assertIn("10 more clean approvals", policy.gate_text)
        policy.mode = "assist"
        self.assertFalse(policy.gate_text)

    def test_another_mode_and_back(self):
        policy, gate = self.opened()
        self.alone(3).action_undo()
        since = gate.since
        policy.mode = "assist"
        policy.mode = "autopilot"
        self.assertEqual((gate.state, gate.since, gate.people_count), ("closed", since, 0))


@tagged("post_install", "-at_install")
class TestClosing(AutopilotCase):
    def setUp(self):
        super().setUp()
        self.rule, self.gate = self.opened()

    def test_people_take_back_too_much(self):
        booked = self.alone(3)
        booked[:2].action_undo()
        self.assertEqual(self.gate.state, "open")
        booked[2].action_undo()
        self.assertEqual((self.gate.state, self.gate.why), ("closed", "undone"))
        self.assertIn("took back 3 of the last 3", self.gate.text)
        activity = self.gate.activity_ids.filtered(lambda activity: activity.user_id == self.manager)
        self.assertIn("Autopilot asks again", activity.summary)
        [suggestion] = self.alone()
        self.assertEqual(suggestion.policy_text, "asked: autopilot's gate closed: people took back too much")

    def test_what_was_taken_back_is_not_booked_alone_again(self):
        [booked] = self.alone()
        booked.action_undo()
        [_undone, again] = self.suggestions.search([("res_id", "=", booked.res_id)], order="id")
        self.assertEqual((again.state, again.policy_reason[0]), ("pending", "taken_back"))

    def test_it_begins_anew(self):
        self.alone(3).action_undo()
        gate = self.look()
        self.assertEqual((gate.state, gate.why, gate.people_count), ("closed", "undone", 0))
        self.env.cr.execute("UPDATE ai_suggestion SET decided_at = decided_at - interval '1 minute'")
        self.env.cr.execute("UPDATE ai_gate SET since = since - interval '1 minute'")
        self.env.invalidate_all()
        self.decided(13)
        self.assertEqual(self.look().missing, 1)
        self.decided(1)
        self.assertEqual(self.look().state, "open")
        [booked] = self.alone()
        booked.action_undo()
        self.assertEqual(gate.state, "open", "what was taken back before it opened again weighs no more")

    def test_changed_in_odoo(self):
        booked = self.alone(3)
        for suggestion in booked:
            suggestion.statement_line_id.action_undo_reconciliation()
        booked.with_user(self.manager).action_compare()
        self.assertEqual((self.gate.state, self.gate.why), ("closed", "undone"))

    def test_held_by_a_manager(self):
        self.gate.action_hold()
        self.assertEqual((self.look().state, self.gate.text), ("closed", "Held closed by a manager."))
        self.assertFalse(self.gate.missing_words)
        self.gate.action_release()
        self.assertEqual(self.gate.state, "open")

    def test_what_waits_under_it_asks(self):
        suggestion = self.propose(self.payment(amount=90.0))
        [booked] = self.alone()
        self.assertEqual(booked.state, "applied")
        self.assertFalse(suggestion)

    def test_paused_nothing_is_booked(self):
        self.env["ai.policy"].with_user(self.manager).pause()
        [suggestion] = self.alone()
        self.assertEqual(suggestion.policy_reason[0], "paused")

    def test_what_cannot_be_booked_waits_for_people(self):
        line = self.payment()
        # Odoo itself would ask to reconcile the line first.
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_company SET fiscalyear_lock_date = '2026-03-31' WHERE id = %s", self.company.ids
        )
        self.env.invalidate_all()
        self.propose(line)
        suggestion = self.suggestions.search([("res_id", "=", line.id)])
        self.assertEqual((suggestion.state, suggestion.at_once), ("failed", True))
        self.assertIn("2026", suggestion.error)
        self.assertEqual(self.gate.state, "open")

    def test_two_people_above(self):
        self.rule.second_approval_amount = 50.0
        [suggestion] = self.alone()
        self.assertEqual(suggestion.policy_reason[0], "second_approval")

    def test_the_scheduled_action_books_the_rest(self):
        self.patch(type(self.env["ai.suggestion"]), "_book_noted", lambda self: None)
        [suggestion] = self.alone()
        self.assertEqual((suggestion.state, suggestion.at_once), ("accepted", True))
        with self.enter_registry_test_mode():
            self.env.ref("ai_bookkeeper.ir_cron_autopilot").method_direct_trigger()
        self.assertEqual(suggestion.state, "applied")

    def test_supervised_again_it_waits_for_its_sign_off(self):
        self.patch(type(self.env["ai.suggestion"]), "_book_noted", lambda self: None)
        [suggestion] = self.alone()
        self.rule.write({"mode": "supervised", "min_confidence": 0.5})
        self.assertEqual((suggestion.state, suggestion.at_once), ("accepted", False))
        suggestion._book_alone()
        self.assertEqual(suggestion.state, "accepted")
        self.assertIs(suggestion.action_sign_off(), True)

    def test_what_asks_already(self):
        self.gate.action_hold()
        [suggestion] = self.alone()
        self.assertEqual(suggestion.state, "pending")
        self.gate.action_release()
        self.rule.action_apply_to_waiting()
        self.assertEqual((suggestion.state, suggestion.at_once), ("applied", True))


@tagged("post_install", "-at_install")
class TestGateRights(AutopilotCase):
    def test_nobody_writes_gates(self):
        _policy, gate = self.opened()
        for user in (self.manager, self.reviewer, self.auditor):
            with self.assertRaises(AccessError):
                gate.with_user(user).threshold = 0.1
            with self.assertRaises(AccessError):
                self.env["ai.gate"].with_user(user).create({"policy_id": _policy.id, "company_id": self.company.id})
        for user in (self.reviewer, self.auditor):
            for call in ("action_hold", "action_release", "action_look_again"):
                with self.assertRaises(AccessError):
                    getattr(gate.with_user(user), call)()

    def test_other_companies_are_not_shown(self):
        _policy, gate = self.opened()
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self.make_user("stranger", "manager", company=company)
        self.assertFalse(self.env["ai.gate"].with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            gate.with_user(stranger).action_hold()

    def test_nothing_to_open(self):
        _policy, gate = self.opened()
        with self.assertRaisesRegex(UserError, "counted as wrong"):
            gate.action_open_errors()
