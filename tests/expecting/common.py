"""Bank lines of a year that recur, booked."""

from dateutil.relativedelta import relativedelta

from odoo import fields

from ..common import BankCase

EXPECTED = "ai.expected.payment"


class ExpectingCase(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("manager", "manager")
        cls.auditor = cls.make_user("auditor", "auditor")
        cls.landlord = cls.make_partner("Hausverwaltung Kroll")
        #: The first of this month, and the day up to which the bank is known in most tests.
        cls.month = fields.Date.today().replace(day=1)

    @classmethod
    def back(cls, months, day=1):
        return cls.month - relativedelta(months=months) + relativedelta(day=day)

    @classmethod
    def monthly(cls, amount, months=range(13, 0, -1), day=1, partner=None, text="RENT", account=None, **values):
        """A booked line in each of these months back; ``amount``: one, or a function of the month's number."""
        partner = cls.landlord if partner is None else partner
        return cls.env["account.bank.statement.line"].create(
            [
                {
                    "journal_id": cls.bank.id,
                    "payment_ref": f"{text} {number}",
                    "amount": amount(number) if callable(amount) else amount,
                    "date": cls.back(number, day),
                    "partner_id": partner.id,
                    "counterpart_account_id": (account or cls.expense).id,
                    **values,
                }
                for number in months
            ]
        )

    def refreshed(self):
        self.env[EXPECTED]._refresh(self.company)
        return self.env[EXPECTED].with_user(self.reviewer).search([("company_id", "=", self.company.id)])

    def findings(self, expected, state="open"):
        return (
            self.env["ai.finding"]
            .with_user(self.reviewer)
            .search([("res_model", "=", EXPECTED), ("res_id", "in", expected.ids), ("state", "=", state)])
        )
