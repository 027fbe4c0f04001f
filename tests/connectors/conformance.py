"""What every connector must pass, over real HTTP with its own other side.

A connector's tests subclass ``ConformanceCase`` and say how its other side looks: see the methods that raise. Nothing
is mocked: requests pass the door and the queue, as they do in production.
"""

import json
import time
from unittest.mock import patch

from odoo.tools import SQL, config

from odoo.addons.ai_bookkeeper.clients.errors import ClientError
from odoo.addons.ai_bookkeeper.models.sync import egress

from ..common import BankCase

#: Other sides of tests live on this machine.
OWN_NETWORK = "127.0.0.0/8"


class ConformanceCase(BankCase):
    """Abstract: its tests run in subclasses that set ``kind``."""

    kind = None
    #: Answers are fast here; only a time-out is waited for.
    patience = 1.0

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        config[egress.NETWORKS] = OWN_NETWORK
        cls.addClassCleanup(config.options.pop, egress.NETWORKS, None)
        cls.manager = cls.make_user("connector_manager", "manager")

    def setUp(self):
        super().setUp()
        self.other = self.enterContext(self.make_other_side())
        # Cursors of their own see what the test did.
        self.enterContext(self.enter_registry_test_mode())
        self.connection = self.make_connection()
        self.connector = self.connection._connector()
        # It is read when it is connected, and events of the books are sent: tests begin after that.
        self.drain()
        self.sent = len(self.sent_keys())

    # === WHAT A CONNECTOR'S OWN TESTS SAY === #

    def make_other_side(self):
        """A context manager: the other side, running, with ``url``."""
        raise NotImplementedError

    def make_connection(self):
        """A connected connection of this kind to ``self.other``."""
        raise NotImplementedError

    def make_record(self, name="Conform Ltd"):
        """A record that is sent."""
        raise NotImplementedError

    def change_record(self, record, name):
        """Change what is sent of it."""
        raise NotImplementedError

    def there(self):
        """What the other side holds: ``{remote id: name}``."""
        raise NotImplementedError

    def change_there(self, remote_id, name):
        """Somebody who works there changes a record, or makes one (``remote_id`` None). Returns its remote id."""
        raise NotImplementedError

    def misbehave(self, fault, times=1, retry_after=None):
        """The next writes fail: timeout, reset, not_json, 500_after (taken); 500, 422, 429, 503 (not taken)."""
        raise NotImplementedError

    def signed(self, body):
        """Headers with which the other side would send ``body`` (bytes) to us."""
        raise NotImplementedError

    def sent_keys(self):
        """Idempotency keys of all writes that arrived, in order."""
        raise NotImplementedError

    # === HELPERS === #

    @property
    def jobs(self):
        return self.env["sync.job"].sudo()

    def enqueue(self, record, **values):
        [job_id] = self.jobs._enqueue([{**self.connection._push_values(record._name, record.id), **values}])
        return self.jobs.browse(job_id)

    def push(self, record, **values):
        """Send it as the runner does; returns the job."""
        job = self.enqueue(record, **values)
        self.run_queue()
        return job

    def run_queue(self, seconds=2.0):
        self.env.flush_all()
        self.jobs._run("http", seconds)
        self.jobs._run("work", seconds)
        self.env.invalidate_all()

    def again(self, job):
        """Its time has come: what the ladder makes wait is due now."""
        self.env.cr.execute(
            "UPDATE sync_job SET next_at = now() AT TIME ZONE 'UTC' - interval '1 second' WHERE id = %s", [job.id]
        )
        self.env.cr.execute("UPDATE sync_breaker SET state = 'closed', failures = 0, until_at = NULL")
        self.env.invalidate_all()
        self.run_queue()

    def impatient(self):
        """Time-outs come soon."""
        connector = type(self.connector)
        original = connector._request

        def quick(this, *arguments, **options):
            return original(this, *arguments, **{**options, "timeout": self.patience})

        return patch.object(connector, "_request", quick)

    def binding(self, record):
        domain = [
            ("connection_id", "=", self.connection.id),
            ("res_model", "=", record._name),
            ("res_id", "=", record.id),
        ]
        return self.env["sync.binding"].sudo().search(domain)

    def state(self, job):
        """Where the job stands, also after it moved to the history."""
        self.env.cr.execute("SELECT state FROM sync_job WHERE id = %s", [job.id])
        row = self.env.cr.fetchone()
        if not row:
            self.env.cr.execute("SELECT state FROM sync_job_history WHERE id = %s", [job.id])
            row = self.env.cr.fetchone()
        return row and row[0]

    def read_all(self):
        """Read to the end, and have what came worked out."""
        self.connection._poll_now()
        self.drain()

    def drain(self):
        """Run until nothing is due; what waits for a busy moment to pass waits no longer."""
        for _run in range(20):
            self.env.cr.execute(
                "UPDATE sync_job SET next_at = created_at WHERE state = 'pending' AND reason IN ('database', 'busy')"
            )
            self.run_queue()
            self.env.cr.execute(
                """SELECT 1 FROM sync_job WHERE state = 'pending'
                      AND (reason IN ('database', 'busy') OR next_at <= clock_timestamp() AT TIME ZONE 'UTC') LIMIT 1"""
            )
            if not self.env.cr.fetchone():
                return

    def new_keys(self):
        """Keys of the writes that arrived since the test began."""
        return self.sent_keys()[self.sent :]


class Conformance:
    """The tests. A subclass inherits from this and from ``ConformanceCase``."""

    # === CONNECTING === #

    def test_connecting_asks_who_is_there(self):
        self.assertEqual(self.connection.state, "connected")
        self.assertTrue(self.connection.remote_name)
        self.assertTrue(self.connection.is_armed)

    def test_the_test_button_answers_in_words(self):
        notice = self.connection.with_user(self.manager).action_test()
        self.assertEqual(notice["params"]["type"], "success")
        self.assertIn(self.connection.remote_name, notice["params"]["message"])

    def test_no_credential_shows_anywhere(self):
        """Not in a request's error, a job, a log or a message."""
        secrets = self.env["sync.secret"].sudo()._of(self.connection)
        for secret in secrets.filtered(lambda row: row.name == "credential"):
            record = self.make_record()
            self.misbehave("422")
            job = self.push(record)
            texts = [job.error, job.fix, str(job.payload), self.connection.last_error, str(self.connection.read())]
            texts += self.connection.message_ids.mapped("body")
            self.env.flush_all()
            for table in ("sync_job", "sync_binding", "ai_audit_log", "mail_message", "sync_connection_health"):
                self.env.cr.execute(SQL("SELECT string_agg(t::text, ' ') FROM %s t", SQL.identifier(table)))
                texts.append(self.env.cr.fetchone()[0])
            self.assertNotIn(secret.value, "\n".join(str(text) for text in texts))

    # === SENDING === #

    def test_a_record_is_made_once_and_then_updated(self):
        record = self.make_record("First Name Ltd")
        before = len(self.there())
        self.assertEqual(self.state(self.push(record)), "done")
        self.assertEqual(len(self.there()), before + 1)
        remote_id = self.binding(record).remote_id
        self.assertEqual(self.there()[remote_id], "First Name Ltd")
        self.change_record(record, "Second Name Ltd")
        self.assertEqual(self.state(self.push(record)), "done")
        self.assertEqual(len(self.there()), before + 1, "an update made another one")
        self.assertEqual(self.there()[remote_id], "Second Name Ltd")
        self.assertEqual(self.binding(record).state, "synced")

    def test_equal_content_is_not_sent_again(self):
        record = self.make_record()
        self.push(record)
        sent = len(self.sent_keys())
        self.assertEqual(self.state(self.push(record)), "done")
        self.assertEqual(len(self.sent_keys()), sent)

    def test_a_person_may_have_it_sent_again(self):
        record = self.make_record()
        self.push(record)
        sent = len(self.sent_keys())
        self.assertEqual(self.state(self.push(record, payload={"force": True})), "done")
        self.assertEqual(len(self.sent_keys()), sent + 1)
        self.assertEqual(
            len(set(self.sent_keys())), len(self.sent_keys()), "the other side would think it has it already"
        )

    def test_back_to_an_old_content_arrives(self):
        record = self.make_record("Alpha Ltd")
        self.push(record)
        for name in ("Beta Ltd", "Alpha Ltd", "Beta Ltd", "Alpha Ltd"):
            self.change_record(record, name)
            self.push(record)
            self.assertEqual(self.there()[self.binding(record).remote_id], name)

    def test_taken_but_never_answered_is_found_and_not_doubled(self):
        for fault in ("timeout", "reset", "not_json", "500_after"):
            with self.subTest(fault=fault), self.impatient():
                record = self.make_record(f"{fault} Ltd")
                before = len(self.there())
                self.misbehave(fault)
                job = self.push(record)
                for _attempt in range(3):
                    if self.state(job) != "done":
                        self.again(job)
                self.assertEqual(self.state(job), "done", job.error)
                self.assertEqual(len(self.there()), before + 1)
                self.assertEqual(self.there()[self.binding(record).remote_id], f"{fault} Ltd")

    def test_taken_but_never_answered_and_changed_meanwhile(self):
        """The first content was taken: asking finds it, and the change follows as an update of the same record."""
        with self.impatient():
            record = self.make_record("Before Ltd")
            before = len(self.there())
            self.misbehave("timeout")
            job = self.push(record)
            self.change_record(record, "After Ltd")
            later = self.enqueue(record)
            for _attempt in range(3):
                self.again(job)
            self.assertEqual((self.state(job), self.state(later)), ("done", "done"))
        self.assertEqual(len(self.there()), before + 1)
        self.assertEqual(self.there()[self.binding(record).remote_id], "After Ltd")

    def test_a_permanent_refusal_stops_at_once(self):
        record = self.make_record()
        self.misbehave("422")
        job = self.push(record)
        self.assertEqual(self.state(job), "failed")
        self.assertTrue(job.error and job.fix, "a person must be told what to do")
        sent = len(self.sent_keys())
        self.run_queue()
        self.assertEqual(len(self.sent_keys()), sent)
        job.action_retry()
        self.again(job)
        self.assertEqual(self.state(job), "done")

    def test_passing_trouble_is_tried_again(self):
        record = self.make_record()
        self.misbehave("503")
        job = self.push(record)
        self.assertEqual(self.state(job), "pending")
        self.again(job)
        self.assertEqual(self.state(job), "done")

    def test_told_to_wait_it_waits(self):
        record = self.make_record()
        self.misbehave("429", retry_after=120)
        job = self.push(record)
        self.assertEqual(self.state(job), "pending")
        self.env.cr.execute(
            "SELECT EXTRACT(EPOCH FROM next_at - clock_timestamp() AT TIME ZONE 'UTC') FROM sync_job WHERE id = %s",
            [job.id],
        )
        self.assertGreater(self.env.cr.fetchone()[0], 110)
        sent = len(self.sent_keys())
        self.run_queue()
        self.assertEqual(len(self.sent_keys()), sent)

    def test_a_record_that_is_gone_is_not_sent(self):
        record = self.make_record()
        job = self.enqueue(record)
        record.unlink()
        self.run_queue()
        self.assertIn(self.state(job), ("done", "cancelled"))
        self.assertEqual(self.new_keys(), [])

    # === READING === #

    def test_reading_loses_and_doubles_nothing(self):
        names = [f"There {number}" for number in range(7)]
        for name in names:
            self.change_there(None, name)
        self.read_all()
        self.assertEqual(sorted(self.came(names)), names)
        self.read_all()
        self.assertEqual(sorted(self.came(names)), names, "read a second time, something came twice")
        self.change_there(None, "There 7")
        self.read_all()
        self.assertEqual(sorted(self.came([*names, "There 7"])), [*names, "There 7"])

    def test_a_page_that_was_read_twice_doubles_nothing(self):
        """The worker died after it stored the page and before it said so."""
        for number in range(3):
            self.change_there(None, f"Twice {number}")
        self.read_all()
        self.env["sync.cursor"].sudo().search([("connection_id", "=", self.connection.id)]).value = False
        self.read_all()
        names = [f"Twice {number}" for number in range(3)]
        self.assertEqual(sorted(self.came(names)), names)

    def test_what_cannot_be_read_moves_no_cursor(self):
        cursor = self.env["sync.cursor"].sudo()._of(self.connection, self.connector._streams[0])
        before = cursor.value
        self.change_there(None, "Later")
        self.misbehave("not_json")
        self.connection._poll_now()
        self.run_queue()
        self.assertEqual(cursor.value, before)
        job = self.jobs.search([("connection_id", "=", self.connection.id), ("kind", "=", "pull")], limit=1)
        self.again(job)
        self.read_all()
        self.assertEqual(self.came(["Later"]), ["Later"])

    def test_our_own_change_is_no_news(self):
        self.read_all()
        cursor = self.env["sync.cursor"].sudo()._of(self.connection, self.connector._streams[0])
        rows, echoes = cursor.rows, cursor.echoes
        record = self.make_record("Echo Ltd")
        self.push(record)
        self.read_all()
        self.assertEqual((cursor.rows, cursor.echoes), (rows, echoes + 1))
        self.assertEqual(len(self.came(["Echo Ltd"])), 1)

    def test_our_own_changes_are_no_news_when_they_are_read_late(self):
        record = self.make_record("Late One Ltd")
        self.push(record)
        for name in ("Late Two Ltd", "Late Three Ltd"):
            self.change_record(record, name)
            self.push(record)
        cursor = self.env["sync.cursor"].sudo()._of(self.connection, self.connector._streams[0])
        rows = cursor.rows
        self.read_all()
        self.assertEqual(cursor.rows, rows)
        self.assertEqual(self.came(["Late Three Ltd"]), ["Late Three Ltd"])

    def test_what_is_in_doubt_is_not_taken_for_theirs(self):
        """Taken there, never answered, and read before it is known: made here a second time, it would be a double."""
        with self.impatient():
            record = self.make_record("Doubt Ltd")
            self.misbehave("timeout")
            job = self.push(record)
            self.connection._poll_now()
            self.run_queue()
            self.assertEqual(len(self.came(["Doubt Ltd"])), 1)
            self.again(job)
        for pull in self.jobs.search([("connection_id", "=", self.connection.id), ("kind", "=", "pull")]):
            self.again(pull)
        self.drain()
        self.assertEqual((self.state(job), len(self.came(["Doubt Ltd"]))), ("done", 1))

    def test_somebody_there_goes_back_to_what_we_sent(self):
        """An old content of ours, but their change: it is news."""
        record = self.make_record("Ours Ltd")
        self.push(record)
        self.change_record(record, "Newer Ltd")
        self.push(record)
        self.change_there(self.binding(record).remote_id, "Ours Ltd")
        self.read_all()
        self.env.invalidate_all()
        self.assertEqual(self.came(["Ours Ltd"]), ["Ours Ltd"])

    def test_their_change_is_not_sent_back(self):
        remote_id = self.change_there(None, "Theirs Ltd")
        self.read_all()
        sent = len(self.sent_keys())
        [record] = self.records(["Theirs Ltd"])
        self.assertEqual(self.binding(record).remote_id, remote_id)
        self.assertEqual(self.state(self.push(record)), "done")
        self.assertEqual(len(self.sent_keys()), sent)

    def came(self, names):
        return self.records(names).mapped("name")

    def records(self, names):
        return self.env["res.partner"].search([("name", "in", names)])

    # === WHAT COMES IN === #

    def test_what_is_genuine(self):
        body = json.dumps({"hello": "world"}).encode()
        good = self.signed(body)
        self.assertIs(self.verified(good, body), True)
        self.assertIs(self.verified({}, body), False)
        self.assertIs(self.verified(good, body + b" "), False)
        for place in (0, len(body) // 2, len(body) - 1):
            other = bytearray(body)
            other[place] ^= 1
            self.assertIs(self.verified(good, bytes(other)), False)
        name = next(name for name in good if "signature" in name.lower())
        for bad in ("", "x", "é", "\x00", good[name][:-1], good[name] + "A", good[name].swapcase(), None):
            with self.subTest(signature=bad):
                self.assertIs(self.verified({**good, name: bad}, body), False)

    def verified(self, headers, body):
        event = {"headers": headers, "body": body, "path": "", "received_at": time.time()}
        return self.connector._verify(self.connection, event)

    def test_nothing_is_genuine_without_a_secret(self):
        body = b"{}"
        headers = self.signed(body)
        self.env["sync.secret"]._wipe(self.connection)
        self.assertIs(self.verified(headers, body), False)

    def test_asked_twice_it_is_done_once(self):
        self.change_there(None, "Once Ltd")
        self.read_all()
        intake = self.env["sync.intake"].sudo().search([("connection_id", "=", self.connection.id)])
        self.assertEqual(len(intake), 1)
        self.connector._understand(self.connection, intake)
        self.connector._understand(self.connection, intake)
        self.assertEqual(len(self.came(["Once Ltd"])), 1)

    # === STOPPING === #

    def test_refused_credentials_stop_the_connection(self):
        record = self.make_record("Refused Ltd")
        self.misbehave("unauthorized")
        job = self.push(record)
        self.assertEqual(self.state(job), "failed")
        self.assertEqual((self.connection.state, self.connection.trouble), ("broken", "refused"))
        self.assertTrue(self.connection.reason)
        other = self.enqueue(self.make_record("Waits Ltd"))
        sent = len(self.sent_keys())
        self.run_queue()
        self.assertEqual(
            (self.state(other), len(self.sent_keys())), ("pending", sent), "a broken connection sends nothing"
        )
        self.connection.with_user(self.manager).action_test()
        self.assertEqual(self.connection.state, "connected")
        self.run_queue()
        self.assertEqual((self.state(job), self.state(other)), ("done", "done"))

    def test_a_copy_sends_nothing(self):
        record = self.make_record()
        self.env["ir.config_parameter"].sudo().set_param("database.uuid", "another-one")
        self.env.invalidate_all()
        job = self.push(record)
        self.assertEqual(self.new_keys(), [])
        self.assertIn("copy", self.connection.guard_text)
        self.assertEqual(self.connection.health, "bad")
        self.env["sync.connection"].sudo()._cron_poll()
        self.assertEqual((self.connection.state, self.connection.trouble), ("broken", "copied"))
        self.assertTrue(self.connection.activity_ids)
        self.connection.with_user(self.manager).action_arm()
        self.assertEqual(self.connection.state, "connected")
        # The whole desk stopped too, until a manager looked at it.
        self.env["sync.pause"].sudo().search([])._end()
        self.again(job)
        self.assertEqual(self.state(job), "done")

    def test_disconnecting_forgets_and_keeps_the_books(self):
        record = self.make_record("Stays Ltd")
        self.push(record)
        waiting = self.enqueue(self.make_record("Waiting Ltd"))
        before = dict(self.there())
        self.connection.with_user(self.manager)._disconnect()
        self.assertEqual(self.connection.state, "disconnected")
        self.assertFalse(self.env["sync.secret"].sudo()._of(self.connection))
        self.assertFalse(self.binding(record))
        self.assertFalse(self.env["sync.cursor"].sudo().search([("connection_id", "=", self.connection.id)]))
        self.assertEqual(self.state(waiting), "cancelled")
        self.assertTrue(record.exists())
        self.assertEqual(self.there(), before)
        sent = len(self.sent_keys())
        self.run_queue()
        self.assertEqual(len(self.sent_keys()), sent)
        with self.assertRaises(ClientError):
            self.connector._tell(self.connection)
