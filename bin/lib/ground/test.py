"""bin/test [lane ...] [path ...] [pytest option ...]"""

import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from . import databases
from .lanes import LANES
from .outcome import Outcome
from .selection import Selection
from .settings import say
from .templates import InstallError

SINGLE = ("lint", "pure")

USAGE = f"""usage: bin/test [lane ...] [path ...] [pytest option ...]

lanes: {", ".join(LANES)} (all of them, in this order, when none is named)
paths narrow a lane: bin/test odoo tests/models/test_x.py::TestX
options go to pytest: bin/test odoo -k name"""


def split(words):
    lanes = []
    while words and words[0] in LANES:
        lanes.append(words[0])
        words = words[1:]
    return lanes or list(LANES), words


def run(lane, selection):
    started = time.monotonic()
    say(f"=== {lane}")
    try:
        outcome = LANES[lane](selection)
    except InstallError as error:
        say(str(error))
        outcome = Outcome(failures=[f"{lane}: the addon did not install (log above)"])
    print(f"--- {lane}: {outcome.line()} in {time.monotonic() - started:.0f} s", flush=True)
    return outcome


def _groups(lanes):
    """Lanes that run at the same time: those of one process each go together, the others fill the machine alone."""
    single = [lane for lane in lanes if lane in SINGLE]
    return [group for group in (single, *([lane] for lane in lanes if lane not in SINGLE)) if group]


def main(words):
    if words and words[0] in ("-h", "--help"):
        print(USAGE)
        return 0
    lanes, rest = split(words)
    for end in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(end, lambda number, _frame: sys.exit(128 + number))
    databases.drop_orphans()
    selection, total = Selection(rest), Outcome()
    for group in _groups(lanes):
        with ThreadPoolExecutor(len(group)) as pool:
            for outcome in pool.map(lambda lane: run(lane, selection), group):
                total += outcome
    for failure in total.failures:
        print(f"FAILED {failure}")
    print(total.line(), flush=True)
    return 1 if total.failed or not total.passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
