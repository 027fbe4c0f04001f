"""Delivering to webhooks: Standard Webhooks 1.0."""

from odoo import models
from odoo.exceptions import UserError

from ....clients import http, signature
from ....clients.errors import ClientError

#: Statuses by which receivers refuse what they think is too old or too new.
REFUSES_TIME = (400, 401, 403)
GONE = 410
_CACHE = "ai_bookkeeper.deliveries"


class SyncHandlerDeliver(models.AbstractModel):
    _name = "sync.handler.deliver"
    _inherit = "sync.handler"
    _description = "Deliver to a Webhook"
    _lane = "http"

    # === SENDING === #

    def _prepare(self, job):
        job.webhook_id._check_sends()
        content = self._contents(job)[job.id]
        if content is None:
            raise UserError(self.env._("The event is gone: events are purged by age. Nothing can be sent any more."))
        # False: it may not leave any more; nothing is to be done.
        return job.webhook_id._request(job.idempotency_key, content) if content else None

    def _contents(self, job):
        """{job id: what to tell, or None} of the batch that ``job`` is in, read once."""
        known = self.env.cr.cache.setdefault(_CACHE, {})
        if job.id not in known:
            jobs = self.env["sync.job"].browse(job._prefetch_ids)
            known.update(self.env["sync.webhook"]._contents_of(jobs.filtered("webhook_id")))
        return known

    def _send(self, request):
        try:
            return http.send(request)
        except ClientError as error:
            raise self._about_time(request, error) or error from None

    @staticmethod
    def _about_time(request, error):
        """The error to raise instead when the clocks are so far apart that this is why it was refused."""
        if error.status not in REFUSES_TIME or error.reply is None:
            return None
        ahead = signature.ahead(request.headers.get(signature.TIMESTAMP_HEADER), error.reply.headers.get("date"))
        if ahead is None or abs(ahead) <= signature.TOLERANCE:
            return None
        told = f"{abs(round(ahead / 60))} minutes {'ahead of' if ahead > 0 else 'behind'}"
        text = f"The receiver refused it ({error.status}): this server's clock is {told} the receiver's."
        return ClientError(text, permanent=True, reason="clock", reply=error.reply, maybe_done=False)

    # === AFTER === #

    def _record(self, job, reply):
        self.env["sync.binding"]._acknowledge(
            [
                {
                    "res_model": job.res_model,
                    "res_id": job.res_id,
                    "webhook_id": job.webhook_id.id,
                    "company_id": job.company_id.id,
                    "event_id": job.event_id,
                }
            ]
        )

    def _attempted(self, job, request, reply, error, duration_ms):
        self.env["sync.delivery"]._note(
            job.webhook_id, request, reply, error, duration_ms, job=job, message_id=job.idempotency_key
        )
        if getattr(error, "status", None) == GONE and job.webhook_id.state != "off":
            job.webhook_id._gone()

    # === DOUBT === #

    def _probe(self, job):
        webhook = job.webhook_id
        webhook._check_sends()
        # The receiver drops what it has by its webhook-id: without a question it is sent again.
        return webhook._probe_request(job.idempotency_key) if webhook.probe_url else None

    def _probed(self, job, reply, error):
        if error is None:
            return ("done", reply)
        if error.status in (404, GONE):
            return ("again", None)
        raise UserError(self.env._("The probe address does not tell whether it arrived. %(why)s", why=error))

    # === WORDS === #

    def _explain(self, job, reason):
        fixes = {
            "clock": self.env._("Set this server's clock right (NTP), then retry."),
            "private_address": self.env._(
                "Enter the public address. If the receiver stands in your own network, whoever administrates the "
                "server allows it there: ai_bookkeeper_allow_networks in the configuration file."
            ),
            "certificate": self.env._(
                "The receiver's certificate has ended, or is of another name: its owner renews it, then retry."
            ),
            "http_401": self.env._(
                "The receiver does not accept the signature: give it the present secret, then retry."
            ),
            "http_410": self.env._("The receiver wants no more. The webhook was switched off; ask its owner."),
        }
        return ("", fixes.get(reason, ""))
