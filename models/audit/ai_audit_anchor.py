"""Anchors: the head of the seals, sent daily to places that whoever governs this database can't rewrite."""

import json
import os
import re
import uuid
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import config, email_split

from ...clients import http, redact
from ...clients.errors import ClientError
from ..sync import egress

MANAGERS = "ai_bookkeeper.ai_bookkeeper_group_manager"
FORMAT = "ai-bookkeeper-anchor-1"
PARAMETER = "ai_bookkeeper.anchor_%s"
#: In odoo.conf, for operators who keep the place out of the database's reach.
OPTION = "ai_bookkeeper_anchor_directory"
EVERY = timedelta(hours=20)
MOST_ATTEMPTS = 24
#: The value of the mail parameter that means: whoever is manager.
TO_MANAGERS = "managers"


class AiAuditAnchor(models.Model):
    """One head and one place that it went to, or why it could not."""

    _name = "ai.audit.anchor"
    _description = "Audit Anchor"
    _order = "id desc"
    _rec_name = "seq"

    at = fields.Datetime(readonly=True, required=True, help="When the head was taken.")
    seq = fields.Integer(readonly=True, string="Seals", aggregator=False, help="How many seals the head commits to.")
    head = fields.Char(readonly=True)
    channel = fields.Selection(
        [("mail", "Mail"), ("file", "File"), ("webhook", "Webhook"), ("none", "Nowhere")], readonly=True, required=True
    )
    destination = fields.Char(readonly=True)
    state = fields.Selection(
        [("pending", "Waiting"), ("sent", "Sent"), ("failed", "Failed")],
        readonly=True,
        required=True,
        default="pending",
        index=True,
    )
    reason = fields.Char(readonly=True, help="Why it could not be sent.")
    attempts = fields.Integer(readonly=True, aggregator=False)
    retry_at = fields.Datetime(readonly=True)
    key = fields.Char(readonly=True, help="The same for every attempt: a receiver can tell a repetition.")
    document = fields.Text(readonly=True, help="What was sent, to paste into the check.")

    # === SCHEDULED === #

    @api.model
    def _cron_anchor(self):
        """Each hour: once a day take the head and send it; send again what failed for a passing reason."""
        last = self.search([], limit=1, order="at desc, id desc")
        if not last or last.at < fields.Datetime.now() - EVERY:
            self.env["ai.audit.seal"]._seal()
            # The head that another transaction has sealed is seen by a new one only.
            self.env["ir.cron"]._commit_progress()
            self._take()
        self._send_waiting()

    def action_anchor_now(self):
        """Take the head and send it now."""
        self._check_manager()
        self.env["ai.audit.seal"]._seal()
        anchors = self.sudo()._take()
        anchors._send()
        failed = anchors.filtered(lambda anchor: anchor.state != "sent")
        notice = self.env["ai.suggestion"]._notice
        if failed:
            reasons = [f"{anchor.destination or ''}: {anchor.reason}" for anchor in failed]
            return notice("\n".join(reasons), kind="warning")
        return notice(self.env._("The head was sent to %(count)s places.", count=len(anchors)))

    def action_send_again(self):
        """Try failed ones again."""
        self._check_manager()
        self.sudo().filtered(lambda anchor: anchor.state != "sent" and anchor.channel != "none")._send()
        return True

    def _check_manager(self):
        if not (self.env.su or self.env.user.has_group(MANAGERS)):
            raise AccessError(self.env._("Only bookkeeping managers send the head of the audit log."))

    # === TAKING === #

    @api.model
    def _take(self):
        """One waiting anchor for each place that is configured; one that failed when there is none."""
        seq, head = self.env["ai.audit.seal"].sudo()._last()
        now = fields.Datetime.now()
        common = {"at": now, "seq": seq, "head": head, "key": str(uuid.uuid4())}
        common["document"] = self._document(common)
        places = self._places()
        if not places:
            reason = self.env._(
                "No place outside is set. Set a mail address, a directory or a webhook in the settings."
            )
            return self.create({**common, "channel": "none", "state": "failed", "reason": reason})
        return self.create([{**common, "channel": channel, "destination": shown} for channel, shown in places])

    def _document(self, values):
        parameters = self.env["ir.config_parameter"].sudo()
        return json.dumps(
            {
                "format": FORMAT,
                "database": self.env.cr.dbname,
                "database_uuid": parameters.get_param("database.uuid"),
                "seq": values["seq"],
                "head": values["head"],
                "at": fields.Datetime.to_string(values["at"]),
            },
            indent=1,
        )

    def _parameter(self, name):
        return (self.env["ir.config_parameter"].sudo().get_param(PARAMETER % name) or "").strip()

    def _places(self):
        """[(channel, place as it may be shown) ...]."""
        places = []
        addresses = self._addresses()
        if addresses:
            places.append(("mail", ", ".join(addresses)))
        directory = self._directory()
        if directory:
            places.append(("file", directory))
        url = self._parameter("url")
        if url:
            places.append(("webhook", redact.url(url)))
        return places

    def _addresses(self):
        told = self._parameter("mail")
        if told != TO_MANAGERS:
            return email_split(told)
        users = self.env.ref(MANAGERS).sudo().all_user_ids
        return sorted({address for user in users if user.active for address in email_split(user.email or "")})

    def _directory(self):
        return (config.get(OPTION) or "").strip() or self._parameter("directory")

    # === SENDING === #

    def _send_waiting(self):
        now = fields.Datetime.now()
        waiting = self.search([("state", "=", "pending"), "|", ("retry_at", "=", False), ("retry_at", "<=", now)])
        for anchor in waiting:
            anchor._send()
            # What is sent is sent: its outcome is kept before the next one is tried.
            self.env["ir.cron"]._commit_progress(1)

    def _send(self):
        """Send each to its place and note what became of it."""
        for anchor in self:
            values = {"attempts": anchor.attempts + 1, "retry_at": False, "reason": False}
            try:
                getattr(anchor, f"_send_{anchor.channel}")()
                values["state"] = "sent"
            except ClientError as error:
                values.update(anchor._failure(error))
            anchor.write(values)
            if anchor.state != "pending" or anchor.attempts == 1:
                anchor._log_outcome()

    def _failure(self, error):
        gives_up = error.permanent or self.attempts + 1 >= MOST_ATTEMPTS
        wait = timedelta(seconds=error.retry_after or 3600 - 60)
        return {
            "state": "failed" if gives_up else "pending",
            "reason": str(error)[:500],
            "retry_at": False if gives_up else fields.Datetime.now() + wait,
        }

    def _log_outcome(self):
        payload = {"seq": self.seq, "head": self.head, "channel": self.channel, "state": self.state}
        names = {"destination": self.destination, "reason": self.reason}
        self.env["ai.audit.log"]._append("anchored", self, [payload], [names])

    def _send_none(self):
        raise ClientError(self.reason or "", permanent=True)

    def _send_webhook(self):
        url = self._parameter("url")
        if not url:
            raise ClientError(self.env._("The webhook was removed from the settings."), permanent=True)
        http.send(
            http.Request(
                "POST",
                url,
                headers={"Content-Type": "application/json"},
                body=self.document.encode(),
                idempotency_key=self.key,
                needs_body=False,
                **egress.door(),
            )
        )

    def _send_mail(self):
        addresses = self._addresses()
        if not addresses:
            raise ClientError(self.env._("The mail address was removed from the settings."), permanent=True)
        mail = self.env["mail.mail"].create(
            {
                "subject": self.env._(
                    "Audit anchor of %(database)s: %(seq)s seals", database=self.env.cr.dbname, seq=self.seq
                ),
                "body_html": self._mail_body(),
                "email_to": ", ".join(addresses),
                "email_from": self.env.company.email_formatted or self.env.user.email_formatted,
                "auto_delete": False,
            }
        )
        mail.send()
        if mail.state != "sent":
            reason = mail.failure_reason or self.env._("The mail server did not take it.")
            mail.cancel()
            raise ClientError(redact.text(reason))

    def _mail_body(self):
        words = self.env._(
            "Keep this mail. It proves later that nothing that was logged until now was changed, deleted or put in "
            "afterwards: paste the lines below into Bookkeeping, Reporting, Check of the Audit Log."
        )
        template = self.env["ir.qweb"]._render("ai_bookkeeper.ai_audit_anchor_mail", {"words": words, "anchor": self})
        return template

    def _send_file(self):
        """Write a new file; nothing that exists is ever overwritten or followed."""
        folder = self._checked_directory(self._directory())
        database = re.sub(r"[^A-Za-z0-9_-]", "_", self.env.cr.dbname)
        name = f"{database}-{self.at:%Y%m%dT%H%M%S}-{self.seq}-{self.key[:8]}.json"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
        try:
            handle = os.open(folder / name, flags, 0o640)
            with os.fdopen(handle, "w") as file:
                file.write(self.document)
                file.flush()
                os.fsync(file.fileno())
        except FileExistsError:
            if (folder / name).read_text() != self.document:
                raise ClientError(self.env._("%(name)s is there already and says something else.", name=name)) from None
        except OSError as error:
            text = self.env._("%(name)s can't be written: %(why)s", name=folder / name, why=error.strerror)
            raise ClientError(text) from None

    def _checked_directory(self, told):
        """The folder, if files may be put there: absolute, existing, and none that Odoo itself reads from."""
        if not told:
            raise ClientError(self.env._("The directory was removed from the settings."), permanent=True)
        path = Path(told)
        try:
            folder = path.resolve(strict=True)
        except (OSError, RuntimeError):
            raise ClientError(self.env._("The directory %(path)s does not exist.", path=told)) from None
        if not path.is_absolute() or not folder.is_dir():
            raise ClientError(self.env._("%(path)s is no absolute path of a directory.", path=told), permanent=True)
        # The addon's own folder stands below an addons path, as every other module's.
        own = [config["data_dir"], *config["addons_path"], config.root_path]
        if any(folder.is_relative_to(Path(each).resolve()) for each in own if each):
            raise ClientError(
                self.env._("%(path)s belongs to Odoo itself; anchors need a place outside.", path=told), permanent=True
            )
        return folder

    # === SETTINGS === #

    @api.model
    def _check_settings(self, mail, directory, url):
        """Refuse places that can't work, when they are set."""
        if mail and mail != TO_MANAGERS and not email_split(mail):
            raise UserError(self.env._("Write mail addresses separated by commas, or %(word)s.", word=TO_MANAGERS))
        parts = urlsplit(url or "")
        if url and parts.scheme != "https" and not egress.may_be_plain(parts.hostname):
            raise UserError(self.env._("The webhook needs an address that begins with https://"))
        if directory:
            try:
                self._checked_directory(directory)
            except ClientError as error:
                raise UserError(str(error)) from error
