"""``bin/bench sync``: deliveries a second and their latency with fsync on, claiming, capturing; queue_job beside."""

from __future__ import annotations

import argparse
import json
import sys

from ground import templates
from ground.settings import say

from . import claiming, delivering, peer

PARTS = ("deliver", "peer", "idle", "loaded", "claim", "capture")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench sync", description=__doc__)
    add = parser.add_argument
    for part in PARTS:
        add(f"--{part}", action="append_const", dest="parts", const=part, help=f"only {part}")
    add("--deliveries", type=int, default=4000, help="events committed at once")
    add("--events", type=int, default=60, help="single events on an idle server")
    add("--load", type=float, default=50.0, help="events a second on a busy one")
    add("--finished", type=int, default=1_000_000, help="finished jobs in the database")
    add("--json", action="store_true", help="the same figures as one JSON object")
    arguments = parser.parse_args()
    arguments.parts = arguments.parts or list(PARTS)
    return arguments


def _deliver(arguments):
    template = templates.addon()
    return [delivering.rate(template, arguments.deliveries, addresses) for addresses in (1, 4)]


def _peer(arguments):
    source = peer.template()
    return [peer.rate(source, arguments.deliveries // 4, channels) for channels in (2, 8)]


def _idle(arguments):
    return delivering.latency(templates.addon(), arguments.events, 0.7)


def _loaded(arguments):
    return delivering.latency(templates.addon(), int(arguments.load * 40), 1 / arguments.load)


def _claim(arguments):
    return claiming.claiming(templates.addon(), arguments.finished)


def _capture(_arguments):
    from . import capture

    return capture.measure()


def _text(part, found):
    if part == "deliver":
        return "\n".join(
            f"{each['deliveries']:,} events committed at once, {each['addresses']} address(es): the last one delivered"
            f" after {each['seconds']:.1f} s: {each['per_second']:.0f} a second"
            f" (first after {each['first_after_ms']:.0f} ms)"
            for each in found
        )
    if part == "peer":
        return "\n".join(
            f"queue_job, root:{each['channels']}: {each['deliveries']:,} jobs in {each['seconds']:.1f} s:"
            f" {each['per_second']:.0f} a second"
            for each in found
        )
    if part in ("idle", "loaded"):
        return (
            f"from commit to delivery, {found['per_second']:.1f} events a second, n = {found['n']:,}:"
            f" p50 {found['p50_ms']:.0f} ms, p95 {found['p95_ms']:.0f} ms, p99 {found['p99_ms']:.0f} ms,"
            f" most {found['max_ms']:.0f} ms"
        )
    if part == "claim":
        lines = [f"a claim of 32 among {found['waiting']:,} (median of {found['turns']}, nothing waiting in brackets):"]
        for name, text in (
            ("empty", "no finished jobs"),
            ("history", f"{found['finished']:,} in the history"),
            ("hot", f"and {found['finished']:,} not yet moved there"),
        ):
            lines.append(f"  {text}: {found[name]['claim_ms']:.1f} ms ({found[name]['nothing_ms']:.1f} ms)")
        return "\n".join(lines)
    return json.dumps(found, indent=1)


def main() -> int:
    arguments = _arguments()
    results = {}
    for part in arguments.parts:
        say(f"measuring {part} ...")
        results[part] = globals()[f"_{part}"](arguments)
        if not arguments.json:
            print(f"=== {part}\n{_text(part, results[part])}\n", flush=True)
    if arguments.json:
        json.dump(results, sys.stdout, indent=1)
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
