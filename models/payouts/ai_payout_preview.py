"""What the upload dialog shows of a settlement file before it is taken: plain values."""

from odoo import api, models
from odoo.exceptions import UserError

from ...readers import settlement
from ...readers.settlement import COLUMNS, BankFileError
from ..bank import import_reading as reading
from ..bank.import_texts import note_list, table
from .payout_words import KINDS

ROWS = 8
SAMPLES = 3


class AiPayout(models.Model):
    _name = "ai.payout"
    _inherit = "ai.payout"

    @api.model
    def _preview_file(self, provider_id, filename, data, mapping=None):
        """Values of the dialog; a sheet that can't be read with these columns says why instead of its payouts.

        :return: ``{columns: [values] or None, words: [values], payouts: [values], problems, notes_html, rows_html,
            date_format, decimal_mark, fee_negative, tax_place, skip_rows, is_remembered}``
        """
        self._check_taker()
        provider = self._provider(provider_id)
        columns = self._columns_of_file(provider, filename, data)
        shown = {"columns": None, "words": [], "is_remembered": False}
        if columns:
            preview, guessed, is_remembered = columns
            chosen = self._chosen_mapping_or(filename, mapping, preview, guessed)
            words = self._words_of(data, chosen)
            shown = self._shown_columns(preview, chosen, words, is_remembered and not mapping)
        try:
            found = self._look_at_file(provider_id, filename, data, mapping)
        except UserError as error:
            return {**shown, "payouts": [], "problems": str(error.args[0]), "notes_html": False, "rows_html": False}
        return {
            **shown,
            "payouts": [self._shown_payout(payout, currency) for payout, currency in found["payouts"]],
            "problems": "\n".join(found["problems"]),
            "notes_html": self._shown_notes(found["notes"]),
            "rows_html": self._shown_rows(found["payouts"]),
        }

    def _chosen_mapping_or(self, filename, mapping, preview, guessed):
        if not mapping:
            return guessed
        try:
            return self._chosen_mapping(filename, mapping, preview)
        except UserError:
            return guessed

    @api.model
    def _words_of(self, data, mapping):
        """The file's words for kinds of rows; none while the columns don't fit."""
        try:
            return settlement.words(data, mapping, reading.limit_bytes(self.env))
        except BankFileError:
            return ()

    @api.model
    def _shown_columns(self, preview, mapping, words, is_remembered):
        meanings = {getattr(mapping, role): role for role in COLUMNS if getattr(mapping, role) is not None}
        meanings = {**dict.fromkeys(mapping.references, "references"), **meanings}
        columns = []
        for index, name in enumerate(preview.columns):
            cells = [row[index] for row in preview.rows if index < len(row) and row[index]]
            sample = " · ".join(cell[:40] for cell in list(dict.fromkeys(cells))[:SAMPLES])
            columns.append({"position": index, "header": name, "sample": sample, "meaning": meanings.get(index, "")})
        return {
            "columns": columns,
            "words": [{"word": word, "kind": kind or False} for word, kind in mapping.kinds_of(words)],
            "date_format": mapping.date_format,
            "decimal_mark": mapping.decimal_mark,
            "fee_negative": mapping.fee_negative,
            "tax_place": mapping.tax_place,
            "skip_rows": mapping.skip_rows,
            "is_remembered": is_remembered,
        }

    @api.model
    def _shown_payout(self, payout, currency):
        sums = {"sales": 0.0, "returns": 0.0, "others": 0.0, "fee": 0.0}
        for row in payout.rows:
            place = {"sale": "sales", "refund": "returns", "chargeback": "returns"}.get(row.kind, "others")
            sums[place] += float(row.amount)
            sums["fee"] += float(row.fee)
        return {
            "name": payout.reference,
            "date": payout.date,
            "currency": currency,
            "row_count": len(payout.rows),
            "amount": float(payout.amount),
            **sums,
        }

    @api.model
    def _shown_notes(self, notes):
        return note_list(self.env, [(note, {}) for note in notes])

    @api.model
    def _shown_rows(self, payouts):
        """The first rows as they are read, so that a wrong column is seen; everything from the file is escaped."""
        headers = [
            self.env._(text) for text in ("Line", "Kind", "Date", "Reference", "Customer", "Amount", "Fee", "Tax")
        ]
        rows = [row for payout, _currency in payouts for row in payout.rows][:ROWS]
        return table(
            headers,
            [
                [
                    row.line,
                    KINDS.get(row.kind, row.kind),
                    row.date.isoformat(),
                    " | ".join(row.references)[:60],
                    row.customer[:40],
                    f"{row.amount:f}",
                    f"{row.fee:f}",
                    "" if row.tax is None else f"{row.tax:f}",
                ]
                for row in rows
            ],
        )
