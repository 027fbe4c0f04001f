"""bin/crash-test: kill the server at every named place, under every misbehaviour, and look what became of the work.

Each cell: something happens in the books, the server dies by SIGKILL at one place while the other side behaves in one
way, it is started again, and once nothing is open any more each effect must be at the other side exactly once, each
job in its final state, each chip right, each number of an event given and the audit log whole.

    bin/crash-test            every cell; writes docs/crash-matrix.md
    bin/crash-test --short    each place and each misbehaviour once: what continuous integration runs
"""

import argparse
import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from itertools import cycle
from pathlib import Path

from sync_world import SyncWorld

from harness import CHECKOUT, crash_template

DOCUMENT = CHECKOUT / "docs" / "crash-matrix.md"
#: Places in the order of the work, with words. ``held`` and ``taken`` are inside the call, told by the receiver.
PLACES = {
    "in_tick": "events numbered, not committed",
    "after_tick": "events numbered, nothing claimed",
    "before_intent": "before the intent",
    "after_intent": "after the intent",
    "during_call": "the call begins",
    "held": "in the call, not taken yet",
    "taken": "in the call, already taken",
    "after_2xx": "after the answer, before it is noted",
    "before_record": "after it is noted, before recording",
    "in_record": "recorded, not committed",
    "after_record": "after recording",
    "before_work": "claimed, nothing done",
    "in_work": "worked, not committed",
    "after_work": "worked and committed",
    "before_done": "before the state change",
    "in_intake": "stored, not committed",
    "after_intake": "committed, not answered",
}
HELD = {"held": "hold", "taken": "hold_after"}
WORKING = ("before_work", "in_work", "after_work", "before_done")
SENDING = (*tuple(PLACES)[:11], "before_done")
FAULTS = {
    "ok": "behaves well",
    "500": "500",
    "429": "429",
    "429:1": "429, Retry-After",
    "timeout": "time-out after success",
    "duplicate": "answers twice",
    "truncated": "reply broken off",
    "truncated_json": "half a JSON",
    "html": "HTML, 502",
    "slow": "slow body",
    "reset": "connection reset",
    "reset_after": "reset after success",
}
#: What is run where; ``naive``: the other side does again what comes again, only asking first keeps it single.
PLACES_OF = {
    "deliver": SENDING,
    "deliver-naive": SENDING,
    "push": SENDING,
    "push-naive": SENDING,
    "intake": ("in_intake", "after_intake", *WORKING),
    "import": WORKING,
}
TITLES = {
    "deliver": "Webhooks (`deliver`)",
    "deliver-naive": "Webhooks to a receiver that does not know what it has (asked before it is sent again)",
    "push": "Connections (`push`)",
    "push-naive": "Connections to a system that does not know what it has (asked before it is sent again)",
    "intake": "What comes in (`intake`)",
    "import": "Bank files (`import`)",
}
SENT = ("deliver", "deliver-naive", "push", "push-naive")
#: A short run: those that see each place, those that see each misbehaviour; the others see where it is most delicate.
SHORT_PLACES = ("deliver", "push-naive", "intake", "import")
SHORT_FAULTS = ("deliver",)
#: A long run: misbehaviour meets death where what is known on the two sides may differ.
FAULTS_OF = {
    "deliver": ("after_intent", "after_2xx", "before_record", "before_done"),
    "push-naive": ("after_intent", "after_2xx", "before_record", "before_done"),
}
DELICATE = ("taken", "after_2xx", "in_record")


@dataclass(frozen=True)
class Cell:
    kind: str
    place: str
    fault: str = "ok"


@dataclass
class Result:
    cell: Cell
    problems: list
    effects: int = 0
    requests: int = 0
    seconds: float = 0.0


def cells(kinds, is_short):
    """All cells of ``kinds``; the short ones: each place once without, and each fault once with a place in turn."""
    found = []
    for kind in kinds:
        places = DELICATE if is_short and kind not in SHORT_PLACES else PLACES_OF[kind]
        found += [Cell(kind, place) for place in places]
        if kind not in SENT:
            continue
        faults = [fault for fault in FAULTS if fault != "ok"]
        if is_short:
            turn = cycle(("after_2xx", "after_intent", "before_done"))
            found += [Cell(kind, next(turn), fault) for fault in faults] if kind in SHORT_FAULTS else []
        elif kind in FAULTS_OF:
            found += [Cell(kind, place, fault) for place in FAULTS_OF[kind] for fault in faults]
    return found


def new_world(kind):
    name, _dash, manner = kind.partition("-")
    return SyncWorld(name, is_naive=manner == "naive")


def run(world, cell):
    """One cell in a world that is quiet; leaves it quiet."""
    started = time.monotonic()
    known = {each["key"] for each in world.effects()}
    if cell.kind in SENT:
        actions = (HELD.get(cell.place, cell.fault), "ok")
        world.receiver.plan(world.path, *actions)
    problems = []
    try:
        problems += _kill(world, cell)
        world.restart()
        world.resume_cause()
        world.settle()
        problems += world.problems()
    except AssertionError as error:
        problems.append(str(error)[:2000])
    mine = [each for each in world.effects() if each["key"] not in known]
    requests = sum(each["attempts"] for each in mine)
    return Result(cell, problems, len(mine), requests, time.monotonic() - started)


def _kill(world, cell):
    if cell.place in HELD:
        world.cause()
        world.kill_when_held()
        return []
    world.arm(cell.place)
    world.cause()
    if world.wait_until_dead():
        return []
    world.server.kill()
    return [f"the server never reached {cell.place}"]


def _run_part(part, tell):
    """Cells of one kind, one after the other in one world; a broken world is not used again."""
    waiting = list(part)
    while waiting:
        with new_world(waiting[0].kind) as world:
            while waiting:
                result = run(world, waiting.pop(0))
                tell(result)
                if result.problems:
                    break


def run_all(chosen, processes, tell):
    """Run ``chosen``; ``tell`` hears of each result as it comes."""
    crash_template()
    parts = []
    for kind in dict.fromkeys(cell.kind for cell in chosen):
        mine = [cell for cell in chosen if cell.kind == kind]
        size = max(12, -(-len(chosen) // processes // 2))
        parts += [mine[first : first + size] for first in range(0, len(mine), size)]
    parts.sort(key=len, reverse=True)
    with ThreadPoolExecutor(processes) as pool:
        for _done in pool.map(lambda part: _run_part(part, tell), parts):
            pass


# --- telling ----------------------------------------------------------------------------------------------------------


def tell_line(result):
    cell = result.cell
    verdict = "; ".join(result.problems) or "ok"
    line = f"{cell.kind:13} {cell.place:14} {cell.fault:14} {result.seconds:5.1f} s  {verdict}"
    print(line, file=sys.stderr, flush=True)


class Record:
    """Results as they come, told and kept in a file: a long run that was stopped goes on where it was."""

    def __init__(self, path, is_resumed):
        self.path = path
        self.lock = threading.Lock()
        self.results = []
        if is_resumed and path and path.exists():
            known = (Result(**{**each, "cell": Cell(**each["cell"])}) for each in json.loads(path.read_text()))
            self.results = [result for result in known if not result.problems]

    def add(self, result):
        with self.lock:
            tell_line(result)
            self.results.append(result)
            if self.path:
                self.path.write_text(json.dumps([asdict(each) for each in self.results], indent=1))


def _mark(result):
    if result is None:
        return ""
    if result.problems:
        return "**broken**"
    return f"✓ {result.requests / result.effects:.1f}" if result.effects else "✓"


def _table(kind, results):
    found = {(each.cell.place, each.cell.fault): each for each in results if each.cell.kind == kind}
    places = [place for place in PLACES if any(key[0] == place for key in found)]
    faults = [fault for fault in FAULTS if any(key[1] == fault for key in found)]
    lines = ["| killed | " + " | ".join(FAULTS[fault] for fault in faults) + " |", "|---" * (len(faults) + 1) + "|"]
    for place in places:
        marks = (_mark(found.get((place, fault))) for fault in faults)
        lines.append(f"| {PLACES[place]} | " + " | ".join(marks) + " |")
    return f"## {TITLES[kind]}\n\n" + "\n".join(lines) + "\n"


INTRO = """# Crash matrix

Made by `bin/crash-test`; do not edit. In each cell a real Odoo server was killed (SIGKILL) at the place of the row
while a real other system behaved as in the column for the first attempt of each effect, and was started again. Then
each effect was at the other side exactly once by its idempotency key, each job done, each chip *Synced*, the events
numbered without a gap and the audit log whole. The number is how many requests an effect took.

**{cells} cells, {kills} kills, {effects} effects: {lost} lost, {doubled} doubled, {broken} cells broken.**
"""


def document(results):
    said = [problem for each in results for problem in each.problems]
    counts = {
        "cells": len(results),
        "kills": sum(not any("never reached" in text for text in each.problems) for each in results),
        "effects": sum(each.effects for each in results),
        "lost": sum("is lost" in text for text in said),
        "doubled": sum("times" in text for text in said),
        "broken": sum(bool(each.problems) for each in results),
    }
    kinds = [kind for kind in TITLES if any(each.cell.kind == kind for each in results)]
    return INTRO.format(**counts) + "\n" + "\n".join(_table(kind, results) for kind in kinds)


def main(words):
    parser = argparse.ArgumentParser(prog="bin/crash-test", description=__doc__.splitlines()[0])
    parser.add_argument("--short", action="store_true", help="each place and each misbehaviour once; writes nothing")
    parser.add_argument("--table", action="store_true", help="print the table, also of a short run")
    parser.add_argument("--kind", action="append", choices=list(PLACES_OF))
    parser.add_argument("--place", action="append", choices=list(PLACES))
    parser.add_argument("--fault", action="append", choices=list(FAULTS))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--json", type=Path, help="write the results there, cell by cell")
    parser.add_argument("--resume", action="store_true", help="leave out the cells that stand there already, unbroken")
    options = parser.parse_args(words)
    chosen = [
        cell
        for cell in cells(options.kind or PLACES_OF, options.short)
        if cell.place in (options.place or PLACES) and cell.fault in (options.fault or FAULTS)
    ]
    started = time.monotonic()
    record = Record(options.json, options.resume)
    known = {result.cell for result in record.results}
    run_all([cell for cell in chosen if cell not in known], options.processes, record.add)
    results = record.results
    text = document(results)
    if options.table:
        print(text)
    if not (options.short or options.kind or options.place or options.fault):
        DOCUMENT.write_text(text)
    broken = [result for result in results if result.problems]
    print(f"{len(results)} kills, {len(broken)} broken, in {time.monotonic() - started:.0f} s")
    return 1 if broken or not results else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
