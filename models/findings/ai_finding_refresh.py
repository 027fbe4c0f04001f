"""Finding: the checks are run for a set of bills, and what they say is kept beside what people said of it before."""

import json

from odoo import api, models
from odoo.tools import SQL

from ...engine.anomaly.checks import check
from .ai_finding import DISMISSED, GONE_STATE, OPEN_STATE
from .finding_words import HOLDING

MOVE = "account.move"


class AiFinding(models.Model):
    _name = "ai.finding"
    _inherit = "ai.finding"

    @api.model
    def _found(self, moves):
        """{move id: ``engine.anomaly.Finding`` of it}, nothing stored; entries that are no vendor's are left out."""
        checked = moves.sudo().filtered(lambda move: move.is_purchase_document(include_receipts=True))
        found = {}
        for company, batch in checked.grouped("company_id").items():
            cases, known = self.env["ai.facts.finding"]._collect(batch.with_company(company))
            found.update({key: check(case, known) for key, case in cases.items()})
        return found

    @api.model
    def _refresh(self, moves):
        """Check these bills and keep what is found: new findings open, those that are gone close, those that somebody
        dismissed stay dismissed. Cancelled ones have none."""
        live = moves.sudo().filtered(lambda move: move.state != "cancel")
        found = self._found(live)
        # Nobody writes findings by hand.
        known = {}
        for finding in self.sudo().search([("res_model", "=", MOVE), ("res_id", "in", moves.ids)]):
            known[finding.res_id, finding.key] = finding
        new, seen = [], self.sudo().browse()
        for move in live:
            for each in found.get(move.id, ()):
                current = known.get((move.id, each.key))
                if current:
                    seen |= current
                    current._follow(each)
                else:
                    new.append(self._values(move, each))
        gone = self.sudo().union(*known.values()).filtered(lambda finding: finding.state == OPEN_STATE) - seen
        # What holds a payment ends by a manager's word only, not because the account has become usual meanwhile.
        posted = set(live.filtered(lambda move: move.state == "posted").ids)
        gone = gone.filtered(lambda finding: not (finding.code in HOLDING and finding.res_id in posted))
        if gone:
            gone.write({"state": GONE_STATE})
        return seen | self.sudo().create(new)

    @api.model
    def _values(self, record, found):
        model, key = found.twin or (False, False)
        return {
            "company_id": record.company_id.id,
            "res_model": record._name,
            "res_id": record.id,
            "code": found.code,
            "severity": found.severity,
            "key": found.key,
            "values": found.values,
            "twin_model": model,
            "twin_id": key,
        }

    def _follow(self, found):
        """What is found again: its sentence follows; what had gone opens."""
        state = OPEN_STATE if self.state == GONE_STATE else self.state
        values = {"code": found.code, "severity": found.severity, "values": found.values, "state": state}
        kept = {name: self[name] for name in values}
        if json.dumps(kept, sort_keys=True) != json.dumps(values, sort_keys=True):
            if self.state == DISMISSED and found.severity == "stop" and self.severity != "stop":
                # It was dismissed as a warning; now it stops.
                values.update(state=OPEN_STATE, dismissed_by_id=False, dismissed_at=False, reason=False)
            self.write(values)

    @api.model
    def _take_warnings(self, moves):
        """Whoever posted these took their warnings: they leave the list of what is to be decided."""
        # Nobody writes findings by hand; posting has its own rights.
        self.sudo().search(
            [
                ("res_model", "=", MOVE),
                ("res_id", "in", moves.ids),
                ("state", "=", OPEN_STATE),
                ("severity", "=", "warn"),
                ("code", "not in", HOLDING),
            ]
        ).sudo(self.env.su)._set_dismissed(self.env._("Posted all the same."))

    @api.model
    def _stopping(self, moves):
        """{move id: open findings that stop it}; as they were stored last."""
        found = self.sudo().search(
            [
                ("res_model", "=", MOVE),
                ("res_id", "in", moves.ids),
                ("state", "=", OPEN_STATE),
                ("severity", "=", "stop"),
            ]
        )
        return found.grouped("res_id")

    @api.model
    def _open_codes(self, move_ids):
        """{move id: code of its first open finding, what stops first}"""
        self.flush_model(["state", "severity", "res_id", "res_model", "code"])
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT ON (res_id) res_id, code FROM ai_finding
                    WHERE res_model = %s AND res_id = ANY(%s) AND state = %s ORDER BY res_id, severity, id""",
                MOVE,
                list(move_ids),
                OPEN_STATE,
            )
        )
        return dict(rows)
