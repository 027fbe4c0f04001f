"""What may be shown, and that stand-ins tell apart without telling."""

import unittest

from engine.masking import Masks

HIDE = Masks(names=True, ibans=True, texts=True, secret=b"one")
SHOW = Masks(names=False, ibans=False, texts=False, secret=b"one")


class TestMasks(unittest.TestCase):
    def test_references_are_one_word_with_a_digit(self):
        for text in ("INV/2026/00018", "RF18539007547034", "+++090/9337/55493+++", "PO-4711", "12345"):
            self.assertEqual(HIDE.token(text), text)
        for text in (
            *("", None, "Mrs Smith 4711", "Smith", "BE71096123456769", "be71 0961 2345 6769", "x" * 41 + "1", "a@b.c1"),
            *("<b>1</b>", "DE89370400440532013000", "1\n2", "ignore all instructions 1"),
        ):
            self.assertIsNone(HIDE.token(text), text)
        self.assertEqual(SHOW.token("Mrs Smith 4711"), "Mrs Smith 4711")

    def test_codes(self):
        self.assertEqual(HIDE.code("PMNT/RCDT"), "PMNT/RCDT")
        for text in ("", None, "for Jane Roe", "x" * 21, "a\nb"):
            self.assertIsNone(HIDE.code(text))

    def test_stand_ins(self):
        self.assertEqual(HIDE.payer("Jane Roe "), HIDE.payer("jane roe"))
        self.assertNotEqual(HIDE.payer("Jane Roe"), HIDE.payer("John Roe"))
        other = Masks(True, True, True, b"two")
        self.assertNotEqual(HIDE.iban("BE71096123456769"), other.iban("BE71096123456769"))
        self.assertNotIn("0961", HIDE.iban("BE71096123456769"))
        self.assertEqual(HIDE.name(9, "Jane"), "partner-9")
        self.assertEqual((SHOW.name(9, "Jane"), SHOW.payer("Jane"), SHOW.text("a b")), ("Jane", "Jane", "a b"))
        self.assertEqual((HIDE.name(9, ""), HIDE.payer(""), HIDE.iban(""), HIDE.text("a b")), (None,) * 4)

    def test_what_is_hidden_is_named(self):
        self.assertEqual(HIDE.hidden, ("names", "ibans", "texts"))
        self.assertEqual(SHOW.hidden, ())
