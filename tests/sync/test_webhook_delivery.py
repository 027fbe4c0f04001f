"""Webhooks with real receivers: signed, retried, ordered, switched off, logged without secrets."""

import time
from email.utils import formatdate
from unittest.mock import patch

import standardwebhooks

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import config

from ...clients import signature
from .webhook_case import WebhookCase


@tagged("post_install", "-at_install")
class TestDelivery(WebhookCase):
    def one(self, hook=None, **values):
        hook = hook or self.hook(**values)
        return hook, self.fan_out(self.event("partner.changed", self.northwind, {"fields": ["name"]}))

    # === THE STANDARD === #

    def test_a_delivery_is_verified_by_the_official_library(self):
        hook, job = self.one()
        self.run_queue()
        self.assertEqual(job.state, "done")
        method, path, headers, body = self.receiver.seen[-1]
        self.assertEqual((method, path, headers["Content-Type"]), ("POST", "/hook", "application/json; charset=utf-8"))
        said = standardwebhooks.Webhook(self.secret(hook)[0]).verify(body, headers)
        self.assertEqual((said["type"], said["version"]), ("partner.changed", 1))
        self.assertEqual(said["data"]["id"], self.northwind.id)
        self.assertEqual(said["data"]["change"], {"fields": ["name"]})
        self.assertNotIn("record", said["data"])
        self.assertNotIn(self.northwind.name, body.decode())
        self.assertEqual(headers["webhook-id"], job.idempotency_key)
        self.assertEqual(headers.get("X-Correlation-ID"), job.correlation_id or None)
        self.assertEqual(signature.verify(self.secret(hook), headers, body), headers["webhook-id"])

    def test_the_id_stays_and_the_timestamp_is_new_with_each_attempt(self):
        self.receiver.answers += [(500, {}, b""), (503, {}, b"")]
        _hook, job = self.one()
        with patch.object(time, "time", return_value=time.time() - 100):
            self.run_queue()
        for _each in range(2):
            self.make_due()
            self.run_queue()
        self.assertEqual((job.state, job.attempts), ("done", 3))
        ids = {headers["webhook-id"] for _method, _path, headers, _body in self.receiver.seen}
        times = [int(headers["webhook-timestamp"]) for _method, _path, headers, _body in self.receiver.seen]
        self.assertEqual(ids, {job.idempotency_key})
        self.assertGreaterEqual(times[1] - times[0], 99)
        bodies = {body for _method, _path, _headers, body in self.receiver.seen}
        self.assertEqual(len(bodies), 1)

    def test_two_secrets_are_valid_while_one_is_changed(self):
        hook, _job = self.one()
        old = self.secret(hook)[0]
        new = hook.rotate_secret(24)
        self.run_queue()
        _method, _path, headers, body = self.receiver.seen[-1]
        self.assertEqual(len(headers["webhook-signature"].split(" ")), 2)
        for secret in (old, new):
            standardwebhooks.Webhook(secret).verify(body, headers)
        hook.rotate_secret(0)
        self.one(hook)
        self.run_queue()
        _method, _path, headers, body = self.receiver.seen[-1]
        self.assertEqual(len(headers["webhook-signature"].split(" ")), 1)
        with self.assertRaises(standardwebhooks.WebhookVerificationError):
            standardwebhooks.Webhook(old).verify(body, headers)

    def test_webhook_ids_differ_by_event_and_webhook(self):
        first, second = self.hook(), self.hook(name="Stock")
        events = [self.event("partner.changed", self.northwind) for _each in range(2)]
        jobs = self.fan_out(*events)
        self.assertEqual(len(set(jobs.mapped("idempotency_key"))), 4)
        again = self.env["sync.job"].sudo().browse(self.env["sync.job"]._enqueue(first.sudo()._job_values(events[0])))
        self.assertIn(again.idempotency_key, jobs.mapped("idempotency_key"))
        self.assertTrue(second)

    # === WHAT ANSWERS MEAN === #

    def test_retry_after_is_obeyed(self):
        for value in ("600", formatdate(time.time() + 600, usegmt=True)):
            self.receiver.answers.append((429, {"Retry-After": value}, b"slow down"))
            _hook, job = self.one()
            before = time.time()
            self.run_queue()
            self.assertEqual((job.state, job.reason), ("pending", "http_429"))
            wait = job.next_at.timestamp() - before
            self.assertGreater(wait, 590 - 5)
            self.assertLess(wait, 700)
            job.sudo().state = "cancelled"
            self.env["sync.webhook"].sudo().search([]).active = False
            self.make_due()

    def test_gone_switches_it_off_and_tells_people(self):
        self.receiver.answers.append((410, {}, b"go away"))
        hook, job = self.one()
        self.run_queue()
        hook.invalidate_recordset()
        self.assertEqual((hook.state, job.state, job.reason), ("off", "failed", "http_410"))
        self.assertIn("410", hook.reason)
        self.assertIn("410", " ".join(hook.message_ids.mapped("body")))
        self.assertIn(
            ("webhook_off", f"webhook:{hook.id}", self.company.id), self.env["sync.watchdog"].sudo()._find_webhook_off()
        )
        self.assertFalse(self.fan_out(self.event("partner.changed", self.yonder)))
        self.assertEqual(len(self.receiver.seen), 1)

    def test_redirects_are_failures(self):
        other, url = self.receive()
        self.receiver.answers.append((302, {"Location": url}, b""))
        _hook, job = self.one()
        self.run_queue()
        self.assertEqual((job.state, job.reason), ("failed", "http_302"))
        self.assertFalse(other.seen)

    def test_all_of_2xx_is_success_and_the_body_does_not_matter(self):
        for status, body in ((200, b""), (201, b"<html>"), (202, b"\xff\xfe\x00"), (204, b"")):
            self.receiver.answers.append((status, {}, body))
            _hook, job = self.one()
            self.run_queue()
            self.assertEqual(job.state, "done", status)
            self.env["sync.webhook"].sudo().search([]).active = False

    def test_a_receiver_that_refuses_the_time_is_told_apart(self):
        self.receiver.answers.append((401, {"Date": formatdate(time.time() + 360, usegmt=True)}, b"too old"))
        _hook, job = self.one()
        self.run_queue()
        self.assertEqual((job.state, job.reason), ("failed", "clock"))
        self.assertIn("6 minutes behind", job.error)
        self.assertIn("clock", job.fix)

    def test_a_private_address_is_refused_with_what_to_do(self):
        _hook, job = self.one()
        with patch.dict(config.options, {"ai_bookkeeper_allow_networks": ""}):
            self.run_queue()
        self.assertEqual((job.state, job.reason, self.receiver.seen), ("failed", "private_address", []))
        self.assertIn("ai_bookkeeper_allow_networks", job.fix)

    def test_nobody_there(self):
        hook = self.hook()
        hook.url = "http://127.0.0.1:1/"
        _hook, job = self.one(hook)
        self.run_queue()
        self.assertEqual(job.state, "pending", "nothing was sent, so nothing is in doubt")

    def test_order_of_a_record_and_no_waiting_for_others(self):
        self.hook()
        first = self.fan_out(self.event("partner.changed", self.northwind))
        second = self.fan_out(self.event("partner.changed", self.northwind))
        other = self.fan_out(self.event("partner.changed", self.yonder))
        self.receiver.broken.add(self.northwind.id)
        self.run_queue()
        self.assertEqual(other.state, "done")
        self.assertEqual(first.state, "pending")
        self.assertNotEqual(second.state, "done")
        self.receiver.broken.clear()
        self.make_due()
        self.run_queue()
        self.run_queue()
        self.assertEqual((first.state, second.state), ("done", "done"))
        sequence = [self.told(index)["sequence"] for index in range(len(self.receiver.seen))]
        mine = [number for number in sequence if number != self.env["sync.event"].sudo().browse(other.event_id).seq]
        self.assertEqual(mine, sorted(mine))

    # === DOUBT === #

    def test_the_probe_address_is_asked_by_webhook_id(self):
        hook = self.hook(probe_url=f"{self.url}/{{id}}")
        for status, attempts in ((200, 1), (404, 2)):
            job = self.fan_out(self.event("partner.changed", self.northwind))
            before = len(self.receiver.seen)
            self.env["sync.job"]._doubt([("id", "=", job.id)])
            self.receiver.answers.append((status, {}, b""))
            self.run_queue()
            method, path, headers, _body = self.receiver.seen[before]
            self.assertEqual((method, path), ("GET", f"/hook/{job.idempotency_key}"))
            signature.verify(self.secret(hook), headers, b"")
            self.assertEqual((job.state, len(self.receiver.seen) - before), ("done", attempts))

    def test_without_a_probe_address_it_is_sent_again_with_the_same_id(self):
        _hook, job = self.one()
        self.env["sync.job"]._doubt([("id", "=", job.id)])
        self.run_queue()
        self.assertEqual(job.state, "done")
        self.assertEqual(self.receiver.seen[-1][2]["webhook-id"], job.idempotency_key)

    def test_a_probe_that_does_not_tell_stops_and_asks_people(self):
        self.hook(probe_url=self.url)
        job = self.fan_out(self.event("partner.changed", self.northwind))
        self.env["sync.job"]._doubt([("id", "=", job.id)])
        self.receiver.answers.append((401, {}, b""))
        self.run_queue()
        self.assertEqual(job.state, "failed")
        self.assertIn("probe", job.error)
        self.assertTrue(self.receiver.seen[-1][1].startswith("/hook?webhook-id=msg_"))

    # === BINDING, LOG === #

    def test_what_arrived_is_known_of_the_record(self):
        hook, job = self.one()
        self.run_queue()
        binding = self.env["sync.binding"].sudo().search([("webhook_id", "=", hook.id)])
        self.assertEqual((binding.res_id, binding.state, binding.event_id), (self.northwind.id, "synced", job.event_id))

    def test_every_attempt_is_logged_without_secrets(self):
        headers = [("X-Api-Key", "top-secret-1"), ("X-Tenant", "blue")]
        hook = self.hook(
            header_ids=[(0, 0, {"name": name, "value": value, "is_secret": False}) for name, value in headers]
        )
        secret = self.secret(hook)[0]
        leak = f"you sent top-secret-1 and {secret}".encode()
        self.receiver.answers += [(500, {"Set-Cookie": "session=1", "X-Echo": "top-secret-1"}, leak)]
        _hook, job = self.one(hook)
        self.run_queue()
        self.make_due()
        self.run_queue()
        sent = self.receiver.seen[0][2]
        self.assertEqual((sent["X-Api-Key"], sent["X-Tenant"]), ("top-secret-1", "blue"))
        deliveries = self.env["sync.delivery"].with_user(self.auditor).search([("webhook_id", "=", hook.id)])
        self.assertEqual(deliveries.mapped("is_good"), [True, False])
        self.assertEqual(deliveries.mapped("status"), [200, 500])
        self.assertEqual(deliveries.mapped("attempt"), [2, 1])
        row = deliveries[1]
        everything = (
            f"{row.request} {row.reply} {row.error} {row.reply_body_text} {row.request_headers_text} {job.error}"
        )
        for text in ("top-secret-1", secret, "session=1", sent["webhook-signature"]):
            self.assertNotIn(text, everything)
        self.assertIn("X-Tenant: blue", row.request_headers_text)
        self.assertIn('"type": "partner.changed"', row.request_body_text)
        self.assertEqual((row.event_name, row.res_id), ("partner.changed", self.northwind.id))
        self.assertGreaterEqual(row.duration_ms, 0)

    def test_long_bodies_are_cut_in_the_log(self):
        self.receiver.answers.append((200, {}, b"x" * 200_000))
        hook, _job = self.one()
        self.run_queue()
        row = self.env["sync.delivery"].sudo().search([("webhook_id", "=", hook.id)])
        self.assertLess(len(row.reply["body"]), 17_000)

    def test_the_log_follows_the_record_and_the_role(self):
        self.one()
        self.run_queue()
        for user in (self.reviewer, self.accountant):
            with self.assertRaises(AccessError):
                self.env["sync.delivery"].with_user(user).search([])
        self.assertTrue(self.env["sync.delivery"].with_user(self.manager).search([]))
        with self.assertRaises(AccessError):
            self.env["sync.delivery"].with_user(self.manager).search([], limit=1).write({"error": "x"})

    def test_old_deliveries_are_purged(self):
        self.one()
        self.run_queue()
        self.env.cr.execute("UPDATE sync_delivery SET at = at - interval '400 days'")
        self.one(self.env["sync.webhook"].sudo().search([]))
        self.run_queue()
        self.env["sync.delivery"]._purge()
        self.assertEqual(self.env["sync.delivery"].sudo().search_count([]), 1)

    # === TEST BUTTON === #

    def test_a_test_is_sent_at_once_and_shown(self):
        hook = self.hook(detail="full")
        self.receiver.answers.append((202, {}, b'{"thanks": true}'))
        action = hook.action_test()
        row = self.env["sync.delivery"].with_user(self.manager).browse(action["res_id"])
        self.assertEqual((row.is_good, row.status, row.event_name), (True, 202, "webhook.test"))
        self.assertIn('"thanks": true', row.reply_body_text)
        self.assertSigned(hook)
        self.assertEqual(self.told()["type"], "webhook.test")
        self.receiver.answers.append((500, {}, b"no"))
        row = self.env["sync.delivery"].with_user(self.manager).browse(hook.action_test()["res_id"])
        self.assertEqual((row.is_good, row.status), (False, 500))
        self.assertEqual(hook.health, "idle", "a test says nothing of deliveries")
        for user in (self.reviewer, self.auditor):
            with self.assertRaises(AccessError):
                hook.with_user(user).action_test()
        with self.assertRaises(UserError):
            row.action_resend()
