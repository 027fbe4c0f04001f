"""Speed and memory of the learner, in a process of its own: ``python -m benchmarks.coding.speed``.

The rows are made from a seed, so that everybody measures the same: 100,000 decisions on 4,000 payees, whose
frequency falls as names of real payees do, to 300 labels.
"""

from __future__ import annotations

import gc
import json
import random
import resource
import statistics
import sys
import time
from datetime import date, timedelta
from decimal import Decimal

from engine.learning import Case, Example, Learner

ROWS, PAYEES, LABELS, GUESSES, DECISIONS = 100_000, 4_000, 300, 20_000, 2_000
_SYLLABLES = (
    "ba be bo da de do fa fi ga ka la le li lo ma me mi na ne no pa pe ra re ri ro sa se so ta te ti to va".split()
)


def _examples(n: int, seed: int) -> list[Example]:
    draw = random.Random(seed)
    names = [" ".join(_word(draw) for _ in range(draw.randint(1, 4))).upper() for _ in range(PAYEES)]
    habits = [[f"{draw.randrange(LABELS):04}" for _ in range(draw.choice((1, 1, 1, 2, 3)))] for _ in names]
    weights = [1 / (rank + 3) for rank in range(PAYEES)]
    found, first = [], date(2020, 1, 1)
    for key, payee in enumerate(draw.choices(range(PAYEES), weights, k=n)):
        text = f"CARD {draw.randint(1000, 9999)} {names[payee]} {_word(draw).upper()}"
        amount = Decimal(draw.randint(-200_000, 20_000)) / 100
        day = first + timedelta(days=key * 1000 // n)
        case = Case(key, day, f"name:{names[payee]}", text, amount, "EUR", str(payee % 7), names[payee])
        found.append(Example(case, draw.choice(habits[payee])))
    return found


def _word(draw: random.Random) -> str:
    return "".join(draw.choice(_SYLLABLES) for _ in range(draw.randint(2, 4)))


def _resident() -> float:
    """Resident memory now, in MB."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1e6


def measure() -> dict:
    examples = _examples(ROWS + DECISIONS, 1)
    newer = examples[ROWS:]
    del examples[ROWS:]
    gc.collect()
    before = _resident()
    learner = Learner()
    started, worked = time.perf_counter(), time.process_time()
    learner.learn_many(examples)
    learning, learning_cpu = time.perf_counter() - started, time.process_time() - worked
    gc.collect()
    held = _resident() - before
    cases = [example.case for example in examples[-GUESSES:]]
    started, worked = time.perf_counter(), time.process_time()
    learner.predict_many(cases)
    guessing, guessing_cpu = time.perf_counter() - started, time.process_time() - worked
    decisions = [_timed(learner.learn, example) for example in newer]
    started = time.perf_counter()
    text = json.dumps(learner.to_json())
    Learner.from_json(json.loads(text))
    snapshot = time.perf_counter() - started
    decisions.sort()
    return {
        "rows": ROWS,
        "learn_seconds": learning,
        "learn_cpu_seconds": learning_cpu,
        "predictions_per_second": len(cases) / guessing,
        "predictions_per_cpu_second": len(cases) / guessing_cpu,
        "decision_ms": 1000 * statistics.median(decisions),
        "decision_ms_p99": 1000 * decisions[int(0.99 * len(decisions))],
        "memory_mb": held,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "snapshot_mb": len(text) / 1e6,
        "snapshot_seconds": snapshot,
    }


def _timed(call, *arguments) -> float:
    started = time.perf_counter()
    call(*arguments)
    return time.perf_counter() - started


if __name__ == "__main__":
    json.dump(measure(), sys.stdout)
