"""Lines of documents: what adds up is believed; texts, prices and taxes of each line; taxes by rate."""

import unittest
from decimal import Decimal

from .. import Found, Reading
from ..lines import read_items
from ..tables import read_taxes
from .drawn import page, table

COLUMNS = (0.05, -0.55, -0.7, -0.8, -0.95)
HEAD = ("Description", "Qty", "Price", "VAT", "Amount")


def reading(**amounts):
    return Reading("bill", {name: Found(value) for name, value in amounts.items()})


def told(items):
    return [(item.text, str(item.total)) for item in items]


class TestItems(unittest.TestCase):
    def read(self, rows, columns=COLUMNS, **amounts):
        return read_items((page(table(columns, rows)),), reading(**amounts))

    def test_a_table_with_all_columns(self):
        rows = [
            HEAD,
            ("Copy paper A4", "3", "10.00", "20%", "30.00"),
            ("Ring binders", "2", "35.50", "20%", "71.00"),
            ("Subtotal", None, None, None, "101.00"),
            ("VAT 20%", None, None, None, "20.20"),
            ("Total", None, None, None, "121.20"),
        ]
        found = self.read(rows, net="101.00", tax="20.20", total="121.20")
        self.assertEqual(told(found.items), [("Copy paper A4", "30.00"), ("Ring binders", "71.00")])
        first = found.items[0]
        self.assertEqual(
            (first.quantity, first.unit_price, first.tax_rate), (Decimal(3), Decimal("10.00"), Decimal(20))
        )
        self.assertFalse(found.is_gross)
        self.assertEqual(found.problems, ())

    def test_gross_lines_are_told(self):
        rows = [HEAD, ("Hotel", "1", "119.00", "19%", "119.00"), ("Total", None, None, None, "119.00")]
        found = self.read(rows, net="100.00", tax="19.00", total="119.00")
        self.assertEqual(told(found.items), [("Hotel", "119.00")])
        self.assertTrue(found.is_gross)

    def test_discounts_explain_the_amount(self):
        columns = (0.05, -0.5, -0.65, -0.78, -0.95)
        rows = [
            ("Article", "Menge", "Preis", "Rabatt", "Betrag"),
            ("Schrauben", "50", "4,55", "10%", "204,75"),
            ("Gesamtbetrag", None, None, None, "204,75"),
        ]
        found = self.read(rows, columns, net="204.75", total="204.75")
        [item] = found.items
        self.assertEqual((item.quantity, item.unit_price, item.discount), (Decimal(50), Decimal("4.55"), Decimal(10)))

    def test_texts_of_several_rows_belong_to_their_line(self):
        rows = [
            HEAD,
            ("Consulting", "1", "500.00", None, "500.00"),
            ("Workshop in Lisbon", None, None, None, None),
            ("three participants", None, None, None, None),
            ("Travel", "1", "80.00", None, "80.00"),
            ("Total", None, None, None, "580.00"),
            ("Please pay within 14 days", None, None, None, None),
        ]
        found = self.read(rows, net="580.00", total="580.00")
        self.assertEqual(
            told(found.items),
            [("Consulting Workshop in Lisbon three participants", "500.00"), ("Travel", "80.00")],
        )

    def test_texts_above_their_numbers_as_tills_print_them(self):
        columns = (0.05, -0.5, -0.7, -0.95)
        rows = [
            ("Item", "Qty", "Price", "Amount"),
            ("SILICONE GUN", None, None, None),
            ("8239", "1", "15.00", "15.00"),
            ("WELDING GLASS", None, None, None),
            ("3679", "5", "1.00", "5.00"),
            ("Total", None, None, "20.00"),
        ]
        found = self.read(rows, columns, total="20.00")
        self.assertEqual(told(found.items), [("SILICONE GUN 8239", "15.00"), ("WELDING GLASS 3679", "5.00")])

    def test_subtotals_and_what_is_carried_forward_are_no_lines(self):
        first = table(
            COLUMNS,
            [
                HEAD,
                ("Paper", "1", "10.00", None, "10.00"),
                ("Ink", "1", "20.00", None, "20.00"),
                ("Carried forward", None, None, None, "30.00"),
            ],
        )
        second = table(
            COLUMNS,
            [
                HEAD,
                ("Brought forward", None, None, None, "30.00"),
                ("Toner", "1", "40.00", None, "40.00"),
                ("Total", None, None, None, "70.00"),
            ],
        )
        found = read_items((page(first), page(second, 2)), reading(net="70.00", total="70.00"))
        self.assertEqual(told(found.items), [("Paper", "10.00"), ("Ink", "20.00"), ("Toner", "40.00")])
        self.assertEqual([item.box.page for item in found.items], [1, 1, 2])

    def test_payments_are_no_lines(self):
        rows = [
            ("Coffee", None, None, None, "3.50"),
            ("Cake", None, None, None, "4.50"),
            ("TOTAL", None, None, None, "8.00"),
            ("CASH", None, None, None, "10.00"),
            ("CHANGE", None, None, None, "2.00"),
        ]
        found = self.read(rows, total="8.00")
        self.assertEqual(told(found.items), [("Coffee", "3.50"), ("Cake", "4.50")])

    def test_lines_are_parted_by_two_taxes_where_one_parting_fits(self):
        rows = [
            HEAD,
            ("Books", "1", "52.11", None, "52.11"),
            ("Pens", "1", "13.49", None, "13.49"),
            ("Tea", "1", "7.77", None, "7.77"),
            ("VAT 20%", None, None, None, "13.12"),
            ("VAT 7%", None, None, None, "0.54"),
            ("Total", None, None, None, "87.03"),
        ]
        found = self.read(rows, net="73.37", tax="13.66", total="87.03")
        self.assertEqual([item.tax_rate for item in found.items], [Decimal(20), Decimal(20), Decimal(7)])
        self.assertEqual([str(part.base) for part in found.taxes], ["7.77", "65.60"])

    def test_lines_that_could_be_parted_twice_are_not(self):
        rows = [
            HEAD,
            ("Books", "1", "50.00", None, "50.00"),
            ("Pens", "1", "50.00", None, "50.00"),
            ("VAT 20%", None, None, None, "10.00"),
            ("VAT 10%", None, None, None, "5.00"),
            ("Total", None, None, None, "115.00"),
        ]
        found = self.read(rows, net="100.00", tax="15.00", total="115.00")
        self.assertEqual([item.tax_rate for item in found.items], [None, None])
        self.assertEqual([str(part.base) for part in found.taxes], ["50.00", "50.00"])

    def test_credit_notes_print_their_lines_negative(self):
        rows = [HEAD, ("Returned paper", "3", "10.00", None, "-30.00"), ("Total", None, None, None, "-30.00")]
        found = self.read(rows, net="30.00", total="30.00")
        self.assertEqual(told(found.items), [("Returned paper", "30.00")])

    def test_lines_that_do_not_add_up_are_told(self):
        rows = [HEAD, ("Paper", "1", "10.00", None, "10.00"), ("Total", None, None, None, "99.00")]
        found = self.read(rows, net="99.00", total="99.00")
        self.assertEqual(told(found.items), [("Paper", "10.00")])
        self.assertEqual([code for code, _values in found.problems], ["lines"])

    def test_nothing_and_nonsense_are_no_lines(self):
        self.assertEqual(read_items((), reading()).items, ())
        self.assertEqual(read_items((page([]),), reading(total="1.00")).items, ())
        prose = page([(0.05, 0.1 + at * 0.02, "In 2026 we paid 14 days early ) ( % € -- 1.2.3.4") for at in range(30)])
        self.assertEqual(read_items((prose,), reading(total="12.00", net="10.00", tax="2.00")).items, ())

    def test_a_thousand_rows_take_no_time(self):
        rows = [HEAD, *((f"Part {at}", "1", "1.01", None, "1.01") for at in range(1000))]
        pages = [page(table(COLUMNS, rows[at : at + 40], 0.05), at // 40 + 1) for at in range(0, len(rows), 40)]
        found = read_items(tuple(pages), reading(net="1010.00", total="1010.00"))
        self.assertEqual(len(found.items), 1000)


class TestTaxes(unittest.TestCase):
    def read(self, rows, net=None, tax=None, total=None):
        amounts = [value and Decimal(value) for value in (net, tax, total)]
        parts = read_taxes((page([(0.05, 0.3 + at * 0.02, row) for at, row in enumerate(rows)]),), *amounts)
        return [(str(part.rate), part.base and str(part.base), str(part.tax)) for part in parts]

    def test_a_table_by_rate(self):
        rows = ["Rate Net Tax", "7% 160.00 11.20", "19% 336.00 63.84", "Total 496.00 75.04"]
        self.assertEqual(
            self.read(rows, "496.00", "75.04", "571.04"), [("7", "160.00", "11.20"), ("19", "336.00", "63.84")]
        )

    def test_one_rate_beside_its_tax(self):
        self.assertEqual(self.read(["VAT 20% 20.20"], "101.00", "20.20"), [("20", "101.00", "20.20")])

    def test_several_rates_whose_bases_are_not_printed(self):
        rows = ["Subtotal 300.00", "VAT 20% 40.00", "VAT 10% 10.00"]
        self.assertEqual(self.read(rows, "300.00", "50.00"), [("10", None, "10.00"), ("20", None, "40.00")])

    def test_what_is_free_of_tax_is_the_rest(self):
        rows = ["VAT 15% on 112.90 16.94"]
        self.assertEqual(self.read(rows, "262.90", "16.94"), [("0", "150.00", "0.00"), ("15", "112.90", "16.94")])

    def test_taxes_side_by_side_on_one_base(self):
        rows = ["CGST 9% 1,000.00 90.00", "SGST 9% 1,000.00 90.00"]
        self.assertEqual(self.read(rows, "1000.00", "180.00"), [("9", "1000.00", "90.00"), ("9", "1000.00", "90.00")])

    def test_no_tax_is_told_too(self):
        self.assertEqual(self.read(["Reverse charge"], "80.00", "0.00", "80.00"), [("0", "80.00", "0.00")])

    def test_numbers_that_do_not_add_up_are_not_believed(self):
        self.assertEqual(self.read(["VAT 20% 20.20", "Total 33.00"], "101.00", "7.00"), [])

    def test_a_rate_is_not_guessed_from_small_amounts(self):
        self.assertEqual(self.read(["Total 1.06"], "1.00", "0.06"), [])
