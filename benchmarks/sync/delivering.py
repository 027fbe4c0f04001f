"""Deliveries per second, and the time from a commit to its delivery."""

from __future__ import annotations

import json
import time

from .ground import harness, served, sync_bench

_PARTNERS = """
partners = env["res.partner"].create([{{"name": f"Bench {{number}}"}} for number in range({count})])
result = partners.ids
"""
# Each event in a transaction of its own; the moment is that of the commit's return.
_EMIT = """
import time
Events = env["sync.event"]
partners = [partner for _round in range({rounds}) for partner in env["res.partner"].browse({ids!r})]
result = []
started = time.monotonic()
for number, partner in enumerate(partners):
    [event_id] = Events._emit("partner.changed", partner)
    env.cr.commit()
    result.append([event_id, time.time()])
    wait = started + (number + 1) * {pause} - time.monotonic()
    if wait > 0:
        time.sleep(wait)
"""
_EMIT_ALL = """
import time
for first in range(0, {count}, 1000):
    env["sync.event"]._emit("partner.changed", env["res.partner"].browse({ids!r}[first : first + 1000]))
env.cr.commit()
result = time.time()
"""
_EVENT_OF_JOB = """
SELECT idempotency_key, event_id FROM sync_job WHERE kind = 'deliver'
 UNION ALL SELECT idempotency_key, event_id FROM sync_job_history WHERE kind = 'deliver'
"""
_PATIENCE = 300


def _percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _spread(values: list[float]) -> dict:
    return {
        "n": len(values),
        "p50_ms": 1000 * _percentile(values, 0.50),
        "p95_ms": 1000 * _percentile(values, 0.95),
        "p99_ms": 1000 * _percentile(values, 0.99),
        "max_ms": 1000 * max(values),
    }


def _delivered(receiver, count: int) -> list[dict]:
    """The effects, once there are so many."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        effects = receiver.effects()
        if len(effects) >= count:
            return effects
        time.sleep(0.5)
    raise SystemExit(f"error: {len(effects)} of {count} deliveries after {_PATIENCE} s")


def _partners(name: str, count: int) -> list[int]:
    return harness.shell(name, _PARTNERS.format(count=count))


def rate(template: str, count: int, addresses: int) -> dict:
    """``count`` events committed at once; how long until the last one is delivered."""
    with sync_bench(template, addresses) as (cluster, receiver):
        ids = _partners(cluster.name, count // addresses)
        with served(cluster.name):
            time.sleep(3)
            committed = harness.shell(cluster.name, _EMIT_ALL.format(ids=ids, count=len(ids)))
            effects = _delivered(receiver, len(ids) * addresses)
        moments = sorted(effect["at"] for effect in effects)
    seconds = moments[-1] - committed
    sending = moments[-1] - moments[0]
    return {
        "deliveries": len(moments),
        "addresses": addresses,
        "first_after_ms": 1000 * (moments[0] - committed),
        "seconds": seconds,
        "per_second": len(moments) / seconds,
        "per_second_sending": len(moments) / sending if sending else 0.0,
    }


def latency(template: str, count: int, pause: float, addresses: int = 1) -> dict:
    """One event each ``pause`` seconds: from the return of its commit to its arrival."""
    with sync_bench(template, addresses) as (cluster, receiver):
        ids = _partners(cluster.name, min(count, 500))
        rounds = -(-count // len(ids))
        with served(cluster.name):
            time.sleep(3)
            # A first one warms the workers up: they load the registry at their first scheduled action.
            harness.shell(cluster.name, _EMIT.format(ids=ids[:1], rounds=1, pause=0))
            _delivered(receiver, addresses)
            code = _EMIT.format(ids=ids, rounds=rounds, pause=pause)
            committed = dict(harness.shell(cluster.name, code))
            effects = _delivered(receiver, (len(committed) + 1) * addresses)
            events = dict(harness.query(cluster.name, _EVENT_OF_JOB))
    found = [
        effect["at"] - committed[events[effect["key"]]] for effect in effects if events[effect["key"]] in committed
    ]
    return {**_spread(found), "per_second": 1 / pause, "addresses": addresses}


def told(found: dict) -> str:
    return json.dumps(found)
