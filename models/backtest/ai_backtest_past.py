"""The past as the engine's values: what is in the books, with the day and the moment of each fact."""

import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal

from odoo import models

from ...engine.backtest import (
    Known,
    Past,
    PastItem,
    PastLine,
    PastParty,
    PastSettled,
    Payer,
    Settlement,
    known_of_change,
)
from ...engine.facts import Party
from . import past_queries as queries

PARTNER_TYPES = ("asset_receivable", "liability_payable")
#: Days around a stretch in which the other side of a transfer may stand.
NEAR = timedelta(days=12)
_ALWAYS = date(1970, 1, 1)


class AiBacktestPast(models.AbstractModel):
    """Reads with SQL, whatever the caller may read: the caller has checked that the user may have a backtest."""

    _name = "ai.backtest.past"
    _description = "The Past of a Backtest"

    # === LINES === #

    def _plan(self, company, first, last, journals):
        """[(line id, ``Known``) ...] of the decided lines of a stretch that people booked."""
        self.env.flush_all()
        rows = self.env.execute_query(queries.plan(company.id, first, last, journals.ids))
        return [(line_id, Known(day, created)) for line_id, day, created in rows]

    def _left_out(self, company, first, last, journals):
        """(lines that nobody decided yet, lines that the machine booked by itself)"""
        self.env.flush_all()
        [row] = self.env.execute_query(queries.left_out(company.id, first, last, journals.ids))
        return row

    def _lines(self, line_ids):
        """These decided lines as ``PastLine``, by id; ``booked`` in full."""
        rows = self.env.execute_query_dict(queries.lines(queries.of_ids(line_ids)))
        booked = self._booked(rows)
        return {row["id"]: self._line(row, booked[row["id"]]) for row in rows}

    def _line(self, row, booked):
        before = row["partner_before"]
        partner = int(before) if before and before.isdigit() else None
        bank_line = self.env["ai.facts.bank"]._line({**row, "partner_id": partner})
        return PastLine(
            bank_line,
            Known(row["date"], row["created"]),
            self._decided(row),
            {**booked, "told": [part for part in row["told"] or () if not part.get("reopens")]},
            _cents(row["amount"] if row["bank_balance"] is None else row["bank_balance"]),
            known_of_change(row["attached"]) if row["attached"] else None,
        )

    def _decided(self, row):
        """What people made of a line is known the day after: nobody knows in what order they went through a day."""
        return Known(row["date"] + timedelta(days=1), row["decided"])

    def _neighbours(self, company, first, last):
        """Lines that may be the other side of a transfer, decided or not; without what was booked."""
        stretch = queries.between(company.id, first - NEAR, last + NEAR)
        decided = self.env.execute_query_dict(queries.lines(stretch))
        found = [self._line(row, {}) for row in decided]
        for row in self.env.execute_query_dict(queries.waiting(company.id, first - NEAR, last + NEAR)):
            bank_line = self.env["ai.facts.bank"]._line({**row, "partner_id": None})
            found.append(PastLine(bank_line, Known(row["date"], row["created"]), Known(date.max)))
        return found

    # === WHAT WAS BOOKED === #

    def _booked(self, rows):
        """{line id: the proposal that people's entry amounts to}.

        Items settled are ``counterparts``; all else are ``lines``, tax-included, with the taxes of their base. A
        counterpart keeps ``account_id`` and ``partner_id``: where it lies if it was not open yet.
        """
        by_move = defaultdict(list)
        if rows:
            for item in self.env.execute_query_dict(queries.booked([row["move_id"] for row in rows])):
                by_move[item["move_id"]].append(item)
        matched = defaultdict(list)
        ids = [item["id"] for items in by_move.values() for item in items]
        for row in self.env.execute_query_dict(queries.matched(ids)) if ids else ():
            matched[row["item_id"]].append(row)
        families = self._families()
        return {row["id"]: self._booked_one(row, by_move[row["move_id"]], matched, families) for row in rows}

    def _families(self):
        """{tax: itself and the groups that it is part of}"""
        found = defaultdict(set)
        groups = self.env["account.tax"].sudo().with_context(active_test=False).search([("amount_type", "=", "group")])
        for group in groups:
            for child in group.children_tax_ids:
                found[child.id].add(group.id)
        return found

    def _booked_one(self, line, items, matched, families):
        currency, amount = line["currency"], Decimal(str(line["amount"]))
        bank = Decimal(str(next((item["bank_balance"] for item in items), None) or 0))
        counterparts, postings, taxes = [], [], []
        for item in items:
            worth = self._worth(item, currency, amount, bank)
            if item["tax_line_id"] and not matched.get(item["id"]):
                taxes.append((item, worth))
                continue
            rest = worth
            for part in matched.get(item["id"], ()):
                share = self._part(item, part, worth, currency)
                rest -= share
                counterparts.append(
                    {
                        "move_line_id": part["other_id"],
                        "amount": str(share),
                        "account_id": item["account_id"],
                        "partner_id": item["partner_id"],
                    }
                )
            if rest or not matched.get(item["id"]):
                postings.append([item, rest])
        self._fold_taxes(postings, taxes, families)
        return {"counterparts": counterparts, "lines": [self._posting(item, rest) for item, rest in postings if rest]}

    def _worth(self, item, currency, amount, bank):
        """An item in the bank line's currency with the line's sign."""
        if item["currency"] == currency:
            return -_cents(item["amount_currency"])
        if not bank:
            return -_cents(item["balance"])
        return (-_cents(item["balance"]) * amount / bank).quantize(Decimal("0.01"))

    def _part(self, item, part, worth, currency):
        if item["currency"] == currency:
            share = _cents(part["amount"])
            return share if worth > 0 else -share
        whole = _cents(item["amount_currency"])
        return (worth * _cents(part["amount"]) / abs(whole)).quantize(Decimal("0.01")) if whole else worth

    def _fold_taxes(self, postings, taxes, families):
        """Tax lines join the bases that they were computed from, in proportion; without a base they stand alone."""
        for item, worth in taxes:
            names = {item["tax_line_id"], *families[item["tax_line_id"]]}
            bases = [posting for posting in postings if names & set(posting[0]["taxes"])]
            total = sum(abs(posting[1]) for posting in bases)
            if not total:
                postings.append([item, worth])
                continue
            left = worth
            for posting in bases[:-1]:
                share = (worth * abs(posting[1]) / total).quantize(Decimal("0.01"))
                posting[1] += share
                left -= share
            bases[-1][1] += left

    def _posting(self, item, amount):
        values = {"account_id": item["account_id"], "amount": str(amount), "label": item["label"] or ""}
        if item["taxes"]:
            values["tax_ids"] = list(item["taxes"])
        if item["analytic_distribution"]:
            values["analytic_distribution"] = item["analytic_distribution"]
        if item["account_type"] in PARTNER_TYPES:
            values["partner_id"] = item["partner_id"]
        return values

    # === THE PAST === #

    def _load(self, company, lines):
        """All that the matcher may have to know about ``lines`` (``PastLine``) at their moments."""
        self.env.flush_all()
        settings = company._ai_matching_settings()
        first = min(past.line.date for past in lines)
        last = max(max(past.line.date, past.known.created.date()) for past in lines)
        since = first - timedelta(days=settings.history_days)
        bank = self.env["ai.facts.bank"]
        items = self._items(company, settings, first, last)
        settled = self._settled(company, since, last)
        parties = self._parties(company, since, last)
        currencies = self.env["res.currency"].search([])
        return Past(
            settings=settings,
            lines=self._neighbours(company, first, last),
            items=items,
            settled=settled,
            parties=parties,
            payers=self._payers(company, since, last),
            own=Party(key=company.partner_id.id, names=(company.name,), is_own=True),
            own_accounts=bank._own_accounts(company),
            rates=bank._rates(company, [past.line for past in lines], [past.item for past in items]),
            places={currency.name: currency.decimal_places for currency in currencies},
            details=self._details(company, {past.party.key for past in parties}),
        )

    def _items(self, company, settings, first, last):
        exchange = company.currency_exchange_journal_id.id
        rows = self.env.execute_query_dict(queries.items(company.id, settings.transfer_account, exchange, first, last))
        parts = defaultdict(list)
        for row in self.env.execute_query_dict(queries.settlements([row["id"] for row in rows], exchange)):
            known = Known(row["day"], row["created"])
            amount, worth = _cents(row["amount"]), _cents(row["company_amount"])
            parts[row["item_id"]].append(Settlement(known, amount, worth))
        shared = {name for name, n in Counter(row["batch"] for row in rows if row["batch"]).items() if n > 1}
        loss = company.account_journal_early_pay_discount_loss_account_id.id
        gain = company.account_journal_early_pay_discount_gain_account_id.id
        bank = self.env["ai.facts.bank"]
        found = []
        for row in rows:
            row["batch"] = row["batch"] if row["batch"] in shared else ""
            item = bank._item(company, settings, row, loss, gain)
            found.append(PastItem(item, Known(row["day"], row["created"]), tuple(parts[row["id"]])))
        return found

    def _settled(self, company, since, last):
        bank = self.env["ai.facts.bank"]
        return [
            PastSettled(bank._settled_item(company, row), Known(row["day"], row["created"]), row["delay"])
            for row in self.env.execute_query_dict(queries.settled(company.id, since, last))
        ]

    def _parties(self, company, since, last):
        sides = defaultdict(list)
        for row in self.env.execute_query_dict(queries.sides(company.id, since, last)):
            known = Known(row["day"], row["created"])
            sides[row["partner_id"]].append((known, row["is_customer"], not row["is_customer"]))
        sides.pop(company.partner_id.id, None)
        names = dict(self.env.execute_query(queries.names(sides)))
        accounts = defaultdict(list)
        for partner_id, number, created, came_along in self.env.execute_query(queries.accounts(sides)):
            # A number that was added to a partner later may have been learned from the very line that it would explain.
            known = Known(_ALWAYS if came_along else created.date(), created)
            accounts[partner_id].append((known, number))
        return [
            PastParty(Party(partner_id, tuple(names.get(partner_id) or ())), tuple(found), tuple(accounts[partner_id]))
            for partner_id, found in sorted(sides.items())
        ]

    def _payers(self, company, since, last):
        rows = self.env.execute_query_dict(queries.decisions(company.id, since, last))
        return [
            Payer(
                self._decided(row),
                row["partner_id"],
                row["is_receipt"],
                tuple(filter(None, (row["partner_name"], _sanitised(row["account_number"])))),
            )
            for row in rows
            if row["partner_id"]
        ]

    def _details(self, company, partner_ids):
        partners = self.env["res.partner"].with_company(company).sudo().browse(partner_ids)
        return {
            partner.id: (
                partner.property_account_receivable_id.id or None,
                partner.property_account_payable_id.id or None,
            )
            for partner in partners
        }


def _sanitised(account_number):
    return re.sub(r"\W+", "", account_number or "").upper()


def _cents(amount):
    """Odoo hands numeric columns over as floats; their shortest text is what was stored."""
    return Decimal(f"{amount or 0:.6f}").normalize() + Decimal("0.00")
