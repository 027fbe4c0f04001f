"""What a webhook tells: its envelope, the fields that may leave, and the JSON schema of both.

``VERSION`` grows when something that was there changes or goes; new keys and new types of events do not change it.
"""

from __future__ import annotations

import json
from datetime import date, datetime, timezone
from decimal import ROUND_HALF_UP, Decimal

VERSION = 1
TEST = "webhook.test"
SCHEMA_ID = f"urn:ai-bookkeeper:webhook:{VERSION}"
MOST_LINES = 100


def _text(description, **more):
    return {"type": ["string", "null"], "description": description, **more}


def _whole(description):
    return {"type": "integer", "description": description}


def _maybe(description):
    return {"type": ["integer", "null"], "description": description}


def _yes(description):
    return {"type": "boolean", "description": description}


def _money(description):
    return {"type": ["string", "null"], "pattern": "^-?[0-9]+([.][0-9]+)?$", "description": description}


def _day(description):
    return _text(description, format="date")


def _see(name):
    return {"anyOf": [{"$ref": f"#/$defs/{name}"}, {"type": "null"}]}


def _many(items, description):
    return {"type": "array", "items": items, "description": description}


_CURRENCY = _text("ISO 4217 code of the amounts")
_IDS = {"type": "integer"}

#: Parts that several kinds of records share.
PARTS = {
    "partner_summary": {
        "id": _whole("res.partner"),
        "name": _text("Name"),
        "reference": _text("Internal reference"),
        "vat": _text("Tax number"),
    },
    "journal_summary": {"id": _whole("account.journal"), "code": _text("Short code"), "name": _text("Name")},
    "line": {
        "id": _whole("account.move.line"),
        "label": _text("What it says"),
        "product_code": _text("Internal reference of the product"),
        "account_code": _text("Code of the account"),
        "quantity": _money("How many"),
        "unit_price": _money("Price of one, before the discount"),
        "discount": _money("Percent"),
        "amount_untaxed": _money("Without taxes"),
        "amount_total": _money("With taxes"),
    },
}
#: {model: (name in the schema, {field: its schema})}: nothing else of a record ever leaves.
RECORDS = {
    "account.move": (
        "move",
        {
            "id": _whole("account.move"),
            "number": _text("Number; null for drafts"),
            "move_type": _text("entry, out_invoice, out_refund, in_invoice, in_refund, out_receipt, in_receipt"),
            "state": _text("draft, posted, cancel"),
            "payment_state": _text("not_paid, in_payment, paid, partial, reversed, blocked, invoicing_legacy"),
            "date": _day("Accounting date"),
            "invoice_date": _day("Date of the document"),
            "due_date": _day("When the last part is due"),
            "reference": _text("Reference of the partner, the number of a vendor's bill"),
            "payment_reference": _text("What a payment should quote"),
            "currency": _CURRENCY,
            "amount_untaxed": _money("Without taxes"),
            "amount_tax": _money("Taxes"),
            "amount_total": _money("With taxes"),
            "amount_residual": _money("Still open"),
            "partner": _see("partner_summary"),
            "journal": _see("journal_summary"),
            "reversed_move_id": _maybe("The entry that this one reverses"),
            "lines": _many({"$ref": "#/$defs/line"}, f"Lines of an invoice or bill, {MOST_LINES} at most"),
            "line_count": _whole("How many lines there are"),
        },
    ),
    "account.payment": (
        "payment",
        {
            "id": _whole("account.payment"),
            "number": _text("Number"),
            "state": _text("draft, in_process, paid, canceled, rejected"),
            "payment_type": _text("inbound, outbound"),
            "partner_type": _text("customer, supplier"),
            "date": _day("Date"),
            "amount": _money("Amount"),
            "currency": _CURRENCY,
            "memo": _text("What it says"),
            "is_reconciled": _yes("All of it settles documents"),
            "is_matched": _yes("It was found on the bank account"),
            "partner": _see("partner_summary"),
            "journal": _see("journal_summary"),
            "move_ids": _many(_IDS, "Documents that it pays (account.move)"),
        },
    ),
    "res.partner": (
        "partner",
        {
            "id": _whole("res.partner"),
            "name": _text("Name"),
            "is_company": _yes("A company, not a person"),
            "active": _yes("False when archived"),
            "type": _text("contact, invoice, delivery, other"),
            "parent_id": _maybe("The company that it belongs to"),
            "reference": _text("Internal reference"),
            "vat": _text("Tax number"),
            "company_registry": _text("Number in the register of companies"),
            "email": _text("Mail address"),
            "phone": _text("Telephone"),
            "website": _text("Website"),
            "street": _text("Street"),
            "street2": _text("Second line of the street"),
            "zip": _text("Postal code"),
            "city": _text("City"),
            "state": _text("Code of the federal state"),
            "country": _text("ISO 3166 code, two letters"),
            "language": _text("Language, for example de_DE"),
        },
    ),
    "account.bank.statement.line": (
        "bank_line",
        {
            "id": _whole("account.bank.statement.line"),
            "date": _day("Date"),
            "amount": _money("Positive: received"),
            "currency": _CURRENCY,
            "label": _text("What the bank says"),
            "partner_name": _text("Who the bank says it was"),
            "account_number": _text("Of the other side, all but the last four characters masked"),
            "is_reconciled": _yes("Nothing of it is left to match"),
            "partner": _see("partner_summary"),
            "journal": _see("journal_summary"),
            "move_id": _maybe("Its entry (account.move)"),
        },
    ),
    "ai.suggestion": (
        "suggestion",
        {
            "id": _whole("ai.suggestion"),
            "kind": _text("bank_match, bank_coding and others"),
            "state": _text("pending, accepted, applied, rejected, superseded, failed, undone"),
            "tier": _text("rule, match, memory, prediction, model, agent"),
            "confidence": {"type": ["number", "null"], "description": "0 to 1"},
            "origin": _text("engine, user, agent"),
            "decision": _text("person, policy"),
            "decided_at": _text("When", format="date-time"),
            "reject_reason": _text("Why it was rejected"),
            "target_model": _text("What it is about"),
            "target_id": _maybe("What it is about"),
            "amount": _money("Amount"),
            "currency": _CURRENCY,
            "date": _day("Date"),
            "partner": _see("partner_summary"),
            "journal": _see("journal_summary"),
            "move_ids": _many(_IDS, "Entries that were made or changed (account.move)"),
        },
    ),
}
#: What an event says of the change itself: ids and words of the vocabulary, never texts of people.
CHANGES = {
    "state": _text("The state that it went to"),
    "was": _text("The state that it came from"),
    "move_type": _text("See move"),
    "payment_state": _text("See move"),
    "payment_type": _text("See payment"),
    "journal_id": _maybe("account.journal"),
    "reversal_id": _maybe("The entry that reverses it (account.move)"),
    "is_reconciled": _yes("See payment and bank line"),
    "is_matched": _yes("See payment"),
    "is_company": _yes("See partner"),
    "fields": _many({"type": "string"}, "Names of Odoo's fields that changed"),
    "cause": _text("sync.restored: restored, copied"),
    "generation": _text("sync.restored: the first part of the feed's new cursors"),
    "merged": _many(_IDS, "Partners that were merged into this one and are gone"),
}


# === MAKING === #


def envelope(event: dict, record: dict | None = None, is_full: bool = False) -> dict:
    """What is sent.

    :param event: ``uuid``, ``name``, ``at`` (datetime, UTC), ``seq``, ``correlation_id``, ``company_id``,
        ``res_model``, ``res_id``, ``payload`` (dict)
    :param record: of ``shape``; None when it is gone, or nothing of it may leave
    """
    data = {
        "model": event["res_model"],
        "id": event["res_id"],
        "company_id": event["company_id"],
        "change": {name: value for name, value in (event["payload"] or {}).items() if name in CHANGES},
    }
    if is_full:
        data["record"] = record
    return {
        "type": event["name"],
        "timestamp": moment(event["at"]),
        "version": VERSION,
        "event_id": event["uuid"],
        "sequence": event["seq"],
        "correlation_id": event["correlation_id"],
        "data": data,
    }


def body(content: dict) -> bytes:
    """The bytes that are signed and sent."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def shape(model: str, values: dict) -> dict:
    """``values`` as they may leave: every field of the schema, in its order, and nothing else."""
    return {name: _plain(values.get(name), field) for name, field in RECORDS[model][1].items()}


def part(name: str, values: dict) -> dict:
    """One of ``PARTS`` as it may leave."""
    return {key: _plain(values.get(key), field) for key, field in PARTS[name].items()}


def money(amount: float | Decimal, places: int) -> str:
    """An amount as people and machines read it the same: ``"-12.50"``."""
    rounded = Decimal(repr(amount) if isinstance(amount, float) else amount).quantize(
        Decimal(1).scaleb(-places), ROUND_HALF_UP
    )
    return f"{rounded + 0:f}"


def moment(value: datetime) -> str:
    """A moment in UTC, to the millisecond."""
    if value.tzinfo:
        value = value.astimezone(timezone.utc).replace(tzinfo=None)
    return f"{value.isoformat(timespec='milliseconds')}Z"


def _plain(value, field):
    # Odoo says False for what is empty, whatever its kind.
    if value is False and field.get("type") != "boolean":
        return None
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return None if value == "" else value


# === SCHEMA === #


def schema() -> dict:
    """The JSON schema (draft 2020-12) of what is sent. Receivers must bear keys that are not in it."""
    parts = {name: _object(fields) for name, fields in PARTS.items()}
    records = {name: _object(fields) for name, fields in RECORDS.values()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "type": "object",
        "required": ["type", "timestamp", "version", "event_id", "sequence", "correlation_id", "data"],
        "properties": {
            "type": {"type": "string", "pattern": "^[a-z_]+([.][a-z_]+)+$", "description": "What happened"},
            "timestamp": {"type": "string", "format": "date-time", "description": "When it happened, in UTC"},
            "version": {"const": VERSION},
            "event_id": {"type": "string", "description": "The event; webhook-id is one of this event and webhook"},
            "sequence": {"type": ["integer", "null"], "description": "Its number in the feed sync.event.changes"},
            "correlation_id": _text("What belongs together, also in Odoo's log"),
            "data": {
                "type": "object",
                "required": ["model", "id", "company_id", "change"],
                "properties": {
                    "model": {"type": "string", "description": "Odoo's name of what it is about"},
                    "id": {"type": "integer"},
                    "company_id": _maybe("res.company; null: shared by all"),
                    "change": {"type": "object", "properties": CHANGES},
                    "record": {
                        "description": "Full payloads only: as it is when this is sent; null: gone, or no such kind",
                        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in records] + [{"type": "null"}],
                    },
                },
            },
        },
        "$defs": {**records, **parts},
    }


def _object(fields):
    return {"type": "object", "required": list(fields), "properties": fields}
