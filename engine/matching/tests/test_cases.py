"""Each thing that a bank line can be is recognised from plain evidence."""

import unittest
from dataclasses import replace
from datetime import timedelta

from .samples import (
    ACME,
    BOLT,
    DAY,
    PAYABLE,
    RECEIVABLE,
    TRANSFER,
    answer,
    answers,
    item,
    line,
    paid,
    settles,
    writes_off,
)

NAME = "ACME TRADING"


class CaseTest(unittest.TestCase):
    def proposed(self, found, case, items=None, offs=None):
        self.assertEqual(found.outcome, "proposed", found)
        first = found.readings[0]
        self.assertEqual(first.case, case)
        if items is not None:
            self.assertEqual(settles(first), items)
        if offs is not None:
            self.assertEqual(writes_off(first), offs)
        return first


class TestItems(CaseTest):
    def test_an_invoice_is_paid_with_its_number(self):
        found = answer(
            line(121, "INV/2026/00017", name=NAME), [item(5, 121, "INV/2026/00017"), item(6, 90, "INV/2026/00018")]
        )
        first = self.proposed(found, "one", {5: "121.00"}, [])
        self.assertEqual(first.match.partner, 1)
        self.assertEqual(first.ticks["reference"], "yes")
        self.assertEqual(first.marks[0], (0, 14))

    def test_an_invoice_is_paid_without_any_number(self):
        found = answer(line(121, "thanks", name=NAME), [item(5, 121, "INV/2026/00017"), item(6, 90, "INV/2026/00018")])
        self.proposed(found, "one", {5: "121.00"})

    def test_a_bill_is_paid(self):
        found = answer(line(-75.5, "RE-2026-0042", name="Bolt Supplies"), [item(5, -75.5, "RE-2026-0042", 2)])
        self.proposed(found, "one", {5: "-75.50"})

    def test_a_number_without_separators_finds_the_document(self):
        for text in ("inv202600017", "INV 2026 00017", "2026/17", "INVOICE NO 202600017", "INV-2026-17"):
            with self.subTest(text):
                found = answer(line(121, text), [item(5, 121, "INV/2026/00017")])
                self.proposed(found, "one", {5: "121.00"})

    def test_structured_references_find_the_document(self):
        for name, text in (("+++090/9337/55493+++", "090933755493"), ("RF18539007547034", "RF18 5390 0754 7034")):
            with self.subTest(name):
                self.proposed(answer(line(121, text), [item(5, 121, name)]), "one", {5: "121.00"})

    def test_one_wrong_digit_is_forgiven_when_partner_and_amount_agree(self):
        found = answer(line(121, "INV/2026/00071", name=NAME), [item(5, 121, "INV/2026/00017")])
        first = self.proposed(found, "one", {5: "121.00"})
        self.assertEqual(first.ticks["reference"], "near")

    def test_several_invoices_are_paid_at_once(self):
        items = [item(5, 100.1, "INV/2026/00017"), item(6, 50.37, "INV/2026/00018"), item(7, 70.2, "INV/2026/00019")]
        self.proposed(
            answer(line(150.47, "INV/2026/00017 + 00018", name=NAME), items), "several", {5: "100.10", 6: "50.37"}
        )

    def test_all_open_invoices_are_paid_without_a_number(self):
        items = [item(n, 100 + n * 7.13, f"INV/2026/{n:05d}", days=20 + n) for n in range(5, 35)]
        amount = sum(i.residual for i in items)
        found = answer(line(amount, "settlement", name=NAME), items)
        self.assertEqual(len(self.proposed(found, "several").match.counterparts), 30)

    def test_a_credit_note_is_deducted(self):
        items = [item(5, 200.4, "INV/2026/00017"), item(6, -30.15, "RINV/2026/00002", kind="credit_note")]
        self.proposed(answer(line(170.25, "INV/2026/00017", name=NAME), items), "several", {5: "200.40", 6: "-30.15"})

    def test_instalments_are_paid_in_due_order(self):
        parts = [item(5 + n, 33.3, "INV/2026/00017", document=5, due=DAY + timedelta(days=30 * n)) for n in range(3)]
        self.proposed(answer(line(33.3, "INV/2026/00017", name=NAME), parts), "one", {5: "33.30"})
        self.proposed(answer(line(66.6, "INV/2026/00017", name=NAME), parts), "several", {5: "33.30", 6: "33.30"})

    def test_a_part_of_an_invoice_stays_open(self):
        found = answer(
            line(400, "INV/2026/00017", name=NAME), [item(5, 1000, "INV/2026/00017"), item(6, 77, "INV/2026/00018")]
        )
        first = self.proposed(found, "partial", {5: "400.00"}, [])
        self.assertIn(("partial", {"open": "600.00"}), first.reasons)

    def test_what_is_paid_too_much_is_owed_back(self):
        found = answer(line(150, "INV/2026/00017", name=NAME), [item(5, 121, "INV/2026/00017")])
        self.proposed(found, "overpayment", {5: "121.00"}, [("overpaid", RECEIVABLE, "29.00")])

    def test_a_credit_note_is_paid_out(self):
        found = answer(
            line(-30.15, "refund RINV/2026/00002", name=NAME), [item(6, -30.15, "RINV/2026/00002", kind="credit_note")]
        )
        self.proposed(found, "refund", {6: "-30.15"})

    def test_a_vendor_pays_back(self):
        found = answer(line(45.6, "GUTSCHRIFT", name="Bolt Supplies"), [item(6, 45.6, "R-88", 2, "refund")])
        self.proposed(found, "refund", {6: "45.60"})


class TestPayments(CaseTest):
    def test_a_registered_payment_comes_before_an_invoice_of_the_same_amount(self):
        items = [item(5, -121, "RE-2026-0042", 2), item(6, -121, "PBNK1/2026/00003", 2, "payment", days=2, journal=1)]
        self.proposed(answer(line(-121, "", name="Bolt Supplies"), items), "registered", {6: "-121.00"})

    def test_a_payment_of_another_journal_is_not_taken(self):
        items = [item(6, -121, "PBNK2/2026/00003", 2, "payment", days=2, journal=2)]
        found = answer(line(-121, "", name="Bolt Supplies"), items)
        self.assertFalse([r for r in found.readings if 6 in settles(r)])

    def test_a_batch_of_cheques_is_one_deposit(self):
        items = [
            item(5 + n, 100.7 + n, f"P{n}", (1, 3)[n % 2], "payment", days=2, journal=1, batch="CHQ/2026/0007")
            for n in range(4)
        ]
        items.append(item(20, 55, "P9", 3, "payment", days=2, journal=1, batch="CHQ/2026/0008"))
        found = answer(line(408.8, "CHEQUE DEPOSIT CHQ/2026/0007"), items)
        first = self.proposed(found, "batch", {5: "100.70", 6: "101.70", 7: "102.70", 8: "103.70"})
        self.assertIsNone(first.match.partner)

    def test_a_payment_run_pays_bills_of_several_vendors(self):
        vendor = replace(BOLT, key=4, names=("Delta Steel NV",), accounts=())
        items = [item(5, -100.2, "RE-2026-0042", 2), item(6, -50.3, "2026/00913", 4), item(7, -50.3, "2026/00999", 4)]
        found = answer(line(-150.5, "BULK PAYMENT 2 RE-2026-0042 2026/00913"), items, parties=(ACME, BOLT, vendor))
        self.proposed(found, "payment_run", {5: "-100.20", 6: "-50.30"})

    def test_money_of_a_sure_customer_without_an_item_goes_on_account(self):
        found = answer(line(500, "advance order 17", name=NAME, iban="BE68539007547034"))
        self.proposed(found, "on_account", {}, [("on_account", RECEIVABLE, "500.00")])

    def test_money_to_a_sure_vendor_without_an_item_goes_on_account(self):
        found = answer(line(-500, "acompte", name="Bolt Supplies", iban="DE89370400440532013000"))
        self.proposed(found, "on_account", {}, [("on_account", PAYABLE, "-500.00")])


class TestTransfers(CaseTest):
    def test_a_leg_goes_to_the_transfer_account(self):
        found = answer(line(-1000, "savings", name="Our Company SA", iban="NL91ABNA0417164300"))
        self.proposed(found, "transfer", {}, [("transfer", TRANSFER, "-1000.00")])

    def test_the_second_leg_closes_the_first(self):
        items = [item(8, 1000, "", None, "transfer", days=1, journal=1)]
        found = answer(line(1000, "", iban="BE71096123456769", journal=2), items)
        self.proposed(found, "transfer", {8: "1000.00"}, [])

    def test_two_open_legs_name_each_other(self):
        out = line(-1000, "TO SAVINGS", name="Our Company SA", iban="NL91ABNA0417164300")
        into = line(
            1000, "", key=2, name="Our Company SA", iban="BE71096123456769", journal=2, date=DAY + timedelta(days=1)
        )
        found = answers([out, into])
        self.assertEqual(self.proposed(found[1], "transfer").match.write_offs[0].pair, 2)
        self.assertEqual(self.proposed(found[2], "transfer").match.write_offs[0].pair, 1)

    def test_two_legs_never_name_the_same_third(self):
        legs = [line(-1000, "", key=k, iban="NL91ABNA0417164300") for k in (1, 2)]
        found = answers([*legs, line(1000, "", key=3, iban="BE71096123456769", journal=2)])
        pairs = [off.pair for a in found.values() if a.outcome == "proposed" for off in a.readings[0].match.write_offs]
        self.assertEqual(sorted(p for p in pairs if p == 3), [3])


class TestSettled(CaseTest):
    def test_a_returned_debit_opens_what_it_had_paid(self):
        found = answer(
            line(-121, "RETURN DEBIT MS03 INV/2026/00001", name=NAME), settled=[paid(5, 121, "INV/2026/00001")]
        )
        first = self.proposed(found, "returned", {1005: "-121.00"}, [])
        self.assertEqual(first.match.counterparts[0].reopens, (5,))

    def test_a_return_is_found_by_its_end_to_end_id(self):
        gone = paid(5, 121, "INV/2026/00001", payment_names=("E2E100417",))
        other = paid(6, 121, "INV/2026/00002", payment_names=("E2E100418",))
        found = answer(line(-121, "", references=("E2E100417",), code="PMNT-RDDT-UPDD"), settled=[gone, other])
        self.proposed(found, "returned", {1005: "-121.00"})

    def test_our_bounced_payment_opens_the_bill(self):
        found = answer(
            line(80, "RETURNED PAYMENT AC04", name="Bolt Supplies"), settled=[paid(5, -80, "RE-2026-0042", 2)]
        )
        self.proposed(found, "returned", {1005: "80.00"})

    def test_the_return_of_a_lump_sum_opens_all_its_invoices(self):
        gone = [paid(5, 100, "INV/2026/00001", bank_line=77), paid(6, 21, "INV/2026/00002", bank_line=77)]
        self.proposed(
            answer(line(-121, "RUECKLASTSCHRIFT", name=NAME), settled=gone),
            "returned",
            {1005: "-100.00", 1006: "-21.00"},
        )

    def test_a_second_payment_is_owed_back_and_never_income(self):
        found = answer(line(121, "INV/2026/00001", name=NAME), settled=[paid(5, 121, "INV/2026/00001", days=7)])
        first = self.proposed(found, "paid_twice", {}, [("paid_twice", RECEIVABLE, "121.00")])
        self.assertIn(("paid_twice", {"label": "INV/2026/00001", "paid_on": "2026-03-03"}), first.reasons)

    def test_a_second_payment_within_one_run_is_seen(self):
        lines = [line(121, "INV/2026/00017", key=k, name=NAME) for k in (1, 2)]
        found = answers(lines, [item(5, 121, "INV/2026/00017")])
        self.assertEqual({a.readings[0].case for a in found.values()}, {"one", "paid_twice"})


if __name__ == "__main__":
    unittest.main()
