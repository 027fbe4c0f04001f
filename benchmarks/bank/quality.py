"""The addon on generated years in Odoo, whole entries to the cent, beside OCA on the same lines."""

from __future__ import annotations

import time
from collections import Counter

from ground import shell, templates

from . import hosts
from .intervals import interval, share
from .tally import Tally, figures, report

_TRIAL = """
from benchmarks.bank.books import trial
result = trial.summary(trial.run(env, year))
"""
_OCA = """
from benchmarks.bank.books import oca
result = oca.run(env, year)
"""


def measure(seeds: list[int], lines: int, noise: str, tell=print) -> dict:
    """All seeds through the addon; the merged tally and the entries that were not right."""
    tally, broken, misses = Tally(), [], []
    seconds = {"proposing": 0.0, "accepting": 0.0}
    accepted = 0
    for seed in seeds:
        started = time.perf_counter()
        arguments = (seed, lines, noise, "month")
        with hosts.with_module(arguments, "ai_bookkeeper") as database:
            outcome = shell.run(database, hosts.code(arguments, _TRIAL))
        tally.add(outcome["tally"])
        broken += outcome["broken"]
        misses += outcome["misses"]
        accepted += outcome["accepted"]
        for name in seconds:
            seconds[name] += outcome[name]
        tell(f"seed {seed}: {time.perf_counter() - started:.0f} s")
    return {
        "tally": tally, "broken": broken, "misses": misses, "accepted": accepted, **seconds,
    }  # fmt: skip


def oca(seeds: list[int], lines: int, noise: str) -> dict:
    """What OCA's account_reconcile_oca reconciles by itself on the same lines."""
    counts: Counter = Counter()
    for seed in seeds:
        arguments = (seed, lines, noise, "month")
        folder = (templates.oca_addons(),)
        with hosts.with_module(arguments, "account_reconcile_oca", folder) as database:
            counts.update(shell.run(database, hosts.code(arguments, _OCA), addons=folder))
    return dict(counts)


def table(outcome: dict, peer: dict | None) -> str:
    """The table that people read."""
    tally = outcome["tally"]
    rows = [report(tally), ""]
    good = outcome["accepted"] - len(outcome["broken"])
    rows.append(f"accepted entries right to the cent       {share(good, outcome['accepted'])}")
    rows += [f"  not right: {text}" for text in outcome["broken"][:10]]
    if peer:
        done, right, lines = peer["reconciled"], peer["right"], peer["lines"]
        rows.append(
            f"peer, OCA account_reconcile_oca 19: reconciled by itself {share(done, lines)}"
        )
        rows.append(
            f"  right of these {share(right, done)}; right of the decidable "
            f"{share(peer['right_decidable'], peer['decidable'])}"
        )
    return "\n".join(rows)


def values(outcome: dict, peer: dict | None) -> dict:
    """The same as values, for ``--json``."""
    good, accepted = outcome["accepted"] - len(outcome["broken"]), outcome["accepted"]
    return {
        **figures(outcome["tally"]),
        "entries_right": [good, accepted, *interval(good, accepted)],
        "broken": outcome["broken"],
        "seconds_proposing": outcome["proposing"],
        "seconds_accepting": outcome["accepting"],
        "peer_oca": peer,
    }
