"""Who may be a counterpart: by what people booked, by a name that says so; nobody else."""

import unittest

from ..settling_find import Account, Payee, find
from ..settling_topics import topics_named

VAT, PAYROLL, LOAN, EQUITY, COST = 1, 2, 3, 4, 9
ACCOUNTS = (
    Account(VAT, "Tax Payable", "liability_payable", True),
    Account(PAYROLL, "Payroll Tax Payable", "liability_current"),
    Account(LOAN, "Bank Loan", "liability_non_current"),
    Account(EQUITY, "Capital of J. Smith", "equity"),
)


def payee(name, number="", partner=None, **booked):
    return Payee(number, name, partner, {int(key[1:]): count for key, count in booked.items()})


class TestFind(unittest.TestCase):
    def found(self, *payees):
        return [(guess.kind, guess.name, guess.claims) for guess in find(payees, ACCOUNTS, "My Company Ltd")]

    def test_by_what_people_booked(self):
        self.assertEqual(
            self.found(payee("Some Bank", "DE1", _3=6, _9=6)), [("lender", "Some Bank", (("loan", (LOAN,)),))]
        )
        self.assertEqual(self.found(payee("J Smith", "DE2", _4=3))[0][0], "owner")

    def test_once_or_mostly_elsewhere_proves_nothing(self):
        self.assertEqual(self.found(payee("Some Bank", "DE1", _3=1)), [])
        self.assertEqual(self.found(payee("Some Shop", "DE1", _3=2, _9=20)), [])

    def test_by_name_and_chart(self):
        [(kind, _name, claims)] = self.found(payee("Finanzamt Mitte", "DE1", _0=1))
        self.assertEqual((kind, claims), ("tax_office", (("vat", (VAT,)), ("payroll_tax", (PAYROLL,)))))
        # No account of the chart: a person says which, if it is paid more than once.
        self.assertEqual(self.found(payee("AOK Nordost", "DE1", _0=1)), [])
        self.assertEqual(self.found(payee("AOK Nordost", "DE1", _0=3)), [("social_fund", "AOK Nordost", ())])

    def test_nobody_else(self):
        self.assertEqual(self.found(payee("Smith Tax Advisors", _0=5), payee("My Company", _3=9)), [])
        self.assertEqual(self.found(payee("", "", _0=5)), [])

    def test_one_number_with_two_names_is_one(self):
        found = find((payee("Finanzamt A", "DE1", _0=1), payee("Finanzamt B", "DE1", _0=2)), ACCOUNTS)
        self.assertEqual(len(found), 1)

    def test_topics(self):
        for text, topics in {
            "Payroll tax payable": {"payroll_tax"},
            "Payroll March": {"wages"},
            "Corporate tax 2025": {"corporate_tax"},
            "UMSATZSTEUERVORAUSZAHLUNG": {"vat"},
            "Lohnsteueranmeldung": {"payroll_tax"},
            "Visa card": {"card"},
            "Dividende 2025": {"dividend"},
            "Something else": set(),
        }.items():
            self.assertEqual(topics_named(text), topics, text)
