"""What holds for any facts: sums, one item one line, no dependence on order, and time on hostile texts."""

import json
import random
import time
import unittest
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from ... import vocabulary as v
from .. import identify, match, reference_keys
from ..explain import REASONS, render
from .samples import (
    ACME,
    DAY,
    JOURNALS,
    answer,
    discount,
    facts,
    item,
    line,
    money,
    paid,
    rate,
    settles,
    total,
)

NAMES = {1: "Acme Trading", 2: "BOLT SUPPLIES", 3: "coral reef"}
HOSTILE = (
    "A" * 10_000,
    "1" * 10_000,
    "1/" * 5_000,
    "INV/2026/00017 " * 700,
    "((((a+)+)+)+)$ [^\\",
    "\x00\x01\u202e" * 300,
    "ß" * 3000 + "İ" * 3000,
    "٣٤٥٦٧ ²³¹ Ⅷ 一二三 １２３４５",
    "🏦" * 2000,
    "%s %(x)d {0} ${jndi}",
    "' OR 1=1; --",
    "\n\t\r" * 500,
    "RF" + "9" * 5000,
    "+++" * 2000,
    ". ." * 3000,
    "A.B." * 3000,
)


def random_facts(seed):
    """A messy week: thirty lines of every kind against items of three partners."""
    rng = random.Random(seed)
    items, lines, gone = [], [], []
    for key in range(10, 50):
        partner = rng.choice((1, 1, 2, 3))
        amount = rng.choice((100, 121, 55.5, rng.randint(100, 90000) / 100)) * (-1 if partner == 2 else 1)
        more = {"days": rng.randint(-2, 60)}
        if rng.random() < 0.2:
            more["discount"] = discount(money(amount) * Decimal("0.98"), DAY + timedelta(days=rng.randint(-5, 5)))
        if rng.random() < 0.1:
            more |= {"currency": "USD"}
        if rng.random() < 0.1:
            more |= {"kind": "payment", "journal": 1, "batch": rng.choice(("", "RUN/1"))}
        if rng.random() < 0.1:
            more |= {"blocked": True}
        items.append(item(key, amount, f"INV/2026/{key:05d}", partner, **more))
    for key in range(60, 70):
        gone.append(paid(key, rng.choice((121, 300.3)), f"INV/2026/{key:05d}", rng.choice((1, 3))))
    for key in range(1, 31):
        some = rng.sample(items, rng.choice((1, 1, 1, 2, 3)))
        amount = sum(i.residual for i in some) + Decimal(rng.choice((0, 0, 0, "-0.02", "-7.50", "33", "-50")))
        text = " ".join(i.names[0] for i in some if rng.random() < 0.6)
        if rng.random() < 0.1:
            amount, text = -gone[0].amount, "RETURN " + gone[0].names[0]
        lines.append(
            line(
                amount or 1,
                text,
                key,
                name=NAMES[some[0].partner] if rng.random() < 0.7 else "",
                journal=rng.choice((1, 2)),
                date=DAY + timedelta(days=rng.randint(0, 6)),
            )
        )
    rates = {("USD", DAY + timedelta(days=n)): rate("USD", "1.1") for n in range(7)}
    return facts(lines, items, gone, rates=rates)


class TestProperties(unittest.TestCase):
    def test_every_reading_adds_up_to_its_line(self):
        for seed in range(12):
            given = random_facts(seed)
            amounts = {one.key: one.amount for one in given.lines}
            for found in match(given):
                for reading in found.readings:
                    self.assertEqual(total(reading), amounts[found.line])
                    self.assertTrue(all(part.amount for part in reading.match.counterparts))

    def test_no_item_is_promised_twice(self):
        for seed in range(12):
            given = random_facts(seed)
            promised = [
                key for found in match(given) if found.outcome == "proposed" for key in settles(found.readings[0])
            ]
            self.assertEqual(len(promised), len(set(promised)))

    def test_no_more_than_the_residual_is_settled(self):
        for seed in range(12):
            given = random_facts(seed)
            residuals = {one.key: one for one in given.items}
            for found in match(given):
                for reading in found.readings:
                    for part in reading.match.counterparts:
                        if part.item in residuals:
                            open_ = residuals[part.item].residual
                            amount = part.amount if part.item_amount is None else part.item_amount
                            self.assertLessEqual(abs(amount), abs(open_))
                            self.assertEqual(amount > 0, open_ > 0)
                            self.assertFalse(residuals[part.item].blocked)

    def test_the_order_of_the_input_does_not_matter(self):
        for seed in range(8):
            given, rng = random_facts(seed), random.Random(seed)
            mixed = replace(
                given,
                lines=tuple(rng.sample(given.lines, len(given.lines))),
                items=tuple(rng.sample(given.items, len(given.items))),
                settled=tuple(rng.sample(given.settled, len(given.settled))),
                parties=tuple(rng.sample(given.parties, len(given.parties))),
            )
            first = {found.line: found for found in match(given)}
            self.assertEqual({found.line: found for found in match(mixed)}, first)

    def test_answers_come_in_the_order_of_the_lines_and_in_json(self):
        given = random_facts(3)
        found = match(given)
        self.assertEqual([one.line for one in found], [one.key for one in given.lines])
        for one in found:
            self.assertIn(one.outcome, ("proposed", "asked", "nothing"))
            for reading in one.readings:
                json.dumps(reading.to_json())
                self.assertIn(reading.case, v.CASES)
                self.assertEqual(set(reading.ticks), set(v.TICKS))
                self.assertLessEqual(set(reading.ticks.values()), set(v.TICK_VALUES))
                self.assertTrue(0 <= reading.confidence <= 1)

    def test_every_reason_has_words(self):
        for seed in range(12):
            for found in match(random_facts(seed)):
                reasons = list(found.reasons)
                for reading in found.readings:
                    reasons += list(reading.reasons) + ([reading.lost] if reading.lost else [])
                for code, values in reasons:
                    self.assertIn(code, REASONS)
                    self.assertNotEqual(render(code, values), code)

    def test_marks_lie_in_the_text(self):
        for seed in range(12):
            given = random_facts(seed)
            texts = {one.key: one.text for one in given.lines}
            for found in match(given):
                for reading in found.readings:
                    for start, end in reading.marks:
                        self.assertTrue(0 <= start < end <= len(texts[found.line]))


class TestHostileTexts(unittest.TestCase):
    def test_no_text_breaks_or_blocks(self):
        items = [item(5, 121, "INV/2026/00017"), item(6, 90, HOSTILE[0]), item(7, 80, HOSTILE[1])]
        for text in HOSTILE:
            with self.subTest(text[:20]):
                started = time.perf_counter()
                found = answer(
                    line(121, text, name=text, references=(text,), code=text, iban=text),
                    items,
                    [paid(8, 121, text, payment_names=(text,))],
                )
                self.assertEqual(found.line, 1)
                reference_keys(text)
                self.assertLess(time.perf_counter() - started, 1.0)

    def test_hostile_partners_are_survived(self):
        parties = tuple(
            replace(ACME, key=100 + n, names=(text,), accounts=(text,), payer_names=(text,))
            for n, text in enumerate(HOSTILE)
        )
        started = time.perf_counter()
        found = identify([line(1, text, n) for n, text in enumerate(HOSTILE)], parties, JOURNALS)
        self.assertEqual(len(found), len(HOSTILE))
        self.assertLess(time.perf_counter() - started, 5.0)

    def test_a_number_among_junk_is_still_found(self):
        text = "x" * 500 + " INV/2026/00017 " + "y" * 9000
        found = answer(line(121, text, name="ACME TRADING"), [item(5, 121, "INV/2026/00017")])
        self.assertEqual((found.outcome, settles(found.readings[0])), ("proposed", {5: "121.00"}))

    def test_many_equal_items_take_bounded_time(self):
        items = [item(n, 9.99, f"INV/2026/{n:06d}", partner=1) for n in range(10, 1510)]
        lines = [line(9.99, f"INV/2026/{n:06d}" if n % 2 else "", n, name="ACME TRADING") for n in range(10, 110)]
        started = time.perf_counter()
        found = {one.line: one for one in match(facts(lines, items))}
        self.assertLess(time.perf_counter() - started, 10.0)
        self.assertEqual(settles(found[11].readings[0]), {11: "9.99"})
        self.assertEqual(found[12].outcome, "asked")

    def test_no_facts_no_answers(self):
        self.assertEqual(match(facts([])), ())
        self.assertEqual(match(facts([], parties=()))[0:], ())


if __name__ == "__main__":
    unittest.main()
