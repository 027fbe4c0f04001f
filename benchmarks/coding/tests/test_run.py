"""Nobody sees the truth of a line before it was guessed, nor the test when a threshold is chosen."""

from datetime import date, timedelta

from benchmarks.coding import run, year
from benchmarks.coding.learner import Learned
from benchmarks.coding.methods import Gate, Guess, LastDecision, Memory
from benchmarks.coding.rows import split

from .test_rows import row

FIRST = date(2024, 1, 1)


def habit(n, payee="a", label="1", start=FIRST):
    return [row(payee, label, start + timedelta(days=day)) for day in range(n)]


class Spy:
    """Notes what it is told and asked, in order."""

    name, is_online, is_probability = "spy", True, True

    def __init__(self):
        self.notes = []

    def fit(self, rows):
        self.notes += [("learned", each.case.date) for each in rows]

    def guess_many(self, rows):
        self.notes += [("guessed", each.case.date) for each in rows]
        return [Guess("1", 0.5)] * len(rows)

    def learn(self, each):
        self.notes.append(("learned", each.case.date))


def test_each_line_is_guessed_before_it_is_learned():
    for rhythm in ("line", "day"):
        spies = []
        run.measure(lambda: spies.append(Spy()) or spies[-1], split("x", habit(50)), rhythm)  # noqa: B023
        (spy,) = spies
        guessed = set()
        for what, day in spy.notes:
            if what == "guessed":
                assert ("learned", day) not in guessed
            guessed.add((what, day))
        assert sum(what == "guessed" for what, _day in spy.notes) == 8 + 10


def test_the_threshold_is_chosen_before_the_test():
    """In the past everything is right, in the test everything wrong: the threshold does not know it."""
    rows = habit(40) + habit(10, label="2", start=FIRST + timedelta(days=40))
    found = run.measure(lambda: Memory(is_online=False), split("x", rows), "line")
    assert found.chosen_on == (8, 8, 8)
    assert found.right() == (0, 10)
    assert sum(confidence >= found.threshold for confidence, _right in found.scored) == 10


def test_memories_know_what_they_say():
    last, memory, gate = LastDecision(), Memory(), Gate()
    for method in (last, memory, gate):
        method.fit([row("a", "1"), row("a", "1"), row("a", "2")])
    asked = [row("a", "?"), row("b", "?")]
    assert [guess.label for guess in last.guess_many(asked)] == ["2", None]
    assert [guess.label for guess in memory.guess_many(asked)] == ["1", None]
    assert [guess.label for guess in gate.guess_many(asked)] == [None, None]


def test_a_machine_that_books_alone_teaches_itself_nothing():
    """A habit changes in the year: people would have taught the new one, its own entries must not confirm the old."""
    rows = [day for day in habit(400) + habit(366, label="2", start=FIRST + timedelta(days=400)) for _ in range(3)]
    months = year.last_year(split("x", rows))
    fed = year.run(lambda: Learned(months.accounts), months, feeds_on_itself=True)
    clean = year.run(lambda: Learned(months.accounts), months)
    assert sum(month.accepted_right for month in clean.months) >= sum(month.accepted_right for month in fed.months)
    assert sum(month.rows for month in clean.months) == len(months.future)
    assert len(clean.months) == 12


def test_a_short_history_has_no_year():
    assert year.last_year(split("x", habit(400))) is None
