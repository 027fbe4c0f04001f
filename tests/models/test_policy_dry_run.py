"""A dry run: what a policy would have decided on the facts of those days, and what people did with it."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_policies import PolicyCase

VALUES = {"mode": "supervised", "min_confidence": 0.5, "max_amount": 1000.0}


@tagged("post_install", "-at_install")
class TestDryRun(PolicyCase):
    def setUp(self):
        super().setUp()
        self.found = {}
        for n, name in enumerate(("agreed", "rejected", "undone", "edited", "waiting", "large", "overruled")):
            amount = 5000.0 if name == "large" else 100.0 + n
            invoice = self.document(self.northwind, amount)
            line = self.line(f"NORTHWIND TRADERS {invoice.name}", amount)
            self.found[name] = self.propose(line)
            self.assertEqual(self.found[name].case, "one")
        self.found["agreed"].action_accept()
        self.found["rejected"].action_reject("wrong_item")
        self.found["undone"].action_accept()
        self.found["undone"].action_undo()
        edited = self.found["edited"]
        row = {"account_id": self.income.id, "amount": "103.00", "tax_ids": []}
        edited.action_edit({"counterparts": [], "write_off": [row], "partner_id": False})
        edited.action_accept()
        self.by_hand(self.found["overruled"].statement_line_id, [], [{**row, "amount": "106.00"}])
        # Its line is proposed again after the undo: another suggestion that waits.
        self.waiting = self.suggestions.search([("state", "=", "pending")])

    def run_as(self, user, **more):
        return self.env["ai.policy"].with_user(user).dry_run({**VALUES, **more})

    def test_what_people_did(self):
        result = self.run_as(self.manager)
        outcomes = {name: count for name, count in result["outcomes"].items() if count}
        asks_anew = self.waiting.filtered(lambda s: s.policy_facts["taken_back"])
        self.assertEqual(len(asks_anew), 1)
        waiting = len((self.waiting - asks_anew).filtered(lambda s: not s.is_question and s.amount < 1000))
        self.assertEqual(outcomes, {"agreed": 1, "edited": 2, "rejected": 1, "undone": 1, "waiting": waiting})
        self.assertEqual((result["judged"], result["wrong"]), (5, 4))
        self.assertEqual((result["asked"]["over"], result["asked"]["taken_back"]), (1, 1))
        self.assertEqual(result["accepted"], 5 + waiting)
        self.assertLess(result["low"], 0.8)
        self.assertGreater(result["high"], 0.8)

    def test_disagreements_are_named_the_largest_first(self):
        ids = self.run_as(self.manager)["disagreements"]
        expected = [self.found[name].id for name in ("overruled", "edited", "undone", "rejected")]
        self.assertEqual(ids, expected)

    def test_nothing_is_written(self):
        self.env.flush_all()
        self.cr.execute("SELECT count(*), max(write_date) FROM ai_suggestion")
        before = self.cr.fetchone()
        policies = self.env["ai.policy"].sudo().search_count([])
        self.run_as(self.manager)
        self.env.flush_all()
        self.cr.execute("SELECT count(*), max(write_date) FROM ai_suggestion")
        self.assertEqual(self.cr.fetchone(), before)
        self.assertEqual(self.env["ai.policy"].sudo().search_count([]), policies)

    def test_no_hindsight(self):
        """The partner was new when it was proposed: that they have documents now does not count."""
        suggestion = self.found["agreed"]
        suggestion.sudo().policy_facts = {**suggestion.policy_facts, "new": "vendor"}
        self.assertEqual(self.run_as(self.manager)["asked"]["new_vendor"], 1)

    def test_in_its_place_in_the_order(self):
        self.policy(sequence=5, max_amount=102.0, kind="bank_match")
        self.assertEqual(self.run_as(self.manager, sequence=10)["for_it"], 0)
        self.assertGreater(self.run_as(self.manager, sequence=1)["for_it"], 0)

    def test_an_edited_policy_stands_in_for_itself(self):
        policy = self.policy(max_amount=1.0)
        result = self.env["ai.policy"].with_user(self.manager).dry_run(VALUES, 90, policy.id)
        self.assertGreater(result["accepted"], 0)

    def test_other_days_and_nothing(self):
        self.env.flush_all()
        self.cr.execute("UPDATE ai_suggestion SET create_date = create_date - interval '100 days'")
        self.assertEqual(self.run_as(self.manager)["considered"], 0)

    def test_who_may(self):
        auditor = self.make_user("auditor", "auditor")
        self.assertGreater(self.run_as(auditor)["considered"], 0)
        for user in (self.reviewer, self.agent):
            with self.assertRaises(AccessError):
                self.run_as(user)

    def test_from_the_policys_button(self):
        policy = self.policy(max_amount=1000.0, min_confidence=0.5)
        action = policy.action_dry_run()
        wizard = self.env["ai.policy.dry.run"].with_user(self.manager).browse(action["res_id"])
        self.assertEqual(wizard.max_amount, 1000.0)
        self.assertIn("would have accepted", wizard.result_html)
        self.assertIn("over 1,000.00", wizard.result_html)
        wizard.max_amount = 50.0
        wizard.action_try()
        self.assertEqual(wizard.result["accepted"], 0)
        self.assertEqual(policy.max_amount, 1000.0)
        wizard.action_save()
        self.assertEqual(policy.max_amount, 50.0)

    def test_a_new_one_from_the_list(self):
        wizard = self.env["ai.policy.dry.run"].with_user(self.manager).create({"min_confidence": 0.5})
        wizard.action_try()
        self.assertTrue(wizard.has_disagreements)
        self.assertEqual(len(self.suggestions.search(wizard.action_open_disagreements()["domain"])), 4)
        action = wizard.action_save()
        self.assertEqual(self.env["ai.policy"].sudo().browse(action["res_id"]).mode, "supervised")

    def test_queries_do_not_grow(self):
        self.run_as(self.manager)
        start = self.cr.sql_log_count
        self.run_as(self.manager)
        self.assertLessEqual(self.cr.sql_log_count - start, 40)

    def test_decide_what_waits(self):
        policy = self.policy(max_amount=1000.0, min_confidence=0.5)
        self.assertEqual(self.found["waiting"].state, "pending")
        policy.action_apply_to_waiting()
        self.assertEqual(self.found["waiting"].state, "accepted")
        self.assertEqual(self.found["large"].policy_text, "asked: over 1,000.00")
        self.found["waiting"].action_send_back()
        policy.action_apply_to_waiting()
        self.assertEqual(self.found["waiting"].state, "pending")
        with self.assertRaises(AccessError):
            policy.with_user(self.reviewer).action_apply_to_waiting()
