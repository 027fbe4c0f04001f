from odoo import Command
from odoo.tests import new_test_user, tagged

from ..common_browser import BrowserCase
from .books import Books

GROUP = "ai_bookkeeper.ai_bookkeeper_group_"


@tagged("post_install", "-at_install")
class TestSyncStatus(BrowserCase):
    """The chip on Odoo's own screens and the pause, in a real browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.books = Books(cls.env)
        cls.webhook = cls.env["sync.webhook"].create({"name": "Shop", "url": "https://shop.example/hook"})
        partner = cls.env["res.partner"].create({"name": "Northwind"})
        values = {"name": "Services", "price_unit": 100.0, "tax_ids": [Command.clear()]}
        cls.moves = cls.env["account.move"].create(
            [
                {
                    "name": f"SYNC/{name}",
                    "move_type": "out_invoice",
                    "partner_id": partner.id,
                    "invoice_date": "2026-03-01",
                    "invoice_line_ids": [Command.create(values)],
                }
                for name in ("FAILED", "SYNCED", "NONE")
            ]
        )
        cls.env.flush_all()
        cls.env["sync.event"].search([("seq", "=", False)]).write({"seq": -1})
        refused, synced, _none = cls.moves
        rows = [
            {
                "res_model": "account.move",
                "res_id": move.id,
                "webhook_id": cls.webhook.id,
                "company_id": cls.env.company.id,
            }
            for move in (refused, synced)
        ]
        cls.env["sync.job"].create(
            {
                **rows[0],
                "kind": "deliver",
                "lane": "http",
                "state": "failed",
                "created_at": "2026-03-01 10:00:00",
                "finished_at": "2026-03-01 10:05:00",
                "reason": "http_400",
                "error": "The shop refused it.",
                "fix": "Ask the shop.",
            }
        )
        cls.env["sync.job"].create({**rows[1], "kind": "deliver", "lane": "http", "state": "done"})
        cls.env["sync.binding"]._acknowledge(rows[1:])

    def user(self, groups):
        return new_test_user(self.env, login="tour_sync", groups=groups)

    def invoices(self, tour, user):
        action = self.env.ref("account.action_move_out_invoice_type")
        self.start_tour(f"/odoo/action-{action.id}", tour, login=user.login)
        self.env.invalidate_all()

    def test_chips(self):
        self.invoices("ai_bookkeeper_sync_chips", self.user(f"{GROUP}reviewer"))
        job = self.env["sync.job"].search([("res_id", "=", self.moves[0].id), ("res_model", "=", "account.move")])
        self.assertEqual(job.state, "pending")
        events = self.env["sync.event"].search([("name", "=", "sync.requested")])
        self.assertEqual(events.mapped("res_id"), self.moves[1].ids)

    def test_people_without_a_role_see_no_chips(self):
        self.invoices("ai_bookkeeper_sync_unseen", self.user("base.group_user,account.group_account_user"))

    def test_pause_and_resume(self):
        action = self.env.ref("ai_bookkeeper.sync_pause_switch_action")
        self.start_tour(
            f"/odoo/action-{action.id}", "ai_bookkeeper_sync_pause", login=self.user(f"{GROUP}manager").login
        )
        self.assertFalse(self.env["sync.pause"].search([]))
