"""``bin/bench bank --screens``: every screen on 30,000 open lines, 300,000 open items and years that are done."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ground import databases, shell, templates
from ground.settings import say

from . import speed

LINES, ITEMS, DONE = 30_000, 300_000, 200_000
#: Lines that have a suggestion; the others wait for the next run.
PROPOSED = 5_000
_HERE = Path(__file__).parent
_PREFIX = "aib_done_"


def _source() -> str:
    """A database with ``account``, the open items and lines, and the years that are done."""
    digest = hashlib.sha256(f"{templates.odoo_key()} {LINES} {ITEMS} {DONE}".encode())
    for name in ("bulk.py", "archive.py"):
        digest.update((_HERE / "books" / name).read_bytes())
    name = f"{_PREFIX}{digest.hexdigest()[:12]}"
    with templates.locked(name):
        if not databases.exists(name):
            unfinished = f"{name}_new"
            databases.drop(unfinished)
            databases.copy(speed.bulk(1, LINES, ITEMS), unfinished)
            say(f"adding {DONE:,} lines of years that are done ...")
            shell.run(unfinished, speed.code("archive", f"archive.load(env, {DONE})"))
            databases.rename(unfinished, name)
    return name


def measure(with_plain: bool = True) -> dict:
    """``{screens, plain}``: rows of ``books.screens.measure``, with and without the years that are done."""
    return {"screens": _on(_source()), "plain": _on(speed.bulk(1, LINES, ITEMS)) if with_plain else []}


def _on(source: str) -> list[dict]:
    with databases.copied(source, "screens") as name:
        templates.install(name, templates.ADDON_NAME)
        say("proposing ...")
        shell.run(name, speed.code("large", f"large.propose(env, {PROPOSED})"))
        say("opening every screen ...")
        return shell.run(name, speed.code("large", "large.open_screens(env)"))


def table(results: dict) -> str:
    """The table that people read: median of three, queries, and the same without the years that are done."""
    plain = {row["screen"]: row for row in results["plain"]}
    rows = [f"{'':<52}{'seconds':>9}{'queries':>9}{'without done years':>20}"]
    for row in results["screens"]:
        before = plain.get(row["screen"], {}).get("seconds", 0.0)
        rows.append(f"{row['screen'][:51]:<52}{row['seconds']:>9.2f}{row['queries']:>9}{before:>20.2f}")
    return "\n".join(rows)
