"""Figures for a monitoring system. The token is the right."""

from odoo import http
from odoo.http import request


class MetricsController(http.Controller):
    @http.route(
        "/ai_bookkeeper/metrics", type="http", auth="public", methods=["GET"], save_session=False, sitemap=False
    )
    def metrics(self, **_other):
        headers = request.httprequest.headers
        status, body, content_type = request.env["sync.metrics"]._page(
            headers.get("Authorization"), headers.get("Accept")
        )
        response = request.make_response(
            body, [("Content-Type", content_type), ("Cache-Control", "no-store")], status=status
        )
        if status == 401:
            response.headers["WWW-Authenticate"] = 'Bearer realm="ai_bookkeeper metrics"'
        return response
