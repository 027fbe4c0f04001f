import unittest
from decimal import Decimal

from ...extraction.reading import Found, Item, Reading, TaxPart
from ..amounts import Totals, bases, totals, upright

D = Decimal


def reading(items=(), taxes=(), is_gross=False, **fields):
    return Reading(
        "bill",
        {name: Found(value) for name, value in fields.items()},
        tuple(items),
        tuple(taxes),
        is_gross=is_gross,
    )


class TestTotals(unittest.TestCase):
    def test_what_is_missing_follows_from_the_rest(self):
        for fields in (
            {"net": "100.00", "tax": "19.00"},
            {"net": "100.00", "total": "119.00"},
            {"tax": "19.00", "total": "119.00"},
        ):
            self.assertEqual(totals(reading(**fields)), Totals(D("100.00"), D("19.00"), D("119.00")), fields)

    def test_total_alone_says_nothing_of_tax(self):
        found = totals(reading(total="119.00"))
        self.assertEqual((found.net, found.tax, found.payable), (D("119.00"), None, D("119.00")))

    def test_items_make_a_total_that_was_not_read(self):
        found = totals(reading(items=[Item("a", D("3.00")), Item("b", D("4.50"))]))
        self.assertEqual(found.total, D("7.50"))
        self.assertIsNone(totals(reading(items=[Item("a", D("3.00")), Item("b")])))
        self.assertIsNone(totals(reading()))

    def test_tax_by_its_parts(self):
        parts = [TaxPart(D(19), D("100.00"), D("19.00")), TaxPart(D(7), D("10.00"), D("0.70"))]
        self.assertEqual(totals(reading(total="129.70", taxes=parts)).tax, D("19.70"))

    def test_withheld_before_or_after_the_total(self):
        before = totals(reading(net="1000.00", tax="220.00", total="1220.00", withheld="200.00"))
        after = totals(reading(net="1000.00", tax="220.00", total="1020.00", withheld="200.00"))
        self.assertEqual((before.total, before.payable), (D("1220.00"), D("1020.00")))
        self.assertEqual(after, before)

    def test_customs_charge_tax_on_what_others_sold(self):
        parts = [TaxPart(D(19), D("1000.00"), D("190.00"))]
        self.assertTrue(totals(reading(net="12.00", tax="190.00", total="202.00", taxes=parts)).is_tax_only)
        self.assertFalse(totals(reading(net="1000.00", tax="190.00", total="1190.00", taxes=parts)).is_tax_only)


class TestBases(unittest.TestCase):
    def made(self, told):
        found, how = bases(told, totals(told), 2)
        return [(base.amount, base.rate) for base in found], how

    def test_items_that_make_the_net(self):
        items = [Item("a", D("60.00"), tax_rate=D(19)), Item("b", D("40.00"), tax_rate=D(7))]
        told = reading(items, [TaxPart(D(19)), TaxPart(D(7))], net="100.00", tax="14.20", total="114.20")
        self.assertEqual(self.made(told), ([(D("60.00"), D(19)), (D("40.00"), D(7))], "items"))

    def test_one_rate_is_every_items(self):
        items = [Item("a", D("60.00")), Item("b", D("40.00"))]
        told = reading(items, [TaxPart(D(19))], net="100.00", tax="19.00", total="119.00")
        self.assertEqual([rate for _amount, rate in self.made(told)[0]], [D(19), D(19)])

    def test_rate_of_a_document_that_only_sums(self):
        told = reading([Item("a", D("100.00"))], net="100.00", tax="8.10", total="108.10")
        self.assertEqual(self.made(told)[0], [(D("100.00"), D("8.1"))])

    def test_gross_items_become_net_to_the_cent(self):
        items = [Item("a", D("1.00")), Item("b", D("1.00")), Item("c", D("1.00"))]
        told = reading(items, [TaxPart(D(19), D("2.52"), D("0.48"))], True, net="2.52", tax="0.48", total="3.00")
        rows, how = self.made(told)
        self.assertEqual((sum(amount for amount, _rate in rows), how), (D("2.52"), "items"))

    def test_items_that_do_not_add_up_give_way_to_rates(self):
        taxes = [TaxPart(D(19), D("60.00"), D("11.40")), TaxPart(D(7), D("40.00"), D("2.80"))]
        told = reading([Item("a", D("61.00"))], taxes, net="100.00", tax="14.20", total="114.20")
        self.assertEqual(self.made(told), ([(D("60.00"), D(19)), (D("40.00"), D(7))], "rates"))

    def test_untaxed_rest_is_a_part_of_its_own(self):
        taxes = [TaxPart(D(19), D("60.00"), D("11.40")), TaxPart(D(7), D("10.00"), D("0.70"))]
        told = reading((), taxes, net="100.00", tax="12.10", total="112.10")
        self.assertIn((D("30.00"), D(0)), self.made(told)[0])

    def test_parts_always_make_the_document(self):
        """Whatever is printed: the parts make net, or what is paid where nothing says tax."""
        for count in range(1, 8):
            items = [Item(str(n), D("3.33")) for n in range(count)]
            net = D("3.33") * count + D("0.01")
            told = reading(items, [TaxPart(D(20))], net=str(net), tax="1.00", total=str(net + 1))
            rows, _how = self.made(told)
            self.assertEqual(sum(amount for amount, _rate in rows), net)
            rows, _how = self.made(reading(items, total=str(D("3.33") * count)))
            self.assertEqual(sum(amount for amount, _rate in rows), D("3.33") * count)

    def test_negative_items(self):
        items = [Item("a", D("100.00")), Item("deposit", D("-30.00"))]
        told = reading(items, [TaxPart(D(20))], net="70.00", tax="14.00", total="84.00")
        self.assertEqual([amount for amount, _rate in self.made(told)[0]], [D("100.00"), D("-30.00")])

    def test_below_zero_is_a_credit_note(self):
        items = [Item("a", D("-100.00"), D("-2"), D("50.00")), Item("b", D("10.00"))]
        told = reading(items, [TaxPart(D(20), D("-90.00"), D("-18.00"))], net="-90.00", tax="-18.00", total="-108.00")
        turned = upright(told)
        self.assertEqual((turned.kind, turned.amount("total")), ("credit_note", D("108.00")))
        self.assertEqual([item.total for item in turned.items], [D("100.00"), D("-10.00")])
        self.assertEqual((turned.items[0].quantity, turned.items[0].unit_price), (D("2"), D("50.00")))
        self.assertEqual(self.made(turned)[0], [(D("100.00"), D(20)), (D("-10.00"), D(20))])
        self.assertIs(upright(turned), turned)
