"""Another system, as a process of its own: it takes what is sent to it, keeps it, and misbehaves when told to.

    with Receiver() as receiver:
        receiver.plan("/orders", "timeout", "500", "ok")   # the first, second and every later attempt of each key
        ... the books send to receiver.url + "/orders" ...
        receiver.effects("/orders")   # [{"key", "rows", "attempts", "bodies", "body"}]

What it took is an *effect*: a row of an SQLite file that was synced before the answer leaves, so that killing the
receiver loses nothing. An effect belongs to the `webhook-id` or `Idempotency-Key` of its request. A path is *careful*
(a second request with a key changes nothing, as the better systems do) or *naive* (it would do it again: only asking
first, at `/effects/<key>`, keeps the effect single). Signatures are verified by the official library.
"""

import argparse
import contextlib
import hashlib
import http.client
import http.server
import json
import os
import signal
import socket
import sqlite3
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from datetime import datetime, timedelta
from email.utils import formatdate
from pathlib import Path
from urllib.parse import urlsplit

import standardwebhooks.webhooks
from standardwebhooks import Webhook, WebhookVerificationError

#: What a planned attempt may be, and whether its effect is kept (True), refused (False).
ACTIONS = {
    "ok": True,
    "slow": True,  # the body arrives in pieces, whole after two seconds
    "drip": True,  # the body arrives byte by byte and never ends
    "timeout": True,  # taken, but the answer never comes
    "reset_after": True,  # taken, then the connection is reset
    "truncated": True,  # taken, and the reply ends before its length is reached
    "truncated_json": True,  # taken, and the reply is half a JSON object
    "html_ok": True,  # taken, and the reply is a page
    "duplicate": True,  # taken, and two replies to one request
    "hold_after": True,  # taken, and the answer waits for `release`
    "hold": False,  # nothing happens before `release`
    "hang": False,  # never answers
    "reset": False,
    "html": False,  # a proxy's page with 502
    "moved": False,  # 301 to another place
}
HTML = b"<html><head><title>Bad Gateway</title></head><body><h1>502</h1><script>alert(1)</script></body></html>"
#: `429:3` is 429 with `Retry-After: 3`; any other number is a status without an effect.
SCHEMA = """
CREATE TABLE IF NOT EXISTS effect (id INTEGER PRIMARY KEY, path TEXT, key TEXT, body BLOB, at REAL);
CREATE INDEX IF NOT EXISTS effect_key ON effect (key);
"""
LOG_SCHEMA = """
CREATE TABLE IF NOT EXISTS request (id INTEGER PRIMARY KEY, path TEXT, key TEXT, digest TEXT, action TEXT,
    status INTEGER, is_genuine INTEGER, correlation TEXT, at REAL);
CREATE INDEX IF NOT EXISTS request_key ON request (path, key);
"""
FOREVER = 600
DRIP_SECONDS = 0.3


# --- the process ------------------------------------------------------------------------------------------------------


class Store:
    """Effects and requests on disk; the log has a file of its own, so that a full disk can still be told about."""

    def __init__(self, folder, is_kept=True):
        self.lock = threading.Lock()
        self.is_kept = is_kept
        self.effects = self._open(folder / "effects.db" if is_kept else ":memory:", SCHEMA)
        self.log = self._open(folder / "log.db" if is_kept else ":memory:", LOG_SCHEMA)

    @staticmethod
    def _open(path, schema):
        connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.executescript(schema)
        return connection

    def take(self, path, key, body, is_naive):
        """Keep the effect; a careful path keeps the first one of a key. Returns its number.

        :raise sqlite3.OperationalError: the disk is full
        """
        with self.lock:
            if not is_naive:
                known = self.effects.execute("SELECT id FROM effect WHERE path = ? AND key = ?", (path, key)).fetchone()
                if known:
                    return known[0]
            values = (path, key, body, time.time())
            return self.effects.execute(
                "INSERT INTO effect (path, key, body, at) VALUES (?, ?, ?, ?)", values
            ).lastrowid

    def fill_disk(self, is_full):
        """SQLite itself then refuses to write: `database or disk is full`."""
        with self.lock:
            [pages] = self.effects.execute("PRAGMA page_count").fetchone()
            self.effects.execute(f"PRAGMA max_page_count = {pages if is_full else 1_000_000}")
            if is_full:
                # What is left on the last pages.
                self._use_up()

    def _use_up(self):
        for size in (2000, 200, 20, 0):
            try:
                while True:
                    self.effects.execute(
                        "INSERT INTO effect (path, key, body, at) VALUES ('', '', ?, 0)", (b"x" * size,)
                    )
            except sqlite3.OperationalError:
                continue

    def note(self, path, key, body, correlation):
        """A request came in; returns its number and how many of this key and path came before."""
        with self.lock:
            digest = hashlib.sha256(body).hexdigest()
            [before] = self.log.execute(
                "SELECT count(*) FROM request WHERE path = ? AND key = ?", (path, key)
            ).fetchone()
            number = self.log.execute(
                "INSERT INTO request (path, key, digest, correlation, at) VALUES (?, ?, ?, ?, ?)",
                (path, key, digest, correlation, time.time()),
            ).lastrowid
            return number, before

    def finish(self, number, action, status, is_genuine):
        with self.lock:
            self.log.execute(
                "UPDATE request SET action = ?, status = ?, is_genuine = ? WHERE id = ?",
                (action, status, is_genuine, number),
            )

    def found(self, key=None):
        """Each key once: how many rows it left, in how many attempts, with how many different bodies."""
        with self.lock:
            where, values = ("WHERE key = ?", (key,)) if key else ("", ())
            rows = self.effects.execute(
                f"SELECT path, key, count(*), min(id), min(at), body FROM effect {where} GROUP BY path, key ORDER BY 4",
                values,
            ).fetchall()
            seen = {
                (path, name): (attempts, digests)
                for path, name, attempts, digests in self.log.execute(
                    "SELECT path, key, count(*), count(DISTINCT digest) FROM request GROUP BY path, key"
                )
            }
        return [
            {
                "path": path,
                "key": name,
                "rows": count,
                "id": number,
                "at": at,
                "attempts": seen.get((path, name), (0, 0))[0],
                "bodies": seen.get((path, name), (0, 0))[1],
                "body": body.decode("utf-8", "replace"),
            }
            for path, name, count, number, at, body in rows
            if path
        ]

    def requests(self):
        with self.lock:
            cursor = self.log.execute(
                "SELECT id, path, key, action, status, is_genuine, correlation, at FROM request ORDER BY id"
            )
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


class Behaviour:
    """What the test told: plans, secrets, careful or naive. A file keeps it through a restart."""

    def __init__(self, path):
        self.path = path
        self.settings = defaultdict(dict, json.loads(path.read_text()) if path.exists() else {})
        self.lock = threading.Lock()
        self.released = threading.Event()
        self.held = 0

    def tell(self, path, values):
        with self.lock:
            self.settings[path] = {**self.settings.get(path, {}), **values}
            self.path.write_text(json.dumps(self.settings))

    def of(self, path):
        return self.settings.get(path) or {}

    def hold(self):
        with self.lock:
            self.held += 1
        self.released.wait(FOREVER)
        with self.lock:
            self.held -= 1

    def release(self):
        self.released.set()
        self.released = threading.Event()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Small pieces leave at once: the latency of the sender is measured, not this one's.
    disable_nagle_algorithm = True

    store: Store
    behaviour: Behaviour

    def log_message(self, *_arguments):
        """The log is a table."""

    # --- asked by tests, and by connectors that probe ---

    def do_GET(self):
        path = urlsplit(self.path).path
        if path == "/effects":
            self._json(200, self.store.found())
        elif path.startswith("/effects/"):
            self._tell_effect(path.removeprefix("/effects/"))
        elif path == "/who":
            self._json(200, {"identity": "receiver", "name": "Receiver"})
        elif path == "/control/requests":
            self._json(200, self.store.requests())
        elif path == "/control/held":
            self._json(200, self.behaviour.held)
        else:
            self._json(200, {"ready": True})

    def _tell_effect(self, key):
        found = self.store.found(key)
        if not found:
            self._json(404, {"key": key})
            return
        number = found[0]["id"]
        self._json(200, {**found[0], "remote_id": f"R-{number}", "version": str(number)})

    def _control(self, path, body):
        values = json.loads(body or b"{}")
        if path == "/control/plan":
            self.behaviour.tell(values.pop("path"), values)
        elif path == "/control/disk":
            self.store.fill_disk(values["is_full"])
        elif path == "/control/release":
            self.behaviour.release()
        self._json(200, {})

    # --- sent by the books ---

    def do_POST(self):
        path = urlsplit(self.path).path
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if path.startswith("/control/"):
            self._control(path, body)
        else:
            self._take(path, body)

    do_PUT = do_PATCH = do_DELETE = do_POST

    def _take(self, path, body):
        key = self.headers.get("webhook-id") or self.headers.get("Idempotency-Key") or ""
        told = self.behaviour.of(path)
        number, before = self.store.note(path, key, body, self.headers.get("X-Correlation-ID"))
        is_genuine = self._is_genuine(told, body)
        actions = told.get("actions") or ["ok"]
        action = actions[min(before, len(actions) - 1)]
        if is_genuine is False:
            self.store.finish(number, "refused", 401, False)
            self._json(401, {"error": "the signature or its time is not accepted"})
            return
        self._act(number, path, key, body, told, action, is_genuine)

    def _is_genuine(self, told, body):
        """What the official library says; None without a secret."""
        if not told.get("secret"):
            return None
        try:
            Webhook(told["secret"]).verify(body, dict(self.headers), json_parse=False)
        except WebhookVerificationError:
            return False
        return True

    def _act(self, number, path, key, body, told, action, is_genuine):
        if action == "hold":
            self.behaviour.hold()
        effect = None
        if ACTIONS.get(action, False) or action == "hold":
            try:
                effect = self.store.take(path, key, body, told.get("is_naive", False))
            except sqlite3.OperationalError as error:
                self.store.finish(number, "disk_full", 507, is_genuine)
                self._json(507, {"error": str(error)})
                return
        self.store.finish(number, action, None, is_genuine)
        reply = {"remote_id": f"R-{effect}", "key": key, "version": str(effect)}
        status, _colon, wait = action.partition(":")
        if status.isdigit():
            self._json(int(status), {"error": "as planned"}, {"Retry-After": wait} if wait else {})
        else:
            getattr(self, f"_do_{action}")(reply)

    def _json(self, status, values, headers=()):
        self._reply(status, json.dumps(values).encode(), "application/json", headers)

    def _reply(self, status, body, kind, headers=()):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in dict(headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    # --- ways to misbehave ---

    def _do_ok(self, reply):
        self._json(200, reply)

    _do_hold = _do_ok

    def _do_slow(self, reply):
        body = json.dumps(reply).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        for index in range(4):
            time.sleep(0.5)
            self.wfile.write(body[index * len(body) // 4 : (index + 1) * len(body) // 4])

    def _do_drip(self, _reply):
        self.send_response(200)
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        try:
            while True:
                time.sleep(DRIP_SECONDS)
                self.wfile.write(b" ")
        except OSError:
            self.close_connection = True

    def _do_timeout(self, _reply):
        # Until the other side goes away.
        self.connection.settimeout(FOREVER)
        with contextlib.suppress(OSError):
            self.connection.recv(1)
        self.close_connection = True

    _do_hang = _do_timeout

    def _do_reset_after(self, _reply):
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    _do_reset = _do_reset_after

    def _do_truncated(self, reply):
        body = json.dumps(reply).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2])
        self.close_connection = True

    def _do_truncated_json(self, reply):
        body = json.dumps(reply).encode()
        self._reply(200, body[: len(body) // 2], "application/json")

    def _do_html_ok(self, _reply):
        self._reply(200, HTML, "text/html")

    def _do_html(self, _reply):
        self._reply(502, HTML, "text/html")

    def _do_duplicate(self, reply):
        self._json(200, reply)
        self._json(200, {**reply, "remote_id": "R-of-another"})

    def _do_hold_after(self, reply):
        self.behaviour.hold()
        self._json(200, reply)

    def _do_moved(self, _reply):
        self._reply(301, b"", "text/plain", {"Location": "/elsewhere"})

    def handle_one_request(self):
        try:
            super().handle_one_request()
        except OSError:
            # The sender died in the middle: what it is here for.
            self.close_connection = True

    def finish(self):
        try:
            super().finish()
        except OSError:
            self.close_connection = True


class Web(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def shift_clock(seconds):
    """The library then thinks it is that much later."""

    class Shifted(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(seconds=seconds)

    standardwebhooks.webhooks.datetime = Shifted
    # What it says of its own time, in the header Date.
    Handler.date_time_string = lambda _self: formatdate(time.time() + seconds, usegmt=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--clock", type=float, default=0, help="seconds that it is ahead")
    parser.add_argument("--forget", action="store_true", help="keep nothing on disk: a benchmark's other side")
    options = parser.parse_args()
    if options.clock:
        shift_clock(options.clock)
    Handler.store = Store(options.folder, not options.forget)
    Handler.behaviour = Behaviour(options.folder / "plan.json")
    Web(("127.0.0.1", options.port), Handler).serve_forever()


# --- what tests hold in their hands -----------------------------------------------------------------------------------


class Receiver:
    """The process, started on entry; `kill` and `start` as often as wanted."""

    def __init__(self, clock=0, is_kept=True):
        self.clock = clock
        self.is_kept = is_kept
        self.process = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="aib-receiver-")
        self.start()
        return self

    def __exit__(self, *_error):
        self.kill()
        self._folder.cleanup()

    def start(self):
        # Imported here: the process itself needs nothing of the harness.
        from harness import _end_with_parent, wait_for

        command = [sys.executable, __file__, "--port", str(self.port), "--folder", self._folder.name]
        command += ["--clock", str(self.clock)] if self.clock else []
        command += [] if self.is_kept else ["--forget"]
        self.process = subprocess.Popen(command, start_new_session=True, preexec_fn=_end_with_parent)
        wait_for(self._answers, seconds=20, pause=0.02)

    def _answers(self):
        try:
            return self._ask("GET", "/")
        except OSError:
            assert self.process.poll() is None, "the receiver ended"
            return None

    def kill(self):
        if self.process and self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def _ask(self, method, path, values=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, None if values is None else json.dumps(values))
            return json.loads(connection.getresponse().read())
        finally:
            connection.close()

    def plan(self, path, *actions, secret=None, is_naive=None):
        """How each key is treated on its first, second ... attempt; the last one stays."""
        for action in actions:
            assert action in ACTIONS or action.partition(":")[0].isdigit(), action
        values = {"path": path}
        values |= {"actions": actions} if actions else {}
        values |= {"secret": secret} if secret is not None else {}
        values |= {"is_naive": is_naive} if is_naive is not None else {}
        self._ask("POST", "/control/plan", values)

    def fill_disk(self, is_full=True):
        self._ask("POST", "/control/disk", {"is_full": is_full})

    def release(self):
        self._ask("POST", "/control/release", {})

    @property
    def held(self):
        return self._ask("GET", "/control/held")

    def effects(self, path=None):
        return [effect for effect in self._ask("GET", "/effects") if path in (None, effect["path"])]

    def requests(self, path=None):
        return [each for each in self._ask("GET", "/control/requests") if path in (None, each["path"])]


if __name__ == "__main__":
    main()
