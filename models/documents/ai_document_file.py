"""What people do with a document: upload it, file it as not a bill and back, have it read again."""

import base64
import binascii

from odoo import api, models
from odoo.exceptions import UserError

from ...engine.vocabulary import APPLIED, OPEN_STATES
from .ai_document import NOT_BILL, QUEUED, READ, READING


class AiDocument(models.Model):
    _inherit = "ai.document"

    # === UPLOADING === #

    @api.model
    def upload(self, name: str, datas: str, journal_id: int | None = None) -> dict:
        """Make the draft bill of one file and have the file read.

        :param name: of the file
        :param datas: its content in base64
        :param journal_id: a purchase journal; the company's first one if left out
        :returns: ``{"document_id": id or False, "move_id": id, "name": file, "error": sentence or False}``
        :raises AccessError: for who is no reviewer
        :raises UserError: without a purchase journal, and for content that is no base64
        """
        self._check_reviewer()
        try:
            content = base64.b64decode(datas or "", validate=True)
        except (binascii.Error, ValueError, TypeError):
            raise UserError(self.env._("The file came in damaged. Upload it again.")) from None
        if not content:
            raise UserError(self.env._("%(name)s is empty.", name=name))
        journal = self._purchase_journal(journal_id)
        attachment = self.env["ir.attachment"].create({"name": name or "document", "raw": content})
        move = journal.with_context(
            default_journal_id=journal.id, default_move_type="in_invoice"
        )._create_document_from_attachment(attachment.ids)[:1]
        document = self.search([("move_id", "=", move.id)], limit=1)
        return {"document_id": document.id, "move_id": move.id, "name": name, "error": document.error}

    @api.model
    def _purchase_journal(self, journal_id):
        domain = [("type", "=", "purchase"), *self.env["account.journal"]._check_company_domain(self.env.company)]
        if journal_id:
            domain.append(("id", "=", journal_id))
        journal = self.env["account.journal"].search(domain, limit=1)
        if not journal:
            company = self.env.company.name
            raise UserError(self.env._("%(company)s has no such purchase journal.", company=company))
        return journal

    # === FILING === #

    def action_not_bill(self):
        """File it as not a bill: nothing is proposed for its draft any more. The file stays."""
        self._check_steps()
        for document in self.sudo():
            document._close_suggestions(document.env._("Filed as not a bill."))
            document.state = NOT_BILL
        self.env["ai.audit.log"]._append("document_filed", self, [{"is_bill": False}] * len(self))
        return True

    def action_is_bill(self):
        """It is a bill after all: what was read is proposed for its draft."""
        self._check_steps()
        for document in self.sudo().filtered(lambda each: each.state == NOT_BILL):
            told = document.reading
            if told and told["kind"] not in ("bill", "credit_note", "receipt"):
                document.reading = {**told, "kind": "bill"}
                document.kind = "bill"
            document.write({"state": READ if told else QUEUED, "is_proposed": False})
            document._enqueue()
        self.env["ai.audit.log"]._append("document_filed", self, [{"is_bill": True}] * len(self))
        return True

    # === READING AGAIN === #

    def read_again(self):
        """Read the files again, with what was learned since. What people said of their fields stays."""
        self._check_steps()
        for document in self.sudo():
            if document._applied():
                raise UserError(
                    self.env._("%(name)s is booked. Undo its suggestion first, then read it again.", name=document.name)
                )
            document._again()
        self.env["ai.audit.log"]._append("document_read_again", self)
        return True

    # === RIGHTS === #

    def _check_steps(self):
        """Reviewers who may write the drafts; while a file is read, nobody."""
        self._check_reviewer()
        self.check_access("read")
        moves = self.sudo().move_id.sudo(False)
        moves.check_access("write")
        if self.filtered(lambda each: each.state == READING):
            raise UserError(self.env._("It is being read at this moment. Wait until it is done."))

    def _applied(self):
        return self.env["ai.suggestion"].search_count(
            [("res_model", "=", "account.move"), ("res_id", "in", self.move_id.ids), ("state", "=", APPLIED)], limit=1
        )

    def _close_suggestions(self, why):
        self.env["ai.suggestion"].search(
            [("res_model", "=", "account.move"), ("res_id", "in", self.move_id.ids), ("state", "in", OPEN_STATES)]
        )._supersede(why)
