"""Dates in print: numbers in the orders of the world, and months by their names in the languages of Europe and more."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..text import fold

#: Folded names and abbreviations of the months (CLDR 46); names that mean another month elsewhere stand apart.
_MONTHS = (
    """JANUARY JAN JANUAR JANVIER JANV JANUARI ENERO ENE JANEIRO GENNAIO GEN GENER STYCZNIA STY STYCZEN LEDNA LED LEDEN
    JANUARA TAMMIKUUTA TAMMI TAMMIKUU IANUARIE IAN SIJECNJA SIJ SIJECANJ OCAK OCA ΙΑΝΟΥΑΡΙΟΥ ΙΑΝ ΙΑΝΟΥΑΡΙΟΣ ЯНУАРИ ЯНУ
    ЯНВАРЯ ЯНВ ЯНВАРЬ СІЧНЯ СІЧ СІЧЕНЬ JAANUAR JAAN JANVARIS SAUSIO SAUS SAUSIS JANUARIE JAENNER JANNER""",
    """FEBRUARY FEB FEBRUAR FEVRIER FEVR FEBRUARI FEBRERO FEVEREIRO FEV FEBBRAIO FEBRER FEBR LUTEGO LUT LUTY UNORA UNO
    UNOR FEBRUARA HELMIKUUTA HELMI HELMIKUU FEBRUARIE VELJACE VELJ VELJACA SUBAT SUB ΦΕΒΡΟΥΑΡΙΟΥ ΦΕΒ ΦΕΒΡΟΥΑΡΙΟΣ
    ФЕВРУАРИ ФЕВ ФЕВРАЛЯ ФЕВР ФЕВРАЛЬ ЛЮТОГО ЛЮТ ЛЮТИИ VEEBRUAR VEEBR FEBRUARIS VASARIO VAS VASARIS""",
    """MARCH MAR MARZ MAERZ MARS MAART MRT MARZO MARCO MARC MARCA MARZEC BREZNA BRE BREZEN MAREC MARTS MAALISKUUTA
    MAALIS MAALISKUU MARCIUS MARTIE OZUJKA OZU OZUJAK MART ΜΑΡΤΙΟΥ ΜΑΡ ΜΑΡΤΙΟΣ МАРТ МАРТА МАР БЕРЕЗНЯ БЕР БЕРЕЗЕНЬ
    KOVO KOV KOVAS MARET MAC""",
    """APRIL APR AVRIL AVR ABRIL ABR APRILE KWIETNIA KWI KWIECIEN DUBNA DUB DUBEN APRILA HUHTIKUUTA HUHTI HUHTIKUU
    APRILIS APRILIE TRAVNJA TRA TRAVANJ NISAN NIS ΑΠΡΙΛΙΟΥ ΑΠΡ ΑΠΡΙΛΙΟΣ АПРИЛ АПР АПРЕЛЯ АПРЕЛЬ КВІТНЯ КВІТ КВІТЕНЬ
    APRILL BALANDZIO BAL BALANDIS""",
    """MAY MAI MEI MAYO MAIO MAGGIO MAG MAIG MAJA MAJ KVETNA KVE KVETEN TOUKOKUUTA TOUKO TOUKOKUU MAJUS SVIBNJA SVI
    SVIBANJ MAYIS ΜΑΙΟΥ ΜΑΙ ΜΑΙΟΣ МАИ МАЯ ТРАВНЯ ТРАВ ТРАВЕНЬ MAIJS GEGUZES GEG GEGUZE""",
    """JUNE JUN JUNI JUIN JUNIO JUNHO GIUGNO GIU JUNY CZERWCA CZE CZERWIEC CERVNA CVN CERVEN JUNA KESAKUUTA KESA KESAKUU
    JUNIUS IUNIE IUN LIPNJA LIPANJ JUNIJ HAZIRAN HAZ ΙΟΥΝΙΟΥ ΙΟΥΝ ΙΟΥΝΙΟΣ ЮНИ ИЮНЯ ИЮН ИЮНЬ ЧЕРВНЯ ЧЕРВ ЧЕРВЕНЬ JUUNI
    JUNIJS BIRZELIO BIRZ BIRZELIS""",
    """JULY JUL JULI JUILLET JUIL JULIO JULHO LUGLIO LUG JULIOL LIPCA LIPIEC CERVENCE CVC CERVENEC JULA HEINAKUUTA HEINA
    HEINAKUU JULIUS IULIE IUL SRPNJA SRPANJ JULIJ TEMMUZ TEM ΙΟΥΛΙΟΥ ΙΟΥΛ ΙΟΥΛΙΟΣ ЮЛИ ИЮЛЯ ИЮЛ ИЮЛЬ ЛИПНЯ ЛИП ЛИПЕНЬ
    JUULI JULIJS LIEPOS LIEP LIEPA JULAI""",
    """AUGUST AUG AOUT AUGUSTUS AGOSTO AGO AGOST SIERPNIA SIE SIERPIEN SRPNA SRPEN AUGUSTA AUGUSTI ELOKUUTA ELO ELOKUU
    AUGUSZTUS KOLOVOZA KOL KOLOVOZ AVGUST AVG AGUSTOS AGU ΑΥΓΟΥΣΤΟΥ ΑΥΓ ΑΥΓΟΥΣΤΟΣ АВГУСТ АВГ АВГУСТА СЕРПНЯ СЕРП
    СЕРПЕНЬ AUGUSTS RUGPJUCIO RUGP RUGPJUTIS AGUSTUS OGOS OGO""",
    """SEPTEMBER SEP SEPT SEPTEMBRE SEPTIEMBRE SETEMBRO SET SETTEMBRE SETEMBRE WRZESNIA WRZ WRZESIEN ZARI ZAR SEPTEMBRA
    SYYSKUUTA SYYS SYYSKUU SZEPTEMBER SZEPT SEPTEMBRIE RUJNA RUJ RUJAN SEPTEMBAR EYLUL EYL ΣΕΠΤΕΜΒΡΙΟΥ ΣΕΠ ΣΕΠΤΕΜΒΡΙΟΣ
    СЕПТЕМВРИ СЕП СЕНТЯБРЯ СЕНТ СЕНТЯБРЬ ВЕРЕСНЯ ВЕР ВЕРЕСЕНЬ SEPTEMBRIS RUGSEJO RUGS RUGSEJIS""",
    """OCTOBER OCT OKTOBER OKT OCTOBRE OCTUBRE OUTUBRO OUT OTTOBRE OTT PAZDZIERNIKA PAZ PAZDZIERNIK RIJNA RIJ RIJEN
    OKTOBRA LOKAKUUTA LOKA LOKAKUU OCTOMBRIE OKTOBAR EKIM EKI ΟΚΤΩΒΡΙΟΥ ΟΚΤ ΟΚΤΩΒΡΙΟΣ ОКТОМВРИ ОКТ ОКТЯБРЯ ОКТЯБРЬ
    ЖОВТНЯ ЖОВТ ЖОВТЕНЬ OKTOOBER OKTOBRIS SPALIO SPAL SPALIS""",
    """NOVEMBER NOV NOVEMBRE NOVIEMBRE NOVEMBRO LISTOPADU NOVEMBRA MARRASKUUTA MARRAS MARRASKUU NOIEMBRIE STUDENOGA STU
    STUDENI NOVEMBAR KASIM KAS ΝΟΕΜΒΡΙΟΥ ΝΟΕ ΝΟΕΜΒΡΙΟΣ НОЕМВРИ НОЕ НОЯБРЯ НОЯБ НОЯБРЬ ЛИСТОПАДА ЛИСТ ЛИСТОПАД
    NOVEMBRIS LAPKRICIO LAPKR LAPKRITIS""",
    """DECEMBER DEC DEZEMBER DEZ DECEMBRE DICIEMBRE DIC DEZEMBRO DICEMBRE DESEMBRE DES GRUDNIA GRU GRUDZIEN PROSINCE PRO
    PROSINEC DECEMBRA DESEMBER JOULUKUUTA JOULU JOULUKUU DECEMBRIE PROSINCA PROSINAC DECEMBAR ARALIK ARA ΔΕΚΕΜΒΡΙΟΥ ΔΕΚ
    ΔΕΚΕΜΒΡΙΟΣ ДЕКЕМВРИ ДЕК ДЕКАБРЯ ДЕКАБРЬ ГРУДНЯ ГРУД ГРУДЕНЬ DETSEMBER DETS DECEMBRIS GRUODZIO GRUOD GRUODIS
    DISEMBER DIS""",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
#: Slavic months whose name is another month's in a neighbouring language: (otherwise, in Croatian).
_SLAVIC = {"LISTOPADA": (11, 10), "LISTOPAD": (11, 10), "LIS": (11, 10), "LIP": (7, 6), "SRP": (8, 7)}

_SEP = r"\s{0,2}[./\-–·]\s{0,2}"
_YEAR = r"(?P<y>\d{4}|['’]?\d{2})(?!\d)"
_ORDINAL = r"(?:ST|ND|RD|TH|ER|O|\.)?"
_JOIN = r"[\s./,\-–]{0,3}(?:(?:DE|DEL|OF|D)[\s'’]+)?"
_NAME = r"(?P<name>[^\W\d_]{3,15})"
_PATTERNS = (
    # 2026-11-21, 2026/11/21, 2026. 11. 21.
    (re.compile(rf"(?<!\d)(?P<y>(?:19|20)\d\d){_SEP}(?P<a>\d{{1,2}}){_SEP}(?P<b>\d{{1,2}})(?!\d)"), "ymd"),
    # 21.11.2026, 11/21/26
    (re.compile(rf"(?<![\d.,/-])(?P<a>\d{{1,2}}){_SEP}(?P<b>\d{{1,2}}){_SEP}{_YEAR}(?![./-]?\d)"), "dmy"),
    # 21 November 2026, 21-Nov-26, 21de noviembre de 2026
    (re.compile(rf"(?<!\d)(?P<a>\d{{1,2}}){_ORDINAL}{_JOIN}{_NAME}\.?{_JOIN}{_YEAR}"), "dny"),
    # November 21st, 2026
    (re.compile(rf"(?<![^\W_]){_NAME}\.?\s{{0,2}}[-/]?(?P<a>\d{{1,2}}){_ORDINAL}\s?[,\s./-]\s{{0,2}}{_YEAR}"), "ndy"),
    # 2026. november 21.
    (re.compile(rf"(?<!\d)(?P<y>(?:19|20)\d\d)\.?[\s-]{{0,2}}{_NAME}\.?[\s-]{{0,2}}(?P<a>\d{{1,2}})(?!\d)"), "yna"),
    # 21 11 2026
    (re.compile(r"(?<!\d)(?P<a>\d\d) (?P<b>\d\d) (?P<y>20\d\d)(?!\d)"), "dmy"),
    # 20261121
    (re.compile(r"(?<![\w-])(?P<y>20\d\d)(?P<a>0[1-9]|1[0-2])(?P<b>0[1-9]|[12]\d|3[01])(?![\w-])"), "ymd"),
)


@dataclass(frozen=True, slots=True)
class Day:
    """A date of the print. ``is_open``: whether day and month could be the other way round."""

    value: date
    start: int
    end: int
    is_open: bool = False
    is_compact: bool = False


@dataclass(frozen=True, slots=True)
class _Parts:
    start: int
    end: int
    shape: str
    first: int
    second: int
    year: int


def find(text: str, is_day_first: bool = True, language: str = "") -> list[Day]:
    """The dates of a text in the order in which they stand."""
    taken: list[Day] = []
    for parts in _parts(fold(text), language):
        if any(parts.start < day.end and parts.end > day.start for day in taken):
            continue
        day = _day(parts, is_day_first)
        if day:
            taken.append(day)
    return sorted(taken, key=lambda day: day.start)


def order(texts: Iterable[str]) -> bool | None:
    """Whether days stand before months: told by dates that can be read in one way only; None when there are none."""
    first = second = 0
    for text in texts:
        for parts in _parts(fold(text), ""):
            if parts.shape == "dmy":
                first += parts.first > 12 >= parts.second
                second += parts.second > 12 >= parts.first
    if first == second:
        return None
    return first > second


def _parts(folded: str, language: str) -> Iterable[_Parts]:
    for pattern, shape in _PATTERNS:
        for match in pattern.finditer(folded):
            told = match.groupdict()
            year = int(told["y"].lstrip("'’"))
            year += 2000 if year < 80 else 1900 if year < 100 else 0
            second = _month(told["name"], language) if told.get("name") else int(told["b"])
            if second:
                yield _Parts(match.start(), match.end(), shape, int(told["a"]), second, year)


def _month(name: str, language: str) -> int:
    if name in _SLAVIC:
        return _SLAVIC[name][language == "hr"]
    return MONTHS.get(name, 0)


def _day(parts: _Parts, is_day_first: bool) -> Day | None:
    if parts.shape == "ymd":
        tries = [(parts.second, parts.first)]
    elif parts.shape == "dmy":
        tries = [(parts.first, parts.second), (parts.second, parts.first)]
        if not is_day_first:
            tries.reverse()
    else:
        tries = [(parts.first, parts.second)]
    for day, month in tries:
        try:
            value = date(parts.year, month, day)
        except ValueError:
            continue
        is_open = parts.shape == "dmy" and max(parts.first, parts.second) <= 12 and parts.first != parts.second
        return Day(value, parts.start, parts.end, is_open, parts.shape == "ymd" and parts.end - parts.start == 8)
    return None
