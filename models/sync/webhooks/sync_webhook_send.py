"""What goes out: content, signature, and the test that a person sends."""

import time
import uuid
from urllib.parse import quote, urlencode, urlsplit

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....clients import http, signature
from ....clients.errors import ClientError
from ....engine.sync import payload
from .. import egress

AGENT = "AI-Bookkeeper/1 (+https://www.standardwebhooks.com)"
SIGNING = "signing"
#: Of a reply nobody needs more.
MOST_REPLY = 64 * 1024
_PARCEL = "ai_bookkeeper.webhook_parcels"


class SyncWebhook(models.Model):
    _name = "sync.webhook"
    _inherit = "sync.webhook"

    # === CONTENT === #

    @api.model
    def _contents_of(self, jobs):
        """{job id: what to tell; False when it may not leave any more; None when its event is gone}, read in sets."""
        events = self.env["sync.event"].sudo().browse(set(jobs.mapped("event_id"))).exists()
        by_id = {event.id: event for event in events}
        facts = self._facts(events)
        allowed = jobs.webhook_id._readable_ids(events, facts)
        records = self._records_of(jobs, by_id, allowed)
        contents = {}
        for job in jobs:
            webhook, event = job.webhook_id, by_id.get(job.event_id)
            if event is None:
                contents[job.id] = None
            elif event.res_id not in allowed[webhook, event.res_model]:
                contents[job.id] = False
            else:
                record = records.get((webhook, event.res_model), {}).get(event.res_id)
                contents[job.id] = payload.envelope(self._told(event), record, webhook.detail == "full")
        return contents

    @api.model
    def _told(self, event):
        return {
            "uuid": event.event_uuid,
            "name": event.name,
            "at": event.at,
            "seq": event.seq or None,
            "correlation_id": event.correlation_id or None,
            "company_id": event.company_id.id or None,
            "res_model": event.res_model,
            "res_id": event.res_id,
            "payload": event.payload or {},
        }

    @api.model
    def _records_of(self, jobs, events, allowed):
        """{(webhook, model): {id: record as it may leave}} of those with full content.

        The same for all webhooks of a company: what differs is which of them may be told of it.
        """
        wanted = {}
        for job in jobs:
            event = events.get(job.event_id)
            if event is not None and job.webhook_id.detail == "full" and event.res_model in payload.RECORDS:
                key = (job.webhook_id.company_id, event.res_model)
                wanted.setdefault(key, set()).add(event.res_id)
        read = {key: self._full(*key, ids) for key, ids in wanted.items()}
        full = jobs.webhook_id.filtered(lambda webhook: webhook.detail == "full")
        return {
            (webhook, name): {res_id: values for res_id, values in found.items() if res_id in allowed[webhook, name]}
            for (company, name), found in read.items()
            for webhook in full
            if webhook.company_id == company
        }

    @api.model
    def _full(self, company, name, ids):
        """{id: record as it may leave} of what exists and is of the company, or of all."""
        records = self.env[name].sudo().browse(ids).exists()
        if "company_id" in records._fields:
            records = records.filtered(lambda record: not record.company_id or record.company_id == company)
        return self.env["sync.payload"].with_company(company)._read(records)

    # === REQUEST === #

    def _parcel(self):
        """What all deliveries of a webhook share, read once in a transaction: (headers, secrets)."""
        known = self.env.cr.cache.setdefault(_PARCEL, {})
        if self.id not in known:
            own = self.header_ids._sent()
            hidden = [own[header.name] for header in self.header_ids if header.is_secret]
            secrets = self.env["sync.secret"]._values(self, SIGNING)
            known[self.id] = (own, tuple(secrets), tuple(filter(None, [*secrets, *hidden])))
        return known[self.id]

    def _request(self, message_id, content):
        """A signed delivery; its timestamp is of now, so it is made anew for each attempt."""
        body = payload.body(content)
        return self._signed("POST", self.url, message_id, body, {"Content-Type": "application/json; charset=utf-8"})

    def _probe_request(self, message_id):
        marked = self.probe_url.replace("{id}", quote(message_id, safe=""))
        if marked == self.probe_url:
            marked += f"{'&' if urlsplit(marked).query else '?'}{urlencode({'webhook-id': message_id})}"
        return self._signed("GET", marked, message_id, b"", {})

    def _signed(self, method, url, message_id, body, headers):
        own, secrets, hidden = self._parcel()
        if not secrets:
            raise UserError(self.env._('The webhook "%(name)s" has no secret. Make one.', name=self.name))
        return http.Request(
            method,
            url,
            headers={
                "User-Agent": AGENT,
                **headers,
                **own,
                **signature.headers(secrets, message_id, int(time.time()), body),
            },
            body=body or None,
            idempotency_key=message_id,
            timeout=float(self.timeout or http.READ_SECONDS),
            secrets=hidden,
            most_bytes=MOST_REPLY,
            needs_body=False,
            **egress.door(),
        )

    # === TEST === #

    def action_test(self):
        """Send a signed test event now, whatever its state, and show what came back."""
        self.ensure_one()
        self._check_manager()
        delivery = self.sudo()._send_test()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Test of %(name)s", name=self.name),
            "res_model": "sync.delivery",
            "res_id": delivery.id,
            "views": [(self.env.ref("ai_bookkeeper.sync_delivery_view_form_test").id, "form")],
            "target": "new",
        }

    def _send_test(self):
        event = {
            "uuid": str(uuid.uuid4()),
            "name": payload.TEST,
            "at": fields.Datetime.now(),
            "seq": None,
            "correlation_id": None,
            "company_id": self.company_id.id,
            "res_model": self._name,
            "res_id": self.id,
            "payload": {},
        }
        message_id = self._job_key(event["uuid"], self.id)
        request = self._request(message_id, payload.envelope(event, None, self.detail == "full"))
        start = time.monotonic()
        reply = error = None
        try:
            reply = self.env["sync.handler.deliver"]._send(request)
        except ClientError as caught:
            error = caught
        duration = round((time.monotonic() - start) * 1000)
        return self.env["sync.delivery"]._note(self, request, reply, error, duration, message_id=message_id)

    # === GONE === #

    def _gone(self):
        """The receiver said 410: it wants no more. People are told here and by the watchdog."""
        self._switch_off_and_tell(self.env._("The receiver answered 410: it wants no more deliveries."))

    def _switch_off_and_tell(self, reason):
        self._stop("off", reason)
        self.message_post(
            body=self.env._(
                "%(reason)s Ask its owner whether it is still wanted. What happens meanwhile can be sent later: start "
                "it again, then resend the time since.",
                reason=reason,
            )
        )
