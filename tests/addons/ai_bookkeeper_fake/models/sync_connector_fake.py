"""A connector in its smallest honest form: partners go there and come from there."""

import base64
import hashlib
import hmac
import json

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.ai_bookkeeper.engine.sync import content as contents

PAGE = 2


class SyncConnectorFake(models.AbstractModel):
    _name = "sync.connector.fake"
    _inherit = "sync.connector"
    _description = "Fake system (tests)"

    _sends_after = ("partner.created", "partner.changed", "move.posted")
    _sends_models = ("res.partner", "account.move")
    _streams = ("records",)

    # === CONNECTING === #

    def _client(self, connection):
        return {"address": connection.address, "headers": self._headers(connection)}

    def _headers(self, connection):
        return {"Authorization": f"Bearer {connection._credential()}"}

    def _call(self, connection, method, path, values=None):
        return self._request(connection, method, path, values, self._headers(connection))

    def _hello(self, connection):
        return self._call(connection, "GET", "/who")

    def _greeted(self, connection, reply):
        told = json.loads(reply.body)
        if not isinstance(told, dict) or "identity" not in told:
            raise ValueError("It does not say who it is.")
        return {"identity": told["identity"], "name": told["name"]}

    def _goodbye(self, connection):
        return self._call(connection, "DELETE", "/session")

    # === SENDING === #

    def _needs(self, connection, records):
        if records._name != "account.move":
            return {}
        return {move.id: [move.partner_id] for move in records if move.partner_id}

    def _content(self, connection, record):
        if record._name == "account.move":
            return {"kind": "invoice", "ref": record.name, "name": record.partner_id.name}
        if not record.name:
            raise UserError(self.env._("Give the partner a name, then retry."))
        return {"kind": "partner", "ref": record.ref or "", "name": record.name}

    def _push(self, connection, record, content, remote_id):
        values = {**content, **({"remote_id": remote_id} if remote_id else {})}
        return self._call(connection, "POST", "/records", values)

    def _pushed(self, connection, record, reply):
        told = json.loads(reply.body)
        if not isinstance(told, dict) or not told.get("remote_id"):
            raise ValueError("It does not say what it calls the record.")
        return {"remote_id": str(told["remote_id"]), "remote_version": str(told.get("version") or "")}

    def _probe(self, connection, record, idempotency_key):
        return self._call(connection, "GET", f"/effects/{idempotency_key}")

    # === READING === #

    def _ask(self, connection, stream, cursor):
        return self._call(connection, "GET", f"/changes?after={cursor or 0}&limit={PAGE}")

    def _page(self, connection, stream, cursor, reply):
        told = json.loads(reply.body)
        items = [
            {
                "remote_id": item["remote_id"],
                "version": str(item["version"]),
                "body": item["values"],
                "content_hash": contents.digest({name: item["values"].get(name) for name in ("kind", "ref", "name")}),
            }
            for item in told["items"]
        ]
        return {"items": items, "cursor": told["cursor"], "more": told["more"]}

    # === WHAT COMES IN === #

    def _verify(self, connection, event):
        secret = (connection._credential("hook_signing") or "").encode()
        given = str(event["headers"].get("x-fake-signature") or "")
        expected = base64.b64encode(hmac.new(secret, event["body"], hashlib.sha256).digest()).decode()
        return bool(secret) and hmac.compare_digest(given.encode(), expected.encode())

    def _understand(self, connection, intake):
        """A record that changed there changes its partner here, once for each version."""
        told = json.loads(base64.b64decode(intake.body))
        values = told["body"]
        if values.get("kind") != "partner":
            return
        bindings = self.env["sync.binding"].sudo()
        binding = bindings.search(
            [("connection_id", "=", connection.id), ("remote_id", "=", told["remote_id"])], limit=1
        )
        if binding and int(binding.remote_version or 0) >= int(told["version"]):
            return
        partners = self.env["res.partner"].sudo().with_company(connection.company_id)
        partner = partners.browse(binding.res_id).exists() if binding else partners
        wanted = {"name": values["name"], "ref": values.get("ref") or False}
        if partner:
            partner.write(wanted)
        else:
            partner = partners.create({**wanted, "company_id": connection.company_id.id})
        bindings._acknowledge(
            [
                {
                    "res_model": "res.partner",
                    "res_id": partner.id,
                    "connection_id": connection.id,
                    "company_id": connection.company_id.id,
                    "remote_id": told["remote_id"],
                    "remote_version": told["version"],
                    "content_hash": contents.digest(self._content(connection, partner)),
                }
            ]
        )
