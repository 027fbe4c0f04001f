"""The queue: what becomes of jobs, on the runner as it is."""

import psycopg2

from odoo.exceptions import UserError
from odoo.tests import tagged

from .queue_case import Note, QueueCase, trouble

NO_NUMBER = "The invoice has no number."


@tagged("post_install", "-at_install")
class TestQueue(QueueCase):
    def test_a_job_is_sent_recorded_and_done(self):
        job = self.enqueue(endpoint="webhook:1", correlation_id="c-1")
        self.assertEqual((job.state, job.lane, job.attempts), ("pending", "http", 0))
        self.assertTrue(job.idempotency_key)
        report = self.run_lane()
        self.assertEqual((report["claimed"], report["done"]), (1, 1))
        self.assertEqual((job.state, job.attempts, job.fence), ("done", 1, 1))
        self.assertTrue(job.intent_at and job.outcome_at and job.finished_at and job.started_at)
        self.assertFalse(job.worker or job.lease_until or job.outcome)
        [(_id, headers)] = self.script.calls["send"]
        self.assertEqual(headers["X-Correlation-ID"], "c-1")
        [(_id, reply)] = self.script.calls["record"]
        self.assertEqual(reply["body"], b"ok")
        self.assertEqual(self.script.ids("attempted"), [job.id])

    def test_nothing_to_do_is_done(self):
        self.script.prepare = lambda job: None
        job = self.enqueue()
        self.run_lane()
        self.assertEqual(job.state, "done")
        self.assertFalse(self.script.calls["send"])

    def test_transient_errors_climb_the_ladder_and_end_in_dead(self):
        job = self.enqueue(endpoint="webhook:1")
        self.script.answers[job.id] = lambda request: trouble(503)
        self.run_lane()
        self.assertEqual((job.state, job.reason, job.rung), ("pending", "http_503", 1))
        self.assertFalse(job.intent_at, "503 says that nothing was done")
        self.drain()
        self.assertEqual((job.state, job.attempts, job.reason), ("dead", 10, "http_503"))
        self.assertTrue(job.error and job.fix and job.finished_at)
        self.script.answers.clear()
        job.action_retry()
        self.assertEqual((job.state, job.rung), ("pending", 0))
        self.drain()
        self.assertEqual((job.state, job.attempts), ("done", 11))

    def test_a_permanent_error_stops_at_once(self):
        job = self.enqueue()
        self.script.answers[job.id] = trouble(404, permanent=True)
        self.script.explain = lambda job, reason: ("The customer is unknown there.", "Map the customer.")
        self.run_lane()
        self.assertEqual((job.state, job.reason, job.attempts), ("failed", "http_404", 1))
        self.assertEqual((job.error, job.fix), ("The customer is unknown there.", "Map the customer."))

    def test_words_of_a_refusal_here(self):
        def refuse(job):
            raise UserError(NO_NUMBER)

        self.script.prepare = refuse
        job = self.enqueue()
        self.run_lane()
        self.assertEqual((job.state, job.error), ("failed", NO_NUMBER))
        self.assertFalse(self.script.calls["send"])
        self.assertFalse(job.intent_at)

    def test_retry_after_wins(self):
        job = self.enqueue()
        self.script.answers[job.id] = trouble(429, retry_after=1234)
        self.run_lane()
        self.env.cr.execute(
            "SELECT EXTRACT(EPOCH FROM next_at - clock_timestamp() AT TIME ZONE 'UTC') FROM sync_job WHERE id = %s",
            (job.id,),
        )
        seconds = float(self.env.cr.fetchone()[0])
        self.assertTrue(1230 < seconds < 1240, seconds)

    def test_handlers_may_raise_anything(self):
        for error in (SystemExit(1), KeyboardInterrupt(), GeneratorExit(), ValueError("x\x00y"), AssertionError()):
            with self.subTest(error=type(error).__name__):
                prepared, sent, recorded = self.enqueue(), self.enqueue(), self.enqueue()
                fine = self.enqueue()

                def prepare(job, bad=prepared, error=error):
                    if job == bad:
                        raise error
                    return Note(job.id)

                def record(job, reply, bad=recorded, error=error):
                    if job == bad:
                        raise error

                self.script.prepare, self.script.record = prepare, record
                self.script.answers[sent.id] = error
                self.run_lane()
                self.assertEqual(fine.state, "done")
                for job in (prepared, sent, recorded):
                    self.assertEqual((job.state, job.reason), ("pending", "unexpected"))
                self.drain()
                for job in (prepared, sent, recorded):
                    self.assertEqual((job.state, job.reason), ("failed", "unexpected"))
                self.assertEqual(self.script.ids("send").count(recorded.id), 1, "sent once, only written down again")

    def test_a_database_error_in_a_handler_spoils_no_other(self):
        bad, good = self.enqueue(), self.enqueue()

        def record(job, reply):
            if job == bad:
                job.env.cr.execute("SELECT 1/0", log_exceptions=False)

        self.script.record = record
        self.run_lane()
        self.assertStates([bad, good], "pending", "done")

    def test_busy_books_are_tried_again_at_once(self):
        conflicts = [psycopg2.errors.SerializationFailure("busy"), psycopg2.errors.DeadlockDetected("busy")]

        def record(job, reply):
            if conflicts:
                raise conflicts.pop()

        self.script.record = record
        job = self.enqueue()
        self.run_lane()
        self.assertEqual(job.state, "done")
        self.assertEqual(self.script.ids("send"), [job.id])

    def test_a_kind_that_nobody_knows_fails_in_words(self):
        job = self.enqueue(kind="unheard")
        self.run_lane("work")
        self.assertEqual((job.state, job.reason), ("failed", "no_handler"))
        self.assertTrue(job.fix)

    def test_a_job_deleted_in_mid_run_is_nobodys(self):
        gone, other = self.enqueue(), self.enqueue()
        self.script.answers[gone.id] = trouble(404, permanent=True)

        def prepare(job):
            if job == gone:
                self.env.cr.execute("DELETE FROM sync_job WHERE id = %s", (gone.id,))
            return Note(job.id)

        self.script.prepare = prepare
        report = self.run_lane()
        self.assertEqual((other.state, report["lost"]), ("done", 1))

    def test_a_correlation_id_breaks_no_header(self):
        self.enqueue(correlation_id="a\r\nX-Evil: 1 \u00e9" + "z" * 500)
        self.run_lane()
        [(_id, headers)] = self.script.calls["send"]
        value = headers["X-Correlation-ID"]
        self.assertTrue(value.isascii() and value.isprintable() and " " not in value)
        self.assertEqual(len(value), 200)

    def test_work_is_done_in_slices(self):
        job = self.enqueue("toil")
        slices = [False, False, True]
        self.script.work = lambda job: slices.pop(0)
        self.run_lane("work")
        self.assertEqual((job.state, job.attempts), ("done", 3))

    def test_poison_in_a_payload_is_stored(self):
        job = self.enqueue(payload={"a\x00b": ["\ud800", float("nan"), {"deep": "\x00"}]}, correlation_id="a\x00b")
        self.assertEqual(job.sudo().payload, {"ab": ["?", None, {"deep": ""}]})
        self.script.answers[job.id] = {"status": 200, "headers": {"x": "\x00"}, "body": b"\x00\xff"}
        self.run_lane()
        self.assertEqual(job.state, "done")
        [(_id, reply)] = self.script.calls["record"]
        self.assertEqual(reply["body"], b"\x00\xff")

    def test_a_worker_that_vanished_before_the_intent_costs_nothing(self):
        job = self.enqueue()
        self.vanish(job)
        self.run_lane()
        self.assertEqual((job.state, job.attempts), ("done", 1))
        self.assertFalse(self.script.calls["probe"])

    def test_a_worker_that_vanished_after_the_intent_leaves_a_doubt(self):
        job = self.enqueue()
        self.vanish(job, intent_at="2026-01-01", attempts=1)
        with self.enter_registry_test_mode():
            self.Job._reap()
        self.env.invalidate_all()
        self.assertEqual(job.state, "indeterminate")
        self.run_lane()
        self.assertEqual(self.script.ids("probe"), [job.id])
        self.assertEqual((job.state, job.attempts), ("done", 2))

    def test_what_the_other_side_knows_is_not_sent_again(self):
        job = self.enqueue()
        self.vanish(job, intent_at="2026-01-01", attempts=1)
        self.script.probe = lambda job: Note(job.id, {"is": "probe"})
        self.script.probed = lambda job, reply, error: ("done", {**reply, "body": b"it is 77 there"})
        self.run_lane()
        self.assertEqual(job.state, "done")
        self.assertFalse(self.script.calls["prepare"])
        [(_id, reply)] = self.script.calls["record"]
        self.assertEqual(reply["body"], b"it is 77 there")

    def test_what_the_other_side_does_not_know_is_sent_again(self):
        job = self.enqueue()
        self.vanish(job, intent_at="2026-01-01", attempts=1)
        self.script.probe = lambda job: Note(job.id)
        self.script.answers[job.id] = [trouble(500), trouble(404, permanent=True)]
        self.run_lane()
        self.assertEqual(job.state, "indeterminate")
        self.assertTrue(job.intent_at, "still in doubt")
        self.make_due()
        self.run_lane()
        self.assertEqual(job.state, "done")
        self.assertEqual(len(self.script.calls["probe"]), 2)
        self.assertEqual(len(self.script.calls["probed"]), 1, "a question that found no answer says nothing")
        self.assertEqual(len(self.script.calls["prepare"]), 1)

    def test_nobody_can_tell_so_a_person_decides(self):
        job = self.enqueue()
        self.vanish(job, intent_at="2026-01-01", attempts=1)
        self.script.probe = lambda job: False
        self.run_lane()
        self.assertEqual((job.state, job.reason), ("failed", "indeterminate"))
        self.assertTrue(job.fix)
        self.assertFalse(self.script.calls["send"])
        job.action_retry()
        self.run_lane()
        self.assertEqual(job.state, "done", "the person said that it did not arrive")

    def test_no_answer_is_a_doubt(self):
        job = self.enqueue()
        self.script.answers[job.id] = [trouble(None), trouble(None, reason="timeout", maybe_done=True), None]
        self.run_lane()
        self.assertEqual((job.state, job.reason), ("indeterminate", "no_answer"))
        self.make_due()
        self.run_lane()
        self.assertEqual((job.state, job.reason), ("indeterminate", "timeout"))
        self.make_due()
        self.run_lane()
        self.assertEqual(job.state, "done")
        self.assertEqual(self.script.ids("probe"), [job.id, job.id])

    def test_what_never_left_is_no_doubt(self):
        job = self.enqueue()
        self.script.answers[job.id] = [trouble(None, reason="unreachable"), None]
        self.run_lane()
        self.assertEqual((job.state, job.reason), ("pending", "unreachable"))
        self.assertFalse(job.intent_at)

    def test_who_doubts_errors_asks_after_a_500(self):
        self.patch(self.registry["sync.handler.trial"], "_doubts_errors", True)
        job, other = self.enqueue(), self.enqueue()
        self.script.answers[job.id] = [trouble(500), None]
        self.script.answers[other.id] = [trouble(429), None]
        self.run_lane()
        self.assertStates([job, other], "indeterminate", "pending")
        self.drain()
        self.assertStates([job, other], "done", "done")
        self.assertEqual(self.script.ids("probe"), [job.id])

    def test_the_key_that_leaves_is_kept_with_the_intent(self):
        job = self.enqueue(idempotency_key="first")
        self.script.prepare = lambda job: Note(job.id, {}, "of this content")
        self.script.record = lambda job, reply: self.assertEqual(job.idempotency_key, "of this content")
        self.run_lane()
        self.assertEqual((job.state, job.idempotency_key), ("done", "of this content"))

    def test_an_outcome_that_was_kept_is_only_written_down(self):
        job = self.enqueue()
        kept = '{"status": 201, "headers": {}, "body": "Nzc="}'
        self.vanish(job, intent_at="2026-01-01", attempts=1, outcome=kept, outcome_at="2026-01-01")
        self.run_lane()
        self.assertEqual(job.state, "done")
        self.assertFalse(self.script.calls["send"])
        [(_id, reply)] = self.script.calls["record"]
        self.assertEqual((reply["status"], reply["body"]), (201, b"77"))

    def test_an_answer_that_is_not_understood_is_asked_for(self):
        job = self.enqueue()
        # Once with the others of its batch, once alone.
        answers = ["half a JSON", "half a JSON"]

        def record(job, reply):
            if answers and answers.pop():
                raise trouble(None)

        self.script.record = record
        self.script.probe = lambda job: Note(job.id)
        self.script.probed = lambda job, reply, error: ("done", reply)
        self.run_lane()
        self.assertEqual(job.state, "indeterminate")
        self.assertFalse(job.outcome_at)
        self.drain()
        self.assertEqual(job.state, "done")
        self.assertEqual((len(self.script.calls["prepare"]), len(self.script.calls["probe"])), (1, 1))

    def test_a_job_that_kills_its_workers_is_given_up(self):
        job = self.enqueue()
        for _time in range(5):
            self.vanish(job)
            with self.enter_registry_test_mode():
                self.Job._reap()
            self.env.invalidate_all()
        self.assertEqual((job.state, job.reason), ("dead", "lost"))

    def test_an_outcome_of_an_older_claim_is_refused(self):
        job = self.enqueue()
        [old] = self.claim(worker="old")
        self.vanish(job)
        with self.enter_registry_test_mode():
            self.Job._reap()
            [new] = self.Job._claim("http", "new", 5, 120)[0]
            with self.Job._short_cursor() as cr:
                reply = {"status": 200, "headers": {}, "body": b""}
                self.assertEqual(self.Job._intend([(old, None)], "old", 120), set())
                self.assertEqual(self.Job._keep_replies(cr, [(old, reply, 1)], "old"), set())
                self.assertEqual(self.Job._finish(cr, [old], "old"), set())
                self.assertEqual(self.Job._stop(cr, [(old.id, old.fence, "x", "", "", False)], "failed"), [])
                row = (old, "pending", 1.0, "x", "", "", 1, False)
                self.assertEqual(self.Job._retry_later(cr, [row], "old"), set())
            self.assertEqual(self.Job._intend([(new, None)], "new", 120), {job.id})
        self.env.invalidate_all()
        self.assertEqual((job.state, job.worker), ("running", "new"))

    def test_work_that_was_committed_is_not_done_twice(self):
        job = self.enqueue("toil")
        self.env.cr.execute("INSERT INTO sync_job_receipt (job_id) VALUES (%s)", (job.id,))
        self.vanish(job)
        self.run_lane("work")
        self.assertEqual(job.state, "done")
        self.assertFalse(self.script.calls["work"])

    def test_a_slice_whose_lease_was_lost_did_not_happen(self):
        self.enqueue("toil")

        def work(job):
            job.env.company.partner_id.comment = "worked"
            self.env.cr.execute("UPDATE sync_job SET fence = fence + 1, worker = 'other' WHERE id = %s", (job.id,))
            return True

        self.script.work = work
        self.env.company.partner_id.comment = "before"
        self.run_lane("work")
        self.assertIn("before", self.env.company.partner_id.comment)
