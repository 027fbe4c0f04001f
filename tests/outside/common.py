"""A server of this machine that answers like a language model, and documents with something left to find."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest.mock import patch

from odoo.tools import config

from ..documents.common import DocumentCase, pdf

ALLOWED = {"ai_bookkeeper_allow_networks": "127.0.0.0/8"}
#: A bill whose number stands beside a word that no label of a bill is.
ODD = (
    (50, 790, "Lantern Works Ltd"),
    (50, 775, "4 Harbour Lane, Bristol"),
    (50, 745, "office@lantern.example"),
    (350, 790, "INVOICE"),
    (350, 755, "Invoice date: 2026-03-02"),
    (350, 740, "Due date: 2026-04-01"),
    (350, 700, "Zyx LW-88-201"),
    (50, 600, "Description"),
    (420, 600, "Amount"),
    (50, 580, "Lamps repaired"),
    (420, 580, "100.00"),
    (350, 520, "Subtotal"),
    (420, 520, "100.00"),
    (350, 505, "VAT 15%"),
    (420, 505, "15.00"),
    (350, 490, "Total"),
    (420, 490, "115.00"),
    (50, 100, "Bank GB29 NWBK 6016 1331 9268 19"),
)


class Model(BaseHTTPRequestHandler):
    """Answers ``server.values`` as a model would, or what ``server.reply`` says."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.seen.append((self.path, dict(self.headers), body))
        status, reply = self.server.reply or (200, self._answer(json.loads(body)))
        self.send_response_only(status)
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def _answer(self, asked):
        names = asked["response_format"]["json_schema"]["schema"]["required"]
        values = {name: self.server.values.get(name) for name in names} | self.server.extra
        message = {"role": "assistant", "content": json.dumps(values)}
        usage = {"prompt_tokens": 1000, "completion_tokens": 100}
        return json.dumps({"choices": [{"message": message}], "usage": usage}).encode()

    def log_message(self, *_args):
        """Tests are silent."""


class OutsideCase(DocumentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("outside_manager", "manager")
        cls.company.partner_id.write({"name": "Buying Company Ltd"})

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.dict(config.options, ALLOWED))
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Model)
        self.server.daemon_threads = True
        self.server.seen, self.server.values, self.server.extra, self.server.reply = [], {}, {}, None
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)

    def provider(self, **values):
        """A model that is on."""
        url = f"http://127.0.0.1:{self.server.server_port}/v1"
        return (
            self.env["ai.model.provider"]
            .with_user(self.manager)
            .create(
                {
                    "url": url,
                    "model": "small-1",
                    "is_on": True,
                    "price_asked": 10.0,
                    "price_answered": 20.0,
                    **values,
                }
            )
        )

    def ledger(self):
        return self.env["ai.model.ledger"].sudo().search([], order="id")

    def sent(self):
        """What left, as text: of all questions."""
        return "\n".join(body.decode() for _path, _headers, body in self.server.seen)

    def odd(self, *rows):
        return self.taken_in(("odd.pdf", pdf((*ODD, *rows))))

    def value(self, document, name):
        return ((document.reading or {}).get("fields", {}).get(name) or {}).get("value")
