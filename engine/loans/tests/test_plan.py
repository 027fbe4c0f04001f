"""Plans to the cent, against figures reckoned apart."""

import random
import unittest
from datetime import date
from decimal import Decimal as D

from .. import Change, PlanError, Row, Terms, check, payment_of, plan

START, FIRST = date(2026, 1, 1), date(2026, 1, 31)


def terms(kind="annuity", principal="10000.00", rate="6", count=12, **more):
    return Terms(kind, D(principal), D(rate), more.pop("start", START), more.pop("first", FIRST), count, **more)


class TestPlan(unittest.TestCase):
    def test_textbook_annuity(self):
        # 100,000 at 6 % over 30 years of months: 599.55 a month in any table of annuities.
        self.assertEqual(payment_of(D(100000), D(6), 1, 360), D("599.55"))

    def test_annuity(self):
        rows = plan(terms(start=date(2025, 12, 31)))
        self.assertEqual(len(rows), 12)
        self.assertEqual(
            [str(each) for each in (rows[0].payment, rows[0].interest, rows[0].principal)],
            ["860.66", "50.00", "810.66"],
        )
        self.assertEqual((str(rows[1].interest), str(rows[1].after)), ("45.95", "8374.63"))
        self.assertEqual(rows[1].date, date(2026, 2, 28))
        self.assertEqual(rows[-1].after, 0)

    def test_linear_and_bullet(self):
        rows = plan(
            terms("linear", start=date(2025, 12, 31), count=3, months=3, principal="1000.00", first=date(2026, 3, 31))
        )
        self.assertEqual([str(row.principal) for row in rows], ["333.33", "333.33", "333.34"])
        self.assertEqual([str(row.interest) for row in rows], ["15.00", "10.00", "5.00"])
        rows = plan(terms("bullet", start=date(2025, 12, 31), count=4, months=3, first=date(2026, 3, 31)))
        self.assertEqual([str(row.payment) for row in rows], ["150.00", "150.00", "150.00", "10150.00"])

    def test_actual_days(self):
        [row] = plan(terms("bullet", count=1, basis="act/365", first=date(2026, 7, 1)))
        self.assertEqual(str(row.interest), "297.53")  # 10000 * 6 % * 181 / 365
        [row] = plan(terms("bullet", count=1, basis="act/360", first=date(2026, 7, 1)))
        self.assertEqual(str(row.interest), "301.67")

    def test_extra_repayment_keeps_payment_or_term(self):
        base = terms(start=date(2025, 12, 31))
        extra = date(2026, 3, 31)
        shorter = plan(base, [Change(extra, extra=D("3000.00"), keeps="payment")])
        same_term = plan(base, [Change(extra, extra=D("3000.00"), keeps="term")])
        self.assertEqual(len([row for row in shorter if not row.is_extra]), 9)
        self.assertEqual({str(row.payment) for row in shorter[:-1] if not row.is_extra}, {"860.66"})
        self.assertEqual(len([row for row in same_term if not row.is_extra]), 12)
        self.assertLess(same_term[5].payment, D("600"))
        [row] = [row for row in same_term if row.is_extra]
        self.assertEqual((row.payment, row.interest, row.date), (D("3000.00"), 0, extra))

    def test_rate_changes_within_a_period(self):
        base = terms("bullet", count=1, first=date(2026, 12, 31), start=date(2025, 12, 31))
        [row] = plan(base, [Change(date(2026, 6, 30), rate=D(3))])
        self.assertEqual(str(row.interest), "450.00")

    def test_fee(self):
        rows = plan(terms(fee=D("5.00"), start=date(2025, 12, 31)))
        self.assertEqual(str(rows[0].payment), "865.66")

    def test_without_interest(self):
        rows = plan(terms(rate="0", count=3, principal="100.00"))
        self.assertEqual([str(row.payment) for row in rows], ["33.33", "33.33", "33.34"])

    def test_any_loan_redeems_itself(self):
        rng = random.Random(7)
        for _time in range(200):
            months = rng.choice((1, 3, 6, 12))
            made = terms(
                rng.choice(("annuity", "linear", "bullet")),
                f"{rng.randint(1000, 900000)}.{rng.randint(0, 99):02d}",
                str(rng.randint(0, 120) / D(10)),
                rng.randint(1, 60),
                months=months,
                basis=rng.choice(("30/360", "act/365", "act/360")),
                first=date(2026, rng.randint(1, months), rng.randint(2, 28)),
            )
            rows = plan(made)
            owed = made.principal
            for row in rows:
                self.assertEqual(row.before, owed)
                self.assertEqual(row.payment, row.interest + row.principal + row.fee)
                self.assertGreaterEqual(row.interest, 0)
                owed -= row.principal
                self.assertEqual(row.after, owed)
            self.assertEqual(owed, 0)
            # A short first period bears less interest: an annuity may be redeemed sooner.
            self.assertLessEqual(len(rows), made.count)
            self.assertEqual([row.date for row in rows], sorted(row.date for row in rows))

    def test_no_plan(self):
        cases = (
            ({"kind": "other"}, "unknown_kind"),
            ({"principal": "0"}, "no_principal"),
            ({"rate": "101"}, "bad_rate"),
            ({"count": 0}, "bad_count"),
            ({"months": 5}, "bad_months"),
            ({"first": date(2025, 1, 1)}, "bad_dates"),
            ({"payment": D("10.00"), "count": 60}, "never_ends"),
        )
        for values, code in cases:
            with self.assertRaises(PlanError) as caught:
                plan(terms(**values))
            self.assertEqual(caught.exception.code, code)
        with self.assertRaises(PlanError) as caught:
            plan(terms(), [Change(date(2026, 2, 1), extra=D("20000"))])
        self.assertEqual(caught.exception.code, "extra_too_much")


class TestImported(unittest.TestCase):
    def test_what_a_row_leaves_out(self):
        rows = (
            Row(2, date(2026, 1, 31), payment=D("60.00"), interest=D("10.00")),
            Row(3, date(2026, 2, 28), interest=D("5.00"), principal=D("30.00")),
            Row(4, date(2026, 3, 31), payment=D("22.00"), balance=D("0.00")),
        )
        found, problems = check(rows, D("100.00"))
        self.assertEqual(problems, [])
        self.assertEqual([str(row.principal) for row in found], ["50.00", "30.00", "20.00"])
        self.assertEqual([str(row.interest) for row in found], ["10.00", "5.00", "2.00"])

    def test_arithmetic_is_checked(self):
        rows = (
            Row(2, date(2026, 2, 28), D("60.00"), D("10.00"), D("49.00")),
            Row(3, date(2026, 1, 31), D("60.00"), D("9.00"), D("51.00"), None, D("3.00")),
            Row(4, date(2026, 3, 31)),
        )
        _found, problems = check(rows, D("100.00"))
        self.assertEqual([code for code, _values in problems], ["sum", "order", "balance", "incomplete"])
        self.assertEqual(check((), D(1))[1][0][0], "empty")
        self.assertEqual(check((Row(2, date(2026, 1, 1), D(5), D(0), D(5)),), D(9))[1][0][0], "total")
