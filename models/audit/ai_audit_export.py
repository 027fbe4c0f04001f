"""Exports: the evidence of a period or of some entries, or the whole log, as a zip that opens offline."""

import hashlib
import logging
import os
import shutil
import tempfile

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import config

_logger = logging.getLogger(__name__)

AUDITOR = "ai_bookkeeper.ai_bookkeeper_group_auditor"
MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"
#: Up to so many suggestions are exported while the auditor waits; more go to the scheduled action.
INLINE = 300
MOST_ATTEMPTS = 3
SCOPES = ("period", "selection", "log")


class AiAuditExport(models.Model):
    """One export: what was asked for, by whom, and the file. It follows the rights of who asked, who alone reads it."""

    _name = "ai.audit.export"
    _description = "Export of Evidence"
    _order = "id desc"

    name = fields.Char(compute="_compute_name")
    user_id = fields.Many2one("res.users", readonly=True, required=True, string="For", ondelete="cascade")
    company_ids = fields.Many2many("res.company", readonly=True)
    scope = fields.Selection(
        [("period", "Period"), ("selection", "Chosen suggestions"), ("log", "Whole log")], readonly=True, required=True
    )
    date_from = fields.Date(readonly=True, string="From")
    date_to = fields.Date(readonly=True, string="To")
    suggestion_ids = fields.Json(readonly=True)
    with_documents = fields.Boolean(readonly=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("running", "Running"), ("done", "Done"), ("failed", "Failed")],
        readonly=True,
        required=True,
        default="waiting",
        index=True,
    )
    total_count = fields.Integer(readonly=True, string="Suggestions")
    done_count = fields.Integer(readonly=True)
    progress = fields.Integer(compute="_compute_progress", string="Progress (%)")
    row_count = fields.Integer(readonly=True, string="Log Rows")
    attempts = fields.Integer(readonly=True)
    attachment_id = fields.Many2one("ir.attachment", readonly=True, string="File")
    file_size = fields.Integer(readonly=True, string="Bytes")
    manifest_digest = fields.Char(readonly=True, help="SHA-256 of the list of files, which holds all others'.")
    seq = fields.Integer(readonly=True, string="Up to Seal")
    last_log_id = fields.Integer(readonly=True, string="Up to Row")
    error = fields.Char(readonly=True)

    @api.depends("scope", "date_from", "date_to")
    @api.depends_context("lang")
    def _compute_name(self):
        scopes = dict(self._fields["scope"]._description_selection(self.env))
        for export in self:
            dates = " – ".join(str(day) for day in (export.date_from, export.date_to) if day)
            export.name = " ".join(filter(None, [scopes.get(export.scope), dates]))

    @api.depends("done_count", "total_count", "state")
    def _compute_progress(self):
        for export in self:
            share = 100 * export.done_count // export.total_count if export.total_count else 0
            export.progress = 100 if export.state == "done" else min(share, 99)

    # === ASKING === #

    @api.model
    def action_export(
        self,
        scope: str,
        date_from: str | None = None,
        date_to: str | None = None,
        suggestion_ids: list[int] | None = None,
        with_documents: bool = True,
    ):
        """Export now, or in the background when there is much. Opens the export.

        :param scope: ``period`` (by booking date), ``selection`` or ``log`` (all rows of the log, for administrators)
        :param date_from: first day, for ``period``
        :param date_to: last day, for ``period``
        :param suggestion_ids: ids, for ``selection``
        :param with_documents: put the entries' attachments in
        :raise AccessError: for others than auditors and managers; for ``log``, also without the settings right
        :raise UserError: when there is nothing to export
        """
        self._check_exporter(scope)
        export = self._ask(scope, date_from, date_to, suggestion_ids, with_documents)
        if export.total_count <= INLINE and scope != "log":
            export._run()
        else:
            self.env.ref("ai_bookkeeper.ir_cron_export").sudo()._trigger()
        return export._open()

    def _check_exporter(self, scope):
        user = self.env.user
        if not (self.env.su or user.has_group(AUDITOR) or user.has_group(MANAGER)):
            raise AccessError(self.env._("Only auditors and managers export evidence. Ask a manager for the role."))
        # All rows of all companies, of records too that an auditor may not see.
        if scope == "log" and not (self.env.su or user.has_group("base.group_system")):
            raise AccessError(
                self.env._("The whole log is exported by an administrator who is auditor or manager too.")
            )

    def _ask(self, scope, date_from, date_to, suggestion_ids, with_documents):
        if scope not in SCOPES:
            raise UserError(self.env._("Unknown scope: %(scope)s.", scope=scope))
        if scope == "period" and not (date_from and date_to and str(date_from) <= str(date_to)):
            raise UserError(self.env._("Choose the first and the last day of the period."))
        values = {
            "user_id": self.env.uid,
            "company_ids": [(6, 0, self.env.companies.ids)],
            "scope": scope,
            "date_from": date_from if scope == "period" else False,
            "date_to": date_to if scope == "period" else False,
            "suggestion_ids": sorted(set(suggestion_ids or ())) if scope == "selection" else False,
            "with_documents": with_documents,
        }
        # Exports are the addon's records; the right to ask for one was checked.
        export = self.sudo().create(values)
        export.total_count = 0 if scope == "log" else len(export._reader()._suggestions(export._spec()))
        if scope != "log" and not export.total_count:
            raise UserError(self.env._("There is no suggestion that you may see there. Choose another period."))
        return export

    def _spec(self):
        """What to export, as plain values: the build reads them in another transaction."""
        return {
            "scope": self.scope,
            "date_from": self.date_from,
            "date_to": self.date_to,
            "suggestion_ids": self.suggestion_ids or [],
            "with_documents": self.with_documents,
            "user_id": self.user_id.id,
            "company_ids": self.company_ids.ids,
        }

    def _reader(self):
        """The builder with the rights of who asked."""
        context = {"allowed_company_ids": self.company_ids.ids, "lang": self.user_id.lang, "tz": self.user_id.tz}
        return self.env["ai.audit.export.builder"].with_user(self.user_id).with_context(**context)

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def action_download(self):
        """The file."""
        self.ensure_one()
        self.check_access("read")
        if not self.attachment_id:
            raise UserError(self.env._("The export is not ready yet."))
        url = f"/web/content/{self.attachment_id.id}?download=true"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    # === RUNNING === #

    @api.model
    def _cron_export(self):
        """Build what waits, one after the other. One that a stopped server left is begun anew."""
        while export := self.search([("state", "in", ("waiting", "running"))], order="id", limit=1):
            export.attempts += 1
            if export.attempts > MOST_ATTEMPTS:
                export.write({"state": "failed", "error": self.env._("The server stopped three times meanwhile.")})
                self.env["ir.cron"]._commit_progress(1)
                continue
            export.state = "running"
            self.env["ir.cron"]._commit_progress()
            try:
                export._run(in_background=True)
            except Exception as error:
                self.env.cr.rollback()
                _logger.exception("Export %s failed", export.id)
                export.write({"state": "failed", "error": str(error)[:500]})
            self.env["ir.cron"]._commit_progress(1)

    def _run(self, in_background=False):
        """Seal what is committed, build the file in a transaction that sees the seals, and keep it."""
        self.ensure_one()
        spec = self._spec()
        self.env["ai.audit.seal"].sudo()._seal()
        handle, path = tempfile.mkstemp(prefix="ai-audit-export-", suffix=".zip")
        os.close(handle)
        try:
            facts = self._build_apart(spec, path, self._tell_progress if in_background else None)
            self._keep(path, facts)
        finally:
            os.unlink(path)

    def _build_apart(self, spec, path, tell):
        with self.env.registry.cursor() as cr:
            builder = self._reader().with_env(self._reader().env(cr=cr))
            return builder._build(spec, path, tell)

    def _tell_progress(self, done):
        self.done_count = done
        self.env["ir.cron"]._commit_progress()

    def _keep(self, path, facts):
        self.write(
            {
                "state": "done",
                "done_count": facts["suggestions"],
                "total_count": facts["suggestions"],
                "row_count": facts["rows"],
                "seq": facts["seq"],
                "last_log_id": facts["last_log_id"],
                "manifest_digest": facts["manifest_digest"],
                "file_size": os.path.getsize(path),
                "attachment_id": self._store(path).id,
                "error": False,
            }
        )
        payload = {
            "scope": self.scope,
            "from": self.date_from or "",
            "to": self.date_to or "",
            **{name: facts[name] for name in ("suggestions", "rows", "seq", "head", "last_log_id", "manifest_digest")},
        }
        self.env["ai.audit.log"].with_user(self.user_id)._append("exported", self, [payload])

    def _store(self, path):
        """The file as an attachment of this export; copied on disk, never as a whole in memory."""
        attachments = self.env["ir.attachment"].sudo()
        values = {
            "name": f"evidence-{self.scope}-{self.id}.zip",
            "res_model": self._name,
            "res_id": self.id,
            "mimetype": "application/zip",
        }
        if attachments._storage() != "file":
            with open(path, "rb") as file:
                return attachments.create({**values, "raw": file.read()})
        with open(path, "rb") as file:
            checksum = hashlib.file_digest(file, "sha1").hexdigest() if hasattr(hashlib, "file_digest") else _sha1(file)
        name = f"{checksum[:2]}/{checksum}"
        target = attachments._full_path(name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if not os.path.exists(target):
            shutil.copyfile(path, target)
        # Should this transaction fail, the file store's own cleaning takes the file away.
        attachments._mark_for_gc(name)
        attachment = attachments.create(values)
        attachment.flush_recordset()
        self.env.cr.execute(
            "UPDATE ir_attachment SET store_fname = %s, checksum = %s, file_size = %s WHERE id = %s",
            (name, checksum, os.path.getsize(path), attachment.id),
        )
        attachment.invalidate_recordset()
        return attachment

    # === COVERING === #

    @api.model
    def _uncovered(self):
        """How many rows of the log no export of the whole log holds; notes of exporting and anchoring don't count."""
        self.env.cr.execute(
            """SELECT count(*) FROM ai_audit_log WHERE event NOT IN ('exported', 'anchored') AND id > COALESCE(
                   (SELECT max((payload->>'last_log_id')::int) FROM ai_audit_log
                     WHERE event = 'exported' AND payload->>'scope' = 'log'), 0)"""
        )
        return self.env.cr.fetchone()[0]

    @api.model
    def _keep_rest(self):
        """The whole log as a file in the data directory, when the addon goes though it was not exported up to its end:
        who worked between the click and the restart is not lost. Returns the path, or None."""
        if not self._uncovered():
            return None
        folder = os.path.join(config["data_dir"], "ai_bookkeeper_audit")
        os.makedirs(folder, mode=0o700, exist_ok=True)
        path = os.path.join(folder, f"{self.env.cr.dbname}-{fields.Datetime.now():%Y%m%dT%H%M%S}.zip")
        spec = {"scope": "log", "date_from": False, "date_to": False, "company_ids": self.env.companies.ids}
        self.env["ai.audit.export.builder"]._build(spec, path)
        _logger.warning("The audit log was not exported to its end; it is kept in %s", path)
        return path


def _sha1(file):
    digest = hashlib.sha1()
    while part := file.read(1 << 20):
        digest.update(part)
    return digest.hexdigest()
