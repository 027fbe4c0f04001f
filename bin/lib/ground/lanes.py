"""The lanes of bin/test. Each returns an Outcome; none passes over what it cannot run."""

import json
import subprocess
from contextlib import ExitStack
from pathlib import Path

from . import databases, pytests, templates
from .outcome import Outcome
from .settings import ADDON, ADDONS, CHECKOUT, PYTHON, STATE, say

CELLARS = ("engine", "readers", "clients")
NOT_ODOO = (*CELLARS, "bin", "benchmarks", "docs")
OWN_LANES = ("ui", "real", "project", "addons")
PROCESSES = 2
#: Of each process: where nobody knows yet what a file takes, halves would end far apart.
PORTIONS = 3
CRASH_SECONDS = 1200


def _check(name, command, cwd=CHECKOUT):
    say(f"{name} ...")
    code = subprocess.run(command, cwd=cwd, check=False).returncode
    return Outcome(failures=[name]) if code else Outcome(passed=1)


def lint(_selection):
    tools = Path(PYTHON).parent
    pylint = [PYTHON, "-m", "pylint", "--rcfile", str(CHECKOUT / "pyproject.toml")]
    cellars = [f"ai_bookkeeper/{name}" for name in CELLARS if (CHECKOUT / name).is_dir()]
    # A cellar's `read` or `create` is no method of an Odoo model, and it knows no `odoo.tools`.
    plain = ["--disable=method-required-super,missing-readme,bad-builtin-groupby"]
    return (
        _check("ruff check", [tools / "ruff", "check", "--no-cache", "."])
        + _check("ruff format", [tools / "ruff", "format", "--check", "--no-cache", "."])
        + _check("pylint-odoo", [*pylint, f"--ignore={','.join(NOT_ODOO)}", "ai_bookkeeper"], cwd=ADDONS)
        + _check("pylint-odoo on the cellars", [*pylint, *plain, *cellars], cwd=ADDONS)
    )


def _nothing(lane, selection):
    """A lane that finds no test fails, unless the caller asked for tests of another."""
    return Outcome() if selection.is_narrow else Outcome(failures=[f"{lane}: no test ran"])


def _ran(lane, outcome, selection):
    ran = outcome.passed + outcome.failed + outcome.skipped
    return outcome if ran else _nothing(lane, selection)


def _plain(lane, folders, selection):
    links = [pytests.link(folder) for folder in folders if (CHECKOUT / folder).is_dir()]
    chosen = [link for link in links if selection.touches(link)]
    if not chosen:
        return _nothing(lane, selection)
    root = links[0].parent
    targets = [target for link in chosen for target in selection.targets(link)]
    return _ran(lane, pytests.together([pytests.Run([*targets, *selection.options], root)]), selection)


def pure(selection):
    return _plain("pure", (*CELLARS, "benchmarks"), selection)


def project(selection):
    return _plain("project", ["tests/project"], selection)


def real(selection):
    """Each file in a process of its own: every test starts servers on databases that nobody else uses."""
    templates.addon()
    folder = pytests.link("tests/real")
    files = selection.narrow(sorted(folder.glob("test_*.py")))
    seconds = pytests.costs(files)

    def starter(file):
        arguments = [*selection.targets(file), *selection.options]
        return lambda: pytests.Run(arguments, folder.parent, mark=f"[{file.stem}] ")

    starters = [starter(file) for file in sorted(files, key=seconds.get, reverse=True)]
    return _ran("real", pytests.pooled(starters, PROCESSES), selection)


def _odoo_files(folder, excluded=()):
    files = sorted(folder.rglob("test_*.py")) if folder.is_dir() else []
    return [file for file in files if file.relative_to(folder).parts[0] not in excluded]


def _on_copies(lane, files, selection, processes):
    """In portions, so many at once, each on a database of its own: a portion that takes long holds up no other."""
    files = selection.narrow(files)
    if not files:
        return _nothing(lane, selection)
    source = templates.addon()
    with ExitStack() as stack:

        def starter(index, part):
            def start():
                database = stack.enter_context(databases.copied(source, lane))
                databases.keep_statistics(database)
                arguments = [f"--odoo-database={database}", "--odoo-http", "--odoo-log-level=critical"]
                arguments += [target for file in part for target in selection.targets(file)]
                mark = f"[{index}] " if processes > 1 else ""
                return pytests.Run([*arguments, *selection.options], ADDONS, mark=mark, without_odoo=False)

            return start

        parts = pytests.balanced(files, processes * PORTIONS if processes > 1 else 1)
        starters = [starter(index, part) for index, part in enumerate(parts, 1)]
        return _ran(lane, pytests.pooled(starters, processes, pytests.LANE_SECONDS), selection)


def odoo(selection):
    files = _odoo_files(ADDON / "tests", excluded=OWN_LANES)
    return _on_copies("odoo", files, selection, PROCESSES) + _test_addons(selection)


def _test_addons(selection):
    """Tests of the addons that only tests install, each on a database of its own."""
    total = Outcome()
    for name in templates.test_addon_names():
        folder = pytests.link(f"tests/addons/{name}")
        files = selection.narrow(_odoo_files(folder / "tests"))
        if not files:
            continue
        with databases.copied(templates.with_test_addon(name), "odoo") as database:
            path = ",".join(map(str, (ADDONS, templates.TEST_ADDONS)))
            arguments = [f"--odoo-database={database}", f"--odoo-addons-path={path}", "--odoo-http"]
            arguments += [
                "--odoo-log-level=critical",
                *(str(target) for file in files for target in selection.targets(file)),
            ]
            run = pytests.Run([*arguments, *selection.options], folder.parent, without_odoo=False)
            total += pytests.together([run])
    return total


def queue_job(selection):
    """The queue's tests once more, on its other back end."""
    files = selection.narrow(sorted((ADDON / "tests" / "sync").glob("test_queue*.py")))
    if not files:
        return _nothing("queue_job", selection)
    with databases.copied(templates.with_queue_job(), "queuejob") as database:
        path = ",".join(map(str, (ADDONS, templates.queue_job_addons())))
        arguments = [f"--odoo-database={database}", f"--odoo-addons-path={path}", "--odoo-http"]
        arguments += ["--odoo-log-level=critical", *(each for file in files for each in selection.targets(file))]
        environment = {**templates.queue_job_environment(), "AIB_QUEUE_BACKEND": "queue_job"}
        run = pytests.Run([*arguments, *selection.options], ADDONS, without_odoo=False, environment=environment)
        return _ran("queue_job", pytests.together([run]), selection)


def browser(selection):
    files = _odoo_files(ADDON / "tests" / "ui")
    return _on_copies("browser", files, selection, 1)


def crash(selection):
    """The short crash matrix: each cell is a test."""
    if selection.is_narrow:
        return Outcome()
    record = STATE / "crashes.json"
    record.unlink(missing_ok=True)
    command = [PYTHON, CHECKOUT / "tests" / "real" / "crashes.py", "--short", "--json", record]
    subprocess.run(command, check=False, timeout=CRASH_SECONDS)
    cells = json.loads(record.read_text()) if record.exists() else []
    broken = [cell for cell in cells if cell["problems"]]
    failures = [f"crash {' '.join(cell['cell'].values())}: {'; '.join(cell['problems'])[:300]}" for cell in broken]
    outcome = Outcome(passed=len(cells) - len(broken), failures=failures)
    return outcome if cells else Outcome(failures=["crash: no cell ran"])


LANES = {
    "lint": lint,
    "project": project,
    "pure": pure,
    "odoo": odoo,
    "queue_job": queue_job,
    "browser": browser,
    "real": real,
    "crash": crash,
}
