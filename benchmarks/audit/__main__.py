"""``bin/bench audit``: what auditing costs: accepting with and without it, sealing, checking, comparing, exporting."""

from __future__ import annotations

import argparse
import json
import sys

from ground import databases, shell, templates
from ground.settings import say

from ..bank.speed import _HERE, _bulk

_CODE = """
import sys
sys.path.insert(0, {root!r})
from benchmarks.audit import measures
result = {call}
"""
PARTS = ("accept", "seal", "compare", "export")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench audit", description=__doc__)
    add = parser.add_argument
    for part in PARTS:
        add(f"--{part}", action="append_const", dest="parts", const=part, help=f"only {part}")
    add("--rows", type=int, default=1_000_000, help="log rows to seal and check")
    add("--applied", type=int, default=100_000, help="applied suggestions to compare with the books")
    add("--exported", type=int, default=20_000, help="suggestions to export")
    add("--json", action="store_true", help="the same figures as one JSON object")
    arguments = parser.parse_args()
    arguments.parts = arguments.parts or list(PARTS)
    return arguments


def _text(part: str, found: dict) -> str:
    if part == "accept":
        return (
            f"accepting {found['size']} at a time, {found['rounds']} rounds each in turns:"
            f" {found['audited']:.2f} ms with, {found['bare']:.2f} ms without auditing (medians, a suggestion):"
            f" auditing costs {found['cost_percent']:.1f} %; seconds within auditing by those without:"
            f" {found['inside_percent']:.1f} %"
        )
    if part == "seal":
        return (
            f"{found['rows']:,} rows sealed in {found['seal_seconds']:.1f} s,"
            f" checked in {found['check_seconds']:.1f} s;"
            f" peak {found['rss_mb']:.0f} MB (before {found['rss_before_mb']:.0f} MB); a run with nothing to do"
            f" {found['idle_ms']:.1f} ms; look for rows committed very late {found['complete_seconds']:.1f} s\n"
            + "\n".join(found["explain"])
        )
    if part == "compare":
        return (
            f"{found['applied']:,} applied suggestions compared in {found['seconds']:.1f} s with {found['queries']}"
            f" queries a batch of {found['batch']:,}; peak {found['rss_mb']:.0f} MB"
            f" (before {found['rss_before_mb']:.0f} MB); changed: {found['changed']:,}"
        )
    return (
        f"{found['suggestions']:,} suggestions with {found['rows']:,} rows exported in {found['seconds']:.1f} s,"
        f" {found['mb']:.1f} MB; peak {found['rss_mb']:.0f} MB (before {found['rss_before_mb']:.0f} MB)"
    )


def main() -> int:
    arguments = _arguments()
    calls = {
        "accept": "measures.accepting(env)",
        "seal": f"measures.sealing(env, {arguments.rows})",
        "compare": f"measures.comparing(env, {arguments.applied})",
        "export": f"measures.exporting(env, {arguments.exported})",
    }
    results = {}
    source = _bulk(1, 30_000, 100_000)
    with databases.copied(source, "bench") as prepared:
        templates.install(prepared, templates.ADDON_NAME)
        for part in arguments.parts:
            say(f"measuring {part} ...")
            with databases.copied(prepared, "bench") as name:
                code = _CODE.format(root=str(_HERE.parents[1]), call=calls[part])
                results[part] = shell.run(name, code)
            if not arguments.json:
                print(f"=== {part}\n{_text(part, results[part])}\n", flush=True)
    if arguments.json:
        json.dump(results, sys.stdout, indent=1)
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
