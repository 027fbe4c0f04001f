"""One payee, one key, however the bank prints it."""

import unittest

from ..payee import Payers, payee_key, payee_words


class TestPayee(unittest.TestCase):
    def test_the_surest_comes_first(self):
        self.assertEqual(payee_key(7, "BE68 5390 0754 7034", "Shell NV", "x"), "partner:7")
        self.assertEqual(payee_key(None, "be68 5390-0754 7034", "Shell NV", "x"), "account:BE68539007547034")
        self.assertEqual(payee_key(None, "", "Shell Nederland B.V.", "x"), "name:SHELL NEDERLAND")
        self.assertEqual(payee_key(0, " - ", "", "POS PURCHASE SHELL 4711"), "name:SHELL")
        self.assertEqual(payee_key(None, "", "", "  "), "")

    def test_the_same_payee_however_the_text_goes_on(self):
        for text in ("POS PURCHASE SHELL 4711 CAPE TOWN", "CARD 12/03 SHELL", "shell 0815, 03MAR", "SHELL"):
            self.assertEqual(payee_words(text), ("SHELL",), text)
        self.assertEqual(payee_words("SEPA DIRECT DEBIT: Électricité de France 2026-03"), ("ELECTRICITE", "FRANCE"))

    def test_words_about_the_payment_name_nobody(self):
        for text in ("CARD PAYMENT 4711", "SEPA TRANSFER REF 12", "1234 5678", "", "%(x)s {0}".replace("x", "1")):
            self.assertEqual(payee_words(text), (), text)

    def test_a_name_told_and_a_name_read_are_the_same(self):
        self.assertEqual(payee_key(None, "", "Shell", ""), payee_key(None, "", "", "CARD SHELL 12"))

    def test_payers_only_where_people_agree(self):
        payers = Payers()
        payers.learn(None, "BE1", "", "")
        self.assertIsNone(payers.partner_of("BE1", "", ""))
        payers.learn(7, "BE 1", "Shell", "")
        self.assertEqual(payers.partner_of("be1", "Other name", "x"), 7)
        payers.learn(8, "BE1", "", "")
        self.assertIsNone(payers.partner_of("BE1", "", ""))
