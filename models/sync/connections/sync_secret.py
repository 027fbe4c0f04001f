"""Secrets and credentials: written by narrow methods, read by the server only, shown once when made."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.orm.models import NO_ACCESS


class SyncSecret(models.Model):
    """Nobody has rights on this model: only ``sudo()`` inside the methods that sign, verify, connect and disconnect.

    The value is closed for everybody on the field too: an administrator who gives somebody rights on the model gives
    the names of secrets away, not the secrets.
    """

    _name = "sync.secret"
    _description = "Secret"
    _order = "id desc"
    _log_access = False

    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    name = fields.Char(required=True, help="What it is for: signing, access_token.")
    value = fields.Char(required=True, groups=NO_ACCESS, exportable=False)
    created_at = fields.Datetime()
    valid_until = fields.Datetime(help="Empty: until it is replaced.")

    _record_idx = models.Index("(res_model, res_id, name)")

    @api.model
    def _store(self, record, name, value, valid_until=None, keep_until=None):
        """Make ``value`` the newest secret ``name`` of ``record``.

        :param datetime valid_until: when it ends by itself; None: when it is replaced
        :param datetime keep_until: until then older ones stay valid beside it (rotation); None: they go now
        """
        record.ensure_one()
        if not (isinstance(value, str) and value):
            raise ValueError("A secret is a text that is not empty.")
        older = self._of(record, name)
        if keep_until:
            older.filtered(lambda row: not row.valid_until or row.valid_until > keep_until).valid_until = keep_until
        else:
            older.unlink()
        self.sudo().create(
            {
                "res_model": record._name,
                "res_id": record.id,
                "name": name,
                "value": value,
                "created_at": fields.Datetime.now(),
                "valid_until": valid_until,
            }
        )
        told = {"name": name, "replaces": len(older), "valid_until": valid_until, "older_until": keep_until}
        self._log("secret_stored", record, {key: each and str(each) for key, each in told.items()})

    @api.model
    def _values(self, record, name):
        """The valid secrets ``name`` of ``record``, newest first: one, two while they are rotated, or none."""
        record.ensure_one()
        return self._of(record, name).filtered(lambda row: row._is_valid()).mapped("value")

    @api.model
    def _wipe(self, records, names=None):
        """Delete the secrets of ``records``; ``names``: only these."""
        found = self._of(records, *(names or ()))
        for record in records:
            gone = found.filtered(lambda row, record=record: row.res_id == record.id)
            if gone:
                self._log("secret_wiped", record, {"names": sorted(set(gone.mapped("name")))})
        found.unlink()

    @api.autovacuum
    def _gc_ended(self):
        """What has ended is no secret any more, but it is no business of a backup either."""
        # The scheduled clean-up has no rights on secrets, as nobody has.
        self.sudo().search([("valid_until", "<", fields.Datetime.now())]).unlink()

    def _of(self, records, *names):
        """Rows of secrets, newest first. Nobody has rights on them: whoever signs, verifies or connects passes here."""
        domain = Domain("res_model", "=", records._name) & Domain("res_id", "in", records.ids)
        if names:
            domain &= Domain("name", "in", names)
        return self.sudo().search(domain)

    def _is_valid(self):
        return not self.valid_until or self.valid_until > fields.Datetime.now()

    def _log(self, event, record, payload):
        self.env["ai.audit.log"]._append(event, record, [payload])
