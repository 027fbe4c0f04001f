"""Pages as pictures: what a person sees, with the words' boxes lying on it."""

import base64
import json

from odoo import api, fields, models

from ...readers.document import DocumentError, Page, render_apart
from ...readers.thumbnail import thumbnail

#: Pictures of a document that are kept; further pages are drawn when somebody looks at them.
MOST_PICTURES = 30
WIDTH = 1400
#: What PostgreSQL takes as a number of a row.
MOST_ID = 2**31 - 1
WIDTHS = (200, 2400)


class AiDocumentPage(models.Model):
    """The picture of one page, as its words' boxes lie on it. Nobody has rights here; documents hand pictures out."""

    _name = "ai.document.page"
    _description = "Page of a Document"
    _log_access = False

    document_id = fields.Many2one("ai.document", required=True, readonly=True, index=True, ondelete="cascade")
    number = fields.Integer(required=True, readonly=True)
    picture = fields.Binary(readonly=True, attachment=True)


class AiDocument(models.Model):
    _inherit = "ai.document"

    page_ids = fields.One2many("ai.document.page", "document_id", readonly=True, groups=fields.NO_ACCESS)

    def _keep_pictures(self, pictures):
        """Keep the pictures of pages; those of earlier slices of a long file stay.

        :param pictures: {page number: PNG or None}
        """
        if not self.next_page:
            self.page_ids.unlink()
            self.thumbnail = False
        known = set(self.page_ids.mapped("number"))
        fresh = {number: picture for number, picture in sorted(pictures.items()) if picture and number not in known}
        kept = dict(list(fresh.items())[: max(MOST_PICTURES - len(known), 0)])
        self.env["ai.document.page"].create(
            [
                {"document_id": self.id, "number": number, "picture": base64.b64encode(picture)}
                for number, picture in kept.items()
            ]
        )
        if kept and not self.thumbnail:
            self.thumbnail = base64.b64encode(thumbnail(kept[min(kept)]))

    def _pages(self):
        """Pages with their words, as ``readers.document`` told them."""
        self.ensure_one()
        stored = self.sudo().pages
        return json.loads(base64.b64decode(stored)) if stored else []

    def page_words(self, page: int = 1) -> list[list]:
        """The words of a page with their boxes, for who may read the draft.

        :param page: number of the page, from 1
        :returns: ``[text, x0, y0, x1, y1]`` of each word in reading order; coordinates are fractions of the page
        :raises AccessError: without the right to read the draft
        """
        self.ensure_one()
        self.check_access("read")
        for found in self._pages():
            if found["number"] == page:
                return [list(word[:5]) for word in found["words"]]
        return []

    @api.model
    def _page_picture(self, document_id, page, width=None):
        """PNG of a page; None when there is no such document or page for this user.

        :param int width: pixels; None: as it is kept
        """
        if max(document_id, page) > MOST_ID:
            return None
        document = self.browse(document_id).exists()
        if not document or not document.has_access("read"):
            return None
        # The right to see the draft was asked; pictures have no rights of their own.
        found = self.env["ai.document.page"].sudo()
        kept = found.search([("document_id", "=", document.id), ("number", "=", page)], limit=1)
        if kept:
            return base64.b64decode(kept.picture)
        return document._draw(page, width or WIDTH)

    def _draw(self, page, width):
        """Draw a page of which no picture is kept, in a process of its own; None when it can't be drawn."""
        told = next((row for row in self._pages() if row["number"] == page), None)
        if not told:
            return None
        content = self.sudo().picture_id.raw or self._content()
        try:
            return render_apart(content, Page.from_json(told), min(max(width, WIDTHS[0]), WIDTHS[1]))
        except DocumentError:
            return None
