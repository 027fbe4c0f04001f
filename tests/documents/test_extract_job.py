"""What becomes of a document when its job is cancelled, lost, or breaks off."""

from odoo.exceptions import LockError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.documents import ai_document_read
from ...models.sync.queue.sync_job_claim import MOST_LOSSES
from .common import DocumentCase, pdf, scanned


@tagged("post_install", "-at_install")
class TestExtractJob(DocumentCase):
    def setUp(self):
        super().setUp()
        self.document = self.documents(self.dropped(("bill.pdf", pdf())))
        jobs = self.env["sync.job"].sudo()
        self.job = jobs.search([("res_model", "=", "ai.document"), ("res_id", "=", self.document.id)])

    def test_one_job_for_one_document(self):
        self.assertEqual((len(self.job), self.job.kind, self.job.state), (1, "extract", "pending"))
        self.document._enqueue()
        self.assertEqual(self.job.search_count([("res_id", "=", self.document.id), ("kind", "=", "extract")]), 1)

    def test_cancelled(self):
        self.job.action_cancel()
        self.assertEqual((self.document.state, self.document.error_code), ("failed", "cancelled"))
        self.document.with_user(self.reviewer).read_again()
        self.run_jobs()
        self.assertEqual(self.document.state, "read")

    @mute_logger("odoo.addons.ai_bookkeeper.models.sync.queue.sync_job_claim")
    def test_a_file_that_kills_the_server_again_and_again(self):
        self.document.state = "reading"
        self.env.flush_all()
        self.env.cr.execute(
            """UPDATE sync_job SET state = 'running', worker = 'gone', losses = %s, fence = fence + 1,
                   lease_until = clock_timestamp() AT TIME ZONE 'UTC' - interval '1 second' WHERE id = %s""",
            (MOST_LOSSES - 1, self.job.id),
        )
        self.env.invalidate_all()
        with self.enter_registry_test_mode():
            self.env["sync.job"]._reap()
        self.env.invalidate_all()
        self.assertEqual((self.job.state, self.document.state, self.document.error_code), ("dead", "failed", "lost"))
        self.assertIn("kept", self.document.error)
        self.assertUntouched(self.document.move_id)

    @mute_logger("odoo.addons.ai_bookkeeper.models.documents.sync_handler_extract")
    def test_what_breaks_off_says_so(self):
        self.patch(type(self.document), "_printed_reading", lambda *_args: 1 / 0)
        self.run_jobs()
        self.assertEqual((self.document.state, self.document.error_code), ("failed", "unexpected"))
        self.assertEqual(self.job.state, "done")

    @mute_logger("odoo.addons.ai_bookkeeper.models.documents.sync_handler_extract")
    def test_what_was_read_stays_when_proposing_breaks_off(self):
        self.patch(type(self.env["ai.suggestion"]), "_propose", lambda *_args: 1 / 0)
        self.run_jobs()
        self.assertEqual((self.document.state, self.document.error_code), ("read", "not_proposed"))
        self.assertTrue(self.document.reading)

    def test_another_run_holds_the_company(self):
        calls = []
        propose = type(self.env["ai.suggestion"])._propose

        def busy(suggestions, *args):
            calls.append(1)
            if len(calls) == 1:
                raise LockError("busy")
            return propose(suggestions, *args)

        self.patch(type(self.env["ai.suggestion"]), "_propose", busy)
        self.run_jobs()
        self.assertEqual((self.document.state, self.document.is_proposed), ("read", False))
        self.env.cr.execute(
            "UPDATE sync_job SET next_at = clock_timestamp() AT TIME ZONE 'UTC' WHERE id = %s", self.job.ids
        )
        self.run_jobs()
        self.assertEqual((self.document.is_proposed, len(calls)), (True, 2))

    def test_a_draft_that_is_deleted_meanwhile(self):
        self.document.move_id.unlink()
        self.run_jobs()
        self.assertEqual(self.job.state, "done")

    def test_a_draft_that_was_filled_by_hand_gets_no_suggestion(self):
        self.document.move_id.write({"invoice_line_ids": [(0, 0, {"name": "By hand", "price_unit": 5.0})]})
        self.run_jobs()
        self.assertEqual((self.document.state, self.document.is_proposed), ("read", True))
        found = (
            self.env["ai.suggestion"].sudo().search([("res_id", "=", self.document.res_id), ("state", "=", "pending")])
        )
        self.assertFalse(found.filtered(lambda suggestion: suggestion.res_model == "account.move"))

    def test_a_long_scan_is_read_in_slices(self):
        """Of one second each: what was read in one is not read again in the next."""
        self.patch(ai_document_read, "MOST_SECONDS", 1.0)
        starts = []
        read_apart = ai_document_read.read_apart

        def listened(*args, **options):
            if args[1] == "long.pdf":
                starts.append(options["first"])
            return read_apart(*args, **options)

        self.patch(ai_document_read, "read_apart", listened)
        content = scanned(*[[f"Page {number} of six", "Paper Mill Ltd"] for number in range(1, 7)])
        document = self.taken_in(("long.pdf", content))
        self.assertEqual((document.state, document.page_count, document.next_page), ("read", 6, 0), document.error)
        self.assertGreater(len(starts), 1)
        self.assertEqual(starts, sorted(set(starts)))
        for number in range(1, 7):
            words = [word[0] for word in document.page_words(number)]
            self.assertIn(str(number), words)
        self.assertEqual(sorted(document.page_ids.mapped("number")), list(range(1, 7)))
