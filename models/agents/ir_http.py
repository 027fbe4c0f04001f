"""The door of agents: each call is counted, and errors say what to do and nothing about the server."""

from http import HTTPStatus

from psycopg2.errors import LockNotAvailable
from psycopg2.extensions import TransactionRollbackError
from werkzeug.exceptions import HTTPException, Unauthorized

from odoo import models
from odoo.exceptions import ConcurrencyError, LockError, UserError
from odoo.http import request

from ..errors import RetryLaterError

LOCK_SECONDS = 2
#: What is left of a collision after Odoo tried five times.
BUSY = (ConcurrencyError, TransactionRollbackError, LockNotAvailable)


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _authenticate(cls, endpoint):
        result = super()._authenticate(endpoint)
        # Only a bearer makes an agent. Not while core authenticates: it turns other refusals into "access denied".
        request.ai_agent_calls = bool(request.env.uid) and request.env["ai.agent"]._is_agent(request.env.user)
        if request.ai_agent_calls:
            request.env["ai.agent"]._admit(request.httprequest.content_length or 0)
        return result

    @classmethod
    def _dispatch(cls, endpoint):
        if getattr(request, "ai_agent_calls", False) and "context" in request.params:
            # A context switches parts of Odoo off and fills in defaults; of a program's only its language is heard.
            told = request.params["context"]
            known = {code for code, _name in request.env["res.lang"].get_installed()}
            lang = told.get("lang") if isinstance(told, dict) else None
            request.params["context"] = {"lang": lang} if isinstance(lang, str) and lang in known else {}
        return super()._dispatch(endpoint)

    @classmethod
    def _handle_error(cls, exception):
        response = super()._handle_error(exception)
        # Who has no valid key is told no more than an agent.
        is_outsider = getattr(request, "ai_agent_calls", False) or isinstance(exception, Unauthorized)
        if not is_outsider or request.dispatcher.routing_type != "json2":
            return response
        reply = request.make_json_response(cls._ai_error_body(exception), status=cls._ai_status(exception, response))
        if isinstance(exception, Unauthorized):
            reply.headers.extend((name, value) for name, value in exception.get_headers() if name != "Content-Type")
        seconds = cls._ai_retry_after(exception)
        if seconds:
            reply.headers["Retry-After"] = str(seconds)
        return reply

    @classmethod
    def _ai_error_body(cls, exception):
        """Core's shape without the traceback; unforeseen errors without their words, which may quote rows."""
        kind = type(exception)
        body = {"name": f"{kind.__module__}.{kind.__name__}", "arguments": [], "context": {}, "debug": ""}
        if isinstance(exception, UserError):
            return {**body, "message": str(exception), "context": getattr(exception, "context", {})}
        if isinstance(exception, HTTPException):
            return {**body, "message": exception.description}
        if isinstance(exception, RecursionError):
            return {**body, "message": "The body is nested too deeply."}
        if isinstance(exception, BUSY):
            return {**body, "message": "The server is busy with the same records. Try again."}
        message = "The call failed and changed nothing. Check its arguments; the server's log has the details."
        return {**body, "name": "odoo.http.InternalServerError", "message": message}

    @classmethod
    def _ai_status(cls, exception, response):
        if isinstance(exception, RecursionError):
            return HTTPStatus.BAD_REQUEST
        return HTTPStatus.SERVICE_UNAVAILABLE if isinstance(exception, BUSY) else response.status_code

    @classmethod
    def _ai_retry_after(cls, exception):
        if isinstance(exception, RetryLaterError):
            return exception.retry_after
        return LOCK_SECONDS if isinstance(exception, (LockError, *BUSY)) else 0
