"""Policies decide what was proposed: ask with a reason in words, or accept into a batch that a reviewer signs off."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import LINE, BankCase


class PolicyCase(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("manager", "manager")
        cls.agent = cls.make_user("agent", "agent", groups="")
        cls.other = cls.make_user("other", "reviewer")
        cls.third = cls.make_user("third", "reviewer")
        cls.invoice = cls.document(cls.northwind, 640.0)
        cls.bank_line = cls.line(f"NORTHWIND TRADERS {cls.invoice.name}", 640.0)

    def policy(self, **values):
        """A policy of this company, set by a manager; it stands before the one that comes with the addon."""
        return (
            self.env["ai.policy"]
            .with_user(self.manager)
            .create({"name": "Bank", "mode": "supervised", "company_id": self.company.id, **values})
        )

    def proposed(self, line=None):
        return self.propose(line or self.bank_line)

    def assertAsked(self, suggestion, text):
        self.assertEqual((suggestion.state, suggestion.policy_outcome), ("pending", "asked"))
        self.assertEqual(suggestion.policy_text, f"asked: {text}")

    def events(self, suggestion):
        logs = self.env["ai.audit.log"].sudo().search([("suggestion_id", "=", suggestion.id)], order="id")
        return logs.mapped("event")


@tagged("post_install", "-at_install")
class TestAsking(PolicyCase):
    def test_everything_asks_after_installation(self):
        suggestion = self.proposed()
        self.assertAsked(suggestion, "the policy says that everything asks")
        self.assertEqual(suggestion.policy_id, self.env.ref("ai_bookkeeper.ai_policy_assist"))
        self.assertEqual(suggestion.card["policy_text"], suggestion.policy_text)

    def test_over_the_cap(self):
        policy = self.policy(max_amount=500.0)
        suggestion = self.proposed()
        self.assertAsked(suggestion, "over 500.00")
        self.assertEqual(suggestion.policy_id, policy)

    def test_a_looser_policy_below_is_not_looked_at(self):
        self.policy(max_amount=500.0, sequence=1)
        self.policy(sequence=2)
        self.assertAsked(self.proposed(), "over 500.00")

    def test_words_in_the_readers_language(self):
        self.policy(max_amount=500.0)
        self.env["res.lang"]._activate_lang("de_DE")
        suggestion = self.proposed()
        self.assertEqual(suggestion.with_context(lang="de_DE").policy_text, "asked: over 500,00")

    def test_confidence_under_the_minimum(self):
        self.policy(min_confidence=1.0)
        suggestion = self.proposed()
        self.assertEqual(suggestion.policy_reason[0], "confidence")
        self.assertIn("under 1.00", suggestion.policy_text)

    def test_policy_of_another_journal_kind_or_company(self):
        other = self.make_journal("BNK9")
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.policy(journal_ids=[Command.set(other.ids)], sequence=1)
        self.policy(kind="bill_coding", sequence=2)
        self.env["ai.policy"].sudo().create(
            {"name": "Foreign", "mode": "supervised", "company_id": company.id, "sequence": 3}
        )
        self.assertAsked(self.proposed(), "the policy says that everything asks")

    def test_chosen_partners(self):
        self.policy(partner_scope="chosen", partner_ids=[Command.set(self.northwind.ids)])
        self.assertEqual(self.proposed().policy_outcome, "accepted")
        invoice = self.document(self.yonder, 55.0)
        self.assertAsked(
            self.proposed(self.line(f"BLUE YONDER {invoice.name}", 55.0)), "the policy says that everything asks"
        )

    def test_chosen_partners_are_named(self):
        with self.assertRaisesRegex(ValidationError, "Choose the partners"):
            self.policy(partner_scope="chosen")

    def test_new_partner_asks_even_in_advance_payments(self):
        self.policy(min_confidence=0.0)
        stranger = self.make_partner("Tailspin Toys")
        line = self.line("Advance payment", 99.0, partner_id=stranger.id)
        row = {"account_id": self.receivable.id, "amount": "99.00"}
        suggestion = self.submitted(line, {"counterparts": [], "write_off": [row], "partner_id": stranger.id})
        self.assertEqual(suggestion._situations()[suggestion.id].new, "partner")
        row["amount"] = "-99.00"
        out = self.submitted(
            self.line("out", -99.0), {"counterparts": [], "write_off": [row], "partner_id": stranger.id}
        )
        self.assertEqual(out._situations()[out.id].new, "vendor")
        self.document(stranger, 5.0)
        self.assertEqual(suggestion._situations()[suggestion.id].new, "")

    def test_questions_ask(self):
        self.policy(min_confidence=0.0)
        for _n in range(2):
            self.document(self.yonder, 777.5)
        question = self.proposed(self.line("BLUE YONDER GMBH", 777.5))
        self.assertTrue(question.is_question)
        self.assertAsked(question, "question")

    def test_by_hand_asks(self):
        self.policy(min_confidence=0.0)
        row = {"account_id": self.income.id, "amount": "640.00"}
        self.assertAsked(self.submitted(self.bank_line, {"lines": [row]}, "bank_coding"), "proposed by hand")

    def told_by_agent(self):
        row = {"move_line_id": self.term_line(self.invoice).id, "amount": "640.00"}
        values = {
            "kind": "bank_match",
            "res_model": LINE,
            "res_id": self.bank_line.id,
            "proposal": {"counterparts": [row], "write_off": [], "partner_id": self.northwind.id},
        }
        return self.suggestions.browse(self.env["ai.suggestion"].with_user(self.agent).submit(values))

    def test_agents_ask(self):
        self.policy(min_confidence=0.0)
        self.assertAsked(self.told_by_agent(), "proposed by an agent")

    def test_the_currency_of_the_company_on_that_day(self):
        self.policy(max_amount=500.0)
        currency = self.setup_other_currency("EUR", rates=[("2026-01-01", 2.0), ("2026-03-01", 4.0)])
        journal = self.make_journal("BNKE", currency)
        lines = [self.line("x", 900.0, day, journal) for day in ("2026-02-01", "2026-03-10")]
        facts = []
        for line in lines:
            row = {"account_id": self.income.id, "amount": "900.00"}
            suggestion = self.submitted(line, {"lines": [row]}, "bank_coding")
            facts.append(suggestion._situations()[suggestion.id].amount)
        self.assertEqual([str(amount) for amount in facts], ["450.00", "225.00"])


@tagged("post_install", "-at_install")
class TestBatch(PolicyCase):
    def setUp(self):
        super().setUp()
        self.rule = self.policy(max_amount=1000.0)
        self.before = self.books()
        self.suggestion = self.proposed()

    def test_nothing_is_booked_before_the_sign_off(self):
        self.assertEqual((self.suggestion.state, self.suggestion.decision), ("accepted", "policy"))
        self.assertFalse(self.suggestion.decided_by_id)
        self.assertTrue(self.suggestion.decided_at)
        self.assertRegex(self.suggestion.policy_text, "^accepted: confidence 0.9.* of at least 0.95$")
        self.assertBooks(self.before)
        self.assertEqual(self.events(self.suggestion), ["proposed", "accepted_by_policy"])
        self.assertIn("policy 'Bank'", self.suggestion.card["decided"])
        self.assertIn("waits for its sign-off", self.suggestion.card["decided"])

    def test_a_reviewer_signs_off(self):
        self.assertIs(self.suggestion.action_sign_off(), True)
        self.assertEqual((self.suggestion.state, self.suggestion.decision), ("applied", "policy"))
        self.assertEqual(self.suggestion.signed_off_by_id, self.reviewer)
        self.assertTrue(self.bank_line.is_reconciled)
        self.assertEqual(self.events(self.suggestion)[-2:], ["applied", "signed_off"])
        self.assertUndone(self.suggestion, self.before)
        self.assertEqual(self.suggestion.undone_by_id, self.reviewer)

    def test_all_at_once(self):
        self.assertIs(self.suggestions.action_sign_off_all(), True)
        self.assertEqual(self.suggestion.state, "applied")
        with self.assertRaisesRegex(UserError, "waits to be signed off"):
            self.suggestions.action_sign_off_all()

    def test_nobody_else_signs_off(self):
        for user in (self.manager, self.agent, self.make_user("auditor", "auditor")):
            for call in ("action_sign_off", "action_send_back"):
                with self.assertRaises(AccessError):
                    getattr(self.suggestion.with_user(user), call)()

    def test_sent_back_it_asks(self):
        self.suggestion.action_send_back()
        self.assertAsked(self.suggestion, "sent back by a reviewer")
        self.assertFalse(self.suggestion.decision)
        self.assertIs(self.suggestion.action_accept(), True)
        self.assertEqual(self.suggestion.decision, "person")

    def test_a_person_may_decide_one_of_them(self):
        self.assertIs(self.suggestion.action_accept(), True)
        self.assertEqual((self.suggestion.state, self.suggestion.decision), ("applied", "person"))
        self.assertEqual(self.suggestion.decided_by_id, self.reviewer)

    def test_the_world_moved_before_the_sign_off(self):
        other = self.line("somebody was faster", 640.0, "2026-03-09")
        self.by_hand(other, [(self.term_line(self.invoice), "640.00")])
        answer = self.suggestion.action_sign_off()
        self.assertIn("paid meanwhile", answer["params"]["message"])
        self.assertEqual(self.suggestion.state, "superseded")

    def test_changed_facts_are_decided_anew(self):
        self.bank_line.amount = 600.0
        again = self.proposed()
        self.assertEqual(again, self.suggestion)
        self.assertIn("sent_back", self.events(again))
        self.assertEqual(again.policy_facts["amount"], "600.00")

    def test_a_stricter_policy_empties_the_batch(self):
        self.rule.max_amount = 100.0
        self.assertAsked(self.suggestion, "over 100.00")

    def test_a_policy_that_goes_back_to_assist(self):
        self.rule.mode = "assist"
        self.assertAsked(self.suggestion, "the policy says that everything asks")
        logs = self.env["ai.audit.log"].sudo().search([("event", "=", "mode_changed")], limit=1)
        self.assertEqual(logs.payload, {"before": "supervised", "after": "assist"})

    def test_a_deleted_policy(self):
        self.rule.unlink()
        self.assertEqual(self.suggestion.state, "pending")

    def test_autopilot_asks_until_its_gate_is_open(self):
        self.rule.mode = "autopilot"
        self.assertAsked(self.suggestion, "autopilot's gate is not open")

    def test_rejecting_and_the_refreshing_run(self):
        self.assertEqual(self.proposed(), self.suggestion)
        self.assertEqual(self.suggestion.state, "accepted")
        self.suggestion.action_reject("wrong_item")
        self.assertEqual(self.suggestion.decision, "person")


@tagged("post_install", "-at_install")
class TestEditing(PolicyCase):
    def test_edited_it_stays_pending_and_asks(self):
        suggestion = self.proposed()
        old = suggestion.fingerprint
        row = {"account_id": self.income.id, "amount": "640.00", "tax_ids": [], "label": "x", "reason": "manual"}
        suggestion.action_edit({"counterparts": [], "write_off": [row], "partner_id": self.northwind.id})
        self.assertEqual((suggestion.state, suggestion.is_edited, suggestion.case), ("pending", True, "manual"))
        self.assertEqual((suggestion.confidence, suggestion.proposed_by_id), (0.0, self.reviewer))
        self.assertFalse(suggestion.item_ids)
        self.assertIn("edited", self.events(suggestion))
        # No run overwrites it, and what was proposed is one click away.
        self.assertEqual(self.proposed().fingerprint, suggestion.fingerprint)
        suggestion.action_choose(old[:12])
        self.assertEqual((suggestion.state, suggestion.fingerprint), ("applied", old))

    def test_what_breaks_the_books_is_refused(self):
        suggestion = self.proposed()
        row = {"account_id": self.income.id, "amount": "64.00", "tax_ids": []}
        with self.assertRaisesRegex(ValidationError, "add up"):
            suggestion.action_edit({"counterparts": [], "write_off": [row], "partner_id": False})
        self.assertFalse(suggestion.is_edited)

    def test_only_reviewers_and_only_what_waits(self):
        suggestion = self.proposed()
        with self.assertRaises(AccessError):
            suggestion.with_user(self.manager).action_edit(suggestion.proposal)
        suggestion.action_accept()
        with self.assertRaisesRegex(UserError, "waits for a decision"):
            suggestion.action_edit(suggestion.proposal)

    def test_opened_is_logged_once_a_person(self):
        suggestion = self.proposed()
        for user in (self.reviewer, self.reviewer, self.other):
            suggestion.with_user(user).action_opened()
        self.assertEqual(self.events(suggestion).count("opened"), 2)
        self.assertTrue(suggestion.opened_at)
        with self.assertRaises(AccessError):
            suggestion.with_user(self.agent).action_opened()


@tagged("post_install", "-at_install")
class TestPolicyRights(PolicyCase):
    def test_only_managers_set_policies(self):
        policy = self.policy()
        for user in (self.reviewer, self.agent, self.make_user("auditor", "auditor")):
            with self.assertRaises(AccessError):
                policy.with_user(user).max_amount = 5.0
            with self.assertRaises(AccessError):
                self.env["ai.policy"].with_user(user).create({"name": "mine", "mode": "supervised"})

    def test_policies_of_all_companies_need_a_manager_of_all(self):
        self.env["res.company"].create({"name": "Elsewhere"})
        with self.assertRaisesRegex(AccessError, "all companies"):
            self.policy(company_id=False)
        with self.assertRaisesRegex(AccessError, "all companies"):
            self.env.ref("ai_bookkeeper.ai_policy_assist").with_user(self.manager).mode = "supervised"
        with self.assertRaisesRegex(AccessError, "all companies"):
            self.policy().company_id = False

    def test_the_state_gate_holds_for_batches(self):
        self.policy()
        suggestion = self.proposed()
        with self.assertRaisesRegex(UserError, "by deciding it"):
            suggestion.write({"state": "applied"})


@tagged("post_install", "-at_install")
class TestPause(PolicyCase):
    @property
    def switch(self):
        return self.env["ai.policy"].with_user(self.manager)

    def test_paused_everything_asks(self):
        self.policy()
        self.switch.pause()
        self.assertAsked(self.proposed(), "paused")
        self.assertIn("Paused for", self.switch.pause_state()["text"])

    def test_nothing_is_signed_off_and_agents_are_not_heard(self):
        self.policy()
        suggestion = self.proposed()
        self.switch.pause()
        with self.assertRaisesRegex(UserError, "is paused"):
            suggestion.action_sign_off()
        self.assertEqual(suggestion.state, "accepted")
        with self.assertRaisesRegex(UserError, "is paused"):
            self.env["ai.suggestion"].with_user(self.agent).propose(LINE, self.bank_line.ids)
        self.switch.resume()
        self.assertIs(suggestion.action_sign_off(), True)

    def test_people_go_on(self):
        self.switch.pause()
        self.assertIs(self.proposed().action_accept(), True)

    def test_scheduled_runs_rest(self):
        self.switch.pause()
        with self.enter_registry_test_mode():
            self.env.ref("ai_bookkeeper.ir_cron_propose").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.bank_line.ai_status, "todo")

    def test_all_companies(self):
        admin = self.env.user
        admin.group_ids = [Command.link(self.env.ref("ai_bookkeeper.ai_bookkeeper_group_manager").id)]
        admin.company_ids = [Command.set(self.env["res.company"].search([]).ids)]
        self.env["ai.policy"].pause(all_companies=True)
        self.assertTrue(self.env["ai.policy"]._is_paused(self.company))
        self.env["ai.policy"].resume(all_companies=True)
        self.assertFalse(self.env["ai.policy"]._is_paused(self.company))

    def test_only_managers_and_only_by_the_switch(self):
        with self.assertRaises(AccessError):
            self.env["ai.policy"].with_user(self.reviewer).pause()
        with self.assertRaises(AccessError):
            self.env["ai.policy"].with_user(self.agent).pause()
        with self.assertRaisesRegex(UserError, "under Policies"):
            self.company.ai_paused = True
        self.env["res.company"].create({"name": "Elsewhere"})
        with self.assertRaisesRegex(UserError, "all companies"):
            self.switch.pause(all_companies=True)

    def test_logged(self):
        self.switch.pause()
        self.switch.resume()
        logs = (
            self.env["ai.audit.log"].sudo().search([("event", "in", ("paused", "resumed"))], order="id desc", limit=2)
        )
        self.assertEqual(logs.mapped("event"), ["resumed", "paused"])
        self.assertEqual(set(logs.mapped("user_id")), {self.manager.id})
