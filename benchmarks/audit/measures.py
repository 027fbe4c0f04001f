"""The measurements; they run inside ``odoo shell``."""

from __future__ import annotations

import json
import resource
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from unittest.mock import patch

from odoo import fields

from ..bank.books.stopwatch import _LINE, _lines, reviewer

_CHUNK = 2000


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# --- accepting ------------------------------------------------------------------------


def _without_audit(env) -> ExitStack:
    """Nothing is logged, announced, noted in chatters or read for the log."""
    stack = ExitStack()
    stack.enter_context(patch.object(type(env["ai.suggestion"]), "_log", lambda *_args, **_values: None))
    stack.enter_context(patch.object(type(env["ai.proposer.bank_match"]), "_entries", lambda *_args: {}))
    return stack


class _Inside:
    """Seconds within the auditing itself: steadier than the difference of two times on a busy machine."""

    def __init__(self) -> None:
        self.seconds, self.depth = 0.0, 0

    def watching(self, env) -> ExitStack:
        self.seconds = 0.0
        stack = ExitStack()
        proposer = env["ai.proposer.bank_match"]
        for record, name in ((env["ai.suggestion"], "_log"), (proposer, "_read_entries")):
            wrapped = self._timed(getattr(type(record), name))
            stack.enter_context(patch.object(type(record), name, wrapped))
        return stack

    def _timed(self, method):
        def timed(*arguments, **values):
            started, self.depth = time.perf_counter(), self.depth + 1
            try:
                return method(*arguments, **values)
            finally:
                self.depth -= 1
                if not self.depth:
                    self.seconds += time.perf_counter() - started

        return timed


def accepting(env, rounds: int = 7, size: int = 60) -> dict:
    """Milliseconds a suggestion, in turns with and without: log rows, names, events, entries before and after,
    chatter."""
    user = reviewer(env)
    ids = _lines(env, rounds * size * 6)
    for first in range(0, len(ids), 1000):
        user["ai.suggestion"].propose(_LINE, ids[first : first + 1000])
    env.flush_all()
    ones = env["ai.suggestion"].search(
        [("state", "=", "pending"), ("is_question", "=", False), ("case", "=", "one")], order="id"
    )
    times: dict[str, list[float]] = {"audited": [], "bare": []}
    inside, shares = _Inside(), []
    taken = 0
    for turn in range(2 * (rounds + 1)):
        name = "audited" if turn % 2 else "bare"
        batch = ones[taken : taken + size].with_env(user)
        taken += size
        with inside.watching(env) if name == "audited" else _without_audit(env):
            started = time.perf_counter()
            batch.action_accept()
            env.flush_all()
            seconds = time.perf_counter() - started
        env.invalidate_all()
        done = len(batch.filtered(lambda suggestion: suggestion.state == "applied"))
        if turn > 1:  # the first of each warms up
            times[name].append(1000 * seconds / done)
            if name == "audited":
                shares.append(100 * inside.seconds / (seconds - inside.seconds))
    env.cr.rollback()
    middle = {name: median(values) for name, values in times.items()}
    pairs = [100 * (audited / bare - 1) for audited, bare in zip(times["audited"], times["bare"], strict=True)]
    return {
        **middle,
        "rounds": rounds,
        "size": size,
        "cost_percent": 100 * (middle["audited"] / middle["bare"] - 1),
        "cost_percent_of_each_pair": [round(each, 1) for each in pairs],
        "inside_percent": median(shares),
        "all": times,
    }


# --- sealing and checking -------------------------------------------------------------


def _fill_log(env, count: int) -> None:
    """Rows as ``_append`` writes them, without records behind them."""
    log = env["ai.audit.log"].sudo()
    common = log._common_values("applied")
    for first in range(0, count, 5000):
        rows = []
        for number in range(first, min(first + 5000, count)):
            values = {**common, "company_id": 1, "suggestion_id": number + 1, "res_model": _LINE, "res_id": number + 1}
            payload = {"n": number, "proposal": {"counterparts": [{"move_line_id": number, "amount": "100.00"}]}}
            rows.append(log._prepare_row(values, payload, []))
        log._insert(rows)
        env.cr.commit()


def sealing(env, count: int) -> dict:
    _fill_log(env, count)
    before = _peak()
    seals = env["ai.audit.seal"].sudo()
    started = time.perf_counter()
    sealed = seals._seal()
    seal_seconds = time.perf_counter() - started
    env.cr.execute("ANALYZE ai_audit_log")
    env.cr.execute("ANALYZE ai_audit_seal")
    env.cr.commit()
    started = time.perf_counter()
    seals._seal()
    idle = time.perf_counter() - started
    started = time.perf_counter()
    seals._seal(complete=True)
    complete = time.perf_counter() - started
    env.cr.commit()
    started = time.perf_counter()
    report = env["ai.audit.log"].verify_chain()
    check_seconds = time.perf_counter() - started
    assert report["ok"], report["problems"]
    env.cr.execute(
        """EXPLAIN (ANALYZE, BUFFERS) SELECT l.id, l.digest FROM ai_audit_log l WHERE l.id > 0
            AND NOT EXISTS (SELECT 1 FROM ai_audit_seal s WHERE s.log_id = l.id) ORDER BY l.id LIMIT 10000"""
    )
    explain = [row[0] for row in env.cr.fetchall()]
    return {
        "rows": sealed,
        "seal_seconds": seal_seconds,
        "check_seconds": check_seconds,
        "idle_ms": 1000 * idle,
        "complete_seconds": complete,
        "rss_mb": _peak(),
        "rss_before_mb": before,
        "explain": explain,
    }


# --- applied suggestions --------------------------------------------------------------


def _make_applied(env, count: int) -> None:
    """Applied suggestions that say of their bank lines what the books say, by SQL."""
    [(line_id,)] = [env.cr.fetchone() for _once in [env.cr.execute("SELECT min(id) FROM account_bank_statement_line")]]
    line = env[_LINE].browse(line_id)
    values = env["ai.proposer.bank_match"]._line_values(line)
    made = (
        env["ai.suggestion"].sudo().create({**values, "proposal": {"version": 1, "counterparts": []}, "evidence": {}})
    )
    env.flush_all()
    env.cr.execute("SELECT column_name FROM information_schema.columns WHERE table_name = 'ai_suggestion'")
    columns = [
        row[0] for row in env.cr.fetchall() if row[0] not in ("id", "res_id", "state", "date", "amount", "label")
    ]
    names = ", ".join(f'"{name}"' for name in columns)
    env.cr.execute(
        f"""INSERT INTO ai_suggestion ({names}, res_id, state, date, amount, label)
            SELECT {", ".join(f's."{name}"' for name in columns)},
                   st.id, 'applied', '2026-01-15', st.amount, st.payment_ref
              FROM ai_suggestion s, generate_series(1, %s) turn,
                   LATERAL (SELECT * FROM account_bank_statement_line ORDER BY id) st
             WHERE s.id = %s LIMIT %s""",
        (count // 1000 + 1, made.id, count),
    )
    env.cr.execute("UPDATE ai_suggestion SET decided_at = now(), decided_by_id = 2, decision = 'person'")
    env.cr.commit()
    after = made.id
    while batch := env["ai.suggestion"].search([("id", ">", after)], order="id", limit=_CHUNK):
        batch._keep_entries({}, batch._entries_by_kind())
        after = batch[-1].id
        env.cr.commit()
        env.invalidate_all()


def comparing(env, count: int) -> dict:
    _make_applied(env, count)
    env.cr.execute("ANALYZE ai_suggestion")
    env.cr.commit()
    before = _peak()
    started = time.perf_counter()
    queries = env.cr.sql_log_count
    after, seen, batches = 0, 0, 0
    while batch := env["ai.suggestion"].search(
        [("state", "=", "applied"), ("id", ">", after)], order="id", limit=_CHUNK
    ):
        batch._compare_with_books()
        after, seen, batches = batch[-1].id, seen + len(batch), batches + 1
        env.cr.commit()
        env.invalidate_all()
    return {
        "applied": seen,
        "batch": _CHUNK,
        "seconds": time.perf_counter() - started,
        "queries": round((env.cr.sql_log_count - queries) / batches, 1),
        "changed": env["ai.suggestion"].search_count([("changed_outside", "!=", False)]),
        "rss_mb": _peak(),
        "rss_before_mb": before,
    }


def exporting(env, count: int) -> dict:
    _make_applied(env, count)
    log = env["ai.audit.log"].sudo()
    after = 0
    while batch := env["ai.suggestion"].search(
        [("state", "=", "applied"), ("id", ">", after)], order="id", limit=_CHUNK
    ):
        names = [{"label": suggestion.label} for suggestion in batch]
        log._append("proposed", batch)
        log._append("accepted", batch)
        payloads = [{"proposal": each.proposal, "before": each.after, "after": each.after} for each in batch]
        log._append("applied", batch, payloads, names)
        after = batch[-1].id
        env.cr.commit()
        env.invalidate_all()
    env["ai.audit.seal"].sudo()._seal()
    env.cr.commit()
    spec = {
        "scope": "period",
        "date_from": fields.Date.to_date("2026-01-01"),
        "date_to": fields.Date.to_date("2026-01-31"),
        "suggestion_ids": [],
        "with_documents": True,
        "company_ids": env.companies.ids,
    }
    before = _peak()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.zip"
        started = time.perf_counter()
        facts = env["ai.audit.export.builder"]._build(spec, str(path))
        seconds = time.perf_counter() - started
        size = path.stat().st_size
    return {
        "suggestions": facts["suggestions"],
        "rows": facts["rows"],
        "seconds": seconds,
        "mb": size / 1e6,
        "rss_mb": _peak(),
        "rss_before_mb": before,
        "facts": json.loads(json.dumps(facts, default=str)),
    }
