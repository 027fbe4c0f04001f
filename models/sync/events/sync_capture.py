"""Changes of the books that become events: noticed by PostgreSQL itself, whoever causes them."""

from odoo import api, models
from odoo.tools import SQL

#: Every event made by a trigger goes through it. Its correlation id is its own, for the jobs and requests after it.
EMIT = """
CREATE OR REPLACE FUNCTION ai_bookkeeper_emit(
    event varchar, company integer, model varchar, record integer, facts jsonb
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    uid varchar := gen_random_uuid();
BEGIN
    INSERT INTO sync_event (name, at, company_id, res_model, res_id, payload, correlation_id, event_uuid)
    VALUES (event, clock_timestamp() AT TIME ZONE 'UTC', company, model, record,
            jsonb_build_object('v', 1) || facts, uid, uid);
END $$
"""


class SyncCapture(models.AbstractModel):
    """For models whose table has a trigger that writes events; wakes the sequencer after such a change commits.

    Triggers see what the ORM writes, what it computes and stores, and what plain SQL does, row by row as it is
    written, and cost the caller no query. What a savepoint takes back takes its events along.
    """

    _name = "sync.capture.mixin"
    _description = "Changes Become Events"

    #: Columns whose change is an event.
    _sync_watched = frozenset()

    @api.model
    def _hook_table(self, function, triggers):
        """Create the trigger function and its triggers anew.

        :param str function: ``CREATE OR REPLACE FUNCTION`` of the trigger function
        :param dict triggers: {name: what follows ``CREATE TRIGGER name``}
        """
        self.env.cr.execute(SQL(EMIT))
        # Its WHEN conditions and formats hold signs that a parameterized query would take for its own.
        self.env.cr.execute(function)  # pylint: disable=sql-injection
        for name, definition in triggers.items():
            trigger, table = SQL.identifier(name), SQL.identifier(self._table)
            self.env.cr.execute(SQL("DROP TRIGGER IF EXISTS %s ON %s", trigger, table))
            self.env.cr.execute(SQL("CREATE TRIGGER %s %s", trigger, SQL(definition)))

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env["sync.event"]._wake_after_commit()
        return records

    def _write_multi(self, vals_list):
        if any(not self._sync_watched.isdisjoint(vals) for vals in vals_list):
            self.env["sync.event"]._wake_after_commit()
        return super()._write_multi(vals_list)
