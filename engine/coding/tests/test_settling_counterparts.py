"""Whoever is recognised is settled against what stands there, to the cent, or asked; never cost by chance."""

import unittest
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from ...facts import BankLine
from ..explain import REASONS
from ..settling_facts import Claim, Counterpart, Known, Ledger, LoanFacts, PlanLine
from ..settling_known import recognise
from .samples import DAY, FEES, INTEREST, LOAN, VAT, WAGES, Past, line, row, rows, run

D = Decimal
PAYROLL, CORPORATE, PENALTY, OWNER, ADVANCE = 4530, 4500, 6700, 1690, 4160
BE = "BE68539007547034"


def ledger(*moves):
    """``moves``: (days before DAY, amount[, True for a payment])"""
    days, sums, paid, total, settled = [], [], [], D(0), D(0)
    for before, amount, *is_paid in moves:
        total += D(str(amount))
        settled += D(str(amount)) if is_paid else D(0)
        days.append(DAY - timedelta(days=before))
        sums.append(total)
        paid.append(settled)
    return Ledger(tuple(days), tuple(sums), tuple(paid))


def claim(topic, account, *moves, key=1, **more):
    return Claim(key, topic, (account,), ledger=ledger(*moves), **more)


def office(*claims, kind="tax_office", **more):
    return Counterpart(7, kind, "Tax Office", numbers=frozenset([BE]), claims=claims, **more)


def ask(text, amount, *counterparts, how=("counterpart_account",), sure=True, past=None, references=(), **more):
    own = line(text, amount, **more)
    known = {own.case.key: Known(counterparts, how, sure, references)}
    [answer] = run([own], past, counterparts=known)
    return answer


class TestDue(unittest.TestCase):
    def test_exactly_what_stands_there(self):
        answer = ask("TAX VAT", "-1500.00", office(claim("vat", VAT, (5, "-1500.00"))))
        self.assertEqual((answer.outcome, rows(answer)), ("proposed", [(VAT, "-1500.00", ())]))
        first = answer.readings[0]
        self.assertEqual((first.case, first.tier), ("settles", "match"))
        self.assertEqual(first.details["balances"], [{"account_id": VAT, "before": "-1500.00", "after": "0.00"}])

    def test_the_period_decides_which_part_of_the_balance(self):
        # Two months closed and not paid: the text tells which one.
        days = (date(2025, 10, 31), date(2025, 11, 30))
        held = Ledger(days, (D("-900.00"), D("-1500.00")), (D(0), D(0)))
        answer = ask("VAT 11/2025", "-600.00", office(Claim(1, "vat", (VAT,), ledger=held)))
        self.assertEqual((answer.outcome, rows(answer)), ("proposed", [(VAT, "-600.00", ())]))
        self.assertIn("due_period", {code for code, _values in answer.readings[0].reasons})
        self.assertEqual(answer.readings[0].details["settling"]["period"], ["2025-11-01", "2025-11-30"])

    def test_what_was_not_paid_of_an_older_end(self):
        # Invoices of the new month already stand there too.
        held = claim("vat", VAT, (40, "-700.00"), (3, "-50.00"))
        self.assertEqual(ask("VAT", "-700.00", office(held)).outcome, "proposed")

    def test_paid_already(self):
        held = claim("vat", VAT, (40, "-700.00"), (20, "700.00", True))
        answer = ask("VAT Q3", "-700.00", office(held))
        self.assertEqual(answer.outcome, "asked")
        self.assertIn("due_nothing", {code for code, _values in answer.readings[0].reasons})

    def test_less_and_more_are_asked(self):
        held = office(claim("vat", VAT, (5, "-1500.00")), penalty_account=PENALTY)
        answer = ask("VAT", "-1000.00", held)
        self.assertEqual((answer.outcome, rows(answer)), ("asked", [(VAT, "-1000.00", ())]))
        answer = ask("VAT", "-1575.00", held)
        self.assertEqual(answer.outcome, "asked")
        self.assertEqual(rows(answer, 0), [(VAT, "-1575.00", ())])
        self.assertEqual(rows(answer, 1), [(VAT, "-1500.00", ()), (PENALTY, "-75.00", ())])
        past = Past().add("TAXES", [row(VAT, "-1575.00")])
        answer = ask("TAXES", "-1575.00", held, past=past)
        self.assertEqual(
            [len(rows(answer, place)) for place in (0, 1)], [1, 2], "the same said twice stays where it was"
        )
        answer = ask("VAT PENALTY", "-1575.00", held)
        self.assertEqual(rows(answer, 0), [(VAT, "-1500.00", ()), (PENALTY, "-75.00", ())])

    def test_a_refund(self):
        answer = ask("VAT REFUND", "320.00", office(claim("vat", VAT, (5, "320.00"))))
        self.assertEqual((answer.outcome, rows(answer)), ("proposed", [(VAT, "320.00", ())]))
        self.assertEqual(ask("VAT REFUND", "320.00", office(claim("vat", VAT, (5, "-320.00")))).outcome, "asked")

    def test_the_topic_tells_the_account(self):
        two = office(claim("vat", VAT, (5, "-500.00")), claim("payroll_tax", PAYROLL, (5, "-500.00"), key=2))
        self.assertEqual(rows(ask("UMSATZSTEUER", "-500.00", two)), [(VAT, "-500.00", ())])
        self.assertEqual(rows(ask("LOHNSTEUERANMELDUNG", "-500.00", two)), [(PAYROLL, "-500.00", ())])
        self.assertEqual(ask("FINANZAMT", "-500.00", two).outcome, "asked")

    def test_one_payment_for_several(self):
        two = office(claim("vat", VAT, (5, "-500.00")), claim("payroll_tax", PAYROLL, (5, "-300.00"), key=2))
        answer = ask("FINANZAMT", "-800.00", two)
        self.assertEqual(answer.outcome, "proposed")
        self.assertEqual(sorted(rows(answer)), [(VAT, "-500.00", ()), (PAYROLL, "-300.00", ())])

    def test_accounts_that_are_settled_together(self):
        out, into = ledger((20, "-2100.00")), ledger((20, "600.00"))
        both = Claim(1, "vat", (VAT, 4110), ledger=ledger((20, "-1500.00")), parts=(out, into))
        answer = ask("VAT", "-1500.00", office(both))
        self.assertEqual((answer.outcome, rows(answer)), ("proposed", [(VAT, "-2100.00", ()), (4110, "600.00", ())]))
        self.assertEqual([each["after"] for each in answer.readings[0].details["balances"]], ["0.00", "0.00"])

    def test_the_second_of_one_run_is_not_settled_again(self):
        held = office(claim("vat", VAT, (5, "-500.00")))
        lines = [line("VAT", "-500.00", key=1), line("VAT", "-500.00", key=2)]
        answers = run(lines, counterparts={key: Known((held,), ("counterpart_account",), True) for key in (1, 2)})
        self.assertEqual([answer.outcome for answer in answers], ["proposed", "asked"])

    def test_unsure_who_it_is(self):
        held = office(claim("vat", VAT, (5, "-500.00")))
        answer = ask("VAT", "-500.00", held, sure=False, how=("counterpart_name",))
        self.assertEqual((answer.outcome, answer.reasons[0][0]), ("asked", "counterpart_unsure"))

    def test_rejected_and_closed_accounts(self):
        held = office(claim("vat", VAT, (5, "-500.00")))
        key = ask("VAT", "-500.00", held).readings[0].match.fingerprint()
        own = line("VAT", "-500.00")
        known = {own.case.key: Known((held,), ("counterpart_account",), True)}
        self.assertEqual(
            run([own], counterparts=known, rejected={own.case.key: frozenset([key])})[0].outcome, "nothing"
        )
        self.assertEqual(run([own], counterparts=known, accounts=frozenset([FEES]))[0].outcome, "nothing")

    def test_cost_by_memory_gives_way_to_a_balance(self):
        past = Past().add("TAX OFFICE", [row(FEES, "-500.00")], 6)
        held = office(claim("vat", VAT, (5, "-500.00")))
        self.assertEqual(rows(ask("TAX OFFICE", "-500.00", held, past=past)), [(VAT, "-500.00", ())])

    def test_memory_of_the_same_account_stays(self):
        past = Past().add("TAX OFFICE", [row(VAT, "-200.00")], 8)
        held = office(claim("vat", VAT, (5, "-500.00")))
        answer = ask("TAX OFFICE", "-200.00", held, past=past)
        self.assertEqual((answer.outcome, answer.readings[0].tier), ("proposed", "memory"))

    def test_every_reason_has_its_sentence(self):
        held = office(claim("vat", VAT, (5, "-1500.00")), penalty_account=PENALTY)
        for amount in ("-1500.00", "-1.00", "-1600.00", "10.00"):
            answer = ask("VAT Q4 2025", amount, held)
            for code, values in [*answer.reasons, *(one for each in answer.readings for one in each.reasons)]:
                self.assertTrue(REASONS[code] % {**values, "account": "VAT"}, code)


class TestRunning(unittest.TestCase):
    def owner(self, *claims):
        return Counterpart(9, "owner", "Jane", numbers=frozenset([BE]), claims=claims)

    def test_an_owner_is_never_cost(self):
        past = Past().add("JANE DOE", [row(FEES, "-700.00")], 9)
        answer = ask("JANE DOE", "-700.00", self.owner(claim("owner", OWNER)), past=past)
        self.assertEqual((answer.outcome, rows(answer)), ("proposed", [(OWNER, "-700.00", ())]))
        both = (claim("drawings", OWNER), claim("owner", 1691, key=2))
        answer = ask("JANE DOE", "-700.00", self.owner(*both), past=past)
        self.assertEqual(answer.outcome, "asked")
        self.assertEqual(
            {each[0] for place in range(len(answer.readings)) for each in rows(answer, place)}, {OWNER, 1691}
        )

    def test_an_owner_is_never_cost_even_where_nothing_fits(self):
        past = Past().add("JANE DOE", [row(FEES, "700.00")], 9)
        answer = ask("JANE DOE", "700.00", self.owner(claim("drawings", OWNER, sign=-1)), past=past)
        self.assertEqual((answer.outcome, answer.reasons[0][0]), ("nothing", "settlement_asked"))

    def test_the_way_decides(self):
        held = self.owner(claim("drawings", OWNER, sign=-1), claim("contribution", 1000, key=2, sign=1))
        self.assertEqual(rows(ask("JANE", "-10.00", held)), [(OWNER, "-10.00", ())])
        self.assertEqual(rows(ask("JANE", "10.00", held)), [(1000, "10.00", ())])

    def test_an_employee(self):
        expense = claim("expense", WAGES, (9, "-84.20"), partner=5)
        held = Counterpart(3, "employee", "Ann", 5, claims=(expense, claim("advance", ADVANCE, key=2, partner=5)))
        answer = ask("ANN EXPENSES", "-84.20", held)
        self.assertEqual((answer.outcome, rows(answer)), ("proposed", [(WAGES, "-84.20", ())]))
        self.assertEqual(answer.readings[0].match.partner, 5)
        self.assertEqual(rows(ask("ANN ADVANCE TRIP", "-500.00", held)), [(ADVANCE, "-500.00", ())])
        self.assertEqual(ask("ANN", "-500.00", held).outcome, "asked")

    def test_a_card_is_billed_on_a_day(self):
        held = claim("card", 4890, (30, "-100.00"), (20, "-250.00"), (8, "-99.00"))
        issuer = Counterpart(4, "card_issuer", "Amex", claims=(held,))
        answer = ask("AMEX PAYMENT", "-350.00", issuer)
        self.assertEqual((answer.outcome, rows(answer)), ("proposed", [(4890, "-350.00", ())]))
        self.assertEqual(ask("AMEX PAYMENT", "-349.00", issuer).outcome, "asked")


class TestLoans(unittest.TestCase):
    def loan(self, *plan, **more):
        facts = LoanFacts(1, "Van", "EUR", LOAN, INTEREST, FEES, plan=plan, principal=D("10000"), **more)
        return Counterpart(2, "lender", "Bank", loans=(facts,))

    def due(self, key, before_day, payment, interest, owed, fee="0.00"):
        principal = D(payment) - D(interest) - D(fee)
        return PlanLine(key, DAY - timedelta(days=before_day), D(payment), D(interest), principal, D(fee), D(owed))

    def test_by_the_plan(self):
        held = self.loan(
            self.due(1, 2, "860.66", "45.95", "9189.34"),
            self.due(2, -28, "860.66", "41.87", "8374.63"),
            ledger=ledger((40, "-10000.00"), (33, "810.66", True)),
        )
        answer = ask("LOAN", "-860.66", held)
        self.assertEqual(
            (answer.outcome, rows(answer)), ("proposed", [(LOAN, "-814.71", ()), (INTEREST, "-45.95", ())])
        )
        self.assertEqual(answer.readings[0].details["settling"]["loan_line"], 1)
        self.assertEqual(answer.readings[0].details["balances"][0]["after"], "-8374.63")

    def test_with_its_fee(self):
        held = self.loan(self.due(1, 0, "865.66", "50.00", "10000", "5.00"), ledger=ledger((40, "-10000.00")))
        self.assertEqual(
            rows(ask("LOAN", "-865.66", held)), [(LOAN, "-810.66", ()), (INTEREST, "-50.00", ()), (FEES, "-5.00", ())]
        )

    def test_books_that_owe_less_are_asked(self):
        held = self.loan(
            self.due(1, 0, "860.66", "50.00", "10000"), ledger=ledger((40, "-10000.00"), (9, "2000.00", True))
        )
        answer = ask("LOAN", "-860.66", held)
        self.assertEqual(answer.outcome, "asked")
        self.assertEqual(rows(answer, 0), [(LOAN, "-810.66", ()), (INTEREST, "-50.00", ())])
        self.assertEqual(rows(answer, 1), [(LOAN, "-820.66", ()), (INTEREST, "-40.00", ())])

    def test_another_amount_is_asked(self):
        held = self.loan(self.due(1, 0, "860.66", "50.00", "10000"), ledger=ledger((40, "-10000.00")))
        answer = ask("LOAN", "-1000.00", held)
        self.assertEqual(answer.outcome, "asked")
        self.assertEqual(rows(answer, 0), [(LOAN, "-950.00", ()), (INTEREST, "-50.00", ())])
        self.assertEqual(rows(answer, 1), [(LOAN, "-1000.00", ())])

    def test_paid_out(self):
        answer = ask("LOAN", "10000.00", self.loan())
        self.assertEqual((answer.outcome, rows(answer)), ("proposed", [(LOAN, "10000.00", ())]))
        self.assertEqual(ask("LOAN", "9900.00", self.loan()).outcome, "asked")

    def test_two_loans_of_one_bank(self):
        one = self.loan(
            self.due(1, 0, "100.00", "10.00", "500"), ledger=ledger((40, "-500.00")), references=("4711000001",)
        )
        other = replace(
            one.loans[0], key=2, account=1731, references=("4711000002",), plan=(replace(one.loans[0].plan[0], key=2),)
        )
        both = replace(one, loans=(*one.loans, other))
        self.assertEqual(ask("LOAN", "-100.00", both).outcome, "asked")
        self.assertEqual(rows(ask("LOAN 4711 000 002", "-100.00", both))[0][0], 1731)

    def test_two_instalments_in_one_run(self):
        held = self.loan(
            self.due(1, 3, "860.66", "50.00", "10000.00"),
            self.due(2, 1, "860.66", "45.95", "9189.34"),
            ledger=ledger((40, "-10000.00")),
            shared=True,
        )
        lines = [line("LOAN", "-860.66", key=1), line("LOAN", "-860.66", key=2)]
        answers = run(lines, counterparts={key: Known((held,), ("counterpart_account",), True) for key in (1, 2)})
        self.assertEqual([rows(each)[1][1] for each in answers], ["-45.95", "-50.00"])

    def test_history_goes_on_where_there_is_no_plan(self):
        past = Past().add("LOAN BANK", [row(LOAN, "-90.00"), row(INTEREST, "-10.00")], 3)
        held = Counterpart(2, "lender", "Bank", claims=(claim("loan", LOAN, (60, "-5000.00")),))
        answer = ask("LOAN BANK", "-100.00", held, past=past)
        self.assertEqual((answer.outcome, len(rows(answer))), ("proposed", 2))


class TestRecognised(unittest.TestCase):
    def seen(self, counterparts, text="", **more):
        bank_line = BankLine(1, 1, 1, DAY, D("-10"), "EUR", text, **more)
        return recognise([bank_line], counterparts).get(1)

    def test_by_what(self):
        held = office(claim("vat", VAT, references=("123456789012",)), partner=5, names=(("FPS", "FINANCE"),))
        for values, how, sure in (
            ({"account_number": BE}, "counterpart_account", True),
            ({"references": ("+++123/4567/89012+++",)}, "counterpart_reference", True),
            ({"text": "REF 123456789012"}, "counterpart_reference", True),
            ({"partner": 5}, "counterpart_partner", True),
            ({"partner_name": "FPS Finance"}, "counterpart_name", True),
            ({"partner_name": "FPS Finance", "account_number": "NL00OTHER"}, "counterpart_name", False),
            ({"text": "PAID TO FPS FINANCE VAT"}, "counterpart_text", False),
        ):
            found = self.seen([held], **values)
            self.assertEqual((found.how[-1], found.sure), (how, sure), values)
        self.assertIsNone(self.seen([held], "FINANCE LEASE", partner_name="Somebody"))

    def test_two_at_one_bank(self):
        one = office(kind="lender")
        other = replace(one, key=8)
        self.assertEqual(len(self.seen([one, other], account_number=BE).counterparts), 2)
