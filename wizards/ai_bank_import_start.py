"""Import statement: choose files, see what they hold, import."""

import base64

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

MEANINGS = [
    ("date", "Date"),
    ("value_date", "Value date"),
    ("amount", "Amount"),
    ("debit", "Money out"),
    ("credit", "Money in"),
    ("sign", "Debit or credit mark"),
    ("texts", "Text"),
    ("partner_name", "Partner"),
    ("account_number", "Partner's account"),
    ("reference", "Reference"),
    ("bank_id", "Bank's own number of the line"),
    ("balance", "Balance after the line"),
    ("currency", "Currency"),
    ("own_account", "Own account"),
    ("foreign_amount", "Original amount"),
    ("foreign_currency", "Original currency"),
]


class AiBankImportStart(models.TransientModel):
    """Two steps: the files, then what they hold. Nothing is booked before the last button."""

    _name = "ai.bank.import.start"
    _description = "Import Statement"

    step = fields.Selection([("files", "Files"), ("preview", "Preview")], default="files", required=True)
    file_ids = fields.Many2many("ir.attachment", string="Files")
    data = fields.Binary(string="File", help="One file, for programs.")
    filename = fields.Char()
    journal_id = fields.Many2one(
        "account.journal",
        domain="[('type', 'in', ('bank', 'cash', 'credit'))]",
        help="Empty: found by the account number in the file.",
    )
    allow_other_account = fields.Boolean(string="The file belongs to this journal anyway")
    has_unknown_account = fields.Boolean(compute="_compute_problems")
    problems = fields.Text(compute="_compute_problems")
    preview_html = fields.Html(compute="_compute_preview_html", string="Preview", sanitize=False)
    part_ids = fields.One2many("ai.bank.import.start.part", "start_id", string="Accounts")
    column_ids = fields.One2many("ai.bank.import.start.column", "start_id", string="Columns")
    signature = fields.Char()
    date_format = fields.Selection(
        [("DMY", "Day, month, year"), ("MDY", "Month, day, year"), ("YMD", "Year, month, day")], default="DMY"
    )
    decimal_mark = fields.Selection([(".", "1,234.56 (point)"), (",", "1.234,56 (comma)")], default=".")
    inverse_sign = fields.Boolean(
        string="Turn signs around", help="For cards whose files show what you spent as positive."
    )
    debit_negative = fields.Boolean(string="Money out has its minus already")
    skip_rows = fields.Integer(string="Rows to pass over", help="Rows between the header and the first line.")
    is_remembered = fields.Boolean()
    column_notes = fields.Html()

    @api.depends("part_ids.problems", "part_ids.has_unknown_account")
    def _compute_problems(self):
        for start in self:
            start.has_unknown_account = any(start.part_ids.mapped("has_unknown_account"))
            start.problems = "\n".join(text for text in start.part_ids.mapped("problems") if text)

    @api.depends("part_ids.rows_html", "part_ids.balances_html", "part_ids.notes_html")
    def _compute_preview_html(self):
        for start in self:
            start.preview_html = Markup("").join(part._preview() for part in start.part_ids)

    # === STEPS === #

    def action_read(self):
        """Read the files and show what they hold."""
        self.ensure_one()
        self.column_ids.unlink()
        self._load_columns()
        self._load_parts()
        self.step = "preview"
        return self._reopen()

    def action_refresh(self):
        """Read the files again, with the columns and journals as they are chosen now."""
        self.ensure_one()
        self._load_parts()
        return self._reopen()

    def action_back(self):
        """Choose other files."""
        self.ensure_one()
        self.part_ids.unlink()
        self.column_ids.unlink()
        self.step = "files"
        return self._reopen()

    def action_import(self):
        """Import all of it, or nothing; then show the imports."""
        self.ensure_one()
        if self.step == "files":
            self._load_columns()
            self._load_parts()
        waiting = self.part_ids.filtered(lambda part: not part.journal_id)
        unread = waiting.filtered(lambda part: not part.format)
        if unread:
            raise UserError(unread[0].problems)
        if waiting or not self.part_ids:
            raise UserError(self.env._("Choose the journal of %(file)s first.", file=waiting[:1].name or ""))
        files = dict(self._files())
        requests = [part._prepare_request(files[part.file_key]) for part in self.part_ids]
        imports = self.env["ai.bank.import"]._import_many(requests)
        return self._show(imports)

    def _show(self, imports):
        if all(record.state == "held" for record in imports) and len(imports.cut_over_id) == 1:
            return imports.action_open_cut_over()
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_bank_import_action")
        if len(imports) == 1:
            action |= {"view_mode": "form", "views": [(False, "form")], "res_id": imports.id}
        else:
            action["domain"] = [("id", "in", imports.ids)]
        return action

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import Statement"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    # === READING === #

    def _files(self):
        """[(key, {filename, data})] of the chosen files."""
        self.ensure_one()
        found = [(f"attachment {file.id}", {"filename": file.name, "data": file.raw or b""}) for file in self.file_ids]
        content = self.with_context(bin_size=False).data
        if content:
            name = self.filename or self.env._("bank file")
            found.append(("data", {"filename": name, "data": base64.b64decode(content)}))
        if not found:
            raise UserError(self.env._("Choose a bank file first."))
        return found

    def _load_columns(self):
        """Show the columns of a sheet; sheets of several banks can't be told apart in one table."""
        imports = self.env["ai.bank.import"]
        for _key, file in self._files():
            found = imports._look_at_columns({**file, "journal_id": self.journal_id.id})
            if found is None:
                continue
            if self.column_ids and found["signature"] != self.signature:
                raise UserError(
                    self.env._(
                        "%(file)s has other columns than the sheet before. Import them one by one.",
                        file=file["filename"],
                    )
                )
            if not self.column_ids:
                columns = found.pop("columns")
                self.write(
                    {
                        **{name if name != "notes" else "column_notes": value for name, value in found.items()},
                        "column_ids": [fields.Command.create(column) for column in columns],
                    }
                )

    def _load_parts(self):
        """One row per account in the files; journals that were chosen in the rows stay."""
        chosen = {(part.file_key, part.account, part.currency): part.journal_id.id for part in self.part_ids}
        self._mapping()  # two columns of one meaning are told before anything is read
        values = []
        for key, file in self._files():
            for found in self._readable(file):
                place = (key, found["account"], found["currency"])
                journal_id = chosen.get(place)
                if journal_id and journal_id != found["journal_id"]:
                    again = self._look_at(file, journal_id)
                    found = next(one for one in again if (one["account"], one["currency"]) == place[1:])
                values.append({**self.env["ai.bank.import.start.part"]._values_of(found), "file_key": key})
        self.part_ids = [fields.Command.clear(), *(fields.Command.create(value) for value in values)]

    def _readable(self, file):
        """What a file holds; a sheet that can't be read yet says why, so that its columns can be chosen."""
        try:
            return self._look_at(file)
        except UserError as error:
            if not self.column_ids:
                raise
            return [self.env["ai.bank.import.start.part"]._unread(file, error)]

    def _look_at(self, file, journal_id=None):
        request = {
            **file,
            "journal_id": journal_id or self.journal_id.id,
            "mapping": self._mapping(),
            "allow_other_account": self.allow_other_account,
        }
        return self.env["ai.bank.import"]._look([request])

    def _mapping(self):
        """The chosen columns as the importer takes them, or None without a sheet."""
        if not self.column_ids:
            return None
        mapping = {
            "texts": [column.position for column in self.column_ids if column.meaning == "texts"],
            "date_format": self.date_format,
            "decimal_mark": self.decimal_mark,
            "inverse_sign": self.inverse_sign,
            "debit_negative": self.debit_negative,
            "skip_rows": max(0, self.skip_rows),
        }
        for column in self.column_ids:
            if column.meaning and column.meaning != "texts":
                if column.meaning in mapping:
                    label = dict(column._fields["meaning"]._description_selection(self.env))[column.meaning]
                    raise UserError(self.env._("Two columns are chosen as “%(meaning)s”. Keep one.", meaning=label))
                mapping[column.meaning] = column.position
        return mapping


class AiBankImportStartPart(models.TransientModel):
    """One account in a file, and the journal that it goes to."""

    _name = "ai.bank.import.start.part"
    _description = "Account in a Bank File"

    start_id = fields.Many2one("ai.bank.import.start", required=True, ondelete="cascade")
    file_key = fields.Char()
    name = fields.Char(string="File")
    account = fields.Char()
    currency = fields.Char()
    format = fields.Char()
    journal_id = fields.Many2one("account.journal", domain="[('type', 'in', ('bank', 'cash', 'credit'))]")
    first_date = fields.Date(string="From")
    last_date = fields.Date(string="To")
    line_count = fields.Integer(string="Lines")
    new_count = fields.Integer(string="New")
    known_count = fields.Integer(string="Already There")
    problems = fields.Text()
    has_unknown_account = fields.Boolean()
    balances_html = fields.Html(string="Balances")
    rows_html = fields.Html(string="First Lines")
    notes_html = fields.Html(string="Notes")

    @api.model
    def _values_of(self, found):
        return {
            "name": found["filename"],
            "account": found["account"],
            "currency": found["currency"],
            "format": found["format"],
            "journal_id": found["journal_id"],
            "first_date": found["first"],
            "last_date": found["last"],
            "line_count": found["lines"],
            "new_count": found["new"],
            "known_count": found["known"],
            "problems": "\n".join(sentence for _code, sentence in found["problems"]),
            "has_unknown_account": any(code == "unknown_account" for code, _sentence in found["problems"]),
            "balances_html": found["balances"],
            "rows_html": found["rows"],
            "notes_html": found["notes"],
        }

    @api.model
    def _unread(self, file, error):
        empty = dict.fromkeys(("account", "currency", "format", "journal_id", "first", "last"), False)
        texts = dict.fromkeys(("balances", "rows", "notes"), False)
        counts = dict.fromkeys(("lines", "new", "known"), 0)
        problems = [("unreadable", str(error.args[0]))]
        return {**empty, **texts, **counts, "filename": file["filename"], "problems": problems}

    def _preview(self):
        """The first lines, balances and notes under the file's name."""
        title = Markup("<h4 class='mt-3'>%s</h4>") % " ".join(filter(None, [self.name, self.account, self.currency]))
        notes = self.notes_html and Markup("<div class='alert alert-warning'>%s</div>") % Markup(self.notes_html)
        pieces = [notes, self.balances_html, self.rows_html]
        return title + Markup("").join(Markup(piece) for piece in pieces if piece)

    def _prepare_request(self, file):
        return {
            **file,
            "journal_id": self.journal_id.id,
            "account": self.account,
            "currency": self.currency,
            "mapping": self.start_id._mapping(),
            "allow_other_account": self.start_id.allow_other_account,
        }


class AiBankImportStartColumn(models.TransientModel):
    """One column of a sheet and what it means."""

    _name = "ai.bank.import.start.column"
    _description = "Column of a Bank File"
    _order = "position, id"

    start_id = fields.Many2one("ai.bank.import.start", required=True, ondelete="cascade")
    position = fields.Integer()
    header = fields.Char(string="Column")
    sample = fields.Char(string="First Cells")
    meaning = fields.Selection(MEANINGS, string="Means")
