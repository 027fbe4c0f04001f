"""Generated companies: the weeks ahead foretold on the Mondays of two years, beside naive peers over the same weeks."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from statistics import mean

from engine.expecting import Claim, Movement
from engine.expecting.forecast import measure
from engine.expecting.replay import replay, weekly

START = date(2024, 1, 1)
WEEKS = 117
_CENT = Decimal("0.01")


def outcome(seeds) -> tuple[str, dict]:
    """The middle and the 90 % of the absolute weekly error, as parts of a week's turnover."""
    figures = {}
    for name, make in COMPANIES.items():
        tests = [_test(make, seed) for seed in seeds]
        figures[name] = {
            "forecasts": sum(test.forecasts for test in tests),
            "ours": _mean([test.errors[0] for test in tests]),
            "average": _mean([test.average for test in tests]),
            "last_year": _mean([test.last_year for test in tests]),
            "wins": sum(test.errors[0].median < min(test.average.median, test.last_year.median) for test in tests),
            "n": len(tests),
        }
    lines = ["Weeks ahead, walk-forward: absolute error of a week's net, part of turnover (middle / 90 %)"]
    lines.append(f"  {'company':<26}{'ours':>14}{'last 13 weeks':>18}{'a year before':>18}   best of the three")
    for name, found in figures.items():
        texts = [f"{100 * found[who][0]:5.1f} /{100 * found[who][1]:6.1f}" for who in ("ours", "average", "last_year")]
        lines.append(
            f"  {name:<26}{texts[0]:>14}{texts[1]:>18}{texts[2]:>18}   {found['wins']} of {found['n']} companies"
        )
    return "\n".join(lines), figures


def _mean(errors) -> tuple[float, float]:
    return mean(error.median for error in errors), mean(error.most for error in errors)


def _test(make, seed: int):
    movements, claims = make(random.Random(seed))
    movements.sort(key=lambda movement: (movement.day, movement.ids))
    until = START + timedelta(weeks=WEEKS)
    movements = [movement for movement in movements if movement.day < until]
    claims = [_as_known(claim, until) for claim in claims if claim.known < until]
    return measure(replay(movements, claims, until), weekly(movements), until)


def _as_known(claim: Claim, until: date) -> Claim:
    settled = claim.settled if claim.settled and claim.settled < until else None
    return Claim(claim.partner, claim.amount, claim.due, claim.known, settled)


class _World:
    def __init__(self, rng: random.Random) -> None:
        self.rng, self.movements, self.claims, self.number = rng, [], [], 0

    def pay(self, day: date, amount, payee: str = "", name: str = "") -> None:
        self.number += 1
        self.movements.append(Movement((self.number,), day, Decimal(amount).quantize(_CENT), "EUR", payee, name))

    def each_month(self, day: int, amount, payee: str, spread: float = 0.0) -> None:
        for month in range(WEEKS // 4):
            due = date(START.year + month // 12, month % 12 + 1, min(day, 28))
            self.pay(due, Decimal(str(float(amount) * self.rng.uniform(1 - spread, 1 + spread))), payee)

    def each_quarter(self, amount, payee: str, spread: float) -> None:
        for quarter in range(WEEKS // 13 + 1):
            due = date(START.year + quarter // 4, quarter % 4 * 3 + 1, 20)
            self.pay(due, Decimal(str(float(amount) * self.rng.uniform(1 - spread, 1 + spread))), payee)

    def documents(self, a_week: float, low: int, high: int, partners: list[int], sign: int, season=lambda day: 1.0):
        """Invoices (or bills) whose payers each have a habit; a few are paid months late, some never."""
        rng = self.rng
        habit = {partner: rng.choice((-2, 0, 3, 7, 14, 30)) for partner in partners}
        for number in range(round(a_week * WEEKS)):
            day = START + timedelta(days=int(number * 7 / a_week))
            partner = rng.choice(partners)
            amount = sign * Decimal(str(rng.uniform(low, high) * season(day))).quantize(_CENT)
            due = day + timedelta(days=rng.choice((14, 30)))
            wait = habit[partner] + rng.randint(-2, 4) + (rng.randint(30, 90) if rng.random() < 0.05 else 0)
            paid = max(due + timedelta(days=wait), day + timedelta(days=1)) if rng.random() > 0.02 else None
            while paid and paid.weekday() >= 5:
                paid += timedelta(days=1)
            self.claims.append(Claim(partner, amount, due, day, paid))
            if paid:
                self.pay(paid, amount, f"partner:{partner}")

    def small(self, a_week: int, low: int, high: int) -> None:
        """Card payments to nobody in particular."""
        for _number in range(a_week * WEEKS):
            day = START + timedelta(days=self.rng.randint(0, 7 * WEEKS - 1))
            self.pay(day, -self.rng.randint(low, high))


def services(rng):
    """Few large invoices, wages and rent."""
    world = _World(rng)
    world.documents(2.5, 1_500, 9_000, list(range(100, 112)), 1)
    world.documents(1.5, 200, 2_000, list(range(200, 210)), -1)
    world.each_month(1, -2_400, "partner:300")
    world.each_month(25, -16_000, "partner:301", 0.03)
    world.each_month(15, -6_000, "partner:302", 0.05)
    world.each_quarter(-7_000, "partner:303", 0.3)
    world.small(3, 10, 200)
    return world.movements, world.claims


def wholesale(rng):
    """Many invoices and bills, a season."""
    world = _World(rng)

    def season(day):
        return 1.6 if day.month in (10, 11, 12) else 0.8 if day.month in (6, 7, 8) else 1.0

    world.documents(14, 200, 3_000, list(range(100, 150)), 1, season)
    world.documents(9, 200, 3_000, list(range(200, 225)), -1, season)
    world.each_month(1, -5_200, "partner:300")
    world.each_month(28, -14_000, "partner:301", 0.04)
    world.each_quarter(-9_000, "partner:303", 0.4)
    world.small(5, 10, 150)
    return world.movements, world.claims


def shop(rng):
    """Takings each day without an invoice, weekly deliveries, wages: nothing is known beforehand but what recurs."""
    world = _World(rng)
    for offset in range(7 * WEEKS):
        day = START + timedelta(days=offset)
        if day.weekday() < 6:
            factor = 2.0 if day.month == 12 else 1.0
            world.pay(day, Decimal(str(rng.gauss(900, 180) * factor)), "name:TERMINAL")
        if day.weekday() == 2:
            world.pay(day, -Decimal(str(abs(rng.gauss(2_300, 300)) * (1.8 if day.month == 12 else 1.0))), "partner:200")
    world.each_month(1, -1_900, "partner:300")
    world.each_month(27, -5_500, "partner:301", 0.02)
    world.each_quarter(-3_000, "partner:303", 0.2)
    return world.movements, world.claims


COMPANIES = {"services": services, "wholesale, seasonal": wholesale, "shop": shop}
