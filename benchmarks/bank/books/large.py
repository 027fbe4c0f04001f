"""A large database as its people meet it: everything proposed for, every screen opened. Runs inside ``odoo shell``."""

from __future__ import annotations

from odoo import Command

from . import screens

_LINE = "account.bank.statement.line"
_ROLES = ("reviewer", "manager", "auditor")
#: What `propose` takes at once.
_CHUNK = 1000


def propose(env, count: int) -> int:
    """Suggestions for ``count`` of the open lines, committed."""
    ids = env[_LINE].search([("is_reconciled", "=", False)], order="id", limit=count).ids
    for start in range(0, len(ids), _CHUNK):
        env["ai.suggestion"].propose(_LINE, ids[start : start + _CHUNK])
        env.cr.commit()
        env.invalidate_all()
    env.cr.execute("ANALYZE")
    env.cr.commit()
    return len(ids)


def everybody(env):
    """The environment of one person with all three roles."""
    groups = [env.ref(f"ai_bookkeeper.ai_bookkeeper_group_{role}").id for role in _ROLES]
    user = env["res.users"].search([("login", "=", "bench_everybody")]) or env["res.users"].create(
        {"name": "Everybody", "login": "bench_everybody", "group_ids": [Command.link(group) for group in groups]}
    )
    env.cr.commit()  # the measurements roll back
    return env(user=user.id)


def screens_of(env) -> dict:
    """Screens that are components of their own: {name: callable}."""
    suggestions = env["ai.suggestion"]
    line = env[_LINE].search([("is_reconciled", "=", False)], order="id desc", limit=1)

    def cards():
        suggestions.search([("state", "=", "pending")], limit=10).desk_cards()

    return {
        "Review Desk: open": suggestions.desk_open,
        "Review Desk: queue by partner": lambda: suggestions.desk_queue("pending", group_by="partner_id"),
        "Review Desk: search": lambda: suggestions.desk_queue(
            "pending", domain=[("desk_text", "ilike", "INV/2025/01")]
        ),
        "Review Desk: ten cards": cards,
        "Match by hand: open items": lambda: line.ai_open_items(search=""),
        "Reconciliation: all journals": env["ai.bank.reconciliation"].overview,
        "Reconciliation: one journal": lambda: env["ai.bank.reconciliation"].statement(line.journal_id.id),
        "Reconciliation: a day years ago": lambda: env["ai.bank.reconciliation"].statement(
            line.journal_id.id, "2020-12-31"
        ),
        "Cash View": env["ai.cash.view"].figures,
    }


def open_screens(env) -> list[dict]:
    person = everybody(env)
    return screens.measure(person, screens_of(person))
