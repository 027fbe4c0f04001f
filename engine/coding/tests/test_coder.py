"""A payment is coded as people did, to accounts that may be used, or asked about, or left alone."""

import unittest
from decimal import Decimal

from .. import CodingSettings, Part, Rule, Template
from ..explain import REASONS
from .samples import FEES, FUEL, INPUT, RENT, REVERSE, WAGES, Past, balance, line, only, row, rows, run


def rule(key, account, *tokens, **more):
    return Rule(key, Template((Part(account, more.pop("taxes", ())),)), tokens, name=f"rule {key}", **more)


class TestCoder(unittest.TestCase):
    def test_as_before(self):
        past = Past().add("SHELL", [row(FUEL, "-80.00", INPUT)], 6)
        answer = only("SHELL", "-91.50", past)
        self.assertEqual((answer.outcome, rows(answer)), ("proposed", [(FUEL, "-91.50", (INPUT,))]))
        first = answer.readings[0]
        self.assertEqual((first.tier, first.case), ("memory", "coded"))
        self.assertGreater(first.confidence, 0.5)
        self.assertEqual(first.match.remainder, 0)

    def test_every_reason_has_its_sentence_and_its_values(self):
        past = Past().add("SHELL STATION", [row(FUEL, "-80.00")], 6).add("TOTAL STATION", [row(FUEL, "-60.00")], 6)
        for text in ("SHELL STATION", "ESSO STATION"):
            answer = only(text, "-80.00", past)
            for code, values in [*answer.reasons, *(one for each in answer.readings for one in each.reasons)]:
                self.assertTrue(REASONS[code] % {**values, "account": "Fuel"}, code)

    def test_nothing_known_is_nothing_said(self):
        self.assertEqual(only("UNHEARD", "-1.00").outcome, "nothing")
        self.assertEqual(only("UNHEARD", "0.00").reasons, (("zero", {}),))

    def test_open_documents_go_first(self):
        past = Past().add("SHELL", [row(FUEL, "-80.00")], 6)
        answer = only("SHELL", "-80.00", past, blockers=(("explained", {"count": 1}),), rules=(rule(1, FUEL, "SHELL"),))
        self.assertEqual((answer.outcome, answer.reasons), ("nothing", (("explained", {"count": 1}),)))

    def test_contradictory_history_is_asked_with_both(self):
        past = Past()
        for _time in range(4):
            past.add("AMAZON", [row(FUEL, "-20.00")]).add("AMAZON", [row(RENT, "-20.00")])
        answer = only("AMAZON", "-20.00", past)
        self.assertEqual(answer.outcome, "asked")
        self.assertEqual({rows(answer, place)[0][0] for place in (0, 1)}, {FUEL, RENT})
        self.assertEqual(answer.reasons[0][0], "contradictory")

    def test_rejected_is_not_proposed_again(self):
        past = Past().add("SHELL", [row(FUEL, "-80.00")], 6)
        key = only("SHELL", "-80.00", past).readings[0].match.fingerprint()
        answer = only("SHELL", "-80.00", past, rejected={1000: frozenset([key])})
        self.assertEqual(answer.outcome, "nothing")

    def test_what_may_not_be_used(self):
        past = Past().add("SHELL", [row(FUEL, "-80.00", INPUT)], 6)
        for more in (
            {"accounts": frozenset([RENT])},
            {"taxes": {}},
            {"settings": CodingSettings(1, "EUR", forbidden=frozenset([FUEL]))},
        ):
            self.assertEqual(only("SHELL", "-80.00", past, **more).outcome, "nothing", more)

    def test_the_second_answer_is_not_proposed_instead_of_a_forbidden_first(self):
        past = Past().add("SHELL", [row(FUEL, "-80.00")], 7).add("SHELL", [row(RENT, "-80.00")], 3)
        answer = only("SHELL", "-80.00", past, accounts=frozenset([RENT]))
        self.assertNotEqual(answer.outcome, "proposed")

    # === RULES === #

    def test_a_rule_goes_before_memory(self):
        past = Past().add("SHELL", [row(FUEL, "-80.00")], 6)
        first = rule(7, RENT, "SHELL", support=(8, 8), set_partner=3)
        answer = only("SHELL", "-80.00", past, rules=(first, rule(8, FEES, "SHELL")))
        reading = answer.readings[0]
        self.assertEqual((rows(answer), reading.tier, reading.rule), ([(RENT, "-80.00", ())], "rule", 7))
        self.assertEqual((reading.confidence, reading.match.partner), (0.9, 3))
        self.assertEqual([each.lost[0] for each in answer.readings[1:]], ["lost_rule", "lost_to_rule"])

    def test_a_rule_that_nobody_decided_about_has_no_measured_confidence(self):
        self.assertEqual(only("SHELL", "-80.00", rules=(rule(7, RENT, "SHELL"),)).readings[0].confidence, 0.0)

    def test_a_rule_that_cannot_be_booked_gives_way(self):
        past = Past().add("SHELL", [row(FUEL, "-80.00")], 6)
        unbookable = rule(7, RENT, "SHELL", fixed=(Decimal(100),))
        answer = only("SHELL", "-80.00", past, rules=(unbookable,))
        self.assertEqual(answer.readings[0].tier, "memory")

    def test_what_a_rule_leaves_stays_open(self):
        answer = only("SHELL", "-80.00", rules=(rule(7, RENT, "SHELL", shares=(Decimal(40),)),))
        self.assertEqual(
            (rows(answer), answer.readings[0].match.remainder), ([(RENT, "-32.00", ())], Decimal("-48.00"))
        )

    # === INPUT VAT === #

    def test_without_a_document_no_input_vat_is_claimed(self):
        past = Past().add("SHELL", [row(FUEL, "-80.00", INPUT)], 6)
        gross = CodingSettings(1, "EUR")
        answer = only("SHELL", "-80.00", past, settings=gross)
        self.assertEqual(rows(answer), [(FUEL, "-80.00", ())])
        self.assertIn("no_document", [code for code, _values in answer.readings[0].reasons])
        with_document = only("SHELL", "-80.00", past, settings=gross, has_document=True)
        self.assertEqual(rows(with_document), [(FUEL, "-80.00", (INPUT,))])
        exempt = CodingSettings(1, "EUR", exempt_accounts=frozenset([FUEL]))
        self.assertEqual(rows(only("SHELL", "-80.00", past, settings=exempt)), [(FUEL, "-80.00", (INPUT,))])

    def test_claimed_without_a_document_says_so(self):
        past = Past().add("SHELL", [row(FUEL, "-80.00", INPUT)], 6)
        details = only("SHELL", "-80.00", past).readings[0].details
        self.assertTrue(details["receipt_missing"])
        self.assertNotIn("receipt_missing", only("SHELL", "-80.00", past, has_document=True).readings[0].details)

    def test_taxes_that_claim_nothing_stay(self):
        past = Past().add("GOOGLE", [row(FUEL, "-80.00", REVERSE)], 6).add("CUSTOMER", [row(RENT, "80.00", INPUT)], 6)
        gross = CodingSettings(1, "EUR")
        self.assertEqual(rows(only("GOOGLE", "-80.00", past, settings=gross)), [(FUEL, "-80.00", (REVERSE,))])
        self.assertEqual(rows(only("CUSTOMER", "80.00", past, settings=gross)), [(RENT, "80.00", (INPUT,))])

    def test_two_codings_that_differ_in_a_claimed_tax_only_are_one(self):
        past = Past()
        for _time in range(3):
            past.add("SHELL", [row(FUEL, "-80.00", INPUT)]).add("SHELL", [row(FUEL, "-80.00")])
        answer = only("SHELL", "-80.00", past, settings=CodingSettings(1, "EUR"))
        self.assertEqual((answer.outcome, len(answer.readings)), ("proposed", 1))

    # === BALANCES === #

    def test_what_settles_a_balance_is_shown_before_and_after_without_tax(self):
        past = Past().add("STAFF", [row(WAGES, "-900.00", INPUT)], 6)
        answer = only("STAFF", "-900.00", past, balances=[balance(WAGES, "Net wages", (20, "-1000"))])
        reading = answer.readings[0]
        self.assertEqual(
            (answer.outcome, rows(answer), reading.case), ("proposed", [(WAGES, "-900.00", ())], "settles")
        )
        self.assertEqual(reading.details["balances"], [{"account_id": WAGES, "before": "-1000", "after": "-100.00"}])

    def test_amount_and_name_settle_what_nobody_coded_before(self):
        wages = balance(WAGES, "Wages payable", (400, "-50"), (5, "-9200.00"))
        answer = only("SALARIES DECEMBER", "-9200.00", balances=[wages])
        reading = answer.readings[0]
        self.assertEqual((answer.outcome, rows(answer), reading.tier), ("proposed", [(WAGES, "-9200.00", ())], "match"))
        self.assertEqual(reading.confidence, 0.0, "nothing measured it")

    def test_a_balance_goes_before_cost(self):
        past = Past().add("SALARIES", [row(FUEL, "-9200.00")], 6)
        wages = balance(WAGES, "Wages payable", (5, "-9200.00"))
        answer = only("SALARIES", "-9200.00", past, balances=[wages])
        self.assertEqual((answer.outcome, answer.reasons[0][0]), ("asked", "settlement_first"))
        self.assertEqual([rows(answer, place)[0][0] for place in (0, 1)], [WAGES, FUEL])

    def test_an_amount_that_fits_by_chance_changes_no_habit(self):
        past = Past().add("SHELL", [row(FUEL, "-80.00")], 6)
        answer = only("SHELL", "-80.00", past, balances=[balance(WAGES, "Other debts", (5, "-80.00"))])
        self.assertEqual((answer.outcome, rows(answer)[0][0]), ("proposed", FUEL))
        unknown = only("UNHEARD", "-80.00", past, balances=[balance(WAGES, "Other debts", (5, "-80.00"))])
        self.assertEqual((unknown.outcome, rows(unknown)[0][0]), ("asked", WAGES))

    def test_a_balance_on_the_other_side_is_none(self):
        for text, amount in (("SALARIES", "9200.00"), ("SALARIES", "-9200.01")):
            wages = balance(WAGES, "Wages payable", (5, "-9200.00"))
            self.assertEqual(only(text, amount, balances=[wages]).outcome, "nothing", (text, amount))

    def test_what_is_booked_later_is_not_known_yet(self):
        wages = balance(WAGES, "Wages payable", (-1, "-9200.00"))
        self.assertEqual(only("SALARIES", "-9200.00", balances=[wages]).outcome, "nothing")

    def test_two_lines_do_not_settle_the_same_balance(self):
        wages = balance(WAGES, "Wages payable", (5, "-9200.00"))
        found = run([line("SALARIES", "-9200.00", key) for key in (1, 2)], balances=[wages])
        self.assertEqual([answer.outcome for answer in found], ["proposed", "nothing"])

    def test_on_account_only_when_people_coded_it_before(self):
        past = Past().add("SHELL", [row(FUEL, "-80.00")], 6)
        self.assertEqual(only("SHELL", "-80.00", past, only_known=True).outcome, "proposed")
        self.assertEqual(only("OTHER", "-80.00", past, only_known=True).outcome, "nothing")

    def test_answers_do_not_depend_on_the_order_of_lines(self):
        past = Past().add("SHELL", [row(FUEL, "-80.00")], 6)
        lines = [line("SHELL", "-80.00", 1), line("X", "-1.00", 2), line("SHELL", "-7.00", 3)]
        forwards = {answer.line: answer for answer in run(lines, past)}
        self.assertEqual(forwards, {answer.line: answer for answer in run(lines[::-1], past)})
