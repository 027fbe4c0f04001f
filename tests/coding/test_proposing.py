"""Bank lines are coded as people did before, when no open document explains them."""

from odoo.tests import tagged

from .common import CodingCase


@tagged("post_install", "-at_install")
class TestProposing(CodingCase):
    def test_as_before(self):
        self.past("CARD SHELL", -80.0, self.fuel)
        line = self.line("CARD SHELL 4711", -91.5)
        before = self.books()
        suggestion = self.propose(line)
        self.assertEqual((suggestion.kind, suggestion.tier, suggestion.case), ("bank_coding", "memory", "coded"))
        self.assertEqual(
            suggestion.proposal["lines"],
            [{"account_id": self.fuel.id, "amount": "-91.50", "tax_ids": [], "label": ""}],
        )
        self.assertEqual(line.ai_finding, "proposed")
        self.assertIn(self.fuel.display_name, " ".join(suggestion.card["reasons"]))
        self.assertEqual(self.propose(line), suggestion, "the same again")
        suggestion.action_accept()
        self.assertEntry(line, [(self.fuel, 91.5)])
        self.assertUndone(suggestion, before)

    def test_an_open_document_goes_first(self):
        self.past("ADATUM", -80.0, self.fuel)
        bill = self.bill(self.adatum, 80.0)
        line = self.line(f"ADATUM {bill.name}", -80.0)
        suggestion = self.propose(line)
        self.assertEqual(suggestion.kind, "bank_match")

    def test_nobody_ever_coded_it(self):
        line = self.line("UNHEARD OF", -80.0)
        self.assertFalse(self.propose(line))
        self.assertEqual(line.ai_finding, "nothing")
