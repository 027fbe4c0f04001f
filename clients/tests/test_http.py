"""The door against a real server on this machine."""

import threading
import time
import unittest
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest import mock

from clients.errors import ClientError
from clients.http import MOST_BYTES, Request, send

LOCAL = ("127.0.0.0/8",)


class Handler(BaseHTTPRequestHandler):
    seen = []

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        Handler.seen.append((self.path, dict(self.headers), self.rfile.read(length)))
        path = self.path.split("?")[0]
        if path == "/slow":
            time.sleep(2)
        status = {"/busy": 429, "/gone": 410, "/down": 503, "/moved": 302, "/later": 503}.get(path, 200)
        self.send_response(status)
        if path == "/busy":
            self.send_header("Retry-After", "17")
        if path == "/later":
            self.send_header("Retry-After", formatdate(time.time() + 60, usegmt=True))
        if path == "/moved":
            self.send_header("Location", "/ok")
        body = {"/gone": b'{"error": "token=abc123 is wrong"}', "/huge": b"x" * (MOST_BYTES + 1000)}.get(path, b"fine")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST

    def log_message(self, *_args):
        """Tests are silent."""


class TestDoor(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        cls.server.daemon_threads = True
        cls.base = f"http://127.0.0.1:{cls.server.server_port}"
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.server.server_close()

    def post(self, path, **values):
        return send(Request("POST", self.base + path, networks=LOCAL, **values))

    def refused(self, path, **values):
        with self.assertRaises(ClientError) as caught:
            self.post(path, **values)
        return caught.exception

    def test_a_reply_comes_with_status_headers_and_body(self):
        reply = self.post("/ok", body=b"hello", idempotency_key="k-1", headers={"X-Test": "1"})
        self.assertEqual((reply.status, reply.body, reply.headers["content-length"]), (200, b"fine", "4"))
        _path, headers, body = Handler.seen[-1]
        self.assertEqual((headers["Idempotency-Key"], headers["X-Test"], body), ("k-1", "1", b"hello"))

    def test_busy_servers_say_when_to_come_back(self):
        error = self.refused("/busy")
        self.assertEqual((error.permanent, error.retry_after, error.status), (False, 17.0, 429))
        self.assertAlmostEqual(self.refused("/later").retry_after, 60, delta=5)

    def test_what_is_gone_stays_gone(self):
        error = self.refused("/gone")
        self.assertTrue(error.permanent)
        self.assertIn("410", str(error))

    def test_secrets_do_not_show_in_errors(self):
        error = self.refused("/gone?token=verysecret&page=2", secrets=("abc123",))
        self.assertNotIn("verysecret", str(error))
        self.assertNotIn("abc123", str(error))
        self.assertIn("page=2", str(error))

    def test_redirects_are_not_followed(self):
        before = len(Handler.seen)
        self.assertEqual(self.refused("/moved").status, 302)
        self.assertEqual(len(Handler.seen), before + 1)

    def test_silence_ends(self):
        error = self.refused("/slow", timeout=0.3)
        self.assertFalse(error.permanent)
        self.assertIn("in time", str(error))

    def test_nobody_there(self):
        with self.assertRaises(ClientError) as caught:
            send(Request("POST", "http://user:pass@127.0.0.1:1/x", networks=LOCAL))
        self.assertFalse(caught.exception.permanent)
        self.assertNotIn("pass", str(caught.exception))

    def test_only_web_addresses_are_asked(self):
        for url in ("file:///etc/passwd", "ftp://host/x", "host", "http://", ""):
            with self.assertRaises(ClientError) as caught:
                send(Request("GET", url))
            self.assertTrue(caught.exception.permanent)

    def test_headers_carry_no_line_breaks(self):
        self.assertTrue(self.refused("/ok", headers={"X": "a\r\nEvil: 1"}).permanent)

    def test_proxies_of_the_machine_are_not_used(self):
        with mock.patch.dict("os.environ", {"http_proxy": "http://127.0.0.1:1", "no_proxy": ""}):
            self.assertEqual(self.post("/ok").status, 200)

    def test_a_told_proxy_is_used(self):
        self.post("/ok")
        send(Request("GET", "http://elsewhere.invalid/through", proxy=self.base))
        self.assertEqual(Handler.seen[-1][0], "http://elsewhere.invalid/through")

    def test_endless_bodies_are_cut(self):
        self.assertEqual(len(self.post("/huge").body), MOST_BYTES)


if __name__ == "__main__":
    unittest.main()
