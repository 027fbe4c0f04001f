"""Which quotes are believed, and how they become the company's."""

import unittest
from datetime import date
from decimal import Decimal

from engine.exchange import Need, Quote, cross, doubted, implied, misvalued, questioned, sane, shown
from engine.facts import MatchingFacts, MatchingSettings, OpenItem, Rate
from engine.proposal import Answer, Counterpart, Match, Reading

DAY, NEXT = date(2026, 3, 10), date(2026, 3, 11)


def quote(currency, rate, day=DAY):
    return Quote(currency, day, Decimal(rate))


class TestCross(unittest.TestCase):
    def test_the_companys_own_base(self):
        self.assertEqual(cross([quote("USD", "1.25"), quote("EUR", "1")], "EUR", "EUR"), (quote("USD", "1.25"),))

    def test_another_base(self):
        found = cross([quote("USD", "1.25"), quote("CZK", "25")], "EUR", "CZK")
        self.assertEqual(set(found), {quote("USD", "0.05"), quote("EUR", "0.04")})

    def test_days_without_the_companys_currency_give_nothing(self):
        self.assertEqual(
            cross([quote("USD", "1.25"), quote("CZK", "25", NEXT)], "EUR", "CZK"), (quote("EUR", "0.04", NEXT),)
        )


class TestSane(unittest.TestCase):
    def split(self, *quotes, known=None, percent="10"):
        taken, refused = sane(quotes, known or {}, Decimal(percent), DAY)
        return list(taken), [(each.quote, each.reason) for each in refused]

    def test_what_jumps_is_refused_and_does_not_count(self):
        quotes = (quote("USD", "1.08"), quote("USD", "10.8", NEXT))
        self.assertEqual(
            self.split(*quotes, known={"USD": (DAY, Decimal("1.07"))}), ([quotes[0]], [(quotes[1], "jump")])
        )

    def test_a_jump_is_measured_both_ways_alike(self):
        up = self.split(quote("USD", "1.11"), known={"USD": (DAY, Decimal("1"))})
        down = self.split(quote("USD", "1"), known={"USD": (DAY, Decimal("1.11"))})
        self.assertEqual([reason for _quote, reason in up[1] + down[1]], ["jump", "jump"])

    def test_the_first_rate_of_a_currency_is_taken(self):
        self.assertEqual(self.split(quote("USD", "1.08")), ([quote("USD", "1.08")], []))

    def test_days_to_come(self):
        late = quote("USD", "1.08", date(2026, 3, 12))
        self.assertEqual(
            self.split(quote("USD", "1.08", NEXT), late), ([quote("USD", "1.08", NEXT)], [(late, "future")])
        )

    def test_without_a_limit(self):
        self.assertEqual(self.split(quote("USD", "9"), known={"USD": (DAY, Decimal(1))}, percent="0")[1], [])


class TestWords(unittest.TestCase):
    def test_shown(self):
        for rate, text in (
            ("1.0876123", "1.08761"),
            ("2", "2.0000"),
            ("161.27", "161.2700"),
            ("0.0061982", "0.0061982"),
            ("25.1234567", "25.1235"),
        ):
            self.assertEqual(shown(Decimal(rate)), text)
        self.assertEqual(shown(None), "")

    def test_implied(self):
        self.assertEqual(implied(Decimal("-1000"), Decimal("-400")), Decimal("2.5"))
        self.assertIsNone(implied(Decimal(0), Decimal(1)))


class TestMisvalued(unittest.TestCase):
    def item(self, key, company, currency="NOK"):
        worth = Decimal(company)
        return OpenItem(
            key, 1, 10, "invoice", key, 1, DAY, DAY, Decimal(1000), currency, worth, Decimal(1000), label="I"
        )

    def test_what_was_booked_one_for_one_is_asked(self):
        items = (self.item(1, "1000"), self.item(2, "100"), self.item(3, "70"), self.item(4, "1000", "EUR"))
        rates = {("NOK", DAY): Rate("NOK", Decimal("11.6"), DAY)}
        odd = misvalued(MatchingFacts(MatchingSettings(1, "EUR"), (), items, rates=rates))
        self.assertEqual(list(odd), [1])
        self.assertEqual(odd[1][1]["rate"], "1.0000")
        settles = [Match((Counterpart(key, Decimal(1)),), (), Decimal(0), None) for key in (1, 2)]
        answers = [Answer(n, "proposed", (Reading(match, "one", 0.99, {}),)) for n, match in enumerate(settles)]
        self.assertEqual([answer.outcome for answer in questioned(answers, odd)], ["asked", "proposed"])


class TestDoubted(unittest.TestCase):
    def test_a_proposal_becomes_a_question_that_names_the_rate(self):
        reading = Reading(Match((), (), Decimal(0), None), "one", 0.99, {})
        answers = (Answer(1, "proposed", (reading,)), Answer(2, "proposed", (reading,)), Answer(3, "nothing"))
        need = Need("rate_missing", "USD", DAY)
        found = doubted(answers, {1: need, 3: need})
        told = ("rate_missing", {"currency": "USD", "date": "2026-03-10", "own": True})
        self.assertEqual([answer.outcome for answer in found], ["asked", "proposed", "nothing"])
        self.assertEqual([answer.reasons for answer in found], [(told,), (), (told,)])
