"""Digests, heads and the check of a sealed log. Needs nothing but Python: an export carries this file to its reader.

A log *row* is ``{id, version, event, at, user_id, key_id, company_id, suggestion_id, res_model, res_id, payload,
digest}`` with ``at`` as text ``YYYY-MM-DD HH:MM:SS`` (UTC) and 0 for an empty number. A *seal* is ``{seq, log_id,
digest, head, sealed_at}``; heads chain from ``GENESIS`` in the order of ``seq``. An *identity* is ``{field_name, salt,
value, digest}``. An *anchor* is ``{seq, head, at}``: a head as it once left the database.
"""

import hashlib
import json
from datetime import datetime, timedelta
from decimal import Decimal

GENESIS = "0" * 64
VERSION = 2
#: What the digest of a row covers, besides its payload.
COLUMNS = ("event", "at", "user_id", "key_id", "company_id", "suggestion_id", "res_model", "res_id")
_LEGACY_COLUMNS = ("event", "at", "user_id", "company_id", "suggestion_id", "res_model", "res_id")
#: Transactions are shorter than this, so a row that is sealed among rows this much younger was put in later.
LATE = timedelta(hours=6)
DETAILS = 100


def plain(value):
    """``value`` as it will come back from the database: text keys, no floats (decimal text instead), no NUL."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    return str(value)


def canonical(body):
    """The one text of a JSON value: sorted keys, no blanks."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def row_digest(row):
    """SHA-256 of a row as stored. Rows of version 0 come from before sealing and covered less."""
    if not row.get("version"):
        return _legacy_digest(row)
    body = {name: row[name] or 0 for name in COLUMNS}
    body["payload"] = row["payload"]
    return hashlib.sha256(canonical(body).encode()).hexdigest()


def _legacy_digest(row):
    payload = dict(row["payload"] or {})
    body = {name: row[name] or False for name in _LEGACY_COLUMNS}
    body["identities"] = payload.pop("identities", {})
    return hashlib.sha256(canonical({**body, "payload": payload}).encode()).hexdigest()


def identity_digest(salt, value):
    """The salted hash that stands in the log for a name or an account number."""
    return hashlib.sha256(f"{salt}:{value}".encode()).hexdigest()


def next_head(head, seq, log_id, digest, sealed_at):
    """The head after one more seal."""
    return hashlib.sha256(f"{head}|{seq}|{log_id}|{digest}|{sealed_at}".encode()).hexdigest()


class Checker:
    """Takes seals in their order, each with its row if there is one, and collects what is wrong.

    Memory is bounded: problems are counted by code and only the first hundred are kept.
    """

    def __init__(self, anchors=(), seq=0, head=GENESIS, has_rows=True):
        """``seq`` and ``head``: where a part of a chain begins. Not ``has_rows``: rows are left out on purpose."""
        self.seq, self.head = seq, head
        self.has_rows = has_rows
        self.anchors = sorted(anchors, key=lambda anchor: anchor["seq"])
        self.counts, self.problems = {}, []
        self.rows = self.seals = self.erased = 0
        self.latest, self.latest_at = "", None
        self._gone = []
        self._waiting = [anchor for anchor in self.anchors if anchor["seq"] > seq]
        self.confirmed = [anchor for anchor in self.anchors if (anchor["seq"], anchor["head"]) == (seq, head)]

    def problem(self, code, seq=None, log_id=None, **values):
        self.counts[code] = self.counts.get(code, 0) + 1
        if len(self.problems) < DETAILS:
            self.problems.append({"code": code, "seq": seq, "log_id": log_id, **values})

    # --- rows and seals ---------------------------------------------------------------

    def seal(self, seal, row=None, identities=()):
        """Check the next seal and its row."""
        seq = seal["seq"]
        self.seals += 1
        if seq != self.seq + 1:
            self.problem("missing_seal", self.seq + 1, count=seq - self.seq - 1)
        elif seal["head"] != next_head(self.head, seq, seal["log_id"], seal["digest"], seal["sealed_at"]):
            self.problem("forged_seal", seq, seal["log_id"])
        self.seq, self.head = seq, seal["head"]
        self._compare_anchors(seal)
        if row is not None:
            self._flush_gone("deleted_row")
            self.row(row, seal, identities)
        elif self.has_rows:
            self._gone.append((seq, seal["log_id"]))
            if len(self._gone) > DETAILS:
                # The first and the last of a long gap say enough.
                self._gone[DETAILS // 2 :] = self._gone[DETAILS // 2 + 1 :]

    def row(self, row, seal, identities=()):
        """Check one row against its seal and the names that belong to it."""
        self.rows += 1
        if row_digest(row) != row["digest"] or (seal and row["digest"] != seal["digest"]):
            self.problem("changed_row", seal and seal["seq"], row["id"])
        elif seal:
            self._check_age(row, seal)
        self._check_identities(row, seal, identities)

    def _check_age(self, row, seal):
        at = row["at"]
        if at > self.latest:
            self.latest, self.latest_at = at, _moment(at)
        elif at < self.latest and self.latest_at - _moment(at) > LATE:
            self.problem("backdated_row", seal["seq"], row["id"], at=at, after=self.latest)

    def _check_identities(self, row, seal, identities):
        wanted = (row["payload"] or {}).get("identities") or {}
        if not wanted and not identities:
            return
        seq, found = seal and seal["seq"], {}
        for identity in identities:
            found[identity["field_name"]] = identity["digest"]
            if identity["value"] is None and identity["salt"] is None:
                self.erased += 1
            elif identity_digest(identity["salt"], identity["value"]) != identity["digest"]:
                self.problem("changed_identity", seq, row["id"], field=identity["field_name"])
        if found != wanted:
            self.problem("missing_identity", seq, row["id"])

    def _flush_gone(self, code):
        if self._gone:
            self.problem(code, self._gone[0][0], self._gone[0][1], until=self._gone[-1][0])
            self._gone = []

    # --- anchors ----------------------------------------------------------------------

    def _compare_anchors(self, seal):
        while self._waiting and self._waiting[0]["seq"] <= seal["seq"]:
            anchor = self._waiting.pop(0)
            if anchor["seq"] != seal["seq"]:
                continue
            if anchor["head"] == seal["head"]:
                self.confirmed.append(anchor)
                continue
            # Numbers that had left the database were given again later: it went back in time and on from there.
            code = "restored_backup" if seal["sealed_at"] > anchor["at"] else "rebuilt_chain"
            self.problem(code, anchor["seq"], anchor_at=anchor["at"])

    def finish(self, numbers_given=None):
        """Close the check. ``numbers_given``: the last number that the database remembers to have given to a seal."""
        self._flush_gone("cut_tail")
        for anchor in self._waiting:
            # A restored backup has forgotten the later numbers with their rows; who deletes rows leaves the counter.
            forgotten = numbers_given is not None and numbers_given < anchor["seq"]
            self.problem("restored_backup" if forgotten else "cut_tail", anchor["seq"], anchor_at=anchor["at"])
        self._waiting = []
        return self

    @property
    def is_whole(self):
        return not self.counts


def _moment(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S")
