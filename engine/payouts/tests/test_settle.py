"""The entry of a payout adds up whatever its rows are; what is found depends on what is told, never on the order."""

import random
import unittest
from datetime import date
from decimal import Decimal

from .. import PaidItem, PayoutCase, PayoutFacts, PayoutRow, StandingItem, Terms, settle

DAY = date(2026, 3, 4)
TERMS = Terms(clearing=1, fee=2, reserve=3, vendor=None, gain=8, loss=9)


def row(key, amount, kind="sale", *references, **values):
    return PayoutRow(key, kind, DAY, Decimal(amount), references, **values)


def item(key, residual, place="partner", partner=None, name="", currency="EUR"):
    names = (name,) if name else (f"INV/2026/{key:05}",)
    return StandingItem(key, 5 if place == "partner" else 1, place, Decimal(residual), currency, DAY, partner,
                        (f"Customer {partner}",) if partner else (), names)  # fmt: skip


def case(rows, items=(), fee="0", amount=None, terms=TERMS, **values):
    total = sum((each.amount for each in rows), Decimal(0)) - Decimal(fee)
    amount = total if amount is None else Decimal(amount)
    return PayoutCase(1, "po_1", DAY, values.pop("currency", "EUR"), amount, Decimal(fee), tuple(rows), terms,
                      items=tuple(items), **values)  # fmt: skip


def answer(one, **facts):
    receivables = dict.fromkeys(range(100), 5)
    return settle(PayoutFacts("EUR", (one,), {}, receivables, **facts))[0]


class TestSettle(unittest.TestCase):
    def test_adds_up_whatever_the_rows_are(self):
        """Random payouts: the entry is balanced, the net is the payout's, no item is settled beyond what is open."""
        rng = random.Random(43)
        kinds = ("sale", "refund", "chargeback", "chargeback_won", "reserve_held", "reserve_released", "adjustment")
        for _round in range(300):
            items = [item(key, rng.choice((-1, 1)) * rng.randint(1, 6) * 10, rng.choice(("partner", "clearing")),
                          rng.choice((None, 1, 2))) for key in range(10, 10 + rng.randint(0, 8))]  # fmt: skip
            rows = []
            for key in range(rng.randint(1, 8)):
                kind = rng.choice(kinds)
                sign = -1 if kind in ("refund", "chargeback", "reserve_held") else 1
                told = (rng.choice(items).names[0],) if items and rng.random() < 0.5 else ()
                rows.append(row(key, sign * rng.randint(1, 6) * 10, kind, *told))
            one = case(rows, items, fee=str(rng.randint(0, 5)), amount=None if rng.random() < 0.8 else "7.00")
            found = answer(one)
            self.assertEqual(sum(each.amount for each in found.rows), 0)
            net = [each for each in found.rows if each.what == "net"]
            self.assertEqual(sum(each.amount for each in net), one.amount)
            for each in items:
                settled = -sum(r.own for r in found.rows if r.item == each.key)
                self.assertTrue(0 <= settled / each.residual <= 1, (each, settled))

    def test_reference_before_customer_before_amount(self):
        items = [item(11, "50", partner=1), item(12, "50", partner=2), item(13, "50", "clearing")]
        one = case([row(1, "50", "sale", "INV/2026/00012"), row(2, "50", customer="Customer 1"), row(3, "50")], items)
        found = answer(one).found
        self.assertEqual([found[key].how for key in (1, 2, 3)], ["reference", "customer", "amount"])
        self.assertEqual([found[key].parts[0].item for key in (1, 2, 3)], [12, 11, 13])

    def test_an_amount_alone_is_asked(self):
        one = case([row(1, "50")], [item(11, "50", partner=1)])
        found = answer(one)
        self.assertEqual((found.outcome, found.asked_row, len(found.choices)), ("asked", 1, 2))
        self.assertIsNone(found.choices[-1].item)

    def test_another_customers_amount_is_no_candidate(self):
        one = case([row(1, "50", customer="Somebody Else")], [item(11, "50", partner=1)])
        self.assertEqual(answer(one).found[1].how, "nothing")

    def test_part_and_too_much(self):
        items = [item(11, "50", partner=1), item(12, "50", partner=1)]
        one = case([row(1, "30", "sale", "INV/2026/00011"), row(2, "60", "sale", "INV/2026/00012")], items)
        found = answer(one)
        self.assertEqual([found.found[key].how for key in (1, 2)], ["part", "over"])
        self.assertEqual([r.amount for r in found.rows if r.what == "overpaid"], [Decimal(-10)])

    def test_a_day_of_rows_for_one_entry_and_a_row_for_many(self):
        items = [item(11, "90", "clearing"), item(12, "40", "clearing"), item(13, "33", "clearing")]
        rows = [row(1, "60"), row(2, "30")]
        self.assertEqual({found.how for found in answer(case(rows, items)).found.values()}, {"day"})
        self.assertEqual(answer(case([row(1, "73")], items)).found[1].how, "sum")
        twice = [*items, item(14, "33", "clearing")]
        self.assertEqual(answer(case([row(1, "73")], twice)).found[1].how, "nothing")

    def test_chargeback_reopens_what_it_had_paid(self):
        paid = PaidItem(21, 22, 5, Decimal(50), "EUR", DAY, 1, ("Customer 1",), ("INV/2026/00021",))
        one = case([row(1, "-50", "chargeback", "INV/2026/00021")], paid=(paid,))
        [back] = [each for each in answer(one).rows if each.what == "reopened"]
        self.assertEqual((back.item, back.reopens, back.amount), (22, 21, Decimal(50)))

    def test_dispute_and_refund_of_a_sale_in_the_same_payout(self):
        """The invoice stays open; a refund without its credit note is owed to the customer who is known by the sale."""
        items = [item(11, "121", partner=1), item(12, "80", partner=2)]
        rows = [row(1, "121", "sale", "INV/2026/00011"), row(2, "-121", "chargeback", text="Dispute INV/2026/00011"),
                row(3, "80", "sale", "INV/2026/00012"), row(4, "-30", "refund", "INV/2026/00012")]  # fmt: skip
        found = answer(case(rows, items, fee="3"))
        self.assertEqual(found.found[2].how, "cancelled")
        self.assertEqual([(r.what, r.account, r.amount) for r in found.rows if r.source in (1, 2)], [])
        [owed] = [r for r in found.rows if r.what == "owed"]
        self.assertEqual((owed.partner, owed.amount), (2, Decimal(30)))
        self.assertEqual(sum(r.amount for r in found.rows if r.account == 1), Decimal(47))

    def test_two_payouts_never_share_an_item(self):
        first = case([row(1, "50", "sale", "INV/2026/00011")], [item(11, "50", partner=1)])
        second = PayoutCase(2, "po_2", DAY, "EUR", Decimal(50), Decimal(0), (row(2, "50", "sale", "INV/2026/00011"),),
                            TERMS, items=first.items)  # fmt: skip
        answers = settle(PayoutFacts("EUR", (first, second)))
        self.assertEqual([sum(r.item == 11 for r in each.rows) for each in answers], [1, 0])

    def test_another_currency_leaves_an_exchange_difference(self):
        items = [item(11, "100", partner=1, currency="EUR")]
        sale = row(1, "120", "sale", "INV/2026/00011", original_amount=Decimal(100), original_currency="EUR")
        one = case([sale], items, currency="USD", rate=Decimal("1.25"))
        found = answer(one)
        self.assertEqual(sum(each.amount for each in found.rows), 0)
        self.assertEqual([(r.account, r.amount) for r in found.rows if r.what == "exchange"], [(9, Decimal("4.00"))])
