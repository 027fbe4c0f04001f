"""Signatures over the raw body alone, as Xero makes them. The vector was computed for these tests."""

import unittest

from clients.signature import verify_body

KEY = "dummy-signing-key-for-tests"
BODY = b'{"events":[],"firstEventSequence": 0,"lastEventSequence": 0, "entropy": "S0m3r4Nd0mt3xt"}'
SIGNATURE = "O8pm2HvrkL3sHklEhL8WfkWoOVrtk1J6XswGGqjEEbs="


class TestBodySignature(unittest.TestCase):
    def test_the_vector_holds(self):
        self.assertTrue(verify_body([KEY], SIGNATURE, BODY))

    def test_a_body_that_was_parsed_and_written_again_is_another_body(self):
        self.assertFalse(verify_body([KEY], SIGNATURE, BODY.replace(b": ", b":")))

    def test_each_single_character_counts(self):
        # The trial call of the sender differs from a good one in one character, wherever it stands.
        for place, sign in enumerate(SIGNATURE):
            other = "A" if sign != "A" else "B"
            with self.subTest(place=place):
                self.assertFalse(verify_body([KEY], SIGNATURE[:place] + other + SIGNATURE[place + 1 :], BODY))

    def test_the_key_is_text_and_not_base64(self):
        self.assertFalse(verify_body(["ZHVtbXktc2lnbmluZy1rZXktZm9yLXRlc3Rz"], SIGNATURE, BODY))

    def test_two_keys_while_they_are_rotated(self):
        self.assertTrue(verify_body(["new", KEY], SIGNATURE, BODY))
        self.assertFalse(verify_body(["new", "newer"], SIGNATURE, BODY))
        self.assertFalse(verify_body([], SIGNATURE, BODY))

    def test_odd_headers_are_refused_and_raise_nothing(self):
        for given in (None, "", "é" * 44, SIGNATURE + " ", SIGNATURE[:-1], "A" * 100_000):
            with self.subTest(given=str(given)[:50]):
                self.assertFalse(verify_body([KEY], given, BODY))


if __name__ == "__main__":
    unittest.main()
