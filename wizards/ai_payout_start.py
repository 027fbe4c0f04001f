"""Take a settlement file: choose provider and file, see what it holds, take it."""

import base64

from odoo import fields, models
from odoo.exceptions import UserError

MEANINGS = [
    ("date", "Date"),
    ("kind", "Kind of row"),
    ("references", "Reference, order, invoice"),
    ("customer", "Customer"),
    ("text", "Description"),
    ("amount", "Amount before fees"),
    ("fee", "Fee"),
    ("tax", "Tax in the fee"),
    ("net", "Amount after fees"),
    ("currency", "Currency"),
    ("payout", "Payout"),
    ("payout_date", "Date of the payout"),
    ("merchant", "Merchant account"),
    ("original_amount", "Amount in the customer's currency"),
    ("original_currency", "Customer's currency"),
]
ROW_KINDS = [
    ("sale", "Sale"),
    ("refund", "Refund"),
    ("chargeback", "Chargeback"),
    ("chargeback_won", "Chargeback won"),
    ("fee", "Fee"),
    ("reserve_held", "Reserve withheld"),
    ("reserve_released", "Reserve released"),
    ("adjustment", "Adjustment"),
    ("payout", "Transfer to the bank"),
]


class AiPayoutStart(models.TransientModel):
    """Two steps: the file, then what it holds. Nothing is booked."""

    _name = "ai.payout.start"
    _description = "Take Settlement File"

    step = fields.Selection([("file", "File"), ("preview", "Preview")], default="file", required=True)
    provider_id = fields.Many2one("ai.payment.provider", default=lambda self: self._only_provider())
    has_provider = fields.Boolean(default=lambda self: bool(self.env["ai.payment.provider"].search_count([], limit=1)))
    data = fields.Binary(string="File")
    filename = fields.Char()
    problems = fields.Text()
    notes_html = fields.Html(string="Notes")
    rows_html = fields.Html(string="First Rows")
    column_ids = fields.One2many("ai.payout.start.column", "start_id", string="Columns")
    word_ids = fields.One2many("ai.payout.start.word", "start_id", string="Kinds of Rows")
    payout_ids = fields.One2many("ai.payout.start.payout", "start_id", string="Payouts")
    date_format = fields.Selection(
        [("DMY", "Day, month, year"), ("MDY", "Month, day, year"), ("YMD", "Year, month, day")]
    )
    decimal_mark = fields.Selection([(".", "1,234.56 (point)"), (",", "1.234,56 (comma)")])
    fee_negative = fields.Boolean(string="Fees are written with a minus")
    tax_place = fields.Selection([("inside", "Inside the fee"), ("beside", "Beside the fee")], string="Tax of fees")
    skip_rows = fields.Integer(string="Rows to pass over", help="Rows between the header and the first row.")
    is_remembered = fields.Boolean()

    def _only_provider(self):
        providers = self.env["ai.payment.provider"].search([], limit=2)
        return providers if len(providers) == 1 else providers.browse()

    # === STEPS === #

    def action_read(self):
        """Read the file and show what it holds."""
        self.ensure_one()
        self._load(None)
        self.step = "preview"
        return self._reopen()

    def action_refresh(self):
        """Read the file again, with the columns as they are chosen now."""
        self.ensure_one()
        self._load(self._mapping())
        return self._reopen()

    def action_back(self):
        """Choose another file."""
        self.ensure_one()
        (self.column_ids + self.env["ai.payout.start.column"]).unlink()
        self.word_ids.unlink()
        self.payout_ids.unlink()
        self.write({"step": "file", "problems": False, "notes_html": False, "rows_html": False})
        return self._reopen()

    def action_take(self):
        """Take the file's payouts, and show them."""
        self.ensure_one()
        filename, _data = self._file()
        content = self.with_context(bin_size=False).data
        mapping = self._mapping() if self.step == "preview" else None
        ids = self.env["ai.payout"].take_file(self.provider_id.id, filename, content, mapping)
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_payout_action")
        if len(ids) == 1:
            return {**action, "view_mode": "form", "views": [(False, "form")], "res_id": ids[0]}
        return {**action, "domain": [("id", "in", ids)]}

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Take Settlement File"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    # === READING === #

    def _file(self):
        if not self.provider_id:
            raise UserError(self.env._("Choose the payment provider that the file comes from."))
        content = self.with_context(bin_size=False).data
        if not content:
            raise UserError(self.env._("Choose a settlement file first."))
        return self.filename or self.env._("settlement file"), base64.b64decode(content)

    def _load(self, mapping):
        filename, data = self._file()
        shown = self.env["ai.payout"]._preview_file(self.provider_id.id, filename, data, mapping)
        columns, words, payouts = shown.pop("columns"), shown.pop("words"), shown.pop("payouts")
        commands = {"payout_ids": payouts, "word_ids": words, "column_ids": columns or []}
        self.write(
            {
                **shown,
                **{
                    name: [fields.Command.clear(), *map(fields.Command.create, rows)] for name, rows in commands.items()
                },
            }
        )

    def _mapping(self):
        """The chosen columns as they are taken, or None for a file without columns."""
        if not self.column_ids:
            return None
        mapping = {
            "references": [column.position for column in self.column_ids if column.meaning == "references"],
            "kinds": {word.word: word.kind or "adjustment" for word in self.word_ids},
            "date_format": self.date_format,
            "decimal_mark": self.decimal_mark,
            "fee_negative": self.fee_negative,
            "tax_place": self.tax_place,
            "skip_rows": max(0, self.skip_rows),
        }
        for column in self.column_ids:
            if column.meaning and column.meaning != "references":
                if column.meaning in mapping:
                    label = dict(column._fields["meaning"]._description_selection(self.env))[column.meaning]
                    raise UserError(self.env._("Two columns are chosen as “%(meaning)s”. Keep one.", meaning=label))
                mapping[column.meaning] = column.position
        return mapping


class AiPayoutStartColumn(models.TransientModel):
    """One column of the file and what it means."""

    _name = "ai.payout.start.column"
    _description = "Column of a Settlement File"
    _order = "position, id"

    start_id = fields.Many2one("ai.payout.start", required=True, ondelete="cascade")
    position = fields.Integer()
    header = fields.Char(string="Column")
    sample = fields.Char(string="First Cells")
    meaning = fields.Selection(MEANINGS, string="Means")


class AiPayoutStartWord(models.TransientModel):
    """One of the file's words for kinds of rows."""

    _name = "ai.payout.start.word"
    _description = "Kind of Row in a Settlement File"

    start_id = fields.Many2one("ai.payout.start", required=True, ondelete="cascade")
    word = fields.Char(string="In the File")
    kind = fields.Selection(ROW_KINDS, string="Means", help="Empty: an adjustment.")


class AiPayoutStartPayout(models.TransientModel):
    """One payout that the file holds."""

    _name = "ai.payout.start.payout"
    _description = "Payout in a Settlement File"

    start_id = fields.Many2one("ai.payout.start", required=True, ondelete="cascade")
    name = fields.Char(string="Payout")
    date = fields.Date()
    currency = fields.Char()
    row_count = fields.Integer(string="Rows")
    sales = fields.Float(digits=(16, 2))
    returns = fields.Float(string="Refunds, Chargebacks", digits=(16, 2))
    others = fields.Float(string="Reserve, Other", digits=(16, 2))
    fee = fields.Float(string="Fees", digits=(16, 2))
    amount = fields.Float(string="Paid Out", digits=(16, 2))
