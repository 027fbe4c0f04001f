"""The peers reach what was published for them on the file that comes with the project."""

import unittest

from benchmarks.bank import folders
from benchmarks.bank.peers import Item, Payees, fitting_sets, one_to_one, unique_set


class TestPeers(unittest.TestCase):
    def setUp(self):
        self.items = [
            Item("a", "Acme Ltd", 100),
            Item("b", "Acme Ltd", 250),
            Item("c", "Acme Ltd", 350),
        ]

    def test_two_sets_are_no_answer(self):
        self.assertEqual(unique_set(self.items, 350), frozenset())
        self.assertEqual(len(fitting_sets(self.items, 350)), 2)

    def test_unique_set_and_item(self):
        self.assertEqual(unique_set(self.items, 700), {"a", "b", "c"})
        self.assertEqual(one_to_one(self.items, 250), {"b"})

    def test_six_items_are_found(self):
        items = [Item(str(n), "x", 2**n) for n in range(7)]
        self.assertEqual(unique_set(items, 0b111111), {"0", "1", "2", "3", "4", "5"})
        self.assertEqual(unique_set(items, 0b1111111), frozenset())

    def test_text_is_cut_and_without_punctuation(self):
        payees = Payees([Item("1", "Xerox (Uk) Ltd", 5)])
        self.assertEqual([item.key for item in payees.items("XEROX UK")], ["1"])

    @unittest.skipUnless(folders.DEFAULT.is_dir(), f"{folders.DEFAULT} is not there")
    def test_published_figures(self):
        ((_name, ambiguous, outcomes),) = folders.compete(folders.DEFAULT, None)
        right = [(o.plain + o.ambiguous)["right"] / 1544 for o in outcomes]
        self.assertAlmostEqual(right[0], 0.713, places=3)
        self.assertAlmostEqual(right[1], 0.886, delta=0.005)
        self.assertAlmostEqual(ambiguous / 1544, 0.095, places=3)


if __name__ == "__main__":
    unittest.main()
