"""A header of one's own that goes out with each delivery: a key that the receiver asks for, a tenant."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....clients import http, redact

MASK = "••••••••"
SECRET = "value"
#: Written by the signature, the queue or HTTP itself.
RESERVED = frozenset(
    "webhook-id webhook-timestamp webhook-signature content-type content-length content-encoding host connection "
    "transfer-encoding accept-encoding idempotency-key x-correlation-id expect te upgrade user-agent".split()
)
MOST = 20


class SyncWebhookHeader(models.Model):
    """Sensitive values live in ``sync.secret``: they are written, and never read again by people."""

    _name = "sync.webhook.header"
    _description = "Header of a Webhook"
    _order = "id"

    webhook_id = fields.Many2one("sync.webhook", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="webhook_id.company_id", store=True, index=True)
    name = fields.Char(required=True)
    value = fields.Char(copy=False)
    is_secret = fields.Boolean(
        string="Secret", default=True, help="Nobody can read it again; what looks like a secret always is one."
    )

    _name_uniq = models.UniqueIndex("(webhook_id, lower(name))", "This header is there already.")

    @api.onchange("name")
    def _onchange_name(self):
        if self.name and redact.SECRET_NAMES.search(self.name):
            self.is_secret = True

    @api.model_create_multi
    def create(self, vals_list):
        hidden = [self._is_hidden(vals) for vals in vals_list]
        headers = super().create(
            [{**vals, **self._stored(vals, is_hidden)} for vals, is_hidden in zip(vals_list, hidden, strict=True)]
        )
        for header, vals, is_hidden in zip(headers, vals_list, hidden, strict=True):
            if is_hidden:
                header._keep(vals.get("value"))
        return headers

    def write(self, vals):
        self.check_access("write")
        for header in self:
            is_hidden = header._is_hidden({"name": header.name, "is_secret": header.is_secret, **vals})
            was_hidden = header.is_secret
            if was_hidden and not is_hidden and vals.get("value") in (None, MASK):
                raise ValidationError(self.env._("A secret does not become readable. Enter its value again."))
            given = vals.get("value", header.value if is_hidden and not was_hidden else MASK)
            super(SyncWebhookHeader, header).write({**vals, **header._stored({**vals, "value": given}, is_hidden)})
            if is_hidden and given != MASK:
                header._keep(given)
            if was_hidden and not is_hidden:
                self.env["sync.secret"]._wipe(header)
        return True

    def unlink(self):
        self.env["sync.secret"]._wipe(self)
        return super().unlink()

    @api.model
    def _is_hidden(self, vals):
        """What is to be hidden: as told, and always what has a name like ``X-Api-Key``."""
        return bool(vals.get("is_secret", True) or redact.SECRET_NAMES.search(vals.get("name") or ""))

    @api.model
    def _stored(self, vals, is_hidden):
        if is_hidden:
            problem = http.header_problem(vals.get("name") or "X", vals.get("value") or "")
            if problem and vals.get("value") != MASK:
                raise ValidationError(problem)
            return {"is_secret": True, "value": MASK}
        return {"is_secret": False, "value": vals.get("value")} if vals.get("value") != MASK else {"is_secret": False}

    def _keep(self, value):
        if not value:
            raise ValidationError(self.env._("Enter the value of the header %(name)s.", name=self.name))
        self.env["sync.secret"]._store(self, SECRET, value)

    @api.constrains("name", "value", "webhook_id")
    def _check_header(self):
        for header in self:
            if header.name.lower() in RESERVED:
                raise ValidationError(self.env._("The header %(name)s is written by the delivery.", name=header.name))
            problem = http.header_problem(header.name, "" if header.is_secret else header.value or "")
            if problem:
                raise ValidationError(problem)
            if len(header.webhook_id.header_ids) > MOST:
                raise ValidationError(self.env._("A webhook has %(most)s headers at most.", most=MOST))

    def _sent(self):
        """{name: value} as they go out."""
        values = {}
        for header in self:
            if header.is_secret:
                found = self.env["sync.secret"]._values(header, SECRET)
                values[header.name] = found[0] if found else ""
            else:
                values[header.name] = header.value or ""
        return values
