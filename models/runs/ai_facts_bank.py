"""What a run of matching knows about payment files, documents due together, and wages."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from odoo import models

from ...engine.facts import Party, SentOrder, SentRun
from ...engine.matching.bulk import is_bulk_line, is_collection_line
from ...engine.text import squeeze
from ..facts.ai_facts_bank import _decimal
from . import run_queries as queries

#: Days between the day on which a file was to be executed and its bank line.
EARLY, LATE = 4, 12
#: Due dates around a bulk line.
DUE_BEFORE, DUE_AFTER = 75, 21
WAGE_DAYS = 75
#: Models of other apps that hold payments together, by preference; each has a many-to-one field on payments.
BATCH_MODELS = ("account.batch.payment", "account.payment.lot", "account.payment.order")


class AiFactsBank(models.AbstractModel):
    _name = "ai.facts.bank"
    _inherit = "ai.facts.bank"

    # === LINES === #

    def _line(self, row):
        line = super()._line(row)
        details = row["transaction_details"] if isinstance(row["transaction_details"], dict) else {}
        raw = details.get("raw") if isinstance(details.get("raw"), dict) else {}
        told = str(raw.get("BatchNbOfTxs") or "")
        return replace(line, count=int(told)) if told.isascii() and told.isdigit() and len(told) < 7 else line

    # === FILES === #

    def _runs(self, company, lines):
        self.env["ai.payment.run"].flush_model()
        self.env["ai.payment.run.line"].flush_model()
        days = [line.date for line in lines]
        first, last = min(days) - timedelta(days=LATE), max(days) + timedelta(days=EARLY)
        keys = {squeeze(text) for line in lines for text in _tokens(line)}
        rows = self.env.execute_query_dict(queries.runs(company.id, first, last, {key for key in keys if key}))
        return tuple(self._sent_run(row) for row in rows)

    def _sent_run(self, row):
        return SentRun(
            key=row["id"],
            names=tuple(dict.fromkeys(filter(None, (row["name"], row["message"])))),
            date=row["date"],
            currency=row["currency"],
            journal=row["journal_id"],
            orders=tuple(self._sent_order(*order) for order in row["orders"]),
            is_wages=row["is_wages"],
        )

    def _sent_order(self, key, amount, end_to_end, partner, account, name, text, state, items):
        return SentOrder(
            key=key,
            amount=_decimal(Decimal(str(amount))),
            end_to_end=end_to_end or "",
            partner=partner,
            account=account or "",
            name=name or "",
            names=tuple(filter(None, (end_to_end, text))),
            state=state,
            items=tuple(items or ()),
        )

    # === ITEMS === #

    def _more_items(self, company, settings, lines):
        found = [*super()._more_items(company, settings, lines), *self._wage_item_ids(company, settings, lines)]
        for account_type, bulk in (
            ("liability_payable", [line for line in lines if line.amount < 0 and is_bulk_line(line)]),
            ("asset_receivable", [line for line in lines if is_collection_line(line)]),
        ):
            if bulk:
                days = [line.date for line in bulk]
                first, last = min(days) - timedelta(days=DUE_BEFORE), max(days) + timedelta(days=DUE_AFTER)
                query = queries.due_items(company.id, account_type, first, last, max(days))
                found += [row[0] for row in self.env.execute_query(query)]
        return found

    def _wage_item_ids(self, company, settings, lines):
        out = [line.date for line in lines if line.amount < 0]
        if not settings.wage_accounts or not out:
            return []
        first, last = min(out) - timedelta(days=WAGE_DAYS), max(out) + timedelta(days=EARLY)
        query = queries.wage_items(company.id, settings.wage_accounts, first, last)
        return [row[0] for row in self.env.execute_query(query)]

    def _held(self, items, line_ids):
        """Wages that were accrued in one sum are promised in parts: to one employee after the other."""
        held = super()._held(items, line_ids)
        if not held:
            return held
        wages = set(self.env["res.company"].browse(items[0].company)._ai_wage_accounts().ids)
        return held - {item.key for item in items if item.partner is None and item.account in wages}

    def _settled(self, company, partners, keys, amounts, since):
        settled = super()._settled(company, partners, keys, amounts, since)
        accounts = company._ai_wage_accounts()
        if not accounts or not any(amount > 0 for amount in amounts):
            return settled
        known = {(item.key, item.payment_item) for item in settled}
        rows = self.env.execute_query_dict(queries.settled_wages(company.id, accounts.ids, since))
        rows = [row for row in rows if (row["id"], row["payer_id"]) not in known]
        return (*settled, *(self._settled_item(company, row) for row in rows))

    def _parties(self, company, since):
        """With employees, who have no other items."""
        parties = super()._parties(company, since)
        accounts = company._ai_wage_accounts()
        if not accounts:
            return parties
        known = {party.key for party in parties}
        rows = self.env.execute_query_dict(queries.employees(company.id, accounts.ids, since))
        people = [
            Party(key=row["id"], names=tuple(row["names"] or ()), accounts=tuple(row["accounts"] or ()))
            for row in rows
            if row["id"] not in known
        ]
        return (*parties, *people)

    # === BATCHES OF OTHER APPS === #

    def _name_batches(self, rows):
        super()._name_batches(rows)
        field = self._batch_field()
        ids = [row["payment_id"] for row in rows if row["payment_id"]]
        if not field or not ids:
            return
        table = self.env[field.comodel_name]._table
        names = dict(self.env.execute_query(queries.batch_names(table, field.name, ids)))
        for row in rows:
            row["batch"] = names.get(row["payment_id"]) or row["batch"]

    def _batch_field(self):
        """The stored field of payments that leads to an app's batch, where one is installed."""
        fields = self.env["account.payment"]._fields.values()
        for model in BATCH_MODELS:
            for field in fields:
                if field.type == "many2one" and field.store and field.comodel_name == model and model in self.env:
                    name = self.env[model]._fields.get("name")
                    if name is not None and name.store and name.type == "char" and not name.translate:
                        return field
        return None


def _tokens(line):
    """What may be an end-to-end id: structured references, and words of the text with a digit."""
    words = [word.strip(".,;:()") for word in line.text[:1000].split()]
    return [*line.references, *(word for word in words if any(sign.isdigit() for sign in word) and len(word) >= 4)]
