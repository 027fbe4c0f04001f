"""The public address where other systems send what happened there. Who holds no signature learns nothing here."""

from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from odoo import http
from odoo.http import request

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "X-Robots-Tag": "noindex, nofollow"}
#: ``ai_raw_body`` keeps the form parser away.
ROUTE = {
    "type": "http",
    "auth": "none",
    "methods": ["POST"],
    "csrf": False,
    "save_session": False,
    "sitemap": False,
    "readonly": False,
    "ai_raw_body": True,
}


class HookController(http.Controller):
    """No session, no cookie, no words: a status and an empty body."""

    @http.route("/ai_bookkeeper/hook/<string:token>", **ROUTE)
    def take(self, token):
        httprequest = request.httprequest
        status, wait = request.env["sync.intake"]._receive(
            token, dict(httprequest.headers), self._read, httprequest.remote_addr
        )
        return self._answer(status, wait)

    @http.route("/ai_bookkeeper/hook/test", **ROUTE)
    def test(self):
        told = request.env["sync.connection"]._answer_hook_test(
            self._read, request.httprequest.environ, request.httprequest.remote_addr
        )
        return request.make_json_response(told, headers=HEADERS) if told else self._answer(401)

    def _read(self, limit):
        """The raw body; None when it is longer, told by its length before it is read where it has one."""
        # One more than the limit: a body in chunks that is cut off there would pass for one that ends there.
        request.httprequest.max_content_length = limit + 1
        try:
            # Kept: the request is served again when its transaction collides with another.
            body = request.httprequest.get_data()
            return body if len(body) <= limit else None
        except RequestEntityTooLarge:
            return None
        except (ClientDisconnected, OSError):
            # Cut off on its way, or no chunks at all: nothing that a signature could fit.
            return b""

    def _answer(self, status, wait=0):
        headers = {**HEADERS, **({"Retry-After": str(wait)} if wait else {})}
        return request.make_response("", headers=list(headers.items()), status=status)
