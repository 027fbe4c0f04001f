"""What booking a bank line, or taking it back, does to the tax report and to entries made beside it."""

from collections import defaultdict
from contextlib import contextmanager

from odoo import api, models
from odoo.tools import SQL


class AiBankEffects(models.AbstractModel):
    """Taking back is read from the entries that exist, in sets; booking is rehearsed in a savepoint that is always
    rolled back, because only Odoo itself knows which entries a reconciliation makes. See decision 0011."""

    _name = "ai.bank.effects"
    _description = "Effects of Bank Bookings"

    # === TAKING BACK === #

    @api.model
    def _of_undo(self, suggestions, lines):
        """{suggestion id: [(move, sign, date) ...]}: what taking back adds to the ledger, ``sign`` times each entry.

        :param dict lines: account.bank.statement.line by id
        """
        moves = self.env["account.move"].union(*(lines[s.res_id].move_id for s in suggestions if s.res_id in lines))
        made_by = self._made_by(moves)
        prefetch = [move_id for made in made_by.values() for move_id in made]
        # Odoo asks them entry by entry whether they affect the tax report.
        moves.sudo().browse(prefetch).line_ids.fetch(["tax_ids", "tax_tag_ids", "tax_line_id"])
        days, found = {}, {}
        for suggestion in suggestions:
            line = lines.get(suggestion.res_id)
            if line:
                made = moves.sudo().browse(sorted(made_by[line.move_id.id])).with_prefetch(prefetch)
                found[suggestion.id] = [
                    (line.move_id, -1, line.date),
                    *((move, -1, self._reversal_day(move, days)) for move in made),
                ]
        return found

    def _made_by(self, moves):
        """{move id: ids of the cash basis and exchange entries that end with its matchings}; these may in turn be
        matched (a transition account) and have made more."""
        owners = {move.id: {move.id} for move in moves}
        found, seen, todo = defaultdict(set), self.env["account.partial.reconcile"], moves
        while todo:
            # Entries that belong to what is unreconciled: reading them follows the bank line's own access.
            items = todo.sudo().line_ids
            partials = items.matched_debit_ids + items.matched_credit_ids - seen
            seen += partials
            beside = self._beside(partials)
            following = self.env["account.move"]
            for partial in partials:
                sides = {partial.debit_move_id.move_id.id, partial.credit_move_id.move_id.id}
                concerned = set().union(*(owners.get(move_id, set()) for move_id in sides & set(todo.ids)))
                for made in beside[partial.id]:
                    following += made
                    owners.setdefault(made.id, set()).update(concerned)
                    for owner in concerned:
                        found[owner].add(made.id)
            todo = following
        return found

    def _beside(self, partials):
        """{partial id: [the cash basis and exchange entries that it made]}"""
        found = defaultdict(list)
        for move in self.env["account.move"].sudo().search([("tax_cash_basis_rec_id", "in", partials.ids)]):
            found[move.tax_cash_basis_rec_id.id].append(move)
        for partial in partials:
            found[partial.id] += list(partial.exchange_move_id)
        return found

    def _reversal_day(self, move, days):
        """The day on which Odoo reverses ``move``; entries of one journal and day share it."""
        has_tax = bool(move._affect_tax_report())
        key = (move.journal_id.id, move.date, has_tax)
        if key not in days:
            # Alone: Odoo would look up the highest number of each entry that is prefetched with it.
            days[key] = move.with_prefetch()._get_accounting_date(move.date, has_tax)
        return days[key]

    # === REHEARSING === #

    @api.model
    @contextmanager
    def _rehearsal(self):
        """Everything written inside is gone afterwards, and so is what it wanted to do after the commit."""
        callbacks = list(self.env.cr.postcommit._funcs)
        savepoint = self.env.cr.savepoint()
        try:
            yield
        finally:
            savepoint.close(rollback=True)
            self.env.cr.postcommit._funcs.clear()
            self.env.cr.postcommit._funcs.extend(callbacks)

    @api.model
    def _rehearsed(self, moves, action):
        """What ``action`` adds to the ledger: rows as of ``_tax_rows`` and the entries that it makes.

        :param moves: account.move that may change; entries that are made are found by themselves
        :return: (tax rows, made entries: [{id, name, date, origin, is_cash_basis, is_exchange, amount}])
        """
        with self._rehearsal():
            before = self._tax_rows(moves.ids)
            [(last_id,)] = self.env.execute_query(SQL("SELECT COALESCE(max(id), 0) FROM account_move"))
            action()
            self.env.flush_all()
            new = [row[0] for row in self.env.execute_query(SQL("SELECT id FROM account_move WHERE id > %s", last_id))]
            after = self._tax_rows([*moves.ids, *new])
            made = self._made(new)
        return after + [{**row, "balance": -row["balance"]} for row in before], made

    # === READING === #

    @api.model
    def _tax_rows(self, move_ids):
        """What these entries tell the tax report.

        :return: [{move_id, date, company_id, part: base|tax|tag, key: tax or tag id, balance}]
        """
        if not move_ids:
            return []
        self.env["account.move.line"].flush_model()
        found = self.env.execute_query(
            SQL(
                """
                SELECT l.move_id, l.date, l.company_id, 'base', r.account_tax_id, SUM(l.balance)
                  FROM account_move_line l
                  JOIN account_move_line_account_tax_rel r ON r.account_move_line_id = l.id
                 WHERE l.move_id = ANY(%(ids)s) AND l.parent_state = 'posted'
              GROUP BY 1, 2, 3, 5
             UNION ALL
                SELECT l.move_id, l.date, l.company_id, 'tax', l.tax_line_id, SUM(l.balance)
                  FROM account_move_line l
                 WHERE l.move_id = ANY(%(ids)s) AND l.parent_state = 'posted' AND l.tax_line_id IS NOT NULL
              GROUP BY 1, 2, 3, 5
             UNION ALL
                SELECT l.move_id, l.date, l.company_id, 'tag', r.account_account_tag_id, SUM(l.balance)
                  FROM account_move_line l
                  JOIN account_account_tag_account_move_line_rel r ON r.account_move_line_id = l.id
                  JOIN account_account_tag t ON t.id = r.account_account_tag_id AND t.applicability = 'taxes'
                 WHERE l.move_id = ANY(%(ids)s) AND l.parent_state = 'posted'
              GROUP BY 1, 2, 3, 5
                """,
                ids=list(move_ids),
            )
        )
        names = ("move_id", "date", "company_id", "part", "key", "balance")
        return [dict(zip(names, row, strict=True)) for row in found]

    @api.model
    def _made(self, move_ids):
        """Cash basis and exchange entries among these, with what they move: tax, or exchange gain (loss negative).

        A reversal is of the sort of what it reverses.
        """
        if not move_ids:
            return []
        found = self.env.execute_query(
            SQL(
                """
                SELECT m.id, m.name, m.date, m.company_id, origin.name,
                       COALESCE(m.tax_cash_basis_origin_move_id, o.tax_cash_basis_origin_move_id) IS NOT NULL,
                       m.journal_id = c.currency_exchange_journal_id,
                       COALESCE(SUM(l.balance) FILTER (WHERE l.tax_line_id IS NOT NULL), 0),
                       COALESCE(-SUM(l.balance) FILTER (
                           WHERE a.account_type LIKE 'income%%' OR a.account_type LIKE 'expense%%'), 0)
                  FROM account_move m
                  JOIN res_company c ON c.id = m.company_id
                  JOIN account_move_line l ON l.move_id = m.id
                  JOIN account_account a ON a.id = l.account_id
             LEFT JOIN account_move o ON o.id = m.reversed_entry_id
             LEFT JOIN account_move origin
                    ON origin.id = COALESCE(m.tax_cash_basis_origin_move_id, o.tax_cash_basis_origin_move_id)
                 WHERE m.id = ANY(%s) AND m.state = 'posted'
              GROUP BY m.id, m.name, m.date, m.company_id, origin.name, o.id, c.currency_exchange_journal_id
              ORDER BY m.date, m.id
                """,
                list(move_ids),
            )
        )
        made = []
        for move_id, name, day, company_id, origin, is_cash_basis, is_exchange, tax, gain in found:
            row = {"move_id": move_id, "name": name, "date": day, "company_id": company_id, "label": origin}
            if is_cash_basis:
                made.append({**row, "sort": "cash_basis", "amount": tax})
            elif is_exchange:
                made.append({**row, "sort": "exchange", "amount": gain})
        return made
