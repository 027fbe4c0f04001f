"""A bank file that was imported: checked as a whole, booked as a whole, undone as a whole."""

import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, split_every

from ...engine import lifecycle
from ...engine.vocabulary import IMPORT_STATES
from . import import_plan as plans
from . import import_reading as reading
from .import_texts import day_text, note_list, note_sentence

REVIEWER = "ai_bookkeeper.ai_bookkeeper_group_reviewer"
STATE_LABELS = {
    "draft": "Draft",
    "held": "Waits for the Cut-Over",
    "queued": "Waiting",
    "running": "Importing",
    "done": "Imported",
    "failed": "Failed",
    "undone": "Undone",
}
#: From this many lines on (setting ai_bookkeeper.import_background_lines) a job of the queue does the work.
BACKGROUND_LINES = 1000
BATCH = 100
#: Compared by identity, so no RPC client can forge it.
_STATE_GATE = object()


class AiBankImport(models.Model):
    """One imported file, or the part of it that belongs to one account.

    People read these records; only the methods here write them, on the importing person's behalf. Bank lines and
    statements are made with that person's own rights.
    """

    _name = "ai.bank.import"
    _inherit = ["ai.bank.import.reader", "ai.journal.mixin"]
    _description = "Bank File Import"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(string="File", required=True, readonly=True)
    state = fields.Selection(
        [(state, STATE_LABELS[state]) for state in IMPORT_STATES], required=True, default="draft", readonly=True
    )
    journal_id = fields.Many2one(
        "account.journal", required=True, readonly=True, index=True, check_company=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    attachment_id = fields.Many2one("ir.attachment", string="Kept File", readonly=True, copy=False)
    checksum = fields.Char(readonly=True, help="SHA-256 of the file.")
    format = fields.Char(readonly=True)
    account_number = fields.Char(string="Account in the File", readonly=True)
    currency_code = fields.Char(string="Currency in the File", readonly=True)
    mapping = fields.Json(readonly=True, help="How the columns of a sheet were read.")
    line_count = fields.Integer(string="Lines in the File", readonly=True)
    created_count = fields.Integer(string="New Lines", readonly=True)
    duplicate_count = fields.Integer(string="Already There", readonly=True)
    progress = fields.Float(readonly=True, aggregator=False)
    line_ids = fields.One2many("account.bank.statement.line", "ai_import_id", string="Bank Lines", readonly=True)
    statement_ids = fields.Many2many(
        "account.bank.statement", "ai_bank_import_statement_rel", string="Statements", readonly=True
    )
    notes = fields.Json(string="Note Codes", readonly=True)
    notes_text = fields.Text(compute="_compute_notes")
    notes_html = fields.Html(compute="_compute_notes", string="Notes", sanitize=False)
    error = fields.Text(readonly=True)
    removing = fields.Boolean(readonly=True, help="A job is taking the lines away again.")
    user_id = fields.Many2one("res.users", string="Imported By", readonly=True)
    started = fields.Datetime(readonly=True)
    ended = fields.Datetime(readonly=True)

    _checksum_idx = models.Index("(journal_id, checksum)")

    # === COMPUTE === #

    @api.depends("notes")
    @api.depends_context("lang")
    def _compute_notes(self):
        for record in self:
            notes = record.notes or []
            record.notes_text = "\n".join(note_sentence(self.env, code, values) for code, values in notes)
            record.notes_html = note_list(self.env, notes)

    # === STATE === #

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("state", "draft") != "draft" for vals in vals_list):
            raise UserError(self.env._("An import begins as a draft."))
        return super().create(vals_list)

    def write(self, vals):
        if "state" in vals and self.env.context.get("ai_import_gate") is not _STATE_GATE:
            raise UserError(self.env._("The state of an import follows from what is done with it."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_lines(self):
        if self.line_ids:
            raise UserError(self.env._("Undo the import first: its bank lines are still there."))

    def _move_to(self, state, **values):
        """The one way to another state; writes ``values`` with it."""
        for record in self:
            if not lifecycle.allowed(lifecycle.IMPORT_MOVES, record.state, state):
                labels = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "The import %(name)s is in the state “%(state)s”; this can't be done now.",
                        name=record.name,
                        state=labels[record.state],
                    )
                )
        self.sudo().with_context(ai_import_gate=_STATE_GATE).write({**values, "state": state})

    @api.model
    def _check_importer(self):
        if not (self.env.su or self.env.user.has_group(REVIEWER)):
            raise AccessError(self.env._("Only a Bookkeeping Reviewer imports bank files."))

    # === IMPORTING === #

    @api.model
    def import_file(self, journal_id, filename, content_base64, mapping=None, allow_other_account=False):
        """Import a bank file into a journal.

        :param int journal_id: a bank, cash or card journal
        :param str content_base64: the file
        :param dict mapping: how to read a sheet (column numbers from 0, see readers.bankfile.SheetMapping); what the
            journal's last sheet with this header was read with, else a guess, if not given
        :param bool allow_other_account: the file belongs to this journal although it names an unknown account
        :return: id of the import; a large one is still waiting for its job
        :raise UserError: naming file and line; nothing was imported then
        """
        self._check_importer()
        filename = str(filename or self.env._("bank file"))[:200]
        request = {
            "journal_id": journal_id,
            "filename": filename,
            "data": reading.decoded(self.env, filename, content_base64),
            "mapping": mapping,
            "allow_other_account": bool(allow_other_account),
        }
        return self._import_many([request]).id

    @api.model
    def _import_many(self, requests):
        """Import files, all or none: one import per request (see the reader)."""
        self._check_importer()
        plan_list = [(self._plan(request), request) for request in requests]
        problems = [sentence for plan, _request in plan_list for _code, sentence in plan.problems]
        if problems:
            raise UserError("\n".join(problems))
        background = sum(len(plan.new) for plan, _request in plan_list) > self._background_lines()
        imports = self.browse()
        for plan, request in plan_list:
            self._lock_journal(plan.journal)
            if imports:
                # An earlier file of this very call may have brought some of the lines.
                plan = self._plan(request)
            imports += self._hold(plan, request) if plan.waits else self._start(plan, request, background)
        imports._offer_cut_over()
        return imports

    @api.model
    def _background_lines(self):
        stored = self.env["ir.config_parameter"].sudo().get_param("ai_bookkeeper.import_background_lines")
        return int(stored) if stored and stored.isdigit() else BACKGROUND_LINES

    @api.model
    def _accounts_of(self, journal):
        """The accounts of the files that were imported into a journal."""
        done = self.sudo()._read_group(
            [("journal_id", "=", journal.id), ("state", "=", "done"), ("account_number", "not in", (False, ""))],
            ["account_number"],
        )
        return [account for (account,) in done]

    @api.model
    def _lock_journal(self, journal):
        """Two imports into one journal at the same time would not see each other's lines."""
        key = SQL("hashtext(%s), %s", self._table, journal.id)
        if not self.env.execute_query(SQL("SELECT pg_try_advisory_xact_lock(%s)", key))[0][0]:
            raise UserError(
                self.env._(
                    "Another import into %(journal)s is running. Wait until it is done, then try again.",
                    journal=journal.display_name,
                )
            )

    @api.model
    def _start(self, plan, request, background):
        """Make the record of a checked plan, and carry it out or queue it."""
        record = self._keep(plan, request)
        record._carry_out(plan, background)
        return record

    @api.model
    def _keep(self, plan, request):
        """The record of a checked plan, with its file."""
        record = self.sudo().create(self._prepare_values(plan, request)).sudo(self.env.su)
        record._keep_file(request["data"])
        if request.get("mapping") and plan.part.signature:
            self.env["ai.bank.import.mapping"]._remember(plan.journal, plan.part.signature, request["mapping"])
        return record

    def _carry_out(self, plan, background):
        """Make what is planned, or leave it to a job."""
        self._adopt_lines(plan)
        if background and plan.new:
            self._move_to("queued")
            self._enqueue("import")
            return
        self._move_to("running", started=fields.Datetime.now())
        for batch in split_every(BATCH, plan.new, list):
            self._create_lines(plan, batch)
        self._finish(plan)

    @api.model
    def _prepare_values(self, plan, request):
        return {
            "name": request["filename"],
            "journal_id": plan.journal.id,
            "company_id": plan.journal.company_id.id,
            "checksum": hashlib.sha256(request["data"]).hexdigest(),
            "format": plan.part.bank_file.format,
            "account_number": plan.part.account,
            "currency_code": plan.part.currency,
            "mapping": plan.part.mapping,
            "line_count": plan.total,
            "duplicate_count": plan.known,
            "notes": plan.notes,
            "user_id": self.env.uid,
        }

    def _keep_file(self, data):
        # Attachments of a record ask for its write access, which people do not have.
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .create({"name": self.name, "raw": data, "res_model": self._name, "res_id": self.id})
        )
        self.sudo().attachment_id = attachment

    def _adopt_lines(self, plan):
        """Give their keys to lines that another import brought in, so that they are recognised from now on."""
        if not plan.adopted:
            return
        lines = self.env["account.bank.statement.line"]
        # Keys are no accounting data: plain SQL keeps Odoo from rebuilding the entries of these lines.
        self.env.cr.execute(
            SQL(
                "UPDATE account_bank_statement_line l SET ai_fingerprint = v.key "
                "FROM unnest(%s, %s) AS v(id, key) WHERE l.id = v.id AND l.ai_fingerprint IS NULL",
                list(plan.adopted),
                list(plan.adopted.values()),
            )
        )
        lines.invalidate_model(["ai_fingerprint"])

    def _create_lines(self, plan, batch):
        """Create bank lines as the acting person, and see that Odoo kept their dates."""
        currencies = plans.active_currencies(self.env)
        lines = self.env["account.bank.statement.line"].with_company(self.company_id)
        # Nobody wants a message for each bank line that anybody touches later.
        lines = lines.with_context(mail_create_nosubscribe=True)
        made = lines.create([{**plans.line_values(plan, new, currencies), "ai_import_id": self.id} for new in batch])
        for line, new in zip(made, batch, strict=True):
            if line.date != new.line.date:
                raise UserError(
                    self.env._(
                        "%(file)s, line %(line)s: Odoo would book %(date)s on %(other)s because the period is locked. "
                        "Nothing was imported.",
                        file=self.name,
                        line=new.line.source_line,
                        date=day_text(self.env, new.line.date),
                        other=day_text(self.env, line.date),
                    )
                )

    def _make_statements(self, plan):
        """A statement for each one in the file that tells its balances."""
        if plan.part.bank_file.format in plans.WITHOUT_STATEMENT:
            return
        made = self.env["account.bank.statement.line"].search([("ai_import_id", "=", self.id)])
        ids = {line.ai_fingerprint: line.id for line in made}
        statements = self.env["account.bank.statement"].with_company(self.company_id)
        for index, statement in enumerate(plan.part.statements):
            bounds = plan.bounds(index)
            if bounds and bounds != (None, None):
                news = [new for new in (*plan.mine, *plan.new) if new.statement == index]
                values = self._prepare_statement(statement, bounds, news)
                values["line_ids"] = [fields.Command.set([ids[new.key] for new in news])]
                statements += statements.create(values)
        self.sudo().statement_ids = statements

    def _prepare_statement(self, statement, bounds, news):
        start, end = bounds
        if start is None and not self._has_statement_before(min(new.line.date for new in news)):
            # Nothing to compare with: the closing balance is the anchor.
            start = end - sum(new.line.amount for new in news)
        values = {"reference": self.name}
        if statement.name and self.format != "sheet":
            values["name"] = statement.name
        if statement.date:
            values["date"] = statement.date
        if start is not None:
            values["balance_start"] = float(start)
        if end is not None:
            values["balance_end_real"] = float(end)
        return values

    def _has_statement_before(self, day):
        domain = [("journal_id", "=", self.journal_id.id), ("date", "<=", day)]
        return bool(self.env["account.bank.statement"].search_count(domain, limit=1))

    def _finish(self, plan):
        """Statements, counts, log and event; then the proposing begins."""
        self._make_statements(plan)
        created = len(plan.mine) + len(plan.new)
        self._move_to("done", created_count=created, progress=100.0, ended=fields.Datetime.now(), error=False)
        payload = {"checksum": self.checksum, "journal_id": self.journal_id.id, "created": created}
        payload |= {"lines": self.line_count, "duplicates": self.duplicate_count}
        self.env["ai.audit.log"]._append("imported", self, [payload])
        self.env["sync.event"]._emit("bank.imported", self, [payload])
        cron = self.env.ref("ai_bookkeeper.ir_cron_propose", raise_if_not_found=False)
        if cron and created:
            cron.sudo()._trigger()

    # === UNDOING === #

    def action_undo(self):
        """Take the lines and statements of these imports away again, while nothing of them is reconciled."""
        self._check_importer()
        self.check_access("read")
        for record in self:
            record._check_undo()
        payloads = [
            {"checksum": record.checksum, "journal_id": record.journal_id.id, "removed": record.created_count}
            for record in self
        ]
        self.env["ai.audit.log"]._append("import_undone", self, payloads)
        if len(self.line_ids) > self._background_lines():
            self.sudo().removing = True
            self._enqueue("remove")
            return True
        for record in self:
            record._remove_statements()
            record.line_ids.unlink()
            record._removed()
        return True

    def _check_undo(self):
        if not lifecycle.allowed(lifecycle.IMPORT_MOVES, self.state, "undone") or self.removing:
            raise UserError(
                self.env._("The import %(name)s can't be undone now: it is at work, or undone.", name=self.name)
            )
        self._check_untouched()
        if not self.line_ids:
            return
        first = min(self.line_ids.mapped("date"))
        locks = plans.locks_on(self.journal_id, first)
        if locks:
            raise UserError(
                self.env._(
                    "The import %(name)s has lines in a locked period (%(locks)s), so it can't be undone. Ask the "
                    "person who locked it for an exception.",
                    name=self.name,
                    locks=self.company_id._format_lock_dates(locks),
                )
            )

    def _check_untouched(self):
        count = self._touched_count()
        if count:
            raise UserError(
                self.env._(
                    "%(count)s line(s) of %(name)s are reconciled already. Undo these first (open the lines, choose "
                    "the reconciled ones, Undo), then undo the import.",
                    count=count,
                    name=self.name,
                )
            )

    def _touched_count(self):
        """How many lines are booked or matched, wholly or in part."""
        journal = self.journal_id
        own_accounts = (journal.default_account_id + journal.suspense_account_id).ids
        groups = self.env["account.move.line"]._read_group(
            [
                ("move_id", "in", self.line_ids.move_id.ids),
                "|",
                "|",
                ("account_id", "not in", own_accounts),
                ("matched_debit_ids", "!=", False),
                ("matched_credit_ids", "!=", False),
            ],
            ["move_id"],
        )
        return len(groups)

    def _remove_statements(self):
        # Odoo refuses to delete lines of a complete statement.
        self.statement_ids.exists().unlink()

    def _removed(self):
        """Everything is gone: a person undid it, or it failed on its way."""
        counts = {"created_count": 0, "progress": 0.0, "removing": False, "ended": fields.Datetime.now()}
        if self.state == "running":
            self._move_to("failed", **counts)
            return
        payload = {"checksum": self.checksum, "journal_id": self.journal_id.id, "removed": self.created_count}
        self._move_to("undone", **counts)
        self._drop_jobs()
        self.env["sync.event"]._emit("bank.import_undone", self, [payload])

    # === ACTIONS === #

    def action_retry(self):
        """Try a failed import once more, in the background."""
        self._check_importer()
        self.check_access("read")
        if self.line_ids:
            raise UserError(self.env._("Undo the import first: some of its bank lines are still there."))
        self._move_to("queued", error=False, progress=0.0)
        self._retry_jobs()
        return True

    def action_open_lines(self):
        """Show the bank lines that came with these imports."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.account_bank_statement_line_action")
        return {**action, "domain": [("ai_import_id", "in", self.ids)], "context": {}}

    def action_download(self):
        """Get the imported file back as it was."""
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": f"/web/content/{self.attachment_id.id}?download=1"}
