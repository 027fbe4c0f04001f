from datetime import date, timedelta
from decimal import Decimal

from engine.learning import Case, Example, Learner

DAY = date(2026, 1, 1)


def case(number, payee="shell", text="SHELL 4711", amount="-50.00"):
    return Case(number, DAY + timedelta(days=number), payee, text, Decimal(amount))


def taught(*labels):
    learner = Learner()
    learner.learn_many(Example(case(number), label) for number, label in enumerate(labels))
    return learner


def test_what_was_decided_before_is_proposed_by_memory():
    found = taught("fuel", "fuel", "office", "fuel").predict(case(9))
    assert (found.tier, found.label) == ("memory", "fuel")


def test_a_forgotten_decision_counts_no_more():
    learner = taught("fuel", "office")
    learner.forget(Example(case(1), "office"))
    assert learner.predict(case(9)).ranked[0] == ("fuel", 1.0)


def test_a_snapshot_says_what_its_learner_says():
    learner = taught("fuel", "office", "fuel")
    again = Learner.from_json(learner.to_json())
    assert again.predict(case(9)) == learner.predict(case(9))
