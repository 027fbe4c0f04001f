"""``bin/bench bank``: quality and speed of bank reconciliation, with peers in the same run.

Without a part named, all are measured: files with a truth, the engine alone on generated years,
the addon in Odoo on the same years (whole entries, beside OCA), what real accounts do beside
paying invoices (payouts, runs, loans, advances ...), what is expected of the bank, speed and cost.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from . import folders
from .pure import match_all
from .tally import figures, report

PARTS = ("files", "pure", "odoo", "depth", "expected", "speed", "screens")


def _seeds(text: str) -> list[int]:
    seeds: list[int] = []
    for part in text.split(","):
        first, _dash, last = part.partition("-")
        seeds += range(int(first), int(last or first) + 1)
    return seeds


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/bench bank",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    for part in PARTS[1:]:
        add(f"--{part}", action="append_const", dest="parts", const=part, help=f"only {part}")
    add("--data", type=Path, metavar="DIR", help="only files: *_bank, *_invoices, *_truth.csv")
    add(
        "--seeds",
        type=_seeds,
        default=_seeds("1-10"),
        help="published 1-20; calibrate from 1000 on",
    )
    add("--lines", type=int, default=400, help="bank lines per generated year")
    add("--noise", choices=("low", "normal", "high"), default="normal")
    add("--period", choices=("day", "week", "month"), default="month", help="rhythm of --pure")
    add("--topics", type=lambda text: text.split(","), default=[], help="only these of --depth")
    add("--no-peer", action="store_true", help="leave OCA out; of --screens: only with the years that are done")
    add("--workers", type=int, default=2, help="databases at a time")
    add("--misses", type=int, default=0, help="show so many lines that were not right")
    add("--json", action="store_true", help="the same figures as one JSON object")
    arguments = parser.parse_args()
    if arguments.data:
        arguments.parts = ["files", *(arguments.parts or ())]
    arguments.parts = arguments.parts or list(PARTS)
    return arguments


def _files(arguments: argparse.Namespace) -> tuple[str, dict]:
    from engine.matching import match  # late: --help works without the engine

    folder = arguments.data or folders.DEFAULT
    return folders.outcome(folder, match)


def _pure(arguments: argparse.Namespace) -> tuple[str, dict]:
    from engine.matching import match

    tally, seconds = match_all(match, arguments.seeds, arguments.lines, arguments.noise, arguments.period)
    text = f"{report(tally)}\n\nengine: {seconds:.2f} s for {tally.lines:,} lines"
    misses = [_miss(miss) for miss in tally.misses[: arguments.misses]]
    return "\n".join([text, *misses]), {**figures(tally), "engine_seconds": seconds}


def _miss(miss: dict) -> str:
    rows = [
        f"\n{miss['what']} | seed {miss['seed']} | {miss['scenario']} | {miss['verdict']}",
        f"  line   {miss['line']}",
        f"  truth  {miss['truth']}",
    ]
    for reading in miss["answer"]:
        rows.append(f"  answer {reading.case} {reading.confidence:.3f} {reading.match}")
    return "\n".join(rows)


def _odoo(arguments: argparse.Namespace) -> tuple[str, dict]:
    from . import quality  # late: the other parts need no database

    task = quality.Task(arguments.seeds, arguments.lines, arguments.noise, arguments.workers, not arguments.no_peer)
    outcome, peer = quality.measure(task)
    text = quality.table(outcome, peer)
    return "\n".join([text, *outcome["misses"][: arguments.misses]]), quality.values(outcome, peer)


def _expected(arguments: argparse.Namespace) -> tuple[str, dict]:
    from .expected import outcome  # late: as above

    return outcome(arguments.seeds)


def _depth(arguments: argparse.Namespace) -> tuple[str, dict]:
    from .depth import scenario, table  # late: as above

    topics = arguments.topics or scenario.topics()
    outcomes = table.measure(topics, arguments.seeds, arguments.workers)
    return table.table(outcomes, arguments.misses), table.figures(outcomes)


def _speed(_arguments: argparse.Namespace) -> tuple[str, dict]:
    from . import speed

    results = speed.measure()
    return speed.table(results), results


def _screens(arguments: argparse.Namespace) -> tuple[str, dict]:
    from . import screens

    results = screens.measure(not arguments.no_peer)
    return screens.table(results), results


_TITLES = {
    "files": "files with a truth",
    "pure": "generated years, the engine alone",
    "odoo": "generated years in Odoo, whole entries",
    "expected": "payments that recur, odd ones, and the weeks ahead beside naive peers",
    "depth": "what real accounts do beside paying invoices, in Odoo, whole entries",
    "speed": "speed and cost",
    "screens": "every screen on a large database",
}


def main() -> int:
    arguments = _arguments()
    measures = {"files": _files, "pure": _pure, "odoo": _odoo, "depth": _depth, "expected": _expected}
    measures |= {"speed": _speed, "screens": _screens}
    results = {}
    for part in arguments.parts:
        text, results[part] = measures[part](arguments)
        if not arguments.json:
            print(f"=== {_TITLES[part]}\n{text}\n", flush=True)
    if arguments.json:
        json.dump(results, sys.stdout, indent=1)
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
