"""Accounts, taxes, terms, journals and settings of the generated company in Odoo."""

from __future__ import annotations

from odoo import Command

from ..values import CompanyYear, Tax, Term

_NEW_ACCOUNTS = {
    "fee": ("609001", "Bank fees", "expense"),
    "withholding": ("131500", "Withholding tax to recover", "asset_current"),
    "rounding": ("609002", "Rounding differences", "expense"),
    "discount_loss": ("609003", "Cash discounts granted", "expense"),
    "discount_gain": ("409003", "Cash discounts taken", "income_other"),
    "tax_sale": ("251001", "VAT due", "liability_current"),
    "tax_purchase": ("131001", "VAT to recover", "asset_current"),
    "tax_transition": ("251002", "VAT not yet due", "liability_current"),
}


class Chart:
    """The company's records by the generator's names."""

    def __init__(self, env, year: CompanyYear) -> None:
        self.env, self.year = env, year
        self.company = env.company
        self.accounts = {}
        self.taxes = {}
        self.terms = {}
        self.journals = {}

    # --- making ------------------------------------------------------------------

    def build(self) -> Chart:
        """Create everything; for a database that has only the generic chart."""
        self._set_currency()
        self._make_accounts()
        self._make_journals()
        belgium = self.env.ref("base.be").id
        group = self.env["account.tax.group"].create({"name": "VAT", "country_id": belgium})
        for tax in self.year.company.taxes.values():
            self._make_tax(tax, group)
        for term in self.year.company.terms.values():
            self._make_term(term)
        self._set_company()
        self._make_rates()
        return self

    def _set_currency(self) -> None:
        currencies = self.env["res.currency"].with_context(active_test=False)
        found = currencies.search([("name", "in", ("EUR", "USD", "GBP"))])
        found.active = True
        self.env["res.currency.rate"].search([]).unlink()
        self.company.write(
            {
                "name": self.year.company.name,
                "currency_id": found.filtered(lambda currency: currency.name == "EUR").id,
                "country_id": self.env.ref("base.be").id,
                "account_fiscal_country_id": self.env.ref("base.be").id,
                "tax_calculation_rounding_method": "round_globally",
                "tax_exigibility": True,
            }
        )

    def _make_accounts(self) -> None:
        for role, (code, name, kind) in _NEW_ACCOUNTS.items():
            self.env["account.account"].create(
                {
                    "code": code,
                    "name": name,
                    "account_type": kind,
                    "reconcile": role == "tax_transition",
                }
            )
        self._find_accounts()

    def _make_journals(self) -> None:
        for journal in self.year.company.journals:
            values = {
                "name": journal.name,
                "code": journal.code,
                "type": "bank",
                "bank_acc_number": journal.account_number,
            }
            if journal.currency != self.year.company.currency:
                values["currency_id"] = self.currency(journal.currency).id
            existing = self._journal(journal.code)
            if existing:
                existing.write(values)
            else:
                self.env["account.journal"].create(values)
        self._find_journals()

    def _make_tax(self, tax: Tax, group) -> None:
        role = "tax_sale" if tax.use == "sale" else "tax_purchase"
        values = {
            "name": tax.key,
            "amount": float(tax.rate),
            "type_tax_use": tax.use,
            "tax_group_id": group.id,
            "country_id": self.env.ref("base.be").id,
            "invoice_repartition_line_ids": self._repartition(f"{tax.key} invoice", role),
            "refund_repartition_line_ids": self._repartition(f"{tax.key} refund", role),
        }
        if tax.cash_basis:
            values["tax_exigibility"] = "on_payment"
            values["cash_basis_transition_account_id"] = self.accounts["tax_transition"].id
        self.taxes[tax.key] = self.env["account.tax"].create(values)

    def _repartition(self, label: str, role: str) -> list:
        tags = self.env["account.account.tag"].create(
            [
                {
                    "name": f"{label} {part}",
                    "applicability": "taxes",
                    "country_id": self.env.ref("base.be").id,
                }
                for part in ("base", "tax")
            ]
        )
        return [
            Command.create({"repartition_type": "base", "tag_ids": tags[0].ids}),
            Command.create(
                {
                    "repartition_type": "tax",
                    "account_id": self.accounts[role].id,
                    "tag_ids": tags[1].ids,
                }
            ),
        ]

    def _make_term(self, term: Term) -> None:
        values = {
            "name": term.key,
            "line_ids": [
                Command.create({"value": "percent", "value_amount": float(percent), "nb_days": days})
                for percent, days in term.parts
            ],
        }
        if term.discount:
            values |= {
                "early_discount": True,
                "discount_percentage": float(term.discount),
                "discount_days": term.discount_days,
                "early_pay_discount_computation": term.mode,
            }
        self.terms[term.key] = self.env["account.payment.term"].create(values)

    def _set_company(self) -> None:
        self.company.write(
            {
                "account_journal_early_pay_discount_loss_account_id": self.accounts["discount_loss"].id,
                "account_journal_early_pay_discount_gain_account_id": self.accounts["discount_gain"].id,
            }
        )

    def _make_rates(self) -> None:
        self.env["res.currency.rate"].create(
            [
                {
                    "currency_id": self.currency(currency).id,
                    "name": day,
                    "rate": float(rate),
                    "company_id": self.company.id,
                }
                for (currency, day), rate in self.year.rates.items()
            ]
        )

    # --- finding -----------------------------------------------------------------

    def find(self) -> Chart:
        """The records of a database that ``build`` made."""
        self._find_accounts()
        self._find_journals()
        self.taxes = {tax.name: tax for tax in self.env["account.tax"].search([])}
        self.terms = {term.name: term for term in self.env["account.payment.term"].search([])}
        return self

    def _find_accounts(self) -> None:
        template = self.env["account.chart.template"].with_company(self.company)
        company = self.company
        by_code = {account.code: account for account in self.env["account.account"].search([])}
        self.accounts = {role: by_code.get(code) for role, (code, _n, _t) in _NEW_ACCOUNTS.items()}
        self.accounts |= {
            "receivable": by_code["121000"],
            "payable": by_code["211000"],
            "sales": by_code["400000"],
            "expense": by_code["600000"],
            "transfer": company.transfer_account_id,
            "outstanding_receipts": template.ref("account_journal_payment_debit_account_id"),
            "outstanding_payments": template.ref("account_journal_payment_credit_account_id"),
            "exchange_gain": company.income_currency_exchange_account_id,
            "exchange_loss": company.expense_currency_exchange_account_id,
        }

    def _find_journals(self) -> None:
        for journal in self.year.company.journals:
            record = self._journal(journal.code)
            self.journals[journal.key] = record
            self.accounts[f"bank{journal.key}"] = record.default_account_id
            self.accounts["suspense"] = record.suspense_account_id

    def _journal(self, code: str):
        return self.env["account.journal"].search([("code", "=", code), ("type", "=", "bank")])

    def currency(self, name: str):
        return self.env["res.currency"].search([("name", "=", name)])
