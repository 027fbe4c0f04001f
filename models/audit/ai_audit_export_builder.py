"""Building the zip of an export, batch by batch, with the rights of who asked for it."""

import hashlib
import json
import os
import zipfile
from collections import Counter

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL, file_path

from . import export_html, export_pdf

#: Suggestions and rows that are held in memory at a time.
BATCH = 500
ROWS = 5000
FORMAT = "ai-bookkeeper-evidence-1"


class _Zip:
    """A zip that is written file by file, and knows the digest of each."""

    def __init__(self, path):
        self.zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self.digests = {}

    def stream(self, name):
        return _Entry(self, name)

    def add(self, name, data):
        data = data.encode() if isinstance(data, str) else data
        self.zip.writestr(name, data)
        self.digests[name] = hashlib.sha256(data).hexdigest()

    def put_file(self, name, path):
        with open(path, "rb") as source, self.stream(name) as target:
            while part := source.read(1 << 20):
                target.put(part)


class _Entry:
    """One file of the zip, written in parts. Only one at a time can be open, so lists go through spools."""

    def __init__(self, owner, name):
        self.owner, self.name = owner, name
        self.digest = hashlib.sha256()

    def __enter__(self):
        self.file = self.owner.zip.open(self.name, "w", force_zip64=True)
        return self

    def __exit__(self, *_error):
        self.file.close()
        self.owner.digests[self.name] = self.digest.hexdigest()

    def put(self, data):
        data = data.encode() if isinstance(data, str) else data
        self.digest.update(data)
        self.file.write(data)


class AiAuditExportBuilder(models.AbstractModel):
    """Reads through the rights of its user, but for the seals: hashes, which prove the order and tell nothing."""

    _name = "ai.audit.export.builder"
    _description = "Builder of Evidence Exports"

    # === WHAT === #

    def _domain(self, spec):
        if spec["scope"] == "selection":
            return Domain("id", "in", spec["suggestion_ids"])
        return Domain("date", ">=", spec["date_from"]) & Domain("date", "<=", spec["date_to"])

    def _suggestions(self, spec):
        return self.env["ai.suggestion"].search(self._domain(spec), order="date, id")

    def _rows_around(self, spec):
        """Rows of the period that are about no suggestion: policies, roles, settings, imports, keys."""
        if spec["scope"] != "period":
            return []
        days = Domain("at", ">=", spec["date_from"]) & Domain("at", "<", fields.Date.add(spec["date_to"], days=1))
        return self.env["ai.audit.log"].search(days & Domain("suggestion_id", "in", (0, False)), order="id").ids

    # === BUILDING === #

    def _build(self, spec, path, tell=None):
        """Write the zip at ``path``. Returns what the export remembers of it."""
        archive = _Zip(path)
        log = self.env["ai.audit.log"].sudo()
        last = self.env["ai.audit.seal"].sudo()._last()
        [(last_log_id,)] = self.env.execute_query(SQL("SELECT COALESCE(max(id), 0) FROM ai_audit_log"))
        state = {"spec": spec, "totals": Counter(), "log_ids": [], "index": [], "moves": {}}
        if spec["scope"] != "log":
            self._write_evidence(archive, state, tell)
            state["log_ids"] += self._rows_around(spec)
            if spec["with_documents"]:
                self._write_documents(archive, state["moves"])
        else:
            archive.add("evidence.json", "[\n]\n")
        rows = self._write_log(archive, log, state, last_log_id)
        chain = self._write_seals(archive, log, rows["first_seq"], last[0])
        archive.add("anchors.json", json.dumps(log._own_anchors(), indent=1))
        self._write_tools(archive)
        manifest = self._manifest(spec, state, rows, chain)
        export_html.write(archive, manifest, state["index"], self.env)
        archive.add("summary.pdf", export_pdf.render(manifest, state["index"], self.env))
        manifest["files"] = archive.digests
        text = json.dumps(manifest, indent=1, ensure_ascii=False, default=str)
        archive.zip.writestr("manifest.json", text)
        archive.zip.close()
        return {
            "suggestions": len(state["index"]),
            "rows": rows["count"],
            "seq": chain["seq"],
            "head": chain["head"],
            "last_log_id": last_log_id,
            "manifest_digest": hashlib.sha256(text.encode()).hexdigest(),
        }

    def _manifest(self, spec, state, rows, chain):
        companies = self.env["res.company"].browse(spec["company_ids"])
        user = self.env.user
        declarations = [text for text in (company._ai_one_person_text() for company in companies) if text]
        return {
            "format": FORMAT,
            "database": self.env.cr.dbname,
            "exported_at": fields.Datetime.to_string(fields.Datetime.now()),
            "exported_by": {"id": user.id, "name": user.name},
            "companies": [{"id": company.id, "name": company.name} for company in companies],
            "one_person": declarations,
            "scope": spec["scope"],
            "from": str(spec["date_from"] or ""),
            "to": str(spec["date_to"] or ""),
            "suggestions": len(state["index"]),
            "totals": dict(state["totals"]),
            "rows": rows["count"],
            "unsealed_rows": rows["unsealed"],
            "chain": chain,
        }

    # === EVIDENCE === #

    def _write_evidence(self, archive, state, tell):
        suggestions = self._suggestions(state["spec"])
        # Before anything is told about the books, it is compared with them.
        ids = suggestions.ids
        with archive.stream("evidence.json") as file:
            file.put("[")
            for first in range(0, len(ids), BATCH):
                batch = self.env["ai.suggestion"].browse(ids[first : first + BATCH])
                batch._compare_with_books()
                lines = [json.dumps(entry, ensure_ascii=False, default=str) for entry in self._entries(batch, state)]
                file.put(("," if first else "") + "\n" + ",\n".join(lines))
                # What is read once is not needed again: a long export stays small.
                self.env.flush_all()
                self.env.invalidate_all()
                if tell:
                    tell(first + len(batch))
            file.put("\n]\n")

    def _entries(self, batch, state):
        log = self.env["ai.audit.log"].search([("suggestion_id", "in", batch.ids)], order="id")
        rows = self.env["ai.audit.log"].sudo()._rows(SQL("l.id = ANY(%s)", log.ids))
        history = {}
        for row in rows:
            history.setdefault(row["suggestion_id"], []).append(row)
        names = self._names(batch, rows)
        state["log_ids"] += log.ids
        entries = [self._entry(suggestion, history.get(suggestion.id, []), names) for suggestion in batch]
        for suggestion, entry in zip(batch, entries, strict=True):
            self._count(state, suggestion, entry)
        return entries

    def _names(self, batch, rows):
        """Names of everything that entries and history mention, as far as the reader may see them."""
        items = [
            item
            for row in rows
            for name in ("before", "after")
            for entry in (row["payload"].get(name) or {}).get("entries") or []
            for item in entry["items"]
        ]

        def names(model, ids, name="display_name"):
            records = self.env[model].browse(sorted(ids)).exists()._filtered_access("read")
            return {record.id: record[name] for record in records}

        users = self.env["res.users"].sudo().browse({row["user_id"] for row in rows}).exists()
        return {
            "account": names("account.account", {item["account_id"] for item in items}),
            "partner": names("res.partner", {item["partner_id"] for item in items if item.get("partner_id")}),
            "tax": names("account.tax", {tax for item in items for tax in item.get("tax_ids") or []}, "name"),
            "currency": names("res.currency", {item["currency_id"] for item in items}, "name"),
            "user": {user.id: user.name for user in users},
        }

    def _entry(self, suggestion, rows, names):
        """One suggestion: who, when, tier, reasons, alternatives, data used, before and after, entries."""
        card = suggestion.card
        applied = [row["payload"] for row in rows if row["event"] == "applied"]
        booked = applied[-1] if applied else {}
        evidence = suggestion.evidence or {}
        labels = suggestion._fields

        def label(field):
            return dict(labels[field]._description_selection(self.env)).get(suggestion[field], "")

        return {
            "id": suggestion.id,
            "kind": label("kind"),
            "state": label("state"),
            "tier": label("tier"),
            "case": card["case_label"],
            "confidence": suggestion.confidence,
            "measured": card["support_text"],
            "date": suggestion.date,
            "amount": f"{suggestion.amount:.{suggestion.currency_id.decimal_places}f}",
            "currency": suggestion.currency_id.name,
            "company": suggestion.company_id.name,
            "journal": suggestion.journal_id.display_name or "",
            "record": {"model": suggestion.res_model, "id": suggestion.res_id},
            "text": suggestion.label or "",
            "partner": (card["partner"] or {}).get("name", ""),
            "origin": label("origin"),
            "proposed_by": suggestion.proposed_by_id.sudo().name or "",
            "proposed_at": suggestion.create_date,
            "model_version": suggestion.model_version or "",
            "reasons": card["reasons"],
            "alternatives": [
                {name: choice[name] for name in ("title", "case_label", "partner", "confidence", "reasons", "why_lost")}
                for choice in card["alternatives"]
            ],
            "documents_settled": card["documents"],
            "differences": card["differences"],
            "data_used": {name: evidence.get(name) for name in ("ticks", "open", "taxes", "support", "partner_before")},
            "proposal": suggestion.proposal,
            "decision": label("decision"),
            "decided_by": suggestion.decided_by_id.sudo().name or "",
            "decided_at": suggestion.decided_at or "",
            "decided_with": suggestion.decided_with,
            "approved_by": suggestion.approval_ids.sudo().mapped("name"),
            "policy": suggestion.policy_id.sudo().name or "",
            "policy_says": suggestion.policy_text or "",
            "edited_by_a_person": suggestion.is_edited,
            "reject_reason": label("reject_reason"),
            "undone_by": suggestion.undone_by_id.sudo().name or "",
            "undone_at": suggestion.undone_at or "",
            "changed_outside": card.get("changed_outside_text") or "",
            "before": booked.get("before") or {},
            "after": booked.get("after") or {},
            "entries": self._entry_lines(booked.get("after") or {}, names),
            "history": [self._event(row, names) for row in rows],
        }

    def _entry_lines(self, after, names):
        """The booked entries in words."""
        return [
            {
                "entry": entry["name"],
                "date": entry["date"],
                "account": names["account"].get(item["account_id"], f"#{item['account_id']}"),
                "partner": names["partner"].get(item.get("partner_id"), ""),
                "balance": item["balance"],
                "amount": item["amount_currency"],
                "currency": names["currency"].get(item["currency_id"], ""),
                "taxes": [names["tax"].get(tax_id, f"#{tax_id}") for tax_id in item.get("tax_ids") or []],
            }
            for entry in after.get("entries") or []
            for item in entry["items"]
        ]

    def _event(self, row, names):
        return {
            "log_id": row["id"],
            "event": row["event"],
            "at": row["at"],
            "user_id": row["user_id"],
            "user": names["user"].get(row["user_id"], f"#{row['user_id']}"),
            "key_id": row["key_id"],
        }

    def _count(self, state, suggestion, entry):
        totals = state["totals"]
        totals[f"state: {entry['state']}"] += 1
        if suggestion.decision:
            totals[f"decided by {suggestion.decision}"] += 1
        if suggestion.changed_outside:
            totals["changed outside"] += 1
        state["index"].append(export_html.headline(entry))
        for move in suggestion.move_ids:
            state["moves"].setdefault(move.id, []).append(suggestion.id)

    def _write_documents(self, archive, moves):
        """Attachments of the entries, as far as the reader may see them, file by file."""
        move_ids = sorted(moves)
        for first in range(0, len(move_ids), BATCH):
            part = move_ids[first : first + BATCH]
            found = self.env["ir.attachment"].search(
                [("res_model", "=", "account.move"), ("res_id", "in", part), ("type", "=", "binary")], order="id"
            )
            for attachment in found:
                self._write_document(archive, attachment)
            self.env.invalidate_all()

    def _write_document(self, archive, attachment):
        # The reader's right was checked by the search; the file's place is the attachment's own affair.
        attachment = attachment.sudo()
        name = f"documents/{attachment.res_id}-{attachment.id}-{export_html.file_name(attachment.name)}"
        path = attachment.store_fname and attachment._full_path(attachment.store_fname)
        if path and os.path.exists(path):
            archive.put_file(name, path)
        else:
            archive.add(name, attachment.raw or b"")

    # === LOG === #

    def _write_log(self, archive, log, state, last_log_id):
        """The rows and their names. Returns how many there are and the number of the first seal."""
        count = 0
        with archive.stream("log.jsonl") as file:
            for rows in self._row_batches(log, state, last_log_id):
                count += len(rows)
                file.put("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
        with archive.stream("identities.jsonl") as file:
            for rows in self._row_batches(log, state, last_log_id):
                found = self.env["ai.audit.identity"].sudo()._by_log([row["id"] for row in rows])
                lines = [{"log_id": log_id, **each} for log_id, names in found.items() for each in names]
                file.put("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
        chosen = SQL() if state["spec"]["scope"] == "log" else SQL("AND l.id = ANY(%s)", state["log_ids"])
        [(first, sealed)] = self.env.execute_query(
            SQL(
                """SELECT COALESCE(min(s.seq), 0), count(s.id) FROM ai_audit_log l
                     JOIN ai_audit_seal s ON s.log_id = l.id WHERE l.id <= %s %s""",
                last_log_id,
                chosen,
            )
        )
        return {"count": count, "first_seq": first, "unsealed": count - sealed}

    def _row_batches(self, log, state, last_log_id):
        if state["spec"]["scope"] == "log":
            after = 0
            while rows := log._rows(SQL("l.id > %s AND l.id <= %s", after, last_log_id), limit=ROWS):
                yield rows
                after = rows[-1]["id"]
            return
        ids = sorted(set(state["log_ids"]))
        for first in range(0, len(ids), ROWS):
            yield log._rows(SQL("l.id = ANY(%s)", ids[first : first + ROWS]))

    def _write_seals(self, archive, log, first, last):
        """The chain from the first row that is exported to the head: hashes only."""
        start = max(first - 1, 0) if first else last
        head = self.env["ai.audit.seal"].sudo()._head_at(start)
        chain = {"start_seq": start, "start_head": head, "seq": start, "head": head}
        with archive.stream("seals.jsonl") as file:
            while seals := log._sealed_batch(chain["seq"], ROWS):
                file.put("".join(json.dumps(seal) + "\n" for seal in seals))
                chain.update(seq=seals[-1]["seq"], head=seals[-1]["head"])
        return chain

    def _write_tools(self, archive):
        for name, path in (
            ("verify.py", "ai_bookkeeper/data/audit_export/verify.py"),
            ("chain.py", "ai_bookkeeper/engine/audit/chain.py"),
            ("README.txt", "ai_bookkeeper/data/audit_export/README.txt"),
        ):
            with open(file_path(path), "rb") as file:
                archive.add(name, file.read())
