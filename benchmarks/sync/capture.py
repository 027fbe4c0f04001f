"""What capturing events costs those who post: with and without it, in turns, in one process.

Without: the triggers are switched off and the addon's own steps around writing are left out. With: one webhook that
wants every event. What follows in the background (numbers, jobs) is told apart.
"""

from __future__ import annotations

import os
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from unittest.mock import patch

from ground import databases, shell, templates

_ROOT = Path(__file__).resolve().parents[2]
_CODE = """
import sys
sys.path[:0] = [{root!r}, {lib!r}]
from benchmarks.sync import capture
result = capture.posting(env, {rounds}, {size})
"""
_TABLES = ("account_move", "account_payment", "account_bank_statement_line", "res_partner", "res_partner_bank")
_TRIGGERS = ("ai_bookkeeper_sync_created", "ai_bookkeeper_sync_changed")
_TICKS = os.sysconf("SC_CLK_TCK")


def measure(rounds: int = 5, size: int = 200) -> dict:
    with databases.copied(templates.addon(), "bench") as name:
        return shell.run(name, _CODE.format(root=str(_ROOT), lib=str(_ROOT / "bin" / "lib"), rounds=rounds, size=size))


def text(found: dict) -> str:
    bare, captured = found["bare"], found["captured"]
    return (
        f"posting {found['size']} invoices at once, {found['rounds']} rounds each in turns (medians, an invoice):"
        f" CPU {captured['cpu_ms']:.2f} ms with one subscriber, {bare['cpu_ms']:.2f} ms without events:"
        f" {found['cpu_percent']:+.1f} % (each pair: {', '.join(f'{each:+.1f}' for each in found['pairs_percent'])});"
        f" within the triggers, timed by PostgreSQL: {found['trigger_percent']:.2f} %;"
        f" {found['queries_per_100']:+.1f} queries per 100 invoices, {found['wake_queries']} after the commit\n"
        f"in the background: {found['background_ms']:.2f} ms an event for its number and its job"
    )


# --- inside `odoo shell` ------------------------------------------------------------------------------------------


def _company(env):
    """A company with a chart; the template's own has one."""
    company = env["res.company"].search([("chart_template", "!=", False)], limit=1)
    if not company:
        company = env.company
        env["account.chart.template"].try_loading("generic_coa", company=company, install_demo=False)
    return env(context={**env.context, "allowed_company_ids": company.ids, "tracking_disable": False})


def _drafts(env, count):
    partner = env["res.partner"].create({"name": "Bench Traders"})
    account = env["account.account"].search([("account_type", "=", "income")], limit=1)
    line = {"name": "Services", "price_unit": 100.0, "quantity": 1, "account_id": account.id, "tax_ids": [(6, 0, [])]}
    values = {"move_type": "out_invoice", "partner_id": partner.id, "invoice_date": "2026-03-01"}
    moves = env["account.move"].create([{**values, "invoice_line_ids": [(0, 0, dict(line))]} for _turn in range(count)])
    env.cr.commit()
    return moves


def _switch(env, what):
    for table in _TABLES:
        for trigger in _TRIGGERS:
            env.cr.execute(f"ALTER TABLE {table} {what} TRIGGER {trigger}")
    env.cr.commit()


def _bare(env):
    """Without the steps around writing; the triggers are off already."""
    stack = ExitStack()
    stack.enter_context(patch.object(type(env["sync.runner"]), "_wake", lambda *_args: None))
    stack.enter_context(patch.object(type(env["sync.event"]), "_wake_after_commit", lambda *_args: None))
    for model in ("account.move", "account.payment"):
        [owner] = [
            base for base in type(env[model]).mro() if base.__module__.endswith("_events") and "write" in vars(base)
        ]
        stack.enter_context(patch.object(owner, "write", lambda self, vals, base=owner: super(base, self).write(vals)))
    return stack


def _backend_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _post(env, moves):
    """CPU seconds of this process and of its PostgreSQL backend, and queries, from posting to commit."""
    env.invalidate_all()
    env.cr.execute("SELECT pg_backend_pid()")
    [pid] = env.cr.fetchone()
    queries, mine, theirs = env.cr.sql_log_count, time.process_time(), _backend_seconds(pid)
    moves.action_post()
    env.flush_all()
    queries = env.cr.sql_log_count - queries
    env.cr.commit()
    return time.process_time() - mine, _backend_seconds(pid) - theirs, queries


def posting(env, rounds: int, size: int) -> dict:
    """Milliseconds of CPU an invoice, in turns with and without."""
    env = _company(env)
    env["sync.webhook"].create({"name": "Bench", "url": "https://example.com/hook", "company_id": env.company.id})
    env.cr.commit()
    runs: dict[str, list] = {"bare": [], "captured": []}
    counts = []
    for turn in range(2 * (rounds + 1)):
        # A-B, B-A: what grows with the table hits both alike.
        name = ("captured", "bare")[(turn + turn // 2) % 2]
        moves = _drafts(env, size)
        before = _events(env)
        if name == "bare":
            _switch(env, "DISABLE")
            with _bare(env):
                found = _post(env, moves)
            _switch(env, "ENABLE")
        else:
            found = _post(env, moves)
            counts.append(_events(env) - before)
        if turn > 1:  # the first of each warms up
            runs[name].append(found)
    assert set(counts) == {size}, counts
    middle = {name: _middle(found, size) for name, found in runs.items()}
    pairs = [
        100 * ((one[0] + one[1]) / (two[0] + two[1]) - 1)
        for one, two in zip(runs["captured"], runs["bare"], strict=True)
    ]
    queries = median(run[2] for run in runs["captured"]) - median(run[2] for run in runs["bare"])
    return {
        "rounds": rounds,
        "size": size,
        **middle,
        "cpu_percent": 100 * (middle["captured"]["cpu_ms"] / middle["bare"]["cpu_ms"] - 1),
        "pairs_percent": [round(each, 1) for each in pairs],
        "queries_per_100": 100 * queries / size,
        "wake_queries": _wake_queries(env),
        "trigger_percent": _trigger_percent(env, size, middle["bare"]["cpu_ms"]),
        **_background(env),
    }


def _middle(found, size):
    return {
        "cpu_ms": 1000 * median(mine + theirs for mine, theirs, _queries in found) / size,
        "python_ms": 1000 * median(mine for mine, _theirs, _queries in found) / size,
        "postgres_ms": 1000 * median(theirs for _mine, theirs, _queries in found) / size,
        "queries": median(queries for _mine, _theirs, queries in found),
    }


def _events(env):
    env.cr.execute("SELECT count(*) FROM sync_event WHERE name = 'move.posted'")
    return env.cr.fetchone()[0]


def _trigger_percent(env, size, bare_ms):
    """The triggers' own time by EXPLAIN ANALYZE: steadier than the difference of two times on a busy machine."""
    moves = _drafts(env, size)
    env.cr.execute(
        "EXPLAIN (ANALYZE, FORMAT JSON) UPDATE account_move SET state = 'posted' WHERE id = ANY(%s)", (moves.ids,)
    )
    [[plan]] = env.cr.fetchone()
    env.cr.rollback()
    spent = sum(each["Time"] for each in plan["Triggers"] if each["Trigger Name"] in _TRIGGERS)
    return 100 * spent / size / bare_ms


def _wake_queries(env):
    """Statements on the short cursor that wakes the runner, once a transaction."""
    seen = []
    cursor_class = type(env.cr)
    execute = cursor_class.execute
    with patch.object(cursor_class, "execute", lambda cr, *args, **more: seen.append(cr) or execute(cr, *args, **more)):
        env["sync.runner"]._wake("http")
        env.cr.commit()
    return len([cr for cr in seen if cr is not env.cr])


def _background(env):
    env.cr.execute("SELECT count(*) FROM sync_event WHERE seq IS NULL")
    [count] = env.cr.fetchone()
    env.cr.commit()
    started = time.perf_counter()
    done = env["sync.event"]._tick(600)
    seconds = time.perf_counter() - started
    assert done == count, (done, count)
    return {"background_events": count, "background_ms": 1000 * seconds / count}
