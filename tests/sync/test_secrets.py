"""Secrets are written and used by the server; nobody reads them, not even an administrator."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import BankCase

VALUE = "whsec_TopSecret7731"
EXPORTS = "base.group_user,base.group_allow_export"


@tagged("post_install", "-at_install")
class TestSecrets(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secrets = cls.env["sync.secret"].sudo()
        # Any record may own secrets.
        cls.owner, cls.other = cls.northwind, cls.yonder
        cls.people = [
            cls.env.ref("base.user_admin"),
            cls.make_user("secret_all", "manager", "reviewer", "auditor", groups=EXPORTS),
            cls.make_user("secret_system", "manager", groups=f"{EXPORTS},base.group_system"),
        ]

    def store(self, value=VALUE, **values):
        self.env["sync.secret"]._store(self.owner, "signing", value, **values)

    def values(self):
        return self.env["sync.secret"]._values(self.owner, "signing")

    def last_log(self, event):
        return self.env["ai.audit.log"].sudo().search([("event", "=", event)], limit=1)

    # === KEEPING === #

    def test_a_new_value_replaces_the_old_one(self):
        self.store("one")
        self.store("two")
        self.assertEqual(self.values(), ["two"])

    def test_during_rotation_two_are_valid_newest_first(self):
        self.store("one")
        self.store("two", keep_until=fields.Datetime.now() + timedelta(hours=24))
        self.assertEqual(self.values(), ["two", "one"])
        self.store("three")
        self.assertEqual(self.values(), ["three"])

    def test_a_second_rotation_never_makes_an_old_value_live_longer(self):
        soon = fields.Datetime.now() + timedelta(hours=1)
        self.store("one")
        self.store("two", keep_until=soon)
        self.store("three", keep_until=fields.Datetime.now() + timedelta(hours=24))
        row = self.secrets.search([("res_id", "=", self.owner.id), ("value", "=", "one")])
        self.assertEqual(row.valid_until, soon)

    def test_what_has_ended_is_not_given_and_goes(self):
        self.store("one", valid_until=fields.Datetime.now() - timedelta(seconds=1))
        self.assertEqual(self.values(), [])
        self.secrets._gc_ended()
        self.assertFalse(self.secrets.search([("res_id", "=", self.owner.id)]))

    def test_wiping_takes_those_of_the_record_only(self):
        self.store()
        self.env["sync.secret"]._store(self.owner, "access_token", "abc")
        self.env["sync.secret"]._store(self.other, "signing", "theirs")
        self.env["sync.secret"]._wipe(self.owner, ["access_token"])
        self.assertEqual(self.values(), [VALUE])
        self.env["sync.secret"]._wipe(self.owner)
        self.assertEqual(self.values(), [])
        self.assertEqual(self.env["sync.secret"]._values(self.other, "signing"), ["theirs"])

    def test_an_empty_secret_is_none(self):
        for value in ("", None, False, b"bytes"):
            with self.subTest(value=value), self.assertRaises(ValueError):
                self.store(value)

    def test_the_log_says_what_happened_and_no_value(self):
        self.store()
        stored = self.last_log("secret_stored")
        self.assertEqual((stored.res_model, stored.res_id), ("res.partner", self.owner.id))
        self.assertEqual(stored.payload["name"], "signing")
        self.env["sync.secret"]._wipe(self.owner)
        self.assertEqual(self.last_log("secret_wiped").payload, {"names": ["signing"]})
        self.env.flush_all()
        self.env.cr.execute("SELECT count(*) FROM ai_audit_log WHERE payload::text LIKE %s", [f"%{VALUE}%"])
        self.assertEqual(self.env.cr.fetchone()[0], 0)

    # === NOBODY READS === #

    def routes(self, model, secret):
        """Every public way to a value, as (name, call)."""
        row = model.browse(secret.id)
        domain = [("value", "=like", "whsec%")]
        return {
            "read": lambda: row.read(["value"]),
            "read all": lambda: row.read(),
            "web_read": lambda: row.web_read({"value": {}}),
            "search": lambda: model.search([]),
            "search_count": lambda: model.search_count(domain),
            "search_read": lambda: model.search_read([], ["value"]),
            "search on it": lambda: model.search(domain),
            "order by it": lambda: model.search([], order="value"),
            "web_search_read": lambda: model.web_search_read([], {"value": {}}),
            "groups": lambda: model.formatted_read_group([], ["value"], ["__count"]),
            "aggregate": lambda: model.formatted_read_group([], [], ["value:array_agg"]),
            "export": lambda: row.export_data(["value"]),
            "name_search": lambda: model.name_search("whsec"),
            "copy": lambda: row.copy(),
            "write": lambda: row.write({"res_id": self.other.id}),
            "create": lambda: model.create(
                {"res_model": "res.partner", "res_id": self.owner.id, "name": "signing", "value": "mine"}
            ),
            "unlink": lambda: row.unlink(),
        }

    def test_nobody_reads_or_writes_secrets(self):
        self.store()
        secret = self.secrets.search([("res_id", "=", self.owner.id)])
        for user in self.people:
            for name, call in self.routes(self.env["sync.secret"].with_user(user), secret).items():
                with self.subTest(user=user.login, route=name), self.assertRaises(AccessError):
                    call()

    def test_the_value_stays_closed_to_those_who_are_given_the_model(self):
        """An administrator may write access rights; the field has its own lock."""
        self.env["ir.model.access"].create(
            {
                "name": "opened by hand",
                "model_id": self.env["ir.model"]._get_id("sync.secret"),
                "group_id": self.env.ref("base.group_system").id,
                "perm_read": True,
            }
        )
        self.store()
        secret = self.secrets.search([("res_id", "=", self.owner.id)])
        model = self.env["sync.secret"].with_user(self.people[2])
        self.assertEqual(model.browse(secret.id).read(["name"])[0]["name"], "signing")
        for name, call in self.routes(model, secret).items():
            if name in ("search", "read all"):
                continue
            with self.subTest(route=name):
                try:
                    self.assertNotIn(VALUE, str(call()))
                except (AccessError, ValueError):
                    continue
                self.assertIn(name, ("name_search",), "it was not refused")
        self.assertNotIn("value", model.browse(secret.id).read()[0])
