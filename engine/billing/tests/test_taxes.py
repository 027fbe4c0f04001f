import unittest
from decimal import Decimal

from ...learning import Learner
from ..amounts import Base
from ..facts import BillFacts, BillSettings, BillTax, Position
from ..taxes import Chooser

D = Decimal
STANDARD = BillTax(1, D(20), D(20))
REDUCED = BillTax(2, D(10), D(10))
ACQUIRED = BillTax(3, D(0), D(20), is_reverse=True, is_domestic=False, positions=frozenset({7}))
WITHHELD = BillTax(4, D(-15), D(-15), is_withheld=True)
GOODS = BillTax(5, D(0), D(20), is_reverse=True, is_domestic=False, scope="consu", positions=frozenset({8}))
SERVICES = BillTax(6, D(0), D(20), is_reverse=True, is_domestic=False, scope="service", positions=frozenset({8}))
ALL = (STANDARD, REDUCED, ACQUIRED, WITHHELD, GOODS, SERVICES)


def chooser(position=None, country="DE", taxes=ALL):
    settings = BillSettings(1, "EUR", "DE", (1,))
    facts = BillFacts(settings, (), Learner(), {tax.key: tax for tax in taxes})
    return Chooser(facts, position, country)


class TestTaxes(unittest.TestCase):
    def codes(self, choice):
        return [code for code, _values in choice.reasons]

    def test_at_home_the_print_decides(self):
        self.assertEqual(chooser().choose(Base("", D(1), D(20)), None, None).taxes, (1,))
        self.assertEqual(chooser().choose(Base("", D(1), D(10)), None, None).taxes, (2,))
        self.assertEqual(chooser().choose(Base("", D(1), D(0)), None, (1,)).taxes, ())

    def test_nothing_is_claimed_that_is_not_printed(self):
        choice = chooser().choose(Base("", D(1), None, is_gross=True), None, (1,))
        self.assertEqual((choice.taxes, self.codes(choice)), ((), ["no_tax_printed"]))

    def test_unknown_rate_is_cost(self):
        choice = chooser().choose(Base("", D(1), D(13)), None, None)
        self.assertEqual((choice.taxes, choice.is_cost), ((), True))

    def test_learned_taxes_hold_where_they_charge_what_is_printed(self):
        self.assertEqual(chooser().choose(Base("", D(1), D(20)), None, (1, 4)).taxes, (1, 4))
        self.assertEqual(chooser().choose(Base("", D(1), D(10)), None, (1,)).taxes, (2,))

    def test_a_position_maps(self):
        position = Position(7, "EU", False, {1: (3,)})
        choice = chooser(position, "NL").choose(Base("", D(1), D(0)), None, None)
        self.assertEqual((choice.taxes, self.codes(choice)), ((3,), ["reverse_charge"]))
        choice = chooser(position, "NL").choose(Base("", D(1), None, is_gross=True), None, (1,))
        self.assertEqual(choice.taxes, (3,), "a tax of home is not taken along abroad")

    def test_foreign_tax_is_never_claimed(self):
        for rate in (D(20), D(21)):
            for position in (None, Position(7, "EU", False, {1: (3,)})):
                choice = chooser(position, "NL").choose(Base("", D(1), rate), None, (1,))
                self.assertEqual((choice.taxes, choice.is_cost), ((), True))

    def test_goods_or_services_are_one_of_both(self):
        position = Position(8, "EU", False, {1: (5, 6)})
        self.assertEqual(chooser(position, "NL").choose(Base("", D(1), D(0)), None, None).taxes, (6,))
        self.assertEqual(chooser(position, "NL").choose(Base("", D(1), D(0)), None, (5,)).taxes, (5,))

    def test_a_position_that_leaves_the_tax_does_not_invent_one(self):
        position = Position(9, "Third", False, {})
        self.assertEqual(chooser(position, "US").choose(Base("", D(1), D(0)), None, None).taxes, ())

    def test_reverse_charge_at_home(self):
        domestic = BillTax(11, D(0), D(20), is_reverse=True)
        choice = chooser(taxes=(STANDARD, domestic)).choose(Base("", D(1), D(0), "AE"), None, None)
        self.assertEqual(choice.taxes, (11,))
        choice = chooser(taxes=(STANDARD,)).choose(Base("", D(1), D(0), "AE"), None, None)
        self.assertEqual(self.codes(choice), ["reverse_charge_unknown"])

    def test_withheld_by_its_share(self):
        self.assertEqual(chooser().withheld(D(15)), 4)
        self.assertIsNone(chooser().withheld(D(20)))
