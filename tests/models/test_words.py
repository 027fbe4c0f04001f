"""The translatable words are the engine's."""

from odoo.tests import TransactionCase, tagged

from ...engine.coding import explain as coding
from ...engine.matching import explain
from ...engine.vocabulary import CASES as CASE_CODES
from ...engine.vocabulary import WRITE_OFF_REASONS
from ...models.suggestion import words


@tagged("post_install", "-at_install")
class TestWords(TransactionCase):
    def test_every_reason_of_the_engine_can_be_translated(self):
        for reasons in (explain.REASONS, coding.REASONS):
            translatable = {code: str(text) for code, text in words.REASONS.items() if code in reasons}
            self.assertEqual(translatable, reasons)
        self.assertFalse(set(explain.REASONS) & set(coding.REASONS))

    def test_every_case_and_difference_has_a_label(self):
        self.assertLessEqual(set(CASE_CODES), set(words.CASES))
        self.assertLessEqual(set(WRITE_OFF_REASONS), set(words.DIFFERENCES))
