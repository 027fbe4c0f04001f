"""Reading one page of what changed on the other side of a connection."""

import json

from odoo import models
from odoo.exceptions import LockError

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
        bindings = self._bindings(connection, page["items"])
        echoes = {_name(item) for item in page["items"] if self._is_echo(bindings.get(str(item["remote_id"])), item)}
        items = [item for item in page["items"] if _name(item) not in echoes]
        self._wait_for_doubts(connection, [item for item in items if str(item["remote_id"]) not in bindings])
        self._keep(job, connection, stream, items)
        has_moved = page["cursor"] != cursor.value
        cursor._advance(page["cursor"], len(items), len(echoes))
        if page["more"] and has_moved:
            connection._poll_now({(connection.id, stream)})

    def _bindings(self, connection, items):
        """{remote id: binding} of those that are known here."""
        remote_ids = [str(item["remote_id"]) for item in items]
        domain = [("connection_id", "=", connection.id), ("remote_id", "in", remote_ids)]
        return {row.remote_id: row for row in self.env["sync.binding"].sudo().search(domain)}

    def _wait_for_doubts(self, connection, strangers):
        """What nobody here knows may be what we sent a moment ago and did not hear of yet: taken for theirs, it would
        be made here a second time. The page is looked at again when that is known.

        :raise LockError: the runner tries again soon, with the same page
        """
        if not strangers:
            return
        self.env.cr.execute(
            """SELECT 1 FROM sync_job
                WHERE connection_id = %s AND kind = 'push' AND intent_at IS NOT NULL
                  AND state IN ('running', 'pending', 'waiting', 'indeterminate') LIMIT 1""",
            (connection.id,),
        )
        if self.env.cr.fetchone():
            raise LockError(self.env._("What was sent there is not known yet; it is read again in a moment."))

    def _is_echo(self, binding, item):
        """Whether we wrote it ourselves, or it says what we have: by version or content, never by time."""
        if not binding:
            return False
        version = str(item.get("version") or "")
        if version and version in {binding.remote_version, *(binding.own_versions or [])}:
            return True
        # Only what was agreed last: somebody there may have gone back to what we sent before that.
        same = bool(item.get("content_hash")) and binding.content_hash == item["content_hash"]
        return same and binding.state == "synced"

    def _keep(self, job, connection, stream, items):
        """Stored raw; an item that came before is dropped by its id and version. Versions of one record keep order."""
        rows = [
            {
                "message_id": f"{stream}:{_name(item)}",
                "body": json.dumps(
                    {
                        "stream": stream,
                        "remote_id": item["remote_id"],
                        "version": item["version"],
                        "body": item["body"],
                    },
                    sort_keys=True,
                ).encode(),
                "correlation_id": job.correlation_id,
                "order_key": f"intake:{connection.id}:{stream}:{item['remote_id']}",
            }
            for item in items
        ]
        self.env["sync.intake"].sudo()._keep(connection, "poll", rows)


def _name(item):
    return f"{item['remote_id']}:{item['version']}"
