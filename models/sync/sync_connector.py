"""How one kind of other system is spoken to. ``sync.connection`` of kind ``x`` uses ``sync.connector.x``."""

from odoo import models


class SyncConnector(models.AbstractModel):
    """Contract of the sync desk with a kind of system; the conformance tests hold every connector to it."""

    _name = "sync.connector"
    _description = "Connector"
    #: Event names of ``engine.vocabulary.SYNC_EVENTS`` after which the state of the record is sent.
    _sends_after = ()

    def _client(self, connection):
        """Values that the client of this system needs (address, credentials, proxy)."""
        raise NotImplementedError

    def _pull(self, connection, cursor):
        """One page of what changed there.

        :return: ``{"items": [...], "cursor": str, "more": bool}``
        """
        raise NotImplementedError

    def _push(self, connection, record):
        """The ``clients.http.Request`` that brings the state of ``record`` there, idempotent by its key."""
        raise NotImplementedError

    def _pushed(self, connection, record, reply):
        """Values of the binding from the reply: ``{"remote_id", "remote_version"}``."""
        raise NotImplementedError

    def _probe(self, connection, record, idempotency_key):
        """See ``sync.handler._probe``."""
        return None

    def _verify(self, connection, event):
        """Whether something that came in (``{"headers", "body", "path", "received_at"}``, body in bytes) is genuine.

        Constant time; no side effects; never raises.
        """
        return False

    def _understand(self, connection, intake):
        """Do what a verified ``sync.intake`` asks for. Runs in a job."""
        raise NotImplementedError
