"""A company that owes its tax office, its bank, a card issuer, employees and owners."""

from odoo import Command

from ..coding.common import CodingCase

OFFICE, BANK = "BE68539007547034", "DE89370400440532013000"


class CounterpartCase(CodingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("counterparts_manager", "manager")
        cls.vat = cls.make_account("VAT payable", "liability_current")
        cls.payroll = cls.make_account("Payroll tax payable", "liability_current")
        cls.penalty = cls.make_account("Penalties", "expense")
        cls.loan_account = cls.make_account("Loan of the bank", "liability_non_current")
        cls.interest = cls.make_account("Interest", "expense")
        cls.fee = cls.make_account("Loan fees", "expense")
        cls.general = cls.company_data["default_journal_misc"]

    @classmethod
    def entry(cls, rows, date="2026-03-01", partner=None):
        """A posted entry. ``rows``: (account, balance)"""
        move = cls.env["account.move"].create(
            {
                "journal_id": cls.general.id,
                "date": date,
                "line_ids": [
                    Command.create(
                        {
                            "name": "Accrued",
                            "account_id": account.id,
                            "balance": balance,
                            "partner_id": partner.id if partner else False,
                        }
                    )
                    for account, balance in rows
                ],
            }
        )
        move.action_post()
        return move

    @classmethod
    def counterpart(cls, kind, *claims, number=OFFICE, **values):
        """``claims``: (topic, account or accounts[, {field: value}])"""
        return (
            cls.env["ai.counterpart"]
            .with_user(cls.manager)
            .create(
                {
                    "name": kind.replace("_", " ").title(),
                    "kind": kind,
                    "account_numbers": number,
                    "claim_ids": [
                        Command.create(
                            {"topic": topic, "account_ids": [Command.set(accounts.ids)], **(more[0] if more else {})}
                        )
                        for topic, accounts, *more in claims
                    ],
                    **values,
                }
            )
        )

    @classmethod
    def make_loan(cls, counterpart, **values):
        loan = (
            cls.env["ai.loan"]
            .with_user(cls.manager)
            .create(
                {
                    "name": "Van",
                    "counterpart_id": counterpart.id,
                    "principal": 10000.0,
                    "account_id": cls.loan_account.id,
                    "interest_account_id": cls.interest.id,
                    "fee_account_id": cls.fee.id,
                    "rate": 6.0,
                    "start": "2025-12-31",
                    "first": "2026-01-31",
                    "count": 12,
                    **values,
                }
            )
        )
        loan.action_start()
        return loan
