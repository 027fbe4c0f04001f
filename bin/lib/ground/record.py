"""A pytest plugin: writes each test's outcome and duration to the file that AIB_RECORD names."""

import json
import os

RANK = {"passed": 0, "skipped": 1, "failed": 2}


class Recorder:
    def __init__(self):
        self.tests = {}
        self.durations = {}

    def _note(self, nodeid, outcome, reason=""):
        known = self.tests.get(nodeid)
        if known is None or RANK[outcome] > RANK[known["outcome"]]:
            self.tests[nodeid] = {"outcome": outcome, "reason": reason}

    def pytest_collection_modifyitems(self, items):
        # A base class that a module imports is no test of that module.
        items[:] = [item for item in items if not _is_imported(item)]

    def pytest_runtest_logreport(self, report):
        path = report.nodeid.split("::")[0]
        self.durations[path] = self.durations.get(path, 0) + getattr(report, "duration", 0)
        if report.when == "call" or report.outcome != "passed":
            self._note(report.nodeid, report.outcome, _reason(report))

    def pytest_collectreport(self, report):
        if report.outcome != "passed":
            self._note(report.nodeid or "collection", report.outcome, _reason(report))

    def pytest_sessionfinish(self):
        with open(os.environ["AIB_RECORD"], "w") as file:
            json.dump({"tests": self.tests, "durations": self.durations}, file)


def _is_imported(item):
    owner = getattr(item, "cls", None)
    return owner is not None and owner.__module__ != item.module.__name__


def _reason(report):
    if report.outcome == "skipped" and isinstance(report.longrepr, tuple):
        return str(report.longrepr[2])
    return ""


def pytest_configure(config):
    config.pluginmanager.register(Recorder(), "ground_recorder")
