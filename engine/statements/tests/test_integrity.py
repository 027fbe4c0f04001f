"""What does not join and what came twice: found where it is so, and nowhere else."""

import unittest
from datetime import date
from decimal import Decimal

from ..doubles import Moved, doubles
from ..joining import joins
from .test_chain import told


def day(number):
    return date(2026, 1, number)


def line(number, amount="100", text="Northwind Traders INV 2026 0017", on=5, way="camt.053", batch=1, **more):
    values = {"journal": 1, "currency": "EUR", "account": "", "references": (), "unique": "", **more}
    return Moved(id=number, day=day(on), amount=Decimal(amount), text=text, way=way, batch=batch, **values)


class TestJoins(unittest.TestCase):
    def codes(self, *statements):
        return {key: [each.code for each in found] for key, found in joins(statements, "EUR").items()}

    def test_in_order(self):
        self.assertEqual(self.codes(told(1, day(1), day(5), 0, 10), told(2, day(5), day(9), 10, 30)), {})

    def test_gap(self):
        found = joins([told(1, day(1), day(5), 0, 10), told(2, day(6), day(9), 25, 30)], "EUR")
        [gap] = found[2]
        self.assertEqual(
            (gap.code, gap.values["gap"], gap.twin), ("statement_gap", "15", ("account.bank.statement", 1))
        )

    def test_loose_lines_fill_it(self):
        self.assertEqual(self.codes(told(1, day(1), day(5), 0, 10, loose=15), told(2, day(6), day(9), 25, 30)), {})

    def test_rest_and_overlap(self):
        found = self.codes(told(1, day(1), day(8), 0, 10, moved=9), told(2, day(6), day(9), 10, 30))
        self.assertEqual(found, {1: ["statement_rest"], 2: ["statement_overlap"]})

    def named(self, *names):
        return self.codes(*(named_told(number, name) for number, name in enumerate(names, 1)))

    def test_number_left_out(self):
        self.assertEqual(self.named("2026/001", "2026/002", "2026/003", "2026/005"), {4: ["statement_number"]})

    def test_numbers_that_mean_nothing(self):
        for names in (
            ("2026/001", "2026/003"),  # not proven
            ("2026-01-31", "2026-03-31", "2026-06-30"),
            ("2025/011", "2025/012", "2025/013", "2026/001"),
            ("A", "B", "C", "D"),
            ("1/1", "1/2", "1/3", "2/1"),
        ):
            self.assertEqual(self.named(*names), {}, names)


def named_told(number, name):
    found = told(number, day(number), day(number), 0, 0)
    return type(found)(**{**{slot: getattr(found, slot) for slot in found.__slots__}, "name": name})


class TestDoubles(unittest.TestCase):
    def found(self, *lines, checked=None):
        everything = doubles(lines, checked if checked is not None else [each.id for each in lines])
        return {key: [(each.code, each.twin[1]) for each in found] for key, found in everything.items()}

    def test_two_ways(self):
        self.assertEqual(self.found(line(1), line(2, way="ofx", batch=2)), {2: [("line_double", 1)]})
        self.assertEqual(
            self.found(line(1), line(2, way="hand", batch=0, text="NORTHWIND TRADERS")), {2: [("line_double", 1)]}
        )

    def test_one_way_is_two_movements(self):
        self.assertEqual(self.found(line(1), line(2, batch=2)), {})
        self.assertEqual(self.found(line(1), line(2)), {})

    def test_recognised_by_an_import(self):
        """The file had it twice, and one of the two was entered before: no double is left."""
        self.assertEqual(self.found(line(1, way="", batch=0), line(2, way="sheet", batch=2)), {})

    def test_other_day_needs_an_id(self):
        self.assertEqual(self.found(line(1), line(2, way="ofx", batch=2, on=6)), {})
        ids = {"unique": "TX20260105AB"}
        self.assertEqual(
            self.found(line(1, **ids), line(2, way="ofx", batch=2, on=6, **ids)), {2: [("line_double", 1)]}
        )
        references = {"references": ("E2E-778899",)}
        found = self.found(line(1, **references), line(2, way="ofx", batch=2, on=7, **references))
        self.assertEqual(found, {2: [("line_double", 1)]})

    def test_placeholders_are_no_ids(self):
        ids = {"references": ("NOTPROVIDED",), "unique": "000000000", "text": "x"}
        self.assertEqual(self.found(line(1, **ids), line(2, way="ofx", batch=2, on=6, **ids)), {})

    def test_other_text_number_or_account(self):
        for more in ({"text": "Blue Yonder"}, {"text": "Northwind Traders INV 2026 0018"}, {"amount": "100.01"}):
            self.assertEqual(self.found(line(1), line(2, way="ofx", batch=2, **more)), {}, more)
        accounts = [{"account": "DE89370400440532013000"}, {"account": "BE68539007547034"}]
        self.assertEqual(self.found(line(1, **accounts[0]), line(2, way="ofx", batch=2, **accounts[1])), {})

    def test_each_once(self):
        """Two equal movements by each way: two pairs, no third."""
        lines = [line(1), line(2), line(3, way="ofx", batch=2), line(4, way="ofx", batch=2)]
        self.assertEqual(self.found(*lines), {3: [("line_double", 1)], 4: [("line_double", 2)]})
        self.assertEqual(
            self.found(*lines, line(5, way="mt940", batch=3)), {3: [("line_double", 1)], 4: [("line_double", 2)]}
        )

    def test_two_journals_of_one_account(self):
        self.assertEqual(self.found(line(1), line(2, journal=2)), {2: [("line_double", 1)]})

    def test_only_what_is_checked(self):
        self.assertEqual(self.found(line(1), line(2, way="ofx", batch=2), checked=[7]), {})

    def test_corrected(self):
        ids = {"unique": "TX20260105AB"}
        self.assertEqual(self.found(line(1, **ids), line(2, "101", batch=2, **ids)), {2: [("line_corrected", 1)]})
        self.assertEqual(self.found(line(1, **ids), line(2, batch=2, on=8, **ids)), {2: [("line_corrected", 1)]})

    def test_not_corrected(self):
        ids = {"unique": "TX20260105AB"}
        for more in ({"amount": "-100"}, {"amount": "101", "batch": 1}, {"amount": "101", "on": 30}):
            self.assertEqual(self.found(line(1, **ids), line(2, **{"batch": 2, **ids, **more})), {}, more)

    def test_provisional(self):
        early = {"references": ("E2E-778899",), "is_provisional": True, "way": "camt.052"}
        late = {"references": ("E2E-778899",), "batch": 2}
        self.assertEqual(self.found(line(1, "99", **early), line(2, **late)), {2: [("line_corrected", 1)]})
        self.assertEqual(self.found(line(1, "99", **{**early, "is_provisional": False}), line(2, **late)), {})
