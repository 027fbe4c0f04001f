"""The head leaves the database: by mail, as a file, to a webhook; what fails says why."""

import json
import stat
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import config

from odoo.addons.mail.tests.common import MockEmail

from .common import AuditCase


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append((dict(self.headers), json.loads(body)))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        if self.server.status == 503:
            self.send_header("Retry-After", "120")
        self.end_headers()

    def log_message(self, *_args):
        """Tests are silent."""


@tagged("post_install", "-at_install")
class TestAnchors(AuditCase, MockEmail):
    def setUp(self):
        super().setUp()
        self.book()
        self.parameters = self.env["ir.config_parameter"].sudo()
        self.set_places()
        self.startPatcher(patch.dict(config.options, {"ai_bookkeeper_allow_networks": "127.0.0.0/8"}))

    def set_places(self, mail="", directory="", url=""):
        for name, value in (("mail", mail), ("directory", directory), ("url", url)):
            self.parameters.set_param(f"ai_bookkeeper.anchor_{name}", value)

    def receiver(self, status=200):
        server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
        server.seen, server.status = [], status
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return server, f"http://127.0.0.1:{server.server_port}/anchors?token=geheim"

    def send(self):
        """As a manager clicks it."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env["ai.audit.anchor"].with_user(self.manager).action_anchor_now()
        return self.env["ai.audit.anchor"].sudo().search([], limit=1)

    def cron(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("ai_bookkeeper.ir_cron_anchor").method_direct_trigger()
        self.env.invalidate_all()
        return self.env["ai.audit.anchor"].sudo().search([], limit=1)

    def folder(self):
        folder = tempfile.TemporaryDirectory(prefix="aib-anchors-")
        self.addCleanup(folder.cleanup)
        return Path(folder.name).resolve()

    def test_a_file(self):
        folder = self.folder()
        self.set_places(directory=str(folder))
        anchor = self.send()
        self.assertEqual((anchor.channel, anchor.state), ("file", "sent"), anchor.reason)
        [file] = folder.iterdir()
        document = json.loads(file.read_text())
        self.assertEqual((document["seq"], document["head"]), self.env["ai.audit.seal"].sudo()._last())
        self.assertFalse(file.stat().st_mode & stat.S_IWOTH)
        self.assertTrue(self.verify(file.read_text())["ok"])
        self.assertEqual(self.verify(document)["anchors_told"], 1)
        log = self.log.search([("event", "=", "anchored")], limit=1)
        self.assertEqual((log.payload["seq"], log.payload["channel"]), (document["seq"], "file"))

    def test_a_file_is_never_overwritten_or_followed(self):
        folder, elsewhere = self.folder(), self.folder() / "secret"
        self.set_places(directory=str(folder))
        elsewhere.write_text("precious")
        anchors = self.env["ai.audit.anchor"].sudo()._take()
        name = f"{self.env.cr.dbname}-{anchors.at:%Y%m%dT%H%M%S}-{anchors.seq}-{anchors.key[:8]}.json"
        (folder / name).symlink_to(elsewhere)
        anchors._send()
        self.assertEqual((anchors.state, elsewhere.read_text()), ("pending", "precious"))

    def test_places_that_odoo_reads_from_are_refused(self):
        folder = self.folder()
        (folder / "link").symlink_to(config["data_dir"])
        for path in (config["data_dir"], folder / "link", config["addons_path"][0], "relative", "/no/such/place"):
            self.set_places(directory=str(path))
            anchor = self.send()
            self.assertIn(anchor.state, ("failed", "pending"))
            self.assertTrue(anchor.reason)
            with self.assertRaises(UserError):
                self.env["ai.audit.anchor"]._check_settings("", str(path), "")

    def test_the_configuration_file_comes_first(self):
        folder = self.folder()
        self.set_places(directory="/nowhere")
        with patch.dict(config.options, {"ai_bookkeeper_anchor_directory": str(folder)}):
            self.assertEqual(self.send().state, "sent")
        self.assertEqual(len(list(folder.iterdir())), 1)

    def test_a_webhook(self):
        server, url = self.receiver()
        self.set_places(url=url)
        anchor = self.send()
        self.assertEqual((anchor.channel, anchor.state), ("webhook", "sent"), anchor.reason)
        [(headers, document)] = server.seen
        self.assertEqual((document["seq"], document["head"]), (anchor.seq, anchor.head))
        self.assertEqual(headers["Idempotency-Key"], anchor.key)
        self.assertNotIn("geheim", anchor.destination)

    def test_a_busy_webhook_is_tried_again_and_says_why(self):
        server, url = self.receiver(503)
        self.set_places(url=url)
        anchor = self.cron()
        self.assertEqual((anchor.state, anchor.attempts), ("pending", 1))
        self.assertIn("503", anchor.reason)
        self.assertNotIn("geheim", anchor.reason)
        self.assertTrue(anchor.retry_at)
        server.status = 200
        anchor.retry_at = False
        self.assertEqual(self.cron(), anchor)
        self.assertEqual((anchor.state, anchor.attempts, anchor.reason), ("sent", 2, False))
        keys = {headers["Idempotency-Key"] for headers, _document in server.seen}
        self.assertEqual(len(keys), 1)
        states = [log.payload["state"] for log in self.log.search([("event", "=", "anchored")], order="id")]
        self.assertEqual(states, ["pending", "sent"])

    def test_a_webhook_that_refuses_for_good(self):
        _server, url = self.receiver(410)
        self.set_places(url=url)
        self.assertEqual(self.cron().state, "failed")

    def test_once_a_day(self):
        self.set_places(directory=str(self.folder()))
        first = self.cron()
        self.assertEqual(self.cron(), first)
        first.at = "2026-01-01"
        self.assertNotEqual(self.cron(), first)

    def test_a_mail_to_the_managers(self):
        self.set_places(mail="managers")
        self.manager.email = "manager@example.com"
        with self.mock_mail_gateway():
            anchor = self.send()
        self.assertEqual((anchor.channel, anchor.state), ("mail", "sent"), anchor.reason)
        self.assertIn("manager@example.com", anchor.destination)
        mail = self.env["mail.mail"].sudo().search([("email_to", "ilike", "manager@example.com")], limit=1)
        self.assertIn(anchor.head, mail.body_html)

    def test_a_mail_that_nobody_takes_is_tried_again(self):
        self.set_places(mail="auditor@example.com")
        server = type(self.env["ir.mail_server"])
        with patch.object(server, "_connect__", side_effect=OSError("nobody listens")):
            anchor = self.send()
        self.assertEqual(anchor.state, "pending")
        self.assertIn("nobody listens", anchor.reason)

    def test_no_place_at_all_is_told(self):
        anchor = self.send()
        self.assertEqual((anchor.channel, anchor.state), ("none", "failed"))
        self.assertIn("settings", anchor.reason)

    def test_only_managers_send(self):
        for user in (self.auditor, self.reviewer):
            with self.assertRaises(AccessError):
                self.env["ai.audit.anchor"].with_user(user).action_anchor_now()
        with self.assertRaises(AccessError):
            self.env["ai.audit.anchor"].with_user(self.auditor).browse().action_send_again()

    def test_addresses_of_the_own_network_are_refused_unless_the_server_allows_them(self):
        server, url = self.receiver()
        self.set_places(url=url)
        with patch.dict(config.options, {"ai_bookkeeper_allow_networks": ""}):
            anchor = self.send()
        self.assertEqual((anchor.state, server.seen), ("failed", []))
        self.assertIn("127.0.0.1", anchor.reason)
        for url in ("http://localhost.example.com/", "http://127.0.0.1.example.com/", "http://10.0.0.1/"):
            with self.assertRaises(UserError):
                self.env["ai.audit.anchor"]._check_settings(mail="", directory="", url=url)

    def test_changed_places_are_logged_without_their_text(self):
        self.set_places(mail="auditor@example.com")
        log = self.log.search([("event", "=", "setting_changed")], limit=1)
        self.assertEqual(log.payload["key"], "ai_bookkeeper.anchor_mail")
        self.assertNotIn("auditor@example.com", str(log.payload))
        for told in ({"mail": "nonsense"}, {"url": "http://elsewhere.example.com"}):
            values = {"mail": "", "directory": "", "url": "", **told}
            with self.assertRaises(UserError):
                self.env["ai.audit.anchor"]._check_settings(**values)
