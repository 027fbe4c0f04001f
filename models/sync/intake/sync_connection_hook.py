"""The public address of a connection: made and rotated here, known by its digest only, tested from outside."""

import hashlib
import json
import secrets
import time
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.orm.models import NO_ACCESS
from odoo.tools import config, consteq
from odoo.tools.misc import hmac

from ....clients import signature
from ....clients.errors import ClientError
from ....clients.http import Request, send
from .hook_advice import advice
from .sync_connector_hook import SIGNING

PATH = "/ai_bookkeeper/hook/"
TEST_PATH = f"{PATH}test"
#: How long the old address and the old secret go on beside new ones.
OVERLAP_HOURS = 24
TEST_SECONDS = 10
TEST_BYTES = 4096
#: A test question is answered this long.
QUESTION_SECONDS = 60
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED", "HTTP_VIA")


class SyncConnection(models.Model):
    _inherit = "sync.connection"

    hook_digest = fields.Char(groups=NO_ACCESS, copy=False, index="btree_not_null")
    hook_old_digest = fields.Char(groups=NO_ACCESS, copy=False, index="btree_not_null")
    hook_old_until = fields.Datetime(groups=NO_ACCESS, copy=False)
    hook_made_at = fields.Datetime(string="Address Made", readonly=True, copy=False)
    hook_is_open = fields.Boolean(compute="_compute_hook", string="Takes Webhooks")
    hook_hint = fields.Char(compute="_compute_hook", string="Address", help="Its secret end was shown once.")
    hook_tested_at = fields.Datetime(string="Tested", readonly=True, copy=False)
    hook_test_good = fields.Boolean(readonly=True, copy=False)
    hook_test_text = fields.Text(string="Result of the Test", readonly=True, copy=False)
    intake_ids = fields.One2many("sync.intake", "connection_id", readonly=True)
    intake_count = fields.Integer(compute="_compute_intake_count", string="Came In")

    # === COMPUTE === #

    @api.depends("hook_made_at")
    def _compute_hook(self):
        for connection in self:
            # Whether there is an address is no secret; what it is, nobody can read.
            connection.hook_is_open = bool(connection.sudo().hook_digest)
            connection.hook_hint = f"{self.get_base_url()}{PATH}…" if connection.hook_is_open else False

    def _compute_intake_count(self):
        groups = self.env["sync.intake"]._read_group(
            [("connection_id", "in", self.ids)], ["connection_id"], ["__count"]
        )
        counts = {connection.id: count for connection, count in groups}
        for connection in self:
            connection.intake_count = counts.get(connection.id, 0)

    # === FOUND BY ITS ADDRESS === #

    @api.model
    def _by_hook_token(self, token):
        """The connection of this address, as the superuser: the token and a signature are the right. Or empty."""
        digest = _digest(token)
        found = self.sudo().search(
            [
                ("state", "!=", "disconnected"),
                "|",
                ("hook_digest", "=", digest),
                "&",
                ("hook_old_digest", "=", digest),
                ("hook_old_until", ">", fields.Datetime.now()),
            ],
            limit=1,
        )
        return found

    # === MADE AND ROTATED === #

    def action_hook_open(self):
        """Make the address and its secret, and show both, once."""
        self._check_manager()
        self.ensure_one()
        if self.sudo().hook_digest:
            raise UserError(self.env._("There is an address already. Make a new one if it was lost."))
        token, secret = self._new_token(), signature.new_secret()
        self.env["sync.secret"]._store(self, SIGNING, secret)
        self.env["ai.audit.log"]._append("hook_opened", self)
        return self.env["sync.hook.shown"]._action(self, self._hook_url(token), secret)

    def action_hook_rotate_address(self):
        """Make a new address; the old one goes on for a day."""
        self._check_manager()
        self.ensure_one()
        if not self.sudo().hook_digest:
            raise UserError(self.env._("There is no address yet. Make one first."))
        token = self._new_token()
        self.env["ai.audit.log"]._append("hook_rotated", self, [{"what": "address"}])
        return self.env["sync.hook.shown"]._action(self, self._hook_url(token), "")

    def action_hook_rotate_secret(self):
        """Make a new secret; what is signed with the old one is taken for a day."""
        self._check_manager()
        self.ensure_one()
        if not self.sudo().hook_digest:
            raise UserError(self.env._("There is no address yet. Make one first."))
        secret = signature.new_secret()
        keep_until = fields.Datetime.now() + timedelta(hours=OVERLAP_HOURS)
        self.env["sync.secret"]._store(self, SIGNING, secret, keep_until=keep_until)
        self.env["ai.audit.log"]._append("hook_rotated", self, [{"what": "secret"}])
        return self.env["sync.hook.shown"]._action(self, "", secret)

    def action_hook_close(self):
        """Take nothing more, at once."""
        self._check_manager()
        self._hook_close()
        return True

    def _hook_close(self):
        result = super()._hook_close()
        opened = self.filtered(lambda connection: connection.sudo().hook_digest)
        # The digests are closed for everybody; this is the method that clears them.
        opened.sudo().write(
            {"hook_digest": False, "hook_old_digest": False, "hook_old_until": False, "hook_made_at": False}
        )
        self.env["sync.secret"]._wipe(opened, [SIGNING])
        self.env["ai.audit.log"]._append("hook_closed", opened)
        return result

    def _new_token(self):
        """Give it a new address and forget the token: only its digest stays."""
        token = secrets.token_urlsafe(32)
        now = fields.Datetime.now()
        record = self.sudo()
        record.write(
            {
                "hook_old_digest": record.hook_digest,
                "hook_old_until": now + timedelta(hours=OVERLAP_HOURS) if record.hook_digest else False,
                "hook_digest": _digest(token),
                "hook_made_at": now,
            }
        )
        return token

    def _hook_url(self, token):
        return f"{self.get_base_url()}{PATH}{token}"

    # === DOES THE HOST REACH THIS DATABASE? === #

    def action_hook_test(self):
        """Call the public address from here, as an outsider without a session would, and say what to set."""
        self._check_manager()
        self.ensure_one()
        finding = self._hook_finding()
        is_good, sentences = advice(self.env, finding)
        self.sudo().write(
            {
                "hook_tested_at": fields.Datetime.now(),
                "hook_test_good": is_good,
                "hook_test_text": "\n".join(sentences),
            }
        )
        return True

    def _hook_finding(self):
        """What calling ourselves found: ``{"base", "database", "proxy_mode", "error"?, "status"?, "told"?}``."""
        base = self.get_base_url()
        finding = {
            "base": base,
            "database": self.env.cr.dbname,
            "proxy_mode": bool(config["proxy_mode"]),
            "dbfilter": config["dbfilter"] or "",
        }
        question = self._hook_question()
        try:
            reply = send(self._hook_request(f"{base}{TEST_PATH}", question))
        except ClientError as error:
            return {**finding, "error": str(error), "status": error.status}
        try:
            told = json.loads(reply.body)
            is_ours = consteq(str(told.get("proof", "")), self._hook_proof(question))
        except (ValueError, AttributeError):
            told, is_ours = {}, False
        return {**finding, "status": reply.status, "told": told, "is_ours": is_ours}

    def _hook_request(self, url, question):
        return Request(
            "POST",
            url,
            headers={"Content-Type": "application/json"},
            body=question.encode(),
            timeout=TEST_SECONDS,
            # Our own address, set by the administrator; inside, it may well be a private one.
            guarded=False,
        )

    def _hook_question(self):
        """A text that only this database can have written, good for a minute."""
        words = f"{int(time.time())}.{secrets.token_hex(16)}"
        return f"{words}.{self._hook_hmac('question', words)}"

    def _hook_proof(self, question):
        return self._hook_hmac("proof", question)

    @api.model
    def _hook_hmac(self, scope, text):
        # The secret is the database's own; reading it takes the superuser.
        return hmac(self.env(su=True), f"ai_bookkeeper-hook-{scope}", text, hash_function=hashlib.sha256)

    @api.model
    def _answer_hook_test(self, read, environ, address):
        """Answer a question of our own, with a proof and what the way here looked like; None for anybody else's."""
        words, _dot, given = (read(TEST_BYTES) or b"").decode("ascii", "replace").rpartition(".")
        asked_at = words.partition(".")[0]
        is_ours = consteq(self._hook_hmac("question", words), given)
        if not is_ours or not asked_at.isdecimal() or abs(time.time() - int(asked_at)) > QUESTION_SECONDS:
            self.env["sync.intake.guard"]._knock(address)
            return None
        return {
            "proof": self._hook_proof(f"{words}.{given}"),
            "forwarded": sorted(name for name in FORWARDED if environ.get(name)),
            "scheme": environ.get("wsgi.url_scheme"),
            "host": environ.get("HTTP_HOST"),
        }

    # === SCREENS === #

    def action_open_intake(self):
        """What came in over this connection."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.sync_intake_action")
        return {**action, "domain": [("connection_id", "in", self.ids)], "context": {}}


def _digest(token):
    """A token has 256 random bits: a plain digest tells nothing of it and is found by an index."""
    return hashlib.sha256((token or "").encode()).hexdigest()
