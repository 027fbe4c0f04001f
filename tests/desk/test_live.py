"""What is told on the bus: that there is news, and nothing of what it is about."""

import json

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.ai_bookkeeper.models.desk.ai_suggestion_live import LIVE

from ..common import BankCase


@tagged("post_install", "-at_install")
class TestLive(BankCase):
    def setUp(self):
        super().setUp()
        self.hidden_bank = self.make_journal("HID")
        self.blind = self.make_user("blind", "reviewer")
        closed = f"[('id', '!=', {self.hidden_bank.id})]"
        self.env["ir.rule"].sudo().create(
            {
                "name": "closed",
                "model_id": self.env["ir.model"].sudo()._get("account.journal").id,
                "domain_force": f"{closed} if user.login == 'aib_blind' else [(1, '=', 1)]",
            }
        )
        self.env.cr.flush()
        self.told()

    def told(self):
        """Messages on the bus since the last call, as (channel, message)."""
        self.env.cr.flush()
        found = self.env["bus.bus"].sudo().search([("channel", "like", LIVE)], order="id")
        messages = [json.loads(row.message) for row in found]
        found.unlink()
        return [message["payload"] for message in messages if message["type"] == "ai_bookkeeper.desk"]

    def news(self, user, messages):
        return self.env["ai.suggestion"].with_user(user).desk_news([message["news"] for message in messages])

    def test_a_message_names_nothing(self):
        invoice = self.document(self.northwind, 640.0)
        suggestion = self.propose(self.line(f"NORTHWIND TRADERS {invoice.name}", 640.0, journal=self.hidden_bank))
        messages = self.told()
        self.assertEqual([set(message) for message in messages], [{"news"}])
        self.assertRegex(messages[0]["news"], "^[0-9a-f]{32}$")
        self.assertEqual(self.news(self.reviewer, messages), {"count": 1, "states": {"pending": suggestion.ids}})
        self.assertEqual(self.news(self.blind, messages), {"count": 0, "states": {}})
        suggestion.action_accept()
        messages = self.told()
        self.assertEqual(self.news(self.reviewer, messages), {"count": 1, "states": {"applied": suggestion.ids}})
        self.assertEqual(self.news(self.blind, messages)["count"], 0)

    def test_of_a_batch_each_one_hears_what_is_theirs(self):
        for journal in (self.bank, self.hidden_bank):
            invoice = self.document(self.northwind, 640.0)
            self.line(f"NORTHWIND TRADERS {invoice.name}", 640.0, journal=journal)
        lines = self.env["account.bank.statement.line"].search(
            [("journal_id", "in", (self.bank + self.hidden_bank).ids)]
        )
        suggestions = self.propose(lines)
        messages = self.told()
        self.assertEqual(len(messages), 1, "one message a transaction and company")
        shown = suggestions.filtered(lambda s: s.journal_id == self.bank)
        self.assertEqual(self.news(self.reviewer, messages)["count"], len(suggestions))
        self.assertEqual(self.news(self.blind, messages), {"count": len(shown), "states": {"pending": shown.ids}})

    def test_odd_tokens_are_no_news(self):
        for tokens in ([], ["x"], [5, None, ["a"]], ["%"] * 1000, "x", 5, None):
            self.assertEqual(self.suggestions.desk_news(tokens), {"count": 0, "states": {}})
        with self.assertRaises(AccessError):
            self.env["ai.suggestion"].with_user(self.make_user("plain")).desk_news(["x"])
