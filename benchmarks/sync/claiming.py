"""What it costs to claim jobs, with and without a million finished ones in the database."""

from __future__ import annotations

from .ground import Cluster, harness

# The same columns as the queue writes them; finished over the last ninety days.
_HISTORY = """
columns = [row[0] for row in env.execute_query(SQL(
    "SELECT column_name FROM information_schema.columns WHERE table_name = 'sync_job_history'"))]
known = {{
    "kind": "'deliver'", "state": "'done'", "lane": "'http'", "endpoint": "'webhook:' || n % 20", "priority": "5",
    "res_model": "'res.partner'", "res_id": "n % 5000 + 1", "company_id": "1", "attempts": "1", "fence": "1",
    "idempotency_key": "'bench-' || n", "correlation_id": "'c-' || n", "event_id": "n", "rung": "0", "losses": "0",
    "duration_ms": "n % 300", "created_at": "now() - n * interval '7 seconds'",
    "started_at": "now() - n * interval '7 seconds'", "finished_at": "now() - n * interval '7 seconds'",
    "next_at": "now() - n * interval '7 seconds'",
}}
names = [name for name in columns if name in known]
for table in {tables!r}:
    env.cr.execute(f'''INSERT INTO {{table}} (id, {{", ".join(names)}})
        SELECT nextval('sync_job_id_seq'), {{", ".join(known[name] for name in names)}}
          FROM generate_series(1, {count}) n''')
env.cr.commit()
env.cr._cnx.autocommit = True
for table in ("sync_job", "sync_job_history"):
    env.cr.execute(f"VACUUM ANALYZE {{table}}")
"""
_CLAIM = """
import time
from statistics import median
jobs = env["sync.job"]
jobs._enqueue([
    {{"kind": "deliver", "endpoint": f"webhook:{{n % 20}}", "order_key": f"r{{n}}", "company_id": 1,
      "res_model": "res.partner", "res_id": n + 1}}
    for n in range({waiting})
])
env.cr.commit()
env.cr.execute("ANALYZE sync_job")
env.cr.commit()
times = []
for turn in range({turns}):
    started = time.perf_counter()
    claims, _wait, _more = jobs._claim("http", "bench", 32, 600)
    times.append(1000 * (time.perf_counter() - started))
    assert len(claims) == 32, len(claims)
idle = []
jobs._short_cursor
env.cr.execute("DELETE FROM sync_job WHERE state IN ('pending', 'running')")
env.cr.commit()
for turn in range({turns}):
    started = time.perf_counter()
    jobs._claim("http", "bench", 32, 600)
    idle.append(1000 * (time.perf_counter() - started))
result = {{"claim_ms": median(times), "worst_ms": max(times), "nothing_ms": median(idle)}}
"""


def claiming(template: str, finished: int, waiting: int = 2000, turns: int = 40) -> dict:
    """Milliseconds for a claim of 32 among ``waiting`` jobs: without history, with ``finished`` jobs in the history,
    and with as many that were not yet moved out of the queue's own table."""
    found = {"finished": finished, "waiting": waiting, "turns": turns}
    code = _CLAIM.format(waiting=waiting, turns=turns)
    with Cluster(template, fsync=True) as cluster:
        found["empty"] = harness.shell(cluster.name, code)
        for name, table in (("history", "sync_job_history"), ("hot", "sync_job")):
            harness.shell(
                cluster.name, "from odoo.tools import SQL\n" + _HISTORY.format(tables=[table], count=finished)
            )
            found[name] = harness.shell(cluster.name, code)
    return found
