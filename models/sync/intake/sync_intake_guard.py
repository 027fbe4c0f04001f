"""How often an address may knock at the hook without a good signature: counted over all workers."""

import hashlib
import ipaddress

from odoo import api, fields, models
from odoo.sql_db import Cursor
from odoo.tools import SQL
from odoo.tools.misc import hmac

#: So many requests without a good signature, in so many seconds.
LIMIT = 60
WINDOW_SECONDS = 60
#: The table never grows beyond this; addresses that share a row share its limit, which costs genuine senders nothing.
ROWS = 4096


class SyncIntakeGuard(models.Model):
    """One counter per group of addresses. Genuine requests are never counted, and never refused for a count."""

    _name = "sync.intake.guard"
    _description = "Knocks at the Hook"
    _log_access = False

    place = fields.Integer(required=True, readonly=True)
    began = fields.Datetime(readonly=True)
    count = fields.Integer(readonly=True)

    _place_uniq = models.UniqueIndex("(place)", "One counter per group of addresses.")

    @api.model
    def _knock(self, address):
        """Count a request without a good signature; seconds to wait when there were too many, else 0."""
        place = self._place(address)
        wait = self._barred(place)
        if wait:
            return wait
        # On a cursor of its own: the refused request may roll back, and nothing waits for the disk.
        with self.env.registry.cursor() as cursor:
            if isinstance(cursor, Cursor):
                cursor.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL synchronous_commit TO off")
            cursor.execute(
                SQL(
                    """INSERT INTO sync_intake_guard AS guard (place, began, count)
                       VALUES (%(place)s, clock_timestamp() AT TIME ZONE 'UTC', 1)
                       ON CONFLICT (place) DO UPDATE SET
                           count = CASE WHEN %(fresh)s THEN guard.count + 1 ELSE 1 END,
                           began = CASE WHEN %(fresh)s THEN guard.began ELSE excluded.began END""",
                    place=place,
                    fresh=SQL("guard.began > excluded.began - %s * interval '1 second'", WINDOW_SECONDS),
                )
            )
        return 0

    def _barred(self, place):
        """Seconds until this place may be told again that it is refused; 0 when it is under its limit."""
        rows = self.env.execute_query(
            SQL(
                """SELECT %(window)s - EXTRACT(EPOCH FROM (clock_timestamp() AT TIME ZONE 'UTC') - began)
                     FROM sync_intake_guard
                    WHERE place = %(place)s AND count >= %(limit)s
                      AND began > (clock_timestamp() AT TIME ZONE 'UTC') - %(window)s * interval '1 second'""",
                window=WINDOW_SECONDS,
                place=place,
                limit=LIMIT,
            )
        )
        return max(1, int(rows[0][0]) + 1) if rows else 0

    def _place(self, address):
        """A row for an address; keyed, so that nobody can choose whose row it shares. IPv6 counts by its network."""
        try:
            found = ipaddress.ip_address(address or "")
        except ValueError:
            found = None
        if isinstance(found, ipaddress.IPv6Address):
            found = ipaddress.ip_network((found, 64), strict=False)
        # The secret is the database's own; reading it takes the superuser.
        keyed = hmac(self.env(su=True), "ai_bookkeeper-hook-knock", str(found or ""), hash_function=hashlib.sha256)
        return int(keyed[:8], 16) % ROWS
