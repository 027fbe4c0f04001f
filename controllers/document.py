"""Pictures of documents' pages, for who may read the draft."""

from odoo import http
from odoo.http import request

HEADERS = [
    ("Content-Type", "image/png"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; sandbox"),
    # Another person at the same browser asks again; the same person does not wait twice.
    ("Cache-Control", "private, max-age=600"),
]


class DocumentController(http.Controller):
    @http.route(
        "/ai_bookkeeper/document/<int:document_id>/page/<int:page>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def page(self, document_id, page, width=None, **_other):
        asked = int(width) if (width or "").isdecimal() else None
        picture = request.env["ai.document"]._page_picture(document_id, page, asked)
        if picture is None:
            return request.not_found()
        return request.make_response(picture, HEADERS)
