"""What was sent to a language model, word for word: when, how large, what it cost, for which document, by whom."""

import hashlib

from odoo import api, fields, models
from odoo.tools import SQL

SENT, ANSWERED, REFUSED, FAILED = "sent", "answered", "refused", "failed"
STATES = [
    (SENT, "Sent, no answer yet"),
    (ANSWERED, "Answered"),
    (REFUSED, "Answer not usable"),
    (FAILED, "Failed"),
]
#: Bytes of text for a token, at least: before it is sent, a question is counted too large rather than too small.
BYTES_PER_TOKEN = 2


class AiModelLedger(models.Model):
    """Written before anything leaves, in a transaction of its own: what was sent stands here even if the server dies
    the moment after. Nobody changes or deletes rows."""

    _name = "ai.model.ledger"
    _inherit = "ai.target.mixin"
    _description = "Sent to a Language Model"
    _order = "id desc"
    _log_access = False
    _rec_name = "document_name"
    _shows_orphans = True

    at = fields.Datetime(readonly=True, required=True, index=True, string="When")
    answered_at = fields.Datetime(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, required=True)
    provider_id = fields.Many2one("ai.model.provider", readonly=True, ondelete="set null", index=True)
    user_id = fields.Many2one("res.users", readonly=True, string="For", help="Who brought the document.")
    res_model = fields.Char(readonly=True, required=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True, string="Document")
    document_name = fields.Char(readonly=True, string="File")
    url = fields.Char(readonly=True, string="Address")
    model = fields.Char(readonly=True)
    state = fields.Selection(STATES, readonly=True, required=True, default=SENT, index=True)
    asked = fields.Char(readonly=True, string="Asked For", help="Fields that were blank.")
    kept = fields.Json(
        readonly=True, string="Values Kept", help="Fields of the answer that the document itself prints."
    )
    dropped = fields.Json(
        readonly=True, string="Values Dropped", help="Fields of the answer that were not believed, and why."
    )
    kept_text = fields.Char(compute="_compute_texts", string="Kept")
    dropped_text = fields.Char(compute="_compute_texts", string="Dropped")
    request = fields.Text(readonly=True, string="Sent", help="Exactly what left this server, without the key.")
    request_sha256 = fields.Char(readonly=True, string="SHA-256 of What Was Sent")
    answer = fields.Text(readonly=True)
    error = fields.Char(readonly=True)
    pages = fields.Integer(readonly=True)
    sent_bytes = fields.Integer(readonly=True, string="Bytes")
    asked_tokens = fields.Integer(readonly=True, string="Tokens Sent")
    answered_tokens = fields.Integer(readonly=True, string="Tokens Received")
    cost = fields.Float(readonly=True, digits=(16, 6), help="In the company's currency, by the prices of that day.")

    _day_idx = models.Index("(company_id, at)")
    _record_idx = models.Index("(res_model, res_id)")

    @api.depends("kept", "dropped")
    @api.depends_context("lang")
    def _compute_texts(self):
        words = self._reason_words()
        for row in self:
            row.kept_text = ", ".join(f"{name}: {value}" for name, value in sorted((row.kept or {}).items()))
            dropped = sorted((row.dropped or {}).items())
            row.dropped_text = ", ".join(f"{name} ({words.get(why, why)})" for name, why in dropped)

    @api.model
    def _reason_words(self):
        return {
            "not_asked": self.env._("nobody asked for it"),
            "known": self.env._("was known"),
            "not_printed": self.env._("the document does not say it"),
            "not_readable": self.env._("not of the right form"),
            "does_not_add_up": self.env._("does not add up"),
        }

    @api.model
    def _open(self, provider, document, body, question, pages):
        """Enter what is about to be sent, or say which limit forbids it.

        :param bytes body: what is sent
        :return: (id of the row, None), or (None, name of the limit)
        """
        size = len(body) // BYTES_PER_TOKEN + 1
        cost = provider._cost(size, question.most_tokens)
        values = self._values(provider, document, body, question.names)
        values |= {"asked_tokens": size, "answered_tokens": question.most_tokens, "cost": cost, "pages": pages}
        with self.env.registry.cursor() as cr:
            # Two documents at once must not both take what is left.
            cr.execute(SQL("SELECT pg_advisory_xact_lock(hashtext('ai.model.ledger'), %s)", provider.company_id.id))
            # Nobody has the right to write rows: whoever asks passes here.
            ledger = self.with_env(self.env(cr=cr)).sudo()
            limit = ledger._limit_met(provider, pages, cost)
            return (None, limit) if limit else (ledger.create(values).id, None)

    def _values(self, provider, document, body, names):
        return {
            "at": fields.Datetime.now(),
            "company_id": provider.company_id.id,
            "provider_id": provider.id,
            "user_id": document.create_uid.id,
            "res_model": document._name,
            "res_id": document.id,
            "document_name": document.name,
            "url": provider.url,
            "model": provider.model,
            "asked": ", ".join(names),
            "request": body.decode(),
            "request_sha256": hashlib.sha256(body).hexdigest(),
            "sent_bytes": len(body),
        }

    @api.model
    def _limit_met(self, provider, pages, cost):
        """Name of the first limit that this question would break; None when there is room. Days are UTC's."""
        now = fields.Datetime.now()
        day = now.replace(hour=0, minute=0, second=0, microsecond=0)
        for limit, since in (("day", day), ("month", day.replace(day=1))):
            sent, spent = self._used(provider.company_id, since)
            if sent + pages > provider[f"pages_per_{limit}"]:
                return f"pages_per_{limit}"
            # What costs nothing needs no budget.
            if cost and spent + cost > provider[f"cost_per_{limit}"]:
                return f"cost_per_{limit}"
        return None

    def _used(self, company, since):
        self.env.cr.execute(
            SQL(
                "SELECT coalesce(sum(pages), 0), coalesce(sum(cost), 0) FROM ai_model_ledger"
                " WHERE company_id = %s AND at >= %s",
                company.id,
                since,
            )
        )
        return self.env.cr.fetchone()

    @api.model
    def _close(self, row_id, values):
        """Enter what came of it, in a transaction of its own."""
        with self.env.registry.cursor() as cr:
            row = self.with_env(self.env(cr=cr)).sudo().browse(row_id)
            row.write({"answered_at": fields.Datetime.now(), **values})
