#!/usr/bin/env python3
"""A worked client of AI Bookkeeper: proposes for the bank lines that wait, by simple rules, over Odoo's JSON-2 API.

It needs Python 3.10 and `requests`, and a key that a bookkeeping manager made under Configuration > Agents:

    export AIB_URL=https://books.example.com AIB_DATABASE=books AIB_KEY=0123...
    python bookkeeping_agent.py            # proposes
    python bookkeeping_agent.py --dry-run  # says what it would propose

Put your own model or service into `decide`: it gets facts and answers with a proposal, or None. Whatever it says, the
server checks it and a person decides. Running it again does no harm: the same proposal has the same idempotency key.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import os
import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import requests

_logger = logging.getLogger("bookkeeping_agent")

Facts = dict[str, Any]
Proposal = dict[str, Any]

TRIES = 8
LONGEST_WAIT = 300


class Refused(Exception):
    """The server refused a call for good. `status`, `message`, and for a wrong proposal `problems` with the paths."""

    def __init__(self, status: int, message: str, problems: list[dict[str, str]]):
        super().__init__(f"{status}: {message}")
        self.status = status
        self.message = message
        self.problems = problems


class Bookkeeper:
    """The calls that an agent may make."""

    def __init__(self, url: str, key: str, database: str | None = None):
        self.url = url.rstrip("/")
        self.session = requests.Session()
        # The key goes to this server, whatever proxies and .netrc say.
        self.session.trust_env = False
        self.session.headers["Authorization"] = f"Bearer {key}"
        if database:
            self.session.headers["X-Odoo-Database"] = database

    def tasks(self) -> Iterator[dict[str, Any]]:
        """Every record that waits for a proposal, page by page."""
        cursor = None
        while True:
            page = self.call("tasks", limit=100, cursor=cursor)
            yield from page["tasks"]
            cursor = page["next"]
            if not cursor:
                return

    def facts(self, kind: str, res_id: int) -> Facts:
        """What the server tells about one task; names, account numbers and texts are masked unless allowed."""
        return self.call("facts", kind=kind, res_id=res_id)

    def submit(self, task: dict[str, Any], kind: str, proposal: Proposal, note: str) -> int:
        """Id of the suggestion. The same proposal for the same record has the same key: repeating it is safe."""
        told = json.dumps([task["res_model"], task["res_id"], kind, proposal, note], sort_keys=True)
        values = {
            "kind": kind,
            "res_model": task["res_model"],
            "res_id": task["res_id"],
            "proposal": proposal,
            "note": note,
            "idempotency_key": hashlib.sha256(told.encode()).hexdigest(),
        }
        return self.call("submit", values=values)

    def call(self, method: str, **arguments: Any) -> Any:
        """The method's answer. Waits as long as the server says when it is asked too often, busy, paused or away."""
        for attempt in range(1, TRIES + 1):
            wait = min(2.0**attempt, LONGEST_WAIT)
            try:
                reply = self.session.post(f"{self.url}/json/2/ai.suggestion/{method}", json=arguments, timeout=60)
            except (requests.ConnectionError, requests.Timeout) as error:
                _logger.warning("%s: %s; again in %.0f s", method, type(error).__name__, wait)
            else:
                if reply.status_code == requests.codes.ok:
                    return reply.json()
                if not self._is_worth_a_wait(reply):
                    raise self._refused(reply)
                wait = float(reply.headers.get("Retry-After", wait))
                if wait > LONGEST_WAIT:
                    raise self._refused(reply)
                _logger.info("%s: %s; again in %.0f s", method, reply.status_code, wait)
            if attempt < TRIES:
                time.sleep(wait)
        raise Refused(503, f"{method}: no answer after {TRIES} tries", [])

    @staticmethod
    def _is_worth_a_wait(reply: requests.Response) -> bool:
        """Too many calls, paused, busy; a 409 without Retry-After is a key that was used for something else."""
        return "Retry-After" in reply.headers or reply.status_code in (502, 503, 504)

    @staticmethod
    def _refused(reply: requests.Response) -> Refused:
        try:
            body = reply.json()
        except ValueError:
            return Refused(reply.status_code, reply.reason, [])
        return Refused(reply.status_code, body.get("message", ""), (body.get("context") or {}).get("problems", []))


def decide(facts: Facts) -> tuple[Proposal, str] | None:
    """A proposal and a note for the person who decides, or None: when in doubt, leave the line alone.

    Two rules: the document that the bank's text names, and the only open item of that amount of a partner who is sure.
    """
    line = facts["line"]
    amount = Decimal(line["amount"])
    fitting = [
        row
        for row in facts["candidates"]
        if row["currency"] == line["currency"] and Decimal(row["open"]) == amount and row["kind"] != "transfer"
    ]
    named = [row for row in fitting if row["quoted"] and row["quoted"]["how"] in ("part", "full", "structured")]
    if len(named) == 1:
        return _match(named[0], line), "The bank's text names this document, and the amount is its open amount."
    partner = _sure_partner(line)
    mine = [row for row in fitting if partner and row["partner_id"] == partner]
    if len(mine) == 1 and not named:
        return _match(mine[0], line), "The only open item of this amount of the partner who paid."
    return None


def _sure_partner(line: dict[str, Any]) -> int | None:
    if line["partner_id"]:
        return line["partner_id"]
    sure = [guess["partner_id"] for guess in line["guesses"] if guess["score"] >= 0.9]
    return sure[0] if len(sure) == 1 else None


def _match(row: dict[str, Any], line: dict[str, Any]) -> Proposal:
    proposal: Proposal = {"counterparts": [{"move_line_id": row["move_line_id"], "amount": line["amount"]}]}
    if row["partner_id"]:
        proposal["partner_id"] = row["partner_id"]
    return proposal


def run(server: Bookkeeper, dry_run: bool = False) -> dict[str, int]:
    """Go through all tasks once. How many were proposed, left alone and refused."""
    counts = {"proposed": 0, "left": 0, "refused": 0}
    # Listed first: what is proposed leaves the list.
    for task in list(server.tasks()):
        if "bank_match" not in task["kinds"]:
            continue
        try:
            facts = server.facts("bank_match", task["res_id"])
            decision = decide(facts)
            if decision is None:
                counts["left"] += 1
                continue
            proposal, note = decision
            if not dry_run:
                server.submit(task, "bank_match", proposal, note)
            counts["proposed"] += 1
            _logger.info("line %s: %s", task["res_id"], proposal["counterparts"])
        except Refused as error:
            if error.status in (401, 403):
                raise
            # Booked meanwhile, rejected before, or found wrong by the server: the next task is another one.
            counts["refused"] += 1
            _logger.warning("line %s: %s", task["res_id"], error)
    return counts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dry-run", action="store_true", help="say what would be proposed")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        server = Bookkeeper(os.environ["AIB_URL"], os.environ["AIB_KEY"], os.environ.get("AIB_DATABASE"))
        counts = run(server, options.dry_run)
    except KeyError as error:
        sys.exit(f"Set the environment variable {error}.")
    except Refused as error:
        sys.exit(f"The server refuses: {error}")
    sys.stdout.write(json.dumps(counts) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
