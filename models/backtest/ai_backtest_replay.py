"""The replay: run by run, each with the facts of its own moment."""

import time

from odoo import fields, models

from ...engine.backtest import compare, runs
from ...engine.learning.learner import VERSION
from ...engine.matching import match
from ..proposers.ai_proposer_bank_match import MODEL_VERSION

LINE_MODEL = "account.bank.statement.line"
#: Lines whose history is in memory at once.
CHUNK = 1000


class AiBacktest(models.Model):
    _name = "ai.backtest"
    _inherit = "ai.backtest"

    def _carry_on(self, has_time):
        """Replay a slice.

        :param callable has_time: whether another chunk may begin
        :return: True when all is replayed
        """
        began = time.monotonic()
        # Reads whole books and writes its own rows only; who started it was checked then.
        record = self.sudo()
        plan = record._plan()
        done = record._replayed()
        waiting = [(moment, [key for key in keys if key not in done]) for moment, keys in plan]
        waiting = [(moment, keys) for moment, keys in waiting if keys]
        total = sum(len(keys) for _moment, keys in plan)
        record.write({"total": total, "versions": {**(record.versions or {}), **record._versions()}})
        coder = self.env["ai.backtest.coding"]._begin(record, plan[-1][0].day if plan else record.date_to)
        left = False
        for chunk in _chunks(waiting, record._chunk_size()):
            if left:
                break
            record._replay(chunk, coder)
            record.done += sum(len(keys) for _moment, keys in chunk)
            self.env.flush_all()
            self.env["ai.backtest.line"].invalidate_model()
            left = not has_time()
        finished = record.done >= total
        if finished:
            record._finish()
        record.seconds += time.monotonic() - began
        return finished

    def _chunk_size(self):
        return CHUNK

    def _plan(self):
        """[(moment, [line ids]) ...], oldest first."""
        lines = self.env["ai.backtest.past"]._plan(
            self.company_id, self.date_from, self.date_to, self._covered_journals()
        )
        return runs(lines)

    def _replayed(self):
        rows = self.env["ai.backtest.line"]._read_group([("backtest_id", "=", self.id)], ["res_id"])
        return {res_id for (res_id,) in rows}

    def _versions(self):
        """What was replayed: the same versions on the same books say the same."""
        rules = self.env["ai.rule"]._for_company(self.company_id)
        return {"matching": MODEL_VERSION, "coding": f"coding-{VERSION}", "rules": len(rules)}

    def _replay(self, chunk, coder):
        """Ask the engines about each run of ``chunk`` and store what they say."""
        source = self.env["ai.backtest.past"]
        lines = source._lines([key for _moment, keys in chunk for key in keys])
        past = source._load(self.company_id, list(lines.values()))
        accounts = self._partner_accounts()
        found = []
        for moment, keys in chunk:
            group = [lines[key] for key in keys if key in lines]
            if group:
                found += self._run(moment, group, past, coder, accounts)
        created = self.env["ai.backtest.line"].create(found)
        self._price(created)

    def _run(self, moment, group, past, coder, accounts):
        facts = past.facts(moment, group)
        answers = {answer.line: answer for answer in match(facts)}
        coding = self.env["ai.backtest.coding"]
        codings = coding._answers(coder, moment, group, answers)
        items = {item.key: item for item in facts.items}

        def twin(key):
            item = items.get(key)
            return key if item is None else (item.partner, item.account, item.kind, item.currency, item.residual)

        found = []
        for line in group:
            answer = codings.get(line.line.key)
            said = self._said_coding(answer) if answer else self._said_matching(answers[line.line.key])
            values = self._line_values(moment, line, said, past.seen(moment, line, facts), accounts, twin)
            if answer and values["outcome"] in ("same", "differs"):
                coding._judged(coder, line, answer, values["outcome"] == "same")
            found.append(values)
        return found

    def _said_coding(self, answer):
        """What the coder says: kind, tier, outcome, confidence, proposal, reasons."""
        reading = answer.readings[0]
        return {
            "kind": "bank_coding",
            "tier": reading.tier or False,
            "outcome": answer.outcome,
            "confidence": reading.confidence,
            "proposed": reading.match.to_json() if answer.outcome == "proposed" else {},
            "reasons": _plain(reading.reasons if answer.outcome == "proposed" else answer.reasons),
        }

    def _said_matching(self, answer):
        """The same of the matcher, which may say nothing."""
        if answer.outcome == "nothing":
            return {"kind": False, "outcome": "nothing", "reasons": _plain(answer.reasons)}
        reading = answer.readings[0]
        return {
            "kind": "bank_match",
            "tier": "match",
            "outcome": answer.outcome,
            "confidence": reading.confidence,
            "proposed": reading.match.to_json() if answer.outcome == "proposed" else {},
            "reasons": _plain(reading.reasons if answer.outcome == "proposed" else answer.reasons),
        }

    def _line_values(self, moment, line, said, booked, accounts, twin):
        outcome, what = said["outcome"], ()
        if outcome == "proposed":
            outcome, what = compare(said["proposed"], booked, accounts, twin)
        bank_line = line.line
        judged = outcome in ("same", "differs")
        return {
            "backtest_id": self.id,
            "company_id": self.company_id.id,
            "res_model": LINE_MODEL,
            "res_id": bank_line.key,
            "statement_line_id": bank_line.key,
            "date": bank_line.date,
            "moment": moment.at,
            "journal_id": bank_line.journal,
            "label": bank_line.text,
            "payee": bank_line.partner_name,
            "amount": float(line.worth),
            "currency_id": self.currency_id.id,
            "booked": booked,
            **{name: said.get(name) for name in ("kind", "tier", "confidence", "proposed", "reasons")},
            "outcome": outcome,
            "what": list(what),
            "is_accepted": judged and (said.get("confidence") or 0.0) >= self.min_confidence,
        }

    def _covered_journals(self):
        """The chosen bank journals, or all of the company that who started it may see."""
        self.ensure_one()
        return self.covered_journal_ids

    def _partner_accounts(self):
        accounts = self.env["account.account"].search(
            [
                ("company_ids", "parent_of", self.company_id.ids),
                ("account_type", "in", ("asset_receivable", "liability_payable")),
            ]
        )
        return frozenset(accounts.ids)

    def _finish(self):
        self.write({"state": "done", "ended": fields.Datetime.now()})
        self._balance()
        self.result = self._summary()


def _chunks(waiting, size_of_piece):
    """The runs in pieces of about so many lines."""
    piece, size = [], 0
    for moment, keys in waiting:
        piece.append((moment, keys))
        size += len(keys)
        if size >= size_of_piece:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def _plain(reasons):
    return [[code, values] for code, values in reasons]
