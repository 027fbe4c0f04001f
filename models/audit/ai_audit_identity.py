"""Names and account numbers that the audit log mentions, kept apart so that they can be erased."""

from odoo import api, fields, models
from odoo.tools import SQL

#: The only change that the database allows: salt and value are emptied together.
ERASE_ONLY = """
CREATE OR REPLACE FUNCTION ai_bookkeeper_erase_only() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.salt IS NULL AND NEW.value IS NULL AND NEW.id = OLD.id AND NEW.log_id = OLD.log_id
       AND NEW.field_name = OLD.field_name AND NEW.digest = OLD.digest THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Names in the audit log of AI Bookkeeper can be erased, and not be changed';
END $$ LANGUAGE plpgsql;
CREATE OR REPLACE TRIGGER ai_audit_identity_erase_only BEFORE UPDATE OR DELETE ON ai_audit_identity
    FOR EACH ROW EXECUTE FUNCTION ai_bookkeeper_erase_only();
CREATE OR REPLACE TRIGGER ai_audit_identity_no_truncate BEFORE TRUNCATE ON ai_audit_identity
    FOR EACH STATEMENT EXECUTE FUNCTION ai_bookkeeper_erase_only();
"""


class AiAuditIdentity(models.Model):
    """``digest`` is the salted hash that stands in the log; erasing a person empties ``salt`` and ``value``."""

    _name = "ai.audit.identity"
    _inherit = "ai.follow.mixin"
    _description = "Audited Identity"
    _log_access = False
    _follows = {"log_id": "ai.audit.log"}
    _rec_name = "field_name"

    log_id = fields.Integer(required=True, index=True, readonly=True)
    field_name = fields.Char(required=True, readonly=True)
    salt = fields.Char(readonly=True)
    value = fields.Char(readonly=True)
    digest = fields.Char(required=True, readonly=True)

    def init(self):
        """Make the database itself refuse every change but erasing."""
        self.env.cr.execute(ERASE_ONLY)

    @api.model
    def _keep(self, rows):
        """Store ``[(log_id, field_name, salt, value, digest) ...]`` in one query."""
        if rows:
            self.env.cr.execute_values(
                "INSERT INTO ai_audit_identity (log_id, field_name, salt, value, digest) VALUES %s", rows
            )

    @api.model
    def _by_log(self, log_ids):
        """{log id: [identity dicts]} of these rows, as ``engine.audit.chain`` takes them."""
        rows = self.env.execute_query(
            SQL(
                "SELECT log_id, field_name, salt, value, digest FROM ai_audit_identity WHERE log_id = ANY(%s)",
                list(log_ids),
            )
        )
        found = {}
        for log_id, *values in rows:
            identity = dict(zip(("field_name", "salt", "value", "digest"), values, strict=True))
            found.setdefault(log_id, []).append(identity)
        return found
