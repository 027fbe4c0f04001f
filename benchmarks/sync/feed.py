"""The feed, the sequencer and the purge in a database with a million events."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

from ground import databases, shell, templates

_ROOT = Path(__file__).resolve().parents[2]
_CODE = """
import sys
sys.path[:0] = [{root!r}, {lib!r}]
from benchmarks.sync import feed
result = feed.reading(env, {events})
"""
# Readable ones and, for the most part, ones about records of a company that the reader has no part in.
_FILL = """
INSERT INTO sync_event (name, at, company_id, res_model, res_id, payload, correlation_id, event_uuid, seq)
SELECT 'partner.changed', now() AT TIME ZONE 'UTC' - number * interval '1 second',
       CASE WHEN number %% 10 = 0 THEN %(mine)s ELSE %(theirs)s END, 'res.partner',
       CASE WHEN number %% 10 = 0 THEN %(open)s ELSE %(closed)s END, '{"v": 1, "fields": ["email"]}',
       gen_random_uuid(), gen_random_uuid(), %(head)s + number
  FROM generate_series(1, %(count)s) number
"""
_EXPLAIN = "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) "


def measure(events: int = 1_000_000) -> dict:
    with databases.copied(templates.addon(), "bench") as name:
        return shell.run(name, _CODE.format(root=str(_ROOT), lib=str(_ROOT / "bin" / "lib"), events=events))


def text(found: dict) -> str:
    return (
        f"{found['events']:,} events, one in ten readable: a page of 1,000 in {found['page_ms']:.0f} ms at the"
        f" beginning, {found['last_page_ms']:.0f} ms near the end; nothing new {found['empty_ms']:.1f} ms;"
        f" 20,000 unreadable ones passed over in {found['window_ms']:.0f} ms\n"
        f"an idle tick {found['idle_tick_ms']:.1f} ms; numbering 1,000 {found['tick_ms']:.0f} ms;"
        f" purging 10,000 {found['purge_ms']:.0f} ms, nothing to purge {found['purge_idle_ms']:.1f} ms\n"
        + "\n".join(f"{name}:\n  " + "\n  ".join(lines) for name, lines in found["explain"].items())
    )


# --- inside `odoo shell` ------------------------------------------------------------------------------------------


def _ms(call, turns=5):
    times = []
    for _turn in range(turns):
        started = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - started))
    return median(times)


def _fill(env, count):
    other = env["res.company"].create({"name": "Elsewhere"})
    mine = env["res.partner"].create({"name": "open"})
    theirs = env["res.partner"].create({"name": "closed", "company_id": other.id})
    env.cr.commit()
    env["sync.event"]._tick()
    env.cr.rollback()
    generation = env["sync.generation"].search([], order="id desc", limit=1)
    values = {"mine": env.company.id, "theirs": other.id, "open": mine.id, "closed": theirs.id}
    env.cr.execute(_FILL, {**values, "head": generation.head, "count": count})
    first = generation.head
    generation.head += count
    env.cr.commit()
    env.cr.execute("ANALYZE sync_event")
    env.cr.commit()
    return f"{generation.token}:%s", first, generation.head


def _reader(env):
    group = env.ref("ai_bookkeeper.ai_bookkeeper_group_auditor")
    user = env["res.users"].create(
        {
            "name": "Poller",
            "login": "poller",
            "company_id": env.company.id,
            "company_ids": [(6, 0, env.company.ids)],
            "group_ids": [(6, 0, [env.ref("base.group_user").id, group.id])],
        }
    )
    env.cr.commit()
    return env["sync.event"].with_user(user)


def reading(env, count: int) -> dict:
    cursor, first, head = _fill(env, count)
    feed = _reader(env)

    def page(after, limit=1000):
        feed.env.invalidate_all()
        return feed.changes(cursor % after, limit)

    assert len(page(first)["events"]) == 1000
    found = {
        "events": count,
        "page_ms": _ms(lambda: page(first)),
        "last_page_ms": _ms(lambda: page(head - 12_000)),
        "empty_ms": _ms(lambda: page(head)),
    }
    env.cr.execute(
        "UPDATE sync_event SET res_id = (SELECT max(id) FROM res_partner WHERE name = 'closed')"
        " WHERE seq BETWEEN %s AND %s",
        (head - 40_000, head - 20_000),
    )
    env.cr.commit()
    assert page(head - 40_000)["events"] == []
    found["window_ms"] = _ms(lambda: page(head - 40_000))
    env.cr.rollback()
    found["idle_tick_ms"] = _ms(env["sync.event"]._tick)
    env["sync.event"]._emit("partner.changed", env["res.partner"].search([], limit=1))
    env.cr.execute(
        "SELECT ai_bookkeeper_emit('partner.changed', 1, 'res.partner', 1, '{}') FROM generate_series(1, 999)"
    )
    env.cr.commit()
    found["tick_ms"] = _ms(env["sync.event"]._tick, 1)
    found["explain"] = _explain(env, feed, first)
    found["purge_idle_ms"] = _ms(env["sync.event"]._purge)
    env.cr.execute("UPDATE sync_event SET at = '2001-01-01' WHERE seq <= %s", (first + 10_000,))
    env.cr.commit()
    found["purge_ms"] = _ms(env["sync.event"]._purge, 1)
    return found


def _explain(env, feed, first):
    """The plans, with the indexes that they use."""
    from odoo.addons.ai_bookkeeper.models.sync.events import sync_event_tick, sync_event_vacuum

    plans = {}
    query = feed._search(feed._between(first, first + 20_000), order="seq", limit=1000).select("id")
    for name, (code, values) in {
        "page": (query.code, query.params),
        "number": (sync_event_tick.NUMBER, {"limit": 1000, "head": 2_000_000_000}),
        "purge": (sync_event_vacuum.PURGE, (10_000, "2001-01-01")),
    }.items():
        env.cr.execute(_EXPLAIN + code, values)
        lines = [row[0] for row in env.cr.fetchall()]
        plans[name] = [line[:140] for line in lines if "actual rows" in line or "JIT" in line or "Timing" in line]
        env.cr.rollback()
    return plans
