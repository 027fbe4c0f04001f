"""Which history of this database the numbers of events belong to: a restored or copied one begins a new one."""

import json
import logging
import os
import uuid
from pathlib import Path
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.tools import SQL, config

_logger = logging.getLogger(__name__)

CAUSES = {
    "first": "First",
    "restored": "Restored from a backup",
    "copied": "Copied or moved",
}
IDENTITY = """
SELECT (SELECT system_identifier::varchar FROM pg_control_system()),
       (SELECT oid::varchar FROM pg_database WHERE datname = current_database()),
       (SELECT value FROM ir_config_parameter WHERE key = 'database.uuid'),
       (SELECT value FROM ir_config_parameter WHERE key = 'web.base.url')
"""
FACTS = ("system_identifier", "database_oid", "database_uuid", "base_url")
#: Where a server is reached before anybody told it its address: no identity.
LOCAL = ("", "localhost", "127.0.0.1", "::1", "0.0.0.0")


class SyncGeneration(models.Model):
    """The latest one is current. ``head`` is the last number given, ``purged`` the last one purged away.

    What a database is known by: PostgreSQL's cluster and the database's number there, the database's uuid, the host of
    its address, and a mark in the data directory, outside of any dump: the last number given. A database that knows
    less than its mark went back in time.
    """

    _name = "sync.generation"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Generation of the Database"
    _order = "id desc"
    _rec_name = "token"

    token = fields.Char(required=True, readonly=True, help="The first half of the cursors of sync.event.changes.")
    cause = fields.Selection(list(CAUSES.items()), required=True, readonly=True)
    since = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    head = fields.Integer(readonly=True, default=0, aggregator=False, string="Last Event Number")
    purged = fields.Integer(readonly=True, default=0, aggregator=False, string="Purged Up To")
    system_identifier = fields.Char(readonly=True, string="PostgreSQL Cluster")
    database_oid = fields.Char(readonly=True, string="Number of the Database")
    database_uuid = fields.Char(readonly=True, string="Identifier of the Database")
    base_url = fields.Char(readonly=True, string="Address")
    noticed_mark = fields.Char(readonly=True, help="The generation that the mark outside named when this one began.")

    _token_uniq = models.UniqueIndex("(token)", "A generation has a name of its own.")

    # === FOR THE SEQUENCER === #

    @api.model
    def _current(self, mark=None):
        """The current generation; a new one when this is not the database that it was.

        :param dict mark: ``_read_mark()`` from before this transaction; None: the identity was looked at just now
        """
        current = self.search([], order="id desc", limit=1)
        if mark is None and current:
            return current
        identity = self._identity()
        differs = current._differences(identity, mark or {})
        if current and not differs:
            if current.base_url != identity["base_url"]:
                current.base_url = identity["base_url"]
            return current
        [(head,)] = self.env.execute_query(SQL("SELECT COALESCE(max(seq), 0) FROM sync_event"))
        generation = self.create(
            {
                **identity,
                "token": uuid.uuid4().hex[:12],
                "cause": self._cause(differs, mark or {}),
                "head": max(head, current.head),
                "purged": current.purged,
                "noticed_mark": (mark or {}).get("generation"),
            }
        )
        generation._mark_after_commit()
        if differs:
            generation._doubt(differs)
        return generation

    def _advance(self, head):
        self.head = head
        self.flush_recordset(["head"])
        self._mark_after_commit()

    @api.model
    def _identity(self):
        """What the database is known by now."""
        self.env["ir.config_parameter"].flush_model()
        [row] = self.env.execute_query(SQL(IDENTITY))
        return {name: value or "" for name, value in zip(FACTS, row, strict=True)}

    def _differences(self, identity, mark):
        """What tells that this is not the database that ``self`` (the current generation, or none) began in."""
        if not self:
            # Restored from before the first event: the mark knows the database already.
            return ["mark"] if mark.get("database_uuid") == identity["database_uuid"] else []
        if mark.get("database_uuid") != identity["database_uuid"]:
            # Another database had the name before: a rename is no restore.
            mark = {}
        differs = [name for name in FACTS[:3] if identity[name] != self[name]]
        was, now = _host(self.base_url), _host(identity["base_url"])
        if was != now and was not in LOCAL:
            differs.append("base_url")
        return differs + (["mark"] if self._is_behind(mark) else [])

    def _is_behind(self, mark):
        """Whether the mark outside knows more than the database does."""
        if not mark:
            return False
        token = mark["generation"]
        if token == self.token:
            return mark["seq"] > self.head
        # A server that missed the beginning of this generation has the mark of an older one, which is no news; nor is
        # one that was noticed and can't be replaced.
        return not self.search_count(["|", ("token", "=", token), ("noticed_mark", "=", token)])

    @api.model
    def _cause(self, differs, mark):
        if not differs:
            return "first"
        if "database_uuid" in differs or differs == ["base_url"]:
            return "copied"
        # Another database under the name, in the place, where the mark of this history lies.
        known = mark and self.search_count([("token", "=", mark.get("generation"))])
        return "restored" if known or "mark" in differs else "copied"

    # === THE MARK OUTSIDE === #

    @api.model
    def _mark_path(self):
        return Path(config["data_dir"]) / "ai_bookkeeper" / "sync" / f"{self.env.cr.dbname}.json"

    @api.model
    def _read_mark(self):
        """``{"generation", "seq", "database_uuid"}`` as it was last written here; empty when there is none."""
        try:
            mark = json.loads(self._mark_path().read_text())
            return {"generation": str(mark["generation"]), "seq": int(mark["seq"]), **mark}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError) as error:
            _logger.warning("The mark of the sync desk can't be read: %s", error)
            return {}

    def _mark_after_commit(self):
        mark = {"generation": self.token, "seq": self.head, "database_uuid": self.database_uuid}
        path = self._mark_path()
        self.env.cr.postcommit.add(lambda: _write_mark(path, mark))


def _write_mark(path, mark):
    """Replace the file as a whole; a server that may not write there goes on without."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}.tmp")
        draft.write_text(json.dumps(mark))
        draft.replace(path)
    except OSError as error:
        _logger.warning("The mark of the sync desk can't be written: %s", error)


def _host(url):
    """The host of an address; with or without ``www.``, port and scheme it is the same."""
    return (urlsplit(url or "").hostname or "").removeprefix("www.")
