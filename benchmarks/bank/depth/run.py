"""Cases through the addon, each in a savepoint that is rolled back."""

from __future__ import annotations

import importlib
import random

from .books import Books
from .ledger import Ledger, change, differences, expected
from .scenario import ASKED, RIGHT, SILENT, WRONG


def scenarios(topic: str) -> tuple:
    """The ``Scenario`` of a topic."""
    return importlib.import_module(f"{__package__}.{topic}").SCENARIOS


def run(env, topic: str, seeds: list[int]) -> list[dict]:
    """``{topic, scenario, seed, verdict, why}`` of each case."""
    outcomes = []
    for scenario in scenarios(topic):
        for seed in seeds:
            outcomes.append({"topic": topic, "scenario": scenario.name, "seed": seed, **_apart(env, scenario, seed)})
    return outcomes


def _apart(env, scenario, seed: int) -> dict:
    savepoint = env.cr.savepoint(flush=True)
    try:
        # Texts seed by their letters: the same in every process.
        rng = random.Random(f"{scenario.name} {seed}")
        return judge(env, scenario.make(Books(env), rng))
    finally:
        env.cr.precommit.clear()
        env.cr.postcommit.clear()
        env.invalidate_all(flush=False)
        savepoint.close(rollback=True)
        env.registry.clear_all_caches()


def judge(env, case) -> dict:
    """``{verdict, why}`` of one case: propose, accept what is proposed, compare."""
    wanted, before = expected(case), Ledger(env)
    steps = case.steps or (() if case.lines is None else (lambda: _propose(env, case.lines),))
    asked, accepted, errors = False, False, []
    for step in steps:
        suggestions = step()
        questions = suggestions.filtered("is_question")
        asked = asked or bool(questions)
        sure = (suggestions - questions).filtered(lambda suggestion: suggestion.state == "pending")
        if sure:
            sure.action_accept()
            accepted = True
            errors += [f"{found.state}: {found.error}" for found in sure if found.state != "applied"]
    told = case.check() if case.check else []
    if told:
        return {"verdict": WRONG, "why": told}
    moved = accepted or change(before.balances, Ledger(env).balances)
    if not moved:
        verdict = RIGHT if case.ask or (case.check and not case.balances) else ASKED if asked else SILENT
        return {"verdict": verdict, "why": []}
    why = errors + (["booked what nobody can know"] if case.ask else differences(env, case, wanted, before))
    return {"verdict": WRONG if why else RIGHT, "why": why}


def _propose(env, lines):
    suggestions = env["ai.suggestion"]
    return suggestions.browse(suggestions.propose("account.bank.statement.line", lines.ids))
