"""Speed and cost: many lines against many open items, loaded by SQL once and kept by seed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ground import databases, shell, templates
from ground.settings import say

_HERE = Path(__file__).parent
_PREFIX = "aib_bulk_"
_CODE = """
import sys
sys.path.insert(0, {root!r})
from benchmarks.bank.books import {module}
result = {call}
"""
GROWTH = (1000, 3000, 10000, 30000)


def code(module: str, call: str) -> str:
    return _CODE.format(root=str(_HERE.parents[1]), module=module, call=call)


def bulk(seed: int, lines: int, items: int) -> str:
    """A database with ``account``, the items and the lines."""
    digest = hashlib.sha256(templates.odoo_key().encode())
    for path in (_HERE / "books" / "bulk.py", _HERE / "names.py"):
        digest.update(path.read_bytes())
    digest.update(f"{seed} {lines} {items}".encode())
    name = f"{_PREFIX}{digest.hexdigest()[:12]}"
    with templates.locked(name):
        if not databases.exists(name):
            unfinished = f"{name}_new"
            databases.drop(unfinished)
            databases.copy(templates.base(), unfinished)
            shell.run(unfinished, code("bulk", f"bulk.load(env, {seed}, {lines}, {items})"))
            databases.rename(unfinished, name)
    return name


def measure(seed: int = 1, lines: int = 10_000, items: int = 100_000) -> dict:
    """All figures; each in a process of its own, so that memory is its own."""
    results: dict = {"lines": lines, "items": items}
    source = bulk(seed, max(lines, GROWTH[-1]), items)
    calls = {
        "propose": f"stopwatch.propose(stopwatch.reviewer(env), {lines})",
        "growth": f"stopwatch.growth(env, {list(GROWTH)})",
        "accept": "stopwatch.accepting(env)",
    }
    with databases.copied(source, "bench") as name:
        templates.install(name, templates.ADDON_NAME)
        for part, call in calls.items():
            say(f"measuring {part} ...")
            results[part] = shell.run(name, code("stopwatch", call))
    return results


def table(results: dict) -> str:
    """The table that people read."""
    main = results["propose"]
    rows = [
        f"{main['lines']:,} lines against {results['items']:,} open items: {main['seconds']:.1f} s"
        f" ({main['seconds_python']:.1f} s of them in Python),"
        f" peak {main['rss_peak_mb']:.0f} MB (before {main['rss_before_mb']:.0f} MB),"
        f" {main['proposed']:,} proposed, {main['asked']:,} asked",
        "slowest queries: " + ", ".join(_slowest(main)),
        *_queries(results["growth"][0], results["growth"][2]),
        "growth: " + ", ".join(_size(each) for each in results["growth"]),
    ]
    rates = {name: rate["median"] for name, rate in results["accept"].items()}
    rows.append(
        f"accepting: {rates['addon']:.1f} a second; plain recipe {rates['recipe']:.1f}"
        f" ({rates['addon'] / rates['recipe']:.2f} times),"
        f" the recipe grouped {rates['recipe_grouped']:.1f}"
    )
    return "\n".join(rows)


def _slowest(main: dict) -> list[str]:
    found = list(main["query_seconds"].items())[:5]
    return [f"{name} {seconds:.1f} s" for name, seconds in found]


def _size(each: dict) -> str:
    per_line = 1000 * each["seconds"] / each["lines"]
    return f"{each['lines']:,} lines {each['seconds']:.1f} s ({per_line:.2f} ms a line)"


def _queries(small: dict, large: dict) -> list[str]:
    """Queries by verb and table, and how many more for 100 more stored rows."""
    more = sum(large["stored"].values()) - sum(small["stored"].values())
    rows = [f"queries at{small['lines']:>42,}{large['lines']:>8,} lines, per 100 rows stored"]
    for query, count in sorted(large["queries"].items(), key=lambda each: -each[1])[:14]:
        before = small["queries"].get(query, 0)
        rows.append(f"  {query:42}{before:>8}{count:>8}{100 * (count - before) / more:>12.2f}")
    return rows
