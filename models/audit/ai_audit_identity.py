"""Names and account numbers that the audit log mentions, kept apart so that they can be erased."""

from odoo import fields, models


class AiAuditIdentity(models.Model):
    """``digest`` is the salted hash that stands in the log; erasing a person empties ``salt`` and ``value``."""

    _name = "ai.audit.identity"
    _description = "Audited Identity"
    _log_access = False

    log_id = fields.Integer(required=True, index=True)
    field_name = fields.Char(required=True)
    salt = fields.Char()
    value = fields.Char()
    digest = fields.Char(required=True)
