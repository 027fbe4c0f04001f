"""``bin/bench bank --depth``: databases, and the table that people read."""

from __future__ import annotations

from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor

from ground import databases, shell, templates

from ..intervals import interval, share
from .scenario import ASKED, RIGHT, SILENT, VERDICTS, WRONG

_RUN = """
import sys
sys.path.insert(0, {root!r})
from odoo.addons.ai_bookkeeper.benchmarks.bank.depth.run import run
result = run(env, {topic!r}, {seeds!r})
"""


def measure(topics: list[str], seeds: list[int], workers: int) -> list[dict]:
    """The outcomes of all cases; each topic in a database of its own, with the addon and the generic chart."""
    templates.addon()
    with ThreadPoolExecutor(workers) as pool:
        parts = pool.map(lambda topic: _topic(topic, seeds), topics)
        return [outcome for part in parts for outcome in part]


def _topic(topic: str, seeds: list[int]) -> list[dict]:
    with databases.copied(templates.addon(), "depth") as name:
        code = _RUN.format(root=str(templates.CHECKOUT), topic=topic, seeds=seeds)
        return shell.run(name, f"{code}\nenv.cr.rollback()\n")


def figures(outcomes: list[dict]) -> dict:
    """{topic: {scenario: {right, asked, silent, wrong, n, low, high}}}"""
    counts: dict = defaultdict(lambda: defaultdict(Counter))
    for outcome in outcomes:
        counts[outcome["topic"]][outcome["scenario"]][outcome["verdict"]] += 1
    found: dict = {}
    for topic, by_name in counts.items():
        found[topic] = {}
        for name, counter in by_name.items():
            n = counter.total()
            low, high = interval(counter[RIGHT], n)
            found[topic][name] = {**{v: counter[v] for v in VERDICTS}, "n": n, "low": low, "high": high}
    return found


def table(outcomes: list[dict], misses: int) -> str:
    """Right to the cent in the whole entry, per scenario, with what was asked, left alone, or wrong."""
    rows = [f"{'':<46}{'right':>33}{'asked':>9}{'silent':>8}{'wrong':>7}"]
    total: Counter = Counter()
    for topic, scenarios in figures(outcomes).items():
        rows.append(topic)
        for name, row in scenarios.items():
            total.update({verdict: row[verdict] for verdict in VERDICTS})
            told = share(row[RIGHT], row["n"])
            rows.append(f"  {name:<44}{told:>33}{row[ASKED]:>9}{row[SILENT]:>8}{row[WRONG]:>7}")
    booked = total[RIGHT] + total[WRONG]
    rows.append(
        f"{'all':<46}{share(total[RIGHT], total.total()):>33}{total[ASKED]:>9}{total[SILENT]:>8}{total[WRONG]:>7}"
    )
    rows.append(f"of what was booked or rightly left: right to the cent {share(total[RIGHT], booked)}")
    shown = [outcome for outcome in outcomes if outcome["verdict"] != RIGHT][:misses]
    rows += [f"  {o['verdict']}: {o['topic']}, {o['scenario']}, seed {o['seed']}: {'; '.join(o['why'])}" for o in shown]
    return "\n".join(rows)
