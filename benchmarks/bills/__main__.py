"""``bin/bench bills``: what is read from vendors' documents, how sure, how fast, beside invoice2data.

Without a part named all are measured. ``--only`` takes names of sets or patterns (receipts, 'hybrids*').
"""

from __future__ import annotations

import argparse
import fnmatch
import json
import sys
from collections.abc import Callable
from pathlib import Path

from . import run, second, sets, table, truth

PARTS = ("quality", "second", "twins")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/bench bills",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=f"sets: {', '.join(sets.names())}",
    )
    add = parser.add_argument
    for part in PARTS:
        add(f"--{part}", action="append_const", dest="parts", const=part, help=f"only {part}")
    add("--data", type=Path, metavar="DIR", help="documents of yours with a truth.json (see docs/bills-bench.md)")
    add("--only", action="append", metavar="SET", help="of the shared sets, only those; may be given again")
    add("--sample", type=int, metavar="N", help="at most N documents of each set, spread over it")
    add("--pictures", type=int, metavar="N", help="the same, of the sets of pictures only: they take seconds a page")
    add("--seed", type=int, default=sets.SEED, metavar="N", help="of generated documents")
    add("--errors", action="store_true", help="each field that is wrong, with what was read and what is right")
    add("--no-peers", action="store_true", help="leave invoice2data out")
    add("--jobs", type=int, default=run.JOBS, metavar="N", help="processes; 2 unless told")
    add("--json", action="store_true", help="the same figures as one JSON object")
    arguments = parser.parse_args()
    arguments.parts = arguments.parts or (["quality"] if arguments.only or arguments.data else list(PARTS))
    return arguments


def _chosen(arguments: argparse.Namespace) -> dict[str, list[truth.Document]]:
    if arguments.data:
        return {arguments.data.name: truth.from_folder(arguments.data)}
    names = sets.names()
    if arguments.only:
        names = [name for name in names if any(fnmatch.fnmatch(name, pattern) for pattern in arguments.only)]
        if not names:
            raise truth.DataError(f"no set is called so; there are {', '.join(sets.names())}")
    return {name: sets.load(name, arguments.seed) for name in names}


def _sampled(documents: list[truth.Document], n: int | None) -> list[truth.Document]:
    if not n or len(documents) <= n:
        return documents
    return [documents[at * len(documents) // n] for at in range(n)]


def _quality(arguments: argparse.Namespace, say: Callable[[str], None]) -> dict:
    results = {}
    for name, documents in _chosen(arguments).items():
        pictures = arguments.pictures if documents[0].variant in sets.VARIANTS else None
        documents = _sampled(documents, arguments.sample or pictures)
        score, cost = run.measure(documents, arguments.jobs)
        hidden = sum(len(document.extra.get("hidden", ())) for document in documents)
        found = {"documents": len(documents), "hidden": hidden, "own": score.to_json(), "cost": cost}
        if not arguments.no_peers:
            from . import peers

            found["peers"] = peers.measure(documents)
        results[name] = found
        say(table.text(name, found))
        if arguments.errors:
            found["errors"] = score.errors
            say(table.errors_text(score.errors))
    return results


def _second(arguments: argparse.Namespace, say: Callable[[str], None]) -> dict:
    results = {}
    for name in second.SETS:
        results[name] = second.measure(second.pairs(name, arguments.sample, arguments.seed), arguments.jobs)
        say(table.second_text(name, results[name]))
        if arguments.errors:
            say("\n".join(f"  {document}  {field}" for document, field in results[name]["errors"]))
    return results


def _twins(arguments: argparse.Namespace, say: Callable[[str], None]) -> dict:
    from . import twins

    results = {}
    for year in twins.YEARS:
        results[year] = twins.measure(year)
        say(table.twins_text(results[year]))
    return results


def main() -> int:
    arguments = _arguments()
    measures = {"quality": _quality, "second": _second, "twins": _twins}

    def say(text: str) -> None:
        if not arguments.json:
            print(f"{text}\n", flush=True)

    try:
        results = {part: measures[part](arguments, say) for part in arguments.parts}
    except truth.DataError as error:
        print(error, file=sys.stderr)
        return 2
    if arguments.json:
        json.dump(results, sys.stdout, indent=1)
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
