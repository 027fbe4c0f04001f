"""The other side of the crash tests does what it is told to, and forgets nothing: proved before it judges anybody."""

import base64
import http.client
import json
import socket
import time
from datetime import datetime, timezone

import pytest
from receiver import ACTIONS, Receiver
from standardwebhooks import Webhook

SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef0123456789abcdef").decode()


@pytest.fixture(scope="module")
def receiver():
    with Receiver() as running:
        yield running


def send(receiver, path, key, body=b"{}", timeout=2.0, headers=None):
    """``(status, body)`` as one attempt of a plain client sees it; what it raises is the caller's."""
    connection = http.client.HTTPConnection("127.0.0.1", receiver.port, timeout=timeout)
    try:
        connection.request("POST", path, body, {"Idempotency-Key": key, **(headers or {})})
        reply = connection.getresponse()
        return reply.status, _read(reply, timeout), dict(reply.headers)
    finally:
        connection.close()


def _read(reply, seconds):
    """The whole body in so many seconds: a time-out of each single read would wait for ever on one that drips."""
    deadline, parts = time.monotonic() + seconds, []
    while part := reply.read(1):
        if time.monotonic() > deadline:
            raise TimeoutError
        parts.append(part)
    if reply.length:
        raise http.client.IncompleteRead(b"".join(parts), reply.length)
    return b"".join(parts)


def signed(body, key="msg_1", shift=0):
    moment = datetime.fromtimestamp(int(time.time()) + shift, timezone.utc)
    signature = Webhook(SECRET).sign(key, moment, body.decode())
    return {"webhook-id": key, "webhook-timestamp": str(int(moment.timestamp())), "webhook-signature": signature}


def test_an_effect_is_kept_once_by_its_key(receiver):
    for key in ("a", "b", "a"):
        assert send(receiver, "/once", key)[0] == 200
    assert [(each["key"], each["rows"], each["attempts"], each["bodies"]) for each in receiver.effects("/once")] == [
        ("a", 1, 2, 1),
        ("b", 1, 1, 1),
    ]


def test_a_naive_path_does_it_again(receiver):
    receiver.plan("/naive", is_naive=True)
    send(receiver, "/naive", "n", b"1")
    send(receiver, "/naive", "n", b"2")
    [effect] = receiver.effects("/naive")
    assert (effect["rows"], effect["bodies"]) == (2, 2), "it has no defence of its own, and tells of other bodies"


def test_it_answers_what_it_took(receiver):
    send(receiver, "/probe", "known")
    connection = http.client.HTTPConnection("127.0.0.1", receiver.port, timeout=5)
    for key, status in (("known", 200), ("unknown", 404)):
        connection.request("GET", f"/effects/{key}")
        reply = connection.getresponse()
        assert (reply.status, json.loads(reply.read())["key"]) == (status, key)


def test_each_attempt_follows_the_plan_of_its_key(receiver):
    receiver.plan("/plan", "503", "429:7", "ok")
    found = [send(receiver, "/plan", key) for key in ("x", "x", "y", "x")]
    assert [status for status, _body, _headers in found] == [503, 429, 503, 200]
    assert found[1][2]["Retry-After"] == "7"
    assert [effect["key"] for effect in receiver.effects("/plan")] == ["x"], "a refusal leaves no effect"


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_misbehaviour_keeps_the_effect_or_not(receiver, action):
    path = f"/way/{action}"
    receiver.plan(path, action, "ok")
    try:
        status, body, _headers = send(receiver, path, "k", timeout=1.0 if action != "slow" else 5.0)
    except (OSError, http.client.HTTPException):
        status, body = None, b""
    kept = len(receiver.effects(path))
    if action.startswith("hold"):
        assert receiver.held == 1
        receiver.release()
    else:
        assert kept == ACTIONS[action]
    expected = {"ok": 200, "slow": 200, "duplicate": 200, "html_ok": 200, "truncated_json": 200}
    assert status == {**expected, "html": 502, "moved": 301}.get(action)
    if action == "truncated_json":
        with pytest.raises(ValueError):
            json.loads(body)
    send(receiver, path, "k")
    assert [each["rows"] for each in receiver.effects(path)] == [1]


def test_a_held_request_has_its_effect_only_after(receiver):
    receiver.plan("/held", "hold")
    with socket.create_connection(("127.0.0.1", receiver.port)) as connection:
        connection.sendall(b"POST /held HTTP/1.1\r\nHost: x\r\nIdempotency-Key: h\r\nContent-Length: 0\r\n\r\n")
        while not receiver.held:
            time.sleep(0.02)
        assert receiver.effects("/held") == []
        receiver.release()
        assert connection.recv(12) == b"HTTP/1.1 200"
    assert len(receiver.effects("/held")) == 1


def test_two_replies_come_to_one_request(receiver):
    receiver.plan("/double", "duplicate")
    with socket.create_connection(("127.0.0.1", receiver.port)) as connection:
        connection.sendall(b"POST /double HTTP/1.1\r\nHost: x\r\nIdempotency-Key: d\r\nContent-Length: 0\r\n\r\n")
        connection.settimeout(0.5)
        received = b""
        try:
            while part := connection.recv(4096):
                received += part
        except TimeoutError:
            pass
    assert received.count(b"HTTP/1.1 200") == 2


def test_a_full_disk_refuses_and_an_empty_one_takes():
    with Receiver() as receiver:
        assert send(receiver, "/disk", "before")[0] == 200
        receiver.fill_disk()
        status, body, _headers = send(receiver, "/disk", "full")
        assert (status, json.loads(body)["error"]) == (507, "database or disk is full")
        receiver.fill_disk(False)
        assert send(receiver, "/disk", "full")[0] == 200
        assert [effect["key"] for effect in receiver.effects("/disk")] == ["before", "full"]


def test_a_kill_forgets_nothing():
    with Receiver() as receiver:
        receiver.plan("/kill", "ok", secret=SECRET)
        keys = [f"key{number}" for number in range(20)]
        for key in keys:
            assert send(receiver, "/kill", key, headers=signed(b"{}", key))[0] == 200
        receiver.kill()
        receiver.start()
        assert [effect["key"] for effect in receiver.effects("/kill")] == keys
        assert send(receiver, "/kill", "unsigned")[0] == 401, "nor what it was told"


def test_signatures_are_verified_by_the_official_library(receiver):
    receiver.plan("/signed", secret=SECRET)
    body = b'{"type": "x"}'
    assert send(receiver, "/signed", "", body, headers=signed(body))[0] == 200
    assert send(receiver, "/signed", "", body + b" ", headers=signed(body))[0] == 401
    assert send(receiver, "/signed", "", body, headers=signed(body, shift=-360))[0] == 401
    assert [each["is_genuine"] for each in receiver.requests("/signed")] == [1, 0, 0]
    assert [each["key"] for each in receiver.effects("/signed")] == ["msg_1"]


def test_a_clock_six_minutes_ahead_refuses_what_is_fresh():
    with Receiver(clock=360) as receiver:
        receiver.plan("/clock", secret=SECRET)
        assert send(receiver, "/clock", "", headers=signed(b"{}"))[0] == 401
        assert send(receiver, "/clock", "", headers=signed(b"{}", shift=360))[0] == 200
