"""The other side of the fake connector: a small system of its own behind a real web server.

    with OtherSide() as other:
        other.fail("timeout", times=1)      # takes the next request's effect, and never answers
        ... the books send to other.url ...
        other.records                       # {remote id: {"name", "kind", "ref", "version"}}

It takes a record once for each idempotency key, tells what a key did (`/effects/<key>`), gives its changes in their
own order by pages (`/changes`), and lets in whoever has a key, until that is given back (`/session`). Plain Python: no
Odoo, no clock, no chance.
"""

import http.server
import json
import socket
import struct
import threading
import time
from urllib.parse import parse_qs, urlsplit

KEY = "open-sesame"
#: How it may fail: whether the effect is kept, and what follows.
FAULTS = {
    "timeout": True,
    "reset": True,
    "not_json": True,
    "500_after": True,
    "500": False,
    "409": False,
    "422": False,
    "429": False,
    "503": False,
    "unauthorized": False,
}
FOREVER = 30


class OtherSide:
    """State and server. Attributes are read and changed by tests while it runs."""

    def __init__(self, identity="org-1", name="Northwind Shop"):
        self.identity, self.name = identity, name
        self.keys = {KEY}
        self.records, self.changes, self.effects = {}, [], {}
        self.requests = []
        self.faults = []
        self.lock = threading.RLock()

    def __enter__(self):
        handler = type("Bound", (_Handler,), {"other": self})
        self.server = _Server(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_error):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(5)

    def fail(self, fault, times=1, retry_after=None):
        """The next ``times`` requests that write, or read changes, fail in this way."""
        self.faults += [(fault, retry_after)] * times

    def take(self, key, values):
        """The effect of one request that writes: once for each key."""
        with self.lock:
            if key and key in self.effects:
                return self.effects[key]
            remote_id = values.get("remote_id") or f"R-{len(self.records) + 1}"
            effect = self.change(remote_id, {name: value for name, value in values.items() if name != "remote_id"})
            self.effects[key] = {"key": key, **effect}
            return self.effects[key]

    def change(self, remote_id, values):
        """A record changes there: by us, or by somebody who works there."""
        with self.lock:
            version = len(self.changes) + 1
            self.records[remote_id] = {**self.records.get(remote_id, {}), **values, "version": version}
            self.changes.append({"remote_id": remote_id, "version": version, "values": dict(self.records[remote_id])})
            return {"remote_id": remote_id, "version": str(version)}

    def posted(self):
        """Requests that wrote: [{"key", "body", "status"}]."""
        return [request for request in self.requests if request["method"] == "POST" and request["path"] == "/records"]


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request, client_address):
        """Who asks may go away in the middle: that is what faults are for."""


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    other: OtherSide

    def log_message(self, *_arguments):
        """Requests are kept in a list."""

    def do_GET(self):
        parts = urlsplit(self.path)
        if not self._is_let_in():
            return
        if parts.path == "/who":
            self._answer(200, {"identity": self.other.identity, "name": self.other.name})
        elif parts.path.startswith("/effects/"):
            self._tell_effect(parts.path.removeprefix("/effects/"))
        elif parts.path == "/changes":
            self._may_fail(lambda: self._page(parse_qs(parts.query)))
        else:
            self._answer(404, {"error": "not found"})

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if not self._is_let_in(body):
            return
        if self.path == "/records":
            values, key = json.loads(body), self.headers.get("Idempotency-Key")
            self._may_fail(lambda: self.other.take(key, values))
        else:
            self._answer(404, {"error": "not found"})

    def do_DELETE(self):
        if self.path == "/session" and self._is_let_in():
            self.other.keys.discard(self._key())
            self._answer(200, {})

    def _key(self):
        return (self.headers.get("Authorization") or "").removeprefix("Bearer ")

    def _is_let_in(self, body=b""):
        with self.other.lock:
            self.other.requests.append(
                {
                    "method": self.command,
                    "path": urlsplit(self.path).path,
                    "key": self.headers.get("Idempotency-Key"),
                    "correlation": self.headers.get("X-Correlation-ID"),
                    "body": body.decode(),
                    "at": time.monotonic(),
                }
            )
        if self._key() in self.other.keys:
            return True
        self._answer(401, {"error": "who are you?"})
        return False

    def _tell_effect(self, key):
        effect = self.other.effects.get(key)
        self._answer(200, effect) if effect else self._answer(404, {"key": key})

    def _page(self, query):
        after, limit = int(query.get("after", ["0"])[0]), int(query.get("limit", ["2"])[0])
        with self.other.lock:
            found = [change for change in self.other.changes if change["version"] > after][:limit]
            last = self.other.changes[-1]["version"] if self.other.changes else 0
        cursor = found[-1]["version"] if found else after
        return {"items": found, "cursor": str(cursor), "more": cursor < last}

    def _may_fail(self, effect):
        with self.other.lock:
            fault, retry_after = self.other.faults.pop(0) if self.other.faults else (None, None)
        result = effect() if fault is None or FAULTS[fault] else None
        if fault is None:
            self._answer(200, result)
        elif fault == "timeout":
            self.connection.settimeout(FOREVER)
            self.close_connection = True
            self.connection.recv(1)
        elif fault == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
        elif fault == "not_json":
            self._send(200, b"<html>Welcome</html>", "text/html")
        elif fault == "unauthorized":
            self._answer(401, {"error": "who are you?"})
        else:
            self._answer(int(fault[:3]), {"error": "as planned"}, retry_after)

    def _answer(self, status, values, retry_after=None):
        self._send(status, json.dumps(values).encode(), "application/json", retry_after)

    def _send(self, status, body, kind, retry_after=None):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if retry_after is not None:
            self.send_header("Retry-After", str(retry_after))
        self.end_headers()
        self.wfile.write(body)
