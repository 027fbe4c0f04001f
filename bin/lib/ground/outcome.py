"""Counting: what ran, what failed, which skips are allowed."""

from dataclasses import dataclass, field
from pathlib import Path

ALLOWED_SKIPS = Path(__file__).with_name("allowed_skips.txt")


def allowed_skips():
    lines = ALLOWED_SKIPS.read_text().splitlines()
    return [line.split("#")[0].strip() for line in lines if line.split("#")[0].strip()]


@dataclass
class Outcome:
    passed: int = 0
    skipped: int = 0
    failures: list = field(default_factory=list)

    @property
    def failed(self):
        return len(self.failures)

    def __add__(self, other):
        return Outcome(
            self.passed + other.passed,
            self.skipped + other.skipped,
            self.failures + other.failures,
        )

    def line(self):
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


def from_tests(tests):
    """A skip that nobody allowed is a test that did not run: a failure."""
    allowed, outcome = allowed_skips(), Outcome()
    for nodeid, test in tests.items():
        if test["outcome"] == "passed":
            outcome.passed += 1
        elif test["outcome"] == "skipped" and any(part in nodeid for part in allowed):
            outcome.skipped += 1
        elif test["outcome"] == "skipped":
            outcome.failures.append(f"{nodeid} (skipped: {test['reason']})")
        else:
            outcome.failures.append(nodeid)
    return outcome
