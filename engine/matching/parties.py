"""Who is behind a bank line: by what the record says, account number, and names as banks print them.

Names are found through inverted indexes (whole names, prefixes, rare words) and compared with
few candidates only, letter by letter, so the time grows with the lines, not with lines times partners.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from ..facts import BankLine, OwnAccount, Party
from ..slips import slips as count_slips
from ..text import FILLERS, LEGAL_FORMS, TITLES, Word, core_name, fold, is_digits, name_words, spellings, squeeze

GIVEN, IBAN, EXACT, FUZZY, PAYER_NAME = "given", "iban", "exact", "fuzzy", "payer_name"

MINIMUM = 0.55
_POSTINGS = 400
_CANDIDATES = 24
_GUESSES = 8
_TRUNCATED = 10
_PREFIX = 4
_WORD_LIMIT = 60
_SHORT_WORD = 4
_CUT_WORD = 5


class PartyGuess(NamedTuple):
    """``score`` is how sure the name or number is (0..1); ``how`` one of the constants above."""

    party: int
    score: float
    how: str
    start: int = -1
    end: int = -1


class _Name(NamedTuple):
    party: int
    core: tuple[str, ...]
    how: str


class Directory:
    """The partners, indexed by account number, whole name, name prefix and rare words."""

    def __init__(self, parties: Iterable[Party], own_accounts: Iterable[OwnAccount] = ()) -> None:
        self._names: list[_Name] = []
        self._by_account: dict[str, list[tuple[int, str]]] = {}
        self._by_whole: dict[str, list[int]] = {}
        self._by_word: dict[str, list[int]] = {}
        self._by_start: dict[str, set[str]] = {}
        self._own = {squeeze(own.account_number) for own in own_accounts if own.account_number}
        for party in parties:
            if not party.is_own:
                self._add(party)
        self._sorted = sorted({(self._flat(number), number) for number in range(len(self._names))} - {("", -1)})
        self._count = max(len(self._names), 1)
        self._weights: dict[str, float] = {}
        self._cache: dict[tuple[str, bool], tuple[PartyGuess, ...]] = {}

    def _add(self, party: Party) -> None:
        for account in party.accounts:
            self._by_account.setdefault(squeeze(account), []).append((party.key, IBAN))
        for text in party.payer_names:
            if _is_account(text):
                self._by_account.setdefault(squeeze(text), []).append((party.key, PAYER_NAME))
            else:
                self._add_name(party.key, text, PAYER_NAME)
        for spelling in dict.fromkeys(text for name in party.names for text in spellings(name)):
            self._add_name(party.key, spelling, EXACT)

    def _add_name(self, party: int, name: str, how: str) -> None:
        core = core_name(name)
        if not core:
            return
        number = len(self._names)
        self._names.append(_Name(party, core, how))
        self._by_whole.setdefault("".join(core), []).append(number)
        for word in set(core):
            self._by_word.setdefault(word, []).append(number)
            if len(word) >= _PREFIX:
                self._by_start.setdefault(word[:_PREFIX], set()).add(word)

    def _flat(self, number: int) -> str:
        return "".join(self._names[number].core)

    def weight(self, word: str) -> float:
        """How much a word tells: rare ones more; one-letter words hardly anything."""
        known = self._weights.get(word)
        if known is None:
            rare = math.log(1 + self._count / (1 + len(self._by_word.get(word, ()))))
            known = max(rare, 0.3) * (0.2 if len(word) == 1 else 0.6 if len(word) == 2 else 1.0)
            if len(self._weights) < 200_000:
                self._weights[word] = known
        return known

    def guesses(self, line: BankLine) -> tuple[PartyGuess, ...]:
        """The best guesses for a line, best first; empty for its own accounts' transfers without a name."""
        best: dict[int, PartyGuess] = {}
        if line.partner is not None:
            best[line.partner] = PartyGuess(line.partner, 1.0, GIVEN)
        for party, how in self._accounts_of(line):
            best.setdefault(party, PartyGuess(party, 0.99 if how == IBAN else 0.97, how))
        for text, is_field in ((line.partner_name, True), (line.text, False)):
            if not text:
                continue
            for guess in self._named(text, is_field):
                held = best.get(guess.party)
                if held is None or held.score < guess.score:
                    best[guess.party] = guess
        order = sorted(best.values(), key=lambda guess: (-guess.score, guess.party))
        return tuple(order[:_GUESSES])

    def _accounts_of(self, line: BankLine) -> list[tuple[int, str]]:
        number = squeeze(line.account_number)
        if not number or number in self._own:
            return []
        return self._by_account.get(number, [])

    def _named(self, text: str, is_field: bool) -> tuple[PartyGuess, ...]:
        text = text[:400]
        found = self._cache.get((text, is_field))
        if found is None:
            found = tuple(self._search(text, is_field))
            if len(self._cache) < 50_000:
                self._cache[text, is_field] = found
        return found

    def _search(self, text: str, is_field: bool) -> list[PartyGuess]:
        said = [w for w in name_words(text)[:_WORD_LIMIT] if not is_digits(w.text) or len(w.text) <= 4]
        if all(is_digits(word.text) for word in said):
            return []
        guesses: dict[int, PartyGuess] = {}
        for number in self._candidates(said):
            guess = self._compare(number, said, is_field)
            if guess and guess.score > guesses.get(guess.party, guess).score - 1e-9:
                guesses[guess.party] = guess
        for guess in self._truncated(said):
            if guess.score > (guesses[guess.party].score if guess.party in guesses else 0):
                guesses[guess.party] = guess
        order = sorted(_dominated(list(guesses.values())), key=lambda guess: (-guess.score, guess.party))
        return order[:_GUESSES]

    def _candidates(self, said: list[Word]) -> list[int]:
        """Numbers of names that share the rarest words (or their beginnings) with the text."""
        score: dict[int, float] = {}
        core = [w.text for w in said if w.text not in LEGAL_FORMS and w.text not in FILLERS] or [w.text for w in said]
        for number in self._by_whole.get("".join(core), ()):
            score[number] = 99.0
        for word in set(core):
            postings = self._by_word.get(word)
            if postings and len(postings) <= _POSTINGS:
                for number in postings:
                    score[number] = score.get(number, 0.0) + self.weight(word)
            if len(word) >= _PREFIX:
                self._add_alike(word, score)
        for first, second in zip(core, core[1:], strict=False):  # "PS RECRUITMENT" for "P S Recruitment"
            for number in self._by_word.get(first + second, ()):
                score[number] = score.get(number, 0.0) + self.weight(first + second)
        best = sorted(score, key=lambda number: (-score[number], number))
        return best[:_CANDIDATES]

    def _add_alike(self, word: str, score: dict[int, float]) -> None:
        alike = self._by_start.get(word[:_PREFIX], ())
        if len(alike) > _POSTINGS:
            return
        for other in alike:
            if other != word and (other.startswith(word) or _slips(word, other) is not None):
                postings = self._by_word[other]
                if len(postings) <= _POSTINGS:
                    for number in postings:
                        score[number] = score.get(number, 0.0) + 0.8 * self.weight(other)

    def _truncated(self, said: list[Word]) -> list[PartyGuess]:
        """Names that begin with the whole text: what is left of a name that the bank cut."""
        core = [w for w in said if w.text not in FILLERS]
        flat = "".join(word.text for word in core)
        forms = "".join(w.text for w in core if w.text not in LEGAL_FORMS)
        found = []
        for start in {flat, forms}:
            if len(start) < _TRUNCATED:
                continue
            place = bisect_left(self._sorted, (start, -1))
            while place < len(self._sorted) and self._sorted[place][0].startswith(start):
                whole, number = self._sorted[place]
                score = 0.97 if whole == start else 0.93
                how = self._names[number].how if whole == start else FUZZY
                found.append(PartyGuess(self._names[number].party, score, how, said[0].start, said[-1].end))
                place += 1
                if len(found) >= _CANDIDATES:
                    return found
        return found

    def _compare(self, number: int, said: list[Word], is_field: bool) -> PartyGuess | None:
        name = self._names[number]
        return compare(name.party, name.core, name.how, said, is_field, self.weight)


def compare(party: int, core: tuple[str, ...], how: str, said: list[Word], is_field: bool, weight) -> PartyGuess | None:
    """How well ``said`` names a party whose core name is ``core``.

    The share of the name's weight that is said (a last word may be cut); in a name field also the share of
    the field that the name explains. ``None`` below ``MINIMUM``.
    """
    used: dict[int, float] = {}
    total = told = 0.0
    for word in core:
        value = weight(word)
        total += value
        place, likeness = _best(word, said, used)
        if place >= 0:
            used[place] = likeness
            told += value * likeness
    if not used:
        return None
    cover = told / total
    exact = cover > 0.999
    start = min(said[place].start for place in used)
    end = max(said[place].end for place in used)
    if list(used) != sorted(used):
        cover *= 0.97
    cover *= _field_share(said, used, weight) if is_field else _specific(core, told, used, said)
    if cover < MINIMUM:
        return None
    score = min(cover, 0.98) if exact else min(cover, 0.94)
    return PartyGuess(party, score, how if exact else FUZZY, start, end)


def _best(word: str, said: list[Word], used: dict[int, float]) -> tuple[int, float]:
    """Place of the said word that stands for ``word`` and how alike it is (0 when none does)."""
    best, place = 0.0, -1
    for number, other in enumerate(said):
        if number in used:
            continue
        likeness = _likeness(word, other.text, number == len(said) - 1)
        if likeness > best:
            best, place = likeness, number
            if likeness == 1.0:
                break
    return place, best


def _likeness(word: str, other: str, last: bool) -> float:
    if word == other:
        return 1.0
    if len(other) >= 3 and word.startswith(other):  # cut or abbreviated
        return 0.92 if last and len(other) >= _CUT_WORD else 0.75
    slips = _slips(word, other)
    return 0.0 if slips is None else 0.97 - slips / len(word) / 2


def _slips(word: str, other: str) -> int | None:
    """Wrong, missing or swapped letters between two words; None when there are too many for their length."""
    short = min(len(word), len(other))
    if short < _SHORT_WORD or abs(len(word) - len(other)) > 2:
        return None
    allowed = 1 if short < 8 else 2
    slips = count_slips(word, other, allowed)
    return slips if slips <= allowed else None


def _field_share(said: list[Word], used: dict[int, float], weight) -> float:
    """How much of a name field the name explains: 1 for all; other words in it speak for somebody else."""
    total = told = 0.0
    for number, word in enumerate(said):
        if word.text in LEGAL_FORMS or word.text in FILLERS or word.text in TITLES:
            continue
        value = weight(word.text)
        total += value
        told += value if number in used else 0.0
    return 1.0 if total <= 0 else 0.4 + 0.6 * told / total


def _specific(core: tuple[str, ...], told: float, used: dict[int, float], said: list[Word]) -> float:
    """Inside a free text a short name of common words may stand there by chance, or for another one."""
    letters = sum(len(word) for word in core)
    places = sorted(used)
    spread = places[-1] - places[0] + 1 - len(places)
    factor = 1.0 if letters >= 6 else 0.85 if letters >= 4 else 0.6
    if told < 2.0:
        factor *= 0.8
    if spread > 2:
        factor *= 0.85
    following = places[-1] + 1
    if len(core) == 1 and following < len(said) and said[following].text in LEGAL_FORMS:
        factor = min(1.0, factor * 1.1)
    return factor


def _dominated(guesses: list[PartyGuess]) -> list[PartyGuess]:
    """Scores lowered where a longer name that stands in the text contains the shorter one."""
    kept = []
    for guess in guesses:
        inside = any(
            other.score >= 0.8
            and other.start <= guess.start
            and guess.end <= other.end
            and other.end - other.start > guess.end - guess.start
            for other in guesses
        )
        kept.append(guess._replace(score=guess.score * 0.85) if inside else guess)
    return kept


def _is_account(text: str) -> bool:
    flat = squeeze(text)
    return len(flat) >= 8 and sum(map(str.isdigit, flat)) * 2 >= len(flat)


def identify(
    lines: Iterable[BankLine], parties: Iterable[Party], own_accounts: Iterable[OwnAccount]
) -> dict[int, tuple[PartyGuess, ...]]:
    """Who may be behind each line: line key -> guesses, best first (no entry is left out; it may be empty).

    Up to eight guesses of a score of ``MINIMUM`` or more. The account numbers of the company itself name nobody.
    """
    directory = Directory(parties, own_accounts)
    return {line.key: directory.guesses(line) for line in lines}


def mentions(text: str, names: Iterable[str]) -> tuple[int, int] | None:
    """Where one of ``names`` stands in ``text`` as whole words (blanks and punctuation ignored), or None."""
    folded = fold(text)
    for name in names:
        wanted = fold(name).strip()
        if len(wanted) >= 4:
            place = folded.find(wanted)
            if place >= 0:
                return place, place + len(wanted)
    return None
