"""The past as it stood: clocks, residuals, partners, runs."""

import unittest
from datetime import date, datetime
from decimal import Decimal

from engine.backtest import (
    Apprentice,
    Decision,
    Known,
    Moment,
    Past,
    PastItem,
    PastLine,
    PastParty,
    Payer,
    Settlement,
    moment_of,
    runs,
    was_known,
)
from engine.facts import BankLine, MatchingSettings, OpenItem, Party
from engine.learning import Case, Example, Learner

DAY = date(2026, 3, 10)
LATER = datetime(2026, 11, 1, 9)


def d(text):
    return Decimal(text)


class TestClock(unittest.TestCase):
    def test_a_live_line_is_looked_at_when_it_comes(self):
        self.assertEqual(
            moment_of(Known(DAY, datetime(2026, 3, 12, 8))), Moment(date(2026, 3, 12), datetime(2026, 3, 12, 8))
        )

    def test_a_line_brought_in_later_counts_by_its_day(self):
        self.assertEqual(moment_of(Known(DAY, LATER)), Moment(DAY))

    def test_live_lines_know_only_what_was_written_before_them(self):
        moment = Moment(date(2026, 3, 12), datetime(2026, 3, 12, 8))
        self.assertTrue(was_known(Known(DAY, datetime(2026, 3, 12, 7, 59)), moment))
        self.assertFalse(was_known(Known(DAY, datetime(2026, 3, 12, 8)), moment), "the same moment is not before")
        self.assertFalse(was_known(Known(date(2026, 3, 13), datetime(2026, 3, 1)), moment), "dated ahead")
        self.assertFalse(was_known(Known(date(2025, 1, 1), datetime(2026, 3, 13)), moment), "an old bill, typed later")

    def test_what_was_kept_live_counts_by_its_moment_for_older_lines_too(self):
        moment = Moment(DAY)
        self.assertTrue(was_known(Known(DAY, LATER), moment))
        self.assertTrue(was_known(Known(date(2026, 3, 1), datetime(2026, 3, 10, 23)), moment))
        self.assertFalse(was_known(Known(date(2026, 3, 1), datetime(2026, 3, 11)), moment))
        self.assertFalse(was_known(Known(date(2026, 3, 11), LATER), moment))

    def test_the_earliest_moment_of_a_day_holds_for_its_lines(self):
        eight, nine = datetime(2026, 3, 12, 8), datetime(2026, 3, 12, 9)
        found = runs([(2, Known(DAY, nine)), (1, Known(date(2026, 3, 11), eight)), (3, Known(DAY, LATER))])
        self.assertEqual(found, [(Moment(DAY), [3]), (Moment(date(2026, 3, 12), eight), [1, 2])])


class TestItems(unittest.TestCase):
    def item(self, settlements=(), known=None):
        item = OpenItem(
            key=7,
            company=1,
            account=2,
            kind="invoice",
            document=3,
            partner=4,
            date=date(2026, 3, 1),
            due=None,
            residual=d("300.00"),
            currency="EUR",
            residual_company=d("300.00"),
            total=d("300.00"),
            names=("INV/2026/00017",),
        )
        return PastItem(item, known or Known(item.date, LATER), tuple(settlements))

    def paid(self, day, amount):
        return Settlement(Known(day, LATER), d(amount), d(amount))

    def test_parts_count_from_when_they_were_known(self):
        past = self.item([self.paid(date(2026, 3, 5), "100.00"), self.paid(date(2026, 3, 20), "200.00")])
        self.assertIsNone(past.at(Moment(date(2026, 2, 28))))
        self.assertEqual(past.at(Moment(date(2026, 3, 4))).residual, d("300.00"))
        self.assertEqual(past.at(Moment(DAY)).residual, d("200.00"))
        self.assertIsNone(past.at(Moment(date(2026, 3, 20))))
        self.assertEqual(past.residuals(), {d("300.00"), d("200.00"), d("100.00"), d("0.00")})

    def test_it_is_found_by_every_amount_that_it_had(self):
        past = self.item([self.paid(date(2026, 3, 5), "100.00")])
        line = BankLine(1, 1, 9, DAY, d("200.00"), "EUR", "nothing told")
        books = Past(MatchingSettings(1, "EUR"), items=[past])
        facts = books.facts(Moment(DAY), [PastLine(line, Known(DAY), Known(DAY))])
        self.assertEqual([item.residual for item in facts.items], [d("200.00")])

    def test_what_comes_later_changes_no_facts(self):
        """The same questions to a past with, and without, a future."""
        line = BankLine(1, 1, 9, DAY, d("300.00"), "EUR", "INV/2026/00017 Fabrikam", partner_name="Fabrikam")
        asked = [PastLine(line, Known(DAY, LATER), Known(date(2026, 3, 11), LATER))]
        party = Party(4, ("Fabrikam",))
        side = (Known(date(2026, 1, 1), LATER), True, False)
        plain = Past(
            MatchingSettings(1, "EUR"),
            lines=asked,
            items=[self.item()],
            parties=[PastParty(party, (side,))],
        )
        tomorrow = Known(date(2026, 3, 11), LATER)
        other = BankLine(2, 1, 8, date(2026, 3, 11), d("-300.00"), "EUR", "")
        full = Past(
            MatchingSettings(1, "EUR"),
            lines=[*asked, PastLine(other, tomorrow, Known(date(2026, 3, 12), LATER))],
            items=[
                self.item([Settlement(tomorrow, d("300.00"), d("300.00"))]),
                PastItem(self.item().item.__class__(**{**_values(self.item().item), "key": 8}), tomorrow),
            ],
            parties=[
                PastParty(party, (side, (tomorrow, False, True)), ((tomorrow, "BE71096123456769"),)),
                PastParty(Party(5, ("Fabrikam Foods",)), ((tomorrow, True, False),)),
            ],
            payers=[Payer(tomorrow, 5, True, ("Fabrikam",))],
        )
        self.assertEqual(plain.facts(Moment(DAY), asked), full.facts(Moment(DAY), asked))

    def test_what_people_settled_later_documents_with_stands_on_the_account(self):
        booked = {"counterparts": [{"move_line_id": 7, "amount": "300.00", "account_id": 2, "partner_id": 4}]}
        line = BankLine(1, 1, 9, DAY, d("300.00"), "EUR", "")
        past = PastLine(line, Known(DAY), Known(DAY), booked)
        early, late = self.item(), self.item(known=Known(date(2026, 3, 11), LATER))
        seen = [
            books.seen(Moment(DAY), past, books.facts(Moment(DAY), [past]))
            for books in (Past(MatchingSettings(1, "EUR"), items=[item]) for item in (early, late))
        ]
        self.assertEqual(seen[0]["counterparts"], [{"move_line_id": 7, "amount": "300.00"}])
        self.assertEqual(seen[1]["lines"], [{"account_id": 2, "amount": "300.00", "partner_id": 4}])

    def test_what_was_taken_apart_since_counts_as_people_settled_it(self):
        """The money came back: today the payment is matched with the return, then it paid the invoice."""
        booked = {
            "counterparts": [{"move_line_id": 99, "amount": "300.00", "account_id": 2, "partner_id": 4}],
            "told": [{"move_line_id": 7, "amount": "300.00"}],
        }
        line = BankLine(1, 1, 9, DAY, d("300.00"), "EUR", "")
        past = PastLine(line, Known(DAY), Known(DAY), booked)
        books = Past(MatchingSettings(1, "EUR"), items=[self.item()])
        seen = books.seen(Moment(DAY), past, books.facts(Moment(DAY), [past]))
        self.assertEqual(seen, {"counterparts": [{"move_line_id": 7, "amount": "300.00"}], "lines": []})


class TestApprentice(unittest.TestCase):
    def decision(self, key, day, label="a", created=LATER):
        case = Case(key, day, "name:SHELL", "SHELL", d("-10.00"))
        return Decision(key, Known(day, created), (4, "", "Shell", ""), Example(case, label))

    def test_it_learns_what_was_known_and_no_more(self):
        learner = Learner()
        apprentice = Apprentice(learner, [self.decision(n, date(2026, 3, n)) for n in range(1, 20)])
        case = Case(99, DAY, "name:SHELL", "SHELL", d("-10.00"))
        apprentice.advance(Moment(date(2026, 2, 28)))
        self.assertIsNone(learner.predict(case).label)
        self.assertIsNone(apprentice.payers.partner_of("", "Shell", ""))
        apprentice.advance(Moment(DAY))
        [(_label, count, last)] = learner.predict(case).history
        self.assertEqual((count, last), (10, DAY))
        self.assertEqual(apprentice.payers.partner_of("", "Shell", ""), 4)

    def test_what_was_decided_late_is_learned_late(self):
        learner = Learner()
        slow = self.decision(1, date(2026, 3, 2), created=datetime(2026, 4, 1))
        apprentice = Apprentice(learner, [slow])
        case = Case(99, DAY, "name:SHELL", "SHELL", d("-10.00"))
        apprentice.advance(Moment(DAY))
        self.assertIsNone(learner.predict(case).label)
        apprentice.advance(Moment(date(2026, 4, 1)))
        self.assertEqual(learner.predict(case).label, "a")


def _values(item):
    return {name: getattr(item, name) for name in item.__slots__}
