"""Seconds, memory and queries of the addon on many lines. Runs inside ``odoo shell``."""

from __future__ import annotations

import re
import resource
import threading
import time
from collections import Counter
from contextlib import contextmanager
from statistics import median

from odoo import Command

_LINE = "account.bank.statement.line"
#: What ``propose`` takes at once.
_CHUNK = 1000
_TABLE = re.compile(r'(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|\bFROM)\s+"?([a-z_0-9]+)"?', re.IGNORECASE)


@contextmanager
def counting():
    """Counts queries by verb and first table, and their seconds."""
    counts, seconds = Counter(), Counter()

    def hook(_cursor, query, _params, _start, delay):
        text = query.decode() if isinstance(query, bytes) else str(query)
        verb = text.split(None, 1)[0].upper()
        table = _TABLE.search(text)
        name = f"{verb} {table.group(1) if table else '-'}"
        counts[name] += 1
        seconds[name] += delay

    thread = threading.current_thread()
    hooks = thread.query_hooks = getattr(thread, "query_hooks", [])
    hooks.append(hook)
    try:
        yield counts, seconds
    finally:
        hooks.remove(hook)


def reviewer(env):
    """The environment of a person who decides, not of the superuser."""
    user = env["res.users"].search([("login", "=", "bench_reviewer")])
    if not user:
        group = env.ref("ai_bookkeeper.ai_bookkeeper_group_reviewer")
        user = env["res.users"].create(
            {"name": "Reviewer", "login": "bench_reviewer", "group_ids": [Command.link(group.id)]}
        )
    env.cr.commit()  # the measurements roll back
    return env(user=user.id)


def _lines(env, count: int):
    return env[_LINE].search([("is_reconciled", "=", False)], order="id", limit=count).ids


def _propose(env, ids: list[int]) -> tuple[float, float]:
    """Seconds on the clock, and of them in this process (the rest is PostgreSQL and others)."""
    started, busy = time.perf_counter(), time.process_time()
    for first in range(0, len(ids), _CHUNK):
        env["ai.suggestion"].propose(_LINE, ids[first : first + _CHUNK])
        env.flush_all()
        env.invalidate_all()
    return time.perf_counter() - started, time.process_time() - busy


def propose(env, count: int) -> dict:
    """Propose for ``count`` lines in the scheduled action's portions and roll back."""
    ids = _lines(env, count)
    env.invalidate_all()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with counting() as (queries, waited):
        seconds, busy = _propose(env, ids)
    env.cr.execute("SELECT is_question, count(*) FROM ai_suggestion WHERE state = 'pending' GROUP BY 1")
    stored = dict(env.cr.fetchall())
    rows = {}
    for table in ("ai_suggestion", "ai_suggestion_item", "ai_audit_log"):
        env.cr.execute(f"SELECT count(*) FROM {table}")
        rows[table] = env.cr.fetchone()[0]
    env.cr.rollback()
    env.invalidate_all()
    return {
        "lines": len(ids),
        "seconds": seconds,
        "seconds_python": busy,
        "proposed": stored.get(False, 0),
        "asked": stored.get(True, 0),
        "rss_before_mb": before / 1024,
        "rss_peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "queries": dict(queries.most_common()),
        "query_seconds": {name: round(each, 2) for name, each in waited.most_common(12)},
        "stored": rows,
    }


def growth(env, sizes: list[int]) -> list[dict]:
    """The same for several sizes in one process."""
    user = reviewer(env)
    propose(user, 200)  # warm
    return [propose(user, size) for size in sizes]


# --- accepting ------------------------------------------------------------------------


def accepting(env, rounds: int = 7, size: int = 40) -> dict:
    """Accepting beside the plain recipe, in turns on equal lines; medians of rates per second."""
    user = reviewer(env)
    ids = _lines(env, rounds * size * 8)
    user["ai.suggestion"].propose(_LINE, ids)
    env.flush_all()
    ones = env["ai.suggestion"].search(
        [("state", "=", "pending"), ("is_question", "=", False), ("case", "=", "one")], order="id"
    )
    rates: dict[str, list[float]] = {"addon": [], "recipe": [], "recipe_grouped": []}
    methods = (("recipe", _recipe), ("addon", _accept), ("recipe_grouped", _grouped))
    taken = 0
    for _round in range(rounds):
        for name, method in methods:
            batch = ones[taken : taken + size].with_env(user)
            taken += size
            started = time.perf_counter()
            method(batch)
            env.flush_all()
            rates[name].append(len(batch) / (time.perf_counter() - started))
            env.invalidate_all()
    env.cr.rollback()
    return {name: {"median": median(values), "all": values} for name, values in rates.items()}


def _accept(batch) -> None:
    batch.action_accept()


def _pairs(batch):
    """(statement line, open item) of exact one-to-one suggestions."""
    lines, items = batch.env[_LINE].sudo(), batch.env["account.move.line"].sudo()
    for suggestion in batch.sudo():
        item = suggestion.proposal["counterparts"][0]["move_line_id"]
        yield lines.browse(suggestion.res_id), items.browse(item)


def _write(line, item):
    """Recipe 1.2 of reference/odoo19.md: the suspense line becomes the counterpart."""
    _liquidity, suspense, _other = line._seek_for_lines()
    line.move_id.with_context(force_delete=True, skip_readonly_check=True).write(
        {
            "line_ids": [
                Command.update(
                    suspense.id,
                    {
                        "account_id": item.account_id.id,
                        "partner_id": item.partner_id.id,
                        "balance": -line.amount,
                        "amount_currency": -line.amount,
                        "name": item.move_id.name,
                    },
                )
            ]
        }
    )
    return suspense


def _recipe(batch) -> None:
    for line, item in _pairs(batch):
        (_write(line, item) + item).reconcile()


def _grouped(batch) -> None:
    plan = [_write(line, item) + item for line, item in _pairs(batch)]
    batch.env["account.move.line"].sudo()._reconcile_plan(plan)
