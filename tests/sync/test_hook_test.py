"""Does the host reach this database? Asked from outside, answered in words that say what to set."""

import time
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged

from ...clients.errors import ClientError
from ...models.sync.intake import sync_connection_hook
from ...models.sync.intake.hook_advice import advice

GROUP = "ai_bookkeeper.ai_bookkeeper_group_"


@tagged("post_install", "-at_install")
class TestHookTest(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(cls.env, "test_manager", groups=f"base.group_user,{GROUP}manager")
        cls.reviewer = new_test_user(cls.env, "test_reviewer", groups=f"base.group_user,{GROUP}reviewer")
        cls.connection = cls.env["sync.connection"].create({"name": "A bank", "kind": "file", "state": "connected"})

    def test_the_real_way_is_taken_and_proved(self):
        self.env.flush_all()
        with self.allow_requests(all_requests=True):
            finding = self.connection.with_user(self.manager)._hook_finding()
        self.assertTrue(finding["is_ours"], finding)
        is_good, sentences = advice(self.env, finding)
        self.assertIn("leads to exactly this database", sentences[0])
        # The test server's host is this machine's own: outsiders don't find it.
        self.assertFalse(is_good)
        self.assertIn("web.base.url", sentences[-1])

    def test_the_result_is_kept_on_the_connection(self):
        self.env.flush_all()
        with self.allow_requests(all_requests=True):
            self.connection.with_user(self.manager).action_hook_test()
        self.assertIn("exactly this database", self.connection.hook_test_text)
        self.assertTrue(self.connection.hook_tested_at)

    def test_only_managers_test_and_make_addresses(self):
        for method in (
            "action_hook_test",
            "action_hook_open",
            "action_hook_rotate_address",
            "action_hook_rotate_secret",
            "action_hook_close",
        ):
            with self.subTest(method), self.assertRaises(AccessError):
                getattr(self.connection.with_user(self.reviewer), method)()

    def test_nobody_reads_what_the_address_is(self):
        self.connection.with_user(self.manager).action_hook_open()
        connection = self.connection.with_user(self.manager)
        for name in ("hook_digest", "hook_old_digest", "hook_old_until"):
            with self.subTest(name), self.assertRaises(AccessError):
                connection.read([name])
        self.assertNotIn("hook_digest", connection.read()[0])
        with self.assertRaises(AccessError):
            connection.write({"hook_digest": "x"})
        with self.assertRaises(AccessError):
            connection.search([("hook_digest", "=like", "a%")])
        self.assertTrue(connection.hook_hint.endswith("/ai_bookkeeper/hook/…"))

    def test_questions_of_others_are_not_answered(self):
        for question in ("1.x.y", "9999999999.abc.def", connection_question(self.connection, -120)):
            reply = self.url_open("/ai_bookkeeper/hook/test", data=question, headers={"Content-Type": "text/plain"})
            self.assertEqual((reply.status_code, reply.content), (401, b""), question)
            self.assertNotIn("Set-Cookie", reply.headers)


def connection_question(connection, seconds):
    words = f"{int(time.time()) + seconds}.abc"
    return f"{words}.{connection._hook_hmac('question', words)}"


@tagged("post_install", "-at_install")
class TestHookAdvice(TransactionCase):
    """What each finding says; the findings themselves come from real servers in tests/real."""

    def say(self, **finding):
        base = {
            "base": "https://books.example.com",
            "database": "acme",
            "proxy_mode": True,
            "dbfilter": "",
            "status": 200,
            "is_ours": True,
            "told": {"forwarded": ["HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST"], "scheme": "https"},
        }
        is_good, sentences = advice(self.env, {**base, **finding})
        return is_good, " ".join(sentences)

    def test_good(self):
        self.assertEqual(self.say()[0], True)

    def test_what_is_wrong_and_what_to_set(self):
        told = {"forwarded": ["HTTP_X_FORWARDED_FOR"], "scheme": "https"}
        for finding, words in (
            ({"status": 404, "is_ours": False}, ["dbfilter = ^acme$", "X-Odoo-Database: acme", "^%d$"]),
            ({"status": 401, "is_ours": False}, ["another database", "dbfilter"]),
            ({"status": 301, "is_ours": False}, ["web.base.url", "https://"]),
            ({"status": 502, "is_ours": False}, ["502", "/ai_bookkeeper/hook/"]),
            ({"status": 200, "is_ours": False}, ["/ai_bookkeeper/hook/"]),
            ({"status": None, "is_ours": False, "error": "no way"}, ["no way", "web.base.url", "workers"]),
            ({"proxy_mode": False}, ["proxy_mode = True"]),
            ({"told": told}, ["X-Forwarded-Host", "proxy_mode = False"]),
            ({"told": {**told, "forwarded": ["HTTP_X_FORWARDED_HOST"], "scheme": "http"}}, ["X-Forwarded-Proto"]),
            ({"base": "http://books.example.com", "told": {"forwarded": ["HTTP_X_FORWARDED_HOST"], "scheme": "http"}},
             ["not encrypted"]),
            ({"base": "https://192.168.1.5"}, ["web.base.url"]),
            ({"base": "https://odoo.local"}, ["web.base.url"]),
        ):  # fmt: skip
            with self.subTest(finding=finding):
                is_good, text = self.say(**finding)
                self.assertFalse(is_good)
                for word in words:
                    self.assertIn(word, text)

    def test_what_can_not_be_reached_is_a_finding_and_no_error(self):
        connection = self.env["sync.connection"].create({"name": "A bank", "kind": "file"})

        def refuse(_request):
            raise ClientError("nobody there")

        with patch.object(sync_connection_hook, "send", refuse):
            connection.action_hook_test()
        self.assertFalse(connection.hook_test_good)
        self.assertIn("nobody there", connection.hook_test_text)
