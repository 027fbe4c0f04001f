"""What a bank kept for converting, where its text tells it: ``405.00 CHARGES 4.05``."""

from __future__ import annotations

import re
from typing import NamedTuple

from .. import vocabulary as v
from ..proposal import WriteOff
from .differences import within_caps
from .scene import FEE_WORDS, Scene

_AMOUNTS = re.compile(r"(?<![\d.,])(\d{1,6})[.,](\d{2})(?![\d.,])")
#: Behind its word, with a currency between them or not, an amount may have no cents: ``CHARGES EUR 15``.
_WHOLE = re.compile(r"\b([A-Z]+)\W{1,3}(?:[A-Z]{3}\W{1,3})?(\d{1,6})(?![\d.,]*\d)")
_READ = 1000


class Fee(NamedTuple):
    """``minor``: what was kept, in the line's currency, positive; the write-off has the line's sign of money out."""

    minor: int
    write_off: WriteOff


def told_fee(scene: Scene, total: int) -> Fee | None:
    """The one amount of the text that a bank's fee may be; None without a word for it, or with two such amounts.

    :param total: of the documents, in minor units of their currency: their own amount is no fee
    """
    settings = scene.book.settings
    two_places = scene.book.places.of(scene.line.currency) == 2
    if settings.fee.account is None or not two_places or not scene.spoken(FEE_WORDS):
        return None
    text = scene.line.text[:_READ]
    named = {int(whole) * 100 + int(cents) for whole, cents in _AMOUNTS.findall(text)}
    named |= {int(whole) * 100 for word, whole in _WHOLE.findall(text.upper()) if word in FEE_WORDS}
    fees = [
        minor
        for minor in sorted(named - {0, abs(scene.amount), abs(total)})
        if within_caps(scene, minor, scene.amount, settings.fee_cap, settings.fee_cap_percent)
    ]
    if len(fees) != 1:
        return None
    amount = -scene.book.places.major(fees[0], scene.line.currency)
    return Fee(
        fees[0],
        WriteOff(settings.fee.account, amount, v.BANK_FEE, settings.fee.label, settings.fee.taxes),
    )
