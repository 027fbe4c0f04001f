"""Sending the state of a record to the other side of a connection, once for each content."""

import logging
import re
from dataclasses import replace

from odoo import models
from odoo.exceptions import UserError

from ...clients.errors import ClientError
from ...clients.http import Reply
from ...engine.sync import content as contents

_logger = logging.getLogger(__name__)

DERIVED = re.compile(r"^[0-9a-f]{64}$")


class SyncHandlerPush(models.AbstractModel):
    """The key of a push is derived: of company, record, direction and the version of the content. A job that may have
    been taken keeps its key, whatever the record has become since; a later change is a job of its own."""

    _name = "sync.handler.push"
    _inherit = "sync.connection.handler"
    _description = "Send to a Connection"

    # === SENDING === #

    def _prepare(self, job):
        connection = self._ready(job)
        record = self._record_of(job)
        if not record:
            return None
        if not connection.is_sending:
            raise UserError(self.env._("%(name)s does not send: switch sending on, then retry.", name=connection.name))
        connector = connection._connector()
        content = connector._content(connection, record)
        binding, digest = self._binding(job), contents.digest(content)
        if self._is_known(binding, digest) and not (job.payload or {}).get("force"):
            return None
        request = connector._push(connection, record, content, binding.remote_id or None)
        headers = dict(request.headers)
        if job.correlation_id:
            headers["X-Correlation-ID"] = job.correlation_id
        key = job.idempotency_key if self._is_in_doubt(job) else self._key(connection, record, binding, digest)
        return replace(request, headers=headers, idempotency_key=key)

    def _record_of(self, job):
        """The record in the connection's company; empty when it is gone."""
        if job.res_model not in self.env:
            raise UserError(self.env._("The app that this record belongs to is not installed any more."))
        record = self.env[job.res_model].sudo().with_context(active_test=False).with_company(job.company_id)
        return record.browse(job.res_id).exists()

    def _binding(self, job):
        return (
            self.env["sync.binding"]
            .sudo()
            .search(
                [
                    ("res_model", "=", job.res_model),
                    ("res_id", "=", job.res_id),
                    ("connection_id", "=", job.connection_id.id),
                ],
                limit=1,
            )
        )

    def _is_known(self, binding, digest):
        """The other side has it: nothing changed, or the change came from there."""
        return binding.state == "synced" and binding.content_hash == digest

    def _is_in_doubt(self, job):
        return bool(job.intent_at and DERIVED.match(job.idempotency_key or ""))

    def _key(self, connection, record, binding, digest):
        uuid, _url = connection._here()
        version = contents.version(digest, binding.pushed_key)
        company = f"{uuid}:{connection.company_id.id}"
        return contents.idempotency_key(company, f"{record._name},{record.id}", "out", version)

    # === RECORDING === #

    def _record(self, job, reply):
        connection, record, binding = job.sudo().connection_id, self._record_of(job), self._binding(job)
        if connection.state == "disconnected" or not record or binding.pushed_key == job.idempotency_key:
            return
        try:
            values = connection._connector()._pushed(connection, record, _as_reply(reply))
        except ValueError as error:
            # It was taken, and without the remote id there is no way to find it again: the probe asks for it.
            raise ClientError(self.env._("The answer can't be understood."), maybe_done=True) from error
        self.env["sync.binding"].sudo()._acknowledge(
            [
                {
                    "res_model": job.res_model,
                    "res_id": job.res_id,
                    "connection_id": connection.id,
                    "company_id": connection.company_id.id,
                    # The state of now was sent, whatever event it was sent for.
                    "event_id": max(job.event_id or 0, binding.event_id or 0) or None,
                    "content_hash": self._sent_hash(job, connection, record, binding),
                    **values,
                }
            ]
        )
        self._binding(job)._pushed(job.idempotency_key, values.get("remote_version"))

    def _sent_hash(self, job, connection, record, binding):
        """The hash of what was sent; if the record has changed since, one that equals none: the change is sent next."""
        try:
            digest = contents.digest(connection._connector()._content(connection, record))
        except UserError:
            digest = None
        is_same = digest and self._key(connection, record, binding, digest) == job.idempotency_key
        return digest if is_same else f"sent:{job.idempotency_key}"

    # === ASKING === #

    def _probe(self, job):
        connection, record = self._ready(job), self._record_of(job)
        if not record:
            return None
        key = self._probed_key(job, connection, record)
        probe = connection._connector()._probe(connection, record, key)
        # Noted with the intent: what the other side turns out to have is recorded under the key that it has it by.
        return replace(probe, idempotency_key=key) if probe else probe

    def _probed_key(self, job, connection, record):
        """The key it was sent with. A restored database may have forgotten that it was sent at all: then it is the one
        that it would be sent with."""
        if DERIVED.match(job.idempotency_key or ""):
            return job.idempotency_key
        digest = contents.digest(connection._connector()._content(connection, record))
        return self._key(connection, record, self._binding(job), digest)

    def _probed(self, job, reply, error):
        if error and not error.permanent:
            raise error
        connection, record = job.sudo().connection_id, self._record_of(job)
        answer = _as_reply(reply) if reply else None
        key = self._probed_key(job, connection, record)
        found = connection._connector()._probed(connection, record, key, answer, error)
        if found is None:
            return ("again", None)
        return ("done", {"status": found.status, "headers": dict(found.headers), "body": found.body})


def _as_reply(reply):
    return Reply(reply["status"], reply["headers"], reply["body"]) if isinstance(reply, dict) else reply
