"""Bill facts: what a run knows about drafts whose document was read, in a fixed number of queries a company."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from odoo import fields, models
from odoo.fields import Domain

from ...engine.billing.facts import BillFacts, BillSettings, Default, Draft, ItemValues, Party
from ...engine.billing.told import vat_parts
from ...engine.billing.vendor import VendorChoice, resolve
from ...engine.extraction.reading import Reading
from ...engine.schema import NEW_VENDOR
from . import bill_queries as queries

SCOPE, PAYMENTS = "bill_coding", "bank_coding"
PURCHASES = ("in_invoice", "in_refund", "in_receipt")
#: Nothing that a vendor charges is booked there by itself.
UNUSABLE = ("off_balance", "equity_unaffected", "asset_receivable", "liability_payable", "asset_cash")


class AiFactsBill(models.AbstractModel):
    """Collects the facts of drafts of one company. Reads for the addon: the caller has checked the drafts' access."""

    _name = "ai.facts.bill"
    _description = "Bill Facts"

    def _collect(self, moves):
        """:param moves: account.move of one company
        :return: ``BillFacts`` of those that wait for their document to be booked"""
        company = moves.company_id
        company.ensure_one()
        # Facts are the addon's; what a person gets to see of them follows the draft.
        self = self.sudo().with_company(company)
        documents = self._documents(moves.sudo().with_company(company))
        readings = {move: Reading.from_json(document.reading) for move, document in documents.items()}
        vendors = self.env["ai.facts.vendor"]._collect(company, list(readings.values())) if readings else ()
        choices = {move: self._resolved(reading, vendors) for move, reading in readings.items()}
        parties = self._parties(company, readings, choices)
        return BillFacts(
            settings=self._settings(company),
            drafts=self._drafts(company, documents, readings, parties),
            learner=self.env["ai.learning.model"]._learner(company, SCOPE)[0],
            taxes=self.env["ai.facts.bill.tax"]._taxes(company),
            rules=self.env["ai.rule"]._for_bills(company),
            accounts=self._accounts(company),
            account_taxes=self._account_taxes(company),
            payments=self.env["ai.learning.model"]._learner(company, PAYMENTS)[0],
        )

    # === DOCUMENTS === #

    def _waits(self, move):
        return move.state == "draft" and move.move_type in PURCHASES and not move.invoice_line_ids

    def _documents(self, moves):
        """{draft: its newest document that was read}: drafts that wait for what their document says."""
        waiting = moves.filtered(self._waits)
        found = self.env["ai.document"]._of_moves(waiting)
        return {move: found[move.id] for move in waiting if move.id in found and found[move.id].reading}

    def _drafts(self, company, documents, readings, parties):
        today = fields.Date.context_today(self)
        currencies = self._currencies(company, readings)
        rejected = self._rejected([move.id for move in documents])
        frequent = self._frequent(company, parties)
        drafts = []
        for move, document in documents.items():
            reading = readings[move]
            currency, has_rate = currencies[move]
            found, is_asked = parties[move]
            drafts.append(
                Draft(
                    key=move.id,
                    company=company.id,
                    journal=move.journal_id.id,
                    reading=reading,
                    parties=found,
                    defaults=tuple(self._default(move, party, frequent) for party in found),
                    is_asked=is_asked,
                    currency=currency,
                    has_rate=has_rate,
                    today=today,
                    open_day=self._open_day(move, reading, today),
                    items=self._items(document),
                    rejected=rejected.get(move.id, frozenset()),
                )
            )
        return tuple(drafts)

    def _currencies(self, company, readings):
        """{draft: (ISO code, whether there is an exchange rate on its day)}; an unknown code has none."""
        names = {reading.value("currency") for reading in readings.values()} - {""}
        known = {currency.name: currency for currency in self.env["res.currency"].search([("name", "in", list(names))])}
        today = fields.Date.context_today(self)
        wanted = {}
        for move, reading in readings.items():
            told = reading.value("currency") or company.currency_id.name
            wanted[move] = (told, known.get(told, company.currency_id if told == company.currency_id.name else None))
        days = {move: _date(reading.value("date")) or today for move, reading in readings.items()}
        pairs = {(currency.id, days[move]) for move, (_told, currency) in wanted.items() if currency}
        self.env["res.currency.rate"].flush_model()
        rated = set(self.env.execute_query(queries.rates(company.root_id.id, sorted(pairs)))) if pairs else set()
        return {
            move: (
                told,
                bool(currency) and (currency == company.currency_id or (currency.id, days[move]) in rated),
            )
            for move, (told, currency) in wanted.items()
        }

    def _rejected(self, move_ids):
        self.env["ai.suggestion"].flush_model()
        found = defaultdict(set)
        for res_id, fingerprint, refused in self.env.execute_query(queries.rejected(move_ids)):
            found[res_id] |= {fingerprint, *(refused or ())} - {None}
        return {res_id: frozenset(prints) for res_id, prints in found.items()}

    def _open_day(self, move, reading, today):
        """The first day that may be booked on, where the bill's own is locked."""
        day = _date(reading.value("date")) or today
        locks = move._get_violated_lock_dates(day, True)
        return max(lock for lock, _name in locks) + timedelta(days=1) if locks else None

    def _items(self, document):
        """What Odoo's decoder resolved, item by item, where the document is an e-invoice."""
        rows = (document.decoded or {}).get("lines") or []
        if len(rows) != len((document.reading or {}).get("items") or ()):
            return ()
        return tuple(
            ItemValues(row.get("product_id") or None, self._product_account(row), tuple(row.get("tax_ids") or ()))
            for row in rows
        )

    def _product_account(self, row):
        """Without a product Odoo's decoder takes a default, which says less than the vendor's own bills."""
        return row.get("product_id") and row.get("account_id") or None

    # === VENDORS === #

    def _resolved(self, reading, vendors):
        """The vendor by what the document says; where several fit, the one whose learned layout it has."""
        choice = resolve(reading, vendors)
        keys = {values.get("key") for code, values in reading.reasons if code == "layout"}
        found = [one for one in choice.alternatives if f"partner:{one.key}" in keys]
        if choice.key or len(found) != 1:
            return choice
        reasons = (("vendor_layout", {}), *choice.reasons)
        return VendorChoice(found[0].key, found[0].score, "layout", False, reasons, choice.alternatives)

    def _parties(self, company, readings, choices):
        """{draft: (who it may be, whether somebody must choose)}."""
        keys = {choice.key for choice in choices.values() if choice.key}
        keys |= {one.key for choice in choices.values() if not choice.key for one in choice.alternatives}
        partners = {partner.id: partner for partner in self.env["res.partner"].browse(sorted(keys)).exists()}
        positions = self.env["ai.facts.bill.tax"]._positions(company, partners.values())
        found = {}
        for move, choice in choices.items():
            if choice.key in partners:
                partner = partners[choice.key]
                party = self._party(partner, choice.confidence, choice.how, choice.reasons, positions)
                party = self._registered_here(company, readings[move], party)
                found[move] = ((party,), False)
                continue
            new = self._new_party(company, readings[move], choice)
            if choice.alternatives:
                shown = [one for one in choice.alternatives if one.key in partners]
                asked = [self._party(partners[one.key], one.score, one.how, (), positions) for one in shown]
                asked = [self._registered_here(company, readings[move], party) for party in asked]
                found[move] = ((*asked, *([new] if new.is_new else [])), True)
            else:
                found[move] = ((new,), False)
        return found

    def _party(self, partner, confidence, how, reasons, positions):
        return Party(
            partner=partner.id,
            name=partner.name or "",
            confidence=confidence,
            how=how,
            reasons=tuple(reasons),
            term=partner.property_supplier_payment_term_id.id or None,
            country=partner.country_id.code or "",
            position=positions.get(partner.id),
        )

    def _registered_here(self, company, reading, party):
        """The party as this document shows it: under a VAT id of the company's own country a vendor from abroad
        charges its tax, and a partner without a country is where its VAT id is from."""
        own = company.account_fiscal_country_id.code or ""
        printed = vat_parts(reading.value("vendor_vat"))[0]
        if printed and printed == own and party.country not in ("", own):
            reasons = (*party.reasons, ("vendor_registered_here", {"value": reading.value("vendor_vat")}))
            return replace(party, country=own, position=None, reasons=reasons)
        if not party.country and not party.position:
            return replace(party, country=printed or reading.value("vendor_country"))
        return party

    def _new_party(self, company, reading, choice):
        """A vendor that the books don't know; nobody, where not even a name was read."""
        if not reading.value("vendor"):
            return Party(reasons=choice.reasons)
        told = {name: reading.value(f"vendor_{name}") for name in NEW_VENDOR if reading.value(f"vendor_{name}")}
        told = {**told, "name": reading.value("vendor"), **choice.proposed}
        return Party(
            name=told["name"],
            confidence=0.0,
            how="new",
            is_new=True,
            reasons=choice.reasons,
            proposed=told,
            country=told.get("country") or "",
            position=self.env["ai.facts.bill.tax"]._position_of_new(company, told),
        )

    def _frequent(self, company, parties):
        """{vendor: (account, its lines, all lines)} of what most of the vendor's posted bills went to."""
        keys = {party.partner for found, _asked in parties.values() for party in found if party.partner}
        rows = defaultdict(list)
        if keys:
            self.env["account.move.line"].flush_model()
            for partner, account, count in self.env.execute_query(queries.frequent(company.id, keys)):
                rows[partner].append((account, count))
        return {key: (*found[0], sum(count for _account, count in found)) for key, found in rows.items()}

    def _default(self, move, party, frequent):
        """What Odoo would take by itself: the vendor's most frequent account, else the journal's."""
        known = frequent.get(party.partner)
        if known:
            account, count, total = known
            return Default(account, (), "frequent", (total, count))
        return Default(move.journal_id.default_account_id.id or None)

    # === THE COMPANY === #

    def _settings(self, company):
        currencies = self.env["res.currency"].search([])
        notes = self.env["ai.account.note"].search([("company_id", "=", company.id), ("deductible", "<", 100)])
        return BillSettings(
            company=company.id,
            currency=company.currency_id.name,
            country=company.account_fiscal_country_id.code or "",
            default_taxes=tuple(company.account_purchase_tax_id.ids),
            places={currency.name: currency.decimal_places for currency in currencies},
            deductible={note.account_id.id: Decimal(str(note.deductible)) for note in notes},
            withholding_account=company.ai_withholding_account_id.id or None,
            forbidden=company._ai_forbidden_accounts(),
        )

    def _accounts(self, company):
        accounts = self.env["account.account"]
        domain = Domain(accounts._check_company_domain(company)) & Domain(
            [("active", "=", True), ("account_type", "not in", UNUSABLE)]
        )
        return frozenset(accounts._search(domain).get_result_ids())

    def _account_taxes(self, company):
        accounts = self.env["account.account"]
        domain = Domain(accounts._check_company_domain(company)) & Domain("tax_ids", "!=", False)
        own = self.env["account.tax"]._check_company_domain(company)
        return {
            account.id: tuple(taxes.ids)
            for account in accounts.search(domain)
            if (taxes := account.tax_ids.filtered_domain(own).filtered(lambda tax: tax.type_tax_use == "purchase"))
        }


def _date(text):
    return date.fromisoformat(text) if text else None
