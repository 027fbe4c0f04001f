"""Corrections by people: a click on a word, or typing; what can't be read is refused, and nothing is lost."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DocumentCase, pdf


@tagged("post_install", "-at_install")
class TestCorrect(DocumentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("correct_manager", "manager")

    def setUp(self):
        super().setUp()
        self.document = self.taken_in(("bill.pdf", pdf())).with_user(self.reviewer)

    def word(self, text):
        """The box of a word of page 1."""
        return next([1, *box] for word, *box in self.document.page_words(1) if word == text)

    def found(self, name):
        return self.document.reading["fields"][name]

    def test_a_click_on_a_word_fills_the_field(self):
        box = self.word("PM-2026-117")
        told = self.document.correct({"number": {"value": "", "box": box}})
        self.assertEqual(told["number"]["value"], "PM-2026-117")
        found = self.found("number")
        self.assertEqual((found["value"], found["source"], found["confidence"]), ("PM-2026-117", "person", 1.0))
        self.assertEqual([round(edge, 4) for edge in found["box"]], [round(edge, 4) for edge in box])

    def test_typed_values_are_normalised(self):
        told = self.document.correct(
            {
                "total": {"value": "1,234.50", "box": None},
                "date": {"value": "2 March 2026", "box": None},
                "vendor_iban": {"value": "de89 3704 0044 0532 0130 00", "box": None},
            }
        )
        self.assertEqual(told["total"]["value"], "1234.50")
        self.assertEqual(told["date"]["value"], "2026-03-02")
        self.assertEqual(told["vendor_iban"]["value"], "DE89370400440532013000")

    def test_a_field_may_be_cleared(self):
        self.document.correct({"due_date": {"value": "", "box": None}})
        self.assertEqual(self.found("due_date")["value"], "")

    def test_what_people_say_outlives_reading_again(self):
        self.document.correct({"number": {"value": "SPECIAL-1"}})
        self.document.read_again()
        self.run_jobs()
        self.assertEqual(self.document.state, "read")
        self.assertEqual(self.found("number")["value"], "SPECIAL-1")

    def test_what_cannot_be_is_refused_in_a_sentence(self):
        before = self.document.reading
        hostile = (
            {"total": {"value": "paper"}},
            {"date": {"value": "31.02.2026"}},
            {"nonsense": {"value": "1"}},
            {"number": {"value": "x" * 400}},
            {"number": {"value": "", "box": [1, 0, 0]}},
            {"number": {"value": "", "box": [7, 0, 0, 1, 1]}},
            {"number": {"value": "", "box": [1, float("nan"), 0, 1, 1]}},
            {"number": {"value": "", "box": "no box"}},
            {"kind": {"value": "poem"}},
            {},
            [],
        )
        for corrections in hostile:
            with self.assertRaises(UserError, msg=str(corrections)):
                self.document.correct(corrections)
        self.assertEqual(self.document.reading, before)

    def test_the_kind_may_be_corrected(self):
        self.document.correct({"kind": {"value": "credit_note"}})
        self.assertEqual((self.document.kind, self.document.state), ("credit_note", "read"))
        self.document.correct({"kind": {"value": "reminder"}})
        self.assertEqual((self.document.kind, self.document.state), ("reminder", "not_bill"))

    def test_text_stays_text(self):
        nasty = "<img src=x onerror=alert(1)> %(total)s ${1+1}"
        self.document.correct({"vendor": {"value": nasty}})
        self.assertEqual(self.found("vendor")["value"], nasty)

    def test_only_reviewers_correct(self):
        for user in (self.auditor, self.manager, self.stranger):
            with self.assertRaises(AccessError):
                self.document.with_user(user).correct({"number": {"value": "1"}})

    def test_corrections_are_logged_without_their_values(self):
        self.document.correct({"number": {"value": "SPECIAL-2"}})
        entry = self.env["ai.audit.log"].sudo().search([("event", "=", "document_corrected")], limit=1, order="id desc")
        self.assertEqual(entry.res_id, self.document.id)
        self.assertNotIn("SPECIAL-2", str(entry.payload))
