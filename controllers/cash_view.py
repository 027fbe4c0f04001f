"""The cash view as a file."""

from odoo import http
from odoo.http import content_disposition, request

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class CashViewController(http.Controller):
    @http.route("/ai_bookkeeper/cash_view", type="http", auth="user", methods=["GET"], sitemap=False)
    def workbook(self, scope="", **_other):
        name, content = request.env["ai.cash.view"]._workbook(scope)
        headers = [("Content-Type", _XLSX), ("Content-Disposition", content_disposition(name))]
        return request.make_response(content, [*headers, ("Cache-Control", "no-store")])
