"""What came in from outside: stored raw and committed before anybody works out what it means."""

import base64
import gzip
import hashlib
import io
import re
import time
import uuid
import zlib

from psycopg2.extras import Json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.sql_db import Cursor
from odoo.tools import SQL

from .. import crash_points

REVIEWER = "ai_bookkeeper.ai_bookkeeper_group_reviewer"
MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"
AUDITOR = "ai_bookkeeper.ai_bookkeeper_group_auditor"
SOURCES = [("hook", "Webhook"), ("poll", "Poll"), ("mail", "Mail"), ("folder", "Folder")]
STATES = [("received", "Waiting"), ("asking", "Asks a person"), ("done", "Done"), ("dropped", "Dropped")]
#: What is kept of the headers; never the signature, never a cookie.
KEPT_HEADERS = (
    "content-type",
    "content-encoding",
    "content-disposition",
    "user-agent",
    "webhook-id",
    "webhook-timestamp",
    "x-correlation-id",
    "x-file-name",
)
_CORRELATION = re.compile(r"[A-Za-z0-9._:-]{1,64}", re.ASCII)
_FILENAME = re.compile(r"filename=\"?([^\";]+)", re.IGNORECASE)
_LONGEST = 200
INSERT = """
INSERT INTO sync_intake (connection_id, company_id, source, message_id, received_at, headers, body, size, checksum,
                         name, sender, correlation_id, state, place)
VALUES %s
ON CONFLICT (connection_id, message_id) DO NOTHING
RETURNING id
"""
ROW = "(%s, %s, %s, %s, clock_timestamp() AT TIME ZONE 'UTC', %s, %s, %s, %s, %s, %s, %s, 'received', %s)"
#: The last word of the queue about each intake that is still waiting.
STOPPED = """
SELECT DISTINCT ON (res_id) res_id, state, error, fix FROM sync_job
 WHERE res_model = 'sync.intake' AND res_id = ANY(%s)
 ORDER BY res_id, id DESC
"""


class SyncIntake(models.Model):
    """Rows are written by ``_take`` only; what became of them by the connectors, through ``_settle`` and ``_ask``."""

    _name = "sync.intake"
    _description = "Intake"
    _order = "id desc"
    _log_access = False
    _ai_is_target = True

    name = fields.Char(readonly=True, string="File")
    connection_id = fields.Many2one("sync.connection", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade", index=True)
    source = fields.Selection(SOURCES, required=True, readonly=True)
    message_id = fields.Char(required=True, readonly=True, help="The sender's id: a second one is dropped.")
    received_at = fields.Datetime(readonly=True, string="Received", index=True)
    sender = fields.Char(readonly=True, string="From", help="Address of the machine, the mail, or the folder.")
    headers = fields.Json(readonly=True, groups=f"{MANAGER},{AUDITOR}")
    body = fields.Binary(attachment=False, readonly=True, groups=f"{MANAGER},{AUDITOR}")
    content = fields.Binary(compute="_compute_content", help="Reviewers see it while it waits for them.")
    size = fields.Integer(readonly=True, aggregator=False)
    checksum = fields.Char(readonly=True, index=True, help="SHA-256 of what came in.")
    correlation_id = fields.Char(readonly=True)
    state = fields.Selection(STATES, readonly=True, default="received")
    status = fields.Selection(
        [*STATES, ("failed", "Needs attention")], compute="_compute_status", search="_search_status"
    )
    error = fields.Text(compute="_compute_status", string="What Went Wrong")
    fix = fields.Text(compute="_compute_status", string="What To Do")
    outcome = fields.Char(readonly=True, string="What Became of It")
    told = fields.Char(compute="_compute_status", help="What became of it, asks or went wrong, in one line.")
    settled_at = fields.Datetime(readonly=True, string="Settled")
    place = fields.Char(readonly=True, help="Where the file of a watched folder lies now.")

    _message_uniq = models.UniqueIndex("(connection_id, message_id)", "It came in before.")
    _waiting_idx = models.Index("(id) WHERE state IN ('received', 'asking')")
    _asking_idx = models.Index("(connection_id) WHERE state = 'asking'")
    _done_idx = models.Index("(connection_id, settled_at) WHERE state = 'done'")

    # === COMPUTE === #

    @api.depends("name", "message_id")
    def _compute_display_name(self):
        for intake in self:
            intake.display_name = intake.name or intake.message_id

    @api.depends("state", "outcome")
    def _compute_status(self):
        waiting = self.filtered(lambda intake: intake.state == "received")
        self.env.flush_all()
        rows = self.env.execute_query(SQL(STOPPED, waiting.ids)) if waiting else []
        stopped = {row[0]: row[2:] for row in rows if row[1] in ("failed", "dead")}
        for intake in self:
            error, fix = stopped.get(intake.id, ("", ""))
            intake.status = "failed" if intake.id in stopped else intake.state
            intake.error = error
            intake.fix = fix
            intake.told = " ".join((error or intake.outcome or "").split())

    @api.depends("body", "status")
    @api.depends_context("uid")
    def _compute_content(self):
        """What came in may be anybody's salary: it is for who governs or audits the connection, and for reviewers as
        long as they are to decide what becomes of it."""
        user = self.env.user
        sees_all = self.env.su or user.has_group(MANAGER) or user.has_group(AUDITOR)
        sees_open = user.has_group(REVIEWER)
        for intake in self:
            is_shown = sees_all or (sees_open and intake.status in ("asking", "failed"))
            # The body itself is closed to reviewers.
            intake.content = intake.sudo().body if is_shown else False

    def _search_status(self, operator, value):
        if operator != "in":
            return NotImplemented
        stopped = SQL(
            "(SELECT res_id FROM sync_job WHERE res_model = 'sync.intake' AND state IN ('failed', 'dead'))",
        )
        states = [state for state in value if state not in ("failed", "received")]
        domain = fields.Domain("state", "in", states)
        if "failed" in value:
            domain |= fields.Domain("state", "=", "received") & fields.Domain("id", "in", stopped)
        if "received" in value:
            domain |= fields.Domain("state", "=", "received") & fields.Domain("id", "not in", stopped)
        return domain

    # === COMING IN === #

    @api.model
    def _receive(self, token, headers, read, address):
        """Take what came to the public address of a connection.

        :param callable read: ``read(limit)`` answers the raw body, or None when it is longer than so many bytes
        :return: ``(HTTP status, seconds to wait or 0)``; 200: it is stored, or was before
        """
        self._short_transaction()
        connection = self.env["sync.connection"]._by_hook_token(token)
        # An unknown address goes the same way as a known one, with a key that fits nothing.
        connector = connection._connector() if connection else self.env["sync.connector"]
        body = read(connector._most_bytes)
        event = {
            "headers": {str(name).lower(): value for name, value in headers.items()},
            "body": body,
            "path": "",
            "received_at": time.time(),
        }
        if body is None or not connector._verify(connection, event) or not connection:
            wait = self.env["sync.intake.guard"]._knock(address)
            status = 413 if body is None else 401
            return (429, wait) if wait else (status, 0)
        message_id = connector._message_id(connection, event)
        self._take(connection, "hook", message_id, body, headers=event["headers"], sender=address)
        crash_points.reach("in_intake", "intake")
        self.env.cr.postcommit.add(lambda: crash_points.reach("after_intake", "intake"))
        return (200, 0)

    @api.model
    def _short_transaction(self):
        """Read committed: of two requests with the same id the second one waits, and finds the first one's row."""
        cursor = self.env.cr
        cursor.rollback()
        if isinstance(cursor, Cursor):
            cursor.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")

    @api.model
    def _take(self, connection, source, message_id, body, **values):
        """Store one thing that came in; see ``_keep``. Empty when it came in before."""
        return self._keep(connection, source, [{"message_id": message_id, "body": body, **values}])

    @api.model
    def _keep(self, connection, source, rows):
        """Store what came in, with events and jobs, in the caller's transaction.

        :param list[dict] rows: ``message_id`` (the sender's own: what has the id of an earlier one is dropped),
            ``body`` (bytes), and perhaps ``headers``, ``name``, ``sender``, ``place``, ``correlation_id`` and
            ``order_key``
        :return: the new records
        """
        values = [self._prepare_row(connection, source, row) for row in rows]
        if not values:
            return self.browse()
        # Nobody but this method writes here; plain SQL, for the ORM knows no ON CONFLICT.
        made = self.env.cr.execute_values(INSERT, values, template=ROW, page_size=100, fetch=True)
        intakes = self.sudo().browse([row[0] for row in made])
        payloads = [
            {"connection_id": connection.id, "source": source, "size": intake.size, "checksum": intake.checksum}
            for intake in intakes
        ]
        self.env["sync.event"]._emit("intake.received", intakes, payloads)
        intakes._queue({_short_id(row["message_id"]): row.get("order_key") for row in rows})
        return intakes

    @api.model
    def _prepare_row(self, connection, source, row):
        given = {str(name).lower(): value for name, value in (row.get("headers") or {}).items()}
        headers = {key: _plain(given[key]) for key in KEPT_HEADERS if given.get(key)}
        trace = row.get("correlation_id") or headers.get("x-correlation-id", "")
        return (
            connection.id,
            connection.company_id.id,
            source,
            _short_id(row["message_id"]),
            Json(headers),
            # The form in which Odoo keeps binary fields.
            base64.b64encode(row["body"]),
            len(row["body"]),
            hashlib.sha256(row["body"]).hexdigest(),
            _plain(row.get("name") or _file_name(headers)) or None,
            _plain(row.get("sender")) or None,
            trace if _CORRELATION.fullmatch(trace) else str(uuid.uuid4()),
            row.get("place"),
        )

    def _queue(self, order_keys=None):
        """Have it worked out. The same content is looked at one after the other, so that the second is recognised.

        :param dict order_keys: {message id: what is understood in the order in which it came}
        """
        self.env["sync.job"]._enqueue(
            [
                {
                    "kind": "intake",
                    "res_model": self._name,
                    "res_id": intake.id,
                    "company_id": intake.company_id.id,
                    "connection_id": intake.connection_id.id,
                    "dedup_key": f"intake:{intake.id}",
                    "order_key": (order_keys or {}).get(intake.message_id)
                    or f"intake:{intake.connection_id.id}:{intake.checksum}",
                    "idempotency_key": f"intake:{intake.id}",
                    "correlation_id": intake.correlation_id,
                }
                for intake in self
            ]
        )

    # === WHAT BECAME OF IT === #

    def _data(self, limit):
        """The bytes that came in, unpacked where their sender packed them for the way.

        :raise UserError: packed badly, or unpacked larger than ``limit``
        """
        self.ensure_one()
        data = base64.b64decode(self.body or b"")
        if (self.headers or {}).get("content-encoding", "").lower() not in ("gzip", "x-gzip"):
            return data
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
                data = packed.read(limit + 1)
        except (OSError, EOFError, zlib.error):
            raise UserError(self.env._("What came in says that it is packed (gzip), and is not. Have it sent again."))
        if len(data) > limit:
            raise UserError(self.env._("Unpacked, it is larger than %(size)s MB.", size=limit // 1024 // 1024))
        return data

    def _settle(self, state, outcome):
        """Note what became of it, in the transaction that did it."""
        # Only connectors come here, in the job; people have no right to write these rows.
        self.sudo().write({"state": state, "outcome": outcome[:2000], "settled_at": fields.Datetime.now()})

    def _ask(self, question):
        """Have a person decide; nothing was done."""
        self.sudo().write({"state": "asking", "outcome": question[:2000]})

    # === PEOPLE === #

    def _check_people(self):
        if not (self.env.su or self.env.user.has_group(REVIEWER) or self.env.user.has_group(MANAGER)):
            raise AccessError(self.env._("Only a Bookkeeping Reviewer or Manager decides about what came in."))
        self.check_access("read")

    def action_retry(self):
        """Look again at what failed or asks."""
        self._check_people()
        if any(intake.state in ("done", "dropped") for intake in self):
            raise UserError(self.env._("This is done already; there is nothing to try again."))
        if any(not intake.sudo().body for intake in self):
            raise UserError(self.env._("The content was cleared after its time. Have it sent again."))
        jobs = self.env["sync.job"].sudo().search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        stopped = jobs.filtered(lambda job: job.state in ("failed", "dead"))
        # Who may read what came in may have it looked at again; the job itself asks for no more.
        self.sudo().write({"state": "received"})
        if stopped:
            stopped.action_retry()
        asked = self.filtered(lambda intake: intake.id not in stopped.mapped("res_id"))
        asked.sudo()._queue()
        return True

    def action_drop(self):
        """Put aside what asks or failed: nothing is done with it."""
        self._check_people()
        if any(intake.state in ("done", "dropped") for intake in self):
            raise UserError(self.env._("This is done already."))
        jobs = self.env["sync.job"].sudo().search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        stopped = jobs.filtered(lambda job: job.state in ("pending", "failed", "dead"))
        # The job of what asks is done.
        if stopped:
            stopped.action_cancel()
        who = self.env.user.display_name
        self._settle("dropped", self.env._("Put aside by %(name)s.", name=who))
        return True

    # === CLEARING === #

    @api.autovacuum
    def _gc_bodies(self):
        """Settled content goes after its time; the row stays, so that a late repetition is still recognised."""
        days = self.env["sync.retention"]._days("intake")
        self.env.cr.execute(
            SQL(
                """UPDATE sync_intake SET body = NULL
                    WHERE body IS NOT NULL AND state IN ('done', 'dropped')
                      AND settled_at < now() AT TIME ZONE 'UTC' - %s * interval '1 day'""",
                days,
            )
        )


def _plain(text):
    """Text of outside on one line, without control characters, and not too long."""
    return "".join(sign for sign in str(text or "") if sign.isprintable())[:_LONGEST]


def _short_id(message_id):
    """An id that fits the index, also when its sender makes it very long."""
    if len(message_id) <= _LONGEST and message_id.isprintable():
        return message_id
    return f"sha256:{hashlib.sha256(message_id.encode('utf-8', 'replace')).hexdigest()}"


def _file_name(headers):
    found = _FILENAME.search(headers.get("content-disposition", ""))
    name = headers.get("x-file-name") or (found.group(1) if found else "")
    return name.replace("\\", "/").rsplit("/", 1)[-1].strip()
