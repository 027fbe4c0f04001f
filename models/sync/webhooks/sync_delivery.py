"""Every attempt to deliver to a webhook: what was sent, what came back, how long it took; secrets masked."""

import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ....clients import redact
from ....engine.sync import payload

MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"
#: Characters of a body that are kept.
MOST_BODY = 16 * 1024
MOST_HEADERS = 60
BATCH = 10_000
INSERT = """
INSERT INTO sync_delivery (webhook_id, company_id, job_id, event_id, res_model, res_id, event_name, message_id, attempt,
    at, is_good, status, duration_ms, request, reply, error)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, clock_timestamp() AT TIME ZONE 'UTC', %s, %s, %s, %s, %s, %s) RETURNING id
"""
PURGE = "DELETE FROM sync_delivery WHERE id IN (SELECT id FROM sync_delivery WHERE at < %s ORDER BY at LIMIT %s)"


class SyncDelivery(models.Model):
    _name = "sync.delivery"
    _inherit = "ai.target.mixin"
    _description = "Delivery"
    _order = "id desc"
    _log_access = False
    _shows_orphans = True

    webhook_id = fields.Many2one("sync.webhook", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", readonly=True, ondelete="cascade", index=True)
    job_id = fields.Integer(readonly=True, index=True, string="Sync Job")
    event_id = fields.Integer(readonly=True, index=True, string="Event Row")
    event_name = fields.Char(readonly=True, string="Event")
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    record_name = fields.Char(compute="_compute_record_name", string="Record")
    message_id = fields.Char(readonly=True, string="Webhook-ID", index=True)
    attempt = fields.Integer(readonly=True, aggregator=False)
    at = fields.Datetime(readonly=True, index=True)
    is_good = fields.Boolean(readonly=True, string="Delivered")
    status = fields.Integer(readonly=True, aggregator=False, help="Of HTTP; 0: no answer.")
    duration_ms = fields.Integer(readonly=True, string="Duration (ms)", aggregator="avg")
    request = fields.Json(readonly=True)
    reply = fields.Json(readonly=True)
    error = fields.Char(readonly=True)
    request_headers_text = fields.Text(compute="_compute_texts", string="Request Headers")
    request_body_text = fields.Text(compute="_compute_texts", string="Request Body")
    reply_headers_text = fields.Text(compute="_compute_texts", string="Reply Headers")
    reply_body_text = fields.Text(compute="_compute_texts", string="Reply Body")

    _webhook_idx = models.Index("(webhook_id, at)")
    _last_idx = models.Index("(webhook_id, is_good, id)")
    # Merged partners take their deliveries along.
    _partner_idx = models.Index("(res_id) WHERE res_model = 'res.partner'")

    # === SHOWING === #

    @api.depends("message_id")
    def _compute_display_name(self):
        for delivery in self:
            delivery.display_name = delivery.message_id or str(delivery.id)

    @api.depends("res_model", "res_id")
    def _compute_record_name(self):
        """Names of records that the reader may read; what is gone has none."""
        for delivery in self:
            delivery.record_name = ""
        for name, records in self._targets().items():
            shown = {record.id: record.display_name for record in records._filtered_access("read")}
            for delivery in self:
                if delivery.res_model == name:
                    delivery.record_name = shown.get(delivery.res_id, "")

    @api.depends("request", "reply")
    def _compute_texts(self):
        for delivery in self:
            request, reply = delivery.request or {}, delivery.reply or {}
            first = f"{request.get('method', '')} {request.get('url', '')}"
            delivery.request_headers_text = "\n".join([first, *self._lines(request.get("headers"))])
            delivery.reply_headers_text = "\n".join(self._lines(reply.get("headers")))
            delivery.request_body_text = self._readable(request.get("body"))
            delivery.reply_body_text = self._readable(reply.get("body"))

    @api.model
    def _lines(self, headers):
        return [f"{name}: {value}" for name, value in sorted((headers or {}).items(), key=lambda item: item[0].lower())]

    @api.model
    def _readable(self, body):
        """JSON with line breaks; anything else as it came."""
        try:
            return json.dumps(json.loads(body), indent=2, ensure_ascii=False) if body else ""
        except ValueError:
            return body

    # === WRITING === #

    @api.model
    def _note(self, webhook, request, reply, error, duration_ms, job=None, message_id=None):
        """Write an attempt down.

        :param request: ``clients.http.Request``
        :param reply: ``clients.http.Reply``, or a dict of the same, or None
        :param error: ``ClientError`` or any other, or None
        """
        known = reply if reply is not None else getattr(error, "reply", None)
        told = self._reply_values(known, request.secrets)
        status = (told or {}).get("status") or getattr(error, "status", None)
        about = self._about(webhook, job, request)
        why = redact.text(error, request.secrets)[:1000] if error is not None else None
        self.env.cr.execute(
            INSERT,
            (
                *(webhook.id, webhook.company_id.id, *about.values(), message_id),
                *(job.attempts if job else 1, error is None, status or 0, int(duration_ms or 0)),
                json.dumps(self._request_values(request)),
                json.dumps(told) if told else None,
                why,
            ),
        )
        return self.browse(self.env.cr.fetchone()[0])

    @api.model
    def _about(self, webhook, job, request):
        if not job:
            return {"job": None, "event": None, "model": webhook._name, "id": webhook.id, "name": payload.TEST}
        name = json.loads(request.body)["type"]
        return {"job": job.id, "event": job.event_id, "model": job.res_model, "id": job.res_id, "name": name}

    @api.model
    def _request_values(self, request):
        secrets = request.secrets
        headers = redact.headers(request.headers)
        return {
            "method": request.method,
            "url": redact.url(request.url),
            "headers": {name: redact.text(value, secrets) for name, value in headers.items()},
            "body": self._cut(request.body, secrets),
        }

    @api.model
    def _reply_values(self, reply, secrets):
        if reply is None:
            return None
        if not isinstance(reply, dict):
            reply = {"status": reply.status, "headers": reply.headers, "body": reply.body}
        headers = dict(list((reply.get("headers") or {}).items())[:MOST_HEADERS])
        return {
            "status": reply["status"],
            "headers": {
                name: redact.text(str(value)[:1000], secrets) for name, value in redact.headers(headers).items()
            },
            "body": self._cut(reply.get("body"), secrets),
        }

    @api.model
    def _cut(self, body, secrets):
        # PostgreSQL takes no NUL.
        text = (body or b"").decode("utf-8", "replace").replace("\x00", "")
        shown = text
        for secret in filter(None, secrets):
            shown = shown.replace(secret, redact.MASK)
        return f"{shown[:MOST_BODY]} [...]" if len(shown) > MOST_BODY else shown

    # === AGAIN === #

    def action_resend(self):
        """Send these again: new jobs with the same webhook-ids, so that a receiver that has them drops them."""
        if not (self.env.su or self.env.user.has_group(MANAGER)):
            raise AccessError(self.env._("Only bookkeeping managers send again. Ask one of them."))
        self.check_access("read")
        # Events and queue belong to the system; managers pass here.
        made = 0
        for webhook, deliveries in self.sudo().grouped("webhook_id").items():
            webhook._check_listens()
            events = self.env["sync.event"].sudo().browse(set(deliveries.mapped("event_id")) - {0}).exists()
            wanted = webhook._readable_of(events.sorted("seq"))
            busy = webhook._waiting_ids(wanted)
            jobs = [webhook._job(event) for event in wanted if event.id not in busy]
            self.env["sync.job"]._enqueue(jobs)
            made += len(jobs)
            self.env["ai.audit.log"]._append("webhook_resent", webhook, [{"count": len(jobs), "events": wanted.ids}])
        if not made:
            raise UserError(
                self.env._(
                    "Nothing was sent again: it waits to be sent or needs attention already (retry it there), it was a "
                    "test, or its event was purged."
                )
            )
        return self.env["ai.suggestion"]._notice(self.env._("%(count)s will be sent again.", count=made))

    # === PURGING === #

    @api.autovacuum
    def _purge(self):
        """A batch of those that are older than the setting says.

        :return: (how many, whether there may be more)
        """
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=self.env["sync.retention"]._days("deliveries"))
        self.env.cr.execute(PURGE, (limit, BATCH))
        count = self.env.cr.rowcount
        self.invalidate_model()
        return count, BATCH if count == BATCH else 0
