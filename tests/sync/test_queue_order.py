"""The queue: who goes first, who waits for whom, who is left alone."""

from odoo.tests import tagged

from .queue_case import QueueCase, trouble


@tagged("post_install", "-at_install")
class TestQueueOrder(QueueCase):
    def sent(self):
        return self.script.ids("send")

    # === ONE RECORD === #

    def test_jobs_of_a_record_keep_their_order(self):
        first, other = self.enqueue(order_key="a", endpoint="e"), self.enqueue(order_key="b", endpoint="e")
        second, third = self.enqueue(order_key="a", endpoint="e"), self.enqueue(order_key="a", endpoint="e", priority=0)
        self.script.answers[first.id] = [trouble(503), None]
        self.run_lane()
        self.assertEqual(self.sent(), [first.id, other.id], "no record waits for another's failure")
        self.assertStates([first, second, third, other], "pending", "waiting", "waiting", "done")
        self.assertEqual(second.waits_for, "order")
        self.drain()
        self.assertStates([first, second, third], "done", "done", "done")
        self.assertEqual(self.sent(), [first.id, other.id, first.id, second.id, third.id])

    def test_the_next_goes_on_when_the_first_failed(self):
        first, second = self.enqueue(order_key="a"), self.enqueue(order_key="a")
        self.script.answers[first.id] = trouble(404, permanent=True)
        self.drain()
        self.assertStates([first, second], "failed", "done")
        self.script.answers.clear()
        first.action_retry()
        self.drain()
        self.assertStates([first, second], "done", "done")

    def test_a_long_row_of_one_record_does_not_hide_others(self):
        row = [self.enqueue(order_key="a", endpoint="e") for _number in range(60)]
        other = self.enqueue(order_key="b", endpoint="e")
        self.script.answers[row[0].id] = trouble(503)
        self.run_lane()
        self.assertEqual(other.state, "done")

    def test_two_in_doubt_do_not_wait_for_each_other(self):
        first, second = self.enqueue(order_key="a"), self.enqueue(order_key="a")
        for job in (first, second):
            self.vanish(job, state="indeterminate", intent_at="2026-01-01")
        self.drain()
        self.assertStates([first, second], "done", "done")

    def test_the_database_refuses_two_at_a_time(self):
        first, second = self.enqueue(order_key="a"), self.enqueue(order_key="a")
        self.claim()
        with self.enter_registry_test_mode(), self.Job._short_cursor() as cr:
            self.assertEqual(self.Job._take(cr, [second.id], "me", 60), [])
        self.env.invalidate_all()
        self.assertStates([first, second], "running", "waiting")

    # === DEPENDENCIES === #

    def test_a_job_waits_for_what_it_depends_on(self):
        first = self.enqueue(endpoint="a")
        second = self.enqueue(endpoint="b", depends_on_id=first.id, priority=0)
        self.script.answers[first.id] = [trouble(503), None]
        self.run_lane()
        self.assertStates([first, second], "pending", "waiting")
        self.assertEqual(second.waits_for, "job")
        self.drain()
        self.assertStates([first, second], "done", "done")

    def test_what_depends_on_a_failure_fails_in_words_and_returns_with_it(self):
        first = self.enqueue()
        second = self.enqueue(depends_on_id=first.id)
        third = self.enqueue(depends_on_id=second.id)
        self.script.answers[first.id] = trouble(404, permanent=True)
        self.drain()
        self.assertStates([first, second, third], "failed", "failed", "failed")
        self.assertEqual((second.reason, third.reason), ("dependency", "dependency"))
        self.assertIn(str(first.id), second.error)
        self.assertIn(str(first.id), second.fix)
        self.script.answers.clear()
        first.action_retry()
        self.drain()
        self.assertStates([first, second, third], "done", "done", "done")

    def test_a_dependency_in_the_history_is_found(self):
        first, gone = self.enqueue(), self.enqueue()
        self.drain()
        gone_too = self.enqueue()
        gone_too._cancel_open([("id", "=", gone_too.id)])
        with self.enter_registry_test_mode():
            self.env["sync.job.history"]._collect(stay=-1)
        self.env.invalidate_all()
        self.assertFalse((first + gone).exists())
        good, bad = self.enqueue(depends_on_id=first.id), self.enqueue(depends_on_id=gone_too.id)
        self.drain()
        self.assertStates([good, bad], "done", "failed")

    def test_who_waits_for_what_is_gone_is_woken(self):
        first = self.enqueue(order_key="a")
        second = self.enqueue(order_key="a")
        self.claim()
        self.claim()
        self.env.invalidate_all()
        self.assertEqual(second.state, "waiting")
        self.env.cr.execute("DELETE FROM sync_job WHERE id = %s", (first.id,))
        with self.enter_registry_test_mode():
            self.assertEqual(self.Job._sweep_waiting(), 1)
        self.env.invalidate_all()
        self.assertEqual(second.state, "pending")

    # === MERGING === #

    def test_what_was_never_claimed_is_merged(self):
        first = self.enqueue(dedup_key="k", event_id=1, payload={"a": 1}, priority=5)
        second = self.enqueue(dedup_key="k", event_id=2, payload={"a": 2}, priority=3)
        self.assertEqual(first, second)
        self.env.invalidate_all()
        self.assertEqual((first.event_id, first.sudo().payload, first.priority), (2, {"a": 2}, 3))
        ids = self.Job._enqueue(
            [{"kind": "trial", "dedup_key": "x", "event_id": number} for number in (1, 2)] + [{"kind": "trial"}]
        )
        self.assertEqual(len(set(ids)), 2)
        self.assertEqual(ids[0], ids[1])

    def test_what_was_claimed_is_not_merged(self):
        first = self.enqueue(dedup_key="k", order_key="k")
        self.claim()
        second = self.enqueue(dedup_key="k", order_key="k")
        self.assertNotEqual(first, second)
        third = self.enqueue(dedup_key="k", order_key="k")
        self.assertEqual(second, third)
        self.vanish(first)
        self.drain()
        self.assertStates([first, second], "done", "done")
        self.assertEqual(self.sent(), [first.id, second.id])

    def test_what_waits_its_turn_is_merged(self):
        self.enqueue(dedup_key="k", order_key="k")
        self.claim()
        second = self.enqueue(dedup_key="k", order_key="k")
        self.claim()
        self.env.invalidate_all()
        self.assertEqual(second.state, "waiting")
        self.assertEqual(self.enqueue(dedup_key="k", order_key="k"), second)

    def test_newer_state_makes_good_what_failed(self):
        first = self.enqueue(dedup_key="k", order_key="k")
        self.script.answers[first.id] = trouble(404, permanent=True)
        self.drain()
        self.assertEqual(first.state, "failed")
        second = self.enqueue(dedup_key="k", order_key="k")
        self.drain()
        self.assertStates([first, second], "cancelled", "done")
        self.assertEqual(first.reason, "overtaken")

    # === PRIORITY, SHARES, PAUSES === #

    def test_the_urgent_go_first(self):
        late, soon, first = (self.enqueue("toil", priority=number) for number in (7, 3, 0))
        self.run_lane("work")
        self.assertEqual(self.script.ids("work"), [first.id, soon.id, late.id])

    def test_what_is_not_due_hides_nothing(self):
        for _number in range(50):
            self.enqueue(endpoint="e", priority=0, delay=3600)
        job = self.enqueue(endpoint="e", priority=9)
        self.run_lane()
        self.assertEqual(job.state, "done")

    def test_one_address_gets_its_share_only(self):
        for _number in range(20):
            self.enqueue(endpoint="a")
        others = [self.enqueue(endpoint=f"b{number}") for number in range(4)]
        claims = self.claim(limit=32, quota=8)
        self.assertEqual(sum(claim.endpoint == "a" for claim in claims), 8)
        self.assertEqual({claim.id for claim in claims} & {job.id for job in others}, {job.id for job in others})
        self.assertEqual(self.claim(limit=24, quota=8, busy={"a": 8}), [])

    def test_an_address_that_fails_is_left_alone_then_tried_once(self):
        jobs = [self.enqueue(endpoint="bad") for _number in range(8)]
        good = self.enqueue(endpoint="good")
        self.script.answers["all"] = lambda request: trouble(503) if request.job_id != good.id else None
        self.run_lane()
        breaker = self.env["sync.breaker"].search([("endpoint", "=", "bad")])
        self.assertEqual((breaker.state, good.state), ("open", "done"))
        self.assertTrue(breaker.since_at and breaker.until_at)
        late = self.enqueue(endpoint="bad")
        self.run_lane()
        self.assertEqual(late.attempts, 0)
        self.make_due()
        sent = len(self.sent())
        self.run_lane()
        self.assertEqual(len(self.sent()), sent + 1, "one attempt finds out")
        self.script.answers.clear()
        self.make_due()
        self.run_lane()
        self.env.invalidate_all()
        self.assertEqual((breaker.state, breaker.failures), ("closed", 0))
        self.assertFalse(breaker.since_at)
        self.drain()
        self.assertEqual({job.state for job in jobs}, {"done"})

    def test_who_asks_to_wait_is_left_alone_so_long(self):
        first = self.enqueue(endpoint="e")
        self.script.answers[first.id] = [trouble(429, retry_after=600), None]
        self.run_lane()
        second = self.enqueue(endpoint="e")
        report = self.run_lane()
        self.assertEqual((second.state, second.attempts), ("pending", 0))
        self.assertTrue(500 < report["due_in"] < 700)

    def test_a_held_address_keeps_its_jobs(self):
        self.env["sync.breaker"]._hold(["e"])
        job, other = self.enqueue(endpoint="e"), self.enqueue(endpoint="f")
        self.run_lane()
        self.assertStates([job, other], "pending", "done")
        self.env["sync.breaker"]._let_go(["e"])
        self.run_lane()
        self.assertEqual(job.state, "done")

    def test_pauses_stop_what_leaves_and_what_came(self):
        other = self.env["res.company"].create({"name": "Other"})
        mine, theirs = self.enqueue(endpoint="a"), self.enqueue(endpoint="b", company_id=other.id)
        toil, their_toil = self.enqueue("toil"), self.enqueue("toil", company_id=other.id)
        self.env["sync.pause"].sudo()._pause(self.company)
        for lane in ("http", "work"):
            self.run_lane(lane)
        self.assertStates([mine, theirs, toil, their_toil], "pending", "done", "pending", "done")
        self.patch(self.registry["sync.handler.toil"], "_stops_on_pause", False)
        self.env["sync.pause"].sudo()._pause(self.env["res.company"])
        nobodys = self.enqueue("toil", company_id=False)
        late = self.enqueue(endpoint="b", company_id=other.id)
        for lane in ("http", "work"):
            self.run_lane(lane)
        self.assertStates([mine, late, toil, nobodys], "pending", "pending", "done", "done")

    def test_restored_jobs_are_doubted(self):
        pending, waiting = self.enqueue(order_key="a"), self.enqueue(order_key="a")
        toil = self.enqueue("toil")
        running = self.enqueue()
        self.claim()
        self.env.cr.execute("UPDATE sync_job SET state = 'pending', fence = 0 WHERE id = %s", (pending.id,))
        self.env.invalidate_all()
        self.assertEqual((waiting.state, running.state), ("waiting", "running"))
        fence = running.fence
        self.Job._doubt()
        self.assertStates([pending, running, toil], "indeterminate", "indeterminate", "pending")
        self.assertGreater(running.fence, fence)
        self.drain()
        self.assertEqual(sorted(self.script.ids("probe")), sorted([pending.id, waiting.id, running.id]))

    def test_the_second_attempt_comes_within_the_run(self):
        job = self.enqueue()
        self.script.answers[job.id] = [trouble(503), None]
        self.patch(type(self.Job), "_ladder_wait", lambda jobs, rung, retry_after=None, most=10: 0.6)
        report = self.run_lane(linger=6)
        self.assertEqual((job.state, report["claimed"]), ("done", 2))
        times = self.script.calls["send"]
        self.assertEqual(len(times), 2)

    # === AWAY === #

    def test_finished_jobs_leave_and_are_forgotten(self):
        done, failed, waits = self.enqueue(res_model="res.partner", res_id=1), self.enqueue(), self.enqueue(delay=99)
        self.script.answers[failed.id] = trouble(404, permanent=True)
        self.run_lane()
        history = self.env["sync.job.history"]
        with self.enter_registry_test_mode():
            self.assertEqual(history._collect(), 0, "for a while they stay in sight")
            self.assertEqual(history._collect(stay=-1), 1)
        self.env.invalidate_all()
        self.assertEqual((done + failed + waits).exists(), failed + waits)
        row = history.browse(done.id)
        self.assertEqual((row.kind, row.state, row.res_id, row.attempts), ("trial", "done", 1, 1))
        self.env.cr.execute("UPDATE sync_job_history SET finished_at = '2020-01-01' WHERE id = %s", (done.id,))
        with self.enter_registry_test_mode():
            self.assertEqual(history._purge(), 1)
        self.assertFalse(row.exists())
