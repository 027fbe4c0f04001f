"""Running pytest in processes of their own and reading back what they recorded."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import outcome as outcomes
from .settings import CHECKOUT, PYTHON, STATE

#: What a busy machine may need; whatever takes longer hangs.
LANE_SECONDS = 30 * 60
FILE_SECONDS = 15 * 60
NOTHING_COLLECTED = 5
RAN = (0, 1)
OPTIONS = ["-q", "--tb=short", "-rfEs", "--disable-warnings", "-p", "ground.record", "-p", "no:cacheprovider"]


class Run:
    """One pytest process. Its output is told line by line, after a mark if several run at once."""

    def __init__(self, arguments, root, mark="", without_odoo=True, environment=None):
        handle, self.record = tempfile.mkstemp(prefix="aib-record-", suffix=".json")
        os.close(handle)
        plugin = ["-p", "no:odoo"] if without_odoo else []
        command = [PYTHON, "-m", "pytest", "-c", os.devnull, f"--rootdir={root}"]
        self.process = subprocess.Popen(
            [*command, *OPTIONS, *plugin, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            cwd=root,
            env={**os.environ, **(environment or {}), "AIB_RECORD": self.record},
            start_new_session=True,
        )
        self.mark = mark
        self.teller = threading.Thread(target=self._tell, daemon=True)
        self.teller.start()

    def _tell(self):
        for line in self.process.stdout:
            sys.stdout.write(f"{self.mark}{line}")
            sys.stdout.flush()

    def finish(self, deadline):
        """The outcome and durations; a process that hangs is killed with all that it started."""
        try:
            code = self.process.wait(max(1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.kill()
            code = "timeout"
        self.teller.join(5)
        return self._read(code)

    def kill(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def _read(self, code):
        text = Path(self.record).read_text()
        Path(self.record).unlink()
        recorded = json.loads(text) if text else {"tests": {}, "durations": {}}
        result = outcomes.from_tests(recorded["tests"])
        if code not in (*RAN, NOTHING_COLLECTED) or (code == 1 and not result.failures):
            result.failures.append(f"pytest {self.mark}ended with {code}")
        return result, recorded["durations"]


def together(runs):
    deadline = time.monotonic() + LANE_SECONDS
    total = outcomes.Outcome()
    try:
        for run in runs:
            result, durations = run.finish(deadline)
            total += result
            remember(durations)
    finally:
        # Sessions of their own do not hear the terminal's Ctrl-C.
        for run in runs:
            run.kill()
    return total


def pooled(starters, processes, seconds=FILE_SECONDS):
    """The outcome of runs that `starters` start: so many at once, the next as soon as one has ended; none may take
    more than `seconds`."""
    started, total = [], outcomes.Outcome()

    def one(start):
        run = start()
        started.append(run)
        return run.finish(time.monotonic() + seconds)

    pool = ThreadPoolExecutor(processes)
    try:
        for result, durations in pool.map(one, starters):
            total += result
            remember(durations)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for run in started:
            run.kill()
    return total


def _durations_file():
    return STATE / "durations.json"


def known_durations():
    try:
        return json.loads(_durations_file().read_text())
    except (OSError, ValueError):
        return {}


def remember(durations):
    known = known_durations()
    for path, seconds in durations.items():
        known[Path(path).name] = round(seconds, 2)
    _durations_file().write_text(json.dumps(known))


def costs(files):
    """Seconds of each when last run here; a file never seen counts by its size."""
    known = known_durations()
    return {file: known.get(file.name, file.stat().st_size / 1000) for file in files}


def balanced(files, parts):
    """Longest first, each to the emptiest part."""
    seconds = costs(files)
    loads = [(0.0, index, []) for index in range(parts)]
    for file in sorted(files, key=seconds.get, reverse=True):
        load, index, chosen = min(loads)
        chosen.append(file)
        loads[index] = (load + seconds[file], index, chosen)
    return [sorted(chosen) for _load, _index, chosen in loads if chosen]


def link(name):
    """A link outside the checkout: seen through it, a folder has no package above it.

    pytest would else import the addon's root, and with it Odoo models, as a package.
    """
    links = STATE / "links"
    links.mkdir(exist_ok=True)
    target, path = CHECKOUT / name, links / Path(name).name
    if not path.is_symlink() or path.readlink() != target:
        path.unlink(missing_ok=True)
        path.symlink_to(target)
    return path
