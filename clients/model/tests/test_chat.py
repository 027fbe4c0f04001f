"""A question over a real connection to a server that answers like a model, well and badly."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from clients.errors import ClientError
from clients.model import Question, body_of, send

LOCAL = {"networks": ("127.0.0.0/8",), "timeout": 5.0}


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        self.server.seen.append((self.path, dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
        status, reply = self.server.reply
        self.send_response_only(status)
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *_args):
        """Tests are silent."""


@pytest.fixture
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.seen = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def reply_with(content, **more):
    return 200, json.dumps({"choices": [{"message": {"content": content}}], **more}).encode()


def ask(server, key="k3y", names=("number", "total")):
    url = f"http://127.0.0.1:{server.server_port}/v1/"
    question = Question(url, "small", ({"role": "user", "content": "hello"},), names)
    return send(question, body_of(question), key, **LOCAL)


def test_a_good_answer(server):
    usage = {"prompt_tokens": 10, "completion_tokens": 5}
    server.reply = reply_with('{"number": " A-1 ", "total": null}', usage=usage)
    answer = ask(server)
    assert (answer.values, answer.asked_tokens, answer.answered_tokens) == ({"number": "A-1"}, 10, 5)
    [(path, headers, body)] = server.seen
    told = json.loads(body)
    assert (path, headers["Authorization"]) == ("/v1/chat/completions", "Bearer k3y")
    schema = told["response_format"]["json_schema"]
    assert schema["strict"] and schema["schema"]["additionalProperties"] is False
    assert schema["schema"]["required"] == ["number", "total"]
    assert "tools" not in told and told["temperature"] == 0
    assert b"k3y" not in body


def test_a_server_without_key_and_without_counts(server):
    server.reply = reply_with("{}", usage={"prompt_tokens": "many"})
    answer = ask(server, key=None)
    assert (answer.values, answer.asked_tokens) == ({}, None)
    assert "Authorization" not in server.seen[0][1]


@pytest.mark.parametrize(
    "reply",
    (
        (200, b""),
        (200, b"[]"),
        (200, b"<html>"),
        (200, b"[" * 200_000),
        reply_with("no JSON"),
        reply_with('["number"]'),
        reply_with('{"number": "1", "vendor_iban": "DE89"}'),
        reply_with('{"number": 17}'),
        reply_with('{"number": {"$ne": null}}'),
        reply_with(json.dumps({"number": "x" * 10_000})),
        reply_with(None),
    ),
)
def test_a_bad_answer(server, reply):
    server.reply = reply
    with pytest.raises(ClientError) as raised:
        ask(server)
    assert (raised.value.reason, raised.value.permanent) == ("bad_answer", True)


def test_refusals_do_not_tell_the_key(server):
    server.reply = (401, b'{"error": "the key k3y is wrong"}')
    with pytest.raises(ClientError) as raised:
        ask(server)
    assert raised.value.status == 401
    assert "k3y" not in str(raised.value)


def test_addresses_of_the_own_network_are_closed_until_they_are_allowed(server):
    url = f"http://127.0.0.1:{server.server_port}/v1"
    question = Question(url, "small", (), ("number",))
    with pytest.raises(ClientError):
        send(question, body_of(question), None, timeout=5.0)
    assert server.seen == []
