"""Reconciliation statements as files, for who may read them."""

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import content_disposition, request


class ReconciliationController(http.Controller):
    @http.route(
        "/ai_bookkeeper/reconciliation/<int:journal_id>/<string:day>.<string:form>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def file(self, journal_id, day, form, version=None, companies="", **_other):
        asked = int(version) if (version or "").isdecimal() else None
        chosen = [int(part) for part in companies.split("-") if part.isdecimal()]
        statements = request.env["ai.bank.reconciliation"]
        if chosen:
            # The companies that are switched on in the browser; those that are not the user's are refused below.
            statements = statements.with_context(allowed_company_ids=chosen)
        try:
            name, mimetype, content = statements._file(journal_id, day, form, asked)
        except AccessError:
            return request.not_found()
        except UserError as error:
            return request.make_response(str(error), [("Content-Type", "text/plain; charset=utf-8")], status=400)
        headers = [
            ("Content-Type", mimetype),
            ("Content-Disposition", content_disposition(name)),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
        ]
        return request.make_response(content, headers)
