"""Claiming costs the same, however many jobs wait or are finished."""

import json

import pytest

from harness import database, query, shell

FINISHED = 1_000_000
PENDING = 100_000
#: A claim of 32 jobs reads so many blocks at most: of each address its first jobs, not the row behind them.
MOST_BLOCKS = 6000

HISTORY = """
INSERT INTO sync_job_history (id, kind, state, endpoint, res_model, res_id, attempts, created_at, finished_at,
                              duration_ms)
SELECT -number, 'deliver', 'done', 'webhook:' || number %% 20, 'account.move', number, 1,
       now() - number * interval '1 second', now() - number * interval '1 second', 30
  FROM generate_series(1, %s) number
"""
# 20 addresses with 5,000 jobs each in five priorities; every third job is due tomorrow, records have three jobs each.
WAITING = """
INSERT INTO sync_job (kind, lane, state, priority, endpoint, order_key, idempotency_key, fence, attempts, rung, losses,
                      created_at, next_at)
SELECT 'trial', 'http', 'pending', number %% 5, 'webhook:' || number %% 20,
       CASE WHEN number %% 2 = 0 THEN 'record:' || (number / 6) END, 'key-' || number, 0, 0, 0, 0, now(),
       now() AT TIME ZONE 'UTC' + CASE WHEN number %% 3 = 0 THEN 1 ELSE -1 END * interval '1 day'
  FROM generate_series(1, %s) number
"""
FINISHED_HERE = """
INSERT INTO sync_job (kind, lane, state, priority, endpoint, idempotency_key, fence, attempts, created_at, next_at,
                      finished_at)
SELECT 'trial', 'http', 'done', 5, 'webhook:1', 'old-' || number, 1, 1, now(), now() AT TIME ZONE 'UTC',
       now() AT TIME ZONE 'UTC'
  FROM generate_series(1, %s) number
"""
CLAIMS = """
import statistics, time
from odoo.addons.ai_bookkeeper.models.sync.queue import sync_job_claim as claims
from odoo.tools import SQL

jobs = env["sync.job"]
times, taken = [], []
for number in range(25):
    started = time.perf_counter()
    found, _wait, _more = jobs._claim("http", f"worker {number}", 32, 600, {}, 8)
    times.append((time.perf_counter() - started) * 1000)
    taken += [claim.id for claim in found]
heads = SQL(claims.HEADS, lane="http", now=claims.NOW)
values = SQL(", ").join(SQL("(%s::varchar, %s, %s)", f"webhook:{n}", p, 8) for n in range(20) for p in range(5))
due = SQL(claims.DUE, heads=values, lane="http", now=claims.NOW, seen=[], allowed=SQL("TRUE"), most=32)
plans = {}
for name, statement in (("heads", heads), ("due", due)):
    env.cr.execute(SQL("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) %s", statement))
    plans[name] = env.cr.fetchone()[0][0]
env.cr.rollback()
result = {"median": statistics.median(times), "taken": taken, "plans": plans}
"""


def nodes(plan):
    yield plan
    for child in plan.get("Plans", ()):
        yield from nodes(child)


@pytest.fixture(scope="module")
def measured():
    with database() as name:
        # Nobody cleans up behind the test: the worst that a claim may meet.
        query(name, "ALTER TABLE sync_job SET (autovacuum_enabled = false)")
        query(name, "ALTER TABLE sync_job_history SET (autovacuum_enabled = false)")
        query(name, WAITING, (1000,))
        query(name, "ANALYZE sync_job")
        small = shell(name, CLAIMS)
        query(name, "DELETE FROM sync_job")
        query(name, HISTORY, (FINISHED,))
        query(name, FINISHED_HERE, (PENDING,))
        query(name, WAITING, (PENDING,))
        query(name, "ANALYZE sync_job")
        query(name, "ANALYZE sync_job_history")
        yield small, shell(name, CLAIMS)


def test_no_claim_reads_the_queue(measured):
    _small, large = measured
    for name, plan in large["plans"].items():
        scans = [node for node in nodes(plan["Plan"]) if node.get("Relation Name") == "sync_job"]
        assert scans, name
        kinds = {(node["Node Type"], node.get("Index Name")) for node in scans}
        assert all("Seq" not in kind and "Bitmap" not in kind for kind, _index in kinds), json.dumps(sorted(kinds))
        blocks = plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"]
        assert blocks < MOST_BLOCKS, (name, blocks)


def test_the_cost_is_flat(measured):
    small, large = measured
    print(
        f"claiming 32 jobs: {small['median']:.1f} ms among 1,000; {large['median']:.1f} ms among 200,000 and 1,000,000"
    )
    assert large["median"] < small["median"] * 4 + 15


def test_nobody_gets_a_job_twice(measured):
    for found in measured:
        assert len(found["taken"]) == len(set(found["taken"])) > 0
