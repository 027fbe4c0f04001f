"""Payment files, runs without a file, collections and their returns, wages."""

from dataclasses import replace
from decimal import Decimal

from ...facts import Party, SentOrder, SentRun
from .samples import (
    ACME,
    BOLT,
    DAY,
    OWN,
    PAYABLE,
    SETTINGS,
    answer,
    answers,
    item,
    line,
    money,
    paid,
    settles,
    writes_off,
)

COG = Party(4, ("Cog Works NV",), ("NL91ABNA0417164300",), 10, 20, is_vendor=True)
DUNE = Party(5, ("Dune Energy BV",), (), 10, 20, is_vendor=True)
PARTIES = (ACME, BOLT, COG, DUNE, OWN)
WAGES = 60
ANN, BEN, CEM = (Party(20 + n, (name,)) for n, name in enumerate(("Ann Peeters", "Ben Claes", "Cem Yilmaz")))


def order(key, amount, partner=None, **more):
    return SentOrder(key, money(amount), end_to_end=more.pop("e2e", f"E2E-{key:04}"), partner=partner, **more)


def run(*orders, names=("PAY-2026-0077", "MSG1"), **more):
    return SentRun(1, names, DAY, "EUR", more.pop("journal", 1), tuple(orders), **more)


BILLS = [item(1, -100, "BILL/1", 2), item(2, -250, "BILL/2", 4), item(3, -75.5, "BILL/3", 5), item(4, -60, "BILL/4", 5)]


def case(found):
    assert found.outcome == "proposed", (
        found.outcome,
        [(r.case, r.confidence, r.reasons) for r in found.readings],
        found.reasons,
    )
    return found.readings[0]


class TestFile:
    ORDERS = (order(1, -100, 2), order(2, -250, 4), order(3, -75.5, 5))

    def test_the_whole_file(self):
        found = case(answer(line(-425.5, "SEPA BATCH"), BILLS, runs=(run(*self.ORDERS),), parties=PARTIES))
        assert found.case == "payment_run"
        assert settles(found) == {1: "-100.00", 2: "-250.00", 3: "-75.50"}
        assert found.details["run"] == {"id": 1, "orders": [[1, [1]], [2, [2]], [3, [3]]], "missing": []}
        assert found.confidence > 0.99

    def test_the_amount_alone_finds_the_file(self):
        found = case(answer(line(-425.5, "DEBIT 8812"), BILLS, runs=(run(*self.ORDERS),), parties=PARTIES))
        assert found.case == "payment_run"

    def test_another_account_or_day_is_another_file(self):
        for runs in ((run(*self.ORDERS, journal=2),), (replace(run(*self.ORDERS), date=DAY.replace(month=1)),)):
            assert answer(line(-425.5, "DEBIT 8812"), BILLS, runs=runs, parties=PARTIES).outcome != "proposed"

    def test_one_rejected_order_is_named(self):
        found = case(answer(line(-175.5, "BATCH PAY-2026-0077"), BILLS, runs=(run(*self.ORDERS),), parties=PARTIES))
        assert settles(found) == {1: "-100.00", 3: "-75.50"}
        assert found.details["run"]["missing"] == [2]

    def test_which_was_rejected_is_asked_when_two_could_be(self):
        orders = (*self.ORDERS, order(4, -100, 5))
        bills = [*BILLS, item(5, -100, "BILL/5", 5)]
        found = answer(line(-425.5, "BATCH PAY-2026-0077"), bills, runs=(run(*orders),), parties=PARTIES)
        assert found.outcome == "asked"
        assert {r.details["run"]["missing"][0] for r in found.readings if r.details} == {1, 4}

    def test_a_known_rejection_is_left_out(self):
        orders = (*self.ORDERS, order(4, -100, 5, state="rejected"))
        found = case(answer(line(-425.5, "PAYMENT"), BILLS, runs=(run(*orders),), parties=PARTIES))
        assert found.details["run"] == {"id": 1, "orders": [[1, [1]], [2, [2]], [3, [3]]], "missing": []}

    def test_an_order_without_a_bill_is_asked(self):
        orders = (*self.ORDERS, order(4, -33, None, name="Somebody"))
        found = answer(line(-458.5, "BATCH"), BILLS, runs=(run(*orders),), parties=PARTIES)
        assert found.outcome == "asked"
        assert found.readings[0].match.remainder == Decimal("-33.00")

    def test_texts_of_orders_name_their_bills(self):
        bills = [
            item(1, -100, "BILL/2026/0041", 2),
            item(2, -100, "BILL/2026/0042", 2),
            item(3, -50, "BILL/2026/0050", 4),
        ]
        orders = (order(1, -100, 2, names=("BILL/2026/0042",)), order(2, -50, 4))
        found = case(answer(line(-150, "BATCH"), bills, runs=(run(*orders),), parties=PARTIES))
        assert set(settles(found)) == {2, 3}

    def test_two_bills_less_a_credit_note_in_one_order(self):
        bills = [item(1, -100, "B1", 2), item(2, -70, "B2", 2), item(3, 20, "R1", 2, "refund"), item(4, -55, "B4", 4)]
        found = case(
            answer(line(-205, "BATCH"), bills, runs=(run(order(1, -150, 2), order(2, -55, 4)),), parties=PARTIES)
        )
        assert set(settles(found)) == {1, 2, 3, 4}

    def test_registered_payments_of_a_file(self):
        payments = [item(1, -100, "PAY/1", 2, "payment", journal=1), item(2, -250, "PAY/2", 4, "payment", journal=1),
                    item(5, -100, "BILL/9", 2)]  # fmt: skip
        found = case(answer(line(-350, "BATCH"), payments, runs=(run(*self.ORDERS[:2]),), parties=PARTIES))
        assert set(settles(found)) == {1, 2}

    def test_one_order_that_the_bank_shows_alone(self):
        found = case(
            answer(line(-250, "E2E-0002", references=("E2E-0002",)), BILLS, runs=(run(*self.ORDERS),), parties=PARTIES)
        )
        assert settles(found) == {2: "-250.00"}
        assert found.details["run"]["orders"] == [[2, [2]]]

    def test_a_collection(self):
        invoices = [item(1, 100, "INV/1", 1), item(2, 40, "INV/2", 2), item(3, 99, "INV/3", 4)]
        orders = (order(1, 100, 1), order(2, 40, 2))
        found = case(answer(line(140, "SEPA DD COLLECTION"), invoices, runs=(run(*orders),), parties=PARTIES))
        assert found.case == "collection"
        assert settles(found) == {1: "100.00", 2: "40.00"}


class TestBatchOfTheBooks:
    def test_a_named_batch_in_part(self):
        items = [item(n, -amount, f"PAY/{n}", n, "payment", journal=1, batch="BATCH/OUT/0012", days=2)
                 for n, amount in ((1, 100), (2, 250), (3, 75), (4, 61))]  # fmt: skip
        found = case(answer(line(-236, "BATCH/OUT/0012"), items, parties=PARTIES))
        assert found.case == "payment_run"
        assert set(settles(found)) == {1, 3, 4}


class TestWithoutFile:
    def due(self, key, amount, partner, days):
        """A bill that is due ``days`` after the line."""
        from datetime import timedelta

        return item(key, -amount, f"BILL/{key}", partner, due=DAY + timedelta(days=days))

    def bills(self):
        return [self.due(1, 812.33, 2, -40), self.due(2, 120.1, 2, -3), self.due(3, 78.95, 4, -3),
                self.due(4, 911.4, 5, 0),
                self.due(5, 433.21, 4, 2), self.due(6, 310.3, 2, 9)]  # fmt: skip

    def test_bills_due_together(self):
        found = case(answer(line(-1543.66, "SAMMELUEBERWEISUNG 4 POSTEN"), self.bills(), parties=PARTIES))
        assert found.case == "payment_run"
        assert set(settles(found)) == {2, 3, 4, 5}

    def test_two_ways_to_the_sum_are_asked(self):
        bills = [*self.bills(), self.due(7, 78.95, 5, -3)]
        found = answer(line(-632.26, "SAMMELUEBERWEISUNG"), bills, parties=PARTIES)
        assert found.outcome == "asked"

    def test_without_a_word_nothing_is_proposed(self):
        assert answer(line(-1543.66, "UEBERWEISUNG"), self.bills(), parties=PARTIES).outcome != "proposed"

    def test_the_count_of_the_bank_decides(self):
        found = case(answer(line(-1543.66, "BULK", count=4), self.bills(), parties=PARTIES))
        assert len(settles(found)) == 4
        assert answer(line(-1543.66, "BULK", count=9), self.bills(), parties=PARTIES).outcome != "proposed"


class TestReturns:
    def settled(self):
        """Three invoices that one bank line (77) collected."""
        return [paid(n, amount, f"INV/2026/{n:04}", partner, days=9, bank_line=77, payment_item=1000 + n)
                for n, amount, partner in ((41, 100, 1), (42, 40, 2), (43, 40, 4))]  # fmt: skip

    def booked(self):
        orders = [
            order(n, amount, p, state="booked", items=(n,)) for n, amount, p in ((41, 100, 1), (42, 40, 2), (43, 40, 4))
        ]
        return (run(*orders),)

    def test_by_end_to_end_id(self):
        bank = line(-40, "RETURN DIRECT DEBIT", references=("E2E-0043",), code="PMNT-IDDT-UPDD AC04")
        found = case(answer(bank, settled=self.settled(), runs=self.booked(), parties=PARTIES))
        assert found.case == "returned"
        assert found.match.counterparts[0].reopens == (43,)
        assert found.details == {"returned": [43]}

    def test_with_the_fee_of_the_bank(self):
        bank = line(-43.5, "RETURN DIRECT DEBIT FEE 3.50", references=("E2E-0043",), code="AC04")
        found = case(answer(bank, settled=self.settled(), runs=self.booked(), parties=PARTIES))
        assert settles(found) == {1043: "-40.00"}
        assert writes_off(found) == [("bank_fee", 40, "-3.50")]

    def test_the_fee_may_be_the_customers(self):
        bank = line(-43.5, "RETURN DIRECT DEBIT", references=("E2E-0043",), code="AC04")
        settings = {"charges_return_fee": True}
        found = case(answer(bank, settled=self.settled(), runs=self.booked(), parties=PARTIES, settings=settings))
        assert writes_off(found) == [("return_fee", 10, "-3.50")]
        assert found.match.partner == 4

    def test_by_name_or_number_without_a_file(self):
        bank = line(-40, "RETURNED DIRECT DEBIT", name="Cog Works NV")
        assert case(answer(bank, settled=self.settled(), parties=PARTIES)).match.counterparts[0].reopens == (43,)
        bank = line(-100, "RETOUR INV/2026/0041")
        assert case(answer(bank, settled=self.settled(), parties=PARTIES)).match.counterparts[0].reopens == (41,)

    def test_two_that_could_be_meant_are_asked(self):
        found = answer(line(-40, "RETURNED DIRECT DEBIT"), settled=self.settled(), parties=PARTIES)
        assert found.outcome == "asked"
        assert {r.match.counterparts[0].reopens for r in found.readings} == {(42,), (43,)}

    def test_two_returns_of_one_collection(self):
        bank = [line(-40, "RETURN", 1, references=("E2E-0043",), code="AC04"),
                line(-100, "RETURN", 2, references=("E2E-0041",), code="AC04")]  # fmt: skip
        found = answers(bank, settled=self.settled(), runs=self.booked(), parties=PARTIES)
        assert [case(found[key]).match.counterparts[0].reopens for key in (1, 2)] == [(43,), (41,)]

    def test_a_payment_that_came_back_from_a_vendor(self):
        settled = [
            paid(n, -amount, f"BILL/2026/{n:04}", p, days=5, bank_line=78)
            for n, amount, p in ((51, 100, 2), (52, 250, 4))
        ]
        bank = line(250, "RETURN AC04 BILL/2026/0052", code="AC04")
        assert case(answer(bank, settled=settled, parties=PARTIES)).match.counterparts[0].reopens == (52,)


class TestWages:
    PEOPLE = (ANN, BEN, CEM, *PARTIES)
    SETTINGS = {"wage_accounts": frozenset({WAGES})}

    def owed(self, *amounts, partners=(20, 21, 22), document=900):
        return [item(60 + n, -amount, "SLIP/03", partner, "entry", account=WAGES, document=document, days=3)
                for n, (amount, partner) in enumerate(zip(amounts, partners, strict=False))]  # fmt: skip

    def answer(self, bank, items, **more):
        return answer(bank, items, parties=self.PEOPLE, settings=self.SETTINGS, **more)

    def test_one_debit_for_everybody(self):
        items = [*self.owed(2000, 1850.25, 2410.1), item(80, -900, "PAYE", 8, "entry", account=PAYABLE)]
        found = case(self.answer(line(-6260.35, "SALARIES MARCH"), items))
        assert found.case == "wage_run"
        assert set(settles(found)) == {60, 61, 62}

    def test_taxes_are_left_standing(self):
        items = [*self.owed(2000, 1850), item(80, -900, "SLIP/03", 8, "entry", account=70, document=900)]
        found = case(self.answer(line(-3850, "SALARIES MARCH"), items))
        assert set(settles(found)) == {60, 61}

    def test_a_cent_of_rounding(self):
        found = case(self.answer(line(-3850.02, "WAGES"), self.owed(2000, 1850)))
        assert writes_off(found) == [("rounding", 41, "-0.02")]
        assert found.case == "wage_run"

    def test_one_each(self):
        bank = [line(-2000, "SALARY", 1, name="Ann Peeters"), line(-1850, "SALARY", 2, name="Ben Claes")]
        found = answers(bank, self.owed(2000, 1850), parties=self.PEOPLE, settings=self.SETTINGS)
        assert [(case(found[key]).case, settles(case(found[key]))) for key in (1, 2)] == [
            ("wage_run", {60: "-2000.00"}),
            ("wage_run", {61: "-1850.00"}),
        ]

    def test_parts_of_one_sum(self):
        bank = [line(-2000, "SALARY 03", 1, name="Ann Peeters"), line(-1850, "SALARY 03", 2, name="Ben Claes")]
        found = answers(bank, self.owed(3850, partners=(None,)), parties=self.PEOPLE, settings=self.SETTINGS)
        assert [settles(case(found[key])) for key in (1, 2)] == [{60: "-2000.00"}, {60: "-1850.00"}]

    def test_a_wage_file(self):
        orders = (order(1, -2000, 20), order(2, -1850, 21))
        found = case(self.answer(line(-3850, "DEBIT"), self.owed(2000, 1850, 99), runs=(run(*orders, is_wages=True),)))
        assert found.case == "wage_run"
        assert set(settles(found)) == {60, 61}

    def test_a_wage_file_against_one_sum(self):
        orders = (order(1, -2000, None, name="A"), order(2, -1850, None, name="B"))
        items = self.owed(3850, partners=(None,))
        found = case(self.answer(line(-3850, "DEBIT"), items, runs=(run(*orders, is_wages=True),)))
        assert settles(found) == {60: "-3850.00"}

    def test_without_a_word_it_is_asked_at_most(self):
        assert self.answer(line(-3850, "DEBIT 9"), self.owed(2000, 1850)).outcome != "proposed"

    def test_settings_of_the_samples_have_no_wages(self):
        assert SETTINGS.wage_accounts == frozenset()
