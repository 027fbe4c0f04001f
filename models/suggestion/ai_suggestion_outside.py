"""Changed outside: applied suggestions beside the books, each night and before each export."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL, format_datetime

from ...engine.audit.compare import DELETED
from ...engine.vocabulary import APPLIED

#: Applied suggestions that are compared at a time: what is held in memory.
BATCH = 2000
READERS = (
    "ai_bookkeeper.ai_bookkeeper_group_auditor,ai_bookkeeper.ai_bookkeeper_group_manager,"
    "ai_bookkeeper.ai_bookkeeper_group_reviewer"
)


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    changed_outside = fields.Selection(
        [
            ("recoded", "Re-coded"),
            ("unreconciled", "Unreconciled"),
            ("reset", "Reset to draft"),
            ("reversed", "Reversed"),
            ("deleted", "Deleted"),
        ],
        readonly=True,
        help="What somebody did later, without this suggestion, to what was booked from it.",
    )
    changed_outside_by_id = fields.Many2one("res.users", readonly=True)
    changed_outside_at = fields.Datetime(readonly=True)
    touched_by_id = fields.Many2one("res.users", readonly=True, help="Who last took a matching of it apart.")
    touched_at = fields.Datetime(readonly=True)

    _outside_idx = models.Index("(company_id, changed_outside) WHERE changed_outside IS NOT NULL")
    _applied_idx = models.Index("(id) WHERE state = 'applied'")

    # === COMPARING === #

    @api.model
    def _cron_compare(self):
        """Each night: compare all applied suggestions with the books, batch by batch."""
        domain = [("state", "=", APPLIED)]
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(domain))
        after = 0
        while batch := self.search([*domain, ("id", ">", after)], order="id", limit=BATCH):
            after = batch[-1].id
            batch._compare_with_books()
            batch.env.invalidate_all()
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                # A night is long enough for all of them; what is left is not forgotten but begun again tomorrow.
                break

    def action_compare(self):
        """Compare these suggestions with the books now."""
        if not (self.env.su or self.env.user.has_groups(READERS)):
            raise AccessError(self.env._("You may not compare suggestions with the books. Ask a manager for a role."))
        self.check_access("read")
        self._compare_with_books()
        return True

    def _compare_with_books(self):
        """Set or clear ``changed_outside`` of these, and log what is new."""
        applied = self.sudo().filtered(lambda suggestion: suggestion.state == APPLIED)
        found = {}
        for kind, suggestions in applied.grouped("kind").items():
            found.update(self._proposer(kind).sudo()._compare(suggestions.filtered("after")))
        moved = applied.filtered(lambda s: s.id in found and (s.changed_outside or None) != found[s.id][0])
        for suggestion in moved:
            suggestion._set_changed_outside(*found[suggestion.id])
        moved._log_changed_outside()

    def _set_changed_outside(self, change, user_id, moment):
        moment = moment or (fields.Datetime.now() if change else False)
        if moment:
            moment = moment.replace(microsecond=0)
        self.write(
            {
                "changed_outside": change or False,
                "changed_outside_by_id": user_id if change else False,
                "changed_outside_at": moment if change else False,
            }
        )

    def _log_changed_outside(self):
        payloads = [
            {
                "change": suggestion.changed_outside or "put_back",
                "by": suggestion.changed_outside_by_id.id,
                "at": suggestion.changed_outside_at or "",
                "policy_id": suggestion.policy_id.id,
            }
            for suggestion in self
        ]
        self._log("changed_outside", payloads)

    # === NOTICED WHEN IT HAPPENS === #

    @api.model
    def _note_taken_apart(self, items):
        """Who takes a matching apart is known only now: the items don't remember it."""
        rows = self.env.execute_query(
            SQL("SELECT DISTINCT suggestion_id FROM ai_suggestion_item WHERE move_line_id = ANY(%s)", items.ids)
        )
        if rows:
            self.env.cr.execute(
                SQL(
                    "UPDATE ai_suggestion SET touched_by_id = %s, touched_at = %s WHERE id = ANY(%s) AND state = %s",
                    self.env.uid,
                    fields.Datetime.now(),
                    [row[0] for row in rows],
                    APPLIED,
                )
            )
            self.browse([row[0] for row in rows]).invalidate_recordset(["touched_by_id", "touched_at"], flush=False)

    @api.model
    def _supersede_for(self, records):
        """A deleted record takes its booking along: that is known with name and moment now."""
        result = super()._supersede_for(records)
        targets = [records]
        if records._name == "account.move":
            # Who deletes the entry of a bank line deletes the line.
            lines = self.env["account.bank.statement.line"].sudo().search([("move_id", "in", records.ids)])
            targets.append(lines)
        found = self.sudo().browse()
        for target in targets:
            found |= found.search(
                [
                    ("state", "=", APPLIED),
                    ("changed_outside", "!=", DELETED),
                    ("res_model", "=", target._name),
                    ("res_id", "in", target.ids),
                ]
            )
        if found:
            found._set_changed_outside(DELETED, self.env.uid, fields.Datetime.now())
            found.write({"touched_by_id": self.env.uid, "touched_at": fields.Datetime.now()})
            found._log_changed_outside()
        return result

    # === SHOWN === #

    def _card(self, *records):
        card = super()._card(*records)
        card["changed_outside"] = self.changed_outside or None
        card["changed_outside_text"] = self._changed_outside_text()
        return card

    def _changed_outside_text(self):
        if not self.changed_outside:
            return None
        change = dict(self._fields["changed_outside"]._description_selection(self.env))[self.changed_outside]
        at = format_datetime(self.env, self.changed_outside_at) if self.changed_outside_at else ""
        name = self.changed_outside_by_id.sudo().name
        if name:
            return self.env._("Changed outside: %(change)s by %(name)s, %(at)s", change=change, name=name, at=at)
        return self.env._("Changed outside: %(change)s, %(at)s", change=change, at=at)
