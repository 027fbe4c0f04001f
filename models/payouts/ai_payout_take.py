"""Taking a settlement file: read as a whole, kept as payouts with their rows, nothing booked."""

import hashlib
import json
from dataclasses import replace
from decimal import Decimal

from odoo import Command, api, models
from odoo.exceptions import AccessError, UserError

from ...readers import settlement
from ...readers.settlement import BankFileError, SettlementMapping
from ..bank import import_reading as reading
from ..bank.import_texts import at_place, error_sentence
from .ai_payout import SUMS
from .payout_words import NOTES

REVIEWER = "ai_bookkeeper.ai_bookkeeper_group_reviewer"
MAX_ROWS = 50_000


class AiPayout(models.Model):
    _name = "ai.payout"
    _inherit = "ai.payout"

    @api.model
    def _check_taker(self):
        if not (self.env.su or self.env.user.has_group(REVIEWER)):
            raise AccessError(self.env._("Only a Bookkeeping Reviewer takes settlement files."))

    @api.model
    def take_file(self, provider_id: int, filename: str, content_base64: str, mapping: dict | None = None) -> list[int]:
        """Take a provider's settlement file; each payout in it gets a suggestion.

        :param provider_id: a payment provider
        :param content_base64: CSV, XLSX or CAMT.054 with transaction details
        :param mapping: how to read a sheet, see ``readers.settlement.SettlementMapping``; what the provider's last file
            with these heads was read with, else a guess, if left out
        :returns: ids of the payouts
        :raises UserError: naming file and line; nothing was taken then
        """
        self._check_taker()
        filename = str(filename or self.env._("settlement file"))[:200]
        data = reading.decoded(self.env, filename, content_base64)
        found = self._look_at_file(provider_id, filename, data, mapping)
        if found["problems"]:
            raise UserError("\n".join(found["problems"]))
        return self._take(found, filename, data).ids

    # === LOOKING === #

    @api.model
    def _provider(self, provider_id):
        # API clients give anything.
        known = isinstance(provider_id, int) and not isinstance(provider_id, bool)
        provider = self.env["ai.payment.provider"].browse(provider_id if known else ()).exists()
        if not provider:
            raise UserError(self.env._("Choose the payment provider that the file comes from."))
        provider.check_access("read")
        return provider.with_company(provider.company_id)

    @api.model
    def _columns_of_file(self, provider, filename, data):
        """(preview, mapping to begin with, whether it is remembered); None for files that need no columns."""
        reading.check_size(self.env, filename, len(data))
        try:
            if not settlement.is_sheet(data, filename):
                return None
            preview = settlement.preview(data, filename, reading.limit_bytes(self.env))
        except BankFileError as error:
            raise UserError(error_sentence(self.env, filename, error))
        stored = (provider.mappings or {}).get(preview.signature)
        if stored:
            mapping = self._remembered(data, preview, stored)
            if mapping:
                return preview, mapping, True
        return preview, preview.mapping, False

    @api.model
    def _remembered(self, data, preview, stored):
        """What a file with these heads was read with before, if it still fits; else None."""
        try:
            remembered = SettlementMapping.from_json(json.dumps(stored))
            return settlement.adopt(data, remembered, preview, reading.limit_bytes(self.env))
        except (BankFileError, TypeError):
            return None

    @api.model
    def _look_at_file(self, provider_id, filename, data, mapping=None):
        """What taking a file would do; writes nothing.

        :return: ``{provider, file: SettlementFile, mapping, signature, payouts: [(Settlement, currency)], known,
            problems: [text], notes: [text]}``
        """
        provider = self._provider(provider_id)
        columns = self._columns_of_file(provider, filename, data)
        signature, chosen = (columns[0].signature, columns[1]) if columns else ("", None)
        if columns and mapping:
            chosen = self._chosen_mapping(filename, mapping, columns[0])
        try:
            found = settlement.read(data, filename, chosen, reading.limit_bytes(self.env))
        except BankFileError as error:
            raise UserError(error_sentence(self.env, filename, error))
        found = self._dated(found, filename)
        checksum = hashlib.sha256(data).hexdigest()
        currency = provider.company_id.currency_id
        payouts, problems, notes = [], [], [self._note(code, values) for code, values in found.notes]
        if sum(len(payout.rows) for payout in found.payouts) > MAX_ROWS:
            problems.append(
                self.env._("The file has more than %(count)s rows. Export a shorter period.", count=MAX_ROWS)
            )
        known = self._known(provider, found.payouts, filename)
        for payout in found.payouts:
            if not payout.currency:
                notes.append(self._note("no_currency", {"currency": currency.name}))
            problems += self._problems_of(provider, payout, payout.currency or currency.name)
            before = known.get(payout.reference)
            if (
                before
                and before.checksum != checksum
                and before.currency_id.compare_amounts(before.amount, float(payout.amount))
            ):
                problems.append(
                    self.env._(
                        "The payout %(payout)s was taken on %(date)s with another amount (%(amount)s). Drop that one "
                        "first if this file is right.",
                        payout=payout.reference,
                        date=before.create_date.date(),
                        amount=before.amount,
                    )
                )
            elif before:
                notes.append(self._note("known_payout", {"payout": payout.reference}))
            elif payout.rows or payout.amount:
                payouts.append((payout, payout.currency or currency.name))
        if not payouts and not problems:
            problems.append(self._all_known(filename, known))
        return {
            "provider": provider,
            "mapping": chosen,
            "signature": signature,
            "payouts": payouts,
            "known": known,
            "words": found.words,
            "unknown_words": found.unknown_words,
            "problems": [at_place(self.env, filename, None, problem) for problem in dict.fromkeys(problems)],
            "notes": list(dict.fromkeys(notes)),
            "checksum": checksum,
        }

    @api.model
    def _dated(self, found, filename):
        """Files that name no payout are called alike each month: their dates tell them apart."""
        payouts = (
            replace(payout, reference=f"{payout.reference} {payout.date}")
            if payout.reference.startswith(filename)
            else payout
            for payout in found.payouts
        )
        return replace(found, payouts=tuple(payouts))

    def _all_known(self, filename, known):
        before = next(iter(known.values()), None)
        if not before:
            return self.env._("The file holds no payout.")
        return self.env._(
            "All payouts of this file were taken before (%(payout)s on %(date)s, from %(file)s).",
            payout=before.name,
            date=before.create_date.date(),
            file=before.filename or "",
        )

    @api.model
    def _chosen_mapping(self, filename, mapping, preview):
        try:
            chosen = SettlementMapping.from_json(json.dumps(mapping))
        except BankFileError as error:
            raise UserError(error_sentence(self.env, filename, error))
        except TypeError:
            raise UserError(self.env._("The chosen columns can't be read. Choose them again."))
        return chosen if "header_row" in mapping else chosen.on(preview.mapping)

    @api.model
    def _known(self, provider, payouts, filename):
        """{reference: payout taken before}; those without a reference of their own are known by what they hold."""
        mine = [("provider_id", "=", provider.id)]
        # Also those of journals that are closed to the reader: the same money is not taken twice.
        taken = self.sudo()
        names = [payout.reference for payout in payouts]
        known = {payout.name: payout for payout in taken.search([*mine, ("name", "in", names)])}
        for payout in payouts:
            if payout.reference.startswith(filename) and payout.reference not in known:
                alike = [("date", "=", payout.date), ("line_count", "=", len(payout.rows)), ("is_named", "=", False)]
                for before in taken.search([*mine, *alike]):
                    if not before.currency_id.compare_amounts(before.amount, float(payout.amount)):
                        known[payout.reference] = before
        return known

    @api.model
    def _problems_of(self, provider, payout, currency_name):
        """Why this payout can't be this provider's, or this company's."""
        found = []
        if payout.merchant and provider.merchant and payout.merchant != provider.merchant:
            found.append(
                self.env._(
                    "The file is of the merchant account %(other)s, not of %(own)s: it belongs to another account or "
                    "company.",
                    other=payout.merchant,
                    own=provider.merchant,
                )
            )
        elif payout.merchant and not provider.merchant and self._merchant_elsewhere(provider, payout.merchant):
            found.append(
                self.env._(
                    "The merchant account %(other)s belongs to another provider or company here.", other=payout.merchant
                )
            )
        # Inactive currencies are known too: then the sentence says what to do.
        currency = self.env["res.currency"].with_context(active_test=False).search([("name", "=", currency_name)])
        if not currency.active:
            found.append(self.env._("The currency %(name)s is not active here. Activate it first.", name=currency_name))
        if any(row.currency and row.currency != currency_name for row in payout.rows):
            found.append(self.env._("The payout %(name)s mixes currencies.", name=payout.reference))
        return found

    @api.model
    def _merchant_elsewhere(self, provider, merchant):
        # Whether, not whose: other companies' providers are theirs.
        return bool(
            self.env["ai.payment.provider"]
            .sudo()
            .search_count([("merchant", "=", merchant), ("id", "!=", provider.id)], limit=1)
        )

    @api.model
    def _note(self, code, values):
        template = self.env._(NOTES[code]) if code in NOTES else code
        try:
            return template % values if code in NOTES else code
        except (KeyError, TypeError, ValueError):
            return code

    # === TAKING === #

    @api.model
    def _take(self, found, filename, data):
        """Make the payouts of a file that was looked at, and propose them."""
        provider = found["provider"]
        if found["mapping"] is not None:
            provider._remember(found["signature"], json.loads(found["mapping"].to_json()))
        merchant = next((payout.merchant for payout, _currency in found["payouts"] if payout.merchant), "")
        if merchant and not provider.merchant:
            # Learned from the first file; who uploads may not change providers.
            provider.sudo().merchant = merchant
        currencies = {currency.name: currency.id for currency in self.env["res.currency"].search([])}
        values = [
            self._payout_values(provider, payout, currencies[currency], filename, found)
            for payout, currency in found["payouts"]
        ]
        # People make no payouts by hand: a file does.
        payouts = self.sudo().create(values)
        for payout in payouts:
            payout.attachment_id = (
                self.env["ir.attachment"]
                .sudo()
                .create({"name": filename, "raw": data, "res_model": self._name, "res_id": payout.id})
            )
        payouts = payouts.sudo(self.env.su)
        self.env["ai.audit.log"]._append(
            "payout_taken",
            payouts,
            [{"checksum": payout.checksum, "amount": payout.amount, "rows": payout.line_count} for payout in payouts],
        )
        self.env["ai.suggestion"].propose(self._name, payouts.ids)
        lines = self.env["account.bank.statement.line"]
        lines._look_again(provider.company_id, because=("no_partner", "nothing_quoted", "payout_bank_unread"))
        return payouts

    @api.model
    def _payout_values(self, provider, payout, currency_id, filename, found):
        sums = dict.fromkeys(("gross", "refunds", "chargebacks", "reserve", "adjustments"), Decimal(0))
        for row in payout.rows:
            if row.kind in SUMS:
                sums[SUMS[row.kind]] += row.amount
        taxed = [row for row in payout.rows if row.fee]
        told = bool(taxed) and all(row.tax is not None for row in taxed)
        return {
            "name": payout.reference[:80],
            "is_named": not payout.reference.startswith(filename),
            "provider_id": provider.id,
            "company_id": provider.company_id.id,
            "currency_id": currency_id,
            "date": payout.date,
            "amount": float(payout.amount),
            **{name: float(total) for name, total in sums.items()},
            "fee": float(sum((row.fee for row in payout.rows), Decimal(0))),
            "fee_tax": float(sum((row.tax or Decimal(0) for row in taxed), Decimal(0))),
            "has_fee_tax": told,
            "kept": float(payout.kept),
            "line_count": len(payout.rows),
            "filename": filename,
            "checksum": found["checksum"],
            "notes": found["notes"],
            "user_id": self.env.uid,
            "line_ids": [Command.create(self._row_values(row, place)) for place, row in enumerate(payout.rows, 1)],
        }

    @api.model
    def _row_values(self, row, place):
        return {
            "sequence": place,
            "kind": row.kind,
            "date": row.date,
            "reference": " | ".join(row.references)[:300],
            "customer": row.customer,
            "text": row.text,
            "amount": float(row.amount),
            "fee": float(row.fee),
            "fee_tax": float(row.tax or 0),
            "net": float(row.net),
            "original_amount": float(row.original_amount or 0),
            "original_currency": row.original_currency,
            "source_line": row.line,
        }
