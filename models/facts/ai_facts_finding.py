"""Facts for the checks of bills: what is proposed or entered, and what the books know, in a fixed number of queries."""

import base64
import json
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal, InvalidOperation

from odoo import fields, models

from ...engine.anomaly.case import BANK_LINE, EXPENSE, FEES, Case, CheckedLine, Cost, Past
from ...engine.anomaly.duplicates import BILL, CREDIT_NOTE, RECEIPT, Bill, Bills
from ...engine.billing import buyer
from ...engine.text import squeeze
from ...engine.vocabulary import FAILED, OPEN_STATES
from . import finding_queries as queries
from .ai_facts_bank import _decimal

#: How far back a vendor's bills are looked at.
PAST_DAYS = 1100
#: How far around a bill's date the same cost is looked for.
COST_DAYS = 62
_KINDS = {"in_invoice": BILL, "in_refund": CREDIT_NOTE, "in_receipt": RECEIPT}


class AiFactsFinding(models.AbstractModel):
    """Collects ``engine.anomaly.case.Case``. Reads as superuser: ``ai.finding`` has checked the access."""

    _name = "ai.facts.finding"
    _description = "Facts about What Is Checked"

    def _collect(self, moves):
        """:param moves: vendor documents of one company
        :return: ({move id: ``Case``}, ``Bills`` that they may be twins of)"""
        company = moves.company_id
        company.ensure_one()
        self = self.sudo()
        self.env.flush_all()
        told = self._told(company, moves.sudo())
        bills = {key: each["bill"] for key, each in told.items()}
        rows = self._known(company, bills)
        known = Bills(rows)
        cases = self._cases(company, moves.sudo(), told, rows)
        return cases, known

    # === WHAT THE BILLS SAY === #

    def _told(self, company, moves):
        """{move id: values} by the open suggestion, else by the entry itself, with what was read beside."""
        suggestions = self.env["ai.suggestion"].search(
            [
                ("res_model", "=", "account.move"),
                ("res_id", "in", moves.ids),
                ("state", "in", (*OPEN_STATES, FAILED)),
            ],
            order="id",
        )
        proposals = {suggestion.res_id: suggestion.proposal or {} for suggestion in suggestions}
        documents = {}
        for document in self.env["ai.document"].search(
            [("move_id", "in", moves.ids), ("reading", "!=", False)], order="id"
        ):
            documents[document.move_id.id] = document
        types = self._account_types(proposals.values())
        return {
            move.id: self._told_of(company, move, proposals.get(move.id), documents.get(move.id), types)
            for move in moves
        }

    def _account_types(self, proposals):
        """{account id: its type} of the accounts that are proposed; what was deleted since is left out."""
        ids = {row.get("account_id") for proposal in proposals for row in proposal.get("lines") or ()} - {None, False}
        return {each.id: each.account_type for each in self.env["account.account"].browse(sorted(ids)).exists()}

    def _told_of(self, company, move, proposal, document, types):
        reading = (document and document.reading) or {}
        printed = {name: row.get("value") or "" for name, row in (reading.get("fields") or {}).items()}
        is_waiting = move.state == "draft" and not move.invoice_line_ids and bool(proposal or printed)
        if is_waiting:
            values = self._proposed(company, proposal or {}, printed, types)
        else:
            values = self._entered(move, proposal or {}, printed)
        if proposal:
            values["is_new"] = bool(proposal.get("partner")) and not proposal.get("partner_id")
        partner = self.env["res.partner"].browse(values["vendor"] or ()).commercial_partner_id
        names = tuple(dict.fromkeys(filter(None, (values["name"], printed.get("vendor"), partner.name))))
        values["bill"] = Bill(
            key=move.id,
            vendor=partner.id or None,
            names=names,
            vats=tuple(filter(None, (values["vat"],))),
            ibans=tuple(filter(None, (squeeze(values["iban"]),))),
            number=values["number"],
            date=values["date"],
            amount=values["amount"],
            currency=values["currency"],
            kind=values["kind"],
            corrects=printed.get("original_number", ""),
            is_waiting=is_waiting,
            is_posted=move.state == "posted",
        )
        return {**values, "reading": reading, "document": document}

    def _proposed(self, company, proposal, printed, types):
        lines = proposal.get("lines") or ()
        currency = proposal.get("currency") or printed.get("currency") or company.currency_id.name
        date = _day(proposal.get("invoice_date") or printed.get("date"))
        partner = proposal.get("partner") or {}
        return {
            "vendor": proposal.get("partner_id"),
            "name": partner.get("name") or printed.get("vendor", ""),
            "vat": printed.get("vendor_vat", "") or partner.get("vat", ""),
            "country": printed.get("vendor_country", "") or partner.get("country", ""),
            "iban": proposal.get("iban") or printed.get("vendor_iban", ""),
            "number": proposal.get("ref") or printed.get("number", ""),
            "date": date,
            "booked": _day(proposal.get("date")),
            "amount": _amount(proposal.get("total") or printed.get("total")),
            "currency": currency,
            "kind": _KINDS.get(proposal.get("move_type"), BILL),
            "service_from": _day(proposal.get("service_from") or printed.get("service_from")),
            "service_to": _day(proposal.get("service_to") or printed.get("service_to")),
            "has_tax": any(row.get("tax_ids") for row in lines),
            "lines": [
                (row.get("label") or "", _amount(row.get("amount")), types.get(row.get("account_id"), ""), _count(row))
                for row in lines
            ],
        }

    def _entered(self, move, proposal, printed):
        items = move.invoice_line_ids.filtered(lambda line: line.display_type == "product")
        return {
            "vendor": move.partner_id.id,
            "name": move.partner_id.commercial_partner_id.name or "",
            "vat": printed.get("vendor_vat", ""),
            "country": printed.get("vendor_country", ""),
            "iban": move.partner_bank_id.sanitized_acc_number or proposal.get("iban") or printed.get("vendor_iban", ""),
            "number": move.ref or "",
            "date": move.invoice_date or None,
            "booked": move.date or None,
            "amount": _decimal(move.amount_total),
            "currency": move.currency_id.name,
            "kind": _KINDS.get(move.move_type, BILL),
            "service_from": _day(printed.get("service_from")),
            "service_to": _day(printed.get("service_to")),
            "has_tax": bool(items.tax_ids),
            "lines": [
                (line.name or "", _decimal(line.price_subtotal), line.account_id.account_type, _decimal(line.quantity))
                for line in items
            ],
        }

    # === OTHER BILLS === #

    def _known(self, company, bills):
        """``Bill`` of the entries and proposals that these may be twins of, oldest first."""
        vendors = sorted({bill.vendor for bill in bills.values() if bill.vendor})
        amounts = sorted({bill.amount for bill in bills.values() if bill.amount})
        since = fields.Date.today() - timedelta(days=PAST_DAYS)
        rows = self.env.execute_query_dict(queries.bills(company.id, vendors, amounts, since))
        found = {row["key"]: self._bill(row) for row in rows}
        for key, proposal in self.env.execute_query(queries.waiting(company.id, vendors, amounts)):
            found[key] = self._waiting(key, proposal)
        found.update({key: bill for key, bill in bills.items() if key in found})
        contents = defaultdict(set)
        for key, sha256, pages in self.env.execute_query(queries.same_files(company.id, list(bills))):
            contents[key].add(f"{sha256}:{pages or ''}")
        for key, files in contents.items():
            bill = found.get(key) or bills.get(key) or Bill(key, is_waiting=True)
            found[key] = replace(bill, contents=frozenset(files))
        return self._identified(found)

    def _identified(self, bills):
        partners = {bill.vendor for bill in bills.values() if bill.vendor}
        known = defaultdict(lambda: (set(), set(), set()))
        for row in self.env.execute_query_dict(queries.identities(partners)):
            names, vats, accounts = known[row["key"]]
            names.add(row["name"])
            vats.add(row["vat"])
            accounts.add(row["account"])
        return [self._with_identity(bills[key], *known[bills[key].vendor]) for key in sorted(bills)]

    def _with_identity(self, bill, names, vats, accounts):
        return replace(
            bill,
            names=tuple(dict.fromkeys((*bill.names, *sorted(filter(None, names))))),
            vats=tuple(sorted({*bill.vats, *filter(None, vats)})),
            ibans=tuple(sorted({*bill.ibans, *filter(None, accounts)})),
        )

    def _bill(self, row):
        return Bill(
            key=row["key"],
            vendor=row["vendor"],
            number=row["number"] or "",
            date=row["date"],
            amount=_decimal(row["amount"]),
            currency=row["currency"],
            kind=_KINDS[row["move_type"]],
            corrects=row["corrects"] or "",
            is_credited=row["is_credited"],
            is_posted=row["state"] == "posted",
        )

    def _waiting(self, key, proposal):
        partner = proposal.get("partner") or {}
        return Bill(
            key=key,
            vendor=proposal.get("partner_id"),
            names=tuple(filter(None, (partner.get("name"),))),
            number=proposal.get("ref") or "",
            date=_day(proposal.get("invoice_date")),
            amount=_amount(proposal.get("total")),
            currency=proposal.get("currency") or "",
            kind=_KINDS.get(proposal.get("move_type"), BILL),
            is_waiting=True,
        )

    # === CASES === #

    def _cases(self, company, moves, told, known):
        vendors = {each["bill"].vendor for each in told.values()} - {None}
        accounts, owners, assets = self._about_vendors(company, vendors, told)
        costs = self._costs(company, [each["bill"] for each in told.values()])
        own = {bill.key: bill for bill in known}
        past = defaultdict(list)
        for bill in known:
            if bill.is_posted and bill.kind != CREDIT_NOTE and bill.date and bill.amount:
                past[bill.vendor, bill.currency].append(bill)
        buyers = self.env["ai.facts.vendor"]._buyers(company)
        cases = {}
        for move in moves:
            each = told[move.id]
            bill = own.get(move.id, each["bill"])
            earlier = [other for other in past[bill.vendor, bill.currency] if other.key != move.id]
            partner = self.env["res.partner"].browse(bill.vendor or ())
            cases[move.id] = Case(
                bill=bill,
                past=Past(
                    bills=tuple(sorted((other.date, other.amount) for other in earlier)),
                    vats=tuple(filter(None, (partner.vat,))),
                    ibans=tuple(sorted(accounts[bill.vendor])),
                    count=len(earlier),
                    is_asset=bill.vendor in assets,
                ),
                iban_owners=tuple(key for key in owners[squeeze(each["iban"])] if key != bill.vendor),
                is_new=each.get("is_new", False),
                buyer=self._buyer(each, buyers),
                costs=costs,
                **self._printed(each),
                **self._booking(company, move, each),
            )
        return cases

    def _about_vendors(self, company, vendors, told):
        accounts, owners = defaultdict(set), defaultdict(list)
        for vendor, account in self.env.execute_query(queries.trusted_accounts(company.id, vendors)):
            accounts[vendor].add(account)
        printed = {squeeze(each["iban"]) for each in told.values()} - {""}
        for account, owner in self.env.execute_query(queries.account_owners(company.parent_ids.ids, printed)):
            owners[account].append(owner)
        assets = {row[0] for row in self.env.execute_query(queries.asset_vendors(company.id, vendors))}
        return accounts, owners, assets

    def _printed(self, each):
        reading, document = each["reading"], each["document"]
        return {
            "vat": each["vat"],
            "country": each["country"],
            "iban": each["iban"],
            "service_from": each["service_from"],
            "service_to": each["service_to"],
            "problems": tuple((code, values) for code, values in reading.get("problems") or ()),
            "is_xml": bool(document) and document.source == "xml",
            "is_read": bool(reading),
        }

    def _booking(self, company, move, each):
        """Dates and amounts as they would be booked."""
        posting = each["date"] if move.state == "draft" else each["booked"] or each["date"]
        booked = self._booked(move, each) if posting else None
        return {
            "posting": posting,
            "booked": booked,
            "year_start": company.compute_fiscalyear_dates(booked)["date_from"] if booked else None,
            "asset_limit": _decimal(company.ai_asset_limit),
            "lines": tuple(self._line(company, each, *row) for row in each["lines"]),
        }

    def _booked(self, move, each):
        """The day of the entry: that of the bill, unless its period is locked."""
        day, told = each["date"], each["booked"]
        if move.state != "draft":
            return told or day
        locks = move._get_violated_lock_dates(day, each["has_tax"])
        if not locks:
            return day
        return told if told and told > locks[-1][0] else move._get_accounting_date(day, each["has_tax"], locks)

    def _line(self, company, each, label, amount, account_type, quantity):
        amount = amount or Decimal(0)
        if each["currency"] != company.currency_id.name:
            currency = (
                self.env["res.currency"].with_context(active_test=False).search([("name", "=", each["currency"])])
            )
            day = each["date"] or fields.Date.today()
            amount = _decimal(currency[:1]._convert(float(amount), company.currency_id, company, day))
        return CheckedLine(label, amount, account_type or "", quantity)

    def _buyer(self, each, buyers):
        if not each["reading"]:
            return buyer.BuyerCheck()
        found = buyer.check(each["reading"], buyers)
        # A till's slip names no buyer.
        is_bill = each["reading"].get("kind") == BILL
        if found.state == buyer.STRANGER or found.state == buyer.UNKNOWN and is_bill:
            # Only then all words are looked at: the buyer that was read may be a person of ours.
            found = buyer.check(each["reading"], buyers, self._text(each["document"]))
        return found

    def _text(self, document):
        stored = document.pages
        pages = json.loads(base64.b64decode(stored)) if stored else []
        return " ".join(str(word[0]) for page in pages for word in page["words"])

    # === THE SAME COST === #

    def _costs(self, company, bills):
        wanted = [bill for bill in bills if bill.amount and bill.date and bill.kind != CREDIT_NOTE]
        if not wanted:
            return ()
        amounts = sorted({bill.amount for bill in wanted})
        around = timedelta(days=COST_DAYS)
        first = min(bill.date for bill in wanted) - around
        last = max(bill.date for bill in wanted) + around
        rows = self.env.execute_query_dict(queries.coded_lines(company.id, amounts, first, last))
        costs = [self._coded(row) for row in rows]
        costs += self._fees(company, amounts, first, last)
        return (*costs, *self._expenses(company, amounts, first, last))

    def _coded(self, row):
        return Cost(
            "account.bank.statement.line",
            row["id"],
            BANK_LINE,
            row["date"],
            _decimal(row["amount"]),
            row["currency"],
            row["partner"],
            row["text"] or "",
        )

    def _fees(self, company, amounts, first, last):
        account = company.ai_fee_account_id
        if not account:
            return []
        rows = self.env.execute_query(queries.kept_fees(company.id, account.id, amounts, first, last))
        currency = company.currency_id.name
        return [
            Cost("account.bank.statement.line", key, FEES, day, _decimal(amount), currency) for key, day, amount in rows
        ]

    def _expenses(self, company, amounts, first, last):
        """Expenses of employees, where that app is installed."""
        if "hr.expense" not in self.env:
            return []
        expenses = self.env["hr.expense"].search(
            [
                ("company_id", "=", company.id),
                ("date", ">=", first),
                ("date", "<=", last),
                ("state", "!=", "refused"),
                ("total_amount_currency", "in", [float(amount) for amount in amounts]),
            ]
        )
        return [
            Cost(
                "hr.expense",
                expense.id,
                EXPENSE,
                expense.date,
                _decimal(expense.total_amount_currency),
                expense.currency_id.name,
                expense.vendor_id.commercial_partner_id.id or None,
                " ".join(filter(None, (expense.name, expense.description and str(expense.description)))),
            )
            for expense in expenses
        ]


def _day(text):
    """A date from its ISO text; None for none, and for what is no date."""
    if not text:
        return None
    try:
        return fields.Date.to_date(text)
    except (TypeError, ValueError):
        return None


def _amount(text):
    if text in (None, ""):
        return None
    try:
        amount = Decimal(str(text))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def _count(row):
    return _amount(row.get("quantity")) or Decimal(1)
