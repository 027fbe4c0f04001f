"""Bank facts: what a proposing run knows about statement lines, read by a handful of queries."""

import re
from collections import Counter, defaultdict
from datetime import timedelta
from decimal import Decimal

from odoo import models

from ...engine.facts import (
    BankLine,
    CashDiscount,
    MatchingFacts,
    OpenItem,
    OwnAccount,
    Party,
    Rate,
    SettledItem,
)
from ...engine.matching import identify, reference_keys
from ...engine.vocabulary import REJECTED
from . import bank_queries as queries

#: A partner guessed with this score or more has its items loaded.
SURE_ENOUGH = 0.6
#: Two sides of a transfer, a payment and its bank line: days between them at most.
TRANSFER_DAYS = 12
PAYMENT_DAYS = 60

_KINDS = {
    "out_invoice": "invoice",
    "out_receipt": "invoice",
    "out_refund": "credit_note",
    "in_invoice": "bill",
    "in_receipt": "bill",
    "in_refund": "refund",
}


class AiFactsBank(models.AbstractModel):
    """Collects the facts of bank lines of one company. Reads with SQL: the caller has checked the lines' access."""

    _name = "ai.facts.bank"
    _description = "Bank Facts"

    def _collect(self, lines):
        """:param lines: account.bank.statement.line of one company
        :return: ``MatchingFacts``; lines that are reconciled or have no suspense line are left out"""
        company = lines.company_id
        company.ensure_one()
        # The queries read moves, journals, partners and rates too: all that waits in this transaction is written.
        self.env.flush_all()
        bank_lines = self._lines(lines.ids)
        settings = company._ai_matching_settings()
        if not bank_lines:
            return MatchingFacts(settings, ())
        since = min(line.date for line in bank_lines) - timedelta(days=settings.history_days)
        parties = self._parties(company, since)
        own_accounts = self._own_accounts(company)
        guesses = identify(bank_lines, parties, own_accounts)
        partners = {guess.party for line in guesses.values() for guess in line if guess.score >= SURE_ENOUGH}
        keys = {key for line in bank_lines for text in _texts(line) for key in reference_keys(text)}
        amounts = {amount for line in bank_lines for amount in (line.amount, line.foreign_amount) if amount is not None}
        runs = self._runs(company, bank_lines)
        partners |= {order.partner for run in runs for order in run.orders} - {None}
        keys |= {key for run in runs for order in run.orders for name in order.names for key in reference_keys(name)}
        amounts |= {order.amount for run in runs for order in run.orders}
        items = self._items(company, settings, partners, keys, amounts, bank_lines)
        settled = self._settled(company, partners, keys, amounts, since)
        return MatchingFacts(
            settings=settings,
            lines=bank_lines,
            items=items,
            settled=settled,
            parties=self._with_details(company, parties, items, settled, partners, since),
            own_accounts=own_accounts,
            other_lines=self._other_lines(company, bank_lines),
            rates=self._rates(company, bank_lines, items),
            places={c.name: c.decimal_places for c in self.env["res.currency"].search([])},
            rejected=self._rejected(lines.ids),
            held=self._held(items, lines.ids),
            guesses=guesses,
            runs=runs,
        )

    def _runs(self, company, lines):
        """Payment files that lines of ``lines`` may be the sum of, or return an order of."""
        return ()

    # === LINES === #

    def _lines(self, line_ids):
        return tuple(self._line(row) for row in self.env.execute_query_dict(queries.lines(line_ids)))

    def _line(self, row):
        details = row["transaction_details"] if isinstance(row["transaction_details"], dict) else {}
        references = details.get("references") or ()
        return BankLine(
            key=row["id"],
            company=row["company_id"],
            journal=row["journal_id"],
            date=row["date"],
            amount=_decimal(row["amount"]),
            currency=row["currency"],
            text=row["payment_ref"] or "",
            partner=row["partner_id"],
            partner_name=row["partner_name"] or "",
            account_number=_sanitised(row["account_number"]),
            references=tuple(str(reference) for reference in references),
            code=row["transaction_type"] or "",
            foreign_amount=_decimal(row["foreign_amount"]),
            foreign_currency=row["foreign_currency"],
        )

    def _other_lines(self, company, lines):
        days = [line.date for line in lines]
        near = timedelta(days=TRANSFER_DAYS)
        rows = self.env.execute_query(
            queries.other_lines(
                company.id,
                [line.key for line in lines],
                {-line.amount for line in lines},
                min(days) - near,
                max(days) + near,
            )
        )
        return self._lines([row[0] for row in rows]) if rows else ()

    # === PARTNERS === #

    def _parties(self, company, since):
        """All partners that payers may mean, with the names and accounts that people matched to them before."""
        habits = {row["partner_id"]: row for row in self.env.execute_query_dict(queries.habits(company.id, since))}
        parties = [
            Party(
                key=row["id"],
                names=tuple(row["names"] or ()),
                accounts=tuple(row["accounts"] or ()),
                is_customer=row["is_customer"],
                is_vendor=row["is_vendor"],
                **self._habit(habits.get(row["id"])),
            )
            for row in self.env.execute_query_dict(queries.parties(company.id, since))
            if row["id"] != company.partner_id.id
        ]
        own = Party(key=company.partner_id.id, names=(company.name,), is_own=True)
        return (*parties, own)

    def _habit(self, row):
        if not row:
            return {}
        known = (*(row["payer_names"] or ()), *map(_sanitised, row["payer_accounts"] or ()))
        return {"receipts": row["receipts"], "payments": row["payments"], "payer_names": known}

    def _with_details(self, company, parties, items, settled, guessed, since):
        """Add accounts and usual delay to the partners that matter in this run."""
        wanted = guessed | {item.partner for item in (*items, *settled) if item.partner}
        delays = dict(self.env.execute_query(queries.delays(company.id, wanted, since))) if wanted else {}
        records = self.env["res.partner"].with_company(company).sudo().browse(wanted)
        accounts = {
            partner.id: (partner.property_account_receivable_id.id, partner.property_account_payable_id.id)
            for partner in records
        }
        known = {party.key for party in parties}
        strangers = tuple(
            Party(key=partner.id, names=(partner.name or "",)) for partner in records if partner.id not in known
        )
        return tuple(
            self._detailed(party, accounts.get(party.key), delays.get(party.key)) for party in (*parties, *strangers)
        )

    def _detailed(self, party, accounts, delay):
        if not accounts:
            return party
        values = {name: getattr(party, name) for name in party.__slots__}
        values.update(receivable=accounts[0] or None, payable=accounts[1] or None, usual_delay=delay)
        return Party(**values)

    def _own_accounts(self, company):
        journals = self.env["account.journal"].search(
            [("type", "in", ("bank", "cash", "credit")), ("company_id", "=", company.id)]
        )
        return tuple(
            OwnAccount(
                journal=journal.id,
                account_number=_sanitised(journal.bank_account_id.acc_number),
                names=(journal.name,),
                currency=(journal.currency_id or company.currency_id).name,
            )
            for journal in journals
        )

    # === ITEMS === #

    def _more_items(self, company, settings, lines):
        """Ids of open items beyond those that the lines name by partner, text or amount."""
        return ()

    def _name_batches(self, rows):
        """Payments that a batch of another app holds together get its name as their ``batch``."""

    def _items(self, company, settings, partners, keys, amounts, lines):
        query = queries.open_items(
            company.id,
            settings.transfer_account,
            partners,
            keys,
            amounts,
            {line.journal for line in lines},
            min(line.date for line in lines) - timedelta(days=PAYMENT_DAYS),
            self._more_items(company, settings, lines),
        )
        loss = company.account_journal_early_pay_discount_loss_account_id.id
        gain = company.account_journal_early_pay_discount_gain_account_id.id
        rows = self.env.execute_query_dict(query)
        self._name_batches(rows)
        # One reference on several payments: they were sent or deposited together (Community has no batch model).
        shared = {name for name, count in Counter(row["batch"] for row in rows if row["batch"]).items() if count > 1}
        for row in rows:
            row["batch"] = row["batch"] if row["batch"] in shared else ""
        return tuple(self._item(company, settings, row, loss, gain) for row in rows)

    def _item(self, company, settings, row, loss, gain):
        is_transfer = row["account_id"] == settings.transfer_account and not row["cut_over_id"]
        account = loss if row["move_type"].startswith("out_") else gain
        discount = None
        if row["has_discount"] and row["discount_date"] and account:
            discount = CashDiscount(_decimal(row["discount_amount_currency"]), row["discount_date"], account)
        return OpenItem(
            key=row["id"],
            company=company.id,
            account=row["account_id"],
            kind="transfer" if is_transfer else self._item_kind(row),
            document=row["document"],
            partner=row["partner_id"],
            date=row["date"],
            due=row["date_maturity"],
            residual=_decimal(row["amount_residual_currency"]),
            currency=row["currency"],
            residual_company=_decimal(row["amount_residual"]),
            total=_decimal(row["amount_currency"]),
            names=_names(row["move_name"], row["ref"], row["payment_reference"], row["invoice_origin"], row["memo"]),
            label=row["move_name"] or "",
            discount=discount,
            journal=row["payment_journal"] or (row["journal_id"] if is_transfer else None),
            batch=row["batch"],
            blocked=row["payment_state"] == "blocked",
            untaxed=_decimal(row["untaxed"], 2),
            meant_for=row["meant_for"],
        )

    def _item_kind(self, row):
        if row["payment_id"] or row["cut_over_id"]:
            return "payment"
        return _KINDS.get(row["move_type"], "entry")

    def _settled(self, company, partners, keys, amounts, since):
        rows = self.env.execute_query_dict(queries.settled_items(company.id, partners, keys, amounts, since))
        return tuple(self._settled_item(company, row) for row in rows)

    def _settled_item(self, company, row):
        details = row["transaction_details"] if isinstance(row["transaction_details"], dict) else {}
        return SettledItem(
            key=row["id"],
            company=company.id,
            account=row["account_id"],
            kind=_KINDS.get(row["move_type"], "entry"),
            document=row["document"],
            partner=row["partner_id"],
            date=row["date"],
            total=_decimal(row["amount_currency"]),
            currency=row["currency"],
            paid_on=row["max_date"],
            amount=_decimal(row["amount"]),
            payment_item=row["payer_id"],
            names=_names(row["move_name"], row["ref"], row["payment_reference"], row["invoice_origin"]),
            label=row["move_name"] or "",
            payment_names=_names(row["payment_ref"], row["memo"], *(details.get("references") or ())),
            bank_line=row["bank_line"],
        )

    # === RATES, DECISIONS === #

    def _rates(self, company, lines, items):
        """Rates against the company's currency, which may itself be listed against another base."""
        wanted = {line.currency for line in lines} | {line.foreign_currency for line in lines}
        wanted |= {item.currency for item in items}
        wanted -= {company.currency_id.name, None}
        if not wanted:
            return {}
        days = {line.date for line in lines}
        names = wanted | {company.currency_id.name}
        found = {
            (name, day): (Decimal(str(rate)), rate_date)
            for name, day, rate, rate_date in self.env.execute_query(queries.rates(company.root_id.id, names, days))
        }
        base = {day: found.get((company.currency_id.name, day), (Decimal(1), None))[0] for day in days}
        return {
            (name, day): Rate(name, rate / base[day], rate_date)
            for (name, day), (rate, rate_date) in found.items()
            if name in wanted
        }

    def _rejected(self, line_ids):
        """What people rejected for these lines; their own decision, so read whoever runs."""
        rejected = defaultdict(set)
        for suggestion in (
            self.env["ai.suggestion"]
            .sudo()
            .search_fetch(
                [
                    ("res_model", "=", "account.bank.statement.line"),
                    ("res_id", "in", line_ids),
                    ("state", "=", REJECTED),
                ],
                ["res_id", "fingerprint", "evidence"],
            )
        ):
            rejected[suggestion.res_id].add(suggestion.fingerprint)
            rejected[suggestion.res_id].update((suggestion.evidence or {}).get("refused", ()))
        return {key: frozenset(values) for key, values in rejected.items()}

    def _held(self, items, line_ids):
        """Those of ``items`` that open suggestions of other lines hold."""
        self.env["ai.suggestion"].flush_model(["state", "is_question", "res_id"])
        self.env["ai.suggestion.item"].flush_model()
        named = self.env.execute_query(queries.holding([item.key for item in items]))
        holders = dict(self.env.execute_query(queries.open_holders({suggestion_id for _item, suggestion_id in named})))
        own = set(line_ids)
        return frozenset(item_id for item_id, holder in named if holder in holders and holders[holder] not in own)


def _decimal(amount, places=6):
    """Odoo hands numeric columns over as floats; their shortest text is what was stored."""
    if amount is None:
        return None
    text = f"{amount:.{places}f}".rstrip("0")
    whole, _point, cents = text.partition(".")
    return Decimal(f"{whole}.{cents:0<2}")


def _sanitised(account_number):
    return re.sub(r"\W+", "", account_number or "").upper()


def _names(*names):
    return tuple(dict.fromkeys(str(name) for name in names if name and name != "/"))


def _texts(line):
    return (line.text, line.partner_name, *line.references)
