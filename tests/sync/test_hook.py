"""The public address: what is refused before anything is stored, and what is stored once."""

import base64
import gzip
import http.client
import time
from contextlib import contextmanager
from unittest.mock import patch
from urllib.parse import urlsplit

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import config

from ...clients import signature
from ...models.sync.intake.sync_intake_guard import LIMIT

BODY = b'{"type":"thing.happened","n": 1}'
GROUP = "ai_bookkeeper.ai_bookkeeper_group_"


@tagged("post_install", "-at_install")
class TestHook(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = f"base.group_user,{GROUP}manager"
        cls.manager = new_test_user(cls.env, "hook_manager", groups=groups, company_id=cls.env.company.id)
        cls.connection = cls.env["sync.connection"].create({"name": "A bank", "kind": "file", "state": "connected"})

    def setUp(self):
        super().setUp()
        self.enqueued = []
        jobs = type(self.env["sync.job"])
        self.startPatcher(patch.object(jobs, "_enqueue", lambda _self, rows: self.enqueued.extend(rows) or [0]))
        shown = self.connection.with_user(self.manager).action_hook_open()["context"]
        self.path = urlsplit(shown["default_url"]).path
        self.secret = shown["default_secret"]
        self.authenticate(None, None)

    # === HELPERS === #

    @property
    def intakes(self):
        self.env.invalidate_all()
        return self.env["sync.intake"].search([("connection_id", "=", self.connection.id)])

    def signed(self, message_id="msg_1", body=BODY, at=None, secrets=None, **changes):
        headers = signature.headers(secrets or [self.secret], message_id, at or int(time.time()), body)
        headers = {**headers, "Content-Type": "application/json", **changes}
        return {name: value for name, value in headers.items() if value is not None}

    def send(self, headers, body=BODY, path=None, method="POST"):
        """(status, header list, body) as they came: no client that hides a cookie."""
        with self.connected() as connection:
            connection.request(method, path or self.path, body=body, headers=headers)
            reply = connection.getresponse()
            return reply.status, reply.getheaders(), reply.read()

    @contextmanager
    def connected(self):
        self.env.flush_all()
        with self.allow_requests(all_requests=True):
            connection = http.client.HTTPConnection("127.0.0.1", self.http_port(), timeout=20)
            try:
                yield connection
            finally:
                connection.close()

    def assertRefused(self, status, reply):
        found, headers, body = reply
        self.assertEqual((found, body), (status, b""))
        self.assertNotIn("set-cookie", [name.lower() for name, _value in headers])
        self.assertFalse(self.intakes)
        self.assertFalse(self.enqueued)

    # === GOOD === #

    def test_a_signed_body_is_stored_with_event_and_job_and_answered_with_nothing(self):
        status, headers, body = self.send(self.signed(**{"X-Correlation-ID": "trace-7"}))
        self.assertEqual((status, body), (200, b""))
        names = [name.lower() for name, _value in headers]
        self.assertNotIn("set-cookie", names)
        self.assertIn(("Content-Length", "0"), headers)
        intake = self.intakes
        self.assertEqual(len(intake), 1)
        self.assertEqual(base64.b64decode(intake.body), BODY)
        self.assertEqual((intake.message_id, intake.size, intake.source), ("msg_1", len(BODY), "hook"))
        self.assertEqual((intake.correlation_id, intake.company_id), ("trace-7", self.connection.company_id))
        self.assertNotIn("webhook-signature", intake.headers)
        self.assertNotIn("cookie", intake.headers)
        event = self.env["sync.event"].search([("res_model", "=", "sync.intake"), ("res_id", "=", intake.id)])
        self.assertEqual((event.name, event.correlation_id), ("intake.received", "trace-7"))
        self.assertEqual([row["kind"] for row in self.enqueued], ["intake"])
        self.assertEqual((self.enqueued[0]["res_id"], self.enqueued[0]["correlation_id"]), (intake.id, "trace-7"))

    def test_a_repetition_is_dropped_and_answered_as_the_first(self):
        headers = self.signed()
        for _time in range(3):
            self.assertEqual(self.send(headers)[0], 200)
        self.assertEqual(len(self.intakes), 1)
        self.assertEqual(len(self.enqueued), 1)

    def test_reordered_messages_are_all_taken(self):
        for number in (3, 1, 2):
            body = BODY.replace(b"1", str(number).encode())
            self.assertEqual(self.send(self.signed(f"msg_{number}", body), body)[0], 200)
        self.assertEqual(sorted(self.intakes.mapped("message_id")), ["msg_1", "msg_2", "msg_3"])

    def test_any_content_type_and_forms_too_leave_the_bytes_as_they_are(self):
        body = b"a=1&b=2&a=%zz" + bytes(range(256))
        for number, content_type in enumerate(
            ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/html", "", None)
        ):
            with self.subTest(content_type=content_type):
                headers = self.signed(f"form_{number}", body, **{"Content-Type": content_type})
                self.assertEqual(self.send(headers, body)[0], 200)
        self.assertEqual({base64.b64decode(intake.body) for intake in self.intakes}, {body})

    def test_chunked_bodies_are_taken(self):
        parts = [BODY[:5], BODY[5:]]
        with self.connected() as connection:
            connection.request("POST", self.path, iter(parts), headers=self.signed(), encode_chunked=True)
            self.assertEqual(connection.getresponse().status, 200)
        self.assertEqual(base64.b64decode(self.intakes.body), BODY)

    def test_a_packed_body_is_verified_as_it_came(self):
        packed = gzip.compress(BODY)
        headers = self.signed("packed", packed, **{"Content-Encoding": "gzip"})
        self.assertEqual(self.send(headers, packed)[0], 200)
        self.assertEqual(self.intakes._data(1000), BODY)
        # Signed as it was before packing: not what came.
        self.assertEqual(self.send(self.signed("unpacked", BODY, **{"Content-Encoding": "gzip"}), packed)[0], 401)

    def test_two_secrets_are_good_while_they_are_rotated(self):
        shown = self.connection.with_user(self.manager).action_hook_rotate_secret()["context"]
        self.assertFalse(shown["default_url"])
        new = shown["default_secret"]
        self.assertNotEqual(new, self.secret)
        self.assertEqual(self.send(self.signed("old"))[0], 200)
        self.assertEqual(self.send(self.signed("new", secrets=[new]))[0], 200)
        self.assertEqual(self.send(self.signed("both", secrets=[new, self.secret]))[0], 200)
        self.env["sync.secret"].sudo().search([("valid_until", "!=", False)]).valid_until = "2020-01-01"
        self.assertEqual(self.send(self.signed("old again"))[0], 401)
        self.assertEqual(len(self.intakes), 3)

    def test_a_new_address_leaves_the_old_one_a_day(self):
        shown = self.connection.with_user(self.manager).action_hook_rotate_address()["context"]
        path = urlsplit(shown["default_url"]).path
        self.assertEqual(self.send(self.signed("a"), path=path)[0], 200)
        self.assertEqual(self.send(self.signed("b"))[0], 200)
        self.connection.sudo().hook_old_until = "2020-01-01"
        self.env.flush_all()
        self.assertEqual(self.send(self.signed("c"))[0], 401)

    # === REFUSED === #

    def test_forgeries_are_refused_and_nothing_is_stored(self):
        good = self.signed()
        given = good[signature.SIGNATURE_HEADER]
        other = "A" if given[-3] != "A" else "B"
        now = int(time.time())
        cases = {
            "wrong key": self.signed(secrets=[signature.new_secret()]),
            "one character": {**good, signature.SIGNATURE_HEADER: f"{given[:-3]}{other}{given[-2:]}"},
            "no signature": self.signed(**{signature.SIGNATURE_HEADER: None}),
            "no id": self.signed(**{signature.ID_HEADER: None}),
            "another id": {**good, signature.ID_HEADER: "msg_2"},
            "another time": {**good, signature.TIMESTAMP_HEADER: str(now - 1)},
            "replayed later": self.signed(at=now - 301),
            "from the future": self.signed(at=now + 310),
            "no time": {**good, signature.TIMESTAMP_HEADER: "soon"},
            "other version": {**good, signature.SIGNATURE_HEADER: given.replace("v1,", "v2,")},
        }
        for name, headers in cases.items():
            with self.subTest(name):
                self.assertRefused(401, self.send(headers))
        for name, body in {"truncated": BODY[:-1], "longer": BODY + b" ", "none": b""}.items():
            with self.subTest(name):
                self.assertRefused(401, self.send(good, body))

    def test_an_unknown_address_answers_like_a_wrong_signature(self):
        wrong = self.send(self.signed(secrets=[signature.new_secret()]))
        unknown = self.send(self.signed(), path="/ai_bookkeeper/hook/" + "x" * 43)
        strip = [(name, value) for name, value in wrong[1] if name not in ("Date",)]
        self.assertEqual(strip, [(name, value) for name, value in unknown[1] if name not in ("Date",)])
        self.assertRefused(401, unknown)
        self.assertRefused(401, wrong)

    def test_too_large_is_told_before_it_is_read(self):
        with self.connected() as connection:
            headers = {**self.signed(), "Content-Length": str(1024**3)}
            connection.putrequest("POST", self.path)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders()
            began = time.monotonic()
            reply = connection.getresponse()
            self.assertRefused(413, (reply.status, reply.getheaders(), reply.read()))
        self.assertLess(time.monotonic() - began, 5)

    def test_too_large_in_chunks(self):
        connector = type(self.env["sync.connector.file"])
        parts = [b"x" * 1000] * 5
        with patch.object(connector, "_most_bytes", 2000), self.connected() as connection:
            connection.request("POST", self.path, iter(parts), headers=self.signed(), encode_chunked=True)
            reply = connection.getresponse()
            self.assertRefused(413, (reply.status, reply.getheaders(), reply.read()))

    def test_only_post_and_no_length_is_no_body(self):
        self.assertEqual(self.send({}, None, method="GET")[0], 405)
        self.assertEqual(self.send(self.signed(), BODY, method="PUT")[0], 405)
        self.assertRefused(401, self.send({**self.signed(), "Content-Length": "0"}, b""))

    def test_a_closed_address_takes_nothing(self):
        self.connection.with_user(self.manager).action_hook_close()
        self.assertRefused(401, self.send(self.signed()))

    def test_an_archived_or_disconnected_connection_takes_nothing(self):
        self.connection.state = "disconnected"
        self.env.flush_all()
        self.assertRefused(401, self.send(self.signed()))
        self.connection.write({"state": "connected", "active": False})
        self.env.flush_all()
        self.assertRefused(401, self.send(self.signed()))

    # === LIMIT === #

    def test_only_requests_without_a_good_signature_are_limited(self):
        bad = self.signed(secrets=[signature.new_secret()])
        statuses = [self.send(bad)[0] for _number in range(LIMIT + 5)]
        self.assertEqual(statuses, [401] * LIMIT + [429] * 5)
        status, headers, _body = self.send(bad)
        self.assertEqual(status, 429)
        self.assertGreater(int(dict(headers)["Retry-After"]), 0)
        # From the same address, and genuine: taken.
        self.assertEqual(self.send(self.signed())[0], 200)
        self.assertEqual(len(self.intakes), 1)

    def test_a_claimed_address_counts_only_behind_a_proxy(self):
        bad = self.signed(secrets=[signature.new_secret()])
        for number in range(LIMIT):
            self.send({**bad, "X-Forwarded-For": f"203.0.113.{number}", "X-Forwarded-Host": "books.example.com"})
        claimed = {**bad, "X-Forwarded-For": "198.51.100.9", "X-Forwarded-Host": "books.example.com"}
        self.assertEqual(self.send(claimed)[0], 429, "without proxy_mode callers can't choose their address")
        with patch.dict(config.options, {"proxy_mode": True}):
            self.assertEqual(self.send(claimed)[0], 401)

    def test_the_counters_are_bounded(self):
        guard = self.env["sync.intake.guard"]
        places = {guard._place(f"2001:db8:{number:x}::1") for number in range(6000)}
        self.assertLessEqual(len(places), 4096)
        self.assertEqual(guard._place("2001:db8::1"), guard._place("2001:db8::ffff"))
        self.assertIsInstance(guard._place("no address at all"), int)
