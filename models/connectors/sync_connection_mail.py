"""Files that come by mail: who may send, and an answer to what is refused."""

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import email_normalize

from odoo.addons.mail.tools.alias_error import AliasError

from ...readers import arrival
from .sync_connector_file import MOST_MB, arrival_text


class SyncConnection(models.Model):
    _name = "sync.connection"
    _inherit = ["sync.connection", "mail.alias.mixin.optional"]
    #: A sender's file always goes to the connection of its alias: nobody writes that by hand.
    ALIAS_WRITEABLE_FIELDS = ["alias_domain_id", "alias_name"]

    mail_senders = fields.Text(
        string="Who May Send",
        help="One address or domain a line: bank@example.com, or @example.com. Empty: nobody.",
    )
    mail_statements_ask = fields.Boolean(
        string="Ask before statements that came by mail are imported",
        default=True,
        help="A sender's name is easily forged, and bank lines are believed.",
    )

    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id(self._name)
        values["alias_contact"] = "everyone"
        if self.id:
            values["alias_defaults"] = repr({"connection_id": self.id})
        return values

    def _alias_get_error(self, message, message_dict, alias):
        """Core answers the sender when this says that the mail is not taken."""
        if not self.ids:
            return super()._alias_get_error(message, message_dict, alias)
        if (
            not self.active
            or self.state != "connected"
            or not self.is_armed
            or not self._may_send(message_dict.get("email_from"))
        ):
            return AliasError("sender_not_listed", self.env._("the sender is not on the list of this connection"))
        return False

    def _may_send(self, sender):
        address = email_normalize(sender or "") or ""
        listed = {line.strip().lower() for line in (self.mail_senders or "").splitlines() if line.strip()}
        return bool(address) and (address in listed or f"@{address.rpartition('@')[2]}" in listed)

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Store the files of a mail; the mail itself leaves one line on the connection, and its words nowhere."""
        if not self.env.su:
            # The mail gateway works as the superuser; over the API nobody plays the gateway.
            raise AccessError(self.env._("Mail comes in through the mail gateway only."))
        connection = self.browse((custom_values or {}).get("connection_id")).exists()
        if not connection or not connection.takes_files:
            return super().message_new(msg_dict, custom_values=custom_values)
        taken, refused = connection._take_mail(msg_dict)
        if refused or not taken:
            connection._mail_back(msg_dict, refused)
        names = ", ".join(taken) or self.env._("nothing")
        msg_dict["attachments"] = []
        msg_dict["is_internal"] = True
        msg_dict["body"] = escape(
            self.env._("Mail from %(sender)s. Taken: %(names)s.", sender=msg_dict.get("email_from"), names=names)
        )
        return connection

    def _take_mail(self, msg_dict):
        """``(names of taken files, [(name, why it is refused)])``."""
        rows, taken, refused = [], [], []
        sender = email_normalize(msg_dict.get("email_from") or "")
        for number, attachment in enumerate(msg_dict.get("attachments") or []):
            name, content = attachment[0], attachment[1]
            info = attachment[2] if len(attachment) > 2 and isinstance(attachment[2], dict) else {}
            data = content.encode() if isinstance(content, str) else bytes(content)
            why = "" if info.get("cid") else self._why_refused(name, data)
            if info.get("cid"):
                # Pictures in the text: signatures and logos.
                continue
            if why:
                refused.append((name, why))
                continue
            taken.append(name)
            message_id = f"{msg_dict.get('message_id')}:{number}"
            rows.append({"message_id": message_id, "body": data, "name": name, "sender": sender})
        self.env["sync.intake"]._keep(self, "mail", rows)
        return taken, refused

    def _why_refused(self, name, data):
        if len(data) > MOST_MB * 1024 * 1024:
            return self.env._("The file is larger than %(size)s MB.", size=MOST_MB)
        try:
            arrival.sort(data, name)
        except arrival.ArrivalError as error:
            return arrival_text(self.env, error.code)
        return ""

    def _mail_back(self, msg_dict, refused):
        """Tell the sender what was not taken, and why."""
        if refused:
            rows = Markup("").join(Markup("<li>%s: %s</li>") % (name, why) for name, why in refused)
            body = Markup("<p>%s</p><ul>%s</ul>") % (self.env._("These files were not taken:"), rows)
        else:
            body = Markup("<p>%s</p>") % self.env._(
                "Your mail brought no file. Send bank statements and documents as attachments."
            )
        company = self.company_id
        # The system answers, whoever's mail it is; a machine's answer must not be answered by a machine.
        self.env["mail.mail"].sudo().create(
            {
                "subject": f"Re: {msg_dict.get('subject') or ''}",
                "body_html": body,
                "email_to": msg_dict.get("email_from"),
                "email_from": company.bounce_formatted or company.email_formatted,
                "references": msg_dict.get("message_id"),
                "headers": repr({"Auto-Submitted": "auto-replied"}),
                "auto_delete": True,
            }
        )
