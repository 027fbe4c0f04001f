"""A file that holds several documents becomes several drafts."""

from odoo import models

from .ai_document import READING


class AiDocument(models.Model):
    _inherit = "ai.document"

    def _split(self, groups, scan):
        """Keep the first group of pages; each other group gets a draft and a document of its own, read already.

        :param groups: page numbers of each document
        :param scan: of the whole file
        """
        first, *others = groups
        self.page_numbers = sorted(first)
        for pages in others:
            move = self.env["account.move"].create(
                {
                    "move_type": self.move_id.move_type,
                    "journal_id": self.journal_id.id,
                    "company_id": self.company_id.id,
                }
            )
            # The same bytes, on each of its drafts.
            attachment = self.attachment_id.copy({"res_model": "account.move", "res_id": move.id})
            mail = self.mail_id.copy({"res_model": "account.move", "res_id": move.id}) if self.mail_id else self.mail_id
            part = self.create(
                {
                    "name": self.name,
                    "state": READING,
                    "company_id": self.company_id.id,
                    "journal_id": self.journal_id.id,
                    "move_id": move.id,
                    "attachment_id": attachment.id,
                    "mail_id": mail.id,
                    "mail_sha256": self.mail_sha256,
                    "sender": self.sender,
                    "sha256": self.sha256,
                    "size": self.size,
                    "media_type": self.media_type,
                    "page_numbers": sorted(pages),
                }
            )
            part._store_scan(scan)
            part._enqueue()
