"""What each screen of the addon asks of the server on a large database. Runs inside ``odoo shell``."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from statistics import median

from lxml import etree

from odoo.tools.safe_eval import datetime, safe_eval
from odoo.tools.safe_eval import time as safe_time

_ROUNDS = 3
_PAGE = 80
_MENU = "ai_bookkeeper.ai_bookkeeper_menu_root"


@contextmanager
def watching():
    """(text, parameters, seconds) of each query."""
    seen: list[tuple] = []

    def hook(_cursor, query, params, _start, delay):
        seen.append((query, params, delay))

    thread = threading.current_thread()
    hooks = thread.query_hooks = getattr(thread, "query_hooks", [])
    hooks.append(hook)
    try:
        yield seen
    finally:
        hooks.remove(hook)


def measure(env, calls: dict) -> list[dict]:
    """``{screen, seconds, queries, slowest, plan}`` of every list below the menu, and of ``calls``, slowest first.

    :param env: of a person with all roles
    :param calls: {name: callable without arguments} of screens that are components of their own
    """
    rows = [_timed(env, name, call) for name, call in {**_lists(env), **calls}.items()]
    # What asks nothing is a dialog.
    return sorted([row for row in rows if row["queries"] > 1], key=lambda row: -row["seconds"])


def _timed(env, name: str, call) -> dict:
    taken = []
    for _round in range(_ROUNDS):
        env.invalidate_all()
        started = time.perf_counter()
        with watching() as seen:
            call()
        taken.append(time.perf_counter() - started)
        env.cr.rollback()
    text, params, delay = max(seen, key=lambda each: each[2], default=("", None, 0.0))
    return {
        "screen": name,
        "seconds": median(taken),
        "queries": len(seen),
        "slowest": delay,
        "plan": _plan(env, text, params) if delay > 0.2 else "",
    }


def _plan(env, text, params) -> str:
    words = text.decode() if isinstance(text, bytes) else str(text)
    if not words.lstrip().upper().startswith(("SELECT", "WITH")):
        return words[:300]
    with env.cr.savepoint():
        env.cr.execute(f"EXPLAIN (ANALYZE, BUFFERS) {words}", params)
        return f"{words[:600]}\n" + "\n".join(row[0] for row in env.cr.fetchall())


# === LISTS === #


def _lists(env) -> dict:
    """What opening each window action below the addon's menu asks: its rows, their count, its groups."""
    menus = env["ir.ui.menu"].sudo().search([("id", "child_of", env.ref(_MENU).id), ("action", "!=", False)])
    found = {}
    for menu in menus:
        if menu.action._name == "ir.actions.act_window":
            name = menu.complete_name.split("/", 1)[-1]
            found[name] = lambda action=menu.action: _open(env, action)
    return found


def _open(env, action) -> None:
    model = env[action.res_model]
    if model._transient or not model.has_access("read"):
        return
    context = safe_eval(action.context or "{}", {"uid": env.uid, "active_id": False, "allowed_company_ids": []})
    model = model.with_context(**context)
    kinds = [mode for mode in action.view_mode.split(",") if mode in ("list", "kanban")][:1]
    if not kinds:
        return
    views = {view.view_mode: view.view_id.id for view in action.view_ids}
    asked = [(views.get(kinds[0], action.view_id.id if action.view_id.type == kinds[0] else False), kinds[0])]
    found = model.get_views([*asked, (action.search_view_id.id or False, "search")])
    domain, groups = _defaults(env, found["views"]["search"]["arch"], context)
    domain = [*_domain(env, action.domain), *domain]
    arch = etree.fromstring(found["views"][kinds[0]]["arch"])
    names = {node.get("name") for node in arch.iter("field")} & set(model._fields)
    fields = {name: _wanted(model._fields[name]) for name in names}
    groups = groups or [name for name in [arch.get("default_group_by")] if name]
    if groups:
        model.web_read_group(domain, groups, ["__count"], limit=_PAGE)
        return
    model.web_search_read(domain, fields, limit=_PAGE, count_limit=10_001)


def _wanted(field) -> dict:
    return {"fields": {"display_name": {}}} if field.type == "many2one" else {}


def _domain(env, text) -> list:
    return safe_eval(text or "[]", _names(env)) if isinstance(text, str) else list(text or [])


def _names(env) -> dict:
    today = datetime.date.today()
    return {
        "uid": env.uid,
        "context_today": lambda: today,
        "datetime": datetime,
        "time": safe_time,
        "today": str(today),
    }


def _defaults(env, arch: str, context: dict) -> tuple[list, list[str]]:
    """The domain and groups of the filters that are on when the screen opens."""
    domain, groups = [], []
    for node in etree.fromstring(arch).iter("filter"):
        if not context.get(f"search_default_{node.get('name')}"):
            continue
        domain += _domain(env, node.get("domain"))
        told = safe_eval(node.get("context") or "{}", _names(env))
        groups += [told["group_by"]] if told.get("group_by") else []
    return domain, groups
