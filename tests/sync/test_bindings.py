"""What subscribers acknowledged: one row for a record and a subscriber, whatever the order of answers."""

from odoo.tests import tagged

from ..common import BankCase


@tagged("post_install", "-at_install")
class TestBindings(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bindings = cls.env["sync.binding"].sudo()
        cls.webhook = cls.env["sync.webhook"].sudo().create({"name": "Shop", "url": "https://shop.example/hook"})
        cls.other = cls.env["sync.webhook"].sudo().create({"name": "Stock", "url": "https://stock.example/hook"})

    def row(self, event_id, partner=None, webhook=None, **values):
        return {
            "res_model": "res.partner",
            "res_id": (partner or self.northwind).id,
            "webhook_id": (webhook or self.webhook).id,
            "company_id": self.company.id,
            "event_id": event_id,
            **values,
        }

    def binding(self, webhook=None):
        domain = [("res_id", "=", self.northwind.id), ("webhook_id", "=", (webhook or self.webhook).id)]
        return self.bindings.search(domain)

    def test_one_row_for_a_record_and_a_subscriber(self):
        rows = [self.row(1, remote_id="r1"), self.row(2), self.row(1, webhook=self.other), self.row(1, self.yonder)]
        self.bindings._acknowledge(rows)
        self.bindings._acknowledge(rows)
        self.assertEqual(self.bindings.search_count([("webhook_id", "in", (self.webhook + self.other).ids)]), 3)
        self.assertRecordValues(self.binding(), [{"state": "synced", "event_id": 2, "error": False}])
        self.assertTrue(self.binding().synced_at)
        self.assertEqual(self.binding().changed_at, self.binding().synced_at)

    def test_an_answer_about_an_older_event_comes_late(self):
        self.bindings._acknowledge([self.row(7, content_hash="new", remote_id="r7")])
        self.bindings._acknowledge([self.row(5, content_hash="old")])
        self.bindings._fail([self.row(6, error="Refused")])
        self.assertRecordValues(
            self.binding(), [{"state": "synced", "event_id": 7, "content_hash": "new", "remote_id": "r7"}]
        )

    def test_a_failure_keeps_what_was_acknowledged(self):
        self.bindings._acknowledge([self.row(3, remote_id="r3")])
        self.bindings._fail([self.row(4, error="Refused")])
        self.assertRecordValues(
            self.binding(), [{"state": "failed", "event_id": 3, "remote_id": "r3", "error": "Refused"}]
        )
        self.assertTrue(self.binding().synced_at)
        self.bindings._acknowledge([self.row(4)])
        self.assertRecordValues(self.binding(), [{"state": "synced", "event_id": 4, "error": False, "remote_id": "r3"}])

    def test_a_person_gives_up(self):
        self.bindings._acknowledge([self.row(3)])
        self.bindings._fail([self.row(4, error="Refused"), self.row(4, webhook=self.other, error="Refused")])
        self.bindings._settle([self.row(4), self.row(4, webhook=self.other)])
        self.assertRecordValues(self.binding(), [{"state": "synced", "event_id": 3, "error": False}])
        self.assertFalse(self.binding(self.other))

    def test_a_conflict(self):
        self.bindings._acknowledge([self.row(3)])
        self.bindings._conflict([self.row(3, error="Both changed the name")])
        self.assertRecordValues(self.binding(), [{"state": "conflict", "error": "Both changed the name"}])
        self.bindings._settle([self.row(3)])
        self.assertEqual(self.binding().state, "conflict")

    def test_a_thousand_are_one_statement(self):
        partners = self.env["res.partner"].create([{"name": f"P{number}"} for number in range(500)])
        rows = [self.row(1, partner) for partner in partners]
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.bindings._acknowledge(rows)
