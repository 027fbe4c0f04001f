"""Sending again what was sent before, or what happened while nothing was sent."""

from datetime import datetime

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ....engine.vocabulary import JOB_OPEN_STATES

#: Deliveries that one resending makes.
MOST = 20_000
PART = 1000


class SyncWebhook(models.Model):
    _name = "sync.webhook"
    _inherit = "sync.webhook"

    def resend(self, since: str, until: str | None = None, only_missed: bool = True, dry_run: bool = True) -> dict:
        """Send what happened in a time again: new jobs in the order of the events, with the same webhook-ids.

        :param since: "2026-11-20 08:00:00", UTC
        :param until: idem; now, when not told
        :param only_missed: only what never arrived here; False: what arrived, too (the receiver lost it)
        :param dry_run: only count
        :return: ``{"count": how many, "waiting": how many wait to be sent already}``
        """
        self.ensure_one()
        self._check_manager()
        since, until = self._window(since, until)
        if not dry_run:
            self._check_listens()
        # Events and queue belong to the system; which of them are wanted is said with the rights of the webhook.
        webhook = self.sudo()
        count = waiting = 0
        for events in webhook._events_between(since, until):
            wanted = self.env["sync.event"].sudo().browse([event.id for _webhook, event in webhook._wanted(events)])
            busy = webhook._waiting_ids(wanted)
            waiting += len(busy)
            missed = wanted.filtered(lambda event, busy=busy: event.id not in busy)
            if only_missed:
                arrived = webhook._arrived_ids(missed)
                missed = missed.filtered(lambda event, arrived=arrived: event.id not in arrived)
            count += len(missed)
            if count > MOST:
                raise UserError(self.env._("That is more than %(most)s deliveries. Choose a shorter time.", most=MOST))
            if not dry_run:
                self.env["sync.job"]._enqueue([webhook._job(event) for event in missed])
        if not dry_run:
            told = {"since": str(since), "until": str(until), "only_missed": bool(only_missed), "count": count}
            self.env["ai.audit.log"]._append("webhook_resent", self, [told])
        return {"count": count, "waiting": waiting}

    def _check_listens(self):
        if not self._is_listening():
            raise UserError(self.env._('The webhook "%(name)s" does not send. Start it first.', name=self.name))

    def _window(self, since, until):
        try:
            found = [
                value if isinstance(value, datetime) else fields.Datetime.to_datetime(value)
                for value in (since, until or fields.Datetime.now())
            ]
        except (TypeError, ValueError):
            found = [None, None]
        if not all(found) or found[0] >= found[1]:
            raise UserError(self.env._("Say from when until when, for example 2026-11-20 08:00:00."))
        return found

    def _events_between(self, since, until):
        """Numbered events of that time, in order, some at a time."""
        domain = (
            Domain("at", ">=", since)
            & Domain("at", "<", until)
            & Domain("seq", ">", 0)
            & Domain("company_id", "in", [False, self.company_id.id])
        )
        if self.events:
            domain &= Domain("name", "in", self.events)
        after = 0
        while True:
            events = self.env["sync.event"].sudo().search(domain & Domain("seq", ">", after), order="seq", limit=PART)
            if not events:
                return
            yield events
            after = events[-1].seq

    def _waiting_ids(self, events):
        """Ids of events whose delivery is under way: once is enough. Failed ones are retried, not doubled."""
        jobs = (
            self.env["sync.job"]
            .sudo()
            .search_fetch(
                [
                    ("webhook_id", "=", self.id),
                    ("event_id", "in", events.ids),
                    ("state", "in", (*JOB_OPEN_STATES, "failed", "dead")),
                ],
                ["event_id"],
            )
        )
        return set(jobs.mapped("event_id"))

    def _arrived_ids(self, events):
        rows = (
            self.env["sync.delivery"]
            .sudo()
            .search_fetch(
                [("webhook_id", "=", self.id), ("event_id", "in", events.ids), ("is_good", "=", True)], ["event_id"]
            )
        )
        return set(rows.mapped("event_id"))

    def action_resend(self):
        """The dialog that asks for the time."""
        self.ensure_one()
        self._check_manager()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Resend to %(name)s", name=self.name),
            "res_model": "sync.webhook.resend",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_webhook_id": self.id},
        }
