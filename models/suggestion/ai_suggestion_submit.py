"""Proposals that others make: checked like any input from outside, weighed by the engine, and then they ask."""

import hashlib
import json

import psycopg2.errors

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError, ValidationError
from odoo.tools import SQL

from ...engine.proposal import fingerprint
from ...engine.schema import is_id, is_text
from ...engine.vocabulary import ACCEPTED, OPEN_STATES, REJECTED
from ..errors import KeyUsedError, ProposalError

REQUIRED = ("kind", "res_model", "res_id", "proposal")
OPTIONAL = ("idempotency_key", "note")
MAX_KEY = 200
MAX_NOTE = 500


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    idempotency_digest = fields.Char(readonly=True, help="SHA-256 of what was sent with the idempotency key.")

    @api.model
    def submit(self, values: dict) -> int:
        """Take a proposal that you made and return the id of its suggestion. Nothing is booked: a person decides,
        unless a policy of the company says otherwise.

        The proposal takes the place of the open suggestion for the same record. Its confidence is computed by the
        engine; it can't be told. ``schema`` gives the JSON Schema of a kind's proposal.

        With an ``idempotency_key`` the call may be repeated at will: the same key with the same values gives the same
        id, also from two processes at once; the same key with other values is refused (409).

        Example::

            POST /json/2/ai.suggestion/submit
            {"values": {
                "kind": "bank_match",
                "res_model": "account.bank.statement.line",
                "res_id": 42,
                "proposal": {"counterparts": [{"move_line_id": 77, "amount": "100.00"}], "partner_id": 9},
                "idempotency_key": "run-1/42",
                "note": "The payer's reference is the invoice's"}}

            7

        :param values: ``kind``, ``res_model``, ``res_id`` and ``proposal``; optionally ``idempotency_key`` (at most 200
            characters) and ``note`` (at most 500, shown to the person who decides)
        :returns: id of the suggestion
        :raises ProposalError: a field is missing, unknown or wrong (422); the message and ``context.problems`` name it
        :raises KeyUsedError: the idempotency key was used with other values (409)
        :raises AccessError: the caller may not propose this kind
        :raises UserError: the record is unknown or reconciled, or a person rejected this proposal before (422)
        :raises RetryLaterError: the company is paused (503); ``Retry-After`` says when to ask again
        """
        self._check_proposer()
        values = self._checked_submission(values)
        proposer = self._proposer(values["kind"])
        if values["res_model"] not in proposer._models():
            raise UserError(self.env._("The kind %(kind)s knows nothing of that model.", kind=values["kind"]))
        self.env["ai.agent"]._check_kinds_allowed([values["kind"]])
        record = self._readable_for_proposer(self.env[values["res_model"]].browse(values["res_id"]))
        if not record:
            raise UserError(self.env._("The record does not exist, or is none of yours."))
        known = self._known_submission(values)
        if known:
            return known
        self._check_shape(proposer, values["proposal"])
        is_agent = self.env["ai.agent"]._is_agent(self.env.user)
        try:
            return self._submit(proposer, record, values, "agent" if is_agent else "user").id
        except psycopg2.errors.UniqueViolation as error:
            # Somebody stored a suggestion for this record since this transaction began: look again in a new one.
            raise ConcurrencyError(str(error)) from error

    # === WHAT WAS SENT === #

    def _checked_submission(self, values):
        """The values with the right types; a copy.

        :raise ProposalError: naming each field that is not
        """
        if not isinstance(values, dict):
            raise ProposalError(
                self.env._("'values' must be an object."), [{"path": "values", "code": "not_an_object"}]
            )
        found = [("missing", name) for name in REQUIRED if not values.get(name)]
        found += [("unknown_field", str(name)[:100]) for name in values if name not in (*REQUIRED, *OPTIONAL)]
        fits = {
            "kind": lambda value: is_text(value, 100),
            "res_model": lambda value: is_text(value, 100),
            "res_id": is_id,
            "idempotency_key": lambda value: is_text(value, MAX_KEY),
            "note": lambda value: is_text(value, MAX_NOTE),
        }
        found += [("bad_value", name) for name, check in fits.items() if values.get(name) and not check(values[name])]
        self._refuse_fields(found)
        return {name: values.get(name) or None for name in (*REQUIRED, *OPTIONAL)}

    def _check_shape(self, proposer, proposal):
        self._refuse_fields(proposer._shape_problems(proposal))

    def _refuse_fields(self, found):
        """:param found: [(code, path)]"""
        if not found:
            return
        sentences = {
            "missing": self.env._("The field '%(name)s' is missing."),
            "unknown_field": self.env._("There is no field '%(name)s'."),
        }
        other = self.env._("Field '%(name)s': %(code)s.")
        lines = [sentences.get(code, other) % {"name": path, "code": code.replace("_", " ")} for code, path in found]
        raise ProposalError("\n".join(lines), [{"path": path, "code": code} for code, path in found])

    # === THE SAME KEY, THE SAME ANSWER === #

    def _known_submission(self, values):
        """Id of the suggestion that this caller's idempotency key stands for, or None.

        :raise KeyUsedError: when the key came with other values
        """
        key = values["idempotency_key"]
        if not key:
            return None
        values["digest"] = self._submission_digest(values)
        rows = self._submission_rows(self.env.cr, key)
        if not rows:
            # The other process may be about to commit, or have committed after this transaction's snapshot.
            number = int.from_bytes(hashlib.sha256(f"{self.env.uid}:{key}".encode()).digest()[:8], "big", signed=True)
            self.env.cr.execute(SQL("SELECT pg_advisory_xact_lock(%s)", number))
            with self.env.registry.cursor() as fresh:
                rows = self._submission_rows(fresh, key)
        if not rows:
            return None
        [(suggestion_id, digest)] = rows
        if digest != values["digest"]:
            raise KeyUsedError(self.env._("This idempotency key was used for another proposal. Take a new one."))
        return suggestion_id

    def _submission_rows(self, cursor, key):
        self.flush_model(["idempotency_key", "proposed_by_id", "idempotency_digest"])
        cursor.execute(
            SQL(
                "SELECT id, idempotency_digest FROM ai_suggestion WHERE proposed_by_id = %s AND idempotency_key = %s",
                self.env.uid,
                key,
            )
        )
        return cursor.fetchall()

    def _submission_digest(self, values):
        told = {name: values[name] for name in (*REQUIRED, "note")}
        # What was sent, whatever it is: the schema is checked only for a key that is new.
        text = json.dumps(told, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    # === STORING === #

    def _submit(self, proposer, record, values, origin):
        """Check a proposal against its kind's schema and the books, and store it in place of the open one."""
        problems = proposer._problems(record, values["proposal"])
        if problems:
            raise ValidationError("\n".join(problems))
        told = proposer._submitted_values(record, proposer._normalised(record, values["proposal"]))
        waiting = self.sudo().search(
            [("res_model", "=", record._name), ("res_id", "=", record.id), ("state", "in", OPEN_STATES)]
        )
        if origin == "agent":
            self._check_not_rejected(record, told["proposal"])
            waiting._check_not_a_persons()
            told = proposer._judged_values(record, told)
        waiting._supersede()
        # The database allows one open suggestion: the old one goes before the new one comes.
        self.env.flush_all()
        if values.get("note"):
            told["evidence"] = {**told["evidence"], "note": values["note"]}
        suggestion = self.sudo().create(
            {
                **told,
                "origin": origin,
                "proposed_by_id": self.env.uid,
                "tier": "agent" if origin == "agent" else "match",
                "idempotency_key": values.get("idempotency_key"),
                "idempotency_digest": values.get("digest"),
            }
        )
        suggestion._replace_items()
        suggestion._decide_by_policy()
        suggestion._log("proposed")
        suggestion._after_decision("proposed", None)
        return suggestion.sudo(self.env.su)

    def _check_not_a_persons(self):
        """What a person proposed, edited or accepted is not replaced by a program."""
        if self.filtered(
            lambda suggestion: suggestion.state == ACCEPTED or suggestion.origin == "user" or suggestion.is_edited
        ):
            raise UserError(self.env._("A person is deciding about this record already. Leave it to them."))

    def _check_not_rejected(self, record, proposal):
        """A person's no holds, whoever proposes the same again; the partner alone makes no other booking."""
        wanted = fingerprint({**proposal, "partner_id": None})
        rejected = self.sudo().search(
            [("res_model", "=", record._name), ("res_id", "=", record.id), ("state", "=", REJECTED)]
        )
        for suggestion in rejected.filtered("proposal"):
            if fingerprint({**suggestion.proposal, "partner_id": None}) == wanted:
                raise UserError(self.env._("A person rejected this proposal for this record. Propose something else."))
