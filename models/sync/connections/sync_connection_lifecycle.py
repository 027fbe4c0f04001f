"""What people do with a connection: connect, test, pause, disconnect."""

import time

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ....clients.errors import ClientError

#: The trouble of a connection whose credentials the other side does not accept.
REFUSED = "refused"
#: Models that hold on to a connection's other side: forgotten with it, where they are installed.
FORGOTTEN = ("sync.binding", "sync.cursor", "sync.mapping", "sync.conflict")
#: Reasons of failed jobs that connecting or arming may have repaired.
REPAIRED = ("http_401", "http_403", "refused_here")
OPEN = ("pending", "waiting", "indeterminate", "failed", "dead")


class SyncConnection(models.Model):
    _name = "sync.connection"
    _inherit = "sync.connection"

    has_credentials = fields.Boolean(compute="_compute_has_credentials", help="Whether there are any; not which.")
    needs_credentials = fields.Boolean(compute="_compute_has_credentials")

    def _compute_has_credentials(self):
        for connection in self:
            needs = bool(connection.kind) and connection._connector()._needs_credentials
            connection.needs_credentials = needs
            connection.has_credentials = not needs or bool(connection._credentials())

    # === CONNECTING === #

    def action_connect(self):
        """Open the dialog that asks for address and credentials."""
        self.ensure_one()
        self._check_manager()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Connect %(name)s", name=self.name),
            "res_model": "sync.connect",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_connection_id": self.id},
        }

    def _asks(self):
        """What the dialog asks for: ``{"address", "account", "credential", "has_credential"}``, all booleans."""
        self.ensure_one()
        self._check_manager()
        connector = self._connector()
        return {
            "address": connector._needs_address,
            "account": connector._needs_account,
            "credential": connector._needs_credentials,
            "has_credential": bool(self._credentials()),
        }

    def _connect(self, values=None, credentials=None):
        """Try address and credentials; keep them when the other side answers.

        :param dict values: ``address`` and ``account``, as the connector asks for them
        :param dict credentials: ``{name: text}``; those that are kept already and are not told anew stay
        :raise UserError: nobody answers there, or the credentials are refused; then nothing is kept
        """
        self.ensure_one()
        self._check_manager()
        connector = self._connector()
        values = connector._check_settings(self, {"address": self.address, "account": self.account, **(values or {})})
        told = {name: text for name, text in (credentials or {}).items() if text}
        self._check_asked(connector, values, told)
        with self.env.cr.savepoint():
            self._keep_settings(values, told)
            who = self._ask_who(connector)
            self._check_same_books(who)
            self._move(
                "connected",
                remote_name=who["name"],
                remote_identity=who["identity"],
                connected_at=fields.Datetime.now(),
                interval_minutes=self.interval_minutes or connector._interval,
                **self._arming(),
            )
        payload = {"kind": self.kind, "address": self.address or "", "credentials": sorted(told)}
        self.env["ai.audit.log"]._append("connected", self, [payload], [{"name": who["name"]}])
        self._take_up()

    def _connect_typed(self, values, dialog, name):
        """Connect with the credential ``name`` that was typed into ``dialog``, where it then is no more."""
        secrets = self.env["sync.secret"]
        self._connect(values, {name: next(iter(secrets._values(dialog, name)), None)})
        secrets._wipe(dialog)

    def _check_asked(self, connector, values, told):
        """What was asked for is there. Credentials never follow to another address: they were given for the first."""
        if connector._needs_address and not values.get("address"):
            raise UserError(self.env._("Give the address of the other system."))
        if connector._needs_account and not values.get("account"):
            raise UserError(self.env._("Say as whom we are known there."))
        moved = (values.get("address"), values.get("account")) != (self.address, self.account)
        has_kept = bool(self._credentials()) and not moved
        if connector._needs_credentials and not (told or has_kept):
            raise UserError(self.env._("Give the credentials: those of another address are not sent there."))

    def _keep_settings(self, values, told):
        moved = (values.get("address"), values.get("account")) != (self.address, self.account)
        if moved:
            self.env["sync.secret"]._wipe(self, sorted(self._credentials()))
        self.sudo().write({"address": values.get("address"), "account": values.get("account")})
        for name, text in told.items():
            self.env["sync.secret"]._store(self, name, text)

    def _credentials(self):
        """Names of the kept credentials; what signs webhooks of the other side is none of them."""
        # Nobody has rights on secrets; whether there is one is no secret.
        rows = self.env["sync.secret"].sudo()._of(self)
        return {row.name for row in rows if not row.name.startswith("hook_")}

    def _credential(self, name="credential"):
        """The newest valid credential of that name, for connectors; None without one."""
        return next(iter(self.env["sync.secret"]._values(self, name)), None)

    def _ask_who(self, connector):
        try:
            return connector._tell(self)
        except ClientError as error:
            raise UserError(self._refusal_words(error)) from error
        except ValueError as error:
            raise UserError(
                self.env._(
                    "Something answers at this address, but not the system that was expected. Check the address."
                )
            ) from error

    def _refusal_words(self, error):
        if error.status in self._connector()._refusals:
            template = self.env._("The other side does not accept the credentials. Give others. (%s)")
        elif error.status == 404:
            template = self.env._("Nothing of that kind is found at this address. Check it. (%s)")
        elif error.status:
            template = self.env._("The other side answered with an error. Try again later, or ask who runs it. (%s)")
        else:
            template = self.env._("The other side can't be reached. Check the address and that it is running. (%s)")
        return template % str(error)

    def _check_same_books(self, who):
        """Bindings name records of one set of books; sent to another, they would overwrite what is not meant."""
        before = self.remote_identity
        if not before or before == who["identity"]:
            return
        # Whether there is one, not which: the reader may not see the records.
        if self.env["sync.binding"].sudo().search_count([("connection_id", "=", self.id)], limit=1):
            raise UserError(
                self.env._(
                    "These credentials belong to %(new)s, and this connection keeps the books in step with %(old)s. "
                    "Disconnect first (that forgets which record is which there), or make a new connection.",
                    new=who["name"] or who["identity"],
                    old=self.remote_name or before,
                )
            )

    # === TESTING === #

    def action_test(self):
        """Ask the other side who is there, now, and say what it answered."""
        self.ensure_one()
        self._check_manager()
        notice = self.env["ai.suggestion"]._notice
        if self.state in ("draft", "disconnected"):
            raise UserError(self.env._("Connect it first."))
        self._check_armed()
        started = time.monotonic()
        try:
            who = self._ask_who(self._connector())
            self._check_same_books(who)
        except UserError as error:
            self.env["sync.connection.health"]._note(self.id, str(error))
            return notice(str(error), kind="danger")
        took = int((time.monotonic() - started) * 1000)
        self.env["sync.connection.health"]._note(self.id)
        if self.trouble == REFUSED:
            self._move("connected")
            self._take_up()
        return notice(
            self.env._("%(name)s answered in %(took)s ms.", name=who["name"] or self.name, took=took), kind="success"
        )

    # === PAUSING === #

    def action_pause(self):
        """Send and read nothing until it is resumed; what happens meanwhile waits."""
        self._check_manager()
        self._move("paused")
        self.env["ai.audit.log"]._append("paused", self)
        return True

    def action_resume(self):
        """Send what waits and read again."""
        self._check_manager()
        for connection in self:
            connection._check_armed()
        self._move("connected")
        self.env["ai.audit.log"]._append("resumed", self)
        self._take_up()
        return True

    def _take_up(self):
        """Go on: jobs that failed for what is now repaired are tried again, and the runner is told."""
        jobs = self.env["sync.job"].sudo()
        self._calm()
        self.env["sync.breaker"].sudo()._reset([f"connection:{each.id}" for each in self])
        stopped = jobs.search([("connection_id", "in", self.ids), ("state", "=", "failed"), ("reason", "in", REPAIRED)])
        if stopped:
            stopped.action_retry()
        self._poll_now()
        jobs._wake()

    # === STOPPING === #

    def _break(self, trouble, reason):
        """It needs a person: stop, and tell the responsible one. In a transaction of its own, for the job that found
        out is rolled back."""
        for connection in self:
            with self.env.registry.cursor() as cr:
                # What the system found out by itself has no user.
                found = connection.with_env(self.env(cr=cr)).sudo().exists()
                if found and found.state == "connected":
                    found._move("broken", trouble, reason)
                    found._alert(self.env._("%(name)s needs attention", name=found.name), reason)

    def _alert(self, summary, note):
        """An activity for the responsible person, once until it is done."""
        self.ensure_one()
        if not self.activity_ids.filtered(lambda activity: activity.summary == summary):
            self.activity_schedule(
                "mail.mail_activity_data_warning",
                summary=summary,
                note=note,
                user_id=(self.user_id or self.create_uid).id,
            )

    def _calm(self):
        """What the responsible one was told is repaired, or gone."""
        warning = self.env.ref("mail.mail_activity_data_warning")
        # The activity may be another person's.
        self.sudo().activity_ids.filtered(lambda activity: activity.activity_type_id == warning).unlink()

    # === DISCONNECTING === #

    def action_disconnect(self):
        """Open the dialog that says what will be gone."""
        self.ensure_one()
        self._check_manager()
        if self.state in ("draft", "disconnected"):
            raise UserError(self.env._("%(name)s is not connected.", name=self.name))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Disconnect %(name)s", name=self.name),
            "res_model": "sync.disconnect",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_connection_id": self.id},
        }

    def _outlook(self):
        """What disconnecting takes away: ``{"credentials", "bindings", "jobs", "waiting_since"}``."""
        self.ensure_one()
        # Numbers of the whole, whatever the caller may see of it.
        connection = self.sudo()
        jobs = self.env["sync.job"].sudo().search([("connection_id", "=", connection.id), ("state", "in", OPEN)])
        return {
            "credentials": sorted(set(self.env["sync.secret"].sudo()._of(connection).mapped("name"))),
            "bindings": self.env["sync.binding"].sudo().search_count([("connection_id", "=", connection.id)]),
            "jobs": len(jobs),
            "waiting_since": min(jobs.mapped("created_at"), default=False),
        }

    def _outlook_lines(self):
        """(what will be gone, what stays), in plain words."""
        outlook = self._outlook()
        gone = [
            self.env._("The credentials of %(remote)s: they are revoked there.", remote=self.remote_name or self.name)
        ]
        if not self._connector()._goodbye(self):
            gone = [
                self.env._("The credentials. They can't be revoked from here: delete the key in the other system too.")
            ]
        if outlook["bindings"]:
            gone.append(
                self.env._(
                    "%(count)s links between records here and there. Connecting again starts without them: records may "
                    "be sent once more as new ones.",
                    count=outlook["bindings"],
                )
            )
        if outlook["jobs"]:
            since = format_datetime(self.env, outlook["waiting_since"]) if outlook["waiting_since"] else ""
            gone.append(
                self.env._("%(count)s jobs that were not done (since %(since)s).", count=outlook["jobs"], since=since)
            )
        stays = [
            self.env._("Everything in the books, here and there: nothing is deleted or changed."),
            self.env._("The audit log, and the history of what was sent and read."),
        ]
        return gone, stays

    def _disconnect(self):
        """Revoke there, forget here. What is in the books stays.

        :return: words about a revocation that did not succeed, or False
        """
        self.ensure_one()
        self._check_manager()
        outlook = self._outlook()
        left = self._revoke()
        words = self.env._("%(name)s was disconnected.", name=self.name)
        self.env["sync.job"].sudo()._cancel_open([("connection_id", "=", self.id)], "disconnected", words)
        for model in FORGOTTEN:
            if model in self.env:
                # Nobody writes these by hand; they go with the connection.
                self.env[model].sudo().search([("connection_id", "=", self.id)]).unlink()
        self._hook_close()
        self.env["sync.secret"]._wipe(self)
        self._calm()
        self._move("disconnected", account=False, remote_identity=False, armed_uuid=False, armed_url=False)
        payload = {"bindings": outlook["bindings"], "jobs": outlook["jobs"], "revoked": not left}
        self.env["ai.audit.log"]._append("disconnected", self, [payload])
        if left:
            self.message_post(body=left)
        return left

    def _disconnect_and_tell(self):
        """Disconnect, and say what is left to do by hand."""
        left = self._disconnect()
        close = {"type": "ir.actions.act_window_close"}
        if not left:
            return close
        notice = self.env["ai.suggestion"]._notice(left, kind="warning")
        return {**notice, "params": {**notice["params"], "next": close}}

    def _revoke(self):
        """Take our credentials back there. The other side may be gone: that must not keep the secrets here."""
        connector = self._connector()
        if not self.is_armed:
            # A copy must not take away the original's credentials.
            return self.env._("The credentials were not revoked: this is not the database that was connected.")
        try:
            connector._revoke_now(self)
        except ClientError as error:
            return self.env._(
                "The credentials are gone here, but the other side could not be told: delete the key there. (%s)", error
            )
        return False

    def _hook_close(self):
        """What comes in finds no door any more."""
