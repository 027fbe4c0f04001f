"""``python -m benchmarks.bank``: what ``bin/bench bank`` runs."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from . import folders
from .pure import match_all
from .tally import figures, report


def _seeds(text: str) -> list[int]:
    seeds: list[int] = []
    for part in text.split(","):
        first, _dash, last = part.partition("-")
        seeds += range(int(first), int(last or first) + 1)
    return seeds


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench bank", description=__doc__)
    add = parser.add_argument
    add("--pure", action="store_true", help="the engine alone on generated years, without Odoo")
    add(
        "--data",
        type=Path,
        metavar="DIR",
        help="only files with a truth: *_bank.csv, *_invoices.csv, *_truth.csv",
    )
    add(
        "--seeds",
        type=_seeds,
        default=_seeds("1-10"),
        help="1-20 are published; calibrate from 1000 on",
    )
    add("--lines", type=int, default=400, help="bank lines per year")
    add("--noise", choices=("low", "normal", "high"), default="normal")
    add("--period", choices=("day", "week", "month"), default="week")
    add("--misses", type=int, default=0, help="show so many lines that were not right")
    add("--json", action="store_true", help="the same figures as one JSON object")
    return parser.parse_args()


def _show_misses(misses: list[dict], count: int) -> None:
    for miss in misses[:count]:
        line = miss["line"]
        print(f"\n{miss['what']} | seed {miss['seed']} | {miss['scenario']} | {miss['verdict']}")
        print(f"  line   {line}\n  truth  {miss['truth']}")
        for reading in miss["answer"]:
            print(f"  answer {reading.case} {reading.confidence:.3f} {reading.match}")


def _pure(arguments: argparse.Namespace, match) -> dict:
    tally, seconds = match_all(
        match, arguments.seeds, arguments.lines, arguments.noise, arguments.period
    )
    if not arguments.json:
        print(f"generated years, seeds {arguments.seeds[0]}-{arguments.seeds[-1]}\n{report(tally)}")
        print(f"\nengine: {seconds:.2f} s for {tally.lines:,} lines\n")
        _show_misses(tally.misses, arguments.misses)
    return {"generated": figures(tally), "engine_seconds": seconds}


def _files(arguments: argparse.Namespace, match) -> dict:
    folder = arguments.data or folders.DEFAULT
    if arguments.json:
        return {"files": folders.figures(folder, match)}
    print(folders.report(folder, match))
    return {}


def main() -> int:
    arguments = _arguments()
    from engine.matching import match  # late: --help works without the engine

    results = {} if arguments.data else _pure(arguments, match)
    results |= _files(arguments, match)
    if arguments.json:
        json.dump(results, sys.stdout, indent=1)
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
