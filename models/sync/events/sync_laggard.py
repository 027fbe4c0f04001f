"""Subscribers that events could not be handed to: since which one, and why. They miss nothing."""

from datetime import timedelta

from odoo import api, fields, models

#: Seconds until it is tried again: the first wait, doubled each time, up to the last.
FIRST_WAIT, LAST_WAIT = 30, 3600


class SyncLaggard(models.Model):
    """While a subscriber is behind, it is asked by itself, from where it stopped and in order."""

    _name = "sync.laggard"
    _description = "Subscriber That Is Behind"
    _log_access = False

    res_model = fields.Char(required=True, readonly=True, string="Model")
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True, string="Subscriber")
    company_id = fields.Many2one("res.company", readonly=True, ondelete="cascade")
    after_seq = fields.Integer(required=True, readonly=True, aggregator=False, help="The last event that it got.")
    since = fields.Datetime(required=True, readonly=True)
    attempts = fields.Integer(readonly=True, aggregator=False)
    next_at = fields.Datetime(required=True, readonly=True, string="Next Attempt")
    error = fields.Char(readonly=True)

    _subscriber_uniq = models.UniqueIndex("(res_model, res_id)", "A subscriber is behind once.")

    @api.model
    def _fall_behind(self, subscriber, after_seq, error):
        """``subscriber`` could not take the events after ``after_seq``: it is told, and tried again."""
        now = fields.Datetime.now()
        row = self.create(
            {
                "res_model": subscriber._name,
                "res_id": subscriber.id,
                "company_id": subscriber.company_id.id,
                "after_seq": after_seq,
                "since": now,
                "next_at": now + timedelta(seconds=FIRST_WAIT),
                "error": str(error)[:500],
            }
        )
        subscriber.message_post(body=row._text())
        return row

    def _text(self):
        return self.env._(
            "Events could not be handed to it: %(error)s. It is tried again by itself and misses nothing; check its "
            "settings.",
            error=self.error,
        )

    def _catch_up(self):
        """Hand over what those missed whose turn it is; a batch each."""
        now = fields.Datetime.now()
        for row in self:
            subscriber = self.env[row.res_model].search([("id", "=", row.res_id)])
            if not subscriber:  # deleted or switched off: nothing is waited for
                row.unlink()
            elif row.next_at <= now:
                row._catch_up_one(subscriber)

    def _catch_up_one(self, subscriber):
        events = self.env["sync.event"]
        missed = events.search([("seq", ">", self.after_seq)], order="seq", limit=1000)
        for error in events._hand_over(subscriber, missed).values():
            self.attempts += 1
            wait = min(FIRST_WAIT * 2**self.attempts, LAST_WAIT)
            self.next_at = fields.Datetime.now() + timedelta(seconds=wait)
            self.error = str(error)[:500]
            return
        if len(missed) < 1000:
            self.unlink()
        else:
            self.after_seq = missed[-1].seq


class SyncWebhook(models.Model):
    _name = "sync.webhook"
    _inherit = "sync.webhook"

    lag_text = fields.Char(compute="_compute_lag_text", string="Behind")

    def _compute_lag_text(self):
        _tell_lags(self)


class SyncConnection(models.Model):
    _name = "sync.connection"
    _inherit = "sync.connection"

    lag_text = fields.Char(compute="_compute_lag_text", string="Behind")

    def _compute_lag_text(self):
        _tell_lags(self)


def _tell_lags(subscribers):
    """Why events don't reach them; empty when they do."""
    # Who reads the subscriber may read why it gets nothing.
    rows = subscribers.env["sync.laggard"].sudo().search([("res_model", "=", subscribers._name)])
    texts = {row.res_id: row._text() for row in rows}
    for subscriber in subscribers:
        subscriber.lag_text = texts.get(subscriber.id, False)
