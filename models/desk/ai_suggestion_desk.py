"""What the review desk reads: sections, groups of ids, rows and cards. Nothing here writes."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, escape_psql

from ...engine.vocabulary import ACCEPTED, FAILED, PENDING
from ..suggestion.words import CASES

#: Ids a queue holds at once; more are reached by searching, or after deciding these.
QUEUE_LIMIT = 20_000
#: Rows that come with the queue, enough for the first screen.
FIRST_ROWS = 40
#: The systray says "999+" above it.
COUNT_LIMIT = 1000
#: Documents shown beside one card.
DOCUMENT_LIMIT = 6
DOCUMENT_ROW_LIMIT = 30

GROUPS = ("kind", "partner_id", "confidence_band", "amount_band", "journal_id", "company_id")
ORDERS = {
    "date": "date, id",
    "newest": "date desc, id desc",
    "confidence": "confidence desc, id",
    "amount": "amount desc, id",
}
#: Sections beside those of the states, each counted on its own.
MORE_SECTIONS = ("asked", "answered", "parked", "changed")


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    confidence_band = fields.Selection(
        [("sure", "Very sure"), ("likely", "Rather sure"), ("unsure", "Less sure"), ("question", "Questions")],
        compute="_compute_bands",
        string="Sureness",
        help="Very sure: right at least 95 times of 100, measured on earlier ones. Rather sure: at least 80 times.",
    )
    amount_band = fields.Selection(
        [("large", "10,000 and more"), ("medium", "1,000 to 10,000"), ("small", "100 to 1,000"), ("tiny", "Under 100")],
        compute="_compute_bands",
        string="Size",
        help="Of the amount in its own currency, without its sign.",
    )

    desk_text = fields.Char(compute="_compute_desk_text", search="_search_desk_text", string="Text to Search")

    _desk_idx = models.Index("(state, company_id, date, id) WHERE state IN ('pending', 'accepted', 'failed')")
    _desk_parked_idx = models.Index("(company_id) WHERE park_reason IS NOT NULL")
    _desk_changed_idx = models.Index("(company_id) WHERE changed_outside IS NOT NULL")

    @api.depends("confidence", "is_question", "amount")
    def _compute_bands(self):
        for suggestion in self:
            sure = "sure" if suggestion.confidence >= 0.95 else "likely" if suggestion.confidence >= 0.8 else "unsure"
            suggestion.confidence_band = "question" if suggestion.is_question else sure
            size = abs(suggestion.amount)
            suggestion.amount_band = next(
                (band for band, floor in (("large", 10_000), ("medium", 1000), ("small", 100)) if size >= floor), "tiny"
            )

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr == "confidence_band":
            confidence = super()._field_to_sql(alias, "confidence", query)
            return SQL(
                "CASE WHEN %s THEN 'question' WHEN %s >= 0.95 THEN 'sure' "
                "WHEN %s >= 0.8 THEN 'likely' ELSE 'unsure' END",
                super()._field_to_sql(alias, "is_question", query),
                confidence,
                confidence,
            )
        if field_expr == "amount_band":
            amount = super()._field_to_sql(alias, "amount", query)
            return SQL(
                "CASE WHEN ABS(%s) >= 10000 THEN 'large' WHEN ABS(%s) >= 1000 THEN 'medium' "
                "WHEN ABS(%s) >= 100 THEN 'small' ELSE 'tiny' END",
                amount,
                amount,
                amount,
            )
        return super()._field_to_sql(alias, field_expr, query)

    @api.depends("label", "partner_id")
    def _compute_desk_text(self):
        for suggestion in self:
            suggestion.desk_text = f"{suggestion.label or ''} {suggestion.partner_id.name or ''}".strip()

    def _search_desk_text(self, operator, value):
        """Bank text, partner, reference of the line, or number and reference of a document it would settle."""
        if operator != "ilike" or not isinstance(value, str):
            return NotImplemented
        return (
            Domain("label", "ilike", value)
            | Domain("partner_id", "ilike", value)
            | Domain("id", "in", self._found_by_entry(value))
        )

    @api.model
    def _found_by_entry(self, text):
        """SQL: ids of what the desk shows whose own entry, or an entry that it would settle, has ``text`` in its number
        or reference.

        It only narrows what the user sees anyway: numbers of documents stand on the cards. From the suggestions to
        their entries, each by its key: the other way round the texts of all entries of all years would be compared.
        """
        self.flush_model(["state", "park_reason", "changed_outside", "res_model", "res_id"])
        self.env["account.move"].flush_model(["name", "ref", "payment_reference"])
        unaccent = self.env.registry.unaccent
        pattern = unaccent(SQL("%s", f"%{escape_psql(text)}%"))
        says = SQL(
            "(%s)",
            SQL(" OR ").join(
                SQL("%s ILIKE %s", unaccent(SQL.identifier("m", name)), pattern)
                for name in ("name", "ref", "payment_reference")
            ),
        )
        return SQL(
            """(SELECT s.id FROM ai_suggestion s
                 WHERE (s.state IN %(open)s OR s.park_reason IS NOT NULL OR s.changed_outside IS NOT NULL)
                   AND (EXISTS (SELECT 1 FROM ai_suggestion_item i
                                  JOIN account_move_line l ON l.id = i.move_line_id
                                  JOIN account_move m ON m.id = l.move_id
                                 WHERE i.suggestion_id = s.id AND %(says)s)
                        OR s.res_model = %(line)s AND EXISTS (
                                SELECT 1 FROM account_bank_statement_line b JOIN account_move m ON m.id = b.move_id
                                 WHERE b.id = s.res_id AND %(says)s)))""",
            open=(PENDING, ACCEPTED, FAILED),
            line="account.bank.statement.line",
            says=says,
        )

    # === SECTIONS === #

    @api.model
    def _desk_sections(self):
        """{name: domain} of the sections that this database knows, in the order of the desk."""
        by_policy = Domain("decision", "=", "policy")
        found = {
            "pending": Domain("state", "=", PENDING),
            "questions": Domain("state", "=", PENDING) & Domain("is_question", "=", True),
            "second": Domain("state", "=", ACCEPTED) & ~by_policy,
            "batch": Domain("state", "=", ACCEPTED) & by_policy,
            "failed": Domain("state", "=", FAILED),
        }
        waiting = Domain("state", "in", (PENDING, FAILED))
        found["asked"] = waiting & Domain("question_state", "in", ["waiting"])
        found["answered"] = waiting & Domain("question_state", "in", ["answered"])
        found["parked"] = Domain("is_parked", "=", True)
        found["changed"] = Domain("changed_outside", "!=", False)
        return found

    @api.model
    def _desk_section_label(self, name):
        labels = {
            "pending": self.env._("To decide"),
            "questions": self.env._("Questions"),
            "second": self.env._("Second approval"),
            "batch": self.env._("Today's batch"),
            "failed": self.env._("Failed"),
            "changed": self.env._("Changed outside"),
            "asked": self.env._("Asked"),
            "answered": self.env._("Answered"),
            "parked": self.env._("Parked"),
        }
        return labels[name]

    # === PUBLIC: THE QUEUE === #

    @api.model
    def desk_open(self) -> dict:
        """What the desk offers this person; what waits is told by ``desk_queue`` and ``desk_counts``.

        :return: ``{can_decide, paused, features: [...], search_view_id, groups: [{name, label}],
            sections: [{name, label, count: 0}]}``; ``paused`` is a sentence, empty while the machine works
        :raise AccessError: without a role of the addon
        """
        self.browse().check_access("read")
        view = self.env.ref("ai_bookkeeper.ai_suggestion_view_desk_search")
        return {
            "can_decide": self.env.user.has_group("ai_bookkeeper.ai_bookkeeper_group_reviewer"),
            "paused": self.env["ai.policy"].pause_state()["text"],
            "features": self._desk_features(),
            "search_view_id": view.id,
            "sections": self._desk_section_rows(dict.fromkeys(self._desk_sections(), 0)),
            "groups": [{"name": name, "label": self._fields[name]._description_string(self.env)} for name in GROUPS],
        }

    @api.model
    def _desk_features(self):
        """What other parts of the addon let a person do with a suggestion: names of methods and of dialogs."""
        methods = ("action_undo_ask",)
        dialogs = {
            "review": "ai_bookkeeper.ai_suggestion_review_action",
            "ask": "ai_bookkeeper.ai_question_ask_action",
            "park": "ai_bookkeeper.ai_park_action",
        }
        found = [name for name in methods if hasattr(self, name)]
        return found + [name for name, xmlid in dialogs.items() if self.env.ref(xmlid, raise_if_not_found=False)]

    @api.model
    def desk_counts(self, domain: list | None = None) -> list[dict]:
        """How many suggestions of each section the user may see; the same few queries however many there are.

        :param domain: narrows the counts, as the search does
        :return: ``[{name, label, count}]``
        """
        where = Domain(domain or [])
        sections = self._desk_sections()
        counts = dict.fromkeys(sections, 0)
        waiting = where & Domain("state", "in", (PENDING, ACCEPTED, FAILED))
        for state, is_question, decision, count in self._read_group(
            waiting, ["state", "is_question", "decision"], ["__count"]
        ):
            if state == PENDING:
                counts["pending"] += count
                counts["questions"] += count if is_question else 0
            elif state == FAILED:
                counts["failed"] += count
            else:
                counts["batch" if decision == "policy" else "second"] += count
        for name in MORE_SECTIONS:
            counts[name] = self.search_count(where & sections[name])
        return self._desk_section_rows(counts)

    @api.model
    def _desk_section_rows(self, counts):
        return [
            {"name": name, "label": self._desk_section_label(name), "count": count} for name, count in counts.items()
        ]

    @api.model
    def desk_queue(
        self, section: str = "pending", domain: list | None = None, group_by: str | None = None, order: str = "date"
    ) -> dict:
        """Ids of a section's suggestions in order, in groups; rows and cards are read in slices by id.

        :param section: one of the sections of ``desk_open``
        :param group_by: one of the groups of ``desk_open``, or nothing
        :param order: ``date``, ``newest``, ``confidence`` or ``amount``
        :return: ``{count, groups: [{key, label, count, ids}], rows, cards}``; ``count`` may exceed the ids: a queue
            holds 20,000; ``rows`` are the first ones and ``cards`` the first one, as ``desk_rows`` and ``desk_cards``
            give them
        """
        sections = self._desk_sections()
        if section not in sections or order not in ORDERS or (group_by and group_by not in GROUPS):
            raise ValueError(f"The desk has no such queue: {section}, {group_by}, {order}")
        where = sections[section] & Domain(domain or [])
        ids = self.search(where, order=ORDERS[order], limit=QUEUE_LIMIT).ids
        count = len(ids) if len(ids) < QUEUE_LIMIT else self.search_count(where)
        groups = self._desk_groups(ids, group_by)
        first = [suggestion_id for group in groups for suggestion_id in group["ids"][:FIRST_ROWS]][:FIRST_ROWS]
        return {
            "count": count,
            "groups": groups,
            "rows": self.browse(first).desk_rows(),
            "cards": self.browse(first[:1]).desk_cards(),
        }

    @api.model
    def _desk_groups(self, ids, group_by):
        if not group_by or not ids:
            return [{"key": "", "label": "", "count": len(ids), "ids": ids}] if ids else []
        place = {suggestion_id: index for index, suggestion_id in enumerate(ids)}
        # The ids were found under the user's rights just now; the superuser only sorts them into groups.
        rows = self.sudo()._read_group([("id", "in", ids)], [group_by], ["id:array_agg"])
        words = dict(self._fields[group_by]._description_selection(self.env)) if group_by in self._selections() else {}
        groups = []
        for value, found in rows:
            key = value.id if hasattr(value, "id") else value
            label = words.get(value) or (value.display_name if key and hasattr(value, "id") else "")
            groups.append(
                {
                    "key": key or "",
                    "label": label or self._desk_no_group(group_by),
                    "count": len(found),
                    "ids": sorted(found, key=place.__getitem__),
                }
            )
        ranks = {name: rank for rank, name in enumerate(words)}
        return sorted(groups, key=lambda group: (ranks.get(group["key"], 0), not group["key"], -group["count"]))

    @api.model
    def _selections(self):
        return {name for name in GROUPS if self._fields[name].type == "selection"}

    @api.model
    def _desk_no_group(self, group_by):
        return self.env._("No partner") if group_by == "partner_id" else self.env._("Others")

    @api.model
    def desk_waiting_count(self) -> int:
        """How many suggestions wait that the user may decide, for the systray; stops counting at 1,000."""
        if not self.env.user.has_group("ai_bookkeeper.ai_bookkeeper_group_reviewer"):
            return 0
        return self.search_count([("state", "in", (PENDING, ACCEPTED))], limit=COUNT_LIMIT)

    # === PUBLIC: ROWS AND CARDS === #

    def desk_rows(self) -> list[dict]:
        """A line of the queue for each of these that the user may see; those that are gone are left out.

        :return: ``[{id, kind, state, is_question, label, partner, amount, currency_id, date, company_id, company,
            journal, res_model, res_id, band, case_label, decided, error}]``
        """
        visible = self._desk_visible()
        # Names on a line that the reader may see.
        return [suggestion._desk_row() for suggestion in visible.sudo()]

    def _desk_visible(self):
        """Those that are there and that the user may see; raises for people without a role of the addon."""
        self.browse().check_access("read")
        return self.exists()._filtered_access("read")

    def _desk_row(self):
        return {
            "id": self.id,
            "kind": self.kind,
            "state": self.state,
            "is_question": self.is_question,
            "label": self.label or self.name,
            "partner": self.partner_id.name or "",
            "amount": self.amount,
            "currency_id": self.currency_id.id,
            "date": str(self.date or ""),
            "company_id": self.company_id.id,
            "company": self.company_id.name,
            "journal": self.journal_id.name or "",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "band": self.confidence_band,
            "case_label": self._word(CASES, "question" if self.is_question else self.case),
            "decided": self._decided_text(),
            "error": self.error or "",
        }

    def desk_cards(self) -> list[dict]:
        """Everything the desk shows of these suggestions beside their balances; constant queries.

        :return: ``[{id, row, card, line, documents}]``; ``line`` are the record's own details, ``documents`` the
            invoices and bills of the proposal and its alternatives with their files
        """
        visible = self._desk_visible()
        rows = {row["id"]: row for row in visible.desk_rows()}
        lines = visible._desk_lines()
        cards = {suggestion.id: suggestion.card for suggestion in visible}
        documents = visible._desk_documents(cards, lines)
        return [
            {
                "id": suggestion.id,
                "row": rows[suggestion.id],
                "card": cards[suggestion.id],
                "line": lines.get(suggestion.id),
                "documents": documents.get(suggestion.id, []),
            }
            for suggestion in visible
        ]

    def desk_successors(self) -> dict:
        """Which suggestion is open now for the record of each of these: ``{id: open id or False}``, as text keys."""
        visible = self._desk_visible()
        found = self.search(
            [
                ("res_model", "in", list(set(visible.mapped("res_model")))),
                ("res_id", "in", visible.mapped("res_id")),
                ("state", "in", (PENDING, ACCEPTED)),
            ]
        )
        by_record = {(suggestion.res_model, suggestion.res_id): suggestion.id for suggestion in found}
        return {str(s.id): by_record.get((s.res_model, s.res_id), False) for s in visible}

    def _desk_lines(self):
        """{suggestion id: details of its bank line}, of the lines that the user may read."""
        lines = self.env["account.bank.statement.line"].browse(
            self.filtered(lambda s: s.res_model == "account.bank.statement.line").mapped("res_id")
        )
        readable = {line.id: line for line in lines.exists()._filtered_access("read")}
        return {
            suggestion.id: self._desk_line(readable[suggestion.res_id])
            for suggestion in self
            if suggestion.res_model == lines._name and suggestion.res_id in readable
        }

    def _desk_line(self, line):
        return {
            "id": line.id,
            "move_id": line.move_id.id,
            "text": line.payment_ref or "",
            "name": line.partner_name or "",
            "account_number": line.account_number or "",
            "statement": line.statement_id.name or "",
            "journal": line.journal_id.name,
            "reference": line.ref or "",
            "narration": line.narration or "",
            "date": str(line.date),
            "amount": line.amount,
            "currency_id": line.currency_id.id,
            "foreign_amount": line.amount_currency if line.foreign_currency_id else 0.0,
            "foreign_currency_id": line.foreign_currency_id.id,
        }

    def _desk_documents(self, cards, lines):
        """{suggestion id: documents}, proposal first, then those of the alternatives."""
        wanted = {suggestion.id: suggestion._desk_move_ids(cards[suggestion.id]) for suggestion in self}
        entries = {suggestion_id: line["move_id"] for suggestion_id, line in lines.items()}
        ids = {move_id for found in wanted.values() for move_id in found}
        moves = self.env["account.move"].browse(ids).exists()._filtered_access("read")
        files = self._desk_files([*moves.ids, *entries.values()])
        found = {move.id: self._desk_document(move, files.get(move.id, [])) for move in moves}
        result = {}
        for suggestion in self:
            documents = [found[move_id] for move_id in wanted[suggestion.id] if move_id in found]
            own = files.get(entries.get(suggestion.id))
            if own:
                documents.insert(
                    0, {"id": entries[suggestion.id], "name": self.env._("On the bank line"), "files": own}
                )
            result[suggestion.id] = documents
        return result

    def _desk_move_ids(self, card):
        """The entries that a card names, each once, in its order."""
        parts = [card, *(card.get("alternatives") or [])]
        ids = [document["move_id"] for part in parts for document in part.get("documents") or []]
        return list(dict.fromkeys(ids))[:DOCUMENT_LIMIT]

    def _desk_files(self, move_ids):
        """{entry id: its files that can be shown}, the main one first."""
        attachments = self.env["ir.attachment"].search(
            [("res_model", "=", "account.move"), ("res_id", "in", move_ids), ("res_field", "=", False)], order="id"
        )
        found = {}
        for attachment in attachments:
            kind = "pdf" if attachment.mimetype == "application/pdf" else (attachment.mimetype or "").split("/")[0]
            if kind in ("pdf", "image"):
                row = {"id": attachment.id, "name": attachment.name, "kind": kind}
                found.setdefault(attachment.res_id, []).append(row)
        return found

    def _desk_document(self, move, files):
        main_id = move.message_main_attachment_id.id
        rows = move.invoice_line_ids.filtered(lambda row: row.display_type == "product")
        return {
            "id": move.id,
            "name": move.name or "",
            "type": dict(move._fields["move_type"]._description_selection(self.env))[move.move_type],
            "partner": move.partner_id.name or "",
            "date": str(move.invoice_date or move.date or ""),
            "due": str(move.invoice_date_due or ""),
            "reference": move.ref or move.payment_reference or "",
            "total": move.amount_total,
            "tax": move.amount_tax,
            "open": move.amount_residual,
            "currency_id": move.currency_id.id,
            "rows": [
                {"id": row.id, "name": row.name or "", "quantity": row.quantity, "total": row.price_total}
                for row in rows[:DOCUMENT_ROW_LIMIT]
            ],
            "more_rows": max(len(rows) - DOCUMENT_ROW_LIMIT, 0),
            "files": sorted(files, key=lambda file: file["id"] != main_id),
        }
