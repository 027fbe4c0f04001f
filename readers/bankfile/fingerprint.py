"""Keys that recognise a line when it is imported again.

A key is made of the account, date and amount, and the bank's own id if the line has one, else its
text and the other account, plus an occurrence number among lines that are alike.

Date and amount belong to the key even beside a bank's id: some banks reuse ids for a payment and
its return, or begin again at 1 with every download, and a line that is taken for another one is
lost.

The occurrence number lets genuine twins (two equal card payments on one day) live and still makes
overlapping files agree. **It assumes that a file holds complete days**: if one file ends at noon
between two twins and the next begins there, the second twin looks like the first one again. Banks
export by days; the balance check tells when that went wrong.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from .number import shown
from .reference import is_reference
from .values import BankFile, Statement, StatementLine


def fingerprint(account_number: str, line: StatementLine, occurrence: int) -> str:
    """The stable key of one line; ``occurrence`` counts like lines from 1.

    "id:…" if the bank's own id took part, else "fp:…"; 44 characters.
    """
    group = _group(account_number, line)
    digest = hashlib.sha256("\x1f".join([*group, str(occurrence)]).encode()).hexdigest()
    return f"{group[0]}:{digest[:41]}"


def keys(statement: Statement, account_number: str = "") -> list[str]:
    """The keys of a statement's lines, in their order.

    ``account_number`` replaces the statement's own (the same account is written differently by
    different formats, and sheets often do not name it).
    """
    account = account_number or statement.account_number
    return _numbered(account, statement.lines, Counter())


def file_keys(bank_file: BankFile, account_number: str = "") -> list[list[str]]:
    """The keys of each statement of a file.

    Twins are counted across the statements of an account, because a day may be split between two of
    them. A statement that the file holds twice gets the same keys again.
    """
    counts: dict[tuple[str, str], Counter] = defaultdict(Counter)
    known: dict[tuple, list[str]] = {}
    answer: list[list[str]] = []
    for statement in bank_file.statements:
        account = account_number or statement.account_number
        identity = _identity(statement, account)
        if identity not in known:
            counter = counts[account, statement.currency]
            known[identity] = _numbered(account, statement.lines, counter)
        answer.append(known[identity])
    return answer


def _numbered(account: str, lines: Iterable[StatementLine], counts: Counter) -> list[str]:
    answer = []
    for line in _without_shared_ids(list(lines)):
        group = _group(account, line)
        counts[group] += 1
        answer.append(fingerprint(account, line, counts[group]))
    return answer


def _without_shared_ids(lines: list[StatementLine]) -> list[StatementLine]:
    """Drop the ids that stand on lines of one day and amount that are otherwise different.

    Only such groups would get equal keys, and since files hold whole days, each file that holds one
    of these lines holds all of them and decides alike.
    """
    contents: dict[tuple, set] = defaultdict(set)
    for line in lines:
        contents[line.bank_id, line.date, line.amount].add(_content(line))
    return [
        replace(line, bank_id="") if len(contents[line.bank_id, line.date, line.amount]) > 1 else line for line in lines
    ]


def _group(account_number: str, line: StatementLine) -> tuple[str, ...]:
    """What lines must share to be alike."""
    common = (_bare(account_number), line.date.isoformat(), shown(line.amount.normalize()))
    if is_reference(line.bank_id):
        return ("id", *common, line.bank_id.strip())
    return ("fp", *common, *_content(line))


def _content(line: StatementLine) -> tuple[str, ...]:
    return _bare(line.text), _bare(line.account_number), _bare(line.foreign_currency)


def _identity(statement: Statement, account: str) -> tuple:
    return (
        account,
        statement.currency,
        statement.name,
        statement.date,
        statement.balance_start,
        statement.balance_end,
        tuple((line.date, line.amount, line.bank_id, line.text) for line in statement.lines),
    )


def _bare(text: str) -> str:
    """Letters and digits only, so that case, blanks and line breaks do not count."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if sign.isalnum())
