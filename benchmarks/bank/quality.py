"""The addon on generated years in Odoo, whole entries to the cent, beside OCA on the same lines."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Task:
    """Which years, and how they are worked through."""

    seeds: list[int]
    lines: int
    noise: str
    workers: int
    with_peer: bool

    def arguments(self, seed: int) -> tuple:
        """Of ``generate``: month by month, as the lines are imported."""
        return seed, self.lines, self.noise, "month"


def measure(task: Task) -> tuple[dict, dict | None]:
    """All years through the addon, and through OCA; each in a database of its own."""
    with ThreadPoolExecutor(task.workers) as pool:
        trials = [pool.submit(_trial, task.arguments(seed)) for seed in task.seeds]
        peers = [pool.submit(_oca, task.arguments(seed)) for seed in task.seeds if task.with_peer]
        outcome = _merged([trial.result() for trial in trials])
        counts: Counter = Counter()
        for peer in peers:
            counts.update(peer.result())
    return outcome, dict(counts) or None


def _trial(arguments: tuple) -> dict:
    with hosts.with_module(arguments, templates.ADDON_NAME) as database:
        return shell.run(database, hosts.code(arguments, _TRIAL))


def _oca(arguments: tuple) -> dict:
    """What OCA's account_reconcile_oca reconciles by itself on the same lines."""
    folder = (templates.oca_addons(),)
    with hosts.with_module(arguments, "account_reconcile_oca", folder) as database:
        return shell.run(database, hosts.code(arguments, _OCA), addons=folder)


def _merged(outcomes: list[dict]) -> dict:
    tally = Tally()
    for outcome in outcomes:
        tally.add(outcome["tally"])
    merged = {"tally": tally}
    for name in ("broken", "misses"):
        merged[name] = [text for outcome in outcomes for text in outcome[name]]
    for name in ("accepted", "proposing", "accepting"):
        merged[name] = sum(outcome[name] for outcome in outcomes)
    return merged


def table(outcome: dict, peer: dict | None) -> str:
    """The table that people read."""
    tally = outcome["tally"]
    rows = [report(tally), ""]
    good = outcome["accepted"] - len(outcome["broken"])
    rows.append(f"accepted entries right to the cent       {share(good, outcome['accepted'])}")
    rows += [f"  not right: {text}" for text in outcome["broken"][:10]]
    if peer:
        done, right, lines = peer["reconciled"], peer["right"], peer["lines"]
        rows.append(f"peer, OCA account_reconcile_oca 19: reconciled by itself {share(done, lines)}")
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
