"""The addon at work on a generated year in Odoo: propose, accept what is right, compare entries."""

from __future__ import annotations

import time
from dataclasses import dataclass
from decimal import Decimal

from engine.proposal import Answer, Counterpart, Match, Reading, WriteOff

from ..score import Scorer
from ..tally import Tally
from ..values import CompanyYear, Line
from .year import BookYear

_MODEL = "account.bank.statement.line"


@dataclass(slots=True)
class Trial:
    """What one year gave."""

    tally: Tally
    broken: list[str]  # entries that differ although the proposal was right
    proposing: float = 0.0
    accepting: float = 0.0
    accepted: int = 0


def configure(chart) -> None:
    """The company's settings as the generator assumes them."""
    company = chart.year.company
    chart.company.write(
        {
            "ai_fee_account_id": chart.accounts["fee"].id,
            "ai_fee_tax_id": chart.taxes[company.fee_tax].id if company.fee_tax else False,
            "ai_fee_cap": float(company.fee_cap),
            "ai_fee_cap_percent": float(company.fee_cap_percent),
            "ai_rounding_account_id": chart.accounts["rounding"].id,
            "ai_rounding_cap": float(company.rounding_cap),
            "ai_withholding_account_id": chart.accounts["withholding"].id,
            "ai_withholding_rates": ";".join(str(rate) for rate in company.withholding_rates),
            "ai_rate_limit_percent": float(company.rate_limit_percent),
            "ai_rate_max_age_days": company.rate_max_age_days,
            "ai_write_off_cap": 100000.0,
            "ai_write_off_cap_percent": 20.0,
            "ai_propose_automatically": False,
        }
    )


def run(env, year: CompanyYear) -> Trial:
    """Pass the year period by period; the database holds its books and the addon."""
    books = BookYear(env, year)
    configure(books.chart)
    trial = Trial(Tally(), [])
    scorer = Scorer(year, trial.tally)
    for ledger, lines in books.periods():
        env.flush_all()
        _Period(books, trial, scorer, ledger, lines).run()
        env.flush_all()
        env.invalidate_all()
    return trial


class _Period:
    def __init__(self, books: BookYear, trial: Trial, scorer: Scorer, ledger, lines) -> None:
        self.books, self.trial, self.scorer = books, trial, scorer
        self.ledger, self.lines = ledger, lines
        self.truths = books.year.truths
        self.suggestions: dict[int, object] = {}

    def run(self) -> None:
        answers = {line.key: self._answer(line) for line in self._proposed()}
        right = [line for line in self.lines if self._is_right(answers[line.key])]
        for line in right:
            self.books.check_truth(line, self.truths[line.key])
        self._accept(right)
        accepted = {line.key for line in right if self.suggestions[line.key].state == "applied"}
        differences = {
            line.key: self.books.entry_differences(line, self.truths[line.key])
            for line in right
            if line.key in accepted
        }
        for line in self.lines:
            if line.key not in accepted:
                self.books.book(line, self.truths[line.key])
            self.ledger.book(line, self.truths[line.key].booking)
            self.books.remember(line, self.truths[line.key])
        broken = self._broken(right, accepted, differences)
        self.scorer.score(answers.values(), frozenset(broken))

    def _proposed(self) -> tuple[Line, ...]:
        records = {line.key: self.books.records[line.key] for line in self.lines}
        started = time.perf_counter()
        env = self.books.env
        found = env["ai.suggestion"].propose(_MODEL, [record.id for record in records.values()])
        env.flush_all()
        self.trial.proposing += time.perf_counter() - started
        by_record = {s.res_id: s for s in env["ai.suggestion"].browse(found)}
        self.suggestions = {key: by_record[record.id] for key, record in records.items() if record.id in by_record}
        return self.lines

    def _is_right(self, answer: Answer) -> bool:
        truth = self.truths[answer.line]
        return answer.outcome == "proposed" and self.scorer.is_right(answer.readings[0].match, truth)

    def _accept(self, lines: list[Line]) -> None:
        if not lines:
            return
        ids = [self.suggestions[line.key].id for line in lines]
        started = time.perf_counter()
        self.books.env["ai.suggestion"].browse(ids).action_accept()
        self.books.env.flush_all()
        self.trial.accepting += time.perf_counter() - started
        self.trial.accepted += len(lines)

    def _broken(self, right: list[Line], accepted: set[int], differences: dict) -> set[int]:
        """Lines whose proposal was right and whose books are not, with the reasons told."""
        broken = set()
        for line in right:
            truth, suggestion = self.truths[line.key], self.suggestions[line.key]
            found = [f"not accepted: {suggestion.state} {suggestion.error or ''}"]
            if line.key in accepted:
                left = self.books.open_differences(line, truth, self.ledger)
                found = differences[line.key] + left
            if found:
                broken.add(line.key)
                self.trial.broken.append(f"{truth.scenario} {line}: {'; '.join(found)}")
        return broken

    # --- from the database's words to the generator's -------------------------------

    def _answer(self, line: Line) -> Answer:
        suggestion = self.suggestions.get(line.key)
        if suggestion is None:
            return Answer(line.key, "nothing")
        case, confidence = suggestion.case, suggestion.confidence
        if suggestion.is_question:
            readings = tuple(
                self._reading(choice["proposal"], choice["case"], choice["confidence"])
                for choice in suggestion.evidence.get("alternatives", ())
            )
            return Answer(line.key, "asked", readings)
        return Answer(line.key, "proposed", (self._reading(suggestion.proposal, case, confidence),))

    def _reading(self, proposal: dict, case: str, confidence: float) -> Reading:
        names = _Names(self.books)
        match = Match(
            tuple(names.counterpart(row) for row in proposal.get("counterparts", ())),
            tuple(names.write_off(row) for row in (*proposal.get("write_off", ()), *proposal.get("lines", ()))),
            Decimal(proposal["remainder"]).quantize(Decimal("0.01")),
            names.partner(proposal.get("partner_id")),
        )
        return Reading(match, case or "", confidence, {})


class _Names:
    """Database ids as the generator's keys."""

    def __init__(self, books: BookYear) -> None:
        self._items = {line.id: key for key, line in books.items.items() for line in line[:1]}
        company = books.year.company
        self._accounts = {
            account.id: company.accounts[role]
            for role, account in books.chart.accounts.items()
            if account and role in company.accounts
        }
        self._partners = {record.id: key for key, record in books.partners.items()}

    def counterpart(self, row: dict) -> Counterpart:
        stated = row.get("item_amount")
        return Counterpart(
            self._items.get(row["move_line_id"], -row["move_line_id"]),
            Decimal(row["amount"]),
            None if stated is None else Decimal(stated),
            row.get("item_currency"),
        )

    def write_off(self, row: dict) -> WriteOff:
        account = self._accounts.get(row["account_id"], -row["account_id"])
        return WriteOff(account, Decimal(row["amount"]), row.get("reason", ""))

    def partner(self, record_id: int | None) -> int | None:
        return self._partners.get(record_id, record_id and -record_id)


def summary(trial: Trial) -> dict:
    """The trial as JSON; tallies of several years add up again with ``Tally.add``."""
    tally = trial.tally
    values = {name: getattr(tally, name) for name in tally.COUNTS}
    values |= {name: dict(getattr(tally, name)) for name in tally.COUNTERS}
    values["bins"] = {str(index): entry for index, entry in tally.bins.items()}
    return {
        "tally": values,
        "broken": trial.broken,
        "misses": [_miss(miss) for miss in tally.misses],
        "proposing": trial.proposing,
        "accepting": trial.accepting,
        "accepted": trial.accepted,
    }


def _miss(miss: dict) -> str:
    line = miss["line"]
    said = [
        f"{r.case} {r.confidence:.3f}"
        f" {[(c.item, str(c.amount)) for c in r.match.counterparts]}"
        f" {[(w.reason, str(w.amount)) for w in r.match.write_offs]}"
        for r in miss["answer"]
    ]
    return (
        f"{miss['what']} | {miss['scenario']} | {miss['verdict']} | seed {miss['seed']}"
        f" line {line.key}"
        f" {line.date} {line.amount} {line.text} | {line.partner_name} | truth"
        f" {[(s.item, str(s.amount)) for s in miss['truth'].settlements]} | said {said}"
    )
