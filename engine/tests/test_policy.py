"""First policy that is for a suggestion decides; past one of its limits a person is asked."""

import unittest
from dataclasses import replace
from decimal import Decimal

from engine.policy import Decision, Gate, Policy, Situation, decide, first_for

SURE = Situation("bank_match", company=1, journal=7, partner=3, amount=Decimal("500.00"), confidence=0.97)
SUPERVISED = Policy(1, mode="supervised", max_amount=Decimal("1000.00"))


def asked(situation, *policies, paused=False):
    decision = decide(situation, policies or (SUPERVISED,), paused)
    assert not decision.accepted, decision
    return decision.code


class TestScope(unittest.TestCase):
    def test_company_kind_journal_and_chosen_partners_say_what_it_is_for(self):
        for other in (
            replace(SUPERVISED, companies=frozenset({2})),
            replace(SUPERVISED, kind="bill_coding"),
            replace(SUPERVISED, journals=frozenset({8, 9})),
            replace(SUPERVISED, partner_scope="chosen", partners=frozenset({4})),
        ):
            self.assertFalse(other.is_for(SURE), other)
            self.assertEqual(asked(SURE, other), "no_policy")
        for fitting in (
            replace(SUPERVISED, companies=frozenset({1, 2})),
            replace(SUPERVISED, kind="bank_match"),
            replace(SUPERVISED, journals=frozenset({7})),
            replace(SUPERVISED, partner_scope="chosen", partners=frozenset({3})),
        ):
            self.assertTrue(decide(SURE, (fitting,)).accepted, fitting)

    def test_the_first_in_order_decides(self):
        strict = replace(SUPERVISED, key=5, max_amount=Decimal("100"))
        self.assertEqual(first_for(SURE, (strict, SUPERVISED)).key, 5)
        decision = decide(SURE, (strict, SUPERVISED))
        self.assertEqual(decision, Decision(5, False, "over", {"amount": "100"}))

    def test_a_looser_policy_below_never_accepts_what_one_above_held_back(self):
        loose = replace(SUPERVISED, key=2, max_amount=Decimal(0), min_confidence=0.0)
        for strict in (
            replace(SUPERVISED, max_amount=Decimal("1")),
            replace(SUPERVISED, min_confidence=0.99),
            Policy(1),
        ):
            self.assertFalse(decide(SURE, (strict, loose)).accepted)

    def test_without_policies_everything_asks(self):
        self.assertEqual(decide(SURE, ()), Decision(None, False, "no_policy", {}))


class TestLimits(unittest.TestCase):
    def test_supervised_accepts_into_the_batch(self):
        decision = decide(SURE, (SUPERVISED,))
        self.assertEqual((decision.outcome, decision.policy, decision.at_once), ("accepted", 1, False))
        self.assertEqual(decision.reason, ["confidence_met", {"confidence": "0.97", "minimum": "0.95"}])

    def test_assist_asks_always(self):
        self.assertEqual(asked(SURE, Policy(1)), "assist")

    def test_questions_and_what_people_said(self):
        self.assertEqual(asked(replace(SURE, is_question=True)), "question")
        self.assertEqual(asked(replace(SURE, is_edited=True)), "edited")
        self.assertEqual(asked(replace(SURE, origin="user")), "by_hand")

    def test_agents_ask_unless_the_policy_says_otherwise(self):
        told = replace(SURE, origin="agent")
        self.assertEqual(asked(told), "agent")
        self.assertTrue(decide(told, (replace(SUPERVISED, agents=True),)).accepted)

    def test_an_agent_has_no_confidence_of_its_own(self):
        told = replace(SURE, origin="agent", confidence=None)
        self.assertEqual(asked(told, replace(SUPERVISED, agents=True, min_confidence=0.0)), "unmeasured")

    def test_a_rule_that_no_manager_released(self):
        self.assertEqual(asked(replace(SURE, rule_released=False)), "rule_not_released")
        self.assertTrue(decide(replace(SURE, rule_released=True), (SUPERVISED,)).accepted)

    def test_where_posting_binds_in_law(self):
        self.assertEqual(asked(replace(SURE, binds="hash")), "binding")

    def test_new_partners_ask_under_every_scope(self):
        for scope in ("all", "known", "chosen"):
            policy = replace(SUPERVISED, partner_scope=scope, partners=frozenset({3}))
            self.assertEqual(asked(replace(SURE, new="vendor"), policy), "new_vendor")
            self.assertEqual(asked(replace(SURE, new="partner"), policy), "new_partner")

    def test_without_a_partner(self):
        transfer = replace(SURE, partner=None)
        self.assertTrue(decide(transfer, (SUPERVISED,)).accepted)
        self.assertEqual(asked(transfer, replace(SUPERVISED, partner_scope="known")), "no_partner")

    def test_the_cap_itself_is_accepted(self):
        self.assertTrue(decide(replace(SURE, amount=Decimal("1000.00")), (SUPERVISED,)).accepted)
        self.assertEqual(asked(replace(SURE, amount=Decimal("1000.01"))), "over")

    def test_an_amount_nobody_knows(self):
        self.assertEqual(asked(replace(SURE, amount=None)), "no_amount")
        free = replace(SUPERVISED, max_amount=Decimal(0))
        self.assertTrue(decide(replace(SURE, amount=None), (free,)).accepted)

    def test_above_a_second_approval_no_policy_accepts(self):
        policy = replace(SUPERVISED, second_approval_amount=Decimal("400"))
        self.assertEqual(asked(SURE, policy), "second_approval")
        self.assertTrue(policy.needs_second(None))
        self.assertFalse(SUPERVISED.needs_second(None))

    def test_confidence_is_shown_rounded_down(self):
        decision = decide(replace(SURE, confidence=0.9499), (SUPERVISED,))
        self.assertEqual(decision.reason, ["confidence", {"confidence": "0.94", "minimum": "0.95"}])

    def test_autopilot_asks_until_its_gate_opens(self):
        policy = replace(SUPERVISED, mode="autopilot")
        self.assertEqual(asked(SURE, policy), "gate_closed")
        decision = decide(SURE, (replace(policy, gates={("bank_match", 7, ""): Gate(0.96)}),))
        self.assertTrue(decision.accepted and decision.at_once)
        self.assertEqual(decision.values["minimum"], "0.96")

    def test_gates_are_for_their_kind_journal_and_tier(self):
        policy = replace(SUPERVISED, mode="autopilot", gates={("bank_match", 7, "match"): Gate(0.96)})
        matched = replace(SURE, tier="match")
        self.assertTrue(decide(matched, (policy,)).accepted)
        for other in (SURE, replace(matched, journal=8), replace(matched, kind="bank_coding")):
            self.assertEqual(asked(other, policy), "gate_closed")

    def test_what_a_gate_has_not_earned_asks(self):
        def gated(*values):
            return replace(SUPERVISED, mode="autopilot", gates={("bank_match", 7, ""): Gate(*values)})

        self.assertEqual(asked(SURE, gated(0.98)), "confidence")
        self.assertEqual(asked(SURE, gated(0.9, Decimal(100))), "over_earned")
        self.assertEqual(asked(replace(SURE, amount=Decimal(5000)), gated(0.9)), "over")
        self.assertEqual(asked(SURE, gated(0.9, Decimal(0), "gate_drift")), "gate_drift")

    def test_what_people_took_back_asks(self):
        self.assertEqual(asked(replace(SURE, taken_back=True)), "taken_back")

    def test_gates_say_nothing_to_other_modes(self):
        policy = replace(SUPERVISED, gates={("bank_match", 7, ""): Gate(0.1, Decimal(1), "gate_drift")})
        decision = decide(SURE, (policy,))
        self.assertTrue(decision.accepted and not decision.at_once)

    def test_paused(self):
        self.assertEqual(asked(SURE, paused=True), "paused")


class TestJson(unittest.TestCase):
    def test_there_and_back(self):
        for situation in (SURE, replace(SURE, amount=None, confidence=None, new="vendor", rule_released=False)):
            self.assertEqual(Situation.from_json(situation.to_json()), situation)

    def test_values_of_a_later_version_are_left_out(self):
        self.assertEqual(Situation.from_json({**SURE.to_json(), "weather": "fine"}), SURE)
