"""Pairing, the day, and the balance of every day after it."""

import random
import unittest
from datetime import date, timedelta
from decimal import Decimal

from .. import Entry, Facts, Movement, Stretch, choose, fates, pair, running, standing, still_coming
from .. import days as span

D0 = date(2026, 1, 1)


def day(count):
    return D0 + timedelta(days=count)


def move(key, count, amount, text="", name=""):
    return Movement(key, day(count), Decimal(amount), text, name)


def entry(key, count, amount, text="", name="", **values):
    return Entry(key, day(count), Decimal(amount), values.pop("document", key), text, name, **values)


def facts(movements, entries, opening="0", **values):
    opening = None if opening is None else Decimal(opening)
    balances, sum_up = {}, opening
    for each in sorted(movements, key=lambda m: m.date):
        if opening is not None:
            sum_up += each.amount
            balances[each.date] = sum_up
    return Facts(tuple(movements), tuple(entries), opening=opening, balances=balances, **values)


def pairs(found):
    return sorted(
        ([m.key for m in g.movements], [e.key for e in g.entries]) for g in found if g.movements and g.entries
    )


class TestPairing(unittest.TestCase):
    def test_amount_and_nearest_day(self):
        found = pair(facts([move("a", 3, "100"), move("b", 33, "100")], [entry(1, 2, "100"), entry(2, 34, "100")]))
        self.assertEqual(pairs(found), [(["a"], [1]), (["b"], [2])])

    def test_number_beats_days(self):
        movements = [move("a", 5, "100", "Invoice 20260017"), move("b", 6, "100", "Invoice 20260018")]
        entries = [entry(1, 5, "100", "INV 20260018"), entry(2, 6, "100", "INV 20260017")]
        self.assertEqual(pairs(pair(facts(movements, entries))), [(["a"], [2]), (["b"], [1])])

    def test_rival_is_asked(self):
        found = pair(facts([move("a", 5, "100")], [entry(1, 5, "100"), entry(2, 5, "100")]))
        asked = [group for group in found if group.asked]
        self.assertEqual(len(asked), 1)
        self.assertEqual(sorted(asked[0].choices), [(1,), (2,)])

    def test_what_a_person_said(self):
        wanted = facts([move("a", 5, "100")], [entry(1, 5, "100"), entry(2, 5, "100")], paired={"a": (2,)})
        self.assertEqual(pairs(pair(wanted)), [(["a"], [2])])
        none = facts([move("a", 5, "100")], [entry(1, 5, "100")], paired={"a": ()})
        self.assertEqual(pairs(pair(none)), [])

    def test_one_line_many_entries(self):
        movements = [move("a", 5, "-600"), move("b", 0, "1")]
        entries = [entry(1, 4, "-100"), entry(2, 4, "-200"), entry(3, 5, "-300"), entry(4, 5, "-70.01")]
        self.assertEqual(pairs(pair(facts(movements, entries))), [(["a"], [1, 2, 3])])

    def test_many_lines_one_entry(self):
        movements = [move("a", 5, "10"), move("b", 6, "20"), move("c", 6, "33")]
        self.assertEqual(pairs(pair(facts(movements, [entry(1, 7, "30")]))), [(["a", "b"], [1])])

    def test_two_sums_are_asked(self):
        entries = [entry(1, 5, "10"), entry(2, 5, "20"), entry(3, 5, "15", document=8), entry(4, 5, "15", document=9)]
        found = pair(facts([move("a", 5, "30")], entries))
        self.assertEqual([group.asked for group in found if group.movements], [True])

    def test_reversed_entry_is_not_a_movement(self):
        entries = [entry(1, 2, "50"), entry(2, 4, "-50", reverses=1), entry(3, 6, "70")]
        found = pair(facts([move("a", 6, "70")], entries))
        self.assertEqual(pairs(found), [(["a"], [3])])
        self.assertIn([1, 2], [[e.key for e in g.entries] for g in found])

    def test_older_entries_are_believed_shown(self):
        """The weekly payment before the file is not the one that nobody booked yet."""
        movements = [move("a", 7, "-500")]
        self.assertEqual(pairs(pair(facts(movements, [entry(1, -1, "-500")], opening="-500"))), [])

    def test_older_cheque_explains_the_eve(self):
        movements = [move("a", 7, "-500"), move("b", 8, "-20")]
        entries = [entry(1, -1, "-500"), entry(2, -3, "-20"), entry(3, -2, "900")]
        self.assertEqual(pairs(pair(facts(movements, entries, opening="880"))), [(["a"], [1])])

    def test_older_run_explains_the_eve(self):
        entries = [entry(1, -1, "-10"), entry(2, -1, "-20"), entry(3, -2, "900")]
        self.assertEqual(pairs(pair(facts([move("a", 0, "-30")], entries, opening="900"))), [(["a"], [1, 2])])


class TestDay(unittest.TestCase):
    def setUp(self):
        movements = [move("a", 5, "100"), move("b", 20, "-40"), move("c", 35, "10"), move("d", 50, "7")]
        self.facts = facts(movements, [entry(1, 5, "100"), entry(2, 21, "-40"), entry(3, 36, "10")])

    def test_latest_clean_end_of_month(self):
        groups = pair(self.facts)
        chosen = choose(self.facts, groups)
        self.assertEqual(chosen, date(2026, 1, 31))
        stands = standing(self.facts, fates(self.facts, groups, chosen), chosen)
        self.assertEqual((stands.ledger, stands.bank, stands.unexplained), (Decimal(60), Decimal(60), Decimal(0)))
        self.assertEqual(stands.counts, {"in_books": 2, "matched": 1, "new": 1})

    def test_locked_days_are_not_offered(self):
        locked = facts(self.facts.movements, self.facts.entries, locked=day(40))
        self.assertEqual(span(locked), (day(40), day(50)))
        self.assertGreaterEqual(choose(locked, pair(locked)), day(40))

    def test_cheque_that_is_still_to_come(self):
        wanted = facts([move("a", 5, "100"), move("b", 30, "5")], [entry(1, 5, "100"), entry(2, 25, "-30")])
        groups = pair(wanted)
        self.assertEqual(still_coming(wanted, groups, day(29)), frozenset({2}))

    def test_balances_of_statements(self):
        first = Stretch(None, Decimal(30), ((day(1), Decimal(10)), (day(2), Decimal(5))))
        later = Stretch(Decimal(50), None, ((day(9), Decimal(1)),))
        opening, found = running([later, first])
        self.assertEqual(opening, Decimal(15))
        self.assertEqual(found, {day(1): Decimal(25), day(2): Decimal(30), day(9): Decimal(51)})


class TestEveryDay(unittest.TestCase):
    """Seeded books: after the cut-over the ledger is the bank's balance on every day, whatever the noise."""

    def test_seeds(self):
        for seed in range(60):
            with self.subTest(seed=seed):
                self._check(random.Random(seed))

    def _check(self, rng):
        opening = Decimal(rng.randrange(0, 500000)) / 100
        movements, entries = [], [entry(0, -30, str(opening), is_opening=False)] if opening else []
        for number in range(rng.randrange(5, 60)):
            at, amount = rng.randrange(0, 90), Decimal(rng.choice([-1, 1]) * rng.randrange(1, 40000)) / 100
            movements.append(move(f"m{number}", at, amount, f"Text {rng.randrange(10**6)}"))
            if rng.random() < 0.75:
                entries.append(entry(number + 1, at + rng.randrange(-4, 5), str(amount)))
        wanted = facts(movements, entries, opening=str(opening))
        groups = pair(wanted)
        chosen = choose(wanted, groups)
        found = fates(wanted, groups, chosen)
        stands = standing(wanted, found, chosen)
        for count in range((chosen - D0).days, 100):
            at = day(count)
            ledger = sum((e.amount for e in entries if e.date <= at), Decimal(0))
            for fate in found:
                ledger -= sum((e.amount for e, own in fate.moves if (own or chosen) <= at), Decimal(0))
                ledger += sum((m.amount for m in fate.bridges), Decimal(0))
                if any(m.date > chosen for m in fate.group.movements):
                    ledger += sum((m.amount for m in fate.group.movements if chosen < m.date <= at), Decimal(0))
            truth = opening + sum((m.amount for m in movements if m.date <= at), Decimal(0))
            self.assertEqual(ledger + stands.unexplained, truth, at)


if __name__ == "__main__":
    unittest.main()
