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
            self._part(page_numbers=sorted(pages))._store_scan(scan)

    def _part(self, **values):
        """A further document of the same file, with a draft of its own and the same bytes on it."""
        move = self.env["account.move"].create(
            {"move_type": self.move_id.move_type, "journal_id": self.journal_id.id, "company_id": self.company_id.id}
        )
        place = {"res_model": "account.move", "res_id": move.id}
        part = self.create(
            {
                "name": self.name,
                "state": READING,
                "company_id": self.company_id.id,
                "journal_id": self.journal_id.id,
                "move_id": move.id,
                "attachment_id": self.attachment_id.copy(place).id,
                "mail_id": self.mail_id.copy(place).id if self.mail_id else False,
                "mail_sha256": self.mail_sha256,
                "sender": self.sender,
                "sha256": self.sha256,
                "size": self.size,
                "media_type": self.media_type,
                **values,
            }
        )
        # Read in this slice already: its job proposes.
        part._enqueue()
        return part
