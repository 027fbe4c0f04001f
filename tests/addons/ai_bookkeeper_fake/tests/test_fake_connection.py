"""Connections with somebody at the other end: what people do with them, and who may."""

from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import config, mute_logger

from odoo.addons.ai_bookkeeper.models.sync import egress
from odoo.addons.ai_bookkeeper.models.sync.queue import run_http

from ..other_side import KEY, OtherSide
from .test_fake_conforms import FakeCase

SECOND_KEY = "another-key-7731"


@tagged("post_install", "-at_install")
class TestConnecting(FakeCase):
    def new(self, **values):
        return self.env["sync.connection"].with_user(self.manager).create({"name": "New", "kind": "fake", **values})

    def assertNothingKept(self, connection):
        self.assertEqual((connection.state, connection.address), ("draft", False))
        self.assertFalse(self.env["sync.secret"].sudo()._of(connection))

    def test_wrong_key_address_or_system_keep_nothing(self):
        cases = {
            "does not accept": (self.other.url, "wrong"),
            "Nothing of that kind": (f"{self.other.url}/elsewhere", KEY),
            "can't be reached": ("http://127.0.0.1:1", KEY),
        }
        for words, (address, key) in cases.items():
            connection = self.new()
            with self.subTest(words=words):
                with self.assertRaisesRegex(UserError, words) as caught:
                    connection._connect({"address": address}, {"credential": key})
                self.assertNotIn(key, str(caught.exception))
                self.assertNothingKept(connection)

    def test_addresses_that_can_not_be_right(self):
        connection = self.new()
        for address in (
            "",
            "shop",
            "ftp://shop.example.com",
            "javascript:alert(1)",
            "https://user:password@shop.example.com",
            "https://shop.example.com/?key=1",
            "http://shop.example.com",
            "http://[::1",
            "https://shop.example.com:99999",
        ):
            with self.subTest(address=address), self.assertRaises(UserError):
                connection._connect({"address": address}, {"credential": KEY})
            self.assertNothingKept(connection)

    def test_the_own_network_is_closed_unless_the_server_allows_it(self):
        connection = self.new()
        with patch.dict(config.options, {egress.NETWORKS: ""}), self.assertRaises(UserError):
            connection._connect({"address": self.other.url.replace("http:", "https:")}, {"credential": KEY})
        self.assertEqual([request["path"] for request in self.other.requests if request["path"] == "/who"], ["/who"])

    def test_credentials_never_follow_to_another_address(self):
        """Whoever may edit a connection could else read its key by sending it home."""
        with OtherSide() as thief:
            connection = self.connection.with_user(self.manager)
            with self.assertRaisesRegex(UserError, "credentials"):
                connection._connect({"address": thief.url}, {})
            with self.assertRaises(UserError):
                connection.write({"address": thief.url})
            self.assertEqual(thief.requests, [])
        self.assertEqual(self.connection.address, self.other.url)
        self.assertEqual(self.connection._credential(), KEY)

    def test_new_credentials_replace_the_old_ones(self):
        self.other.keys = {SECOND_KEY}
        self.connection.with_user(self.manager)._connect({}, {"credential": SECOND_KEY})
        self.assertEqual(self.env["sync.secret"]._values(self.connection, "credential"), [SECOND_KEY])
        self.assertEqual(self.connection.state, "connected")

    def test_other_books_are_refused_while_records_are_linked(self):
        record = self.make_record()
        self.push(record)
        self.other.identity = "org-2"
        with self.assertRaisesRegex(UserError, "Disconnect first"):
            self.connection.with_user(self.manager)._connect({}, {"credential": KEY})
        notice = self.connection.with_user(self.manager).action_test()
        self.assertEqual(notice["params"]["type"], "danger")

    # === THE DIALOG === #

    def test_what_is_typed_is_in_no_table(self):
        connection = self.new()
        wizard = self.env["sync.connect"].with_user(self.manager).create({"connection_id": connection.id})
        wizard.web_save({"address": self.other.url, "credential": KEY}, {"credential": {}, "address": {}})
        self.assertFalse(wizard.credential)
        self.assertNotIn(KEY, str(wizard.read()))
        self.env.flush_all()
        for table in ("sync_connect", "sync_connection", "ai_audit_log", "mail_message"):
            self.env.cr.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{KEY}%"])
            self.assertEqual(self.env.cr.fetchone(), (0,), table)
        wizard.action_connect()
        self.assertEqual(connection.state, "connected")
        self.assertFalse(self.env["sync.secret"].sudo()._of(wizard))

    def test_the_dialog_of_another_manager_is_closed(self):
        wizard = self.env["sync.connect"].with_user(self.manager).create({"connection_id": self.connection.id})
        other = self.make_user("second_manager", "manager")
        with self.assertRaises(AccessError):
            wizard.with_user(other).action_connect()

    # === WHO MAY === #

    def test_state_and_guard_are_written_by_nobody(self):
        connection = self.connection.with_user(self.manager)
        for values in (
            {"state": "paused"},
            {"armed_uuid": "x"},
            {"armed_url": "x"},
            {"remote_identity": "x"},
            {"reason": "x"},
            {"kind": "file"},
            {"company_id": self.company.id},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                connection.write(values)
        with self.assertRaises(UserError):
            self.new(state="connected")
        with self.assertRaises(UserError):
            self.new(address="https://elsewhere.example.com")
        with self.assertRaises(UserError):
            connection.unlink()

    def test_a_manager_of_another_company_finds_nothing(self):
        other_company = self.setup_other_company()["company"]
        stranger = self.make_user("stranger", "manager", company=other_company)
        connections = self.env["sync.connection"].with_user(stranger)
        self.assertFalse(connections.search([]))
        self.assertFalse(self.env["sync.cursor"].with_user(stranger).search([]))
        self.assertFalse(self.env["sync.connection.health"].with_user(stranger).search([]))
        connection = connections.browse(self.connection.id)
        for name in ("action_pause", "action_disconnect", "action_test", "action_arm", "action_connect", "_disconnect"):
            with self.subTest(method=name), self.assertRaises(AccessError):
                getattr(connection, name)()
        with self.assertRaises(AccessError):
            self.env["sync.disconnect"].with_user(stranger).create({"connection_id": connection.id}).action_disconnect()

    def test_moves_that_make_no_sense_are_refused_in_words(self):
        draft = self.new()
        for name in ("action_pause", "action_resume", "action_disconnect", "action_test", "action_arm"):
            with self.subTest(method=name), self.assertRaises(UserError):
                getattr(draft, name)()
        with self.assertRaises(UserError):
            self.connection.with_user(self.manager).action_resume.__self__._move("draft")

    # === DISCONNECTING === #

    def test_disconnecting_says_before_what_goes_and_revokes(self):
        record = self.make_record()
        self.push(record)
        waiting = self.enqueue(self.make_record("Waits Ltd"))
        wizard = self.env["sync.disconnect"].with_user(self.manager).create({"connection_id": self.connection.id})
        links = self.env["sync.binding"].sudo().search_count([("connection_id", "=", self.connection.id)])
        self.assertIn(f"{links} links", wizard.gone_text)
        self.assertIn("jobs", wizard.gone_text)
        self.assertIn("books", wizard.stays_text)
        wizard.action_disconnect()
        self.assertEqual(self.other.keys, set(), "the key still opens the other side")
        self.assertEqual(self.state(waiting), "cancelled")
        log = self.env["ai.audit.log"].sudo().search([("event", "=", "disconnected")], limit=1)
        self.assertEqual((log.payload["bindings"], log.payload["revoked"]), (links, True))

    def test_a_side_that_is_gone_keeps_no_secret_here(self):
        self.connection.sudo().address = "http://127.0.0.1:1"
        connection = self.connection.with_user(self.manager)
        left = connection._disconnect()
        self.assertIn("delete the key there", left)
        self.assertFalse(self.env["sync.secret"].sudo()._of(connection))
        self.assertEqual(connection.state, "disconnected")

    def test_a_copy_does_not_revoke_what_the_original_uses(self):
        self.connection.sudo().armed_uuid = "the-original"
        left = self.connection.with_user(self.manager)._disconnect()
        self.assertTrue(left)
        self.assertEqual(self.other.keys, {KEY})

    def test_connecting_again_starts_anew(self):
        self.push(self.make_record())
        connection = self.connection.with_user(self.manager)
        connection._disconnect()
        self.other.keys = {KEY}
        with self.assertRaises(UserError):
            connection._connect({}, {})
        connection._connect({}, {"credential": KEY})
        self.assertEqual(connection.state, "connected")


@tagged("post_install", "-at_install")
class TestExchange(FakeCase):
    # === EVENTS BECOME JOBS === #

    def events(self, *told):
        """Events as the sequencer has numbered them: (name, record)."""
        rows = self.env["sync.event"].sudo()
        for name, record in told:
            rows |= rows.browse(rows._emit(name, record))
        return rows

    def job_values(self, *told):
        return self.env["sync.connection"]._job_values(self.events(*told))

    def test_many_changes_of_a_record_become_one_job(self):
        one, two = self.make_record("One"), self.make_record("Two")
        found = self.job_values(
            ("partner.changed", one), ("partner.changed", two), ("partner.changed", one), ("partner.merged", one)
        )
        self.assertEqual([values["res_id"] for values in found], [one.id, two.id])
        self.assertEqual({values["kind"] for values in found}, {"push"})

    def test_who_sends_what(self):
        other_company = self.setup_other_company()["company"]
        theirs = self.env["res.partner"].create({"name": "Theirs", "company_id": other_company.id})
        shared = self.env["res.partner"].create({"name": "Shared"})
        self.assertEqual(self.job_values(("partner.changed", theirs)), [])
        self.assertEqual(len(self.job_values(("partner.changed", shared))), 1)
        self.connection.is_sending = False
        self.assertEqual(self.job_values(("partner.changed", shared)), [])
        self.connection.is_sending = True
        self.connection.with_user(self.manager).action_pause()
        self.assertEqual(len(self.job_values(("partner.changed", shared))), 1, "what happens meanwhile waits")

    def test_what_a_person_asks_for_is_sent_unchanged_too(self):
        record = self.make_record()
        self.drain()
        sent = len(self.sent_keys())
        self.env["sync.event"].sudo()._emit("sync.requested", record)
        self.drain()
        self.assertEqual(len(self.sent_keys()), sent + 1)

    def test_an_invoice_waits_for_its_partner(self):
        partner = self.make_record("Buyer Ltd")
        self.drain()
        self.env["sync.binding"].sudo().search([("res_id", "=", partner.id)]).unlink()
        self.document(partner, 100.0)
        self.misbehave("503")
        self.drain()
        kinds = [request["body"] for request in self.other.posted()[-1:]]
        self.assertIn("partner", kinds[0])
        waiting = self.jobs.search([("res_model", "=", "account.move"), ("connection_id", "=", self.connection.id)])
        self.assertEqual(waiting.state, "waiting")
        self.again(waiting.browse(waiting.depends_on_id))
        self.drain()
        self.assertIn("Buyer Ltd", [values["name"] for values in self.other.records.values()])
        self.assertIn("invoice", [values["kind"] for values in self.other.records.values()])

    def test_jobs_of_many_events_cost_no_more_queries(self):
        def cost(count):
            moves = self.env["account.move"].create(
                [{"move_type": "out_invoice", "partner_id": self.make_record(f"P{n}").id} for n in range(count)]
            )
            events = self.events(*(("move.posted", move) for move in moves))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = self.env["sync.connection"]._job_values(events)
            self.assertEqual(len(found), count)
            self.assertTrue(all(values["depends_on_id"] for values in found))
            return self.env.cr.sql_log_count - before

        cost(1)
        self.assertLessEqual(cost(60), cost(2) + 1)

    def test_the_correlation_id_arrives(self):
        record = self.make_record()
        self.drain()
        self.push(record, correlation_id="corr-7731", payload={"force": True})
        self.assertEqual(self.other.posted()[-1]["correlation"], "corr-7731")

    def test_a_restored_database_finds_what_it_has_forgotten(self):
        """The dump is older than the push: neither the binding nor the key of the job is known any more."""
        record = self.make_record("Forgotten Ltd")
        self.drain()
        before = len(self.there())
        self.env["sync.binding"].sudo().search([("res_id", "=", record.id)]).unlink()
        job = self.enqueue(record)
        self.jobs._doubt([("id", "=", job.id)])
        self.drain()
        self.assertEqual(self.state(job), "done")
        self.assertEqual(len(self.there()), before)
        self.assertTrue(self.binding(record).remote_id)

    # === READING BY THE CLOCK === #

    def pulls(self):
        return self.jobs.search([("connection_id", "=", self.connection.id), ("kind", "=", "pull")])

    def read_at(self, minutes):
        cursor = self.env["sync.cursor"].sudo()._of(self.connection, "records")
        cursor.read_at = fields.Datetime.now() - timedelta(minutes=minutes)
        return cursor

    def poll(self):
        self.env["sync.connection"].sudo()._cron_poll()
        return self.pulls().filtered(lambda job: job.state == "pending")

    def test_it_is_read_when_its_time_has_come(self):
        self.read_at(14)
        self.assertFalse(self.poll())
        self.read_at(16)
        self.assertEqual(len(self.poll()), 1)
        self.assertEqual(len(self.poll()), 1, "one waiting job a stream")
        self.drain()
        self.connection.interval_minutes = 60
        self.read_at(16)
        self.assertFalse(self.poll())
        self.connection.write({"interval_minutes": 0, "is_reading": False})
        self.assertFalse(self.poll())

    def test_a_read_that_failed_is_tried_again_and_not_added_to(self):
        self.misbehave("422")
        self.connection._poll_now()
        self.run_queue()
        [failed] = self.pulls().filtered(lambda job: job.state == "failed")
        self.env.cr.execute(
            """UPDATE sync_job SET created_at = created_at - interval '1 day',
                      started_at = started_at - interval '1 day', finished_at = finished_at - interval '1 day'
                WHERE id = %s""",
            [failed.id],
        )
        self.read_at(3000)
        self.env.invalidate_all()
        self.assertEqual(self.poll(), failed)
        self.drain()
        self.assertEqual(self.state(failed), "done")

    def test_one_bad_connection_stops_no_other(self):
        self.read_at(16)
        second = self.make_connection(name="Second")
        self.drain()
        self.env["sync.cursor"].sudo()._of(second, "records").read_at = fields.Datetime.now() - timedelta(minutes=16)
        original = type(second)._poll_due

        def bad(connection):
            if connection.id == self.connection.id:
                raise RuntimeError("broken on purpose")
            return original(connection)

        with patch.object(type(second), "_poll_due", bad), mute_logger("odoo.addons.ai_bookkeeper.models.sync"):
            self.env["sync.connection"].sudo()._cron_poll()
        self.assertEqual(self.jobs.search([("kind", "=", "pull"), ("state", "=", "pending")]).connection_id, second)

    def test_silence_raises_an_alarm_once(self):
        cursor = self.read_at(1)
        long_ago = fields.Datetime.now() - timedelta(days=8)
        self.connection.sudo().connected_at = long_ago
        cursor.rows_at = False
        self.poll()
        self.poll()
        self.assertEqual(len(self.connection.activity_ids), 1)
        self.assertEqual(self.connection.health, "warning")
        self.assertIn("brought nothing", self.connection.health_text)
        self.assertEqual(self.connection.activity_ids.user_id, self.connection.user_id)
        self.connection.quiet_days = 0
        self.assertEqual(self.connection.health, "good")

    # === HEALTH === #

    def test_health_in_words(self):
        self.assertEqual(self.connection.health, "good", self.connection.health_text)
        self.assertTrue(self.connection.last_success_at)
        self.misbehave("503")
        self.push(self.make_record())
        self.assertEqual((self.connection.health, self.connection.failures), ("warning", 1))
        self.assertIn("503", self.connection.health_text)
        self.misbehave("422")
        self.push(self.make_record())
        self.assertEqual(self.connection.health, "bad")
        self.assertEqual(self.connection.stopped_count, 1)
        self.connection.with_user(self.manager).action_pause()
        self.assertEqual(self.connection.health, "off")
        self.assertIn("Paused", self.connection.health_text)

    def test_a_success_ends_the_failures(self):
        self.misbehave("503")
        job = self.push(self.make_record())
        self.again(job)
        self.assertEqual(self.connection.failures, 0)

    def test_health_of_many_costs_no_more_queries(self):
        def cost(connections):
            self.env.flush_all()
            self.env.invalidate_all()
            connections.mapped("name")
            before = self.env.cr.sql_log_count
            connections.mapped("health_text")
            return self.env.cr.sql_log_count - before

        values = {"kind": "fake", "state": "connected", **self.connection._arming()}
        many = self.env["sync.connection"].sudo().create([{"name": f"C{number}", **values} for number in range(20)])
        cost(many[:1])
        self.assertLessEqual(cost(many), cost(many[:1]))

    def test_pausing_holds_and_resuming_goes_on(self):
        connection = self.connection.with_user(self.manager)
        connection.action_pause()
        record = self.make_record()
        job = self.push(record)
        self.assertEqual((self.state(job), self.new_keys()), ("pending", []))
        connection.action_resume()
        self.run_queue()
        self.assertEqual(self.state(job), "done")
        events = self.env["ai.audit.log"].sudo().search([("res_model", "=", "sync.connection")]).mapped("event")
        self.assertIn("paused", events)
        self.assertIn("resumed", events)

    def test_one_that_breaks_between_claim_and_sending_fails_no_job(self):
        jobs = self.enqueue(self.make_record("One")) | self.enqueue(self.make_record("Two"))
        prepare = run_http.HttpRun._prepare

        def broken(this, claims):
            self.connection._move("broken", "http_401", "The key ended.")
            self.env.flush_all()
            return prepare(this, claims)

        with patch.object(run_http.HttpRun, "_prepare", broken):
            self.run_queue()
        jobs.invalidate_recordset()
        for job in jobs:
            self.assertEqual((job.state, job.reason, job.rung, job.attempts), ("pending", "not_now", 0, 0))
        self.assertFalse(self.new_keys())
        self.connection.with_user(self.manager)._connect({"address": self.other.url}, {"credential": KEY})
        for job in jobs:
            self.again(job)
        self.assertEqual([self.state(job) for job in jobs], ["done", "done"])

    def test_a_neutralized_copy_asks_for_credentials(self):
        self.env["sync.secret"]._wipe(self.connection, ["credential"])
        self.connection.sudo().write({"state": "broken", "trouble": "copied", "armed_uuid": False, "armed_url": False})
        connection = self.connection.with_user(self.manager)
        with self.assertRaisesRegex(UserError, "Connect Again"):
            connection.action_arm()
        connection._connect({}, {"credential": KEY})
        self.assertTrue(connection.is_armed)

    def test_arming_is_logged_with_both_places(self):
        self.connection.sudo().write({"armed_url": "https://old.example.com"})
        self.assertIn("https://old.example.com", self.connection.guard_text)
        self.connection.with_user(self.manager).action_arm()
        log = self.env["ai.audit.log"].sudo().search([("event", "=", "rearmed")], limit=1)
        self.assertEqual(log.payload["from"]["url"], "https://old.example.com")
        self.assertFalse(self.connection.guard_text)

    def test_a_partner_of_no_company_goes_to_each_connection(self):
        second = self.make_connection(name="Second")
        shared = self.env["res.partner"].create({"name": "Shared"})
        found = self.job_values(("partner.changed", shared))
        self.assertEqual({values["connection_id"] for values in found}, {self.connection.id, second.id})

    def test_users_of_the_addon_can_not_reach_the_other_company_through_a_connection(self):
        other_company = self.setup_other_company()["company"]
        with self.assertRaises(AccessError):
            self.env["sync.connection"].with_user(self.manager).create(
                {"name": "Theirs", "kind": "fake", "company_id": other_company.id}
            )
        self.manager.write({"company_ids": [Command.link(other_company.id)]})
