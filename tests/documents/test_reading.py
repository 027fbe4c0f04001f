"""A file is dropped on the journal, read in the queue, and stands beside an untouched draft."""

import hashlib

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DocumentCase, pdf


@tagged("post_install", "-at_install")
class TestReading(DocumentCase):
    def test_a_dropped_file_waits_and_the_draft_is_untouched(self):
        content = pdf()
        move = self.dropped(("bill.pdf", content))
        document = self.documents(move)
        self.assertEqual(len(document), 1)
        self.assertEqual(document.state, "queued")
        self.assertEqual(document.sha256, hashlib.sha256(content).hexdigest())
        self.assertEqual((document.company_id, document.journal_id), (self.company, self.purchases))
        self.assertEqual(document.attachment_id.res_id, move.id)
        self.assertUntouched(move)

    def test_the_queue_reads_it(self):
        document = self.taken_in(("bill.pdf", pdf()))
        self.assertEqual((document.state, document.error), ("read", False))
        self.assertEqual((document.source, document.page_count), ("text", 1))
        self.assertTrue(document.is_proposed)
        self.assertTrue(document.thumbnail)
        words = [word[0] for word in document.with_user(self.reviewer).page_words(1)]
        self.assertIn("PM-2026-117", words)
        self.assertUntouched(document.move_id)
        self.assertFalse(document.move_id.message_ids.filtered("tracking_value_ids"))

    def test_who_sees_it(self):
        document = self.taken_in(("bill.pdf", pdf()))
        self.assertTrue(document.with_user(self.auditor).page_words(1))
        for user in (self.stranger, self.make_user("document_agent", "agent", groups="")):
            with self.assertRaises(AccessError):
                document.with_user(user).page_words(1)
        for method in ("read_again", "action_not_bill", "action_is_bill"):
            with self.assertRaises(AccessError):
                getattr(document.with_user(self.auditor), method)()
