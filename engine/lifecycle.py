"""Legal moves between states, as data: a set of (from, to) pairs per record kind."""

from __future__ import annotations

from .vocabulary import (
    ACCEPTED,
    ANSWERED,
    APPLIED,
    CLOSED,
    COLLECTED,
    EXPIRED,
    FAILED,
    PENDING,
    REJECTED,
    SENT,
    SUPERSEDED,
    UNDONE,
    WITHDRAWN,
)

SUGGESTION_MOVES = frozenset(
    {
        (PENDING, ACCEPTED),
        (PENDING, APPLIED),
        (PENDING, REJECTED),
        (PENDING, SUPERSEDED),
        (PENDING, FAILED),
        (ACCEPTED, APPLIED),
        (ACCEPTED, PENDING),
        (ACCEPTED, REJECTED),
        (ACCEPTED, SUPERSEDED),
        (ACCEPTED, FAILED),
        (FAILED, PENDING),
        (FAILED, REJECTED),
        (FAILED, SUPERSEDED),
        (REJECTED, PENDING),  # undo of a rejection
        (APPLIED, UNDONE),
        (APPLIED, SUPERSEDED),
    }
)

IMPORT_MOVES = frozenset(
    {
        ("draft", "queued"),
        ("draft", "running"),
        ("draft", "held"),
        ("held", "queued"),
        ("held", "running"),
        ("held", "undone"),
        ("queued", "running"),
        ("running", "queued"),
        ("running", "done"),
        ("running", "failed"),
        ("queued", "failed"),
        ("failed", "queued"),
        ("failed", "undone"),
        ("queued", "undone"),
        ("done", "undone"),
    }
)

CUT_OVER_MOVES = frozenset(
    {
        ("open", "done"),
        ("open", "dropped"),  # no file waits for it any more
        ("done", "undone"),
    }
)

QUESTION_MOVES = frozenset(
    {
        (COLLECTED, SENT),
        (COLLECTED, WITHDRAWN),
        (COLLECTED, CLOSED),
        (SENT, ANSWERED),
        (SENT, WITHDRAWN),
        (SENT, EXPIRED),
        (SENT, CLOSED),
        (ANSWERED, ANSWERED),  # the person changes the answer before the reviewer decides
    }
)


JOB_MOVES = frozenset(
    {
        ("pending", "running"),
        ("pending", "waiting"),
        ("pending", "cancelled"),
        ("pending", "failed"),  # what it depends on failed for good
        ("pending", "indeterminate"),  # the database was restored: it may have been sent since
        ("waiting", "pending"),
        ("waiting", "cancelled"),
        ("waiting", "failed"),  # what it waits for failed for good
        ("running", "done"),
        ("running", "pending"),  # a transient error, or another slice
        ("running", "waiting"),
        ("running", "failed"),
        ("running", "dead"),
        ("running", "indeterminate"),  # the worker vanished, or the answer never came
        ("indeterminate", "running"),  # probing
        ("indeterminate", "waiting"),  # another job of the record goes first
        ("waiting", "indeterminate"),
        ("indeterminate", "failed"),
        ("indeterminate", "cancelled"),
        ("failed", "pending"),
        ("failed", "cancelled"),
        ("dead", "pending"),
        ("dead", "cancelled"),
    }
)

CONNECTION_MOVES = frozenset(
    {
        ("draft", "connected"),
        ("connected", "connected"),  # with other credentials
        ("connected", "paused"),
        ("connected", "broken"),
        ("connected", "disconnected"),
        ("paused", "connected"),
        ("paused", "broken"),
        ("paused", "disconnected"),
        ("broken", "connected"),
        ("broken", "paused"),
        ("broken", "disconnected"),
        ("disconnected", "connected"),
    }
)


def allowed(moves: frozenset[tuple[str, str]], source: str, target: str) -> bool:
    """Whether a record may go from ``source`` to ``target``."""
    return (source, target) in moves
