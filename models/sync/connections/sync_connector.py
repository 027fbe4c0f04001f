"""How one kind of other system is spoken to. ``sync.connection`` of kind ``x`` uses ``sync.connector.x``."""

import json
from dataclasses import replace
from urllib.parse import urlsplit

from odoo import models
from odoo.exceptions import UserError

from ....clients import http
from .. import egress

#: Seconds that a person waits for an answer.
PATIENCE = 15


class SyncConnector(models.AbstractModel):
    """Contract of the sync desk with a kind of system; ``tests/connectors/conformance.py`` holds every one to it.

    A method that returns a ``clients.http.Request`` sends nothing: the runner sends it while no transaction is open,
    and gives the reply to the method beside it. ``_tell`` and ``_pull`` do both at once, for a person who waits.
    """

    _name = "sync.connector"
    _description = "Connector"

    #: Event names of ``engine.vocabulary.SYNC_EVENTS`` after which the state of the record is sent; none: never sends.
    _sends_after = ()
    #: Models whose records are sent.
    _sends_models = ()
    #: What is read by polling, one cursor each (``("invoices", "payments")``); none: never reads.
    _streams = ()
    #: What the connect dialog asks for.
    _needs_address = True
    _needs_account = False
    _needs_credentials = True
    #: Minutes between two polls, unless the connection says otherwise.
    _interval = 15
    #: Statuses that mean our credentials are not accepted any more: the connection stops until a person connects again.
    _refusals = (401,)

    # === CONNECTING === #

    def _client(self, connection):
        """Values that the client of this system needs (address, credentials, proxy)."""
        raise NotImplementedError

    def _check_settings(self, connection, values):
        """What the dialog asked, cleaned: ``{"address", "account"}``.

        :raise UserError: it can't be right
        """
        address = (values.get("address") or "").strip().rstrip("/")
        if address:
            self._check_address(address)
        return {"address": address or False, "account": (values.get("account") or "").strip() or False}

    def _check_address(self, address):
        """:raise UserError: it is no web address, carries a password, or our credentials would travel unencrypted"""
        try:
            parts = urlsplit(address)
            host, _port = parts.hostname, parts.port
        except ValueError:
            host = None
        if not host or parts.scheme not in ("http", "https"):
            raise UserError(self.env._("Write the address like https://shop.example.com"))
        if parts.username or parts.password or parts.query or parts.fragment:
            raise UserError(self.env._("Leave user, password and everything after ? out of the address."))
        if parts.scheme == "http" and not egress.may_be_plain(host):
            raise UserError(self.env._("The address must begin with https: the credentials would travel unencrypted."))

    def _request(self, connection, method, path, values=None, headers=None, **options):
        """A ``Request`` that speaks JSON, through the server's own door to the world.

        :param values: JSON body; None: no body
        """
        credential = connection._credential()
        return http.Request(
            method,
            f"{connection.address}{path}",
            headers={"Accept": "application/json", "Content-Type": "application/json", **(headers or {})},
            body=None if values is None else json.dumps(values, sort_keys=True).encode(),
            secrets=(credential,) if credential else (),
            **{**egress.door(), **options},
        )

    def _hello(self, connection):
        """The ``Request`` that shows whether address and credentials work; False: there is nobody to ask."""
        return False

    def _greeted(self, connection, reply):
        """Who answered: ``{"identity": str, "name": str}``. The identity stays the same while it is the same books."""
        return {"identity": "", "name": ""}

    def _goodbye(self, connection):
        """The ``Request`` that revokes our credentials there; False: they can't be revoked from here."""
        return False

    def _revoke_now(self, connection):
        """Revoke our credentials there, now.

        :raise ClientError: it could not be told
        """
        request = self._goodbye(connection)
        if request:
            http.send(replace(request, timeout=min(request.timeout, PATIENCE)))

    def _tell(self, connection):
        """Ask who is there, now.

        :return: as ``_greeted``
        :raise ClientError: nobody, or somebody who refuses
        """
        request = self._hello(connection)
        reply = http.send(replace(request, timeout=min(request.timeout, PATIENCE))) if request else None
        return self._greeted(connection, reply)

    # === SENDING === #

    def _targets(self, connection, events):
        """Records whose state is to be sent after ``events`` (``sync.event``), as ``{event: (model, id)}``."""
        return {
            event: (event.res_model, event.res_id)
            for event in events
            if event.name in self._sends_after and event.res_model in self._sends_models
        }

    def _needs(self, connection, records):
        """What the other side must know before it can take these (the partner of an invoice).

        :param records: of one model, those that still exist
        :return: ``{id: [records of any models]}``
        """
        return {}

    def _content(self, connection, record):
        """The state that is sent, as a JSON value: equal content is sent once.

        :raise UserError: it can't be sent as things are, in words that say what to do
        """
        raise NotImplementedError

    def _push(self, connection, record, content, remote_id):
        """The ``Request`` that brings ``content`` there; the runner adds the idempotency key.

        :param remote_id: what the other side calls the record; None: it does not know it yet
        """
        raise NotImplementedError

    def _pushed(self, connection, record, reply):
        """Values of the binding from the reply: ``{"remote_id", "remote_version"}``.

        :raise ValueError: the reply can't be understood; the other side is asked again
        """
        raise NotImplementedError

    def _probe(self, connection, record, idempotency_key):
        """The ``Request`` that asks whether an attempt without a known outcome took effect.

        :return: None: sending again with the same key is safe; False: it is not, and nobody can be asked
        """
        return None

    def _probed(self, connection, record, idempotency_key, reply, error):
        """What ``_pushed`` will understand, if it took effect; None if it did not.

        :param reply: to the probe; None when it was refused
        :param error: the ``ClientError``; None when there is a reply
        :raise ValueError: the answer can't be understood
        """
        return reply if error is None else None

    # === READING === #

    def _ask(self, connection, stream, cursor):
        """The ``Request`` for the page of ``stream`` after ``cursor`` (None: from the beginning)."""
        raise NotImplementedError

    def _page(self, connection, stream, cursor, reply):
        """What the reply holds.

        Cursors never skip what was not read: they follow the other side's own order, not the clock.

        :return: ``{"items": [{"remote_id", "version", "body", "content_hash"}], "cursor": str, "more": bool}``;
            ``body`` any JSON value; ``content_hash`` where it can be compared with what we send
        :raise ValueError: the reply can't be understood
        """
        raise NotImplementedError

    def _pull(self, connection, cursor, stream=""):
        """One page, now; as ``_page``."""
        return self._page(connection, stream, cursor, http.send(self._ask(connection, stream, cursor)))

    # === WHAT COMES IN === #

    def _verify(self, connection, event):
        """Whether something that came in (``{"headers", "body", "path", "received_at"}``, body in bytes) is genuine.

        Constant time; no side effects; never raises.
        """
        return False

    def _understand(self, connection, intake):
        """Do what a verified ``sync.intake`` asks for, also when it is asked twice. Runs in a job."""
        raise NotImplementedError
