"""Numbers without gaps, jobs in the same transaction; one subscriber in trouble stops only itself."""

from contextlib import ExitStack
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_capture import EventCase

TICK = "odoo.addons.ai_bookkeeper.models.sync.events.sync_event_tick"


class Jobs:
    """What a subscriber asks for and what was enqueued, without a network and without a queue."""

    def __init__(self, case, poor=()):
        self.made, self.poor = [], set(poor)
        self.stack = ExitStack()
        self.stack.enter_context(patch.object(type(case.env["sync.webhook"]), "_job_values", self._values()))
        self.stack.enter_context(patch.object(type(case.env["sync.job"]), "_enqueue", self._enqueue()))

    def _values(self):
        def _job_values(subscribers, events):
            for subscriber in subscribers:
                if subscriber.id in self.poor:
                    raise ValueError("a filter that can't be read")
            return [
                {"kind": "deliver", "webhook_id": subscriber.id, "event_id": event.id}
                for event in events
                for subscriber in subscribers
            ]

        return _job_values

    def _enqueue(self):
        def _enqueue(_jobs, vals_list):
            self.made.extend((vals["webhook_id"], vals["event_id"]) for vals in vals_list)
            return []

        return _enqueue

    def of(self, subscriber):
        return [event for webhook, event in self.made if webhook == subscriber.id]


@tagged("post_install", "-at_install")
class TestSequencer(EventCase):
    def setUp(self):
        super().setUp()
        # Short cursors of the sequencer stay inside the test.
        self.enterContext(self.enter_registry_test_mode())
        self.root["sync.webhook"].search([]).active = False
        self.root["sync.connection"].search([]).active = False
        self.tick()
        self.since()

    def tick(self):
        self.env.flush_all()
        done = self.root["sync.event"]._tick()
        self.env.invalidate_all()
        return done

    def webhook(self, name):
        return self.root["sync.webhook"].create({"name": name, "url": f"https://{name}.example.com/"})

    def test_numbers_have_no_gaps(self):
        head = self.generation.head
        with patch(f"{TICK}.BATCH", 3):
            moves = [self.document(self.northwind, 10.0) for _turn in range(4)]
            self.assertEqual(self.tick(), 8)
        events = self.since()
        self.assertEqual(events.mapped("seq"), list(range(head + 1, head + 9)))
        self.assertEqual(self.generation.head, head + 8)
        self.assertEqual(events.mapped("res_id"), [move.id for move in moves for _twice in range(2)])
        self.assertEqual(self.tick(), 0)

    @property
    def generation(self):
        return self.root["sync.generation"].search([], order="id desc", limit=1)

    def test_a_transaction_that_is_rolled_back_leaves_no_gap(self):
        head = self.generation.head
        self.root["sync.event"]._emit("partner.changed", self.northwind)
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self.root["sync.event"]._emit("partner.changed", self.yonder)
            raise ZeroDivisionError
        self.root["sync.event"]._emit("partner.changed", self.adatum)
        self.tick()
        self.assertEqual(self.since().mapped("seq"), [head + 1, head + 2])

    def test_each_subscriber_gets_each_event_once(self):
        first, second = self.webhook("first"), self.webhook("second")
        jobs = Jobs(self)
        self.addCleanup(jobs.stack.close)
        move = self.document(self.northwind, 10.0)
        self.tick()
        self.tick()
        events = self.since().filtered(lambda e: e.res_model == "account.move" and e.res_id == move.id)
        for subscriber in (first, second):
            self.assertEqual(jobs.of(subscriber)[-2:], events.ids)
            self.assertEqual(len(jobs.of(subscriber)), len(set(jobs.of(subscriber))))

    def test_a_subscriber_in_trouble_stops_only_itself_and_catches_up(self):
        good, poor = self.webhook("good"), self.webhook("poor")
        jobs = Jobs(self, poor=poor.ids)
        self.addCleanup(jobs.stack.close)
        self.tick()
        self.since()
        jobs.made.clear()
        self.document(self.northwind, 10.0)
        with mute_logger(TICK):
            self.assertEqual(self.tick(), 2)
        events = self.since()
        self.assertTrue(all(events.mapped("seq")), "the sequence goes on")
        self.assertEqual(jobs.of(good), events.ids)
        self.assertEqual(jobs.of(poor), [])
        self.assertIn("a filter that can't be read", poor.lag_text)
        self.assertIn("a filter that can't be read", "".join(poor.message_ids.mapped("body")))
        self.assertFalse(good.lag_text)
        # Meanwhile more happens; what was missed stays in order.
        self.document(self.northwind, 20.0)
        self.tick()
        more = self.since()
        self.assertEqual(jobs.of(poor), [])
        jobs.poor.clear()
        self.root["sync.laggard"].search([]).next_at = "2020-01-01 00:00:00"
        self.tick()
        self.assertEqual(jobs.of(poor), [*events.ids, *more.ids])
        self.assertEqual(jobs.of(good), [*events.ids, *more.ids])
        poor.invalidate_recordset()
        self.assertFalse(poor.lag_text)

    def test_trouble_that_lasts_is_tried_ever_more_seldom(self):
        poor = self.webhook("poor")
        jobs = Jobs(self, poor=poor.ids)
        self.addCleanup(jobs.stack.close)
        self.document(self.northwind, 10.0)
        with mute_logger(TICK):
            self.tick()
            lag = self.root["sync.laggard"].search([("res_id", "=", poor.id)])
            waits = []
            for _turn in range(9):
                lag.next_at = "2020-01-01 00:00:00"
                self.tick()
                waits.append((lag.next_at - self.env.cr.now().replace(microsecond=0)).total_seconds())
        self.assertEqual(sorted(waits), waits)
        self.assertLessEqual(waits[-1], 3700)
        self.assertEqual(len(poor.message_ids.filtered(lambda m: "filter" in (m.body or ""))), 1)

    def test_a_subscriber_that_is_switched_off_is_waited_for_no_longer(self):
        poor = self.webhook("poor")
        jobs = Jobs(self, poor=poor.ids)
        self.addCleanup(jobs.stack.close)
        self.document(self.northwind, 10.0)
        with mute_logger(TICK):
            self.tick()
        poor.active = False
        self.tick()
        self.assertFalse(self.root["sync.laggard"].search([]))

    def test_a_batch_costs_the_same_however_many_events(self):
        counts = []
        for size in (1, 40):
            for _turn in range(size):
                self.root["sync.event"]._emit("partner.changed", self.northwind)
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.root["sync.event"]._tick()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
