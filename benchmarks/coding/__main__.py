"""``bin/bench coding``: what payments are coded to, learned from the past, with simple methods in the same run.

Time-ordered splits: everything before the cut is known; from it on, each line is guessed before its truth is told.
Without a part named, all are measured: quality on the shared files, twelve months in a row, speed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from . import rows, run, table, year
from .goals import goals_text
from .learner import Learned
from .methods import Gate, LastDecision, Memory

PARTS = ("quality", "year", "speed")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/bench coding", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    for part in PARTS:
        add(f"--{part}", action="append_const", dest="parts", const=part, help=f"only {part}")
    add("--data", type=Path, metavar="FILE.csv", help="date, label and any of: payee, text, amount, unit, tax")
    add("--cut", type=date.fromisoformat, metavar="DATE", help="first tested day; else the last 20 %% of the lines")
    add("--only", metavar="NAME", help="of the shared sets, only those whose name starts so")
    add("--rhythm", choices=("line", "day"), default="line", help="when decisions reach what keeps learning")
    add("--no-classifiers", action="store_true", help="leave scikit-learn out: minutes less")
    add("--frozen", action="store_true", help="beside: memory and learner as they stood at the cut")
    add("--json", action="store_true", help="the same figures as one JSON object")
    arguments = parser.parse_args()
    if arguments.cut and not arguments.data:
        parser.error("--cut belongs to --data")
    arguments.parts = arguments.parts or list(PARTS)
    return arguments


def _splits(arguments: argparse.Namespace) -> list[rows.Split]:
    if arguments.data:
        return [rows.split(arguments.data.name, rows.read(arguments.data), arguments.cut)]
    found = rows.shipped()
    if not found:
        raise rows.FileError(f"no measuring data in {rows.FOLDER}; --data FILE.csv measures any other file")
    return [split for split in found if split.name.lower().startswith((arguments.only or "").lower())]


def _methods(arguments: argparse.Namespace, split: rows.Split) -> list[Callable]:
    methods = [LastDecision, Memory]
    if arguments.frozen:
        methods += [lambda: Memory(is_online=False), lambda: Learned(split.accounts, is_online=False)]
    if not arguments.no_classifiers:
        from . import classifiers, libraries

        libraries.add_libraries()
        methods += [classifiers.Words, classifiers.Letters]
    return [*methods, lambda: Learned(split.accounts)]


def _quality(arguments: argparse.Namespace, say: Callable[[str], None]) -> dict:
    results = {}
    for split in _splits(arguments):
        gate = run.measure(Gate, split, arguments.rhythm)
        outcomes = [run.measure(make, split, arguments.rhythm) for make in _methods(arguments, split)]
        results[split.name] = table.values(split, outcomes, gate)
        say("\n".join((table.text(split.name, results[split.name]), goals_text(results[split.name]))))
    return results


def _year(arguments: argparse.Namespace, say: Callable[[str], None]) -> dict:
    results = {}
    for split in _splits(arguments):
        months = year.last_year(split)
        if months is None:
            say(f"{split.name}: less than half a year before twelve months of 1,000 lines")
            continue
        results[split.name] = []
        for feeds_on_itself in (False, True):
            found = year.run(lambda: Learned(months.accounts), months, feeds_on_itself)  # noqa: B023
            results[split.name].append(table.year_values(found))
            say(table.year_text(split.name, results[split.name][-1]))
    return results


def _speed(_arguments: argparse.Namespace, say: Callable[[str], None]) -> dict:
    command = [sys.executable, "-m", "benchmarks.coding.speed"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=os.environ)
    found = json.loads(done.stdout)
    say(table.speed_text(found))
    return found


def main() -> int:
    arguments = _arguments()
    measures = {"quality": _quality, "year": _year, "speed": _speed}
    results = {}

    def say(text: str) -> None:
        if not arguments.json:
            print(f"{text}\n", flush=True)

    try:
        for part in arguments.parts:
            results[part] = measures[part](arguments, say)
    except (rows.FileError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    if arguments.json:
        json.dump(results, sys.stdout, indent=1)
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
