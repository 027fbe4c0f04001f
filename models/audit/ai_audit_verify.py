"""Checking the chain: from a button, a scheduled action and the command line."""

import json
import time
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, format_datetime
from odoo.tools.translate import LazyTranslate

from ...engine.audit import chain

_lt = LazyTranslate(__name__)

READERS = "ai_bookkeeper.ai_bookkeeper_group_auditor,ai_bookkeeper.ai_bookkeeper_group_manager"
BATCH = 5000
#: Waiting longer than this for its seal, a row says that the sealer stands still.
PATIENCE = timedelta(hours=1)

WORDS = {
    "changed_row": _lt("Row %(log_id)s of the log was changed after it was written."),
    "deleted_row": _lt("Row %(log_id)s of the log was deleted (seals %(seq)s to %(until)s have no row)."),
    "missing_seal": _lt("%(count)s seals from number %(seq)s on were deleted."),
    "forged_seal": _lt("Seal %(seq)s does not follow from the one before: it, or what it seals, was replaced."),
    "backdated_row": _lt("Row %(log_id)s is dated %(at)s, but was put in after rows of %(after)s."),
    "changed_identity": _lt("A name or bank text of row %(log_id)s (%(field)s) was changed."),
    "missing_identity": _lt("The names or bank texts of row %(log_id)s are not those that were logged."),
    "cut_tail": _lt("The end was cut off: from seal %(seq)s on rows were deleted."),
    "rebuilt_chain": _lt("The chain was built anew: seal %(seq)s is another than the one anchored at %(anchor_at)s."),
    "restored_backup": _lt("An older state was restored: it does not hold seal %(seq)s as anchored at %(anchor_at)s."),
    "unsealed_rows": _lt(
        "%(count)s rows have waited for their seal since %(since)s: the scheduled sealing stands still."
    ),
}


class AiAuditLog(models.Model):
    _name = "ai.audit.log"
    _inherit = "ai.audit.log"

    @api.model
    def verify_chain(self, anchor: dict | list | str | None = None) -> dict:
        """Check every row, name and seal of the log, and the heads that left the database.

        :param anchor: heads kept outside, to compare with: one or several anchors as they were sent
            (``{"seq", "head", "at"}``, or the JSON text of such a file)
        :return: ``{ok, rows, seals, unsealed, erased, seq, head, at, seconds, anchors, anchors_confirmed, counts,
            problems: [{code, seq, log_id, text, ...}]}``; ``counts`` by code, the first hundred problems in words
        :raise AccessError: for others than auditors and managers
        :raise UserError: when the anchor can't be read
        """
        if not (self.env.su or self.env.user.has_groups(READERS)):
            raise AccessError(self.env._("Only auditors and managers check the audit log. Ask a manager for the role."))
        started = time.monotonic()
        told = self._read_anchors(anchor)
        # All rows are checked, also of records that the reader may not see: the report tells numbers only.
        log = self.sudo()
        checker = chain.Checker(told + log._own_anchors())
        log._check_all(checker)
        waiting = log._check_waiting(checker)
        return {
            "ok": checker.is_whole,
            "rows": checker.rows,
            "seals": checker.seals,
            "unsealed": waiting,
            "erased": checker.erased,
            "seq": checker.seq,
            "head": checker.head,
            "at": fields.Datetime.to_string(fields.Datetime.now()),
            "seconds": round(time.monotonic() - started, 2),
            "anchors": len(checker.anchors),
            "anchors_confirmed": len(checker.confirmed),
            "anchors_told": len(told),
            "counts": checker.counts,
            "problems": [{**problem, "text": self._problem_text(problem)} for problem in checker.problems],
        }

    def _check_all(self, checker):
        after = 0
        while seals := self._sealed_batch(after):
            log_ids = [seal["log_id"] for seal in seals]
            rows = {row["id"]: row for row in self._rows(SQL("l.id = ANY(%s)", log_ids))}
            identities = self.env["ai.audit.identity"]._by_log(log_ids)
            for seal in seals:
                checker.seal(seal, rows.get(seal["log_id"]), identities.get(seal["log_id"], ()))
            after = seals[-1]["seq"]
        [(given,)] = self.env.execute_query(SQL("SELECT last_value FROM ai_audit_seal_id_seq"))
        checker.finish(numbers_given=given)

    def _sealed_batch(self, after, limit=BATCH):
        """Seals above number ``after``, in order, as ``engine.audit.chain`` takes them."""
        rows = self.env.execute_query(
            SQL(
                """SELECT seq, log_id, digest, head, sealed_at FROM ai_audit_seal
                    WHERE seq > %s ORDER BY seq LIMIT %s""",
                after,
                limit,
            )
        )
        names = ("seq", "log_id", "digest", "head", "sealed_at")
        return [{**dict(zip(names, row, strict=True)), "sealed_at": fields.Datetime.to_string(row[4])} for row in rows]

    def _check_waiting(self, checker):
        """Rows that wait for the sealer are checked by themselves. Returns how many there are."""
        seals = self.env["ai.audit.seal"]
        count, after, oldest = 0, 0, None
        while found := seals._unsealed(after, BATCH):
            log_ids = [log_id for log_id, _digest in found]
            identities = self.env["ai.audit.identity"]._by_log(log_ids)
            for row in self._rows(SQL("l.id = ANY(%s)", log_ids)):
                checker.row(row, None, identities.get(row["id"], ()))
                oldest = min(oldest or row["at"], row["at"])
            count, after = count + len(found), log_ids[-1]
        if oldest and fields.Datetime.to_datetime(oldest) < fields.Datetime.now() - PATIENCE:
            checker.problem("unsealed_rows", count=count, since=oldest)
        return count

    # === ANCHORS === #

    def _read_anchors(self, anchor):
        """Anchors as a caller tells them: a dict, a list of dicts, or the JSON text of either."""
        if not anchor:
            return []
        try:
            found = json.loads(anchor) if isinstance(anchor, str) else anchor
            found = found if isinstance(found, list) else [found]
            return [
                {"seq": int(each["seq"]), "head": str(each["head"]).strip().lower(), "at": str(each["at"])}
                for each in found
            ]
        except (KeyError, TypeError, ValueError) as error:
            raise UserError(
                self.env._("This is no anchor. Paste the file or mail as it was sent: it holds seq, head and at.")
            ) from error

    def _own_anchors(self):
        """Heads that this database remembers to have sent."""
        rows = self.env.execute_query(SQL("SELECT seq, head, at FROM ai_audit_anchor WHERE seq > 0 ORDER BY seq"))
        unique = {(seq, head): fields.Datetime.to_string(at) for seq, head, at in rows}
        return [{"seq": seq, "head": head, "at": at} for (seq, head), at in unique.items()]

    # === IN WORDS === #

    def _problem_text(self, problem):
        values = dict(problem)
        for name in ("at", "after", "anchor_at", "since"):
            if values.get(name):
                values[name] = self._local(values[name])
        return self.env._(WORDS[problem["code"]]) % values  # pylint: disable=translation-not-lazy

    def _local(self, text):
        try:
            return format_datetime(self.env, fields.Datetime.to_datetime(text))
        except ValueError:
            return text
