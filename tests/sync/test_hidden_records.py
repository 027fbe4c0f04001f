"""What is about a record that somebody may not read is invisible to them: in search, groups, counts and exports."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import StatusCase

MODELS = ("sync.job", "sync.binding", "sync.event", "sync.delivery")


@tagged("post_install", "-at_install")
class TestHiddenRecords(StatusCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shown = cls.document(cls.northwind, 100.0)
        cls.hidden = cls.document(cls.yonder, 200.0)
        for user in cls.reviewer + cls.manager + cls.auditor:
            user.group_ids += cls.env.ref("base.group_allow_export")
        cls.rows = {}
        for move in (cls.shown, cls.hidden):
            cls.answer(move, "failed", error=f"about {move.name}")
            cls.rows[move] = {
                "sync.job": cls.job(move, "failed", error=f"about {move.name}"),
                "sync.event": cls.event(move, seq=-move.id),
                "sync.binding": cls.env["sync.binding"].sudo().search([("res_id", "=", move.id)]),
                "sync.delivery": cls.env["sync.delivery"]
                .sudo()
                .create({"webhook_id": cls.webhook.id, "res_model": "account.move", "res_id": move.id}),
            }
        cls.env["ir.rule"].sudo().create(
            {
                "name": "The director's invoices",
                "model_id": cls.env["ir.model"]._get_id("account.move"),
                "domain_force": f"[('partner_id', '!=', {cls.yonder.id})]",
            }
        )

    def people(self, model):
        """Those whose role opens the model, so that only the record stands in the way."""
        users = self.reviewer + self.manager + self.auditor
        return users.filtered(lambda user: self.env[model].with_user(user).has_access("read"))

    def test_in_searches_counts_groups_and_exports(self):
        for model in MODELS:
            people = self.people(model)
            self.assertTrue(people, model)
            for user in people:
                with self.subTest(model=model, user=user.login):
                    rows = self.fresh(self.env[model], user)
                    domain = [("res_model", "=", "account.move"), ("res_id", "in", (self.shown + self.hidden).ids)]
                    mine = self.rows[self.shown][model]
                    found = rows.search(domain)
                    self.assertIn(mine.id, found.ids)
                    self.assertEqual(set(found.mapped("res_id")), {self.shown.id})
                    self.assertEqual(rows.search_count(domain), len(found))
                    groups = rows._read_group(domain, ["res_id"], ["__count"])
                    self.assertEqual(groups, [(self.shown.id, len(found))])
                    exported = rows.search(domain).export_data(["res_id"])["datas"]
                    self.assertEqual({int(row[0]) for row in exported}, {self.shown.id})

    def test_by_their_number(self):
        for model in MODELS:
            for user in self.people(model):
                with self.subTest(model=model, user=user.login), self.assertRaises(AccessError):
                    self.fresh(self.rows[self.hidden][model], user).read(["res_id"])

    def test_the_chip_and_its_actions(self):
        hidden = self.fresh(self.hidden)
        for attempt in (
            lambda: hidden.read(["sync_state"]),
            hidden.action_sync_now,
            hidden.action_sync_retry,
            hidden.action_sync_open_jobs,
        ):
            with self.assertRaises(AccessError):
                attempt()
        found = self.fresh(self.shown).search([("sync_error", "ilike", "about")])
        self.assertEqual(found, self.shown)
        groups = self.fresh(self.shown)._read_group([("sync_state", "=", "failed")], ["sync_state"], ["__count"])
        self.assertEqual(groups, [("failed", 1)])

    def test_nobody_writes_them(self):
        for model in MODELS:
            for user in self.reviewer + self.auditor + self.manager:
                row = self.fresh(self.rows[self.shown][model], user)
                with self.assertRaises(AccessError):
                    row.write({"res_id": self.hidden.id})
                with self.assertRaises(AccessError):
                    row.unlink()

    def test_payloads_are_the_managers(self):
        job = self.rows[self.shown]["sync.job"]
        for user in (self.reviewer, self.auditor):
            with self.assertRaises(AccessError):
                self.fresh(job, user).read(["payload"])
        self.fresh(job, self.manager).read(["payload"])
