"""Which language a document is written in: its little words and the labels of its fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ..text import fold
from .labels import Label

_WORDS = {
    "en": "the and of for to with your this please from payment thank you is are be on by any all",
    "de": "der die das und mit für von zu den wir ihre bitte sie auf im bei vielen dank innerhalb tagen ist nach eine",
    "fr": "le la les des du et de pour par vous votre nos une est en sur au aux dans merci nous avec",
    "nl": "de het een van en voor met uw wij bij op te binnen dagen naar onze aan ons graag deze",
    "es": "el la los las de del y por para con su una en pago gracias a se al",
    "pt": "o os as do da dos das e para com por uma em pagamento obrigado não ao",
    "it": "il la gli di del della dei e per con una in al da giorni grazie nel pagamento i",
    "ca": "el els les i amb per del la data factura",
    "pl": "i w na do z o od dla oraz przez jest się za prosimy dni",
    "cs": "a v na do za od pro s je se ve k prosíme děkujeme dne",
    "sk": "a v na do za od pre s je sa vo k prosíme ďakujeme",
    "sv": "och att för med av på till den är vid från det eller vi dagar ska efter tack",
    "da": "og at for med af på til den er ved fra det eller vi dage skal efter tak venligst",
    "no": "og å for med av på til den er ved fra det eller vi dager skal etter takk vennligst",
    "fi": "ja on ei tai sekä kun jos että mukaan päivää kiitos netto maksu",
    "hu": "a az és egy nem vagy hogy meg is köszönjük kérjük nap szerint",
    "ro": "și de la în cu pe pentru din sau este un o prin vă mulțumim",
    "hr": "i u na za od s do je se po iz hvala dana molimo",
    "sl": "in v na za od z do je se po iz hvala dni prosimo",
    "sr": "и у на за од са до је се по из хвала дана",
    "tr": "ve bu için ile bir da de olarak tarafından gün teşekkür",
    "el": "και το η ο του της με για από στο στην των τα",
    "bg": "и на за от с в по се до не е",
    "ru": "и в на с по от за не к из для",
    "uk": "і в на з по від за не до для та",
    "et": "ja on ei või ning kui palun päeva",
    "lv": "un ir par no ar uz lūdzu dienas",
    "lt": "ir yra už nuo su iki prašome dienų",
    "id": "dan yang di untuk dari dengan kepada terima kasih",
    "ms": "dan yang di untuk dari dengan kepada terima kasih sila",
}


def _by_word() -> dict[str, tuple[str, ...]]:
    told: dict[str, list[str]] = {}
    for language, words in _WORDS.items():
        for word in words.split():
            told.setdefault(fold(word), []).append(language)
    return {word: tuple(languages) for word, languages in told.items()}


_LANGUAGES = _by_word()


def detect(texts: Iterable[str], labels: Sequence[Label]) -> str:
    """The likeliest language, ISO 639-1; empty when there is nothing to tell by.

    :param texts: folded
    :param labels: of the whole document
    """
    votes: Counter[str] = Counter()
    for text in texts:
        for word in text.split():
            for language in _LANGUAGES.get(word.strip(".,:;!?()"), ()):
                votes[language] += 1 / len(_LANGUAGES[word.strip(".,:;!?()")])
    for label in labels:
        for language in label.languages:
            votes[language] += 2.5 * (1 + len(label.key) / 10) / len(label.languages)
    if not votes:
        return ""
    # English words stand on papers of all languages.
    return max(sorted(votes), key=lambda language: votes[language] * (0.9 if language == "en" else 1))
