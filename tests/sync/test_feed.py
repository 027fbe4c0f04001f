"""The feed for pollers: only what the caller may read, in order, nothing twice, nothing missing."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.ai_bookkeeper.models.errors import CursorGoneError

from .test_capture import EventCase

FEED = "odoo.addons.ai_bookkeeper.models.sync.events.sync_event_feed"


@tagged("post_install", "-at_install")
class TestFeed(EventCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.auditor = cls.make_user("poller", "auditor")
        cls.agent = cls.make_user("robot", "agent", groups="")
        cls.clerk = cls.make_user("clerk", groups="base.group_user,account.group_account_invoice")

    def setUp(self):
        super().setUp()
        self.enterContext(self.enter_registry_test_mode())
        self.root["sync.webhook"].search([]).active = False
        self.root["sync.connection"].search([]).active = False
        self.tick()
        self.cursor = self.feed.head()

    @property
    def feed(self):
        return self.env["sync.event"].with_user(self.auditor)

    def tick(self):
        self.env.flush_all()
        self.root["sync.event"]._tick()
        self.env.invalidate_all()

    def poll(self, cursor, limit=1000, feed=None):
        """Everything after ``cursor``, as a client would read it."""
        found, calls = [], 0
        while True:
            answer = (self.feed if feed is None else feed).changes(cursor, limit)
            found += answer["events"]
            cursor, calls = answer["cursor"], calls + 1
            if not answer["more"]:
                return found, cursor, calls

    def test_a_poller_sees_everything_once_in_order(self):
        moves = self.env["account.move"]
        for _turn in range(5):
            moves += self.document(self.northwind, 10.0)
        self.tick()
        for limit in (1, 3, 1000):
            found, cursor, _calls = self.poll(self.cursor, limit)
            self.assertEqual([e["name"] for e in found], ["move.created", "move.posted"] * 5)
            self.assertEqual([e["seq"] for e in found], sorted({e["seq"] for e in found}))
            self.assertEqual({e["res_id"] for e in found}, set(moves.ids))
            self.assertEqual(self.feed.changes(cursor), {"events": [], "cursor": cursor, "more": False})
        event = found[0]
        self.assertEqual(
            set(event),
            {"id", "seq", "name", "at", "company_id", "res_model", "res_id", "payload", "correlation_id"},
        )
        self.assertRegex(event["at"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")

    def test_not_before_the_sequencer_saw_it(self):
        self.document(self.northwind, 10.0)
        self.assertEqual(self.feed.changes(self.cursor)["events"], [])

    def test_from_the_beginning_without_a_cursor(self):
        self.document(self.northwind, 10.0)
        self.tick()
        found, cursor, _calls = self.poll(None)
        self.assertEqual(found[-1]["name"], "move.posted")
        self.assertEqual(cursor, self.feed.head())

    def test_nothing_of_records_that_the_caller_may_not_read(self):
        hidden = self.make_journal("HID")
        self.root["ir.rule"].create(
            {
                "name": "closed",
                "model_id": self.root["ir.model"]._get("account.journal").id,
                "domain_force": f"[('id', '!=', {hidden.id})] if user.login == 'aib_poller' else [(1, '=', 1)]",
            }
        )
        secret = self.line("secret", 5.0, journal=hidden)
        shown = self.line("shown", 5.0)
        self.tick()
        found, _cursor, _calls = self.poll(self.cursor)
        ids = {e["res_id"] for e in found if e["res_model"] == shown._name}
        self.assertEqual(ids, {shown.id})
        reviewer = self.env["sync.event"].with_user(self.reviewer)
        found, _cursor, _calls = self.poll(self.cursor, feed=reviewer)
        ids = {e["res_id"] for e in found if e["res_model"] == shown._name}
        self.assertEqual(ids, {shown.id, secret.id})

    def test_other_companies_are_not_seen(self):
        other = self.setup_other_company()["company"]
        self.init_invoice("out_invoice", partner=self.partner_a, amounts=[10.0], company=other, post=True)
        self.tick()
        self.assertFalse([e for e in self.poll(self.cursor)[0] if e["company_id"] == other.id])

    def test_long_stretches_of_unreadable_events_do_not_stall(self):
        other = self.setup_other_company()["company"]
        partner = self.env["res.partner"].create({"name": "theirs", "company_id": other.id})
        self.tick()
        cursor = self.feed.head()
        for _turn in range(50):
            self.root["sync.event"]._emit("partner.changed", partner)
        self.root["sync.event"]._emit("partner.changed", self.northwind)
        self.tick()
        with patch(f"{FEED}.WINDOW", 10):
            first = self.feed.changes(cursor, 5)
            self.assertEqual((first["events"], first["more"]), ([], True))
            found, _cursor, calls = self.poll(cursor, 5)
        self.assertEqual([e["res_id"] for e in found], [self.northwind.id])
        self.assertEqual(calls, 6)

    def test_bad_cursors(self):
        token, head = self.cursor.split(":")
        for cursor in (
            "x",
            "12",
            f"{token}",
            f"{token}:",
            f"{token}:-1",
            f"{token}:1x",
            f"{token}:99999999999",
            5,
            ["a"],
        ):
            with self.subTest(cursor=cursor), self.assertRaises(UserError) as caught:
                self.feed.changes(cursor)
            self.assertNotIsInstance(caught.exception, CursorGoneError)
        for limit in (0, 1001, -1, "5", True, 1.5, None):
            with self.subTest(limit=limit), self.assertRaises(UserError):
                self.feed.changes(self.cursor, limit)
        for cursor in ("0123456789ab:0", f"{token}:{int(head) + 1}"):
            with self.subTest(cursor=cursor), self.assertRaises(CursorGoneError):
                self.feed.changes(cursor)

    def test_purged_events_are_told(self):
        self.document(self.northwind, 10.0)
        self.tick()
        after = self.feed.head()
        self.env.cr.execute("UPDATE sync_event SET at = '2001-01-01'")
        self.document(self.northwind, 10.0)
        self.tick()
        self.root["sync.event"]._purge()
        self.env.invalidate_all()
        with self.assertRaises(CursorGoneError):
            self.feed.changes(self.cursor)
        self.assertEqual(len(self.feed.changes(after)["events"]), 2)
        self.assertEqual(len(self.feed.changes(None)["events"]), 2)

    def test_who_may_poll(self):
        for user in (self.agent, self.clerk):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["sync.event"].with_user(user).changes()

    def test_a_page_costs_the_same_however_many_events(self):
        counts = []
        for size in (1, 60):
            cursor = self.feed.head()
            self.root["sync.event"]._emit("partner.changed", self.env["res.partner"].browse([self.northwind.id] * size))
            for _turn in range(size):
                self.line("some", 5.0)
            self.tick()
            self.feed.changes(cursor)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertGreaterEqual(len(self.feed.changes(cursor)["events"]), size)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
