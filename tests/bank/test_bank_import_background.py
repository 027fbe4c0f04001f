"""Large files: queued, carried on in slices, all or nothing."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .files import ImportCase, entry, many, one

MODULE = "odoo.addons.ai_bookkeeper.models.bank.ai_bank_import"
BACKGROUND = "odoo.addons.ai_bookkeeper.models.bank.ai_bank_import_background"
HANDLER = "odoo.addons.ai_bookkeeper.models.sync.queue.sync_handler_import"


@tagged("post_install", "-at_install")
class TestBankImportBackground(ImportCase):
    def set_threshold(self, lines):
        self.env["ir.config_parameter"].set_param("ai_bookkeeper.import_background_lines", str(lines))

    @contextmanager
    def batches_of(self, count):
        with patch(f"{MODULE}.BATCH", count):
            yield

    def run_queue(self):
        """As often as the scheduled action would, on a busy machine too."""
        self.env.flush_all()
        went_on = True
        with self.enter_registry_test_mode():
            while went_on:
                went_on = self.env["sync.job"]._run("work")["went_on"]
        self.env.invalidate_all()

    def jobs(self, record):
        return self.env["sync.job"].sudo().search([("res_model", "=", record._name), ("res_id", "=", record.id)])

    def test_over_a_thousand_lines(self):
        record = self.load(many(1001, start=0, end="1001.00"))
        self.assertRecordValues(
            self.jobs(record), [{"kind": "import", "state": "pending", "lane": "work", "user_id": self.reviewer.id}]
        )
        self.assertRecordValues(record, [{"state": "queued", "line_count": 1001, "created_count": 0}])
        self.assertFalse(self.journal_lines())
        self.run_queue()
        self.assertRecordValues(record, [{"state": "done", "created_count": 1001, "progress": 100.0, "error": False}])
        self.assertEqual(self.jobs(record).mapped("state"), ["done"])
        self.assertEqual(len(record.line_ids), 1001)
        self.assertEqual(record.line_ids.create_uid, self.reviewer)
        self.assertRecordValues(record.statement_ids, [{"is_complete": True, "balance_end_real": 1001.0}])

    def test_a_thousand_lines_need_no_queue(self):
        self.set_threshold(30)
        self.assertEqual(self.load(many(30)).state, "done")

    def test_checks_come_before_the_queue(self):
        self.set_threshold(5)
        self.lock("2024-01-31")
        with self.assertRaises(UserError):
            self.load(many(6))
        self.assertFalse(self.imports.search_count([]))

    def test_it_goes_on_where_it_was_killed(self):
        self.set_threshold(5)
        record = self.load(many(20, start=0, end="20.00"))
        # What a killed run left: committed batches and the state.
        running = record._as_importer()
        running._move_to("running")
        plan = running._resumed_plan()
        running._create_lines(plan, plan.new[:7])
        self.env.flush_all()
        self.env.invalidate_all()
        self.run_queue()
        self.assertRecordValues(record, [{"state": "done", "created_count": 20, "duplicate_count": 0}])
        self.assertEqual(len(set(record.line_ids.mapped("ai_fingerprint"))), 20)
        self.assertRecordValues(record.statement_ids, [{"balance_start": 0, "is_complete": True}])

    def test_slices(self):
        self.set_threshold(5)
        record = self.load(many(20))
        job = self.jobs(record)
        with self.batches_of(5):
            self.assertFalse(record.sudo()._carry_on("import", lambda: False))
            self.assertEqual((record.state, len(record.line_ids), record.progress), ("running", 5, 24.75))
            self.assertFalse(record.sudo()._carry_on("import", lambda: False))
            self.assertEqual(len(record.line_ids), 10)
        with self.batches_of(5), patch(f"{HANDLER}.SLICE_SECONDS", 0):
            self.run_queue()
        self.assertRecordValues(job, [{"state": "done", "attempts": 2}])
        self.assertEqual((record.state, len(record.line_ids)), ("done", 20))

    def test_a_failure_takes_everything_away(self):
        self.set_threshold(5)
        self.load(one(entry("2024-01-09", "3.00", "before")))
        record = self.load(many(20))
        calls, sentence = [], "statement.xml, line 99: the world moved."
        create = type(record)._create_lines

        def breaking(self_, plan, batch):
            calls.append(len(batch))
            if len(calls) == 3:
                raise UserError(sentence)
            return create(self_, plan, batch)

        self.patch(type(record), "_create_lines", breaking)
        job = self.jobs(record)
        with self.batches_of(5), patch(f"{HANDLER}.SLICE_SECONDS", 0):
            self.run_queue()
        self.assertEqual(calls, [5, 5, 5])
        self.assertRecordValues(job, [{"state": "failed", "reason": "refused_here", "error": sentence}])
        self.assertIn("retry the import", job.fix)
        self.assertEqual(self.jobs(record).mapped("state"), ["done", "failed"], "one took the lines away")
        self.assertRecordValues(record, [{"state": "failed", "created_count": 0, "removing": False}])
        self.assertIn("line 99", record.error)
        self.assertEqual(self.journal_lines().mapped("payment_ref"), ["before"])
        self.patch(type(record), "_create_lines", create)
        record.with_user(self.reviewer).action_retry()
        self.run_queue()
        self.assertRecordValues(record, [{"state": "done", "created_count": 20, "error": False}])
        self.assertEqual(job.state, "done")

    def test_its_job_is_retried_instead(self):
        self.set_threshold(5)
        record = self.load(many(6))
        self.lock("2024-01-31")
        self.run_queue()
        job = self.jobs(record)
        self.assertEqual((record.state, job.state), ("failed", "failed"))
        self.company.fiscalyear_lock_date = False
        job.with_user(self.reviewer).action_retry()
        self.run_queue()
        self.assertRecordValues(record, [{"state": "done", "created_count": 6, "error": False}])
        self.assertEqual(job.state, "done")

    def test_its_job_is_cancelled(self):
        self.set_threshold(5)
        record = self.load(many(20))
        with self.batches_of(5):
            record.sudo()._carry_on("import", lambda: False)
        groups = "base.group_user,ai_bookkeeper.ai_bookkeeper_group_manager"
        company = {"company_id": self.company.id, "company_ids": [Command.set(self.company.ids)]}
        manager = new_test_user(self.env, "import_manager", groups=groups, **company)
        self.jobs(record).with_user(manager).action_cancel()
        self.assertTrue(record.removing)
        self.run_queue()
        self.assertEqual(record.state, "failed")
        self.assertIn("cancelled", record.error)
        self.assertFalse(self.journal_lines())
        record.with_user(self.reviewer).action_retry()
        self.run_queue()
        self.assertEqual((record.state, len(record.line_ids)), ("done", 20))

    def test_an_undone_failure_asks_for_nobody(self):
        self.set_threshold(5)
        record = self.load(many(6))
        self.lock("2024-01-31")
        self.run_queue()
        record.with_user(self.reviewer).action_undo()
        self.assertEqual(record.state, "undone")
        self.assertEqual(self.jobs(record).state, "cancelled")

    def test_it_goes_on_while_syncing_is_paused(self):
        self.set_threshold(5)
        record = self.load(many(6))
        self.env["sync.pause"].sudo()._pause(self.company)
        self.run_queue()
        self.assertEqual(record.state, "done")

    def test_an_unexpected_error_is_noted(self):
        self.set_threshold(5)
        record = self.load(many(6))

        def breaking(self_, plan, batch):
            raise ZeroDivisionError("by zero")

        self.patch(type(record), "_create_lines", breaking)
        with self.assertLogs(BACKGROUND, "ERROR"):
            self.run_queue()
        self.assertEqual((record.state, record.error), ("failed", "by zero"))

    def test_a_period_locked_meanwhile(self):
        self.set_threshold(5)
        record = self.load(many(6))
        self.lock("2024-01-31")
        self.run_queue()
        self.assertEqual(record.state, "failed")
        self.assertIn("statement.xml, line", record.error)
        self.assertFalse(self.journal_lines())

    def test_the_importer_lost_the_right(self):
        self.set_threshold(5)
        record = self.load(many(6))
        self.reviewer.group_ids -= self.env.ref("ai_bookkeeper.ai_bookkeeper_group_reviewer")
        self.run_queue()
        self.assertEqual(record.state, "failed")
        self.assertFalse(self.journal_lines())

    def test_a_queued_import_can_be_undone(self):
        self.set_threshold(5)
        record = self.load(many(6))
        record.with_user(self.reviewer).action_undo()
        self.run_queue()
        self.assertEqual(record.state, "undone")
        self.assertFalse(self.journal_lines())

    def test_a_large_undo_runs_in_the_background(self):
        record = self.load(many(20, start=0, end="20.00"))
        self.set_threshold(5)
        record.with_user(self.reviewer).action_undo()
        self.assertRecordValues(record, [{"state": "done", "removing": True}])
        with self.assertRaises(UserError):
            record.with_user(self.reviewer).action_undo()
        with self.batches_of(5):
            self.run_queue()
        self.assertRecordValues(record, [{"state": "undone", "removing": False, "created_count": 0}])
        self.assertFalse(self.journal_lines())
        self.assertFalse(record.statement_ids)
