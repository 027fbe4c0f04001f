"""What all jobs of connections have in common."""

import json

from odoo import models
from odoo.exceptions import UserError

from ...clients import http
from ...clients.errors import ClientError
from ..sync.connections.sync_connection_guard import COPIED
from ..sync.connections.sync_connection_lifecycle import REFUSED
from ..sync.queue.sync_handler import NotNowError

JSON = "application/json"


class SyncConnectionHandler(models.AbstractModel):
    """Base of ``sync.handler.push`` and ``sync.handler.pull``."""

    _name = "sync.connection.handler"
    _inherit = "sync.handler"
    _description = "Handler of Jobs of Connections"
    _lane = "http"

    def _ready(self, job):
        """The connection, if something may be sent through it now.

        :raise NotNowError: it is paused, or needs a person: its jobs wait for that
        :raise UserError: it may not
        """
        # The system works here; what a person may see was checked when the job was made.
        connection = job.sudo().connection_id.with_company(job.company_id)
        if connection.state in ("paused", "broken"):
            raise NotNowError(self.env._("%(name)s was stopped at this moment.", name=connection.name))
        if connection.state != "connected":
            raise UserError(
                self.env._("%(name)s is not connected: connect or resume it, then retry.", name=connection.name)
            )
        if not connection.is_armed:
            connection._break(COPIED, connection.guard_text)
            raise NotNowError(connection.guard_text)
        return connection

    def _send(self, request):
        """Send; an answer that was to be JSON and is none says nothing about what was done."""
        reply = http.send(request)
        if request.headers.get("Accept") == JSON and reply.body:
            try:
                json.loads(reply.body)
            except ValueError:
                text = "The other side answered with something that is no JSON."
                raise ClientError(text, maybe_done=request.method != "GET") from None
        return reply

    def _attempted(self, job, request, reply, error, duration_ms):
        """Health of the connection; refused credentials stop it, for no other job would fare better."""
        connection = job.sudo().connection_id
        self.env["sync.connection.health"]._note(connection.id, str(error) if error else None)
        if error and error.status in connection._connector()._refusals:
            connection._break(
                REFUSED,
                self.env._("%(name)s does not accept the credentials any more: connect again.", name=connection.name),
            )

    def _explain(self, job, reason):
        name = job.sudo().connection_id.name
        if reason == "http_401":
            return (
                self.env._("%(name)s does not accept the credentials.", name=name),
                self.env._("Open the connection and connect again; its jobs then go on by themselves."),
            )
        if reason == "http_404":
            return (
                self.env._("%(name)s does not find it: it may have been deleted there.", name=name),
                self.env._("Look there. Retry when it is back, or cancel."),
            )
        return ("", "")
