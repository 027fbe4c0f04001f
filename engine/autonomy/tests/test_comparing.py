"""What kind of error a difference is, and how much money stands wrong."""

import unittest
from decimal import Decimal

from engine.autonomy import Posting, compare

#: 1, 2: expenses of one group; 3: another group; 9: a liability.
GROUPS = {1: (False, "62"), 2: (False, "62"), 3: (False, "70"), 9: (True, "16")}


def posting(account, amount, *taxes, document=0):
    return Posting(account, Decimal(amount), taxes, document)


def difference(ours, theirs):
    found = compare(ours, theirs, GROUPS)
    return found.kind, str(found.wrong)


class TestComparing(unittest.TestCase):
    def test_the_same_in_another_order(self):
        ours = [posting(1, "-10.00"), posting(2, "-5.00", 7, 8)]
        theirs = [posting(2, "-5.00", 8, 7), posting(1, "-4.00"), posting(1, "-6.00")]
        self.assertEqual(difference(ours, theirs), ("", "0"))

    def test_kinds(self):
        one = [posting(1, "-10.00")]
        self.assertEqual(difference(one, [posting(2, "-10.00")]), ("sibling", "10.00"))
        self.assertEqual(difference(one, [posting(3, "-10.00")]), ("account", "10.00"))
        self.assertEqual(difference(one, [posting(1, "-10.00", 5)]), ("vat", "10.00"))
        self.assertEqual(difference(one, [posting(2, "-10.00", 5)]), ("vat", "10.00"))
        self.assertEqual(difference(one, [posting(9, "-10.00")]), ("balance", "10.00"))
        self.assertEqual(difference(one, [posting(77, "-10.00")]), ("balance", "10.00"))

    def test_documents(self):
        ours = [posting(0, "100.00", document=5)]
        self.assertEqual(difference(ours, [posting(44, "100.00", document=5)]), ("", "0"))
        self.assertEqual(difference(ours, [posting(0, "100.00", document=6)]), ("document", "100.00"))
        self.assertEqual(difference(ours, [posting(1, "100.00")]), ("document", "100.00"))

    def test_amounts(self):
        ours = [posting(1, "-60.00"), posting(9, "-40.00")]
        theirs = [posting(1, "-70.00"), posting(9, "-30.00")]
        self.assertEqual(difference(ours, theirs), ("amount", "10.00"))
        self.assertEqual(difference([posting(1, "-60.00")], [posting(1, "-70.00")]), ("amount", "10.00"))

    def test_only_what_moved_is_wrong(self):
        ours = [posting(1, "-60.00"), posting(2, "-40.00")]
        theirs = [posting(1, "-60.00"), posting(3, "-40.00")]
        self.assertEqual(difference(ours, theirs), ("account", "40.00"))
