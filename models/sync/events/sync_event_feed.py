"""The feed for pollers: numbered events, in order, of what the caller may read."""

import re

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...errors import CursorGoneError

#: Numbers that one call looks at: with few readable ones among them the cursor moves on all the same.
WINDOW = 20_000
MOST = 1000
CURSOR = re.compile(r"([0-9a-f]{12}):([0-9]{1,10})")
STATE = "SELECT token, COALESCE(head, 0), COALESCE(purged, 0) FROM sync_generation ORDER BY id DESC LIMIT 1"


class SyncEvent(models.Model):
    _name = "sync.event"
    _inherit = "sync.event"

    @api.model
    def changes(self, cursor: str | None = None, limit: int = 1000) -> dict:
        """What happened after ``cursor``, in order: only events whose record you may read.

        :param cursor: of the answer before; nothing: from the oldest event that is kept
        :param limit: events at most, 1 to 1000
        :return: ``{"events": [{"id", "seq", "name", "at", "company_id", "res_model", "res_id", "payload",
            "correlation_id"}], "cursor": where to go on, "more": ask again at once}``
        :raise UserError: no cursor of this feed (422); no longer a cursor of this database (410): read everything anew
        """
        self.check_access("read")
        limit = self._check_limit(limit)
        token, head, purged = self._feed_state()
        after = self._position(cursor, token, head, purged) if cursor else purged
        until = min(after + WINDOW, head)
        found = self._readable_between(after, until, limit)
        last = found[-1]["seq"] if len(found) == limit else until
        return {"events": found, "cursor": token and f"{token}:{last}", "more": last < head}

    @api.model
    def head(self) -> str | None:
        """The cursor of now: only what happens from now on follows it.

        Take it, read the records that you need, then poll ``changes`` from it: nothing is missed between.
        """
        self.check_access("read")
        token, head, _purged = self._feed_state()
        return token and f"{token}:{head}"

    @api.model
    def _feed_state(self):
        """(generation, last number, last purged number); nothing was ever numbered: (None, 0, 0)."""
        # The numbers say nothing of what happened; callers have no rights on generations.
        rows = self.env.execute_query(SQL(STATE))
        return rows[0] if rows else (None, 0, 0)

    @api.model
    def _check_limit(self, limit):
        if isinstance(limit, bool) or not isinstance(limit, int) or not 1 <= limit <= MOST:
            raise UserError(self.env._("limit is a number from 1 to %(most)s.", most=MOST))
        return limit

    @api.model
    def _position(self, cursor, token, head, purged):
        """The number in ``cursor``, if it is one of this generation that can be gone on from."""
        parts = CURSOR.fullmatch(cursor) if isinstance(cursor, str) else None
        if not parts:
            raise UserError(
                self.env._("This is no cursor. Send that of the last answer, or none to begin with the oldest event.")
            )
        generation, number = parts[1], int(parts[2])
        if generation != token or number > head:
            raise CursorGoneError(
                self.env._("The database was restored or copied since then. Read everything anew, then begin anew.")
            )
        if number < purged:
            raise CursorGoneError(
                self.env._("Events after this cursor were purged by age. Read everything anew, then begin anew.")
            )
        return number

    @api.model
    def _readable_between(self, after, until, limit):
        if after >= until:
            return []
        events = self.search_fetch(self._between(after, until), FED, limit=limit, order="seq")
        return [event._fed() for event in events]

    @api.model
    def _between(self, after, until):
        """Numbers in a range, as the index of numbers wants them: a plain domain asks for empty ones, too."""

        def to_sql(_model, alias, _query):
            seq = SQL.identifier(alias, "seq")
            return SQL("%s > %s AND %s <= %s", seq, after, seq, until)

        return Domain.custom(to_sql=to_sql)

    def _fed(self):
        """One event as the feed tells it."""
        return {
            "id": self.event_uuid,
            "seq": self.seq,
            "name": self.name,
            "at": f"{self.at.isoformat(timespec='milliseconds')}Z",
            "company_id": self.company_id.id or None,
            "res_model": self.res_model,
            "res_id": self.res_id,
            "payload": self.payload or {},
            "correlation_id": self.correlation_id or None,
        }


FED = ("event_uuid", "seq", "name", "at", "company_id", "res_model", "res_id", "payload", "correlation_id")
