"""The page on which a person approves or refuses spending. The link is the right; reading decides nothing."""

from odoo import http
from odoo.http import content_disposition, request

from odoo.addons.portal.controllers.portal import CustomerPortal

from .ask import HEADERS, link_page

#: A note and a button.
FORM_LIMIT = 64 * 1024
#: What a browser shows by itself; anything else is saved.
SHOWN = ("application/pdf", "image/jpeg", "image/png", "image/webp")


class ApproveController(http.Controller):
    @http.route("/ai_bookkeeper/approve/<string:token>", type="http", auth="public", methods=["GET"], sitemap=False)
    def show(self, token, **_other):
        page = request.env["ai.approval"]._page_by_token(token, request.httprequest.remote_addr)
        return self._answer(page)

    @http.route(
        "/ai_bookkeeper/approve/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        max_content_length=FORM_LIMIT,
    )
    def decide(self, token, decision=None, note=None, **_other):
        values = {"decision": decision, "note": note}
        page = request.env["ai.approval"]._decide_by_token(token, request.httprequest.remote_addr, values)
        return self._answer(page, note or "")

    @http.route(
        "/ai_bookkeeper/approve/<string:token>/document", type="http", auth="public", methods=["GET"], sitemap=False
    )
    def document(self, token, **_other):
        found = request.env["ai.approval"]._document_by_token(token, request.httprequest.remote_addr)
        if not found:
            return request.not_found()
        name, media_type, content = found
        shown = "inline" if media_type in SHOWN else "attachment"
        headers = {
            **HEADERS,
            "Content-Type": media_type,
            "Content-Disposition": content_disposition(name, shown),
            # The page of the same site shows it beside the buttons.
            "X-Frame-Options": "SAMEORIGIN",
            "Content-Security-Policy": "default-src 'none'; frame-ancestors 'self'",
        }
        return request.make_response(content, list(headers.items()))

    def _answer(self, page, typed=""):
        note = typed if page and page.get("error") else ""
        return link_page(page, "ai_bookkeeper.approval_page", {"typed_note": note})


class ApprovalPortal(CustomerPortal):
    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "ai_approval_count" in counters:
            values["ai_approval_count"] = request.env["ai.approval"]._count_mine()
        return values

    @http.route("/my/approvals", type="http", auth="user", website=True, sitemap=False)
    def my_approvals(self, **_other):
        return request.render(
            "ai_bookkeeper.portal_my_approvals",
            {"approvals": request.env["ai.approval"]._mine(), "page_name": "ai_approvals"},
        )
