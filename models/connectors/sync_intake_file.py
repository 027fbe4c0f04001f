"""What became of a file: bank lines, drafts, or a question to a person."""

import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..audit.readable import by_company_only
from .sync_connector_file import day_text


class SyncIntake(models.Model):
    _inherit = "sync.intake"

    journal_id = fields.Many2one("account.journal", readonly=True, help="What a person answered.")
    import_ids = fields.One2many("ai.bank.import", "intake_id", readonly=True, string="Imports")
    move_ids = fields.One2many("account.move", "ai_intake_id", readonly=True, string="Documents")
    import_count = fields.Integer(compute="_compute_results")
    move_count = fields.Integer(compute="_compute_results")
    needs_journal = fields.Boolean(readonly=True)
    needs_columns = fields.Boolean(readonly=True)

    def _compute_results(self):
        # Who reads the intake sees how many there are; opening them takes the right to read them.
        for intake in self.sudo():
            intake.import_count = len(intake.import_ids)
            intake.move_count = len(intake.move_ids)

    # === CLOSED JOURNALS === #

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            domain = Domain(domain) & self._open_journals()
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        checked = self - result[0] if result else self
        shown = self._open_journals()
        if not checked or shown.is_true():
            return result
        hidden = checked - checked.sudo().filtered_domain(shown).sudo(False)
        if not hidden:
            return result
        forbidden = hidden + result[0] if result else hidden
        return forbidden, lambda: AccessError(self.env._("This is for a journal that is closed to you."))

    @api.model
    def _open_journals(self):
        """What went, or will go, to a journal that the user may not read is not shown: nor is its name."""
        journals = self.env["account.journal"]
        if self.env.su or by_company_only(journals):
            return Domain.TRUE
        readable = journals.with_context(active_test=False).search([]) if journals.has_access("read") else journals
        is_closed = Domain("journal_id", "not in", [False, *readable.ids])
        wanted = Domain("bank_journal_id", "not in", [False, *readable.ids])
        wanted |= Domain("document_journal_id", "not in", [False, *readable.ids])
        return (
            ~is_closed
            & ~Domain("connection_id", "any!", wanted)
            & ~Domain("import_ids", "any!", is_closed)
            & ~Domain("move_ids", "any!", is_closed)
        )

    # === THE SAME FILE TWICE === #

    def _same_before(self):
        """In words: when the same file came, and what became of it; empty when it is new. Read by the job."""
        self.ensure_one()
        earlier = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("checksum", "=", self.checksum),
                ("id", "<", self.id),
                ("state", "in", ("done", "asking")),
            ],
            limit=1,
        )
        if earlier:
            return self.env._(
                "The same file came on %(date)s already: %(outcome)s",
                date=day_text(self.env, earlier.received_at),
                outcome=earlier.outcome or "",
            )
        imported = self.env["ai.bank.import"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("checksum", "=", self.checksum),
                ("state", "=", "done"),
                ("intake_id", "=", False),
            ],
            limit=1,
        )
        if imported:
            return self.env._(
                "%(name)s imported the same file into %(journal)s on %(date)s already.",
                name=imported.user_id.display_name,
                journal=imported.journal_id.display_name,
                date=day_text(self.env, imported.create_date),
            )
        return self._same_document()

    def _same_document(self):
        attachment = self.env["ir.attachment"].search(
            [
                ("checksum", "=", hashlib.sha1(self._data(self.connection_id._connector()._most_bytes)).hexdigest()),
                ("res_model", "=", "account.move"),
                ("company_id", "in", (self.company_id.id, False)),
            ],
            order="id",
        )
        moves = self.env["account.move"].browse(attachment.mapped("res_id")).exists()
        move = moves.filtered(lambda move: move.company_id == self.company_id and move.ai_intake_id != self)[:1]
        if not move:
            return ""
        return self.env._("The same file is on %(name)s already.", name=move.display_name)

    # === ASKING === #

    def _ask_for(self, question, journal=False, columns=False):
        self._ask(question)
        self.sudo().write({"needs_journal": journal, "needs_columns": columns})

    def action_answer(self, journal_id):
        """The file belongs to this journal: import it there."""
        self._check_people()
        self.ensure_one()
        journal = self.env["account.journal"].browse(journal_id if isinstance(journal_id, int) else ()).exists()
        if self.state != "asking":
            raise UserError(self.env._("Nothing is asked here any more."))
        if not journal or journal.company_id != self.company_id or journal.type not in ("bank", "cash", "credit"):
            raise UserError(self.env._("Choose a bank, cash or card journal of %(name)s.", name=self.company_id.name))
        journal.check_access("read")
        # People read these rows only; this is the way to write what they answered.
        self.sudo().write({"journal_id": journal.id, "needs_journal": False})
        self.env["ai.audit.log"]._append("intake_answered", self, [{"journal_id": journal.id}])
        return self.action_retry()

    def action_import_by_hand(self):
        """Open the import dialog with this file, to say what its columns mean."""
        self._check_people()
        self.ensure_one()
        self.env["ai.bank.import"]._check_importer()
        record = self.sudo()
        if record.state != "asking" or not record.needs_columns:
            raise UserError(self.env._("Nothing is to be imported by hand here."))
        start = self.env["ai.bank.import.start"].create(
            {"filename": record.name or "statement.csv", "data": record.body}
        )
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_bank_import_start_action")
        return {**action, "res_id": start.id}

    # === SCREENS === #

    def action_open_result(self):
        """The imports and documents that came of it."""
        self.check_access("read")
        if self.import_ids:
            action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_bank_import_action")
            return self._narrowed(action, self.import_ids)
        action = self.env["ir.actions.act_window"]._for_xml_id("account.action_move_in_invoice_type")
        return self._narrowed(action, self.move_ids)

    def _narrowed(self, action, records):
        narrowed = {**action, "domain": [("id", "in", records.ids)], "context": {}}
        if len(records) == 1:
            narrowed |= {"res_id": records.id, "views": [(False, "form")], "view_mode": "form"}
        return narrowed
