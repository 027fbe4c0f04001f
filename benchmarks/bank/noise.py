"""How a payment looks on a statement: what the payer wrote, what banks cut, drop and mistype."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass, fields, replace

from .references import mistype, quote, wrong_year
from .values import Document, Journal, Partner


@dataclass(frozen=True, slots=True)
class Noise:
    """Chances per line. ``no_*`` leave something out, the others spoil it."""

    no_reference: float = 0.18
    no_name: float = 0.05
    no_account: float = 0.30
    typo_reference: float = 0.05
    wrong_year: float = 0.02
    typo_name: float = 0.04
    truncate: float = 0.30
    other_payer: float = 0.02
    drop_form: float = 0.45
    extra_words: float = 0.25

    def scaled(self, factor: float) -> Noise:
        """All chances multiplied, none above 0.9."""
        return Noise(**{f.name: min(getattr(self, f.name) * factor, 0.9) for f in fields(self)})


LEVELS = {"low": Noise().scaled(0.4), "normal": Noise(), "high": Noise().scaled(1.8)}
_OPENINGS = (
    "SEPA CREDIT TRANSFER",
    "OVERSCHRIJVING",
    "VIREMENT",
    "GUTSCHRIFT",
    "TRF",
    "BACS",
    "FPI",
    "",
)
_OUTGOING = ("SEPA OVERSCHRIJVING NAAR", "VIREMENT VERS", "TRANSFER TO", "UEBERWEISUNG AN", "")
_EXTRA = (
    "MERCI",
    "THANK YOU",
    "PAYMENT",
    "BETALING",
    "ZAHLUNG",
    "VALUE DATE 0{n}",
    "TRN {n}{n}7",
    "CUST {n}",
)
_PAYERS = (
    "Factofrance Capital SA",
    "Familie Holding Stichting",
    "Notaris Van Acker",
    "KBC Commercial Finance NV",
)


def plain(text: str) -> str:
    """Without accents, as older bank networks carry it."""
    text = text.replace("ß", "ss").replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def without_form(name: str) -> str:
    """The name without its legal form (the part generators put last)."""
    for form in (" GmbH & Co. KG", " UG (haftungsbeschränkt)"):
        if name.endswith(form):
            return name[: -len(form)]
    words = name.split()
    return " ".join(words[:-1]) if len(words) > 1 else name


class Writer:
    """Writes the visible side of a bank line."""

    def __init__(self, rng: random.Random, noise: Noise) -> None:
        self._rng, self._noise = rng, noise

    def payer(self, partner: Partner, journal: Journal) -> str:
        """The partner's name as the bank shows it."""
        rng, noise = self._rng, self._noise
        name = partner.name
        if partner.person and rng.random() < 0.4:
            first, last = name.split(" ", 1)
            name = f"{last} {first}"
        elif not partner.person and rng.random() < noise.drop_form:
            name = without_form(name)
        if journal.style == "plain" or partner.habit.upper:
            name = plain(name).upper()
        if rng.random() < noise.typo_name and len(name) > 7:
            spot = rng.randrange(2, len(name) - 2)
            name = (
                name[:spot] + name[spot + 1 :]
                if rng.random() < 0.5
                else (name[:spot] + name[spot + 1] + name[spot] + name[spot + 2 :])
            )
        if journal.style == "plain" and rng.random() < noise.truncate:
            name = name[: rng.choice((18, 20, 27))].rstrip()
        return name

    def quotes(self, partner: Partner, documents: list[Document]) -> tuple[list[str], list[str]]:
        """What is quoted of the documents: words for the text, and structured references."""
        rng, noise, style = self._rng, self._noise, partner.habit.quotes
        if style == "none" or rng.random() < noise.no_reference:
            return [], []
        words, structured = [], []
        for document in documents:
            if style == "structured" and document.reference != document.number and len(documents) == 1:
                structured.append(document.reference)
                continue
            own = document.kind in ("bill", "refund")
            text = quote(rng, document.reference if own else document.number, style)
            if rng.random() < noise.wrong_year and not own:
                text = wrong_year(text)
            elif rng.random() < noise.typo_reference:
                text = mistype(rng, text)
            words.append(text)
        return words, structured

    def describe(
        self,
        partner: Partner,
        journal: Journal,
        documents: list[Document],
        inbound: bool,
        extra: str = "",
        always_quote: bool = False,
        end_to_end: str = "",
    ) -> dict:
        """The visible fields of a line: text, partner_name, account_number, references."""
        rng, noise = self._rng, self._noise
        words, structured = self.quotes(partner, documents)
        while always_quote and not (words or structured):
            quoting = Writer(rng, Noise(no_reference=0.0, typo_reference=noise.typo_reference, wrong_year=0.0))
            words, structured = quoting.quotes(_quoting(partner), documents)
        name = self.payer(partner, journal)
        other = inbound and bool(words or structured) and rng.random() < noise.other_payer
        if other:
            name = rng.choice(_PAYERS)
        elif rng.random() < noise.no_name:
            name = ""
        if rng.random() < noise.extra_words:
            words.append(rng.choice(_EXTRA).format(n=rng.randint(1, 9)))
        if extra:
            words.append(extra)
        if journal.style == "plain":
            opening = rng.choice(_OPENINGS if inbound else _OUTGOING)
            text = " ".join(part for part in (opening, name, *words, *structured) if part)
            return {
                "text": plain(text).upper()[:140],
                "partner_name": "",
                "account_number": "",
                "references": (),
            }
        known = not other and rng.random() >= noise.no_account
        references = tuple(structured) + ((end_to_end,) if end_to_end else ())
        return {
            "text": " ".join(words + structured) or rng.choice(("", "/", "NOTPROVIDED", name)),
            "partner_name": name,
            "account_number": partner.iban if known else "",
            "references": references,
        }


def _quoting(partner: Partner) -> Partner:
    """The same partner, for once quoting in full."""
    return replace(partner, habit=replace(partner.habit, quotes="full"))
