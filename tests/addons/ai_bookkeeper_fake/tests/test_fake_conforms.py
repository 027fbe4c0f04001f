"""The fake connector passes what every connector must pass."""

import base64
import hashlib
import hmac

from odoo.tests import tagged

from odoo.addons.ai_bookkeeper.tests.connectors.conformance import Conformance, ConformanceCase

from ..other_side import KEY, OtherSide

SIGNING = "shared-secret"


class FakeCase(ConformanceCase):
    kind = "fake"

    def make_other_side(self):
        return OtherSide()

    def make_connection(self, **values):
        connection = (
            self.env["sync.connection"].with_user(self.manager).create({"name": "Shop", "kind": "fake", **values})
        )
        connection._connect({"address": self.other.url}, {"credential": KEY})
        self.env["sync.secret"]._store(connection, "hook_signing", SIGNING)
        return connection.sudo()

    def make_record(self, name="Conform Ltd"):
        return self.env["res.partner"].create({"name": name, "company_id": self.company.id})

    def change_record(self, record, name):
        record.name = name

    def there(self):
        return {remote_id: values["name"] for remote_id, values in self.other.records.items()}

    def change_there(self, remote_id, name):
        remote_id = remote_id or f"T-{len(self.other.records) + 1}"
        self.other.change(remote_id, {"kind": "partner", "ref": "", "name": name})
        return remote_id

    def misbehave(self, fault, times=1, retry_after=None):
        self.other.fail(fault, times, retry_after)

    def signed(self, body):
        digest = hmac.new(SIGNING.encode(), body, hashlib.sha256).digest()
        return {"x-fake-signature": base64.b64encode(digest).decode()}

    def sent_keys(self):
        return [request["key"] for request in self.other.posted()]


@tagged("post_install", "-at_install")
class TestFakeConforms(Conformance, FakeCase):
    """All of ``Conformance``."""
