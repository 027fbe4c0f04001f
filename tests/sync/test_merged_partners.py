"""Merged partners take their sync rows along; what is deleted is bound to nothing."""

from odoo import Command
from odoo.tests import tagged

from .common import StatusCase


@tagged("post_install", "-at_install")
class TestMergedPartners(StatusCase):
    def merge(self, source, target):
        wizard = self.env["base.partner.merge.automatic.wizard"].sudo()
        self.env.flush_all()
        wizard.create({"partner_ids": [Command.set((source + target).ids)], "dst_partner_id": target.id}).action_merge()
        self.env.invalidate_all()

    def rows(self, model, partner):
        return self.env[model].sudo().search([("res_model", "=", "res.partner"), ("res_id", "=", partner.id)])

    def test_everything_moves(self):
        source, target = self.make_partner("Old"), self.make_partner("New")
        events = self.rows("sync.event", source)
        event = self.event(source, seq=-1, name="partner.changed")
        done, dead = self.job(source, "done"), self.job(source, "dead", error="Refused")
        running = self.job(source, "running")
        delivery = (
            self.env["sync.delivery"]
            .sudo()
            .create({"webhook_id": self.webhook.id, "res_model": "res.partner", "res_id": source.id})
        )
        self.answer(source, remote_id="r-old", event_id=3)
        source_id = source.id
        self.merge(source, target)
        self.assertEqual((events + event).mapped("res_id"), [target.id] * len(events + event))
        self.assertEqual((done + dead).mapped("res_id"), [target.id] * 2)
        self.assertEqual(running.res_id, source_id, "a running job belongs to the runner")
        self.assertEqual(delivery.res_id, target.id)
        self.assertEqual(self.rows("sync.binding", target).mapped("remote_id"), ["r-old"])
        self.assertFalse(self.env["sync.binding"].sudo().search([("res_id", "=", source_id)]))
        self.assertEqual(self.chip(target), ("failed", "Refused"))

    def test_a_binding_a_subscriber(self):
        source, target, third = self.make_partner("Old"), self.make_partner("New"), self.make_partner("Third")
        other = self.webhook.copy({"name": "Stock"})
        self.answer(source, remote_id="r-old", event_id=9)
        self.answer(target, remote_id="r-new", event_id=2)
        self.answer(source, webhook=other, remote_id="s-old", event_id=5)
        self.answer(third, webhook=other, remote_id="s-third", event_id=6)
        self.merge(source + third, target)
        found = self.rows("sync.binding", target)
        self.assertEqual(
            {binding.webhook_id: binding.remote_id for binding in found}, {self.webhook: "r-new", other: "s-third"}
        )

    def test_jobs_of_both_run_one_after_the_other(self):
        source, target = self.make_partner("Old"), self.make_partner("New")
        job = self.job(source, order_key=f"webhook:{self.webhook.id}:res.partner:{source.id}")
        other = self.job(source, order_key=f"webhook:{self.webhook.id}:res.partner:{source.id}1")
        key = other.order_key
        self.merge(source, target)
        self.assertEqual(job.order_key, f"webhook:{self.webhook.id}:res.partner:{target.id}")
        self.assertEqual(other.order_key, key)

    def test_deleted_records(self):
        partner = self.make_partner("Gone")
        self.answer(partner)
        event = self.event(partner, seq=-1, name="partner.changed")
        job = self.job(partner)
        partner_id = partner.id
        partner.unlink()
        self.assertFalse(self.env["sync.binding"].sudo().search([("res_id", "=", partner_id)]))
        self.assertTrue(event.exists() and job.exists(), "others must still learn of it")
        row = {"res_model": "res.partner", "res_id": partner_id, "webhook_id": self.webhook.id}
        self.env["sync.binding"]._acknowledge([row])
        self.answer(self.northwind)
        self.env["sync.binding"]._gc_orphans()
        self.assertFalse(self.env["sync.binding"].sudo().search([("res_id", "=", partner_id)]))
        self.assertTrue(self.rows("sync.binding", self.northwind))
