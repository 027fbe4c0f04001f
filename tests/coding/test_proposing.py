"""Bank lines are coded as people did before, when no open document explains them."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import LINE
from .common import CodingCase


@tagged("post_install", "-at_install")
class TestProposing(CodingCase):
    def test_as_before(self):
        self.past("CARD SHELL", *[(-80.0, self.fuel)] * 6)
        line = self.line("CARD SHELL 4711", -91.5)
        suggestion = self.propose(line)
        self.assertEqual((suggestion.kind, suggestion.tier, suggestion.case), ("bank_coding", "memory", "coded"))
        wanted = {"account_id": self.fuel.id, "amount": "-91.50", "tax_ids": [], "label": ""}
        self.assertEqual(suggestion.proposal["lines"], [wanted])
        self.assertEqual(line.ai_finding, "proposed")
        self.assertIn(self.fuel.display_name, " ".join(suggestion.card["reasons"]))
        coding = suggestion.card["coding"]
        self.assertEqual(coding["usual"], {"count": 6, "least": 80.0, "most": 80.0})
        self.assertEqual([row["accounts"] for row in coding["bookings"]], [[self.fuel.display_name]] * 3)
        self.assertRegex(suggestion.model_version, r"^coding-\d+/0\+6$")
        self.assertEqual(self.propose(line), suggestion, "the same again is the same suggestion")

    def test_an_open_document_goes_first_and_a_question_about_one_stays(self):
        self.past("ADATUM", *[(-80.0, self.fuel)] * 6)
        bill = self.bill(self.adatum, 80.0)
        self.assertEqual(self.propose(self.line(f"ADATUM {bill.name}", -80.0)).kind, "bank_match")
        self.bill(self.yonder, 55.0)
        self.bill(self.yonder, 55.0)
        self.past("BLUE YONDER", *[(-55.0, self.fuel)] * 6)
        asked = self.propose(self.line("BLUE YONDER GMBH", -55.0))
        self.assertEqual((asked.kind, asked.is_question), ("bank_match", True))

    def test_nobody_ever_coded_it(self):
        line = self.line("UNHEARD OF", -80.0)
        self.assertFalse(self.propose(line))
        self.assertEqual(line.ai_finding, "nothing")

    def test_a_document_that_comes_later_takes_the_place_of_a_coding(self):
        self.past("CARD SHELL", *[(-80.0, self.fuel)] * 6)
        line = self.line("CARD SHELL 4711", -91.5)
        coded = self.propose(line)
        shell = self.make_partner("Shell", supplier_rank=1)
        self.bill(shell, 91.5)
        found = self.propose(line)
        self.assertEqual((found.kind, coded.state), ("bank_match", "superseded"))

    def test_what_waits_for_its_bill_is_not_coded(self):
        self.past("CARD SHELL", *[(-80.0, self.fuel)] * 6)
        line = self.line("CARD SHELL 4711", -91.5)
        coded = self.propose(line)
        line.with_user(self.reviewer).action_ai_expect_bill()
        self.assertEqual(coded.state, "superseded")
        again = self.propose(line)
        self.assertFalse(again, again.card)

    def test_gross_to_cost_where_no_vat_is_claimed_without_a_document(self):
        self.tax.write({"amount": 15.0})
        self.past("CARD SHELL", *[(-115.0, self.fuel, self.tax)] * 6)
        self.company.ai_claims_without_document = False
        line = self.line("CARD SHELL 4711", -23.0)
        suggestion = self.propose(line)
        self.assertEqual(suggestion.proposal["lines"][0]["tax_ids"], [])
        self.company.ai_claims_without_document = True
        flagged = self.propose(self.line("CARD SHELL 4712", -23.0))
        self.assertEqual(flagged.proposal["lines"][0]["tax_ids"], self.tax.ids)
        self.assertTrue(flagged.evidence["details"]["receipt_missing"])

    def test_kinds_that_are_asked_for(self):
        self.past("CARD SHELL", *[(-80.0, self.fuel)] * 6)
        line = self.line("CARD SHELL 4711", -91.5)
        self.assertFalse(self.suggestions.propose(LINE, line.ids, ["bank_match"]))
        [coded] = self.suggestions.propose(LINE, line.ids, ["bank_coding"])
        self.assertEqual(self.suggestions.propose(LINE, line.ids, ["bank_match"]), [coded], "silence ends only its own")

    def test_contradictory_history_is_asked_with_both_answers(self):
        self.past("AMAZON", *[(-20.0, self.fuel), (-20.0, self.rent)] * 4)
        line = self.line("AMAZON", -20.0)
        suggestion = self.propose(line)
        self.assertEqual((suggestion.kind, suggestion.is_question, line.ai_finding), ("bank_coding", True, "asked"))
        titles = {choice["title"] for choice in suggestion.card["alternatives"]}
        self.assertEqual(titles, {self.fuel.display_name, self.rent.display_name})
        rent = next(
            c for c in suggestion.evidence["alternatives"] if self.rent.id == c["proposal"]["lines"][0]["account_id"]
        )
        suggestion.action_choose(rent["key"])
        self.assertEqual(suggestion.state, "applied")
        self.assertEntry(line, [(self.rent, 20.0)])

    def test_what_was_told_stays(self):
        self.past("CARD SHELL", *[(-80.0, self.fuel)] * 6)
        line = self.line("CARD SHELL 4711", -91.5)
        told = self.submitted(line, {"lines": [self.row(-91.5, self.rent)]}, kind="bank_coding")
        self.assertEqual(self.propose(line), told)
        self.assertEqual(told.proposal["lines"][0]["account_id"], self.rent.id)

    def test_a_rejection_holds_until_the_facts_change(self):
        self.past("CARD SHELL", *[(-80.0, self.fuel)] * 6)
        line = self.line("CARD SHELL 4711", -91.5)
        suggestion = self.propose(line)
        suggestion.action_reject("wrong_account")
        self.assertFalse(self.propose(line))
        self.assertEqual(suggestion.state, "rejected")

    def test_editing_and_taking_it_back(self):
        self.past("CARD SHELL", *[(-80.0, self.fuel)] * 6)
        line = self.line("CARD SHELL 4711", -91.5)
        suggestion = self.propose(line)
        suggestion.action_edit({"lines": [self.row(-91.5, self.rent)]})
        self.assertEqual((suggestion.proposal["lines"][0]["account_id"], suggestion.confidence), (self.rent.id, 0.0))
        [before] = suggestion.evidence["alternatives"]
        suggestion.action_choose(before["key"])
        self.assertEqual((suggestion.state, suggestion.tier, suggestion.is_edited), ("applied", "memory", False))
        self.assertEntry(line, [(self.fuel, 91.5)])

    def test_an_account_that_is_closed_is_not_proposed(self):
        self.past("CARD SHELL", *[(-80.0, self.fuel)] * 6)
        self.fuel.active = False
        self.assertFalse(self.propose(self.line("CARD SHELL 4711", -91.5)))

    def test_another_companys_past_says_nothing(self):
        self.past("CARD SHELL", *[(-80.0, self.fuel)] * 6)
        other = self.setup_other_company()
        journal = other["default_journal_bank"]
        line = self.env[LINE].create({"journal_id": journal.id, "payment_ref": "CARD SHELL", "amount": -80.0})
        reviewer = self.make_user("elsewhere", "reviewer", company=other["company"])
        self.assertFalse(self.env["ai.suggestion"].with_user(reviewer).propose(LINE, line.ids))
        self.assertEqual(line.ai_finding, "nothing")

    def test_only_reviewers_decide(self):
        self.past("CARD SHELL", *[(-80.0, self.fuel)] * 6)
        suggestion = self.propose(self.line("CARD SHELL 4711", -91.5))
        for role in ("auditor", "manager"):
            with self.assertRaises(AccessError):
                suggestion.with_user(self.make_user(role, role)).action_accept()

    def test_a_rule_goes_first(self):
        self.past("CARD SHELL", *[(-80.0, self.fuel)] * 6)
        rule = (
            self.env["ai.rule"]
            .sudo()
            .create(
                {
                    "name": "Shell is rent",
                    "tokens": "shell",
                    "company_id": self.company.id,
                    "line_ids": [(0, 0, {"account_id": self.rent.id})],
                }
            )
        )
        suggestion = self.propose(self.line("CARD SHELL 4711", -91.5))
        self.assertEqual((suggestion.tier, suggestion.rule_id), ("rule", rule))
        self.assertIn("Shell is rent", suggestion.card["reasons"][0])
        [lost] = suggestion.card["alternatives"]
        self.assertEqual(lost["title"], self.fuel.display_name)
        suggestion.action_choose(lost["key"])
        self.assertEqual((suggestion.tier, suggestion.rule_id.id, suggestion.is_edited), ("memory", False, True))
