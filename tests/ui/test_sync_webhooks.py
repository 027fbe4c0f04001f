import threading
from http.server import ThreadingHTTPServer
from unittest.mock import patch
from urllib.parse import quote

from odoo.tests import new_test_user, tagged
from odoo.tools import config

from ..common_browser import BrowserCase
from ..sync.webhook_case import ALLOWED, Receiver

GROUP = "ai_bookkeeper.ai_bookkeeper_group_"


@tagged("post_install", "-at_install")
class TestWebhookScreens(BrowserCase):
    """A manager sets a webhook up, shows its secret once, tests, starts, pauses, and sends a time again."""

    def test_from_nothing_to_deliveries(self):
        self.startPatcher(patch.dict(config.options, ALLOWED))
        server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
        server.seen, server.broken, server.answers = [], set(), [(200, {}, b'{"thanks": true}')]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        manager = new_test_user(self.env, login="tour_manager", groups=f"base.group_user,{GROUP}manager")
        partner = self.env["res.partner"].create({"name": "Tour Ltd"})
        self.env.flush_all()
        self.env.cr.execute("UPDATE sync_event SET seq = -id WHERE seq IS NULL")
        (event_id,) = self.env["sync.event"]._emit("partner.changed", partner)
        self.env["sync.event"].browse(event_id).seq = 1
        url = quote(f"http://127.0.0.1:{server.server_port}/hook", safe="")
        self.start_tour(f"/odoo/sync-webhooks?receiver={url}", "ai_bookkeeper_webhook", login=manager.login)
        hook = self.env["sync.webhook"].search([("name", "=", "Web shop")])
        self.assertEqual((hook.state, hook.events, hook.user_id), ("on", ["partner.changed"], manager))
        self.assertEqual([path for _method, path, _headers, _body in server.seen], ["/hook"])
        self.assertEqual(server.seen[0][2]["X-Api-Key"], "geheim4711")
        jobs = self.env["sync.job"].search([("webhook_id", "=", hook.id)])
        self.assertEqual(jobs.mapped("event_id"), [event_id])
