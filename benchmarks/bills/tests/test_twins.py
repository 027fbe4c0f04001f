"""What is planted is a copy that differs in one thing; it comes after its original and teaches the guard nothing."""

import random
from datetime import date
from decimal import Decimal

import pytest

from benchmarks.bills import twins
from engine.anomaly.duplicates import Bill


def bill(key, number="5100922905", day=date(2017, 3, 1)):
    return Bill(key, 1, ("Hays Personnel Ltd",), (), (), number, day, Decimal("1086.80"), "GBP", "bill")


@pytest.mark.parametrize("change", twins.KINDS.values(), ids=list(twins.KINDS))
def test_a_copy_differs_from_its_original(change):
    chance = random.Random(1)
    for _copy in range(50):
        copy = change(bill(1), chance)
        assert copy != bill(1)
        assert abs((copy.date - bill(1).date).days) <= 5
        assert 0 < copy.amount <= bill(1).amount


def test_twins_come_after_their_originals():
    every = [bill(at, str(5100922900 + 7 * at), date(2017, 1, 1 + at)) for at in range(20)]
    seen = set()
    planted = 0
    for arriving, kind in twins._arriving(every, every, 5):
        if kind:
            planted += 1
            assert -arriving.key in seen
        else:
            seen.add(arriving.key)
    assert planted == 5 * (len(twins.KINDS) + len(twins.BESIDE))
    assert len(seen) == 20
