"""Check an export of the audit log of AI Bookkeeper. Needs Python 3.10 or later and nothing else.

    python3 verify.py [EXPORT.zip | FOLDER] [--anchor FILE]

Without a name it checks the folder that it stands in. It compares every file with the list, every row of the log with
its digest and seal, every seal with the one before, names with their hashes, and the evidence with the log. What a
forger could write anew as a whole shows only beside an anchor that was kept elsewhere: give it with --anchor.
The status is 0 when everything fits, 1 when something does not, 2 when there is nothing to check.
"""

import argparse
import hashlib
import json
import sys
import zipfile
from pathlib import Path

try:
    from chain import Checker
except ImportError:  # the file stands in the addon
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "engine" / "audit"))
    from chain import Checker

#: Files that the list can't hold: itself.
LIST = "manifest.json"
SHOWN = 20


class Source:
    """An export, packed or unpacked."""

    def __init__(self, path):
        self.path = Path(path)
        self.zip = zipfile.ZipFile(self.path) if self.path.is_file() else None

    def names(self):
        if self.zip:
            return {name for name in self.zip.namelist() if not name.endswith("/")}
        found = (each for each in self.path.rglob("*") if each.is_file() and "__pycache__" not in each.parts)
        return {each.relative_to(self.path).as_posix() for each in found}

    def open(self, name):
        return self.zip.open(name) if self.zip else (self.path / name).open("rb")

    def digest(self, name):
        digest = hashlib.sha256()
        with self.open(name) as file:
            while part := file.read(1 << 20):
                digest.update(part)
        return digest.hexdigest()

    def lines(self, name):
        """The objects of a file with one JSON object a line; a list's brackets and commas are skipped."""
        with self.open(name) as file:
            for line in file:
                text = line.decode().strip().rstrip(",")
                if text not in ("", "[", "]"):
                    yield json.loads(text)

    def json(self, name):
        with self.open(name) as file:
            return json.loads(file.read())


def check(source, anchors=()):
    """The manifest, the checker of the chain, and sentences about everything else that does not fit."""
    manifest = source.json(LIST)
    troubles = _check_files(source, manifest)
    if troubles and any(name not in source.names() for name in ("log.jsonl", "seals.jsonl", "identities.jsonl")):
        return manifest, None, troubles
    rows = {row["id"]: row for row in source.lines("log.jsonl")}
    names = {}
    for identity in source.lines("identities.jsonl"):
        names.setdefault(identity["log_id"], []).append(identity)
    checker = _check_chain(source, manifest, rows, names, anchors)
    troubles += _check_evidence(source, rows)
    return manifest, checker, troubles


def _check_files(source, manifest):
    wanted, found = manifest["files"], source.names() - {LIST}
    troubles = [f"{name} is missing." for name in sorted(set(wanted) - found)]
    troubles += [f"{name} is not in the list." for name in sorted(found - set(wanted))]
    troubles += [f"{name} was changed." for name in sorted(found & set(wanted)) if source.digest(name) != wanted[name]]
    return troubles


def _check_chain(source, manifest, rows, names, anchors):
    part = manifest["chain"]
    given = [*source.json("anchors.json"), *anchors]
    checker = Checker(
        [each for each in given if each["seq"] >= part["start_seq"]], part["start_seq"], part["start_head"]
    )
    # The chain is whole, the rows are those that were asked for: other seals stand without their rows.
    checker.has_rows = manifest["scope"] == "log"
    sealed = set()
    for seal in source.lines("seals.jsonl"):
        checker.seal(seal, rows.get(seal["log_id"]), names.get(seal["log_id"], ()))
        sealed.add(seal["log_id"])
    for log_id in sorted(rows.keys() - sealed):
        checker.row(rows[log_id], None, names.get(log_id, ()))
    if (checker.seq, checker.head) != (part["seq"], part["head"]):
        checker.problem("cut_tail", part["seq"])
    if checker.rows != manifest["rows"]:
        checker.problem("missing_rows", count=manifest["rows"] - checker.rows)
    return checker.finish()


def _check_evidence(source, rows):
    """What the evidence says was booked is what the log says."""
    troubles = []
    for entry in source.lines("evidence.json"):
        for event in entry.get("history", ()):
            row = rows.get(event["log_id"])
            said = {name: event[name] for name in ("event", "at", "user_id")}
            if row is None or any(row[name] != value for name, value in said.items()):
                troubles.append(f"Suggestion {entry['id']}: its history is not what the log says.")
                break
        booked = [row for row in (rows.get(e["log_id"]) for e in entry.get("history", ())) if row]
        for name in ("before", "after"):
            logged = [row["payload"].get(name) for row in booked if row["event"] == "applied"]
            if logged and entry.get(name) not in logged:
                troubles.append(f"Suggestion {entry['id']}: the entries {name} are not what the log says.")
    return troubles


def _anchors(path):
    found = json.loads(Path(path).read_text())
    return found if isinstance(found, list) else [found]


def say(text):
    sys.stdout.write(f"{text}\n")


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("export", nargs="?", default=Path(__file__).parent)
    parser.add_argument("--anchor", action="append", default=[], metavar="FILE", help="a head that was kept elsewhere")
    told = parser.parse_args(arguments)
    try:
        source = Source(told.export)
        anchors = [anchor for path in told.anchor for anchor in _anchors(path)]
        manifest, checker, troubles = check(source, anchors)
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        say(f"This can't be checked: {error!r}")
        return 2
    problems = checker.problems if checker else []
    for problem in problems[:SHOWN]:
        say("  ".join(f"{name}: {value}" for name, value in problem.items() if value is not None))
    for trouble in troubles[:SHOWN]:
        say(trouble)
    count = sum(checker.counts.values()) if checker else 0
    if count + len(troubles):
        say(f"BROKEN: {count + len(troubles)} problems in {manifest['rows']} rows.")
        return 1
    outside = {(anchor["seq"], anchor["head"]) for anchor in anchors}
    confirmed = sum((anchor["seq"], anchor["head"]) in outside for anchor in checker.confirmed)
    say(
        f"WHOLE: {manifest['rows']} rows, {checker.seals} seals up to number {checker.seq}, "
        f"{len(manifest['files'])} files; {confirmed} of {len(anchors)} anchors from outside agree."
    )
    if anchors and not confirmed:
        say("The anchor lies outside the part of the chain that this export holds: nothing was compared with it.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
