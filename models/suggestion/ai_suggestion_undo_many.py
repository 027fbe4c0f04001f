"""Undoing many: what can't be undone says why and stops nothing else; later bookings go before those they build on."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...engine.vocabulary import APPLIED, KINDS, REJECTED, UNDONE

#: More than this many at once are undone in several rounds.
MOST = 5000
#: Up to this many are undone at once without a dialog, if nothing filed is touched.
AT_ONCE = 20


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    # === PUBLIC === #

    @api.model
    def undo_candidates(self, choices: dict) -> list[int]:
        """Ids of what was booked and fits all these choices, in the order in which it is to be undone.

        :param choices: ``partner_ids``, ``kinds``, ``since`` (date of the record), ``decided_since``, ``journal_ids``,
            ``policy_ids``, ``company_ids``, ``decided_by_id``, ``correlation_ids`` (everything that these clicks
            did), ``suggestion_ids``; what is left out or empty does not restrict
        """
        self.browse()._check_decider()
        return self.search(self._undo_domain(choices), order="id desc", limit=MOST)._undo_order().ids

    @api.model
    def _undo_domain(self, choices):
        domain = [("state", "=", APPLIED)]
        lists = {
            "suggestion_ids": "id",
            "journal_ids": "journal_id",
            "policy_ids": "policy_id",
            "company_ids": "company_id",
            "correlation_ids": "correlation_id",
        }
        for key, name in lists.items():
            if choices.get(key):
                domain.append((name, "in", list(choices[key])))
        if choices.get("partner_ids"):
            domain.append(("partner_id", "child_of", list(choices["partner_ids"])))
        if choices.get("kinds"):
            domain.append(("kind", "in", [kind for kind in choices["kinds"] if kind in KINDS]))
        if choices.get("since"):
            domain.append(("date", ">=", fields.Date.to_date(choices["since"])))
        if choices.get("decided_since"):
            domain.append(("decided_at", ">=", fields.Datetime.to_datetime(choices["decided_since"])))
        if choices.get("decided_by_id"):
            user_id = int(choices["decided_by_id"])
            domain += ["|", ("decided_by_id", "=", user_id), ("signed_off_by_id", "=", user_id)]
        return domain

    def undo_many(self, by_transfer: bool = False) -> list[dict]:
        """Undo as many of these as can be, in one transaction; nothing is raised for a single one.

        :param by_transfer: take back what is locked by an entry in the first open period
        :return: ``{id, outcome, why}`` each; ``outcome`` is ``undone``, ``transferred``, ``gone`` (undone in Odoo
            before) or ``refused``
        """
        self.browse()._check_decider()
        # A caller may name a suggestion twice.
        self |= self.browse()
        outcomes = {row["id"]: row for row in self._undo_obstacles()}
        ready = self.filtered(lambda suggestion: suggestion.id not in outcomes)
        for row in ready._undo_levels(by_transfer):
            outcomes[row["id"]] = row
        return [outcomes[suggestion.id] for suggestion in self]

    def action_undo_ask(self):
        """Undo at once where nothing but the matching changes; else show first what it does.

        :return: True, or the dialog that shows it
        """
        self._check_decider()
        rows = self.undo_preview() if len(self) <= AT_ONCE else []
        if rows and all(row["can_undo"] and not self._has_effects(row["effects"]) for row in rows):
            return self.action_undo()
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_suggestion_undo_action")
        return {**action, "context": {"active_model": self._name, "active_ids": self.ids}}

    def action_undo_decision(self):
        """Show what undoing everything that was decided with the same click does."""
        self._check_decider()
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_suggestion_undo_action")
        context = {"active_model": self._name, "active_ids": self.ids, "ai_undo_scope": "decision"}
        return {**action, "context": context}

    @api.model
    def _has_effects(self, effects):
        return any(effects[name] for name in ("vat", "tags", "exchange", "cash_basis"))

    # === OBSTACLES === #

    def _undo_obstacles(self):
        """Rows of those that can't even be tried."""
        locked = self.sudo().try_lock_for_update()
        busy = self.env._("Somebody else is deciding this right now.")
        rows = [self._outcome(s, "refused", busy) for s in self - locked.sudo(self.env.su)]
        rest = self.filtered(lambda suggestion: suggestion in locked.sudo(self.env.su))
        done = rest.filtered(lambda suggestion: suggestion.state not in (APPLIED, REJECTED))
        rows += [self._outcome(s, "refused", self.env._("Nothing is booked.")) for s in done]
        return rows + [self._outcome(s, "refused", why) for s, why in (rest - done)._undecidable()]

    def _undecidable(self):
        """[(suggestion, why)] of those that the user may not decide; the check that decides is ``_check_decider``."""
        found = []
        allowed = {
            (name, record_id)
            for name, records in self._targets().items()
            for record_id in records._filtered_access("write").ids
        }
        for suggestion in self:
            if (suggestion.res_model, suggestion.res_id) not in allowed:
                found.append((suggestion, self.env._("You may not change this record.")))
        return found

    @api.model
    def _outcome(self, suggestion, outcome, why=""):
        return {"id": suggestion.id, "outcome": outcome, "why": why}

    # === ORDER === #

    def _undo_first(self):
        """{id: ids of those among these that build on it}"""
        found = {}
        for kind, suggestions in self.grouped("kind").items():
            found.update(self._proposer(kind)._undo_first(suggestions))
        return found

    def _levels(self):
        """{id: 0 for those that nothing builds on, else one more than the highest of what builds on them}"""
        builders = self._undo_first()
        levels = {}
        for start in self.ids:
            # Depth first without recursion: chains of a year may be long. A ring, which can't be, ends too.
            stack = [start]
            while stack:
                current = stack[-1]
                open_ones = [one for one in builders.get(current, ()) if one not in levels and one not in stack]
                if open_ones:
                    stack += open_ones
                    continue
                above = [levels[one] for one in builders.get(current, ()) if one in levels]
                levels[stack.pop()] = max(above, default=-1) + 1
        return levels

    def _undo_order(self):
        levels = self._levels()
        return self.sorted(lambda s: (levels[s.id], -(s.decided_at.timestamp() if s.decided_at else 0), -s.id))

    def _undo_levels(self, by_transfer):
        """Rows of all, level by level: what builds on others is gone before these are looked at."""
        levels = self._levels()
        rows = []
        for level in sorted(set(levels.values())):
            batch = self.filtered(lambda s, level=level: levels[s.id] == level)
            for kind, suggestions in batch.grouped("kind").items():
                rows += suggestions._undo_kind(self._proposer(kind), by_transfer)
        self._after_undoing()
        return rows

    def _undo_kind(self, proposer, by_transfer):
        rejected = self.filtered(lambda suggestion: suggestion.state == REJECTED)
        rows = rejected._undo_bisecting(lambda some: some._reopen(), "undone")
        applied = self - rejected
        gone, refused = proposer._later_changes(applied)
        gone._supersede(self.env._("It was undone in Odoo before."))
        rows += [self._outcome(s, "gone", self.env._("It was undone in Odoo before.")) for s in gone]
        stuck = applied.filtered(lambda suggestion: suggestion.id in refused)
        rows += [self._outcome(s, "refused", refused[s.id]) for s in stuck]
        rest = applied - gone - stuck
        locked = proposer._locked(rest)
        if by_transfer:
            rows += locked._undo_bisecting(lambda some: some._transfer_together(proposer), "transferred")
            rest -= locked
        return rows + rest._undo_bisecting(lambda some: some._undo_together(proposer), "undone")

    # === DOING === #

    def _undo_bisecting(self, action, outcome):
        """All together; if one refuses, it is found by halves, so that it stops only itself."""
        if not self:
            return []
        try:
            with self.env.cr.savepoint():
                action(self)
            return [self._outcome(suggestion, outcome) for suggestion in self]
        except (UserError, ValidationError, AccessError) as error:
            # What the rolled back attempt computed is not true.
            self.env.invalidate_all(flush=False)
            if len(self) > 1:
                half = len(self) // 2
                parts = self[:half], self[half:]
                return [row for part in parts for row in part._undo_bisecting(action, outcome)]
            return [self._outcome(self, "refused", str(error.args[0] if error.args else error))]

    def _undo_together(self, proposer):
        self._check_decider()
        proposer._undo(self)
        self._move_to(UNDONE, self._undoing())
        self._log("undone")
        self._after_decision("todo", None)

    def _transfer_together(self, proposer):
        self._check_decider()
        moves = proposer._undo_by_transfer(self)
        self._move_to(UNDONE, self._undoing())
        self._link_moves({suggestion_id: [move_id] for suggestion_id, move_id in moves.items()})
        self._log("undone", [{"transfer_move_id": moves[suggestion.id]} for suggestion in self])
        self._after_decision(None, None)

    def _after_undoing(self):
        """The lines are looked at anew in the background: a run per slice would cost more than undoing."""
        if self:
            # Whoever decides may cause a run; running is the scheduler's right.
            self.env.ref("ai_bookkeeper.ir_cron_propose").sudo()._trigger()

    # === OUTLOOK === #

    def undo_outlook(self) -> tuple[list[dict], dict]:
        """What undoing these in this order would do, as a dialog shows it.

        :return: ([{suggestion_id, sequence, does, effects_text, is_filed, status: ready|locked|refused, why}],
            {text, filed}: what all that can be undone add to tax report and other entries)
        """
        self.browse()._check_decider()
        refused = {suggestion.id: why for suggestion, why in self._undecidable()}
        promised = self._builders_inside()
        rows, doable = [], []
        for number, preview in enumerate(self.undo_preview()):
            effects = preview["effects"]
            why = refused.get(preview["id"])
            locked = preview["locked"]
            # What builds on it goes first, so that it is no obstacle any more.
            can_undo = preview["can_undo"] or (preview["id"] in promised and not locked)
            if not why and not can_undo:
                why = preview["text"]
            row = {"suggestion_id": preview["id"], "sequence": number, "does": preview["text"], "is_filed": False}
            row.update(status="ready", why=False, effects_text=False)
            if preview["id"] in refused or (why and not locked):
                row.update(status="refused", why=why, does=False)
            elif locked:
                row.update(status="locked", why=why)
            else:
                if preview["id"] in promised:
                    row["does"] = self.env._("Undone after what builds on it.")
                row.update(effects_text=effects["text"], is_filed=effects["filed"])
                doable.append(effects)
            rows.append(row)
        return rows, self._added_effects(doable)

    def _builders_inside(self):
        """Ids of those whose later bookings are all among these: they are undone first."""
        return {base for base, builders in self._undo_first().items() if builders <= set(self.ids)}

    @api.model
    def _added_effects(self, effects):
        """One sentence for all of them: sums by tag and tax, month by month."""
        sums = {}
        for found in effects:
            for name, keys in (("tags", ("tag", "period", "filed")), ("vat", ("tax", "period", "filed"))):
                for row in found[name]:
                    if name == "vat" and row["tags"]:
                        continue
                    key = (name, *(row[key] for key in keys))
                    sums[key] = sums.get(key, Decimal(0)) + Decimal(row["amount"])
        parts = []
        for (_name, what, period, filed), amount in sorted(sums.items(), key=lambda one: (not one[0][3], one[0])):
            template = (
                self.env._("filed VAT of %(period)s: %(amount)s on %(what)s")
                if filed
                else self.env._("VAT of %(period)s: %(amount)s on %(what)s")
            )
            if amount:
                parts.append(template % {"period": self._month(period), "amount": amount, "what": what})
        entries = sum(len(found["exchange"]) + len(found["cash_basis"]) for found in effects)
        if entries:
            parts.append(self.env._("%(count)s cash basis or exchange entries are reversed", count=entries))
        return {"text": "; ".join(parts), "filed": any(found["filed"] for found in effects)}
