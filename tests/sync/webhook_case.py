"""Base of the webhook tests: real receivers on this machine, the real runner."""

import itertools
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest.mock import patch

from odoo.tools import config

from ...clients import signature
from ..common import BankCase

ALLOWED = {"ai_bookkeeper_allow_networks": "127.0.0.0/8"}


class Receiver(BaseHTTPRequestHandler):
    """Answers with what ``server.answers`` says next, then with 200; verifies nothing by itself."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.seen.append((self.command, self.path, dict(self.headers), body))
        answers = self.server.answers
        status, headers, reply = answers.pop(0) if answers else (200, {}, b"ok")
        if body and json.loads(body)["data"]["id"] in self.server.broken:
            status = 500
        self.send_response_only(status)
        for name, value in {"Content-Length": str(len(reply)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply)

    do_GET = do_POST

    def log_message(self, *_args):
        """Tests are silent."""


class WebhookCase(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("manager", "manager")
        cls.auditor = cls.make_user("auditor", "auditor")
        cls.accountant = cls.make_user("accountant", groups="base.group_user,account.group_account_user")

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.dict(config.options, ALLOWED))
        self.patch(type(self.env["sync.job"]), "_before_batch", lambda jobs: None)
        self.patch(type(self.env["sync.tick"]), "_beat", lambda ticks, name: None)
        self.receiver, self.url = self.receive()
        self.numbers = itertools.count(1)
        self.settle()

    def receive(self):
        server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
        server.daemon_threads = True
        server.seen, server.answers, server.broken = [], [], set()
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return server, f"http://127.0.0.1:{server.server_port}/hook"

    def settle(self):
        """What happened before the test is nobody's business."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE sync_event SET seq = -id WHERE seq IS NULL")
        self.env["sync.event"].invalidate_model()

    def hook(self, user=None, **values):
        hook = self.env["sync.webhook"].with_user(user or self.manager)
        return hook.create({"name": "Shop", "url": self.url, **values})

    def event(self, name, record, payload=None, company=None):
        """One numbered event."""
        (event_id,) = self.env["sync.event"].sudo()._emit(name, record, [payload or {}])
        event = self.env["sync.event"].sudo().browse(event_id)
        event.seq = next(self.numbers)
        return event

    def fan_out(self, *events):
        """Jobs of these events for every webhook, as the sequencer makes them."""
        merged = self.env["sync.event"].sudo().union(*events)
        hooks = self.env["sync.webhook"].sudo().search([])
        ids = self.env["sync.job"]._enqueue(hooks._job_values(merged))
        return self.env["sync.job"].sudo().browse(ids)

    def run_queue(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            return self.env["sync.job"].sudo()._run("http", 20)

    def make_due(self):
        self.env.cr.execute(
            "UPDATE sync_job SET next_at = clock_timestamp() AT TIME ZONE 'UTC' - interval '1 second'"
            " WHERE state IN ('pending', 'indeterminate')"
        )
        self.env.cr.execute("UPDATE sync_breaker SET until_at = clock_timestamp() AT TIME ZONE 'UTC'")
        self.env["sync.job"].invalidate_model()

    def secret(self, hook):
        return self.env["sync.secret"].sudo()._values(hook.sudo(), "signing")

    def told(self, index=-1):
        return json.loads(self.receiver.seen[index][3])

    def assertSigned(self, hook, index=-1):
        _method, _path, headers, body = self.receiver.seen[index]
        return signature.verify(self.secret(hook)[:1], headers, body)
