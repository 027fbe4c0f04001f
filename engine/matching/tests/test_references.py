"""Keys of document names and bank texts meet past separators, prefixes and zeros."""

import unittest

from .. import reference_keys
from ..references import FULL, STRUCTURED, TAIL, YEAR, ReferenceIndex, is_structured, text_keys


def level(text, *names):
    keys = text_keys(text)
    return {n: quote.level for n, quote in ReferenceIndex([(name,) for name in names], set(keys)).find(keys).items()}


class TestKeys(unittest.TestCase):
    def test_the_keys_of_the_contract(self):
        self.assertLessEqual({"202600017", "00017", "INV202600017"}, reference_keys("INV/2026/00017"))
        self.assertLessEqual({"000123", "123"}, reference_keys("000123"))
        self.assertIn("090933755493", reference_keys("***090/9337/55493***"))
        self.assertIn("RF18539007547034", reference_keys("RF18 5390 0754 7034"))
        self.assertIn("210000000003139471430009017", reference_keys("21 00000 00003 13947 14300 09017"))
        self.assertEqual(reference_keys("paid in 2026"), set())

    def test_text_and_name_meet(self):
        name = reference_keys("INV/2026/00017")
        for text in ("inv-2026-00017", "INV 2026 00017", "INV202600017", "pay 202600017", "2026/00017"):
            with self.subTest(text):
                self.assertTrue(name & reference_keys(text))

    def test_how_well_a_text_quotes(self):
        self.assertEqual(level("INV/2026/17", "INV/2026/00017", "INV/2026/00018"), {0: FULL})
        self.assertEqual(level("no 00017", "INV/2026/00017"), {0: TAIL})
        self.assertEqual(level("INV/2025/00017", "INV/2026/00017"), {0: YEAR})
        self.assertEqual(level("+++090/9337/55493+++", "+++090/9337/55493+++"), {0: STRUCTURED})

    def test_the_better_quote_hides_its_parts(self):
        self.assertEqual(level("INV/2026/00017", "INV/2026/00017", "BILL/2025/00017"), {0: FULL})

    def test_a_list_of_numbers_quotes_each(self):
        text = "INV/2026/00017, INV/2026/00018; INV/2026/00019"
        self.assertEqual(set(level(text, *(f"INV/2026/{n:05d}" for n in range(17, 22)))), {0, 1, 2})

    def test_check_digits(self):
        self.assertTrue(is_structured("FRF18539007547034"))
        self.assertFalse(is_structured("FRF19539007547034"))
        self.assertTrue(is_structured("N090933755493"))
        self.assertTrue(is_structured("N210000000003139471430009017"))
        self.assertFalse(is_structured("N210000000003139471430009018"))


if __name__ == "__main__":
    unittest.main()
