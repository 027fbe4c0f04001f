"""A generated year as the facts that the engine reads, one period at a time."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from statistics import median

from engine import facts as engine

from .batches import replay
from .company import rate_on
from .discounts import discounted, granted_until
from .ledger import PARTNER_KINDS, Ledger, Open
from .values import CompanyYear, Document, Line, Partner, money

COMPANY = 1
_PLACES = {"EUR": 2, "USD": 2, "GBP": 2}


class FactsMaker:
    """Turns ledger snapshots of one year into ``MatchingFacts``."""

    def __init__(self, year: CompanyYear) -> None:
        self._year, self._company = year, year.company
        self._documents = {document.key: document for document in year.documents}
        self._taxes = {key: number for number, key in enumerate(self._company.taxes, start=1)}
        self._habits: dict[int, list[int]] = {key: [0, 0] for key in year.partners}
        self._delays: dict[int, list[int]] = {}

    def batches(self) -> Iterator[engine.MatchingFacts]:
        """One set of facts per period, in order; the truth is booked between them."""
        for ledger, lines in replay(self._year):
            yield self._facts(ledger, lines)
            self._remember(ledger, lines)

    def account(self, role: str) -> int:
        return self._company.accounts[role]

    def _facts(self, ledger: Ledger, lines: tuple[Line, ...]) -> engine.MatchingFacts:
        return engine.MatchingFacts(
            settings=self._settings(),
            lines=tuple(self._line(line) for line in lines),
            items=tuple(self._item(item) for item in ledger.open.values()),
            settled=tuple(self._settled(entry) for entry in ledger.settled.values()),
            parties=tuple(self._party(partner) for partner in self._year.partners.values()) + (self._own_party(),),
            own_accounts=tuple(
                engine.OwnAccount(j.key, j.account_number, (j.name, j.code), j.currency) for j in self._company.journals
            ),
            rates=self._rates(lines),
            places=_PLACES,
        )

    def _settings(self) -> engine.MatchingSettings:
        company, account = self._company, engine.WriteOffAccount
        fee_taxes = (self._taxes[company.fee_tax],) if company.fee_tax else ()
        return engine.MatchingSettings(
            company=COMPANY,
            currency=company.currency,
            transfer_account=self.account("transfer"),
            fee=account(self.account("fee"), fee_taxes, "Bank fee"),
            fee_cap=company.fee_cap,
            fee_cap_percent=company.fee_cap_percent,
            rounding=account(self.account("rounding"), (), "Rounding"),
            rounding_cap=company.rounding_cap,
            withholding=account(self.account("withholding"), (), "Withholding tax"),
            withholding_rates=company.withholding_rates,
            rate_limit_percent=company.rate_limit_percent,
            rate_max_age_days=company.rate_max_age_days,
            write_off_cap=Decimal("100000"),
            write_off_cap_percent=Decimal("20"),
        )

    def _line(self, line: Line) -> engine.BankLine:
        return engine.BankLine(
            key=line.key,
            company=COMPANY,
            journal=line.journal,
            date=line.date,
            amount=line.amount,
            currency=line.currency,
            text=line.text,
            partner_name=line.partner_name,
            account_number=line.account_number,
            references=line.references,
            code=line.code,
            foreign_amount=line.foreign_amount,
            foreign_currency=line.foreign_currency,
        )

    def _item(self, item: Open) -> engine.OpenItem:
        document = self._documents.get(item.document)
        values = {
            "key": item.key,
            "company": COMPANY,
            "account": self.account(item.role),
            "kind": item.kind,
            "document": item.document,
            "partner": item.partner,
            "date": item.date,
            "due": item.due,
            "residual": item.residual,
            "currency": item.currency,
            "residual_company": item.residual_company,
            "total": item.total,
            "names": tuple(dict.fromkeys(name for name in item.names if name)),
            "journal": item.journal,
            "batch": item.batch,
            "discount": self._discount(item, document) if document else None,
        }
        if document:
            values["untaxed"] = self._untaxed(item, document)
        return engine.OpenItem(**values)

    @staticmethod
    def _untaxed(item: Open, document: Document) -> Decimal:
        """The item's share of the document's base."""
        return money(document.untaxed * item.total / document.total)

    def _discount(self, item: Open, document: Document) -> engine.CashDiscount | None:
        until = granted_until(document, self._company)
        if not until or not item.whole:
            return None
        role = "discount_loss" if document.kind == "invoice" else "discount_gain"
        return engine.CashDiscount(discounted(document, self._company) * document.sign, until, self.account(role))

    def _settled(self, entry) -> engine.SettledItem:
        item = entry.item
        return engine.SettledItem(
            key=item.key,
            company=COMPANY,
            account=self.account(item.role),
            kind=item.kind,
            document=item.document,
            partner=item.partner,
            date=item.date,
            total=item.total,
            currency=item.currency,
            paid_on=entry.paid_on,
            amount=entry.amount,
            payment_item=entry.payment_item,
            names=tuple(dict.fromkeys(item.names)),
            payment_names=entry.payment_names,
            bank_line=entry.line,
        )

    def _party(self, partner: Partner) -> engine.Party:
        receipts, payments = self._habits[partner.key]
        delays = self._delays.get(partner.key)
        return engine.Party(
            key=partner.key,
            names=(partner.name,),
            accounts=(partner.iban,) if partner.iban_known else (),
            receivable=self.account("receivable"),
            payable=self.account("payable"),
            is_customer=partner.customer,
            is_vendor=partner.vendor,
            receipts=receipts,
            payments=payments,
            usual_delay=round(median(delays)) if delays else None,
        )

    def _own_party(self) -> engine.Party:
        return engine.Party(
            key=len(self._year.partners) + 1,
            names=(self._company.name,),
            is_own=True,
            accounts=tuple(journal.account_number for journal in self._company.journals),
        )

    def _rates(self, lines: tuple[Line, ...]) -> dict:
        rates = {}
        for currency in ("USD", "GBP"):
            for day in {line.date for line in lines}:
                found = rate_on(self._year.rates, currency, day)
                if found:
                    rates[currency, day] = engine.Rate(currency, *found)
        return rates

    def _remember(self, ledger: Ledger, lines: tuple[Line, ...]) -> None:
        """Partners' habits from what was booked."""
        for line in lines:
            booking = self._year.truths[line.key].booking
            if booking.partner:
                self._habits[booking.partner][line.amount < 0] += 1
            for settlement in booking.settlements:
                item = ledger.open.get(settlement.item)
                if item and item.kind in PARTNER_KINDS and item.due and item.partner:
                    self._delays.setdefault(item.partner, []).append((line.date - item.due).days)


def batches(year: CompanyYear) -> Iterator[engine.MatchingFacts]:
    """The year's facts, period by period."""
    return FactsMaker(year).batches()
