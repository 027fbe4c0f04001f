"""Payout facts: rows, what stands open for them, what was paid before; a fixed number of queries a provider."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from odoo import models

from ...engine.matching import reference_keys
from ...engine.payouts import (
    BankItem,
    Bill,
    PaidItem,
    PayoutCase,
    PayoutFacts,
    PayoutRow,
    StandingItem,
    Terms,
)
from . import payout_queries as queries

#: Sales on the clearing account, and payments that a chargeback may take back: days before the payout.
SALE_DAYS, PAID_DAYS = 75, 540


class AiFactsPayout(models.AbstractModel):
    """Collects the facts of payouts of one company. Reads for the addon: the caller has checked the access."""

    _name = "ai.facts.payout"
    _description = "Payout Facts"

    def _collect(self, payouts):
        """:param payouts: ai.payout of one company
        :return: ``PayoutFacts`` of those that are to be booked"""
        company = payouts.company_id
        company.ensure_one()
        payouts = payouts.sudo().with_company(company).filtered(lambda payout: payout.state == "taken")
        self.env.flush_all()
        cases = []
        for provider, mine in payouts.grouped("provider_id").items():
            cases += self._cases(company, provider, mine)
        found = {item.key for case in cases for item in case.items} | {
            item.key for case in cases for item in case.bank_items
        }
        partners = {item.partner for case in cases for item in (*case.items, *case.paid) if item.partner}
        return PayoutFacts(
            currency=company.currency_id.name,
            cases=tuple(cases),
            places={currency.name: currency.decimal_places for currency in self.env["res.currency"].search([])},
            receivables=self._receivables(company, partners),
            held=frozenset(key for (key,) in self.env.execute_query(queries.held_items(found, payouts.ids))),
        )

    def _cases(self, company, provider, payouts):
        rows = {payout.id: tuple(self._row(line) for line in payout.line_ids) for payout in payouts}
        everything = [row for found in rows.values() for row in found]
        keys = {key for row in everything for text in (*row.references, row.text) for key in reference_keys(text)}
        amounts = {amount for row in everything for amount in (row.amount, row.original_amount) if amount}
        first = min(payouts.mapped("date")) - timedelta(days=SALE_DAYS)
        clearing = provider.clearing_account_id.id
        standing = self.env.execute_query_dict(queries.standing_items(company.id, clearing, keys, amounts, first))
        chosen = payouts.line_ids.item_id
        items = tuple(self._item(row) for row in standing)
        items += self._chosen_items(chosen, {item.key for item in items}, provider)
        returned = {-row.amount for row in everything if row.kind == "chargeback"}
        is_returning = any(row.kind in ("chargeback", "refund") for row in everything)
        since = first - timedelta(days=PAID_DAYS)
        paid = queries.paid_items(company.id, keys, returned, since) if is_returning else None
        paid_items = tuple(self._paid(row) for row in self.env.execute_query_dict(paid)) if paid else ()
        bank = self.env.execute_query_dict(queries.bank_items(company.id, [clearing]))
        common = {
            "terms": self._terms(company, provider),
            "items": items,
            "paid": paid_items,
            "bills": self._bills(company, provider),
            "bank_items": tuple(
                BankItem(row["id"], _decimal(row["residual"]), row["currency"], row["date"]) for row in bank
            ),
        }
        return [
            PayoutCase(
                key=payout.id,
                reference=payout.name,
                date=payout.date,
                currency=payout.currency_id.name,
                amount=_decimal(payout.amount),
                fee=_decimal(payout.fee),
                fee_tax=_decimal(payout.fee_tax) if payout.has_fee_tax else None,
                rate=self._rate(company, payout),
                rows=rows[payout.id],
                **common,
            )
            for payout in payouts
        ]

    def _row(self, line):
        return PayoutRow(
            key=line.id,
            kind=line.kind,
            date=line.date,
            amount=_decimal(line.amount),
            references=tuple(filter(None, (line.reference or "").split(" | "))),
            customer=line.customer or "",
            text=line.text or "",
            original_amount=_decimal(line.original_amount) if line.original_currency else None,
            original_currency=line.original_currency or "",
            chosen=line.item_id.id or None,
            is_left=line.is_left,
        )

    def _item(self, row):
        return StandingItem(
            key=row["id"],
            account=row["account_id"],
            place="clearing" if row["on_clearing"] else "partner",
            residual=_decimal(row["residual"]),
            currency=row["currency"],
            date=row["date"],
            partner=row["partner_id"],
            partner_names=_texts(row["partner_names"]),
            names=_texts(row["names"]),
            document=row["document"],
        )

    def _chosen_items(self, chosen, known, provider):
        """What people chose although neither amount nor reference brought it here."""
        others = chosen.filtered(lambda item: item.id not in known and not item.reconciled)
        return tuple(
            StandingItem(
                key=item.id,
                account=item.account_id.id,
                place="clearing" if item.account_id == provider.clearing_account_id else "partner",
                residual=_decimal(item.amount_residual_currency),
                currency=item.currency_id.name,
                date=item.date,
                partner=item.partner_id.id or None,
            )
            for item in others
        )

    def _paid(self, row):
        return PaidItem(
            key=row["id"],
            payer=row["payer_id"],
            account=row["account_id"],
            amount=_decimal(row["amount"]),
            currency=row["currency"],
            paid_on=row["paid_on"],
            partner=row["partner_id"],
            partner_names=_texts(row["partner_names"]),
            names=_texts(row["names"]),
        )

    def _terms(self, company, provider):
        vendor = provider.vendor_id.commercial_partner_id if provider.bills_fee else provider.vendor_id.browse()
        return Terms(
            clearing=provider.clearing_account_id.id,
            fee=provider.fee_account_id.id or None,
            fee_taxes=tuple(provider.fee_tax_ids.ids),
            reserve=provider.reserve_account_id.id or None,
            adjustment=provider.adjustment_account_id.id or None,
            chargeback=provider.chargeback_account_id.id or None,
            vendor=vendor.id or None,
            payable=vendor.property_account_payable_id.id or None,
            gain=company.income_currency_exchange_account_id.id or None,
            loss=company.expense_currency_exchange_account_id.id or None,
        )

    def _bills(self, company, provider):
        if not provider.bills_fee:
            return ()
        vendor = provider.vendor_id.commercial_partner_id
        rows = self.env.execute_query_dict(queries.vendor_bills(company.id, vendor.ids))
        return tuple(Bill(row["id"], _decimal(row["residual"]), row["currency"], row["date"]) for row in rows)

    def _rate(self, company, payout):
        if payout.currency_id == company.currency_id:
            return None
        rate = self.env["res.currency"]._get_conversion_rate(
            company.currency_id, payout.currency_id, company, payout.date
        )
        return Decimal(str(rate))

    def _receivables(self, company, partner_ids):
        partners = self.env["res.partner"].with_company(company).sudo().browse(partner_ids)
        found = defaultdict(int)
        for partner in partners:
            found[partner.id] = partner.property_account_receivable_id.id
        return {key: account for key, account in found.items() if account}


def _decimal(amount):
    """Odoo hands numeric columns over as floats; their shortest text is what was stored."""
    text = f"{amount or 0.0:.6f}".rstrip("0")
    whole, _point, cents = text.partition(".")
    return Decimal(f"{whole}.{cents:0<2}")


def _texts(values):
    return tuple(dict.fromkeys(value for value in values or () if value and value != "/"))
