"""The page on which a person answers what a bookkeeper asked. The link is the right; reading answers nothing."""

from odoo import http
from odoo.http import request

#: All files of one form together; the model checks each.
UPLOAD_LIMIT = 26 * 1024 * 1024
HEADERS = {
    "Cache-Control": "no-store",
    # The address is a key: other sites shall not learn it.
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "frame-ancestors 'none'; form-action 'self'",
}


def link_page(page, template, typed):
    """The response for what a link shows: ``page`` as the models give it, ``typed`` what the form had."""
    if page is None:
        status, template, values = 404, "ai_bookkeeper.question_page_unknown", {}
    elif page.get("wait"):
        status, template, values = 429, "ai_bookkeeper.question_page_wait", page
    else:
        status, values = 400 if page["error"] else 200, {**typed, **page}
    if page and page.get("lang"):
        request.update_context(lang=page["lang"])
    response = request.render(template, values, status=status)
    response.headers.update(HEADERS)
    if page and page.get("wait"):
        response.headers["Retry-After"] = str(page["wait"])
    return response


class AskController(http.Controller):
    @http.route("/ai_bookkeeper/ask/<string:token>", type="http", auth="public", methods=["GET"], sitemap=False)
    def show(self, token, question=None, answer=None, **_other):
        page = request.env["ai.question.request"]._page_by_token(token, request.httprequest.remote_addr)
        return self._answer(page, {"picked_question": question or "", "picked_answer": answer or ""})

    @http.route(
        "/ai_bookkeeper/ask/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        max_content_length=UPLOAD_LIMIT,
    )
    def take(self, token, question=None, answer=None, note=None, **_other):
        files = [
            (upload.filename, upload.read())
            for upload in request.httprequest.files.getlist("files")
            if upload and upload.filename
        ]
        page = request.env["ai.question.request"]._answer_by_token(
            token,
            request.httprequest.remote_addr,
            {"question": question, "answer": answer, "note": note},
            files,
        )
        picked = {"picked_question": question or "", "picked_answer": answer or "", "typed_note": note or ""}
        return self._answer(page, picked if page and page.get("error") else {})

    def _answer(self, page, picked):
        if picked.get("picked_question", "").isdecimal() and page:
            page["opened"] = int(picked["picked_question"])
        blank = {"picked_question": "", "picked_answer": "", "typed_note": ""}
        return link_page(page, "ai_bookkeeper.question_page", {**blank, **picked})
