import pytest

from engine.sync import content


def test_the_order_of_keys_is_no_content():
    assert content.digest({"a": 1, "b": [1, 2]}) == content.digest({"b": [1, 2], "a": 1})
    assert content.digest({"a": 1}) != content.digest({"a": 2})
    assert content.digest([1, 2]) != content.digest([2, 1])


def test_numbers_are_what_the_database_gives_back():
    assert content.digest({"amount": 0.1}) == content.digest({"amount": "0.1"})


@pytest.mark.parametrize("value", [None, "", [], {}, "é", "\x00", 0, False])
def test_anything_that_json_holds_has_a_digest(value):
    assert len(content.digest(value)) == 64


def test_back_to_an_old_content_is_a_new_version():
    """A, B, A, B: what the other side remembers under a key must never swallow a later change."""
    keys = [
        content.idempotency_key("db:1", "res.partner,7", "out", content.version(content.digest(name), acknowledged))
        for acknowledged, name in ((None, "A"), ("1", "B"), ("2", "A"), ("3", "B"))
    ]
    assert len(set(keys)) == 4


def test_the_same_attempt_has_the_same_key():
    version = content.version(content.digest({"name": "A"}), "2026-11-21 08:00:00")
    first = content.idempotency_key("db:1", "res.partner,7", "out", version)
    assert first == content.idempotency_key("db:1", "res.partner,7", "out", version)
    assert len(first) == 64


@pytest.mark.parametrize(
    "other",
    [("db:2", "res.partner,7", "out"), ("db:1", "res.partner,8", "out"), ("db:1", "res.partner,7", "in")],
)
def test_anything_else_is_another_key(other):
    assert content.idempotency_key(*other, "v") != content.idempotency_key("db:1", "res.partner,7", "out", "v")


def test_parts_do_not_run_into_each_other():
    assert content.idempotency_key("a", "bc", "out", "v") != content.idempotency_key("ab", "c", "out", "v")
