"""Cut-over: files and ledger → facts; the engine's answer → rows, figures and the suggestion."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import format_date, formatLang

from ...engine import cutover
from ..bank import import_plan as plans
from . import cut_over_queries as queries
from .cut_over_words import ORDER

#: Entries this much older than the first bank line may still be on their way.
OLDER = 60
#: An entry against equity within so many days of the first line, of the bank's opening balance, brings it in.
TEXT = 200


class AiCutOver(models.Model):
    _name = "ai.cut.over"
    _inherit = "ai.cut.over"

    # === FACTS === #

    def _facts(self):
        """``engine.cutover.Facts`` of the files that wait and of the ledger."""
        self.ensure_one()
        movements, opening, balances = self._bank_facts()
        said = self.said or {}
        since = min(each.date for each in movements) - timedelta(days=OLDER)
        [(_count, _last, before, _after, _mark)] = self._ledger_totals(since)
        facts = cutover.Facts(
            movements=tuple(movements),
            entries=tuple(self._entry_facts(since, opening, movements)),
            before=self._decimal(before),
            opening=None if self.is_shared else opening,
            balances={} if self.is_shared else balances,
            locked=self._locked_until(movements),
            paired={key: tuple(items) for key, items in (said.get("pairs") or {}).items()},
            kept=frozenset(said.get("kept") or ()),
            moved=frozenset(said.get("moved") or ()),
            taken=frozenset(said.get("taken") or ()),
        )
        return self._with_stated(facts)

    def _bank_facts(self):
        """(movements, the bank's balance before them or None, {day: balance})"""
        movements, stretches = {}, []
        for record in self.import_ids.filtered(lambda each: each.state == "held").sorted("id"):
            plan = record._held_plan()
            for new in plan.new:
                line = new.line
                text = " ".join(filter(None, [line.text, *line.references]))
                movements.setdefault(
                    new.key, cutover.Movement(new.key, line.date, line.amount, text, line.partner_name)
                )
            stretches += self._stretches(plan)
        opening, balances = cutover.running(list(dict.fromkeys(stretches)))
        return list(movements.values()), opening, balances

    @api.model
    def _stretches(self, plan):
        told = plan.part.bank_file.format not in plans.WITHOUT_STATEMENT
        return [
            cutover.Stretch(
                statement.balance_start if told else None,
                statement.balance_end if told else None,
                tuple((line.date, line.amount) for line in statement.lines),
            )
            for statement in plan.part.statements
            if statement.lines
        ]

    def _ledger_totals(self, day):
        self.env["account.move.line"].flush_model()
        self.env["account.move"].flush_model()
        return self.env.execute_query(queries.totals(self.journal_id, self.currency_id.id, day))

    def _entry_facts(self, since, opening, movements):
        amounts = {each.amount for each in movements}
        opening_move = self.company_id.account_opening_move_id.id
        shared = self.is_shared
        for key, day, amount, move, text, name, reverses, is_equity, journal in self.env.execute_query(
            queries.entries(self.journal_id, self.currency_id.id, since)
        ):
            value = self._decimal(amount)
            brings = is_equity and value not in amounts and (opening is None or value == opening)
            if not shared or journal == self.journal_id.id or value in amounts:
                yield cutover.Entry(
                    key, day, value, move, text or "", name or "", reverses, move == opening_move or brings
                )

    def _locked_until(self, movements):
        """The last day on which nothing can be posted in the journal any more."""
        first = min(each.date for each in movements)
        day = first
        returns = self.env["ai.bank.return.entry"]
        day = returns._open_day(self.company_id, first, self.journal_id, self.env["account.move"])
        return day - timedelta(days=1) if day > first else None

    def _with_stated(self, facts):
        """The balance that a person told for the day, reckoned back to before the first line."""
        if not (self.is_bank_stated and self.date) or self.is_shared:
            return facts
        until = sum((each.amount for each in facts.movements if each.date <= self.date), Decimal(0))
        opening = self._decimal(self.bank_stated) - until
        running, balances = opening, {}
        for each in sorted(facts.movements, key=lambda movement: movement.date):
            running += each.amount
            balances[each.date] = running
        return replace(facts, opening=opening, balances=balances)

    def _decimal(self, amount):
        places = Decimal(1).scaleb(-self.currency_id.decimal_places)
        return Decimal(str(amount or 0)).quantize(places)

    # === WORKING IT OUT === #

    def _refresh(self, asked_for=False):
        """Work it out anew from files and ledger: rows, figures, suggestion.

        :param asked_for: a person wants it, so an earlier no does not keep the suggestion out
        """
        for record in self.sudo():
            if record.state == "open" and not record.import_ids.filtered(lambda each: each.state == "held"):
                record._drop()
            elif record.state == "open":
                record._work_out(asked_for)

    def _drop(self):
        self.line_ids.unlink()
        self.env["ai.proposer.cut_over"].sudo()._withdraw(self)
        self._move_to("dropped")

    def _work_out(self, asked_for):
        self.write({"is_shared": self._shares_account(), "posts_directly": self._posts_directly()})
        facts = self._facts()
        groups = cutover.pair(facts)
        facts = self._leave_strangers(facts, groups)
        first, last = cutover.days(facts)
        is_chosen = self.is_date_chosen and first <= self.date <= last
        day = self.date if is_chosen else cutover.choose(facts, groups)
        coming = cutover.still_coming(facts, groups, day) - facts.kept
        facts = replace(facts, moved=facts.moved | coming)
        found = cutover.fates(facts, groups, day)
        stands = cutover.standing(facts, found, day)
        self._store(facts, found, stands, {"first_day": first, "last_day": last, "is_date_chosen": is_chosen})
        self.env["ai.proposer.cut_over"].sudo()._offer(self, found, asked_for)

    def _shares_account(self):
        domain = [
            ("id", "!=", self.journal_id.id),
            ("type", "in", ("bank", "cash", "credit")),
            ("default_account_id", "=", self.journal_id.default_account_id.id),
        ]
        return bool(self.env["account.journal"].search_count(domain, limit=1))

    def _posts_directly(self):
        journal = self.journal_id
        methods = journal.inbound_payment_method_line_ids + journal.outbound_payment_method_line_ids
        return journal.default_account_id in methods.payment_account_id

    def _leave_strangers(self, facts, groups):
        """On a shared account, what meets none of these bank lines may be another journal's: it stays."""
        if not self.is_shared:
            return facts
        alone = [group.entries[0] for group in groups if group.entries and not group.movements]
        items = self.env["account.move.line"].browse([entry.key for entry in alone])
        others = items.filtered(lambda item: item.journal_id != self.journal_id)
        return replace(facts, kept=facts.kept | frozenset(others.ids))

    # === STORING === #

    def _store(self, facts, found, stands, values):
        counts = stands.counts
        imported = [m for fate in found for m in fate.group.movements if m.date > stands.day or fate.name == "taken"]
        [(_count, _last, _before, _after, mark)] = self._ledger_totals(stands.day)
        self.write(
            {
                **values,
                "date": stands.day,
                "bank_known": stands.bank is not None,
                "bank_balance": float(stands.bank or 0),
                "ledger_balance": float(stands.ledger),
                "on_its_way": float(stands.outstanding),
                "taken_amount": float(stands.taken),
                "unexplained": float(stands.unexplained or 0),
                "counts": counts,
                "line_count": len(facts.movements),
                "entry_count": len(facts.entries),
                "imported_count": len(imported),
                "left_out_count": len(facts.movements) - len(imported),
                "moved_count": sum(len(fate.moves) for fate in found),
                "asked_count": counts.get("asked", 0),
                "mark": mark,
            }
        )
        self.line_ids.unlink()
        said = self._said_keys()
        alone = {fate.group.books for fate in found if fate.group.entries and not fate.group.movements}
        self.env["ai.cut.over.line"].create([self._row(fate, said, alone) for fate in found])

    def _said_keys(self):
        """Keys of the lines and entries that a person said something about."""
        said = self.said or {}
        found = {key for name in ("taken", "moved", "kept") for key in said.get(name) or ()}
        return found | set(said.get("pairs") or ())

    def _row(self, fate, said, alone):
        movements, entries = fate.group.movements, fate.group.entries
        return {
            "cut_over_id": self.id,
            "company_id": self.company_id.id,
            "journal_id": self.journal_id.id,
            "currency_id": self.currency_id.id,
            "fate": fate.name,
            "place": ORDER[fate.name],
            "bank_date": movements[0].date if movements else False,
            "bank_amount": float(fate.group.bank),
            "bank_text": " · ".join(filter(None, (f"{m.name} {m.text}".strip() for m in movements)))[:TEXT],
            "bank_count": len(movements),
            "books_date": entries[0].date if entries else False,
            "books_amount": float(fate.group.books),
            "books_text": " · ".join(filter(None, (each.text for each in entries)))[:TEXT],
            "books_count": len(entries),
            "bank_keys": [each.key for each in movements],
            "item_keys": [each.key for each in entries],
            "is_said": any(each.key in said for each in (*movements, *entries)),
            "can_choose": len(movements) == 1 and not entries and bool(fate.group.choices or fate.group.bank in alone),
            "choices": [list(choice) for choice in fate.group.choices],
        }

    # === TELLING === #

    def _reasons(self):
        """For the suggestion's card: (code, values)."""
        self.ensure_one()

        def money(amount):
            return formatLang(self.env, amount, currency_obj=self.currency_id)

        day = format_date(self.env, self.date)
        values = {"date": day, "ledger": money(self.ledger_balance), "bank": money(self.bank_balance)}
        reasons = [["cut_over_day" if self.bank_known else "cut_over_day_alone", values]]
        if self.bank_known and self.currency_id.is_zero(self.unexplained):
            reasons.append(["cut_over_explained", {}])
        elif self.bank_known:
            reasons.append(["cut_over_unexplained", {"amount": money(self.unexplained)}])
        reasons.append(["cut_over_left_out", {"count": self.left_out_count}])
        reasons.append(["cut_over_moved", {"count": self.moved_count}])
        new = (self.counts or {}).get("new", 0)
        reasons.append(["cut_over_imported", {"count": self.imported_count, "new": new}])
        if self.asked_count:
            reasons.append(["cut_over_undecided", {"count": self.asked_count}])
        return reasons

    def _is_moved(self):
        """Whether somebody posted to the account since it was worked out."""
        [(_count, _last, _before, _after, mark)] = self.sudo()._ledger_totals(self.date or fields.Date.today())
        return mark != self.mark
