"""Reading one page of what changed on the other side of a connection."""

import json

from odoo import models

from ...clients.errors import ClientError
from .sync_handler_push import _as_reply


class SyncHandlerPull(models.AbstractModel):
    """Each item of a page is kept as an intake in the transaction that advances the cursor: nothing is lost between,
    and what can't be understood holds up nobody else. Pages of a stream are read one after the other."""

    _name = "sync.handler.pull"
    _inherit = "sync.connection.handler"
    _description = "Read from a Connection"

    def _prepare(self, job):
        connection = self._ready(job)
        if not connection.is_reading:
            return None
        stream = self._stream(job)
        cursor = self.env["sync.cursor"]._of(connection, stream)
        return connection._connector()._ask(connection, stream, cursor.value or None)

    def _stream(self, job):
        return (job.payload or {}).get("stream") or ""

    def _record(self, job, reply):
        connection, stream = job.sudo().connection_id, self._stream(job)
        if connection.state == "disconnected":
            return
        cursor = self.env["sync.cursor"]._of(connection, stream)
        try:
            page = connection._connector()._page(connection, stream, cursor.value or None, _as_reply(reply))
        except ValueError as error:
            raise ClientError(self.env._("The answer can't be understood.")) from error
        echoes = self._echoes(connection, page["items"])
        items = [item for item in page["items"] if _name(item) not in echoes]
        self._keep(connection, stream, items)
        has_moved = page["cursor"] != cursor.value
        cursor._advance(page["cursor"], len(items), len(echoes))
        if page["more"] and has_moved:
            connection._poll_now({(connection.id, stream)})

    def _echoes(self, connection, items):
        """Names of those that we wrote ourselves, or that say what we have: by version or content, never by time."""
        bindings = self.env["sync.binding"].sudo()
        remote_ids = [str(item["remote_id"]) for item in items]
        found = bindings.search([("connection_id", "=", connection.id), ("remote_id", "in", remote_ids)])
        known = {row.remote_id: row for row in found}
        return {_name(item) for item in items if self._is_echo(known.get(str(item["remote_id"])), item)}

    def _is_echo(self, binding, item):
        if not binding or binding.state != "synced":
            return False
        is_same_version = bool(item.get("version")) and binding.remote_version == str(item["version"])
        return is_same_version or bool(item.get("content_hash")) and binding.content_hash == item["content_hash"]

    def _keep(self, connection, stream, items):
        """Stored raw; an item that came before is dropped by its id and version."""
        for item in items:
            told = {"stream": stream, "remote_id": item["remote_id"], "version": item["version"], "body": item["body"]}
            body = json.dumps(told, sort_keys=True).encode()
            self.env["sync.intake"].sudo()._take(connection, "poll", f"{stream}:{_name(item)}", body)


def _name(item):
    return f"{item['remote_id']}:{item['version']}"
